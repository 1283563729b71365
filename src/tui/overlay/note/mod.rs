//! The note on an article, written in place.

mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{came, is_own, kept, on_key, on_paste, replace};
pub use view::draw;
