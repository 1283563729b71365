//! What lies on top of a screen: help, palette, picker, prompt, preview of a lesson. One at a time; Esc takes it away.

pub mod files;
pub mod help;
pub mod note;
pub mod palette;
pub mod picker;
pub mod preview;
pub mod prompt;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::effect::Effect;
use super::event::Mouse;
use super::model::Shared;
use super::route::Step;
use crate::command::{CommandId, Key, Scope};

/// What lies on top of the screen.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// The keys, by scope.
    Help(help::State),
    /// All commands by name.
    Palette(palette::State),
    /// One of several things.
    Picker(picker::State),
    /// A line of text.
    Prompt(prompt::State),
    /// What a lesson would change.
    Preview(preview::State),
    /// The note on an article.
    Note(Box<note::State>),
    /// The files of an article.
    Files(files::State),
}

/// Takes a key; no key passes through to the screen below, save those that concern the terminal itself.
pub fn on_key(overlay: &mut Overlay, shared: &mut Shared, key: Key) -> Step {
    if let Overlay::Note(state) = overlay
        && note::is_own(key)
    {
        return note::on_key(state, shared, key);
    }
    if let Some(effect) = of_the_terminal(shared, key) {
        return Step::effect(effect);
    }
    match overlay {
        Overlay::Help(state) => help::on_key(state, shared, key),
        Overlay::Palette(state) => palette::on_key(state, shared, key),
        Overlay::Picker(state) => picker::on_key(state, shared, key),
        Overlay::Prompt(state) => prompt::on_key(state, shared, key),
        Overlay::Preview(state) => preview::on_key(state, shared, key),
        Overlay::Note(state) => note::on_key(state, shared, key),
        Overlay::Files(state) => files::on_key(state, shared, key),
    }
}

/// Quit, suspend and redraw work on top of everything, by keys that type nothing.
fn of_the_terminal(shared: &Shared, key: Key) -> Option<Effect> {
    if key.typed().is_some() {
        return None;
    }
    let command = shared.settings.keymap.lookup(&[Scope::Everywhere], key)?;
    if command == CommandId::AppQuit {
        return Some(Effect::Quit);
    }
    if command == CommandId::AppSuspend {
        return Some(Effect::Suspend);
    }
    (command == CommandId::AppRedraw).then_some(Effect::Redraw)
}

/// Takes pasted text.
pub fn on_paste(overlay: &mut Overlay, shared: &mut Shared, text: &str) -> Step {
    match overlay {
        Overlay::Help(state) => help::on_paste(state, text),
        Overlay::Palette(state) => palette::on_paste(state, text),
        Overlay::Picker(state) => picker::on_paste(state, text),
        Overlay::Prompt(state) => prompt::on_paste(state, text),
        Overlay::Note(state) => note::on_paste(state, shared, text),
        Overlay::Preview(_) | Overlay::Files(_) => {}
    }
    Step::none()
}

/// Takes a mouse event.
pub fn on_mouse(overlay: &mut Overlay, shared: &mut Shared, mouse: Mouse) -> Step {
    match overlay {
        Overlay::Help(state) => help::on_mouse(state, shared, mouse),
        Overlay::Palette(state) => palette::on_mouse(state, shared, mouse),
        Overlay::Picker(state) => picker::on_mouse(state, shared, mouse),
        Overlay::Files(state) => files::on_mouse(state, shared, mouse),
        Overlay::Prompt(_) | Overlay::Preview(_) | Overlay::Note(_) => Step::none(),
    }
}

/// Draws it; gives the place of the cursor.
pub fn draw(overlay: &Overlay, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    match overlay {
        Overlay::Help(state) => help::draw(state, shared, buffer),
        Overlay::Palette(state) => palette::draw(state, shared, buffer),
        Overlay::Picker(state) => picker::draw(state, shared, buffer),
        Overlay::Prompt(state) => prompt::draw(state, shared, buffer),
        Overlay::Preview(state) => preview::draw(state, shared, buffer),
        Overlay::Note(state) => note::draw(state, shared, buffer),
        Overlay::Files(state) => files::draw(state, shared, buffer),
    }
}
