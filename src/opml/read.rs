//! OPML 1.0 and 2.0 as other programs write it, broken XML included.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::{Imported, Outline};
use crate::text::clean_line;

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
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut imported = Imported::default();
    let mut folders: Vec<Option<String>> = Vec::new();
    let mut found = false;
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if is_outline(&tag) => {
                found = true;
                let folder = outline(&mut imported, &tag, &folders);
                folders.push(folder.filter(|_| folders.len() < MOST_DEPTH));
            }
            Ok(Event::Empty(tag)) if is_outline(&tag) => {
                found = true;
                outline(&mut imported, &tag, &folders);
            }
            Ok(Event::End(tag)) if tag.local_name().as_ref().eq_ignore_ascii_case("outline") => {
                folders.pop();
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    if found { Ok(imported) } else { Err(OpmlError) }
}

fn is_outline(tag: &BytesStart<'_>) -> bool {
    tag.local_name().as_ref().eq_ignore_ascii_case("outline")
}

/// Takes in one outline; gives its name when it is a folder.
fn outline(imported: &mut Imported, tag: &BytesStart<'_>, folders: &[Option<String>]) -> Option<String> {
    let attribute = |name: &str| attribute(tag, name);
    let name = [attribute("title"), attribute("text")].into_iter().flatten().find(|name| !name.is_empty());
    let kind = attribute("type").unwrap_or_default().to_ascii_lowercase();
    if kind == "include" {
        imported.skip(&attribute("url").or(name).unwrap_or_default(), "lists on other servers are not fetched");
        return None;
    }
    let is_feed = matches!(kind.as_str(), "rss" | "atom" | "feed");
    let url = attribute("xmlUrl").or_else(|| attribute("url").filter(|_| is_feed)).filter(|url| !url.is_empty());
    let Some(url) = url else { return name };
    let mut names: Vec<String> = folders.iter().flatten().cloned().collect();
    for category in attribute("category").unwrap_or_default().split(',') {
        let category = clean_line(&category.trim_matches('/').replace("%2C", ",").replace("%25", "%"));
        if !category.is_empty() && !names.contains(&category) {
            names.push(category);
        }
    }
    let site = attribute("htmlUrl").filter(|site| super::objection(site).is_none());
    imported.take(Outline { name: name.unwrap_or_default(), url, site, folders: names });
    None
}

/// An attribute by its name in any case, decoded and clean.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref().eq_ignore_ascii_case(name))?;
    let text = quick_xml::escape::unescape(&found.value).unwrap_or(Cow::Borrowed(&*found.value));
    Some(clean_line(&text))
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
    fn old_encodings_are_read_and_names_are_clean() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><opml><outline text='M\xe6rsk\x1b[31m' xmlUrl='http://a.example/'/></opml>";
        assert_eq!(read(latin).unwrap().outlines[0].name, "Mærsk[31m");
    }

    #[test]
    fn a_deep_list_is_no_stack_overflow() {
        let deep = "<outline text='f'>".repeat(50_000) + "<outline text='end' xmlUrl='http://end.example/'/>";
        assert_eq!(read(deep.as_bytes()).unwrap().outlines[0].folders.len(), MOST_DEPTH);
    }
}
