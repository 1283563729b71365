//! The desk: screens, keys and pictures of text.
//!
//! The core is pure: [`update()`] changes the [`Model`] by an [`Event`] and gives [`Effect`]s, [`view()`] draws the model.
//! Only [`runtime`] knows the terminal, the engine and time; it turns what they do into events and carries effects out.
//!
//! ```text
//! widget, theme, glyphs, times, layout     stateless pieces, and where they go
//! browse                                   a list with its article: what the desk and the search share
//! screen/<name>, overlay/<name>            state, update, view of each; screens never import screens
//! model, update, view                      all of it together; update only routes
//! runtime                                  tokio, crossterm, EngineHandle
//! ```

mod answers;
mod app;
mod attached_files;
pub mod browse;
pub mod effect;
pub mod event;
pub mod figures;
#[cfg(test)]
mod fixture;
pub mod full_text;
pub mod glyphs;
pub mod intent;
pub mod layout;
pub mod model;
mod notes;
mod notices;
pub mod overlay;
pub mod pictures;
pub mod reading;
pub mod request;
pub mod route;
pub mod runtime;
pub mod screen;
pub mod settings;
pub mod status;
pub mod sweep;
pub mod theme;
pub mod times;
pub mod update;
pub mod view;
pub mod waiting;
pub mod widget;
pub mod words;

pub use browse::first_request;
pub use effect::Effect;
pub use event::Event;
pub use model::{Model, Pack, Shared, Start};
pub use runtime::{Exit, Options, TerminalError, require_terminal, run};
pub use settings::Settings;
pub use update::update;
pub use view::{pictures_in_sight, view};
