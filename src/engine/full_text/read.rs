//! Pages that belong to no article: an address that was typed, a file of this machine. Nothing is kept.

use std::sync::Arc;

use super::visit::{self, Gathered, Visit};
use super::{full_text, trouble};
use crate::engine::shared::Shared;
use crate::engine::subscriptions::with_scheme;
use crate::engine::{Answer, EngineError};
use crate::model::FullText;

/// What is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageSource {
    /// A page of the web, by its address; without a scheme https is meant.
    Address(String),
    /// A document that is here already.
    Document {
        /// What it is called in errors.
        name: String,
        /// Its bytes.
        bytes: Vec<u8>,
        /// The address that its links start from.
        base: Option<String>,
    },
}

/// A page as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadPage {
    /// Where it came from, after redirects and without tracking parameters; none for a file without a base.
    pub address: Option<String>,
    /// The address it wants to be known by.
    pub canonical: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// The article without markup; empty when there is none.
    pub plain: String,
    /// Words of it.
    pub words: usize,
    /// The article; its title is always there when the page has one.
    pub text: FullText,
}

/// Reads a page. Requests are made for [`PageSource::Address`] only.
pub(in crate::engine) async fn read(shared: &Arc<Shared>, source: PageSource) -> Answer<ReadPage> {
    let now = shared.clock.now();
    let gathered = match source {
        PageSource::Address(address) => {
            let address = with_scheme(&address);
            let gathered = Visit::for_user(shared, &address).gather(&address).await;
            gathered.map_err(|error| EngineError(trouble(&error, &address, now).words))?
        }
        PageSource::Document { name, bytes, base } => {
            let base = base.unwrap_or_default();
            let page = visit::read(shared, bytes.into(), None, base).await;
            let page = page.map_err(|error| EngineError(trouble(&error, &name, now).words))?;
            Gathered { found: page.found, url: page.url, plain: page.plain, pages: 1 }
        }
    };
    let (canonical, language) = (gathered.found.canonical.clone(), gathered.found.language.clone());
    let address = Some(gathered.url.clone()).filter(|url| !url.is_empty());
    let (plain, words) = (gathered.plain.clone(), gathered.words());
    Ok(ReadPage { address, canonical, language, plain, words, text: full_text(gathered, None, now) })
}
