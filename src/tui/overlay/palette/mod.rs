//! All commands that can be done where the user is, by name, filtered by what is typed.

mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{on_key, on_mouse, on_paste};
pub use view::draw;
