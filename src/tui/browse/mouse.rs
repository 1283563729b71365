//! The mouse over list and article: a click selects, a click on the selected row opens, the wheel scrolls what is under it.

use ratatui::layout::{Position, Rect};

use super::groups::Line;
use super::{Browse, Focus};
use crate::tui::effect::Effect;
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::intent::Motion;
use crate::tui::model::Shared;

/// Rows that one notch of the wheel scrolls.
const NOTCH: usize = 3;

impl Browse {
    /// Takes a mouse event within list or article.
    pub fn mouse(&mut self, shared: &mut Shared, mouse: Mouse) -> Vec<Effect> {
        let panes = self.panes(shared);
        let over = |area: Rect| area.contains(Position { x: mouse.column, y: mouse.row });
        let down = match mouse.kind {
            MouseKind::Click if over(panes.list) => return self.click_list(shared, mouse.row - panes.list.y),
            MouseKind::Click => {
                if over(panes.article) && self.list.current().is_some() {
                    self.focus = Focus::Article;
                }
                return Vec::new();
            }
            MouseKind::WheelDown => true,
            MouseKind::WheelUp => false,
        };
        if over(panes.article) {
            for _ in 0..NOTCH {
                self.article.scroll(if down { Motion::Down } else { Motion::Up });
            }
        } else if over(panes.list) {
            self.scroll_list(shared, down, NOTCH);
        }
        Vec::new()
    }

    fn click_list(&mut self, shared: &mut Shared, line: u16) -> Vec<Effect> {
        let height = usize::from(self.panes(shared).list.height);
        let lines = self.list.lines(height, &self.list.grouping(&shared.zone));
        let Some(Line::Row(n)) = lines.get(usize::from(line)).copied() else {
            return Vec::new();
        };
        let again = n == self.list.selected && self.focus == Focus::List;
        self.list.seek = None;
        self.list.selected = n;
        self.focus = Focus::List;
        if again { self.open(shared) } else { Vec::new() }
    }
}
