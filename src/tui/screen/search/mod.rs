//! Search: a query, its hits and the article.

mod state;
mod update;
mod view;

pub use state::State;
pub use update::{completed, list_intent, mouse, on_key, on_paste, open, settle};
pub use view::draw;
