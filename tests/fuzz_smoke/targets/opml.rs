//! Subscription lists: what is read is written so that it reads the same, and nothing but web addresses is subscribed to.

use std::collections::BTreeSet;

use tidings::opml::{self, Imported, Outline};
use url::Url;

use super::clean::assert_clean_line;

/// An OPML document; the same bytes are also read as newsboat's list.
pub fn run(data: &[u8]) {
    if let Ok(imported) = opml::read(data) {
        sound(&imported);
        let written = opml::write(&imported.outlines);
        let again = opml::read(written.as_bytes()).unwrap_or_default();
        assert_eq!(again.skipped, [], "what was written is not taken: {written}");
        assert_eq!(sorted(&again.outlines), sorted(&imported.outlines), "not the same after {written}");
        let once_more = opml::write(&again.outlines);
        assert_eq!(opml::write(&opml::read(once_more.as_bytes()).unwrap_or_default().outlines), once_more);
    }
    let list = opml::read_newsboat_urls(&String::from_utf8_lossy(data));
    sound(&list);
}

fn sound(imported: &Imported) {
    let mut addresses = BTreeSet::new();
    for outline in &imported.outlines {
        let address = Url::parse(&outline.url).unwrap_or_else(|error| panic!("{outline:?}: {error}"));
        assert!(matches!(address.scheme(), "http" | "https") && address.has_host(), "{outline:?}");
        assert!(addresses.insert(&outline.url), "{} is there twice", outline.url);
        assert_clean_line(&outline.name);
        assert_clean_line(&outline.url);
        outline.folders.iter().for_each(|folder| assert_clean_line(folder));
    }
    for skipped in &imported.skipped {
        assert_clean_line(&skipped.what);
    }
}

fn sorted(outlines: &[Outline]) -> Vec<&Outline> {
    let mut sorted: Vec<&Outline> = outlines.iter().collect();
    sorted.sort_by(|a, b| a.url.cmp(&b.url));
    sorted
}
