//! Keys that mean something else for a while: what is looked for is typed, or the label of a link.

use super::Find;
use crate::command::{Key, KeyCode};
use crate::tui::browse::{Browse, Focus};
use crate::tui::intent::Direction;
use crate::tui::model::Shared;
use crate::tui::route::Step;
use crate::tui::widget::input;

impl Browse {
    /// Takes a key before the commands do; none: it is a command.
    pub fn article_key(&mut self, shared: &mut Shared, key: Key) -> Option<Step> {
        if self.focus != Focus::Article {
            return None;
        }
        if self.article.hints.is_some() {
            if let Some(typed) = key.typed() {
                return Some(self.hint_typed(shared, typed));
            }
            self.article.hints = None;
            return (key.code() == KeyCode::Esc).then(Step::none);
        }
        let find = self.article.find.as_mut()?;
        if key.code() == KeyCode::Esc {
            self.article.find = None;
            return Some(Step::none());
        }
        if !find.typing {
            return None;
        }
        match key.code() {
            KeyCode::Enter => {
                find.typing = false;
                if !find.has_hits() {
                    self.article.find = None;
                }
            }
            KeyCode::Down => self.go_to_hit(Direction::Next),
            KeyCode::Up => self.go_to_hit(Direction::Previous),
            _ if input::edit(&mut find.input, key) => self.look(),
            _ => return None,
        }
        Some(Step::none())
    }

    /// Takes pasted text; false: it is for nobody here.
    pub fn article_paste(&mut self, text: &str) -> bool {
        match &mut self.article.find {
            Some(find) if find.typing && self.focus == Focus::Article => {
                input::paste(&mut find.input, text);
                self.look();
                true
            }
            Some(_) | None => false,
        }
    }

    /// Begins to look for something in the text, with what was looked for before still there.
    pub(super) fn begin_find(&mut self) {
        let scroll = self.article.scroll;
        let find = self.article.find.get_or_insert_with(|| Find::begin(scroll));
        (find.typing, find.from) = (true, scroll);
    }

    /// What is looked for is another one: to its first hit from where the search began; back there when there is none.
    fn look(&mut self) {
        let pane = &mut self.article;
        let Some(mut find) = pane.find.take() else { return };
        if let Some(reading) = pane.reading() {
            find.look(&reading.lines);
        }
        let now = pane.scroll;
        if now != find.from {
            pane.scroll_to(find.from);
        }
        if let Some(line) = find.go_from(pane.first_line_in_sight()) {
            pane.bring_in_sight(line);
        }
        pane.find = Some(find);
    }

    /// Goes to the next or the previous hit.
    pub(super) fn go_to_hit(&mut self, direction: Direction) {
        if let Some(line) = self.article.find.as_mut().and_then(|find| find.step(direction)) {
            self.article.bring_in_sight(line);
        }
    }
}
