//! Namespaces under all the addresses and prefixes that they go by.

use std::borrow::Cow;

use super::attributes::attributes;

/// A vocabulary that feeds use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ns {
    /// The feed's own: RSS of any version, or no namespace at all.
    Core,
    /// Atom of any version.
    Atom,
    /// Dublin Core, both the elements and the terms.
    Dc,
    /// RSS content module.
    Content,
    /// Media RSS.
    Media,
    /// Apple's podcast tags.
    Itunes,
    /// RSS slash module.
    Slash,
    /// Atom threading extension (RFC 4685).
    Thread,
    /// RSS syndication module.
    Syndication,
    /// FeedBurner.
    Feedburner,
    /// XHTML.
    Xhtml,
    /// RDF syntax.
    Rdf,
    /// None that matters here.
    Other,
}

/// Namespace addresses without scheme, `www.` and final slash, hash or query, in lower case.
const ADDRESSES: [(&str, Ns); 37] = [
    ("", Ns::Core),
    ("purl.org/rss/1.0", Ns::Core),
    ("purl.org/net/rss1.1", Ns::Core),
    ("my.netscape.com/rdf/simple/0.9", Ns::Core),
    ("channel.netscape.com/rdf/simple/0.9", Ns::Core),
    ("my.netscape.com/publish/formats/rss-0.91.dtd", Ns::Core),
    ("backend.userland.com/rss", Ns::Core),
    ("backend.userland.com/rss2", Ns::Core),
    ("backend.userland.com/rss091", Ns::Core),
    ("backend.userland.com/blogchannelmodule", Ns::Other),
    ("blogs.law.harvard.edu/tech/rss", Ns::Core),
    ("cyber.law.harvard.edu/rss", Ns::Core),
    ("rssboard.org/rss-specification", Ns::Core),
    ("w3.org/2005/atom", Ns::Atom),
    ("purl.org/atom/ns", Ns::Atom),
    ("purl.org/atom", Ns::Atom),
    ("example.com/necho", Ns::Atom),
    ("purl.org/dc/elements/1.0", Ns::Dc),
    ("purl.org/dc/elements/1.1", Ns::Dc),
    ("purl.org/dc/terms", Ns::Dc),
    ("purl.org/rss/1.0/modules/dcterms", Ns::Dc),
    ("purl.org/rss/1.0/modules/content", Ns::Content),
    ("search.yahoo.com/mrss", Ns::Media),
    ("tools.search.yahoo.com/mrss", Ns::Media),
    ("video.search.yahoo.com/mrss", Ns::Media),
    ("itunes.com/dtds/podcast-1.0.dtd", Ns::Itunes),
    ("itunes.com/dtds/podcast", Ns::Itunes),
    ("example.com/dtds/podcast-1.0.dtd", Ns::Itunes),
    ("purl.org/rss/1.0/modules/slash", Ns::Slash),
    ("purl.org/syndication/thread/1.0", Ns::Thread),
    ("purl.org/rss/1.0/modules/syndication", Ns::Syndication),
    ("rssnamespace.org/feedburner/ext/1.0", Ns::Feedburner),
    ("w3.org/1999/xhtml", Ns::Xhtml),
    ("w3.org/tr/xhtml1", Ns::Xhtml),
    ("w3.org/tr/html4", Ns::Xhtml),
    ("w3.org/1999/02/22-rdf-syntax-ns", Ns::Rdf),
    ("w3.org/tr/rdf-schema", Ns::Rdf),
];

/// Declarations that are kept at once; a document that has more is an attack.
const MOST: usize = 128;

fn by_address(address: &str) -> Ns {
    let address = address.trim().to_ascii_lowercase();
    let bare = address.trim_start_matches("https://").trim_start_matches("http://").trim_start_matches("www.");
    let bare = bare.trim_end_matches(['/', '#', '?']);
    ADDRESSES.iter().find(|(known, _)| *known == bare).map_or(Ns::Other, |(_, ns)| *ns)
}

/// What a prefix means where nothing declares it.
fn by_prefix(prefix: &str) -> Ns {
    match prefix {
        "rss" => Ns::Core,
        "atom" | "a10" | "atom10" | "atom03" => Ns::Atom,
        "dc" | "dcterms" | "dct" => Ns::Dc,
        "content" => Ns::Content,
        "media" => Ns::Media,
        "itunes" => Ns::Itunes,
        "slash" => Ns::Slash,
        "thr" => Ns::Thread,
        "sy" | "syn" => Ns::Syndication,
        "feedburner" => Ns::Feedburner,
        "xhtml" | "html" | "h" => Ns::Xhtml,
        "rdf" => Ns::Rdf,
        _ => Ns::Other,
    }
}

/// The declarations in force, innermost last.
#[derive(Debug, Default)]
pub(super) struct Scope<'a> {
    /// Depth of the declaring element, prefix (empty: the default namespace), meaning.
    declared: Vec<(usize, &'a str, Ns)>,
}

impl<'a> Scope<'a> {
    /// Takes in what a tag at `depth` declares.
    pub(super) fn declare(&mut self, depth: usize, tag_attributes: &'a str) {
        if !tag_attributes.contains("xmlns") {
            return;
        }
        for (name, value) in attributes(tag_attributes) {
            let prefix = match name.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            // The feed's own default namespace is the feed's own whatever it is called.
            let ns = if depth == 0 && prefix.is_empty() { Ns::Core } else { by_address(&value) };
            if self.declared.len() < MOST {
                self.declared.push((depth, prefix, ns));
            }
        }
    }

    /// Forgets what elements at `depth` and below declared.
    pub(super) fn leave(&mut self, depth: usize) {
        while self.declared.last().is_some_and(|(declared, ..)| *declared >= depth) {
            self.declared.pop();
        }
    }

    /// Namespace and local name of an element, the name in lower case.
    pub(super) fn resolve(&self, name: &'a str) -> (Ns, Cow<'a, str>) {
        let (prefix, local) = name.split_once(':').unwrap_or(("", name));
        let declared = self.declared.iter().rev().find(|(_, known, _)| *known == prefix).map(|(.., ns)| *ns);
        let ns = match declared {
            // `xmlns:media="..."` under an address that nobody knows is still Media RSS.
            None | Some(Ns::Other) if !prefix.is_empty() => by_prefix(prefix),
            Some(ns) => ns,
            None => Ns::Core,
        };
        let lower = !local.bytes().any(|b| b.is_ascii_uppercase());
        (ns, if lower { Cow::Borrowed(local) } else { Cow::Owned(local.to_ascii_lowercase()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_namespaces_by_address_prefix_and_depth() {
        let mut scope = Scope::default();
        scope.declare(0, r#" xmlns="urn:own" xmlns:m="HTTPS://search.yahoo.com/mrss" xmlns:x="urn:x" "#);
        assert_eq!(scope.resolve("Title"), (Ns::Core, "title".into()));
        assert_eq!(scope.resolve("m:title").0, Ns::Media);
        assert_eq!(scope.resolve("x:title").0, Ns::Other);
        assert_eq!(scope.resolve("media:title").0, Ns::Media, "undeclared");
        scope.declare(3, r#" xmlns="http://www.w3.org/1999/xhtml" "#);
        assert_eq!(scope.resolve("div").0, Ns::Xhtml);
        scope.leave(3);
        assert_eq!(scope.resolve("div").0, Ns::Core);
    }

    #[test]
    fn a_flood_of_declarations_is_cut_off() {
        let mut scope = Scope::default();
        for depth in 1..1000 {
            scope.declare(depth, "xmlns:a='urn:a' xmlns:b='urn:b'");
        }
        assert_eq!(scope.declared.len(), MOST);
    }
}
