//! The page of a story: who tells it, in order of time, and what is new in each article.

mod lines;
mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{answer, article_intent, changed, mouse, open, page_intent, selected_intent, settle, story_intent};
pub use view::draw;
