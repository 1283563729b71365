//! What keys and mouse do among the files: Enter plays, d downloads, x gives up, y copies the link.

use ratatui::layout::Position;

use super::State;
use super::view::regions;
use crate::command::{CommandId, Key, KeyCode};
use crate::document::clean_url;
use crate::model::{ArticleId, Enclosure};
use crate::tui::effect::{Effect, Load, Write};
use crate::tui::event::{Answer, Mouse, MouseKind};
use crate::tui::intent::Motion;
use crate::tui::model::{Model, Shared};
use crate::tui::overlay::Overlay;
use crate::tui::request::Slot;
use crate::tui::route::{Go, Step};
use crate::tui::status::Level;
use crate::tui::widget::list_cursor::motion;
use crate::tui::words;

/// Opens the chooser; asks for the files where they are not known.
pub fn open(model: &mut Model, article: ArticleId, files: Option<Vec<Enclosure>>) -> Vec<Effect> {
    let unknown = files.is_none();
    model.overlay = Some(Overlay::Files(State::new(article, files)));
    if unknown { vec![Effect::Load(model.shared.requests.open(Slot::Files), Load::Whole(article))] } else { Vec::new() }
}

/// The files came.
pub fn came(model: &mut Model, answer: Answer) -> Vec<Effect> {
    if let (Some(Overlay::Files(state)), Answer::Whole(article)) = (&mut model.overlay, answer) {
        let files = article.map(|article| article.enclosures).unwrap_or_default();
        if files.is_empty() {
            model.overlay = None;
            model.shared.say(Level::Note, words::NO_FILES);
        } else {
            state.files = Some(files);
        }
    }
    Vec::new()
}

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
    let Some(file) = state.selected() else { return Step::none() };
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

fn play(shared: &mut Shared, file: &Enclosure) -> Step {
    Step::effect(Effect::Play(shared.requests.open(Slot::Action), file.url.clone()))
}

fn download(article: ArticleId, shared: &mut Shared, file: &Enclosure) -> Step {
    if shared.downloads.contains_key(&file.url) {
        shared.say(Level::Note, "it is on its way already; x gives it up");
        return Step::none();
    }
    shared.say(Level::Note, &format!("downloading {}", words::file_name(&file.url)));
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
