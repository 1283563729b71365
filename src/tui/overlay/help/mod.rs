//! The keys of where the user is, by scope, filtered by what is typed; from the command table and the live keymap.

mod content;
mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{on_key, on_mouse, on_paste};
pub use view::draw;
