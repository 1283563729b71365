//! The repair layer: makes one well-formed document in one of two dialects of whatever bytes came.
//!
//! It always runs, because what feed-rs reads without complaint may still be wrong. The bytes are decoded, cut into tags
//! and text by a lexer that never fails, walked with an own stack of open elements, and written anew as RSS 2.0 or Atom 1.0.
//! Only what is read later is written; what feed-rs would not tell is collected beside it, item by item.
//! Time and space are linear in the document, whatever is in it.

mod attributes;
mod charset;
mod leaf;
mod lexer;
mod namespaces;
mod side;
mod stream;
mod vocabulary;
mod writer;

use std::borrow::Cow;

use url::Url;

use self::lexer::{Tag, Token};
use self::vocabulary::Dialect;

pub(super) use self::attributes::attribute;
pub(super) use self::lexer::{Lexer, Token as HtmlToken};
pub(super) use self::side::{FeedSide, ItemSide};

/// A document that feed-rs can read, and what it would not tell of it.
#[derive(Debug)]
pub(super) struct Repaired {
    /// RSS 2.0 or Atom 1.0.
    pub(super) xml: String,
    pub(super) feed: FeedSide,
    /// One for each item, in order.
    pub(super) items: Vec<ItemSide>,
    /// The source ended before its end.
    pub(super) truncated: bool,
}

/// Why there is nothing to repair.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoFeed {
    /// It is a web page.
    Page,
    /// Its outermost element is this.
    Other(String),
    /// It has no elements.
    NoElements,
}

/// How many tags may stand before a feed's root.
const ROOT_WITHIN: usize = 64;

/// Decodes a document of any kind.
pub(super) fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    charset::decode(bytes, content_type)
}

/// Repairs a document. `url` is its own address.
pub(super) fn repair(text: &str, url: Option<&Url>) -> Result<Repaired, NoFeed> {
    let mut lexer = Lexer::new(text);
    let (root, dialect) = find_root(&mut lexer)?;
    let mut walk = stream::Walk::new(lexer, dialect, url.cloned(), text.len() + text.len() / 8 + 512);
    let truncated = walk.run(&root);
    Ok(Repaired { xml: walk.out, feed: walk.feed, items: walk.items, truncated })
}

/// Reads up to the element that a feed begins with.
fn find_root<'a>(lexer: &mut Lexer<'a>) -> Result<(Tag<'a>, Dialect), NoFeed> {
    let tags = lexer.by_ref().filter_map(|token| match token {
        Token::Start(tag) => Some(tag),
        _ => None,
    });
    let (mut outermost, mut is_page) = (None, false);
    for tag in tags.take(ROOT_WITHIN) {
        let local = tag.name.rsplit(':').next().unwrap_or(tag.name).to_ascii_lowercase();
        // Within a page, only what cannot be anything else: pages write about feeds, too.
        let is_sure = !is_page || tag.attributes.contains("version=") || tag.attributes.contains("xmlns");
        match local.as_str() {
            "rss" | "rdf" if is_sure => return Ok((tag, Dialect::Rss)),
            "feed" if is_sure => return Ok((tag, Dialect::Atom)),
            "channel" | "item" if !is_page => return Ok((tag, Dialect::Rss)),
            "entry" if !is_page => return Ok((tag, Dialect::Atom)),
            "html" | "head" | "body" | "script" | "meta" if outermost.is_none() => is_page = true,
            _ => outermost = outermost.or(Some(tag.name)),
        }
    }
    if is_page {
        return Err(NoFeed::Page);
    }
    Err(outermost.map_or(NoFeed::NoElements, |name| NoFeed::Other(name.to_owned())))
}

#[cfg(test)]
mod tests;
