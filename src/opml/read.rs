//! OPML 1.0 and 2.0 as other programs write it, broken XML included.

use std::borrow::Cow;

use super::scan::{Tag, tags};
use super::{Imported, MOST_FOLDERS, Outline, short};
use crate::text::clean_line;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// Folders within folders beyond this depth count as the one they are in.
const MOST_DEPTH: usize = 32;

/// Why a file is no OPML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not OPML: it has no <outline>")]
pub struct OpmlError;

/// Reads an OPML document. What is broken in it costs no more than itself.
///
/// # Errors
/// When there is not one outline in it.
pub fn read(bytes: &[u8]) -> Result<Imported, OpmlError> {
    let text = decode(bytes);
    let mut imported = Imported::default();
    let mut folders: Vec<Option<String>> = Vec::new();
    let tags = tags(&text);
    if !tags.iter().any(|tag| matches!(tag, Tag::Open { .. })) {
        return Err(OpmlError);
    }
    for tag in tags {
        match tag {
            Tag::Open { attributes, is_empty: false } => {
                let folder = outline(&mut imported, &attributes, &folders);
                folders.push(folder.filter(|_| folders.len() < MOST_DEPTH));
            }
            Tag::Open { attributes, is_empty: true } => {
                if let Some(name) = outline(&mut imported, &attributes, &folders) {
                    imported.skip(&name, "it has no address");
                }
            }
            Tag::Close => {
                folders.pop();
            }
        }
    }
    Ok(imported)
}

/// Takes in one outline; gives its name when it is a folder.
fn outline(imported: &mut Imported, attributes: &[(&str, &str)], folders: &[Option<String>]) -> Option<String> {
    let attribute = |name: &str| attribute(attributes, name);
    let names = [attribute("title"), attribute("text")].into_iter().flatten();
    let name = names.map(|name| short(&name)).find(|name| !name.is_empty());
    let kind = attribute("type").unwrap_or_default().to_ascii_lowercase();
    if kind == "include" {
        imported.skip(&attribute("url").or(name).unwrap_or_default(), "lists on other servers are not fetched");
        return None;
    }
    let is_feed = matches!(kind.as_str(), "rss" | "atom" | "feed");
    let url = attribute("xmlUrl").or_else(|| attribute("url").filter(|_| is_feed)).filter(|url| !url.is_empty());
    let Some(url) = url else { return name };
    let categories = attribute("category").unwrap_or_default();
    let unescaped = |category: &str| category.replace("%2C", ",").replace("%2F", "/").replace("%25", "%");
    let categories = categories
        .split(',')
        .take(MOST_FOLDERS)
        .map(|category| short(&clean_line(&unescaped(category.trim_matches('/')))));
    let mut names: Vec<String> = Vec::new();
    for name in folders.iter().take(MOST_DEPTH).flatten().cloned().chain(categories) {
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let site = attribute("htmlUrl").filter(|site| super::objection(site).is_none());
    imported.take(Outline { name: name.unwrap_or_default(), url, site, folders: names });
    None
}

/// An attribute by its name in any case, decoded and clean.
fn attribute(attributes: &[(&str, &str)], name: &str) -> Option<String> {
    let (_, value) = attributes.iter().find(|(found, _)| found.eq_ignore_ascii_case(name))?;
    Some(clean_line(&unescaped(value)))
}

/// The references of XML decoded; what is none, such as a bare `&` or `&nbsp;`, stays as it stands.
fn unescaped(value: &str) -> Cow<'_, str> {
    if let Ok(text) = quick_xml::escape::unescape(value) {
        return text;
    }
    let mut pieces = value.split('&');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let reference = piece.find(';').filter(|end| *end <= 10).map(|end| piece.split_at(end + 1));
        let decoded = reference.and_then(|(name, rest)| {
            let one = format!("&{name}");
            quick_xml::escape::unescape(&one).ok().map(|decoded| format!("{decoded}{rest}"))
        });
        match decoded {
            Some(decoded) => text.push_str(&decoded),
            None => text.extend(["&", piece]),
        }
    }
    Cow::Owned(text)
}

/// Bytes to text: byte order mark, then the declaration, then UTF-8 if it is that, then Windows-1252.
fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).to_ascii_lowercase();
    let label =
        head.split_once("encoding=").and_then(|(_, rest)| rest.get(1..)?.split(['"', '\'']).next().map(str::to_owned));
    let declared = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    // A document that is valid UTF-8 is UTF-8, whatever it declares: that is the commoner mistake.
    let encoding = if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { declared.unwrap_or(WINDOWS_1252) };
    encoding.decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<String> {
        read(text.as_bytes()).unwrap().outlines.into_iter().map(|outline| outline.name).collect()
    }

    #[test]
    fn folders_names_and_sites_are_read() {
        let text = "<?xml version='1.0'?><opml version='2.0'><head><title>Mine</title></head><body>\
            <outline text='Ocean'><outline text='Liner'>\
            <outline text='Ledger' TITLE='Harbour Ledger' type='rss' xmlurl='https://ledger.example/feed?a=1&amp;b=2' htmlUrl='https://ledger.example/'/>\
            </outline></outline><outline text='Quay' xmlUrl='http://quay.example/rss' category='/Ports,Rates'/></body></opml>";
        let imported = read(text.as_bytes()).unwrap();
        assert_eq!(imported.skipped, []);
        assert_eq!(
            imported.outlines[0],
            Outline {
                name: "Harbour Ledger".into(),
                url: "https://ledger.example/feed?a=1&b=2".into(),
                site: Some("https://ledger.example/".into()),
                folders: vec!["Ocean".into(), "Liner".into()],
            }
        );
        assert_eq!(imported.outlines[1].folders, ["Ports", "Rates"]);
    }

    #[test]
    fn a_folder_within_its_namesake_is_named_once() {
        let text = "<outline text='Ocean'><outline text='Ocean'><outline xmlUrl='https://a.example/' category='Ocean,Air'/>\
            </outline></outline>";
        assert_eq!(read(text.as_bytes()).unwrap().outlines[0].folders, ["Ocean", "Air"]);
    }

    #[test]
    fn nothing_in_a_list_is_obeyed() {
        let text = "<opml><body><outline text='a' xmlUrl='|touch /tmp/x'/><outline text='b' xmlUrl='exec:curl evil'/>\
            <outline text='c' xmlUrl='filter:x:http://a.example/'/><outline text='d' xmlUrl='file:///etc/passwd'/>\
            <outline text='e' xmlUrl='javascript:alert(1)'/><outline type='include' url='http://evil.example/list.opml'/>\
            <outline text='f' xmlUrl='http://'/><outline text='good' xmlUrl='https://good.example/feed'/></body></opml>";
        let imported = read(text.as_bytes()).unwrap();
        assert_eq!(imported.outlines.len(), 1);
        assert_eq!(imported.skipped.len(), 7);
        assert!(imported.skipped[0].to_string().contains("never run"), "{}", imported.skipped[0]);
    }

    #[test]
    fn broken_lists_give_what_they_have() {
        assert_eq!(
            names(
                "junk <opml><body><outline text='A & B' xmlUrl='http://a.example/?x=1&y=2'><outline text='C' xmlUrl='http://c.example/'"
            ),
            ["A & B"]
        );
        assert_eq!(
            names(
                "<outline text='A' xmlUrl='http://a.example/'></wrong></outline><outline text='B' xmlUrl='http://b.example/'/>"
            ),
            ["A", "B"]
        );
        assert_eq!(read(b"<html><body>no</body></html>"), Err(OpmlError));
        assert_eq!(read(b""), Err(OpmlError));
    }

    #[test]
    fn bare_ampersands_do_not_spoil_the_others() {
        assert_eq!(unescaped("a &amp; b & c &nbsp; &#233; &lt;"), "a & b & c &nbsp; é <");
    }

    #[test]
    fn old_encodings_are_read_and_names_are_clean() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><opml><outline text='M\xe6rsk\x1b[31m' xmlUrl='http://a.example/'/></opml>";
        assert_eq!(read(latin).unwrap().outlines[0].name, "Mærsk[31m");
    }

    #[test]
    fn an_outline_without_an_address_is_named_and_a_folder_is_not() {
        let text = "<opml><outline text='Folder'><outline text='Lost'/><outline text='A' xmlUrl='http://a.example/'/></outline></opml>";
        let skipped: Vec<String> = read(text.as_bytes()).unwrap().skipped.iter().map(ToString::to_string).collect();
        assert_eq!(skipped, ["Lost: it has no address"]);
    }

    /// Lists that people share: every address in them is imported once, or named with the reason.
    #[test]
    fn every_address_of_real_lists_is_accounted_for() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/suites");
        let (mut lists, mut feeds, mut skipped) = (0, 0, 0);
        let mut folders = vec![std::path::PathBuf::from(root)];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = std::fs::read_dir(folder) else { continue };
            for path in entries.flatten().map(|entry| entry.path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "opml") {
                    let bytes = std::fs::read(&path).unwrap();
                    let text = decode(&bytes);
                    let addresses: std::collections::HashSet<&str> =
                        text.split("xmlUrl=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
                    let Ok(imported) = read(&bytes) else {
                        assert!(addresses.is_empty(), "{}: {} addresses", path.display(), addresses.len());
                        continue;
                    };
                    let refused = imported.skipped.iter().filter(|one| one.why != "it has no address").count();
                    let found = imported.outlines.len() + refused;
                    let given = addresses.iter().filter(|address| !address.trim().is_empty()).count();
                    assert!(found >= given, "{}: {found} of {given}", path.display());
                    (lists, feeds, skipped) = (lists + 1, feeds + imported.outlines.len(), skipped + refused);
                }
            }
        }
        if lists == 0 {
            println!("skipped: no corpus");
            return;
        }
        println!("{lists} lists: {feeds} feeds, {skipped} refused");
        assert!(feeds > 500, "only {feeds} feeds in {lists} lists");
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_are_too_strange(pieces in proptest::collection::vec(pieces(), 0..30)) {
            let text = pieces.concat();
            for outline in read(text.as_bytes()).map(|list| list.outlines).unwrap_or_default() {
                proptest::prop_assert!(outline.url.to_lowercase().starts_with("http"), "{:?}", outline);
            }
            for outline in crate::opml::read_newsboat_urls(&text).outlines {
                proptest::prop_assert!(outline.url.to_lowercase().starts_with("http"), "{:?}", outline);
            }
        }
    }

    fn pieces() -> impl proptest::strategy::Strategy<Value = String> {
        use proptest::prelude::*;
        prop_oneof![
            any::<String>(),
            "(<outline|</outline>|/>|>|<opml>|<!--|]]>|<!DOCTYPE a \\[|&amp;|&#0;|&x;|\n)",
            "( xmlUrl=| text=| type=| category=)['\"](http://a.example/|exec:x|\\|x|file:///x|a,b)['\"]?",
        ]
    }

    #[test]
    fn a_list_has_bounds() {
        let long = "n".repeat(100_000);
        let categories = (0..100_000).map(|n| format!("c{n}")).collect::<Vec<_>>().join(",");
        let feeds = (0..3_000)
            .map(|n| format!("<outline text='{n}' xmlUrl='http://{n}.example/' category='{n}'/>"))
            .collect::<Vec<_>>()
            .concat();
        let same = "<outline xmlUrl='http://same.example/' category='a,b'/>".repeat(3_000);
        let bad = "<outline text='x' xmlUrl='exec:x'/>".repeat(3_000);
        let list = format!(
            "<opml><outline text='{long}'>{feeds}{same}{bad}<outline xmlUrl='http://c.example/' category='{categories}'/>\
             <outline xmlUrl='http://long.example/{long}'/></outline></opml>"
        );
        let list = read(list.as_bytes()).unwrap();
        assert_eq!(list.outlines.len(), 3_002);
        assert!(list.outlines.iter().flat_map(|one| &one.folders).all(|folder| folder.len() < 400));
        assert!(list.outlines.iter().all(|one| one.folders.len() <= MOST_FOLDERS + 1));
        assert_eq!((list.skipped.len(), list.skipped[1_000].what.as_str()), (1_001, "more"));
    }

    #[test]
    fn a_deep_list_is_no_stack_overflow() {
        let folders: Vec<String> = (0..50_000).map(|n| format!("<outline text='f{n}'>")).collect();
        let deep = folders.concat() + "<outline text='end' xmlUrl='http://end.example/'/>";
        assert_eq!(read(deep.as_bytes()).unwrap().outlines[0].folders.len(), MOST_DEPTH);
    }
}
