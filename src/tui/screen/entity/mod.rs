//! The page of an entity: what it is, how often it is named, who it appears with, its newest stories.

mod lines;
mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{answer, changed, mouse, open, page_intent, settle};
pub use view::draw;
