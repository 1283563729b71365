//! Drawing a prompt.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::State;
use crate::text::{clean_line, cut, wrap};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::route::PromptKind;
use crate::tui::theme::Role;
use crate::tui::widget::{frame, input, paint};

/// Columns of the box where the terminal has them.
const WIDTH: u16 = 76;

/// Lines of the longest message.
const MESSAGE_LINES: usize = 6;

/// Draws a prompt; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let theme = &shared.settings.theme;
    let columns = usize::from(WIDTH.min(shared.area.width)).saturating_sub(4);
    let (role, message) = message(state, shared);
    let mut message = wrap(&message, columns);
    message.truncate(MESSAGE_LINES);
    // Frame, input and a line between it and the message.
    let height = u16::try_from(message.len()).unwrap_or(0).saturating_add(4);
    let inner = frame::framed(buffer, layout::centred(shared.area, WIDTH, height), &title(state), &shared.settings);
    let inner = Rect { x: inner.x + inner.width.min(1), width: inner.width.saturating_sub(2), ..inner };
    let typed = if state.waiting.is_some() { Role::Dim } else { Role::Text };
    let cursor = input::draw(buffer, layout::line(inner, 0), &state.input, theme.style(typed));
    for (n, line) in message.iter().enumerate() {
        paint::text(buffer, layout::line(inner, n + 2), line, theme.style(role));
    }
    Some(cursor)
}

fn title(state: &State) -> String {
    match &state.kind {
        PromptKind::AddFeed => "Add a feed or a site".to_owned(),
        PromptKind::RenameFeed(_, name) => format!("Rename {}", cut(name, 40, "")),
        PromptKind::MoveFeed(_, name, _) => format!("Another address for {}", cut(name, 40, "")),
        PromptKind::ImportOpml => "Import subscriptions".to_owned(),
    }
}

fn message(state: &State, shared: &Shared) -> (Role, String) {
    let glyphs = &shared.settings.glyphs;
    if let Some(error) = &state.error {
        return (Role::Error, format!("{} {}", glyphs.warning, clean_line(error)));
    }
    let text = clean_line(state.input.value());
    let dots = glyphs.ellipsis;
    match (&state.kind, state.waiting.is_some()) {
        (PromptKind::AddFeed, true) => {
            (Role::Accent, format!("Looking for feeds at {text} {dots} Esc closes this and lets it go on"))
        }
        (PromptKind::AddFeed, false) => {
            let hint = "The address of a feed or of any site; its feeds are looked for. Enter adds, Esc closes";
            (Role::Dim, hint.to_owned())
        }
        (PromptKind::RenameFeed(..), true) => (Role::Accent, format!("Renaming {dots}")),
        (PromptKind::RenameFeed(..), false) => {
            (Role::Dim, "The name shown, written to config.toml. Enter renames, Esc closes".to_owned())
        }
        (PromptKind::MoveFeed(..), true) => (Role::Accent, format!("Moving {dots}")),
        (PromptKind::MoveFeed(..), false) => {
            let hint = "Where it is asked from now on, written to config.toml; its articles and marks stay. Enter moves, Esc closes";
            (Role::Dim, hint.to_owned())
        }
        (PromptKind::ImportOpml, true) => (Role::Accent, format!("Reading {text} {dots}")),
        (PromptKind::ImportOpml, false) => {
            let hint = "The path of an OPML file, as other readers export it. Enter imports, Esc closes";
            (Role::Dim, hint.to_owned())
        }
    }
}
