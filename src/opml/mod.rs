//! Subscription lists of other programs: OPML in and out, and newsboat's `urls` file.
//!
//! Inert (THREATS R3, R17): whatever a list says, nothing in it is run, fetched or included; what cannot be a
//! subscription is named with the reason.

mod newsboat;
mod read;
mod scan;
mod write;

use std::collections::HashMap;
use std::fmt;

pub use newsboat::read_newsboat_urls;
pub use read::{OpmlError, read};
pub use write::write;

/// One subscription in a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Its name, clean; may be empty.
    pub name: String,
    /// http(s) address of the feed.
    pub url: String,
    /// Web site.
    pub site: Option<String>,
    /// Folders from the outermost in, or newsboat's tags.
    pub folders: Vec<String>,
}

/// What a list holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The subscriptions, in the order of the list, each address once.
    pub outlines: Vec<Outline>,
    /// What was left out; of more than a thousand the last says so.
    pub skipped: Vec<Skipped>,
    /// Where each address stands.
    places: HashMap<String, usize>,
}

/// Something in a list that is no subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skipped {
    /// What stands there, clean and cut short.
    pub what: String,
    /// Why it was left out.
    pub why: &'static str,
}

impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.why)
    }
}

/// Subscriptions in one list at most; more is no list that a person made.
const MOST: usize = 20_000;

/// Bytes of an address.
const LONGEST_ADDRESS: usize = 8_192;

/// Folders of one subscription.
const MOST_FOLDERS: usize = 32;

/// Things left out that are named.
const MOST_SKIPPED: usize = 1_000;

/// Characters of a name; one folder's stands in every subscription below it.
const LONGEST_NAME: usize = 100;

impl Imported {
    /// Takes an address in, or says why not.
    fn take(&mut self, outline: Outline) {
        if let Some(why) = objection(&outline.url) {
            return self.skip(&outline.url, why);
        }
        if outline.url.len() > LONGEST_ADDRESS {
            return self.skip(&outline.url, "the address is too long");
        }
        if self.outlines.len() >= MOST {
            return self.skip(&outline.url, "the list is too long");
        }
        if let Some(there) = self.places.get(&outline.url).and_then(|place| self.outlines.get_mut(*place)) {
            // The same feed in a second folder: it is in both.
            for name in outline.folders {
                if there.folders.len() < MOST_FOLDERS && !there.folders.contains(&name) {
                    there.folders.push(name);
                }
            }
        } else {
            self.places.insert(outline.url.clone(), self.outlines.len());
            self.outlines.push(outline);
        }
    }

    fn skip(&mut self, what: &str, why: &'static str) {
        match self.skipped.len() {
            ..MOST_SKIPPED => self.skipped.push(Skipped { what: short(what), why }),
            MOST_SKIPPED => {
                let why = "not all that was left out is named";
                self.skipped.push(Skipped { what: "more".to_owned(), why });
            }
            _ => {}
        }
    }
}

/// A clean line of at most [`LONGEST_NAME`] columns. Whatever is longer by far is not looked at to its end.
fn short(text: &str) -> String {
    let text = &text[..text.floor_char_boundary(16 * LONGEST_NAME)];
    crate::text::cut(&crate::text::clean_line(text), LONGEST_NAME, "…")
}

/// Why an address cannot be subscribed to; none when it can.
fn objection(url: &str) -> Option<&'static str> {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
    match scheme.as_str() {
        _ if url.starts_with('|') => Some("commands are never run"),
        "exec" | "filter" => Some("commands are never run"),
        "query" => Some("queries of another reader mean nothing here; `/` searches"),
        "file" => Some("files of this machine are taken from your own config.toml only"),
        "http" | "https" => match url::Url::parse(url) {
            Ok(parsed) if parsed.host_str().is_some_and(|host| !host.is_empty()) => None,
            _ => Some("this is no web address"),
        },
        _ => Some("only http and https addresses can be subscribed to"),
    }
}
