//! From bytes to entries, on invented news.
//!
//! Holds R20, with the other property tests of the pure rooms, at every `cargo test`.

use proptest::prelude::*;

use super::*;

const URL: &str = "https://desk.example/news/feed.xml";

fn read(source: &str) -> ParsedFeed {
    parse(source.as_bytes(), Some("application/rss+xml"), URL).unwrap()
}

#[test]
fn reads_an_rss_feed_whole() {
    let feed = read(
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>\
         <title>Harbour &amp;amp; Hinterland</title><link>https://desk.example/</link><atom:link rel='self' href='https://desk.example/x'/>\
         <language>en-GB</language><ttl>60</ttl><generator>https://wordpress.org/?v=6</generator>\
         <item><title>Quay &lt;em&gt;reopens&lt;/em&gt;</title><link>/2026/quay</link><guid isPermaLink='false'>q-1</guid>\
         <pubDate>Tue, 06 Oct 2026 10:00:00 CEST</pubDate><author>ada@desk.example (Ada Lund)</author><category>Ports</category>\
         <category>ports</category><description>&lt;p&gt;Short&lt;/p&gt;</description><content:encoded><![CDATA[<p>Long</p>]]></content:encoded>\
         <enclosure url='https://desk.example/q.pdf' length='1200' type='application/pdf'/><slash:comments>3</slash:comments></item></channel></rss>",
    );
    assert_eq!(feed.title.as_deref(), Some("Harbour & Hinterland"));
    assert_eq!(feed.site.as_deref(), Some("https://desk.example/"));
    assert_eq!(
        (feed.language.as_deref(), feed.ttl_minutes, feed.wordpress, feed.truncated),
        (Some("en-gb"), Some(60), true, false)
    );
    let [entry] = feed.entries.as_slice() else { panic!("{feed:?}") };
    assert_eq!((entry.title.as_str(), entry.url.as_str()), ("Quay reopens", "https://desk.example/2026/quay"));
    assert_eq!(entry.published.unwrap().to_string(), "2026-10-06T08:00:00Z");
    assert_eq!((entry.author.as_deref(), entry.comments), (Some("Ada Lund"), Some(3)));
    assert_eq!((entry.summary_html.as_str(), entry.content_html.as_str()), ("<p>Short</p>", "<p>Long</p>"));
    assert_eq!(entry.categories, ["Ports"]);
    let [file] = entry.enclosures.as_slice() else { panic!("{entry:?}") };
    assert_eq!(
        (file.url.as_str(), file.mime.as_str(), file.bytes),
        ("https://desk.example/q.pdf", "application/pdf", Some(1200))
    );
}

#[test]
fn the_length_of_a_file_is_that_of_the_feed() {
    let feed = read(
        "<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><item><title>Harbour talk</title>\
         <enclosure url='https://desk.example/talk.mp3' length='22000000' type='audio/mpeg'/>\
         <itunes:duration>30:10</itunes:duration></item></channel></rss>",
    );
    let [file] = feed.entries[0].enclosures.as_slice() else { panic!("{feed:?}") };
    assert_eq!((file.seconds, file.bytes), (Some(1_810), Some(22_000_000)));
    for (told, seconds) in
        [("1810", Some(1_810)), ("1:02:03", Some(3_723)), ("soon", None), ("0", None), ("9:99999999999999999999", None)]
    {
        let feed = read(&format!(
            "<rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><channel><item><title>Harbour talk</title>\
             <itunes:duration>{told}</itunes:duration><enclosure url='https://desk.example/talk.mp3' type='audio/mpeg'/></item></channel></rss>"
        ));
        assert_eq!(feed.entries[0].enclosures[0].seconds, seconds, "{told}");
    }
}

#[test]
fn reads_an_atom_feed_whole() {
    let feed = read(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de'><title type='html'>Gleis &amp;amp; Gut</title><author><name>Redaktion</name></author>\
         <link rel='self' href='https://desk.example/atom'/><link href='https://desk.example/'/><link rel='prev-archive' href='/2025.xml'/>\
         <entry xml:lang='en'><id>urn:1</id><title>A &amp;lt; B</title><link rel='alternate' type='application/pdf' href='/1.pdf'/>\
         <link href='/1'/><updated>2026-10-06T08:00:00Z</updated><summary>plain &amp; simple</summary><category term='r' label='Rail'/>\
         <link rel='enclosure' href='/1.mp3' type='audio/mpeg' length='5'/></entry></feed>",
    );
    assert_eq!((feed.title.as_deref(), feed.language.as_deref()), (Some("Gleis & Gut"), Some("de")));
    assert_eq!(feed.older.as_deref(), Some("https://desk.example/2025.xml"));
    let entry = &feed.entries[0];
    assert_eq!((entry.title.as_str(), entry.url.as_str()), ("A < B", "https://desk.example/1"));
    assert_eq!(entry.published, entry.updated);
    assert_eq!((entry.author.as_deref(), entry.language.as_deref()), (Some("Redaktion"), Some("en")));
    assert_eq!(entry.summary_html, "plain &amp; simple");
    assert_eq!((entry.categories[0].as_str(), entry.enclosures[0].mime.as_str()), ("Rail", "audio/mpeg"));
}

#[test]
fn only_web_addresses_are_links() {
    let item = |inner: &str| {
        read(&format!("<rss><channel><item><title>x</title>{inner}</item></channel></rss>")).entries[0].url.clone()
    };
    assert_eq!(item("<link>javascript:alert(1)</link>"), "");
    assert_eq!(item("<guid>https://desk.example/1</guid>"), "https://desk.example/1");
    assert_eq!(item("<guid isPermaLink='false'>https://desk.example/1</guid>"), "");
    assert_eq!(item("<guid>abc</guid>"), "");
    assert_eq!(item("<link>\n //desk.example/a b \n</link>"), "https://desk.example/a%20b");
    let feed = read("<rss><channel><item><title>x</title><enclosure url='file:///etc/passwd'/></item></channel></rss>");
    assert_eq!(feed.entries[0].enclosures, []);
}

#[test]
fn foreign_text_comes_out_clean() {
    let feed = read(
        "<rss><channel><title>&#27;]0;x\u{202e}</title><item><title>a&amp;#27;[31mb\u{9b}c</title><description>&lt;p&gt;\u{1b}[2J\u{2066}x&lt;/p&gt;</description>\
         <author>A\u{7}da</author><category>r\u{200b}ail</category></item></channel></rss>",
    );
    let entry = &feed.entries[0];
    assert_eq!((feed.title.as_deref(), entry.title.as_str()), (Some("]0;x"), "a[31mbc"));
    assert_eq!(entry.summary_html, "<p>[2Jx</p>");
    assert_eq!((entry.author.as_deref(), entry.categories[0].as_str()), (Some("Ada"), "rail"));
}

#[test]
fn a_cut_document_says_so() {
    let feed = read("<rss><channel><item><title>1</title></item><item><title>2</title><descr");
    assert!(feed.truncated);
    assert_eq!(feed.entries.len(), 1);
    assert!(matches!(parse(b"<rss><channel><item><ti", None, URL), Err(FeedError::NotAFeed(_))));
}

#[test]
fn what_is_no_feed_is_named() {
    assert_eq!(parse(b" \r\n\xef\xbb\xbf", None, URL), Err(FeedError::Empty));
    assert_eq!(parse(b"", None, URL), Err(FeedError::Empty));
    let page =
        "<html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head><body>Log in</body></html>";
    let found = vec!["https://desk.example/rss".to_owned()];
    assert_eq!(parse(page.as_bytes(), Some("text/html"), URL), Err(FeedError::WebPage(found)));
    let words = parse(page.as_bytes(), Some("text/html"), URL).unwrap_err().to_string();
    assert_eq!(named_in(&words), Some("https://desk.example/rss"), "{words}");
    assert_eq!(named_in(&FeedError::WebPage(Vec::new()).to_string()), None);
    assert_eq!(named_in("the answer is empty"), None);
    assert_eq!(parse(b"Please log in", Some("text/html"), URL), Err(FeedError::WebPage(Vec::new())));
    let other = parse(b"<cata\x1blog/>", None, URL).unwrap_err().to_string();
    assert_eq!(other, "the answer is not a feed: its root element is <catalog>");
    assert!(matches!(parse(b"\x00\x01\x02", None, URL), Err(FeedError::Empty | FeedError::NotAFeed(_))));
}

#[test]
fn declarations_in_the_middle_do_no_harm() {
    let feed = read(
        "<?xml version='1.0' encoding='gb2312'?><rss><channel><?xml version='1.0' encoding='utf-16'?><item><title>x</title></item></channel></rss>",
    );
    assert_eq!(feed.entries.len(), 1);
}

#[test]
fn entries_without_anything_keep_their_identity() {
    let source = "<rss><channel><item><description>Just a text</description></item><item/><item><title>x</title></item></channel></rss>";
    let (one, two) = (read(source), read(source));
    assert_eq!(one, two);
    assert_eq!(one.entries.len(), 3);
    assert_eq!(one.entries[0].title, "Just a text");
}

/// Bits of feeds in any order: well formed only by accident.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "<rss>",
        "<channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "</link>",
        "<description>",
        "</description>",
        "<![CDATA[",
        "]]>",
        "&amp;",
        "&",
        "&#0;",
        "&eacute;",
        "<!--",
        "-->",
        "<b>",
        "</b>",
        "<br/>",
        "text ",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "</entry>",
        "<content type='xhtml'>",
        "</content>",
        "<link href='/x'/>",
        "<author>",
        "<name>",
        "</author>",
        "<media:group>",
        "<media:content url='https://a.example/x'/>",
        "<guid>",
        "</guid>",
        "<?xml version='1.0' encoding='x'?>",
        "<a b='",
        "\"",
        ">",
        "<",
        "é",
        "<category term='x'/>",
        "<dc:date>2026-10-06</dc:date>",
        "xmlns:a='u'",
        "<a:b xmlns:a='urn:u'>",
        "</rss>",
        "{\"items\":[",
        "\u{202e}",
    ]);
    prop::collection::vec(scrap, 0..50).prop_map(|scraps| scraps.concat())
}

proptest! {
    #[test]
    fn scraps_never_panic_and_always_come_out_clean(source in scraps(), rooted in any::<bool>()) {
        let source = if rooted { format!("<rss><channel><item>{source}") } else { source };
        let read = read_or_panic(source.as_bytes());
        for entry in read.iter().flat_map(|feed| &feed.entries) {
            prop_assert!(!entry.title.is_empty());
            prop_assert_eq!(&text::clean_line(&entry.title), &entry.title);
            prop_assert!(entry.url.is_empty() || entry.url.starts_with("http"));
        }
    }

    #[test]
    fn feed_rs_reads_every_item_that_is_written(source in scraps()) {
        for root in ["", "<rss><item>", "<feed><entry>"] {
            let Ok(repaired) = repair::repair(&format!("{root}{source}"), None) else { continue };
            let read = feed_rs::parser::parse(repaired.xml.as_bytes());
            prop_assert!(read.is_ok(), "{}: {:?}", repaired.xml, read.err());
            prop_assert_eq!(read.map(|feed| feed.entries.len()).ok(), Some(repaired.items.len()));
        }
    }

    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_or_panic(&bytes);
    }
}

/// Without the net that `parse` has.
fn read_or_panic(bytes: &[u8]) -> Option<ParsedFeed> {
    super::read(bytes, None, URL).ok()
}
