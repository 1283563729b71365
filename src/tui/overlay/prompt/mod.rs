//! A line of text: an address, a name, a path.

mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{failed, is_waiting, on_key, on_paste};
pub use view::draw;
