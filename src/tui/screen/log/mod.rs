//! Past messages.

mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{mouse, on_key, settle};
pub use view::draw;
