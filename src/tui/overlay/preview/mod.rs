//! What a lesson would change, before it is written: the rule as the config will have it, and the articles it concerns.

mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{came, failed, is_waiting, on_key};
pub use view::draw;
