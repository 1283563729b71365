//! Drawing the palette.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use unicode_segmentation::UnicodeSegmentation;

use super::State;
use super::state::text;
use super::update::regions;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::chooser::{self, Chooser, Row};
use crate::tui::widget::fuzzy;

/// Draws the palette; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let theme = &shared.settings.theme;
    let row = |found: fuzzy::Found| {
        let command = state.commands.get(found.index)?;
        let text = text(command);
        let (help, name) = text.split_at(command.help.len());
        let before = u32::try_from(help.graphemes(true).count()).unwrap_or(u32::MAX);
        let in_name: Vec<u32> = found.clusters.iter().filter_map(|c| c.checked_sub(before)).collect();
        let mut label = fuzzy::runs(help, &found.clusters, theme.style(Role::Text), theme.style(Role::Hit));
        label.extend(fuzzy::runs(name, &in_name, theme.style(Role::Dim), theme.style(Role::Hit)));
        let keys = shared.settings.keymap.keys_of(command.id).iter().map(ToString::to_string);
        let keys = keys.collect::<Vec<_>>().join(" ");
        Some(Row { left: String::new(), label, right: vec![(theme.style(Role::Key), keys)] })
    };
    let rows: Vec<Row> = state.shown().into_iter().filter_map(row).collect();
    let chooser = Chooser {
        title: "Commands",
        typed: &state.filter,
        rows: &rows,
        all: state.commands.len(),
        cursor: state.cursor,
        empty: "no command is called that",
        foot: None,
    };
    Some(chooser::draw(buffer, shared, &regions(shared), &chooser))
}
