//! What keys and mouse do among the files: Enter plays, d downloads, x gives up, y copies the link.

use ratatui::layout::Position;

use super::State;
use super::view::regions;
use crate::command::{CommandId, Key, KeyCode};
use crate::document::clean_url;
use crate::model::{ArticleId, Enclosure};
use crate::tui::effect::{Effect, Write};
use crate::tui::event::{Mouse, MouseKind};
use crate::tui::intent::Motion;
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::route::{Go, Step};
use crate::tui::status::Level;
use crate::tui::widget::list_cursor::motion;
use crate::tui::words;

/// Takes a key.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Step {
    let height = usize::from(regions(state, shared).rows.height);
    let closes = shared.settings.keymap.keys_of(CommandId::ArticleFiles).contains(&key);
    let moved = match key.typed() {
        Some('j') => Some(Motion::Down),
        Some('k') => Some(Motion::Up),
        Some('g') => Some(Motion::Top),
        Some('G') => Some(Motion::Bottom),
        Some(_) => None,
        None => motion(key),
    };
    if let Some(motion) = moved {
        state.cursor.step(motion, state.len(), height);
        return Step::none();
    }
    if key.code() == KeyCode::Esc || closes || matches!(key.typed(), Some('q' | 'h')) {
        return Step::go(Go::CloseOverlay);
    }
    let Some(file) = state.selected() else {
        state.early = Some(key);
        return Step::none();
    };
    match (key.code(), key.typed()) {
        (KeyCode::Enter, _) | (_, Some('l')) => play(shared, file),
        (_, Some('d')) => download(state.article, shared, file),
        (_, Some('x')) => give_up(shared, file),
        (_, Some('y')) => {
            let address = clean_url(&file.url);
            shared.say(Level::Good, &format!("copied: {address}"));
            Step::effect(Effect::Copy(address))
        }
        _ => Step::none(),
    }
}

/// The files came: does what was asked for before.
pub fn on_files(state: &mut State, shared: &mut Shared, files: Vec<Enclosure>) -> Step {
    state.files = Some(files);
    state.early.take().map_or_else(Step::none, |key| on_key(state, shared, key))
}

fn play(shared: &mut Shared, file: &Enclosure) -> Step {
    if shared.invented {
        shared.say(Level::Note, words::INVENTED);
        return Step::none();
    }
    Step::effect(Effect::Play(shared.requests.open(Slot::Action), file.url.clone()))
}

fn download(article: ArticleId, shared: &mut Shared, file: &Enclosure) -> Step {
    if shared.downloads.contains_key(&file.url) {
        shared.say(Level::Note, "it is on its way already; x gives it up");
        return Step::none();
    }
    // The status line tells how far it is.
    Step::effect(Effect::Write(shared.requests.open(Slot::Action), Write::Download { article, url: file.url.clone() }))
}

/// Gives up the download of this file; where there is none, stops what plays.
fn give_up(shared: &mut Shared, file: &Enclosure) -> Step {
    let request = shared.requests.open(Slot::Action);
    if shared.downloads.contains_key(&file.url) {
        return Step::effect(Effect::Write(request, Write::CancelDownload(file.url.clone())));
    }
    Step::effect(Effect::StopPlaying(request))
}

/// Takes a mouse event: a click selects, one beside the box closes it.
pub fn on_mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    let regions = regions(state, shared);
    let height = usize::from(regions.rows.height);
    let at = Position { x: mouse.column, y: mouse.row };
    match mouse.kind {
        MouseKind::Click if !regions.frame.contains(at) => return Step::go(Go::CloseOverlay),
        MouseKind::Click if regions.rows.contains(at) => {
            let row = state.cursor.settled(state.len(), height).offset + usize::from(at.y - regions.rows.y);
            if row < state.len() {
                state.cursor.selected = row;
            }
        }
        MouseKind::Click => {}
        MouseKind::WheelDown => state.cursor.step(Motion::Down, state.len(), height),
        MouseKind::WheelUp => state.cursor.step(Motion::Up, state.len(), height),
    }
    Step::none()
}
