//! The article of a web page: told from what is around it, with what the page says of itself.
//!
//! Unlike the rest of the room this builds a tree, within bounds (`intake`), because what is the article is told by how parts
//! lie in each other: `chaff` takes out what is marked as none of it, `body` finds it, `prune` cleans what was found.

mod address;
mod author;
mod barrier;
mod body;
mod census;
mod chaff;
mod facts;
mod heading;
mod intake;
mod lead;
mod likeness;
mod links;
mod moment;
mod neighbours;
mod nesting;
mod notices;
mod phrases;
mod pointers;
mod prune;
mod standfirst;
mod told;
mod topline;
mod tree;

use dom_query::Document;
use jiff::Timestamp;
use url::Url;

use self::told::Told;
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
    let page = Document::from(intake::take_in(html));
    let address = Url::parse(url).ok().filter(Url::has_host);
    let told = Told::read(&page);
    let signs = barrier::Signs::read(&page, html, &told);
    let site = facts::site(&told);
    let canonical = neighbours::canonical(&page, &told, address.as_ref());
    let next = neighbours::next(&page, address.as_ref());
    let whole = neighbours::whole(&page, canonical.as_ref(), next.as_ref(), address.as_ref());
    let mut extraction = Extraction {
        title: facts::title(&page, &told, site.as_deref(), address.as_ref()),
        author: author::find(&page, &told, site.as_deref()),
        published: facts::published(&page, &told),
        language: facts::language(&page, &told),
        canonical: canonical.map(String::from),
        picture: lead::picture(&page, &told, address.as_ref()),
        next: next.map(String::from),
        whole: whole.map(String::from),
        site,
        ..Extraction::default()
    };
    chaff::winnow(&page);
    chaff::clear_names(&page);
    let standfirst = standfirst::find(&page, &told);
    let article = body::find(&page, url, told.body());
    if let Some(article) = &article {
        prune::prune(article, &extraction.title, extraction.author.as_deref());
        if let Some(standfirst) = &standfirst {
            standfirst::restore(article, standfirst);
        }
        links::make_absolute(article, address.as_ref());
    }
    extraction.barrier = barrier::find(&signs, &told, article.as_ref());
    extraction.html = article.map(|article| tree::top(&article).inner_html().to_string()).unwrap_or_default();
    extraction
}
