//! How an entry is recognised when its feed is polled again (THREATS R8).
//!
//! The key is made of the guid, else of the link, else of title and text; never of dates, and of the text only where there is
//! nothing else. `http` and `https` are one. When several entries of one document have the same key, all of them (not all but
//! the first) get their link and title mixed in: so it does not matter which of them comes first next time. Should only one of
//! them be left then, its alias (link and title) still finds it.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use super::ParsedEntry;
use crate::model::Identity;

/// An entry whose identity is yet to be found.
#[derive(Debug)]
pub(super) struct Draft {
    /// As the publisher gave it; may be empty.
    pub(super) guid: String,
    /// The title that the publisher gave; may be empty.
    pub(super) given_title: String,
    /// The entry; its identity is not set yet.
    pub(super) entry: ParsedEntry,
}

/// The identity of entries that have none yet.
pub(super) const NONE: Identity = Identity { key: [0; 16], alias: None };

/// Gives every entry of a document an identity of its own. Of exact duplicates only the first stays.
pub(super) fn assign(drafts: Vec<Draft>) -> Vec<ParsedEntry> {
    let keys: Vec<[u8; 16]> = drafts.iter().map(plain_key).collect();
    let mut holders: HashMap<[u8; 16], usize> = HashMap::new();
    for key in &keys {
        *holders.entry(*key).or_default() += 1;
    }
    let mut seen = HashSet::new();
    let mut entries = Vec::with_capacity(drafts.len());
    for (draft, key) in drafts.into_iter().zip(keys) {
        let shared = holders.get(&key).is_some_and(|holders| *holders > 1);
        let key = if shared { split_key(&key, &draft) } else { key };
        let alias = alias(&draft);
        if seen.insert(key) {
            entries.push(ParsedEntry { identity: Identity { key, alias }, ..draft.entry });
        }
    }
    entries
}

fn plain_key(draft: &Draft) -> [u8; 16] {
    let entry = &draft.entry;
    match (normal(&draft.guid), normal(&entry.url)) {
        ("", "") => hash("text", &[&draft.given_title, &entry.content_html, &entry.summary_html]),
        ("", link) => hash("link", &[link]),
        (guid, _) => hash("guid", &[guid]),
    }
}

fn split_key(key: &[u8; 16], draft: &Draft) -> [u8; 16] {
    hash("split", &[&hex(key), normal(&draft.entry.url), &draft.entry.title])
}

fn alias(draft: &Draft) -> Option<[u8; 16]> {
    let link = normal(&draft.entry.url);
    (!link.is_empty() && !draft.given_title.is_empty()).then(|| hash("alias", &[link, &draft.given_title]))
}

/// A guid or link without what changes when a site moves to https.
fn normal(address: &str) -> &str {
    let address = address.trim();
    for scheme in ["http://", "https://"] {
        if let Some(start) = address.get(..scheme.len()).filter(|start| start.eq_ignore_ascii_case(scheme)) {
            return &address[start.len()..];
        }
    }
    address
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// SHA-256 over the parts and their lengths, so that no two lists of parts look alike; the first half of it.
fn hash(kind: &str, parts: &[&str]) -> [u8; 16] {
    let mut digest = Sha256::new();
    for part in std::iter::once(&kind).chain(parts) {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part.as_bytes());
    }
    let mut half = [0; 16];
    half.copy_from_slice(&digest.finalize()[..16]);
    half
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(guid: &str, url: &str, title: &str, text: &str) -> Draft {
        let entry = ParsedEntry {
            identity: NONE,
            url: url.to_owned(),
            original: None,
            title: title.to_owned(),
            author: None,
            published: None,
            updated: None,
            language: None,
            summary_html: text.to_owned(),
            content_html: String::new(),
            categories: Vec::new(),
            enclosures: Vec::new(),
            comments: None,
        };
        Draft { guid: guid.to_owned(), given_title: title.to_owned(), entry }
    }

    fn one(guid: &str, url: &str, title: &str, text: &str) -> Identity {
        assign(vec![draft(guid, url, title, text)])[0].identity
    }

    #[test]
    fn edits_keep_the_key_and_other_entries_have_others() {
        let first = one("g1", "https://a.example/1", "Old title", "old text");
        assert_eq!(first.key, one(" g1\n", "https://a.example/2", "New title", "new text").key);
        assert_ne!(first.key, one("g2", "https://a.example/1", "Old title", "old text").key);
        let linked = one("", "http://a.example/1", "Old title", "old text");
        assert_eq!(linked.key, one("", "https://a.example/1", "New title", "new text").key);
        let bare = one("", "", "Title", "text");
        assert_eq!(bare, one("", "", "Title", "text"), "nothing random");
        assert_ne!(bare.key, one("", "", "Title", "other text").key);
        assert_eq!(one("http://a.example/g", "", "", "").key, one("HTTPS://a.example/g", "", "", "").key);
    }

    #[test]
    fn an_alias_survives_a_new_guid() {
        let before = one("g1", "http://a.example/1", "Title", "text");
        let after = one("g2", "https://a.example/1", "Title", "text");
        assert_ne!(before.key, after.key);
        assert_eq!(before.alias, after.alias);
        assert!(before.alias.is_some());
        assert_eq!(one("g1", "http://a.example/1", "", "text").alias, None);
        assert_eq!(one("g1", "", "Title", "text").alias, None);
    }

    #[test]
    fn entries_that_share_a_guid_are_split_whatever_their_order() {
        let a = || draft("same", "https://a.example/1", "One", "x");
        let b = || draft("same", "https://a.example/2", "Two", "x");
        let c = || draft("same", "https://a.example/3", "Three", "x");
        let keys = |drafts| assign(drafts).into_iter().map(|e| (e.title, e.identity.key)).collect::<HashMap<_, _>>();
        let before = keys(vec![a(), b()]);
        let after = keys(vec![c(), b(), a()]);
        assert_eq!(before.len(), 2);
        assert_eq!(after.len(), 3);
        assert_eq!(before["One"], after["One"]);
        assert_eq!(before["Two"], after["Two"]);
        assert_eq!(after.values().collect::<HashSet<_>>().len(), 3);
    }

    #[test]
    fn exact_duplicates_collapse() {
        let twice = vec![draft("g", "https://a.example/1", "One", "x"), draft("g", "https://a.example/1", "One", "y")];
        assert_eq!(assign(twice).len(), 1);
    }
}
