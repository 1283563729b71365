//! One of several things: a topic, a feed, a link.

mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{on_key, on_mouse, on_paste};
pub use view::draw;
