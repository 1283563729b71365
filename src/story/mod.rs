//! Stories: articles about one event become one row, copies of one text are told apart, each decision with its reason.
//!
//! Pure: what is known of the articles of some days goes in ([`Telling`]), placements come out. Nobody but the engine's
//! one worker holds a [`Newsroom`]; the store keeps what it decides.
//!
//! How it is decided: an article is cut into stems and figures, each weighed by how rare it is (in general language, in this
//! trade, and these days). Its rarest terms find the articles that it could be like; those are compared whole, and what the
//! two share becomes a score between 0 and 1. All that hangs together by such scores is then grouped anew, the most alike
//! first, by the mean likeness of the groups. So neither the order of arrival nor a chain of small steps makes a story.

mod address;
mod agglomerate;
mod component;
mod digest;
mod hand;
mod heard;
mod index;
mod kinship;
mod letters;
mod lex;
mod likeness;
mod nearness;
mod newsroom;
mod novelty;
mod prior;
mod rarity;
mod reading;
mod related;
mod remembered;
mod sieve;
mod sketch;
mod stem;
mod termmap;
mod termtable;
mod title;
mod wordlist;

#[cfg(test)]
mod shuffle_tests;
#[cfg(test)]
mod tests;

pub use heard::{Heard, hear};
pub use kinship::Kinship;
pub use newsroom::Newsroom;
pub use novelty::novelties;
pub use related::related;

use jiff::Timestamp;

use crate::model::{ArticleId, FeedId};

/// What is compared of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct Telling {
    /// The article.
    pub article: ArticleId,
    /// Its feed: the same publisher does not copy itself, and two publishers make a story more certain.
    pub feed: FeedId,
    /// Its date.
    pub date: Timestamp,
    /// Its address.
    pub url: String,
    /// Its title, attribution and publisher suffix still in it.
    pub title: String,
    /// The beginning of its text, without markup; 640 bytes of it are looked at.
    pub text: String,
    /// Ids of its entities.
    pub entities: Vec<String>,
    /// Its language, when known.
    pub language: Option<String>,
}

/// Reads the tables of words, which otherwise waits for the first article: for a moment when there is nothing else to do.
pub fn prepare() {
    prior::prior();
}

/// Articles further apart than this many days are never one story.
pub const WINDOW_DAYS: i64 = 7;

/// Seconds of a day.
const SECONDS_A_DAY: i64 = 24 * 60 * 60;
