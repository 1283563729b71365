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
        if self.open_credit(tag) {
            return;
        }
        match role(name) {
            Role::Break => {
                self.flush();
                if name == "p" {
                    self.top().heading = None;
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
            Role::List => self.open_list(tag),
            Role::Item => self.open_item(tag),
            Role::Definitions => self.push(Kind::Definitions(Vec::new())),
            Role::Term => self.open_definition(Kind::Term),
            Role::Description => self.open_definition(Kind::Description),
            Role::Quote => self.push(Kind::Quote),
            Role::Pre => {
                self.flush();
                self.top().code.get_or_insert_default();
            }
            Role::Table => self.push(Kind::Table(Box::default())),
            Role::RowGroup => {
                if let Some(grid) = self.grid() {
                    grid.end_row();
                    grid.begin_group(name == "thead");
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
            Role::Summary => {
                self.flush();
                self.formats.close(name);
                self.formats.open(name, Format::Bold);
            }
            Role::Abbreviation => self.open_abbreviation(tag),
            Role::Picture => self.picture_source = None,
            Role::NoScript => self.in_noscript = true,
            Role::Raised { lowered } => self.open_raised(lowered),
            Role::Format(format) => self.formats.open(name, format),
            Role::Other => self.open_math(tag),
        }
    }

    fn close(&mut self, name: &str) {
        if self.formats.is_credit() && matches!(role(name), Role::Break | Role::Other) {
            self.formats.close(name);
        }
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
            Role::RowGroup => {
                if let Some(grid) = self.grid() {
                    grid.end_row();
                    grid.begin_group(false);
                }
            }
            Role::Row => {
                if let Some(grid) = self.grid() {
                    grid.end_row();
                }
            }
            Role::Cell => self.close_cell(),
            Role::Caption => self.close_to(Name::Caption, &[Name::Cell]),
            Role::Figure => self.close_to(Name::Figure, &[Name::Cell]),
            Role::Link => self.end_link(),
            Role::InlineQuote => self.write("”"),
            Role::Summary => {
                self.flush();
                self.formats.close(name);
            }
            Role::Definitions => self.close_to(Name::Definitions, &[Name::Cell, Name::Quote]),
            Role::Term => self.close_to(Name::Term, &[Name::Definitions, Name::Cell, Name::Quote]),
            Role::Description => self.close_to(Name::Description, &[Name::Definitions, Name::Cell, Name::Quote]),
            Role::Abbreviation => self.close_abbreviation(),
            Role::Picture => self.picture_source = None,
            Role::NoScript => self.in_noscript = false,
            Role::Raised { lowered } => self.close_raised(lowered),
            Role::Format(_) => self.formats.close(name),
            Role::Other => self.close_math(name),
            Role::Image | Role::Embed(_) | Role::Source | Role::LineBreak | Role::Rule => {}
        }
    }
}
