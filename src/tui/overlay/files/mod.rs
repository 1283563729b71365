//! The files attached to an article: played, downloaded, copied. Nothing is fetched before a key asks for it.

mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{on_files, on_key, on_mouse};
pub use view::draw;
