//! Drawing a picker.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::State;
use super::update::regions;
use crate::text::width;
use crate::tui::model::Shared;
use crate::tui::route::Choice;
use crate::tui::theme::Role;
use crate::tui::widget::chooser::{self, Chooser, Row};
use crate::tui::widget::fuzzy;

/// Draws a picker; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let theme = &shared.settings.theme;
    let counts = state.items.iter().map(|i| width(&i.count)).max().unwrap_or(0);
    let row = |found: fuzzy::Found| {
        let item = state.items.get(found.index)?;
        let mut right: Vec<_> = item.notes.iter().map(|(role, text)| (theme.style(*role), text.clone())).collect();
        if counts > 0 {
            right.push((theme.style(Role::Dim), format!("  {:>counts$}", item.count)));
        }
        let label = fuzzy::runs(&item.label, &found.clusters, theme.style(Role::Text), theme.style(Role::Hit));
        let taken = matches!(item.choice, Choice::Topic(topic) if state.taken.contains(&topic));
        let mark = match (state.several, taken) {
            (false, _) => String::new(),
            (true, true) => format!("{} ", shared.settings.glyphs.chosen),
            (true, false) => "  ".to_owned(),
        };
        Some(Row { left: format!("{mark}{}", item.left), label, right })
    };
    let rows: Vec<Row> = state.shown().into_iter().filter_map(row).collect();
    let address = state.selected().and_then(|item| item.address.clone());
    let foot = match (address, state.several) {
        (Some(address), _) => Some(format!("{address}  (Enter opens, Ctrl-y copies)")),
        (None, true) => Some("Space takes several, Enter shows them".to_owned()),
        (None, false) => None,
    };
    let chooser = Chooser {
        title: state.title,
        typed: &state.filter,
        rows: &rows,
        all: state.items.len(),
        cursor: state.cursor,
        empty: if state.items.is_empty() { state.none } else { "nothing matches" },
        foot: foot.as_deref(),
    };
    Some(chooser::draw(buffer, shared, &regions(state, shared), &chooser))
}
