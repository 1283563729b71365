//! Feed health: how each feed is doing, and the subscriptions.

mod state;
mod update;
mod view;

pub use state::State;
pub use update::{answer, changed, feeds_intent, mouse, settle};
pub use view::draw;
