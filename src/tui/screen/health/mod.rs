//! Feed health: how each feed is doing, and the subscriptions.

mod condition;
mod details;
mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{answer, changed, feeds_intent, mouse, settle};
pub use view::draw;
