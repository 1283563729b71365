//! Layout: what a reader sees, and that no line is ever too wide.

use std::collections::HashMap;

use proptest::prelude::*;

use super::{LineKind, MAX_LINES, Setting, layout};
use crate::document::{Block, Cell, Definition, Document, Figure, Numbering, Table, read_html};
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
            Block::Table(Table { header: 7, ..Table::default() }),
            Block::Table(Table { header: 1, rows: vec![vec![]], ..Table::default() }),
            Block::Table(Table {
                rows: vec![
                    vec![Cell { columns: 0, above: true, ..Cell::default() }; 2],
                    vec![Cell { columns: 99, ..Cell::default() }],
                ],
                ..Table::default()
            }),
            Block::List { numbering: Some(Numbering::default()), items: vec![vec![], vec![Block::Rule]] },
            Block::Definitions(vec![Definition::default()]),
            Block::Embed { kind: "video", title: String::new(), link: Some(7) },
            Block::Figure(Figure::default()),
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
        "<dl>",
        "</dl>",
        "<ol type=i reversed>",
        "<small>",
        "<thead>",
        "<span class=credit>",
        "</span>",
        "<abbr title='a box of twenty feet'>",
        "</abbr>",
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

    #[test]
    fn nothing_is_lost_and_the_same_width_gives_the_same_lines(html in markup(), columns in prop_oneof![8_usize..40, 40_usize..=2_000], rows in 0_u16..4) {
        let document = read_html(&html, Some("https://quay.example/"));
        let pictures = vec![Some((10, rows)); document.figures().len()];
        let setting = Setting { width: columns, ascii: false, pictures };
        let set = layout(&document, &setting);
        prop_assert_eq!(&set, &layout(&document, &setting));
        // Letters may be repeated (headers of stacked tables) and parted (long words), never left out.
        let shown = letters(set.iter().flat_map(|line| &line.spans).map(|span| &*span.text));
        for (letter, count) in letters([&*crate::document::text(&document)]) {
            let there = shown.get(&letter).copied().unwrap_or(0);
            prop_assert!(there >= count, "{there} of {count} {letter:?} in {html:?} at {columns}");
        }
        let rooms = set.iter().filter(|line| matches!(line.kind, LineKind::Picture { .. })).count();
        prop_assert_eq!(rooms, document.figures().len() * usize::from(rows));
    }
}

/// How often each letter and figure occurs.
fn letters<'a>(texts: impl IntoIterator<Item = &'a str>) -> HashMap<char, usize> {
    let mut counts = HashMap::new();
    for c in texts.into_iter().flat_map(str::chars).filter(|c| c.is_alphanumeric()) {
        *counts.entry(c).or_insert(0) += 1;
    }
    counts
}

#[test]
fn keeps_room_for_pictures_by_their_numbers() {
    let html = "<img src=/a alt=one><blockquote><img src=/b alt=two></blockquote><p>end";
    let document = read_html(html, Some("https://q.example"));
    let setting = Setting { width: 20, ascii: false, pictures: vec![None, Some((6, 2))] };
    let set: Vec<(LineKind, String)> = layout(&document, &setting)
        .into_iter()
        .map(|line| (line.kind, line.spans.into_iter().map(|span| span.text).collect()))
        .collect();
    let texts: Vec<&str> = set.iter().map(|(_, text)| &**text).collect();
    assert_eq!(texts, ["▣ one", "", "│       ", "│       ", "│ ▣ two", "", "end"]);
    assert_eq!(set[2].0, LineKind::Picture { figure: 1, row: 0 });
    assert_eq!(set[3].0, LineKind::Picture { figure: 1, row: 1 });
    let wide = layout(&document, &Setting { width: 10, ascii: false, pictures: vec![Some((u16::MAX, 1))] });
    assert_eq!(wide[0].spans[0].text.len(), 10, "no wider than the page");
}

#[test]
fn sets_terms_and_numbered_lists() {
    assert_eq!(
        lines("<dl><dt>TEU<dd>a box of twenty feet<dt>FEU<dd>two</dl>", 12, false),
        ["TEU", "  a box of", "  twenty", "  feet", "FEU", "  two"]
    );
    assert_eq!(
        lines("<ol type=i><li>a<li>b<li>c<ol type=A><li>d</ol></ol>", 16, false),
        ["  i. a", " ii. b", "iii. c", "     A. d"]
    );
}

#[test]
fn sets_tables_with_spans() {
    let html = "<table><caption>Rates</caption><thead><tr><th rowspan=2>Port<th colspan=2>Dollars a box\
        <tr><th>20'<th>40'</thead><tr><td rowspan=2>Quay<td>1<td>2<tr><td>3<td>4</table>";
    assert_eq!(
        lines(html, 40, false),
        [
            "Rates",
            "Port │ Dollars a box",
            "     │ 20' │     40'",
            "─────┼─────┼────────",
            "Quay │   1 │       2",
            "     │   3 │       4",
        ]
    );
    assert_eq!(
        lines(html, 9, false)[..10],
        ["Rates", "Port:", "Quay", "Dollars a", "box, 20':", "1", "Dollars a", "box, 40':", "2", ""]
    );
    assert!(lines(html, 9, false)[10..].contains(&"Quay".to_owned()), "a cell over two rows is told with both");
}

#[test]
fn breaks_long_addresses_and_keeps_punctuation_from_the_start_of_lines() {
    assert_eq!(
        lines("<p>see https://quay.example/rates?lane=asia&year=2026 now", 22, false),
        ["see", "https://quay.example/", "rates?lane=asia&year=", "2026 now"]
    );
    for columns in 4..20 {
        for line in lines("<p>运价（上海）上涨，港口拥堵。「欧洲」航线：每箱一千美元！", columns, false)
        {
            assert!(!line.starts_with(['，', '。', '」', '）', '！', '：']), "{columns}: {line}");
            assert!(!line.ends_with(['（', '「']), "{columns}: {line}");
        }
    }
}
