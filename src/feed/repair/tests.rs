//! Each repair on an invented document: what comes out is shown as feed-rs gets it.

use super::*;

/// The repaired document without its outermost elements.
fn inside(source: &str) -> String {
    let url = Url::parse("https://desk.example/feed.xml").unwrap();
    let xml = repair(source, Some(&url)).unwrap().xml;
    let start = xml.find("<channel>").map_or_else(|| xml.find('>').unwrap() + 1, |at| at + "<channel>".len());
    let end = xml.rfind("</channel>").or_else(|| xml.rfind("</feed>")).unwrap();
    xml[start..end].trim().replace('\n', "")
}

fn item(inner: &str) -> String {
    let out = inside(&format!("<rss><channel><item>{inner}</item></channel></rss>"));
    out.strip_prefix("<item>").and_then(|out| out.strip_suffix("</item>")).unwrap_or(&out).to_owned()
}

fn entry(inner: &str) -> String {
    let out = inside(&format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry>{inner}</entry></feed>"));
    out.strip_prefix("<entry>").and_then(|out| out.strip_suffix("</entry>")).unwrap_or(&out).to_owned()
}

#[test]
fn every_version_of_rss_becomes_two() {
    let rdf = "<?xml version='1.0'?><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
        xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel><title>Desk</title></channel>\
        <item rdf:about='urn:1'><title>One</title></item></rdf:RDF>";
    assert_eq!(inside(rdf), "<title>Desk</title><item><guid>urn:1</guid><title>One</title></item>");
    for root in ["<rss>", "<rss version='0.94'>", "<RSS version='2.1' xmlns='http://backend.userland.com/rss2'>"] {
        let source = format!("{root}<Channel><Item><Title>One</Title></Item></Channel></rss>");
        assert_eq!(inside(&source), "<item><title>One</title></item>", "{root}");
    }
    let cdf = "<CHANNEL HREF='https://desk.example/'><ITEM HREF='https://desk.example/1'><TITLE>One</TITLE><ABSTRACT>x</ABSTRACT></ITEM></CHANNEL>";
    assert_eq!(
        inside(cdf),
        "<link>https://desk.example/</link><item><link>https://desk.example/1</link><title>One</title><description>x</description></item>"
    );
}

#[test]
fn old_and_untyped_atom_becomes_atom() {
    let old = "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><tagline>x</tagline><entry><title mode='escaped'>A &lt;b>b&lt;/b></title>\
        <content type='application/xhtml+xml'><div xmlns='http://www.w3.org/1999/xhtml'>AT&amp;T<br/><a name='x'/></div></content>\
        <summary type='application/octet-stream'/></entry></feed>";
    assert_eq!(
        inside(old),
        "<entry><title type=\"html\">A &lt;b>b&lt;/b></title><content type=\"html\">&lt;div xmlns='http://www.w3.org/1999/xhtml'>AT&amp;amp;T\
         &lt;br/>&lt;a name='x'>&lt;/a>&lt;/div></content></entry>"
    );
    assert_eq!(entry("<title>5 &lt; 6</title>"), "<title type=\"text\">5 &lt; 6</title>");
    assert_eq!(entry("<title>A <b>b</b> &amp; c</title>"), "<title type=\"html\">A &lt;b>b&lt;/b> &amp;amp; c</title>");
    assert_eq!(entry("<content type='image/png' mode='base64'>iVBORw0KGgo=</content>"), "");
    assert_eq!(entry("<link>https://desk.example/1</link>"), "<link href=\"https://desk.example/1\"/>");
    assert_eq!(entry("<category>rail</category>"), "<category term=\"rail\"/>");
}

#[test]
fn text_that_is_no_xml_is_escaped() {
    assert_eq!(
        item("<title>R&D & AT&amp;T &eacute; &nosuch; 5 < 6</title>"),
        "<title>R&amp;D &amp; AT&amp;T é &amp;nosuch; 5 &lt; 6</title>"
    );
    assert_eq!(item("<title>a&#X41;&#0;&#147;</title>"), "<title>aA“</title>");
    assert_eq!(item("<link>https://desk.example/?a=1&b=2</link>"), "<link>https://desk.example/?a=1&amp;b=2</link>");
    assert_eq!(item("<title><![CDATA[A & B]]></title>"), "<title><![CDATA[A & B]]></title>");
    assert_eq!(item("<title> <![CDATA[ ]]> </title>"), "");
}

#[test]
fn markup_within_text_is_kept_as_html() {
    assert_eq!(
        item("<description>AT&amp;T <p>Hi<br>there</p></description>"),
        "<description>AT&amp;amp;T &lt;p>Hi&lt;br>there&lt;/p></description>"
    );
    assert_eq!(item("<title>A <b>b</title>"), "<title>A &lt;b>b</title>");
    assert_eq!(
        item("<description><![CDATA[<i>a</i>]]><br/></description>"),
        "<description>&lt;i>a&lt;/i>&lt;br/></description>"
    );
}

#[test]
fn elements_that_were_not_closed_are() {
    let rest = "<guid>1</guid><category>x</category>";
    assert_eq!(item(&format!("<title>One{rest}")), format!("<title>One</title>{rest}"));
    assert_eq!(item(&format!("<description><p>One{rest}")), format!("<description>&lt;p>One</description>{rest}"));
    assert_eq!(item(&format!("<title>One</titel>{rest}")), format!("<title>One</title>{rest}"));
    assert_eq!(item(&format!("</b><title>One</title></p>{rest}")), format!("<title>One</title>{rest}"));
    assert_eq!(item("<author><name>Ada<title>One</title>"), "<title>One</title>");
    let nested = "<rss><channel><item><title>1</title><item><title>2</title></item></channel></rss>";
    assert_eq!(inside(nested), "<item><title>1</title></item><item><title>2</title></item>");
    let crossed = "<rss><channel><item><title>1</title></channel></rss>";
    assert_eq!(inside(crossed), "<item><title>1</title></item>");
}

#[test]
fn sections_that_were_not_closed_end_with_their_element() {
    let two = "<description><![CDATA[one</description></item><item><description><![CDATA[two]]></description>";
    assert_eq!(
        inside(&format!("<rss><channel><item>{two}</item></channel></rss>")),
        "<item><description><![CDATA[one]]></description></item><item><description><![CDATA[two]]></description></item>"
    );
    assert_eq!(item("<title><![CDATA[one</title><guid>1</guid>"), "<title><![CDATA[one]]></title><guid>1</guid>");
}

#[test]
fn a_cut_document_loses_its_last_item() {
    let whole = "<rss><channel><item><title>1</title></item>";
    for cut in [
        "<item><title>2</ti",
        "<item><title>2</title></item",
        "<item><title><![CDATA[2",
        "<item",
        "<item><a href='x",
        "<item>",
    ] {
        let repaired = repair(&format!("{whole}{cut}"), None).unwrap();
        assert!(repaired.truncated, "{cut}");
        assert_eq!(repaired.items.len(), 1, "{cut}");
        assert!(!repaired.xml.contains('2') || repaired.xml.matches("<item>").count() == 1, "{cut}: {}", repaired.xml);
    }
    assert!(!repair("<rss><channel></channel></rss> junk <", None).unwrap().truncated);
    assert!(!repair("<entry><title>x</title></entry>", None).unwrap().truncated);
}

#[test]
fn junk_declarations_and_comments_are_dropped() {
    let source = "junk <?xml version='1.0' encoding='big5'?><!DOCTYPE rss [ <!ENTITY a 'x> '> ]><!-- <item/> -- >--><rss><channel>\
        <?xml version='1.0' encoding='gb2312'?><item><title>1<!-- no --></title></item><!-- open </channel></rss>";
    assert_eq!(inside(source), "<item><title>1</title></item>");
}

#[test]
fn namespaces_are_made_canonical_and_prefixes_known() {
    assert_eq!(
        item("<title>Own</title><media:title>Media</media:title>"),
        "<title>Own</title><media:title>Media</media:title>"
    );
    assert_eq!(item("<dc:title>Dublin</dc:title><title>Own</title>"), "<title>Dublin</title><title>Own</title>");
    assert_eq!(item("<title>Own</title><atom:title>Atom</atom:title>"), "<title>Own</title>");
    assert_eq!(
        item("<x:encoded xmlns:x='https://purl.org/rss/1.0/modules/content'>t</x:encoded>"),
        "<content:encoded>t</content:encoded>"
    );
    assert_eq!(item("<own:box><title>No</title></own:box><title>Own</title>"), "<title>Own</title>");
    assert_eq!(item("<image><title>No</title></image><title>Own</title>"), "<title>Own</title>");
    assert_eq!(item("<title>Own</title><title>Second</title>"), "<title>Own</title>");
}

#[test]
fn links_are_read_in_both_manners_and_against_bases() {
    assert_eq!(item("<atom:link href='/1' rel='self'/><link href='/2'/>"), "<link>/2</link>");
    assert_eq!(
        item("<atom:link href='a.mp3' rel='enclosure' type='audio/mpeg'/>"),
        "<enclosure url=\"a.mp3\" type=\"audio/mpeg\"/>"
    );
    let based = "<feed xml:base='/blog/'><entry xml:base='2026/'><link href='one'/><link rel='replies' href='x' thr:count='4'/></entry></feed>";
    assert_eq!(inside(based), "<entry><link href=\"https://desk.example/blog/2026/one\"/></entry>");
    let side = &repair(based, Url::parse("https://desk.example/").ok().as_ref()).unwrap().items[0];
    assert_eq!(side.comments, Some(4));
}

#[test]
fn what_feed_rs_hides_is_collected_by_item() {
    let source = "<rss><channel><language>en-GB</language><ttl> 90 </ttl><generator>WordPress</generator><sy:updatePeriod>daily</sy:updatePeriod>\
        <skipHours><hour>0</hour><hour>23</hour><hour>99</hour></skipHours><skipDays><day>Sunday</day></skipDays>\
        <atom:link rel='next' href='/?page=2'/><item><title>1</title></item>\
        <item><pubDate>6 Oct 2026 08:00 GMT</pubDate><dc:date>2001-01-01</dc:date><slash:comments>7</slash:comments>\
        <guid isPermaLink='false'>x</guid><source url='https://other.example/rss'>Other</source><dc:creator>Ada</dc:creator>\
        <author>Bo</author><feedburner:origLink>https://desk.example/1</feedburner:origLink></item></channel></rss>";
    let repaired = repair(source, None).unwrap();
    let feed = &repaired.feed;
    assert_eq!(
        (feed.language.as_deref(), feed.ttl_minutes(), feed.generator.as_str()),
        (Some("en-GB"), Some(90), "WordPress")
    );
    assert_eq!((feed.skip.hours, feed.skip.days), (1 | 1 << 23, 1 << 6));
    assert_eq!(feed.next_page.as_deref(), Some("/?page=2"));
    let [first, second] = repaired.items.as_slice() else { panic!("{:?}", repaired.items) };
    assert_eq!(first, &ItemSide::default());
    assert_eq!(second.published.get().unwrap().to_string(), "2026-10-06T08:00:00Z");
    assert_eq!((second.comments, second.permalink), (Some(7), Some(false)));
    assert_eq!(second.source.as_deref(), Some("https://other.example/rss"));
    assert_eq!(second.original.as_deref(), Some("https://desk.example/1"));
    assert_eq!(second.author.get().map(String::as_str), Some("Bo"));
}

#[test]
fn syndication_periods_are_divided() {
    let feed =
        repair("<rss><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency></rss>", None);
    assert_eq!(feed.unwrap().feed.ttl_minutes(), Some(30));
}

#[test]
fn pages_and_other_documents_are_told_apart() {
    assert_eq!(repair("<!doctype html><html><body><p>rss</p></body></html>", None).unwrap_err(), NoFeed::Page);
    assert_eq!(repair("<opml version='2.0'><body/></opml>", None).unwrap_err(), NoFeed::Other("opml".to_owned()));
    assert_eq!(repair("<catalog><book/></catalog>", None).unwrap_err(), NoFeed::Other("catalog".to_owned()));
    assert_eq!(repair("plain text", None).unwrap_err(), NoFeed::NoElements);
    assert!(
        repair("<html><body><feed xmlns='http://www.w3.org/2005/Atom'><entry/></feed></body></html>", None).is_ok()
    );
}

#[test]
fn what_is_too_much_is_left_out() {
    let many = format!("<rss><channel>{}</channel></rss>", "<item><title>x</title></item>".repeat(5_100));
    let repaired = repair(&many, None).unwrap();
    assert_eq!((repaired.items.len(), repaired.truncated), (5_000, false));
    let long = format!("<rss><channel><item><title>{}</title></item></channel></rss>", "x".repeat(1 << 20));
    assert!(repair(&long, None).unwrap().xml.len() < 40_000);
    let deep =
        format!("<rss><channel><item>{}<title>x</title></item></channel></rss>", "<media:group>".repeat(100_000));
    assert_eq!(repair(&deep, None).unwrap().items.len(), 1);
}
