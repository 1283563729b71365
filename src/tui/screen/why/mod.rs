//! Why an article is here: every reason with its weight, what matched and the home of the rule; and what can be taught.

mod lessons;
mod lines;
mod state;
mod update;
mod view;

#[cfg(test)]
mod tests;

pub use state::State;
pub use update::{answer, changed, mouse, open, page_intent, settle, why_intent};
pub use view::draw;
