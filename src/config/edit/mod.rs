//! Edits of the config's text: text in, text out, and every byte that an edit is not about stays as it is.
//!
//! Places come from the parser's spans; what is replaced, inserted or cut is cut out of the text itself, so comments,
//! order, white space, line ends and the shape of lists survive. The result is parsed again before it is given out.

mod feed;
mod list;
mod rule;
mod text;

#[cfg(test)]
mod tests;

pub use feed::{add_feeds, remove_feed, rename_feed, set_address, set_enabled};
pub use rule::{RuleEdit, TopicList, add_rule};

/// Why a text cannot be edited.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It is no TOML; an edit could make it worse.
    #[error("the config has a mistake on line {line} ({message}); repair it first, then this can be done")]
    Broken {
        /// 1-based.
        line: usize,
        /// What the parser says.
        message: String,
    },
    /// The feed is not there.
    #[error("this feed is not in the config any more")]
    NoSuchFeed,
    /// Written in a way that this program does not edit.
    #[error("{0} is written in a way that only you can edit; change it in your editor")]
    TooClever(&'static str),
}
