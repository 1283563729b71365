//! The article of a web page: told from what is around it, with what the page says of itself.

use jiff::Timestamp;

use crate::model::{Barrier, Picture};

/// What a web page is found to be.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extraction {
    /// Clean, one line; empty when the page has none.
    pub title: String,
    /// Who wrote it. Clean, one line.
    pub author: Option<String>,
    /// When it was published, as the page tells.
    pub published: Option<Timestamp>,
    /// Name of the publication. Clean, one line.
    pub site: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// The address that the page wants to be known by. Absolute http(s), same site.
    pub canonical: Option<String>,
    /// The picture that stands for it.
    pub picture: Option<Picture>,
    /// The article as HTML with absolute addresses; empty when there is none.
    pub html: String,
    /// The next page of the same article. Absolute http(s), same origin.
    pub next: Option<String>,
    /// A version of the page that has the whole article on one page (print), or the full page of an AMP one. Absolute
    /// http(s), same site.
    pub whole: Option<String>,
    /// What stands between the reader and the text.
    pub barrier: Option<Barrier>,
}

/// Tells the article of a page from what is around it. Never an error; time and memory are bounded whatever comes in.
/// `html` is decoded text; `url` is the address that it came from, after redirects.
#[must_use]
pub fn extract(html: &str, url: &str) -> Extraction {
    let _ = (html, url);
    todo!()
}
