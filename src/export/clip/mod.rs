//! Clips: articles and stories as short entries of the user's own Markdown file, each between two comments by which it is
//! found again.

mod entry;
mod place;

use jiff::tz::TimeZone;
use sha2::{Digest, Sha256};

use super::key::hex;
use super::piece::Piece;

pub use place::{Placed, place_clip};

use crate::model::{Article, Headline};

/// What clips are to be like.
#[derive(Debug, Clone)]
pub struct ClipSetting {
    /// Longest quotation, in characters; 0: none.
    pub quote: usize,
    /// The zone that dates are told in.
    pub zone: TimeZone,
}

/// A clip, ready to be put into a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    /// What it is found by: letters, figures and hyphens.
    key: String,
    /// Heading, facts and quotation, each of them lines.
    items: Vec<Item>,
}

/// A part of a clip.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    kind: ItemKind,
    lines: Vec<String>,
}

/// What a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ItemKind {
    /// `## Title`
    Heading,
    /// `- Source: Harbour Gazette`
    Fact,
    /// `> Berth 7 took its first ship.`
    Quote,
}

impl Clip {
    /// The clip of an article.
    #[must_use]
    pub fn of_article(article: &Article, setting: &ClipSetting) -> Self {
        let piece = Piece::of(article);
        Self { key: format!("article-{}", hash_of(&piece)), items: entry::of_article(article, &piece, setting) }
    }

    /// The clip of a story: its lead, and everybody who tells it, oldest first.
    #[must_use]
    pub fn of_story(lead: &Article, told: &[Headline], sources: u32, setting: &ClipSetting) -> Self {
        let piece = Piece::of(lead);
        Self { key: format!("story-{}", hash_of(&piece)), items: entry::of_story(lead, &piece, told, sources, setting) }
    }
}

/// Names an article in the user's file: after its address, so that another library finds it too.
fn hash_of(piece: &Piece) -> String {
    let mut hash = Sha256::new();
    if let Some(url) = &piece.url {
        hash.update(url);
    } else {
        hash.update(&piece.source);
        hash.update([0]);
        hash.update(&piece.title);
    }
    hex(&hash.finalize(), 5)
}

#[cfg(test)]
mod tests;
