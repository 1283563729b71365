//! Search: a query, its hits and the article.

mod cheat_sheet;
mod completion;
mod state;
mod suggestion;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use completion::{Awaited, Menu};
pub use state::State;
pub use update::{completed, list_intent, mouse, on_key, on_paste, open, settle, suggested};
pub use view::draw;
