//! What keys do in a note: Ctrl-s and Esc keep it, Ctrl-e hands it to the editor, Ctrl-c takes it away.

use ratatui_textarea::{Input, Key as AreaKey};

use super::State;
use super::state::{Early, area};
use crate::command::{CommandId, Key, KeyCode};
use crate::text::clean_block;
use crate::tui::effect::Effect;
use crate::tui::model::Shared;
use crate::tui::notes;
use crate::tui::route::{Go, Step};
use crate::tui::status::Level;

const TOO_LONG: &str = "a note has at most 64 KiB";

fn ctrl(c: char) -> Key {
    Key::new(KeyCode::Char(c), true, false, false)
}

/// Whether a key is the note's although it may mean something to the desk as a whole: Ctrl-c must not lose what was typed.
#[must_use]
pub fn is_own(key: Key) -> bool {
    key == ctrl('c')
}

/// Takes a key.
pub fn on_key(state: &mut State, shared: &mut Shared, key: Key) -> Step {
    if state.before.is_none() {
        state.early.push(Early::Key(key));
        return Step::none();
    }
    if key == ctrl('c') {
        return remove(state, shared);
    }
    if key == ctrl('e') {
        return Step::effect(Effect::EditNote(state.text.lines().join("\n")));
    }
    if key.code() == KeyCode::Esc || key == ctrl('s') || key == Key::new(KeyCode::Enter, true, false, false) {
        let effects = kept(state, shared).into_iter().collect();
        return Step { effects, go: Some(Go::CloseOverlay) };
    }
    let longer = key.typed().map_or(usize::from(key.code() == KeyCode::Enter), char::len_utf8);
    if longer > state.room() {
        shared.say(Level::Note, TOO_LONG);
    } else if let Some(input) = input(key) {
        state.text.input(input);
    }
    Step::none()
}

/// What the text area is told of a key; none: it means nothing there.
fn input(key: Key) -> Option<Input> {
    let (ctrl, alt, shift) = key.held();
    let code = match key.code() {
        KeyCode::Char(c) => AreaKey::Char(c),
        KeyCode::Enter => AreaKey::Enter,
        KeyCode::Tab => AreaKey::Tab,
        KeyCode::Backspace => AreaKey::Backspace,
        KeyCode::Delete => AreaKey::Delete,
        KeyCode::Home => AreaKey::Home,
        KeyCode::End => AreaKey::End,
        KeyCode::PageUp => AreaKey::PageUp,
        KeyCode::PageDown => AreaKey::PageDown,
        KeyCode::Up => AreaKey::Up,
        KeyCode::Down => AreaKey::Down,
        KeyCode::Left => AreaKey::Left,
        KeyCode::Right => AreaKey::Right,
        KeyCode::Esc | KeyCode::Insert | KeyCode::F(_) => return None,
    };
    Some(Input { key: code, ctrl, alt, shift })
}

/// Keeps the note where it was changed.
pub fn kept(state: &State, shared: &mut Shared) -> Option<Effect> {
    let text = state.cleaned();
    let before = state.before.as_ref()?;
    (text != *before).then(|| notes::write(shared, state.article, text))
}

/// Takes the note away; what was typed comes back when it is opened again.
fn remove(state: &State, shared: &mut Shared) -> Step {
    let text = state.cleaned();
    let stored = state.before.as_ref().is_some_and(|before| !before.is_empty());
    let mut step = Step::go(Go::CloseOverlay);
    if stored {
        step.effects.push(notes::write(shared, state.article, String::new()));
    }
    if !text.is_empty() && state.before.as_ref() != Some(&text) {
        let key = shared.key(CommandId::ArticleNote);
        shared.say(Level::Note, &format!("note dropped; {key} has its text"));
        shared.notes.drop(state.article, text);
    }
    step
}

/// Takes pasted text: as much as there is room for.
pub fn on_paste(state: &mut State, shared: &mut Shared, text: &str) {
    if state.before.is_none() {
        state.early.push(Early::Paste(text.to_owned()));
        return;
    }
    let text = clean_block(&text.replace("\r\n", "\n").replace('\r', "\n"));
    let room = state.room();
    if text.len() > room {
        shared.say(Level::Note, TOO_LONG);
    }
    state.text.insert_str(&text[..text.floor_char_boundary(room)]);
}

/// The note came; what was typed meanwhile goes into it.
pub fn came(state: &mut State, shared: &mut Shared, note: String) -> Step {
    state.text = area(shared, &note);
    state.before = Some(note);
    let mut effects = Vec::new();
    for early in std::mem::take(&mut state.early) {
        match early {
            Early::Key(key) => {
                let step = on_key(state, shared, key);
                effects.extend(step.effects);
                if step.go.is_some() {
                    return Step { effects, go: step.go };
                }
            }
            Early::Paste(text) => on_paste(state, shared, &text),
        }
    }
    effects.into()
}

/// The editor made this of it.
pub fn replace(state: &mut State, shared: &mut Shared, text: &str) {
    state.text = area(shared, text.trim_end());
}
