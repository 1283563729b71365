//! OPML 2.0 as every reader takes it: feeds in the folder of their first name, further names as `category`.

use std::fmt::Write as _;

use quick_xml::escape::escape;

use super::Outline;

/// Writes subscriptions as OPML. Reading it again gives the same subscriptions, folder by folder.
#[must_use]
pub fn write(outlines: &[Outline]) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n");
    text.push_str("  <head><title>tidings</title></head>\n  <body>\n");
    let mut folders: Vec<&str> = Vec::new();
    for outline in outlines {
        match outline.folders.first() {
            None => feed(&mut text, "    ", outline),
            Some(folder) if !folders.contains(&folder.as_str()) => folders.push(folder),
            Some(_) => {}
        }
    }
    for folder in folders {
        let name = escape(folder);
        // Writing to a string cannot fail.
        writeln!(text, "    <outline text=\"{name}\" title=\"{name}\">").ok();
        for outline in outlines.iter().filter(|outline| outline.folders.first().is_some_and(|first| first == folder)) {
            feed(&mut text, "      ", outline);
        }
        text.push_str("    </outline>\n");
    }
    text.push_str("  </body>\n</opml>\n");
    text
}

fn feed(text: &mut String, indent: &str, outline: &Outline) {
    let name = escape(&outline.name);
    write!(text, "{indent}<outline type=\"rss\" text=\"{name}\" title=\"{name}\" xmlUrl=\"{}\"", escape(&outline.url))
        .ok();
    if let Some(site) = &outline.site {
        write!(text, " htmlUrl=\"{}\"", escape(site)).ok();
    }
    // Commas part categories, and slashes the parts of one.
    let category = |name: &String| name.replace('%', "%25").replace(',', "%2C").replace('/', "%2F");
    let more: Vec<String> = outline.folders.iter().skip(1).map(category).collect();
    if !more.is_empty() {
        write!(text, " category=\"{}\"", escape(more.join(","))).ok();
    }
    text.push_str("/>\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Strategy, prop_assert_eq, proptest};

    use super::*;
    use crate::text::clean_line;

    fn outlines() -> impl Strategy<Value = Vec<Outline>> {
        let name = ".{0,20}".prop_map(|name| clean_line(&name));
        let folder = ".{1,12}".prop_map(|name| clean_line(&name)).prop_filter("named", |name| !name.is_empty());
        let folders = proptest::collection::vec(folder, 0..3).prop_map(|mut folders| {
            let mut seen = Vec::new();
            folders.retain(|folder: &String| !seen.contains(folder) && (seen.push(folder.clone()), true).1);
            folders
        });
        proptest::collection::vec((name, folders), 1..8).prop_map(|rows| {
            let outline = |(n, (name, folders)): (usize, (String, Vec<String>))| Outline {
                name,
                url: format!("https://feed-{n}.example/?a={n}&b=<\"'>"),
                site: (n % 2 == 0).then(|| format!("https://feed-{n}.example/")),
                folders,
            };
            rows.into_iter().enumerate().map(outline).collect()
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(mut outlines in outlines()) {
            let mut read = super::super::read(write(&outlines).as_bytes()).unwrap();
            read.outlines.sort_by(|a, b| a.url.cmp(&b.url));
            outlines.sort_by(|a, b| a.url.cmp(&b.url));
            prop_assert_eq!(read.skipped, vec![]);
            prop_assert_eq!(read.outlines, outlines);
        }
    }
}
