//! First run: the choice of desks before anything is fetched.

mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{mouse, on_key, on_paste, settle};
pub use view::draw;
