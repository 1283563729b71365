//! The desk: topic bar, list and article.

mod state;
mod update;
mod view;

pub use state::State;
pub use update::{back, list_intent, mouse};
pub use view::draw;
