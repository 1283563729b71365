//! XML: entities, depth, breadth, broken and strange markup. Holds R6 and R7 for documents.

use std::fmt::Write as _;

use crate::case::{Case, HERE};
use crate::feeds::{atom, channel, entry, escape, item, items, rss, titled, told, with};
use crate::run::hold;
use crate::support::server::Reply;

fn typed_by(doctype: &str, items: &str) -> String {
    rss(items).replacen("?>", &format!("?><!DOCTYPE rss {doctype}>"), 1)
}

/// `<a0 b="…" …>`: `count` attributes made by `make`.
fn attributes(count: usize, make: impl Fn(usize) -> String) -> String {
    (0..count).fold(String::new(), |mut all, n| {
        write!(all, " {}", make(n)).unwrap();
        all
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn entities_are_neither_expanded_nor_fetched() {
    let nested = (1..30).fold("<!ENTITY e0 \"tug\">".to_owned(), |all, n| {
        format!("{all}<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(8))
    });
    let external = |what: &str| format!("[<!ENTITY x {what}>]");
    let probe =
        |id: &'static str, doctype: String| {
            let body = typed_by(&doctype, &item(1, "Tug &x; left", "&x; and &x;"));
            Case::answers(id, move |_, rest, _| {
                if rest.is_empty() { Reply::ok(body.clone()) } else { Reply::ok("<!ENTITY x 'SMUGGLED'>") }
            })
            .at_most(1)
            .lacks("SMUGGLED")
            .lacks("root:")
        };
    let cases = vec![
        Case::body("nested", typed_by(&format!("[{nested}]"), &titled("Tug &e29; left"))).at_most(1),
        Case::body(
            "nested-attribute",
            typed_by(&format!("[{nested}]"), &with(1, "<title>T</title><enclosure url=\"&e29;\" type=\"&e29;\"/>")),
        )
        .at_most(1),
        Case::body(
            "quadratic",
            typed_by(&format!("[<!ENTITY q \"{}\">]", "q".repeat(50_000)), &item(1, "T", &"&q;".repeat(20_000))),
        )
        .at_most(1),
        Case::body("itself", typed_by("[<!ENTITY a \"&b;\"><!ENTITY b \"&a;\">]", &titled("Tug &a; left"))).at_most(1),
        Case::body("parameter", typed_by("[<!ENTITY % p '<!ENTITY x \"SMUGGLED\">'>%p;]", &titled("Tug &x;")))
            .at_most(1),
        Case::body(
            "parameter-nested",
            typed_by(
                &format!(
                    "[{}]",
                    (1..200).fold("<!ENTITY % p0 'x'>".to_owned(), |all, n| format!(
                        "{all}<!ENTITY % p{n} '%p{};%p{};'>",
                        n - 1,
                        n - 1
                    ))
                ),
                &items(1),
            ),
        ),
        Case::body(
            "many",
            typed_by(
                &format!("[{}]", (0..50_000).map(|n| format!("<!ENTITY n{n} 'v'>")).collect::<String>()),
                &items(2),
            ),
        )
        .articles(2),
        Case::body(
            "markup-in-entity",
            typed_by("[<!ENTITY x \"<item><title>SMUGGLED</title></item>\">]", &format!("&x;{}", items(1))),
        )
        .lacks("SMUGGLED"),
        Case::body("greater-in-entity", typed_by("[<!ENTITY x \"a>b]>c\">]", &items(2))).between(1..=2),
        Case::body("unclosed-doctype", format!("<!DOCTYPE rss [<!ENTITY x \"{}", rss(&items(2)))).at_most(2),
        Case::body(
            "redefined",
            typed_by("[<!ENTITY amp \"SMUGGLED\"><!ENTITY lt \"&#38;#60;\">]", &titled("Tug &amp; tow &lt; ten")),
        )
        .has("Tug & tow")
        .lacks("SMUGGLED"),
        Case::body(
            "attlist",
            typed_by("[<!ATTLIST item hidden CDATA 'SMUGGLED'><!ELEMENT rss ANY><!NOTATION n SYSTEM 'x'>]", &items(1)),
        ),
        probe("file", external("SYSTEM 'file:///etc/passwd'")),
        probe("host-file", external("SYSTEM 'file://localhost/etc/passwd'")),
        probe("php", external("SYSTEM 'php://filter/read=convert.base64-encode/resource=/etc/passwd'")),
        probe("public", external("PUBLIC '-//x//y' '{here}/x'")),
        probe("http", external("SYSTEM '{here}/x'")),
        probe("dtd", format!("SYSTEM '{HERE}/x'")),
        probe("dtd-public", format!("PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' '{HERE}/x'")),
        probe("unparsed", external("SYSTEM '{here}/x' NDATA n")),
        Case::body(
            "html-entities",
            rss(&titled("Caf&eacute;&nbsp;&mdash; 5&thinsp;&euro; &amp;hellip; &notanentity; &AMP; &copy")),
        )
        .has("Café")
        .has("—"),
        Case::body(
            "number-entities",
            rss(&titled("Tug &#0;&#x0;&#55296;&#xDFFF;&#1114112;&#x110000;&#99999999999999999999;&#-1;&#x;&#; left")),
        )
        .has("left"),
        Case::body("many-references", rss(&titled(&"&amp;".repeat(200_000)))),
        Case::body("endless-reference", rss(&titled(&format!("Tug &{}; left", "a".repeat(500_000))))),
        Case::body("ampersands", rss(&titled(&"&".repeat(300_000)))),
        Case::body("xinclude", rss(&format!("<xi:include href='{HERE}/x' parse='text'/>{}", items(1)))),
        Case::body(
            "stylesheet",
            format!("<?xml version='1.0'?><?xml-stylesheet type='text/xsl' href='{HERE}/x'?>{}", &rss(&items(1))[21..]),
        ),
    ];
    hold(cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn size_depth_and_breadth_have_bounds() {
    let deep = |tag: &str, n: usize| {
        format!(
            "{}x{}",
            format!("<{tag}>").repeat(n),
            format!("</{}>", tag.split(' ').next().unwrap_or_default()).repeat(n)
        )
    };
    let many = 8_000;
    let mut cases = vec![
        Case::body("deep-in-item", rss(&with(1, &format!("<title>Tug</title>{}", deep("a", many))))),
        Case::body("deep-root", format!("{}{}", "<a>".repeat(many), rss(&items(1)))).at_most(1),
        Case::body("deep-rss", format!("{}{}", "<rss>".repeat(many), &rss(&items(1))[21..])).at_most(1),
        Case::body("deep-channel", channel(&"<channel>".repeat(many), &items(1))).at_most(1),
        Case::body("deep-items", rss(&format!("{}{}", "<item>".repeat(300), items(1)))).between(1..=5_000),
        Case::body(
            "deep-namespaces",
            rss(&with(
                1,
                &format!(
                    "<title>Tug</title>{}",
                    (0..5_000).map(|n| format!("<n{n}:a xmlns:n{n}='u:{n}'>")).collect::<String>()
                ),
            )),
        )
        .at_most(1),
        Case::body("deep-unclosed", rss(&with(1, &format!("<title>Tug</title><description>{}", "<p>".repeat(many)))))
            .at_most(1),
        Case::body(
            "deep-xhtml",
            atom(&entry(&format!(
                "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>{}</div></content>",
                deep("div", many)
            ))),
        ),
        Case::body("deep-entry", atom(&entry(&deep("entry", 300)))).between(1..=5_000),
        Case::body(
            "deep-comment",
            rss(&format!("{}{}", "<!--".repeat(many), "-->")).replacen("-->", &format!("-->{}", items(1)), 1),
        ),
        Case::body(
            "many-attributes",
            rss(&items(1)).replacen("<item>", &format!("<item{}>", attributes(60_000, |n| format!("a{n}='1'"))), 1),
        ),
        Case::body(
            "same-attributes",
            rss(&items(1)).replacen("<item>", &format!("<item{}>", attributes(60_000, |_| "a='1'".to_owned())), 1),
        ),
        Case::body(
            "many-prefixes",
            rss(&items(1)).replacen(
                "<rss ",
                &format!("<rss{} ", attributes(20_000, |n| format!("xmlns:n{n}='u:{n}'"))),
                1,
            ),
        ),
        Case::body(
            "rebound-prefixes",
            rss(&with(1, &format!("<title>Tug</title>{}", "<a xmlns='u:a' xmlns:b='u:b'/>".repeat(5_000)))),
        ),
        Case::body("long-name", rss(&with(1, &format!("<title>Tug</title><{0}>x</{0}>", "n".repeat(1 << 18))))),
        Case::body(
            "long-attribute",
            rss(&with(
                1,
                &format!("<title>Tug</title><enclosure url='https://slipway.example/{}'/>", "u".repeat(1 << 18)),
            )),
        ),
        Case::body(
            "long-prefix",
            rss(&with(1, &format!("<title>Tug</title><{0}:a xmlns:{0}='u'>x</{0}:a>", "p".repeat(1 << 18)))),
        ),
        Case::body("long-comment", rss(&format!("<!--{}-->{}", "- ".repeat(1 << 18), items(1)))),
        Case::body("long-instruction", rss(&format!("<?x {}?>{}", "y".repeat(1 << 18), items(1)))),
        Case::body("long-cdata", rss(&titled(&format!("<![CDATA[{}]]>", "Tug ".repeat(1 << 17))))),
        Case::body("long-title", rss(&titled(&"Tug ".repeat(1 << 17)))),
        Case::body(
            "long-link",
            rss(&with(1, &format!("<title>Tug</title><link>https://slipway.example/{}</link>", "l".repeat(1 << 18)))),
        ),
        Case::body("long-guid", rss(&format!("<item><title>Tug</title><guid>{}</guid></item>", "g".repeat(1 << 18)))),
        Case::body(
            "long-author",
            rss(&with(1, &format!("<title>Tug</title><dc:creator>{}</dc:creator>", "A B ".repeat(1 << 18)))),
        ),
        Case::body(
            "long-date",
            rss(&with(1, &format!("<title>Tug</title><pubDate>{}</pubDate>", "1".repeat(1 << 18)))),
        ),
        Case::body("long-text", rss(&item(1, "Tug", &"word ".repeat(1 << 18)))),
        Case::body(
            "long-head",
            channel(
                &format!("<title>{0}</title><description>{0}</description><link>{0}</link>", "Slip ".repeat(1 << 18)),
                &items(1),
            ),
        ),
        Case::body(
            "many-categories",
            rss(&with(
                1,
                &format!(
                    "<title>Tug</title>{}",
                    (0..10_000).map(|n| format!("<category>c{n}</category>")).collect::<String>()
                ),
            )),
        ),
        Case::body(
            "many-files",
            rss(&with(
                1,
                &format!(
                    "<title>Tug</title>{}",
                    (0..5_000).map(|n| format!("<enclosure url='https://slipway.example/{n}'/>")).collect::<String>()
                ),
            )),
        ),
        Case::body("many-titles", rss(&with(1, &"<title>Tug</title>".repeat(10_000)))),
        Case::body("many-links", atom(&entry(&(0..5_000).map(|n| format!("<link href='/{n}'/>")).collect::<String>()))),
        Case::body("many-authors", atom(&entry(&"<author><name>A B</name></author>".repeat(5_000)))),
        Case::body(
            "many-channels",
            format!("<rss>{}</rss>", format!("<channel><title>S</title>{}</channel>", items(1)).repeat(2_000)),
        )
        .between(1..=5_000),
        Case::body(
            "many-items",
            rss(&(0..6_000)
                .map(|n| format!("<item><guid>{n}</guid><title>Tug {n}</title></item>"))
                .collect::<String>()),
        )
        .articles(5_000)
        .polls(1),
        Case::body("empty-items", rss(&"<item/>".repeat(5_000))).between(0..=1),
        Case::body("blank-items", rss(&"<item><title> </title><link/><guid></guid></item>".repeat(5_000)))
            .between(0..=1),
        Case::body("open-angles", rss(&item(1, "Tug", &"<".repeat(60_000)))).at_most(1),
        Case::body("close-angles", rss(&item(1, "Tug", &">".repeat(60_000)))),
        Case::body("closing-tags", rss(&format!("{}{}", "</x>".repeat(100_000), items(1)))),
        Case::body("white-space", format!("{}{}", " \n".repeat(1 << 18), rss(&items(1)))),
        Case::body("declarations", format!("{}{}", "<?xml version='1.0'?>".repeat(10_000), rss(&items(1)))),
    ];
    cases.extend(
        ["dc:date", "media:content", "itunes:image", "georss:point", "atom:link", "source", "content:encoded"].map(
            |name| {
                let head =
                    format!("xmlns:{0}='http://search.yahoo.com/mrss/'", name.split(':').next().unwrap_or_default());
                let body = rss(&with(1, &format!("<title>Tug</title>{}", deep(name, 10_000)))).replacen(
                    "<rss ",
                    &format!("<rss {head} "),
                    1,
                );
                Case::body(format!("deep-{name}").replace(':', "-"), body)
            },
        ),
    );
    for case in &mut cases {
        case.polls = 1;
    }
    hold(cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn broken_documents_are_repaired_or_named() {
    let whole = rss(&items(3));
    let mut cases: Vec<Case> = (1..48)
        .map(|n| {
            // Cut anywhere: what is there in the end is whole.
            let cut = &whole[..whole.len() * n / 48];
            Case::body(format!("cut-{n}"), cut).at_most(3)
        })
        .collect();
    let entries = atom(&entry("<content type='html'>&lt;p&gt;The tug left.</content>"));
    cases.extend((1..12).map(|n| Case::body(format!("cut-atom-{n}"), &entries[..entries.len() * n / 12]).at_most(1)));
    let long = "The gate was mended at last. ".repeat(40);
    let half = format!("{}<item><title>HALF-", &rss(&items(2))[..rss(&items(2)).len() - 16]);
    cases.extend([
        Case::body("half-item", half.clone()).at_most(2).lacks("HALF"),
        Case::body("half-item-text", format!("{half}x</title><description>{long}")).at_most(2).lacks("HALF"),
        Case::body("half-tag", format!("{half}x</title><link")).at_most(2).lacks("HALF"),
        Case::body("half-cdata", format!("{half}x</title><description><![CDATA[{long}")).at_most(2).lacks("HALF"),
        Case::body("half-comment", format!("{half}x</title><!-- {long}")).at_most(2).lacks("HALF"),
    ]);
    let plain = items(2);
    cases.extend([
        Case::body("upper-case", rss(&plain).to_uppercase().replace("HTTPS://", "https://")).articles(2),
        Case::body("no-declaration", &rss(&plain)[21..]).articles(2),
        Case::body("xml-1.1", rss(&plain).replacen("1.0", "1.1", 1)).articles(2),
        Case::body("xml-9", rss(&plain).replacen("\"1.0\"", "'9.9' standalone='maybe'", 1)).articles(2),
        Case::body("late-declaration", format!("\n \n{}", rss(&plain))).articles(2),
        Case::body("mark-and-lines", format!("\u{feff}\n\u{feff}{}", rss(&plain))).articles(2),
        Case::body("junk-before", format!("Warning: mysql_connect() failed\n{}", rss(&plain))).articles(2),
        Case::body("junk-behind", format!("{}<script>x()</script>junk</html>", rss(&plain))).articles(2),
        Case::body("comment-before", format!("<!-- cached -->{}", rss(&plain))).articles(2),
        Case::body("two-documents", rss(&plain).repeat(2)).articles(2),
        Case::body("no-version", rss(&plain).replace(" version=\"2.0\"", "")).articles(2),
        Case::body("wrong-version", rss(&plain).replace("2.0", "\u{661}")).articles(2),
        Case::body("no-channel", rss(&plain).replace("<channel>", "").replace("</channel>", "")).articles(2),
        Case::body("items-outside", format!("<rss><channel><title>S</title></channel>{plain}</rss>")).articles(2),
        Case::body("no-close", rss(&plain).replace("</channel></rss>", "")).between(1..=2),
        Case::body("wrong-close", rss(&plain).replace("</channel></rss>", "</rss></channel>")).articles(2),
        Case::body("crossed", rss(&plain).replace("<title>", "<title><b>").replace("</title>", "</title></b>")).articles(2),
        Case::body("unquoted", rss(&plain).replace("isPermaLink=\"false\"", "isPermaLink=false")).articles(2),
        Case::body("one-quote", rss(&plain).replacen("isPermaLink=\"false\"", "isPermaLink=\"false", 1)).at_most(2),
        Case::body("no-value", rss(&plain).replace("isPermaLink=\"false\"", "isPermaLink")).articles(2),
        Case::body("less-in-attribute", rss(&plain).replace("\"false\"", "\"<false>\"")).articles(2),
        Case::body("twice-the-attribute", rss(&plain).replace("isPermaLink=\"false\"", "isPermaLink=\"false\" isPermaLink=\"true\"")).articles(2),
        Case::body("cdata-in-cdata", rss(&titled("<![CDATA[Tug <![CDATA[left]]> at six]]>"))).has("Tug"),
        Case::body("cdata-end", rss(&titled("Tug ]]> left"))).has("Tug"),
        Case::body("cdata-lower", rss(&titled("<![cdata[Tug left]]>"))).between(1..=1),
        Case::body("comment-in-title", rss(&titled("Tug <!-- gone -- > --> left"))).has("Tug").lacks("gone"),
        Case::body("markup-in-title", rss(&titled("Tug <em>left</em> <br/>at six"))).has("Tug left at six"),
        Case::body("escaped-in-title", rss(&titled("Tug &lt;em&gt;left&lt;/em&gt; &amp;amp; &amp;lt;came&amp;gt;"))).has("Tug left"),
        Case::body("script-in-title", rss(&titled("&lt;script&gt;alert(1)&lt;/script&gt;Tug left"))).has("Tug left"),
        Case::body("only-markup-title", rss(&titled("&lt;img src=x onerror=alert(1)&gt;"))),
        Case::body("nulls", rss(&plain).replace('T', "\0T\0")).between(0..=2),
        Case::body("prefixed", format!("<r:rss xmlns:r='http://backend.userland.com/rss2'><r:channel><r:title>S</r:title>{}</r:channel></r:rss>", plain.replace("</", "</r:").replace('<', "<r:").replace("<r:/r:", "</r:"))).articles(2),
        Case::body("default-namespace", rss(&plain).replacen("<rss ", "<rss xmlns='http://purl.org/rss/1.0/' ", 1)).articles(2),
        Case::body("unknown-namespace", rss(&plain).replacen("<rss ", "<rss xmlns='urn:nobody' ", 1)).between(0..=2),
        Case::body("unbound-prefix", rss(&with(1, "<title>Tug</title><dc:creator>A</dc:creator><nobody:x>y</nobody:x>"))),
        Case::body("atom-prefixed", atom(&entry("")).replace("</", "</a:").replace('<', "<a:").replace("<a:/a:", "</a:").replace("xmlns=", "xmlns:a=")),
        Case::body("atom-0.3", atom(&entry("<modified>2026-05-02T08:00:00Z</modified>")).replace("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")),
        Case::body("atom-none", atom(&entry("")).replace(" xmlns=\"http://www.w3.org/2005/Atom\"", "")),
        Case::body("atom-in-rss", rss(&entry(""))).between(0..=1),
        Case::body("rss-in-atom", atom(&plain)).between(0..=2),
        Case::body("rdf", format!("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><channel><title>S</title></channel>{plain}</rdf:RDF>")).articles(2),
        Case::typed("in-a-page", "text/html", format!("<html><body><pre>{}</pre></body></html>", escape(&rss(&plain)))).error("web page"),
        Case::typed("page-about-feeds", "text/html", "<!doctype html><html><body><feed>x</feed><p>our feed</p></body></html>").error("web page"),
        Case::body("content-image", atom(&entry("<content type='image/png'>iVBORw0KGgo=</content>"))),
        Case::body("content-src", atom(&entry(&format!("<content type='text/html' src='{HERE}/x'/>")))),
        Case::body("content-xml", atom(&entry("<content type='application/xml'><a><b>c</b></a></content>"))),
        Case::body("content-lies", atom(&entry("<content type='text'>&lt;b&gt;Tug&lt;/b&gt;</content><summary type='nonsense/'>x</summary>"))),
        Case::body("title-xhtml", atom(&entry("").replace("<title>", "<title type='xhtml'><div>").replace("</title>", "<script>SMUGGLED</script></div></title>"))).lacks("SMUGGLED"),
        Case::body("base-script", atom(&entry("<link rel='related' href='x'/>")).replacen("<feed", "<feed xml:base='javascript:alert(1)//'", 1)).lacks("javascript:"),
        Case::body("base-nonsense", atom(&entry("").replace("https://slipway.example/a", "rel")).replacen("<feed", "<feed xml:base='http://[::'", 1)),
        Case::body("sitemap", "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a.example/</loc></url></urlset>").error("<urlset>"),
        Case::body("opml", "<opml version='2.0'><body><outline xmlUrl='https://a.example/'/></body></opml>").error("<opml>"),
        Case::body("svg", "<svg xmlns='http://www.w3.org/2000/svg'><title>x</title></svg>").error("<svg>"),
        Case::body("soap", "<soap:Envelope><soap:Body><faultstring>no</faultstring></soap:Body></soap:Envelope>").error("soap:Envelope"),
        Case::body("xml-error", "<?xml version='1.0'?><error><code>12</code></error>").error("<error>"),
        Case::body("no-items", rss("")).articles(0),
        Case::body("no-entries", atom("")).articles(0),
        Case::body("binary", (0..=255u8).cycle().take(4_000).collect::<Vec<_>>()).at_most(0),
        Case::body("pdf", "%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj").error("not a feed"),
        Case::body("text", "Service temporarily unavailable").error("not a feed"),
        Case::body("angle", "<").error("not a feed"),
        Case::body("question", "<?xml version='1.0'?>").error("not a feed"),
        Case::body("text-html-kept", rss(&told("<p>The tug <b>left</b> at six.</p>"))).has("The tug left at six."),
    ]);
    hold(cases).await;
}
