//! Terminal: sequences that drive a terminal, in every place of a feed and of an answer's head. Holds R1.

use crate::case::Case;
use crate::feeds::{atom, channel, entry, escape, rss, with};
use crate::run::hold;
use crate::support::server::Reply;

/// What terminals act on: each is put between words.
const SEQUENCES: [&str; 34] = [
    "\u{1b}[31;5m",
    "\u{1b}[2J\u{1b}[H",
    "\u{1b}[6n",
    "\u{1b}[?1049l",
    "\u{1b}[?2026h",
    "\u{1b}[201~",
    "\u{1b}[1;3r",
    "\u{1b}[99999999;99999999H",
    "\u{1b}]0;Harbour office\u{7}",
    "\u{1b}]2;Harbour office\u{1b}\\",
    "\u{1b}]4;1;#ffffff\u{7}",
    "\u{1b}]8;;https://slipway.invalid/\u{1b}\\there\u{1b}]8;;\u{1b}\\",
    "\u{1b}]9;alert\u{7}",
    "\u{1b}]52;c;c2xpcHdheQ==\u{7}",
    "\u{1b}]133;A\u{7}",
    "\u{1b}]777;notify;a;b\u{7}",
    "\u{1b}]1337;File=inline=1:AA==\u{7}",
    "\u{1b}]0;never ended",
    "\u{1b}Pq#0;2;0;0;0~-\u{1b}\\",
    "\u{1b}Ptmux;\u{1b}\u{1b}]52;c;AA==\u{7}\u{1b}\\",
    "\u{1b}_Ga=T,f=24;AAAA\u{1b}\\",
    "\u{1b}^privacy\u{1b}\\",
    "\u{1b}Xstring\u{1b}\\",
    "\u{1b}c",
    "\u{1b}#8",
    "\u{1b}(0lqk\u{1b}(B",
    "\u{e}lqk\u{f}",
    "\u{5}\u{6}\u{15}\u{7}\u{7}",
    "\u{8}\u{8}\u{8}\u{8}\u{7f}\u{7f}",
    "\u{9b}31m\u{9b}6n",
    "\u{9d}52;c;AA==\u{9c}",
    "\u{90}q\u{9c}\u{9f}G\u{9c}\u{98}x\u{9c}\u{9e}y\u{9c}",
    "\u{84}\u{85}\u{88}\u{8d}\u{8e}\u{8f}\u{0}",
    "\r\u{b}\u{c}\u{2028}\u{2029}\u{1c}\u{1d}\u{1e}\u{1f}",
];

/// One feed with an item for each sequence, made by `carry` of the number and the sequence.
fn each(id: &str, carry: impl Fn(usize, &str) -> String, around: impl Fn(&str) -> String) -> Case {
    let items: Vec<String> = SEQUENCES.iter().enumerate().map(|(n, sequence)| carry(n, sequence)).collect();
    Case::body(id, around(&items.concat())).articles(SEQUENCES.len()).has("TUG").has("MAST")
}

/// Each character that is no letter or sign as a character reference.
fn referred(sequence: &str, prefix: &str, hexadecimal: bool) -> String {
    sequence
        .chars()
        .map(|c| match (c.is_control(), hexadecimal) {
            (false, _) => escape(&escape(&c.to_string())),
            (true, true) => format!("{prefix}#x{:X};", u32::from(c)),
            (true, false) => format!("{prefix}#{};", u32::from(c)),
        })
        .collect()
}

fn link(n: usize) -> String {
    format!("<link>https://slipway.example/{n}</link>")
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sequence_of_a_feed_gets_through() {
    let titled = |id: &'static str, make: fn(&str) -> String| {
        each(id, move |n, s| with(n, &format!("<title>TUG{n} {} MAST</title>{}", make(s), link(n))), rss)
    };
    let said = |id: &'static str, make: fn(&str) -> String| {
        each(
            id,
            move |n, s| with(n, &format!("<title>TUG{n}</title><description>{}</description>", escape(&make(s)))),
            rss,
        )
    };
    let placed = |id: &'static str, make: fn(usize, &str) -> String| {
        each(id, move |n, s| with(n, &format!("<title>TUG{n} MAST</title>{}", make(n, s))), rss)
    };
    let json = |id: &'static str, member: fn(usize, &str) -> serde_json::Value| {
        let items: Vec<_> = SEQUENCES.iter().enumerate().map(|(n, sequence)| member(n, sequence)).collect();
        let text = crate::feeds::json_feed(items.into()).to_string();
        Case::typed(id, "application/feed+json", text).articles(SEQUENCES.len()).has("TUG").has("MAST")
    };
    let cases = vec![
        titled("title-raw", escape),
        titled("title-cdata", |s| format!("<![CDATA[{s}]]>")),
        titled("title-decimal", |s| referred(s, "&", false)),
        titled("title-hexadecimal", |s| referred(s, "&", true)),
        titled("title-twice", |s| referred(s, "&amp;", false)),
        titled("title-thrice", |s| referred(s, "&amp;amp;", true)),
        titled("title-named", |s| s.replace('\u{1b}', "&ESC;&bsol;e&NewLine;&Tab;").replace('\u{7}', "&BEL;")),
        titled("title-split", |s| s.replace('\u{1b}', "&#2<!-- -->7;\u{1b}<![CDATA[[31m]]>&#27")),
        titled("title-markup", |s| escape(&format!("<b title='{s}'>{s}</b>"))),
        said("text-raw", |s| format!("<p>MAST {s} x</p>")),
        said("text-references", |s| format!("<p>MAST {}</p>", referred(s, "&", false))),
        said("text-pre", |s| format!("<pre>MAST {s}\n\t{s}</pre><code>{s}</code>")),
        said("text-attributes", |s| {
            format!("MAST <img alt='{s}' title='{s}' src='/{s}.png'><a href='/{s}' title='{s}'>{s}</a><abbr title='{s}'>A</abbr>")
        }),
        said("text-table", |s| format!("<table><caption>{s}</caption><tr><th>{s}<td>MAST {s}</table>")),
        said("text-frames", |s| format!("MAST<iframe title='{s}' src='https://v.example/{s}'></iframe><video title='{s}' src='/{s}'></video>")),
        said("text-lists", |s| format!("<ol type='{s}' start='{s}'><li>MAST {s}</ol><dl><dt>{s}<dd>{s}</dl>")),
        said("text-tags", |s| format!("MAST <{s}>x</{s}><p {s}={s}>y")),
        said("text-comment", |s| format!("<!-- {s} -->MAST<![CDATA[{s}]]>")),
        placed("link", |n, s| format!("<link>https://slipway.example/{n}/{}</link>", escape(s))),
        placed("guid-address", |n, s| format!("<guid>https://slipway.example/{n}?{}</guid>", escape(s))),
        placed("author", |n, s| format!("<author>a@b.example (M{} A)</author>{}", escape(s), link(n))),
        placed("creator", |n, s| format!("<dc:creator>{}</dc:creator>{}", escape(s), link(n))),
        placed("category", |n, s| format!("<category domain=\"{0}\">C {0}</category>{1}", escape(s), link(n))),
        placed("file", |n, s| {
            let s = escape(s);
            format!("{}<enclosure url=\"https://slipway.example/{s}\" type=\"audio/{s}\" length=\"{s}\"/>", link(n))
        }),
        placed("media", |n, s| {
            let s = escape(s);
            format!(
                "{}<media:content url=\"https://slipway.example/m{n}\" type=\"{s}\"><media:title>{s}</media:title>\
                 <media:description>{s}</media:description></media:content>",
                link(n)
            )
        }),
        placed("date-and-counts", |n, s| {
            let s = escape(s);
            format!("{}<pubDate>{s}</pubDate><slash:comments>{s}</slash:comments><dc:language>{s}</dc:language>", link(n))
        }),
        placed("source", |n, s| {
            format!("{}<source url=\"https://other.example/{n}{1}\">{1}</source>", link(n), escape(s))
        }),
        json("json-title", |n, s| serde_json::json!({"id": n, "title": format!("TUG{n} {s} MAST")})),
        json("json-members", |n, s| {
            serde_json::json!({"id": format!("{n}{s}"), "title": format!("TUG{n}"), "url": format!("https://slipway.example/{n}{s}"),
                "external_url": format!("https://o.example/{s}"), "summary": s, "content_html": format!("MAST <b>{s}</b>"),
                "tags": [s, "t"], "authors": [{"name": format!("A {s}")}], "language": s, "date_published": s,
                "attachments": [{"url": format!("https://slipway.example/f{s}"), "mime_type": s, "title": s}]})
        }),
        json("json-text", |n, s| serde_json::json!({"id": n, "title": format!("TUG{n}"), "content_text": format!("MAST {s}")})),
        each(
            "atom",
            |n, s| {
                let s = escape(s);
                format!(
                    "<entry><id>e{n}</id><title type='html'>TUG{n} {s} MAST</title><author><name>{s}</name><uri>{s}</uri></author>\
                     <category term=\"{s}\" label=\"{s}\"/><link href=\"https://slipway.example/{s}\" title=\"{s}\"/>\
                     <summary>{s}</summary><content type='xhtml'><div>{s}</div></content></entry>"
                )
            },
            atom,
        ),
        Case::body(
            "channel",
            SEQUENCES.iter().fold(String::new(), |_, _| {
                let s = escape(&SEQUENCES.concat());
                channel(
                    &format!(
                        "<title>Slip {s}</title><link>https://slipway.example/{s}</link><language>{s}</language><ttl>{s}</ttl>\
                         <generator>{s}</generator><managingEditor>{s}</managingEditor><description>{s}</description>"
                    ),
                    &crate::feeds::items(2),
                )
            }),
        )
        .articles(2),
        Case::body("entry-language", atom(&entry(&format!("<content xml:lang=\"{}\">x</content>", escape(&SEQUENCES.concat()))))),
    ];
    hold(cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_sequence_of_an_answers_head_gets_through() {
    let raw = |id: &'static str, head: String| {
        Case::new(
            id,
            Reply::raw(
                [head.as_bytes(), b"\r\nConnection: close\r\n\r\n", rss(&crate::feeds::items(1)).as_bytes()].concat(),
            ),
        )
    };
    // What may stand in a header as far as HTTP goes, and what may not.
    let (legal, nasty) = ("\u{9b}31m\u{9d}0;x\u{9c}", "\u{1b}]0;Harbour office\u{7}\u{1b}[31m\u{9b}6n");
    let mut cases = vec![
        raw("reason", format!("HTTP/1.1 200 {legal}")),
        raw("reason-escape", format!("HTTP/1.1 200 {nasty}")).at_most(1),
        raw("reason-error", format!("HTTP/1.1 500 {legal}")).error("500"),
        raw("reason-error-escape", format!("HTTP/1.1 503 {nasty}")).at_most(0),
        raw("version", format!("HTTP/1.{nasty} 200 OK")).at_most(0),
        raw("status", format!("HTTP/1.1 {nasty} OK")).at_most(0),
        raw("header-name", format!("HTTP/1.1 200 OK\r\nX-{nasty}: a")).at_most(1),
    ];
    for name in [
        "Content-Type",
        "ETag",
        "Last-Modified",
        "Server",
        "Cache-Control",
        "Retry-After",
        "Date",
        "Content-Language",
        "Link",
        "Set-Cookie",
        "Content-Disposition",
        "Refresh",
    ] {
        cases.push(raw_header(&raw, name, legal));
        cases.push(raw_header(&raw, name, nasty).at_most(1));
    }
    for (id, head) in [
        ("challenge", format!("HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"{legal}\"")),
        ("proxy-challenge", format!("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"{nasty}\"")),
        ("later", format!("HTTP/1.1 429 No\r\nRetry-After: {nasty}")),
        ("elsewhere", format!("HTTP/1.1 302 No\r\nLocation: gopher://slipway.invalid/{nasty}")),
        ("elsewhere-legal", format!("HTTP/1.1 302 No\r\nLocation: x{legal}://slipway.invalid/{legal}")),
        ("elsewhere-host", format!("HTTP/1.1 302 No\r\nLocation: http://{legal}/")),
        ("encoding", format!("HTTP/1.1 404 No\r\nContent-Encoding: {nasty}")),
    ] {
        cases.push(raw(id, head).at_most(0));
    }
    let every = SEQUENCES.concat();
    cases.push(Case::new("error-page", Reply::status(403)).error("403"));
    cases.push(Case::typed("page", "text/html", format!("<html><title>{every}</title><body>{every}")).at_most(0));
    cases.push(
        Case::typed(
            "page-with-feeds",
            "text/html",
            format!("<html><link rel=alternate type='application/rss+xml' title='{every}' href='/f?{every}'>"),
        )
        .at_most(0),
    );
    cases.push(Case::body("root-element", format!("<{every}><b/></{every}>")).at_most(0));
    cases.push(Case::body("json-broken", format!("{{\"{every}\":")).at_most(0));
    cases.push(Case::body("json-other", format!("{{\"{every}\": \"{every}\"}}")).at_most(0));
    cases.push(Case::body("nothing-but", every).at_most(0));
    hold(cases).await;
}

fn raw_header(raw: &impl Fn(&'static str, String) -> Case, name: &str, value: &str) -> Case {
    let mut case = raw("", format!("HTTP/1.1 200 OK\r\n{name}: {value}"));
    case.id = format!("{}-{}", name.to_ascii_lowercase(), value.len());
    case
}
