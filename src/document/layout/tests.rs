//! Layout: what a reader sees, and that no line is ever too wide.

use proptest::prelude::*;

use super::{LineKind, MAX_LINES, Setting, layout};
use crate::document::{Block, Document, read_html};
use crate::text::width;

fn lines(html: &str, columns: usize, ascii: bool) -> Vec<String> {
    let document = read_html(html, Some("https://quay.example/"));
    let lines = layout(&document, &Setting { width: columns, ascii, ..Setting::default() });
    lines.iter().map(|line| line.spans.iter().map(|span| &*span.text).collect()).collect()
}

#[test]
fn sets_prose_with_links() {
    assert_eq!(
        lines("<h2>Box rates</h2><p>Rates on the <a href=/l>lane</a> rose again.</p><hr><p>End.", 20, false),
        ["Box rates", "", "Rates on the", "lane [1] rose again.", "", "────────────────────", "", "End."]
    );
}

#[test]
fn hangs_lists_and_quotes() {
    assert_eq!(
        lines("<ol start=9><li>one two three<li>four<ul><li>five</ul></ol>", 14, false),
        [" 9. one two", "    three", "10. four", "    • five"]
    );
    assert_eq!(
        lines("a<blockquote><p>b c d e</p><ul><li><p>x</p><p>y</p><li>z</ul></blockquote>f", 8, false),
        ["a", "", "│ b c d", "│ e", "│", "│ • x", "│", "│   y", "│", "│ • z", "", "f"]
    );
    assert_eq!(lines("<blockquote>b</blockquote><ul><li>c</ul>", 8, true), ["| b", "", "* c"]);
}

#[test]
fn deep_nesting_leaves_room_for_text() {
    let html = format!("{}DEEP", "<blockquote><ul><li>".repeat(100));
    for columns in [1, 2, 4, 10, 80] {
        let text = lines(&html, columns, false).concat();
        for letter in ["D", "E", "P"] {
            assert!(text.contains(letter), "{columns}: {text}");
        }
    }
    assert!(lines(&html, 80, false).concat().contains("DEEP"));
}

#[test]
fn sets_code_as_it_stands() {
    let document = read_html("<pre>if a:\n\tb  c\n\nend of a long line</pre>", None);
    let set = layout(&document, &Setting { width: 14, ascii: false, ..Setting::default() });
    let text: Vec<String> = set.iter().map(|line| line.spans.iter().map(|span| &*span.text).collect()).collect();
    assert_eq!(text, ["  if a:", "      b  c", "  ", "  end of a lon", "  g line"]);
    assert!(set.iter().all(|line| line.kind == LineKind::Code));
}

#[test]
fn sets_tables_wide_narrow_and_stacked() {
    let html = "<table><tr><th>Lane<th>USD<th>Note<tr><td>Asia-Europe<td>1,200<td>after the holidays\
                <tr><td>Pacific<td>950<td>-</table>";
    assert_eq!(
        lines(html, 80, false),
        [
            "Lane        │   USD │ Note",
            "────────────┼───────┼───────────────────",
            "Asia-Europe │ 1,200 │ after the holidays",
            "Pacific     │   950 │ -",
        ]
    );
    assert_eq!(
        lines(html, 32, true),
        [
            "Lane        |   USD | Note",
            "------------+-------+-----------",
            "Asia-Europe | 1,200 | after the",
            "            |       | holidays",
            "Pacific     |   950 | -",
        ]
    );
    assert_eq!(
        lines(html, 20, false),
        ["Lane: Asia-Europe", "USD: 1,200", "Note: after the", "holidays", "", "Lane: Pacific", "USD: 950", "Note: -"]
    );
    assert_eq!(
        lines("<table><tr><td>Departure<td>Wilhelmshaven<tr><td>Arrival<td>Tanjung</table>", 16, false),
        ["Departure:", "Wilhelmshaven", "Arrival: Tanjung"]
    );
}

#[test]
fn names_pictures_and_embeds() {
    assert_eq!(lines("<img alt='A ship' title='At sea' src=x>", 40, false), ["▣ A ship — At sea"]);
    assert_eq!(lines("<img alt='A ship' title='At sea' src=x>", 40, true), ["[image: A ship - At sea]"]);
    assert_eq!(
        lines("<figure><img alt='A ship' src=x><figcaption>A ship at sea</figcaption></figure>", 40, false),
        ["▣ A ship at sea"]
    );
    assert_eq!(lines("<video src=/v.mp4></video>", 40, false), ["▷ video: quay.example/v.mp4 [1]"]);
    assert_eq!(lines("<iframe src=/f></iframe>", 40, true), ["[frame: quay.example/f] [1]"]);
}

#[test]
fn right_to_left_text_stays_in_logical_order() {
    assert_eq!(lines("<p>ميناء جدة يعلن</p>", 10, false), ["ميناء جدة", "يعلن"]);
}

#[test]
fn stops_at_the_limit_of_lines_and_takes_any_document() {
    let document = Document { blocks: vec![Block::Code("x\n".repeat(MAX_LINES + 10))], links: Vec::new() };
    assert_eq!(layout(&document, &Setting { width: 10, ascii: false, ..Setting::default() }).len(), MAX_LINES);
    assert_eq!(
        layout(&read_html(&"word ".repeat(200_000), None), &Setting { width: 0, ascii: false, ..Setting::default() })
            .len(),
        MAX_LINES
    );
    let odd = Document {
        blocks: vec![
            Block::Table { header: true, rows: vec![] },
            Block::Table { header: true, rows: vec![vec![]] },
            Block::List { start: Some(i64::MAX), items: vec![vec![], vec![Block::Rule]] },
            Block::Embed { kind: "video", link: Some(7) },
        ],
        links: Vec::new(),
    };
    assert!(
        layout(&odd, &Setting { width: usize::MAX, ascii: false, ..Setting::default() })
            .iter()
            .any(|line| !line.spans.is_empty())
    );
}

/// Markup as it comes: any tags in any order around any text.
fn markup() -> impl Strategy<Value = String> {
    let tag = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<ul>",
        "</ul>",
        "<ol start=98>",
        "</ol>",
        "<li>",
        "<blockquote>",
        "</blockquote>",
        "<table>",
        "</table>",
        "<tr>",
        "<td>",
        "<th>",
        "<td colspan=3>",
        "<td rowspan=2>",
        "</td>",
        "<pre>",
        "</pre>",
        "<br>",
        "<hr>",
        "<h1>",
        "</h1>",
        "<a href='https://x.example/y'>",
        "</a>",
        "<img alt='a 集 b' src=i>",
        "<figure>",
        "</figure>",
        "<figcaption>",
        "</figcaption>",
        "<video src=https://x.example/v>",
        "</video>",
        "<div>",
        "</div>",
        "<code>",
        "<caption>",
        "<dt>",
        "<dd>",
        "<sup>",
        "</sup>",
        "<q>",
        "<svg>",
        "</svg>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<iframe src='https://x.example/f'>",
        "<",
        "&",
        "&lt;p&gt;",
        "&#27;",
        "&nbsp;",
        "&#x200d;",
    ]);
    let text = "[ -~\u{a0}\t\né集装，。👩‍🚀🇩🇪\u{301}\u{200d}ًﷺक्षि\u{7}]{0,12}";
    prop::collection::vec(prop_oneof![tag.prop_map(str::to_owned), text.prop_map(|text: String| text)], 0..40)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn no_line_is_too_wide_and_nothing_controls_the_terminal(html in markup(), columns in prop_oneof![0_usize..12, 0_usize..=500], ascii: bool) {
        let document = read_html(&html, Some("https://quay.example/"));
        let set = layout(&document, &Setting { width: columns, ascii, ..Setting::default() });
        let mut blank = true;
        for line in &set {
            let wide: usize = line.spans.iter().map(|span| width(&span.text)).sum();
            prop_assert!(wide <= columns.max(1), "{wide} > {columns}: {line:?} of {html:?}");
            for span in &line.spans {
                prop_assert!(!span.text.chars().any(char::is_control), "{span:?}");
                prop_assert!(span.link.is_none_or(|link| link < document.links.len()), "{span:?}");
            }
            let is_blank = line.spans.is_empty();
            prop_assert!(!(blank && is_blank) || line.kind == LineKind::Code, "two blank lines: {html:?}");
            blank = is_blank;
        }
        let plain = crate::document::plain_text(&html);
        prop_assert!(!plain.chars().any(|c| c.is_control() && c != '\n'), "{plain:?}");
    }
}
