//! What each element does to the document that is being read.

use html5ever::tokenizer::Tag;

use super::builder::Builder;
use super::frame::{Kind, Name};
use crate::document::blocks::Block;
use crate::document::sink::{Listener, attribute};
use crate::document::tags::{Format, Role, role};

impl Listener for Builder {
    fn text(&mut self, text: &str) {
        self.write(text);
    }

    fn open(&mut self, tag: &Tag) {
        let name = &*tag.name;
        match role(name) {
            Role::Break => {
                self.flush();
                if matches!(name, "p" | "dd") {
                    self.top().heading = None;
                    self.formats.close("dt");
                    self.formats.close("summary");
                }
                if attribute(tag, "class").is_some_and(|class| class.contains("wp-caption-text")) {
                    self.push(Kind::Caption { paragraph: name == "p" });
                }
            }
            Role::Heading(level) => {
                self.flush();
                self.top().heading = Some(level);
            }
            Role::List => {
                let start = (name == "ol").then(|| attribute(tag, "start").map_or(1, list_start));
                self.push(Kind::List { start, items: Vec::new() });
            }
            Role::Item => self.open_item(),
            Role::Quote => self.push(Kind::Quote),
            Role::Pre => {
                self.flush();
                self.top().code.get_or_insert_default();
            }
            Role::Table => self.push(Kind::Table(Box::default())),
            Role::RowGroup => {
                if let Some(grid) = self.grid() {
                    grid.end_row();
                    if name == "thead" {
                        grid.begin_head();
                    }
                }
            }
            Role::Row => {
                if let Some(grid) = self.grid() {
                    grid.begin_row();
                }
            }
            Role::Cell => self.open_cell(tag),
            Role::Caption => self.push(Kind::Caption { paragraph: false }),
            Role::Figure => self.push(Kind::Figure { caption: Vec::new() }),
            Role::Image => self.open_picture(tag),
            Role::Embed(kind) => self.open_embed(kind, tag),
            Role::Source => self.open_source(tag),
            Role::LineBreak => {
                let top = self.top();
                if let Some(code) = &mut top.code {
                    code.push('\n');
                } else if !top.inline.push_break() {
                    self.flush();
                }
            }
            Role::Rule => {
                self.flush();
                self.top().place(Block::Rule);
            }
            Role::Link if tag.self_closing => {}
            Role::Link => self.open_link(tag),
            Role::InlineQuote => self.write("“"),
            Role::Term => {
                self.flush();
                self.formats.close(name);
                self.formats.open(name, Format::Bold);
            }
            Role::Format(format) => self.formats.open(name, format),
            Role::Other => {}
        }
    }

    fn close(&mut self, name: &str) {
        match role(name) {
            Role::Break => {
                self.flush();
                if name == "p" && matches!(self.top().kind, Kind::Caption { paragraph: true }) {
                    self.pop();
                }
            }
            Role::Heading(_) => {
                self.flush();
                self.top().heading = None;
            }
            Role::List => self.close_to(Name::List, &[Name::Cell, Name::Quote]),
            Role::Item => self.close_to(Name::Item, &[Name::List, Name::Cell, Name::Quote]),
            Role::Quote => self.close_to(Name::Quote, &[Name::Cell]),
            Role::Pre => {
                self.top().end_code();
                self.flush();
            }
            Role::Table => self.close_to(Name::Table, &[]),
            Role::RowGroup | Role::Row => {
                if let Some(grid) = self.grid() {
                    grid.end_row();
                }
            }
            Role::Cell => self.close_cell(),
            Role::Caption => self.close_to(Name::Caption, &[Name::Cell]),
            Role::Figure => self.close_to(Name::Figure, &[Name::Cell]),
            Role::Link => self.end_link(),
            Role::InlineQuote => self.write("”"),
            Role::Term => {
                self.flush();
                self.formats.close(name);
            }
            Role::Format(_) => self.formats.close(name),
            Role::Image | Role::Embed(_) | Role::Source | Role::LineBreak | Role::Rule | Role::Other => {}
        }
    }
}

/// The first number of a list; one that fits nowhere counts as 1.
fn list_start(text: &str) -> i64 {
    text.trim().parse().unwrap_or(1)
}
