//! Drawing the model: the screen, what lies on top of it, and the cursor. Pure; foreign text has been cleaned long before,
//! and the runtime sweeps the finished buffer once more.

use ratatui::Frame;

use super::browse::article::{self, Hyperlink};
use super::browse::pictures::InSight;
use super::layout::{self, SMALLEST};
use super::model::Model;
use super::overlay;
use super::route::Route;
use super::screen::{desk, entity, first_run, health, log, search, story, why};
use super::theme::Role;
use super::widget::{paint, status_line};

/// The links in sight that the terminal itself may open. None under something that lies on top.
#[must_use]
pub fn hyperlinks(model: &Model) -> Vec<Hyperlink> {
    let shared = &model.shared;
    if model.overlay.is_some() || layout::is_too_small(shared.area) {
        return Vec::new();
    }
    let browse = match model.route() {
        Route::Desk => &model.desk.browse,
        Route::Search if model.search.is_searching() => &model.search.browse,
        Route::Story if model.story.browse.full || model.story.browse.zen => &model.story.browse,
        Route::Search | Route::Story | Route::Entity | Route::Why | Route::Health | Route::Log | Route::FirstRun => {
            return Vec::new();
        }
    };
    article::hyperlinks(browse, shared)
}

/// Draws the model.
pub fn view(model: &Model, frame: &mut Frame<'_>) {
    let shared = &model.shared;
    let area = frame.area();
    let buffer = frame.buffer_mut();
    if layout::is_too_small(area) {
        let words = format!("tidings needs {}x{}; this is {}x{}", SMALLEST.0, SMALLEST.1, area.width, area.height);
        paint::text(buffer, area, &words, shared.settings.theme.style(Role::Text));
        return;
    }
    // Between a resize and its event the model knows another size than the terminal has; the next frame is right.
    if shared.area != area {
        return;
    }
    let mut cursor = match model.route() {
        Route::Desk => desk::draw(&model.desk, shared, buffer),
        Route::Search => search::draw(&model.search, shared, buffer),
        Route::Story => story::draw(&model.story, shared, buffer),
        Route::Entity => entity::draw(&model.entity, shared, buffer),
        Route::Why => why::draw(&model.why, shared, buffer),
        Route::Health => health::draw(&model.health, shared, buffer),
        Route::Log => log::draw(&model.log, shared, buffer),
        Route::FirstRun => first_run::draw(&model.first_run, shared, buffer),
    };
    status_line::draw_long_message(buffer, area, shared);
    if let Some(overlay) = &model.overlay {
        cursor = overlay::draw(overlay, shared, buffer);
    }
    if let Some(cursor) = cursor {
        frame.set_cursor_position(cursor);
    }
}

/// The pictures that are on the screen as it is drawn; none while something lies on top of it.
#[must_use]
pub fn pictures_in_sight(model: &Model) -> Vec<InSight> {
    let shared = &model.shared;
    if model.overlay.is_some() || layout::is_too_small(shared.area) {
        return Vec::new();
    }
    let browse = match model.route() {
        Route::Desk => &model.desk.browse,
        Route::Search => &model.search.browse,
        Route::Story if model.story.browse.full => &model.story.browse,
        Route::Story | Route::Entity | Route::Why | Route::Health | Route::Log | Route::FirstRun => return Vec::new(),
    };
    browse.pictures_in_sight(&browse.panes(shared))
}
