//! Hostile markup: whatever comes in, the text shows, and the work is bounded, counted in steps and not in seconds.

use super::read_html;
use crate::document::work::counted;
use crate::document::{Block, Document, Line, Setting, Style, layout, plain_text};

/// Steps for each byte of markup that reading may cost: a token has several bytes, looks at up to a hundred open
/// containers and at as many open formats.
const STEPS_A_BYTE: u64 = 60;

fn read(html: &str) -> (Document, Vec<Line>) {
    let (steps, document) = counted(|| read_html(html, Some("https://q.example/a/")));
    let allowed = STEPS_A_BYTE * html.len() as u64 + 1_000;
    assert!(steps <= allowed, "{steps} steps for {} bytes of {}…", html.len(), &html[..html.len().min(60)]);
    let lines = layout(&document, &Setting { width: 40, ..Setting::default() });
    assert!(lines.len() <= 100_000);
    (document, lines)
}

fn has(html: &str, text: &str) -> Document {
    let (document, lines) = read(html);
    let found = lines.iter().any(|line| line.spans.iter().any(|span| span.text.contains(text)));
    assert!(found, "{text} is lost in {}…", &html[..html.len().min(60)]);
    document
}

#[test]
fn whatever_is_nested_shows_its_text() {
    let n = 10_000;
    for tag in [
        "div",
        "blockquote",
        "ul><li",
        "ol><li",
        "font",
        "b",
        "a href=/x",
        "p",
        "span style=display:none",
        "svg",
        "h1",
        "figure",
        "figure><small",
        "figcaption><p class=credit",
        "dl><dd",
        "dl><dt",
        "q",
        "table><caption",
        "abbr title='a b'",
        "sup",
        "noscript",
        "picture",
        "p hidden",
        "details><summary",
    ] {
        has(&format!("{}DEEP", format!("<{tag}>").repeat(n)), "DEEP");
    }
    has(&format!("{}INNERMOST{}", "<div>".repeat(100_000), "</div>".repeat(100_000)), "INNERMOST");
    has(&format!("{}DEEP{}", "<blockquote>".repeat(5_000), "</blockquote>".repeat(5_000)), "DEEP");
    has(&format!("{}DEEP{}AFTER", "<table><tr><td>".repeat(n), "</td></tr></table>".repeat(n)), "AFTER");
    has(&format!("{}AFTER", "<b><p></b>".repeat(n)), "AFTER");
    has(&format!("{}AFTER", "<i>x</b>".repeat(n)), "AFTER");
}

#[test]
fn lists_20_000_deep_with_numbers_that_fit_nowhere() {
    let html = format!(
        "<ol start=9223372036854775807><li>A<li>B</ol><ol start=-99999999999999999999 reversed><li>C</ol>{}D",
        "<ul><li>".repeat(20_000)
    );
    let document = has(&html, "D");
    assert!(
        matches!(&document.blocks[1], Block::List { numbering: Some(numbering), .. } if numbering.label(0) == "1.")
    );
    let lines: Vec<String> = layout(&document, &Setting { width: 80, ..Setting::default() })
        .iter()
        .map(|line| line.spans.iter().map(|span| &*span.text).collect())
        .collect();
    assert_eq!(lines[0], "9223372036854775807. A");
}

#[test]
fn tables_have_bounds() {
    let cells = |document: &Document| {
        document
            .blocks
            .iter()
            .map(|block| if let Block::Table(table) = block { table.rows.iter().flatten().count() } else { 0 })
            .sum::<usize>()
    };
    // Six million bytes are cut before the end of the table.
    let wide = has(&format!("TEXT<table><tr>{}</table>", "<td>x".repeat(1_000_000)), "TEXT");
    assert!(cells(&wide) <= 200, "{} cells", cells(&wide));
    let square = has(&format!("<table>{}</table>AFTER", format!("<tr>{}", "<td>x".repeat(300)).repeat(400)), "AFTER");
    assert!(cells(&square) <= 50_200, "{} cells", cells(&square));
    let spans =
        has(&format!("<table>{}</table>AFTER", "<tr><td rowspan=999 colspan=200>x<td>y".repeat(5_000)), "AFTER");
    assert!(cells(&spans) <= 50_200, "{} cells", cells(&spans));
    has(&format!("<table>{}</table>AFTER", "<tr>".repeat(200_000)), "AFTER");
    has(
        "<table><tr><td colspan=1000000000>A<td rowspan=0>B</tr><tr><td rowspan=2>C<td rowspan=65535>D</table><p>AFTER",
        "AFTER",
    );
}

#[test]
fn attributes_and_raw_text_have_bounds() {
    let attributes: Vec<String> = (0..200_000).map(|i| format!("a{i}")).collect();
    has(&format!("TEXT<a {}>", attributes.join(" ")), "TEXT");
    let long = "A".repeat(5_000_000);
    let document = has(&format!("<p title='{long}'>TEXT</p><img src='data:image/png;base64,{long}'>"), "TEXT");
    assert_eq!(document.blocks.len(), 1);
    let sizes: Vec<String> = (0..20_000).map(|i| format!("/{i}.jpg {i}w")).collect();
    has(&format!("<img alt=TEXT srcset='{}'>", sizes.join(", ")), "TEXT");
    has(&format!("TEXT<title>{}</title>AFTER", "t".repeat(5_000_000)), "AFTER");
    for (part, times) in [("<iframe>", 100_000), ("<!--", 100_000), ("<", 300_000), ("&", 300_000), ("&amp", 100_000)] {
        has(&format!("TEXT{}", part.repeat(times)), "TEXT");
    }
    has(&format!("TEXT{}", "<br>".repeat(100_000)), "TEXT");
    has(&format!("TEXT{}", "\n\n".repeat(100_000)), "TEXT");
    has("<p>BEFORE</p><!-- never closed <p>IN COMMENT</p><plaintext><xmp><b>", "BEFORE");
    has(&format!("<p>BEFORE</p>{}", "<plaintext>".repeat(100_000)), "BEFORE");
}

#[test]
fn links_have_bounds_and_a_base_moves_none() {
    let links = (0..300_000).map(|i| format!("<a href=/{i}>l</a> ")).collect::<Vec<_>>().concat();
    let document = has(&format!("AFTER {links}"), "AFTER");
    assert_eq!(document.links.len(), 5_000);
    let document = has("<base href='https://evil.test/'><a href='/login'>sign in</a>", "sign in");
    assert_eq!(document.links[0].url, "https://q.example/login");
}

#[test]
fn programs_and_hidden_text_are_not_shown() {
    let html = "<style>STYLETEXT{}</style><script>SCRIPTTEXT</script><iframe src='http://127.0.0.1:22/'>IFR</iframe>\
        <object data=x>OBJ</object><form action=x><input value=INPUTVAL><button>B</button></form>\
        <meta http-equiv=refresh content='0;url=file:///etc/passwd'><p>REAL TEXT</p>";
    let (document, lines) = read(html);
    let shown = format!("{lines:?}{}{}", crate::document::text(&document), plain_text(html));
    assert!(shown.contains("REAL TEXT"));
    for hidden in ["STYLETEXT", "SCRIPTTEXT", "INPUTVAL", "IFR\"", "passwd"] {
        assert!(!shown.contains(hidden), "{hidden} is shown");
    }
    let hidden =
        "<p style='display:none'>HIDDEN1</p><p hidden>HIDDEN2</p><p style='font-size:0'>HIDDEN3</p><p>SHOWN</p>";
    let document = has(hidden, "SHOWN");
    assert_eq!(crate::document::text(&document), "SHOWN");
    assert_eq!(plain_text(hidden), "SHOWN");
}

#[test]
fn abbreviations_and_credits_have_bounds() {
    let many = (0..50_000)
        .map(|i| format!("<abbr title='meaning {}'>m{i}</abbr> ", "x".repeat(i % 90)))
        .collect::<Vec<_>>()
        .concat();
    has(&format!("{many}AFTER"), "AFTER");
    has(&format!("<figure><img src=/x><span class=credit>{}</span></figure>AFTER", "word ".repeat(100_000)), "AFTER");
    has(&format!("{}AFTER", "<figure><img src=/x alt=y><figcaption>Photo: J".repeat(20_000)), "AFTER");
}

#[test]
fn a_long_text_without_end_is_cut() {
    let document = read_html(&format!("<p>{}", "word ".repeat(2_000_000)), None);
    let Block::Paragraph(spans) = &document.blocks[0] else { panic!("no paragraph") };
    assert!(spans[0].text.len() < 4_200_000);
    assert_eq!(spans[0].style, Style::default());
}
