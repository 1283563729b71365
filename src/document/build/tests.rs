//! Reading: real-life markup, sloppy markup, hostile markup.

use super::read_html;
use crate::document::{Block, Document, Span, Style};

/// A short notation for blocks, so that expectations can be read.
fn outline(document: &Document) -> String {
    document.blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block) -> String {
    let all = |blocks: &[Block]| blocks.iter().map(self::block).collect::<Vec<_>>().join(" ");
    match block {
        Block::Heading(level, inner) => format!("h{level}({})", spans(inner)),
        Block::Paragraph(inner) => format!("p({})", spans(inner)),
        Block::List { start, items } => {
            let items: Vec<String> = items.iter().map(|item| format!("li({})", all(item))).collect();
            format!("{}({})", start.map_or("ul".to_owned(), |start| format!("ol{start}")), items.join(" "))
        }
        Block::Quote(inner) => format!("q({})", all(inner)),
        Block::Code(text) => format!("code({text:?})"),
        Block::Table { header, rows } => {
            let row = |row: &Vec<Vec<Span>>| row.iter().map(|cell| spans(cell)).collect::<Vec<_>>().join("|");
            let rows: Vec<String> = rows.iter().map(row).collect();
            format!("table{}({})", if *header { "+head" } else { "" }, rows.join(" / "))
        }
        Block::Rule => "rule".into(),
        Block::Figure { alt, caption, url } => {
            format!("figure({alt}; {}; {})", spans(caption), url.as_deref().unwrap_or("-"))
        }
        Block::Embed { kind, link } => format!("embed({kind}; {link:?})"),
    }
}

fn spans(spans: &[Span]) -> String {
    spans.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    let mut text = span.text.replace('\n', "⏎");
    for (on, mark) in [
        (span.style.bold, '*'),
        (span.style.italic, '/'),
        (span.style.code, '`'),
        (span.style.struck, '~'),
        (span.style.dim, '°'),
    ] {
        if on {
            text = format!("{mark}{text}{mark}");
        }
    }
    span.link.map_or(text.clone(), |link| format!("{text}[{link}]"))
}

fn check(cases: &[(&str, &str)]) {
    for (html, expected) in cases {
        let document = read_html(html, Some("https://quay.example/news/1"));
        assert_eq!(outline(&document), *expected, "{html}");
    }
}

#[test]
fn reads_blocks() {
    check(&[
        ("", ""),
        ("   \n ", ""),
        ("Just text", "p(Just text)"),
        ("One\r\n\r\nTwo\nlines", "p(One) p(Two lines)"),
        ("<p>A.&nbsp; B&nbsp;<b>&nbsp;c</b> 10&nbsp;000</p>", "p(A. B\u{a0}*c* 10\u{a0}000)"),
        ("<p>A  b\n c</p><p>&nbsp;</p><p>d", "p(A b c) p(d)"),
        ("<h1>T</h1>a<h3>S</h3><div>b<div>c</div>d</div>", "h1(T) p(a) h3(S) p(b) p(c) p(d)"),
        ("<h2>never closed<p>text", "h2(never closed) p(text)"),
        ("<blockquote><p>a</p><blockquote>b</blockquote></blockquote>c", "q(p(a) q(p(b))) p(c)"),
        ("a<hr>b", "p(a) rule p(b)"),
        ("a<br>b<br><br>c", "p(a⏎b) p(c)"),
        ("<br>a<br>", "p(a)"),
        ("<pre>\n a\n\tb <b>c</b>\n</pre>x", "code(\" a\\n\\tb c\") p(x)"),
        ("<dl><dt>TEU<dd>a box<dt>FEU</dt><dd>two</dd></dl>", "p(*TEU*) p(a box) p(*FEU*) p(two)"),
        ("<details><summary>More</summary>text</details>", "p(*More*) p(text)"),
        ("<title>no</title><head><meta></head><body>b</body>", "p(b)"),
    ]);
}

#[test]
fn reads_lists() {
    check(&[
        ("<ul><li>a<li>b</ul>c", "ul(li(p(a)) li(p(b))) p(c)"),
        ("<ol start=3><li>a<ul><li>b</li></ul></li><li>c</ol>", "ol3(li(p(a) ul(li(p(b)))) li(p(c)))"),
        ("<ol start=99999999999999999999><li>a</ol>", "ol1(li(p(a)))"),
        ("<ul><li>a</li><ul><li>b</ul></ul>", "ul(li(p(a) ul(li(p(b)))))"),
        ("<ul>x<li>a</ul>", "ul(li(p(x)) li(p(a)))"),
        ("<li>a<li>b", "ul(li(p(a)) li(p(b)))"),
        ("<ul></ul>a", "p(a)"),
    ]);
}

#[test]
fn reads_emphasis_however_it_overlaps() {
    check(&[
        ("a <b>b</b> <i>c</i>d", "p(a *b* /c/d)"),
        ("<b>a<i>b</b>c</i>d", "p(*a*/*b*//c/d)"),
        ("<b><p>a</p><p>b</p></b>c", "p(*a*) p(*b*) p(c)"),
        ("<code>x</code> <del>y</del> <small>z</small>", "p(`x` ~y~ °z°)"),
        ("10<sup>6</sup> CO<sub>2</sub> 1<sup>st</sup>", "p(10⁶ CO₂ 1st)"),
        ("he said <q>no</q>", "p(he said “no”)"),
        ("<table><tr><td><b>a<td>b<tr><td>c<td>d</table>", "table(*a*|b / c|d)"),
    ]);
}

#[test]
fn reads_tables() {
    check(&[
        (
            "<table><caption>Rates</caption><tr><th>Lane<th>USD<tr><td>A-B<td>1,200</table>",
            "p(*Rates*) table+head(Lane|USD / A-B|1,200)",
        ),
        ("<table><thead><tr><td>a<td>b</thead><tbody><tr><td>c<td>d</table>", "table+head(a|b / c|d)"),
        ("<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>", "table(a||b / c|d|e)"),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>", "table(a|b / |c / d|e)"),
        ("<table><tr><td>a<td rowspan=2>b<tr><td>c<tr><td>d<td>e</table>", "table(a|b / c| / d|e)"),
        ("<table><tr><td><p>a<p>b<td>c<ul><li>d<li>e</ul><tr><td>f</table>", "table(a⏎b|c⏎- d⏎- e / f|)"),
        // For the page's layout only.
        ("<table><tr><td>a<tr><td><h1>b</h1></table>", "p(a) h1(b)"),
        ("<table><tr><td>a<td><table><tr><td>b<td>c</table></table>d", "p(a) table(b|c) p(d)"),
        ("<table><tr><td><p>a<p>b<td><p>c<p>d</table>", "p(a) p(b) p(c) p(d)"),
        // Hostile spans.
        (
            "<table><tr><td colspan=1000000000>A<td rowspan=0>B</tr><tr><td rowspan=2>C<td rowspan=65535>D</table><p>X",
            "table(A B| / C|D) p(X)",
        ),
    ]);
}

#[test]
fn reads_pictures_and_embeds() {
    check(&[
        ("<img src=/a.jpg alt='A  ship'>", "figure(A ship; ; https://quay.example/a.jpg)"),
        (
            "<figure><img src='data:image/gif;base64,R' data-src=b.jpg><figcaption><p>At sea</p><p>© J</p></figcaption></figure>t",
            "figure(; At sea⏎© J; https://quay.example/news/b.jpg) p(t)",
        ),
        (
            "<div class=wp-caption><img src=a alt=x><p class='wp-caption-text'>Quay</p></div>",
            "figure(x; Quay; https://quay.example/news/a)",
        ),
        (
            "<figure><figcaption>First</figcaption><img src=a alt=x></figure>",
            "figure(x; First; https://quay.example/news/a)",
        ),
        ("a<img src=t.gif width=1 height=1><img src=u.gif><img src=v style='width: 0px'>b", "p(ab)"),
        ("Sail <img class='wp-smiley' alt='🚢' src=e> on", "p(Sail 🚢 on)"),
        ("start <img src=a alt=x> end<p>next", "p(start end) figure(x; ; https://quay.example/news/a) p(next)"),
        ("<video><source src=v.mp4>Your browser is old</video>", "embed(video; Some(0))"),
        (
            "<iframe src='https://tube.example/e/1'>no</iframe><iframe src=x width=0></iframe><iframe></iframe>t",
            "embed(frame; Some(0)) p(t)",
        ),
        ("<iframe src='https://tube.example/e/1'/><p>still here", "embed(frame; Some(0)) p(still here)"),
    ]);
}

#[test]
fn reads_links() {
    check(&[
        ("<a href=/x>x</a>, <a href='../x?utm_source=rss'>y</a> <a href=z><b>z</b>z</a>", "p(x[0], y[0] *z*[1]z[1])"),
        ("<base href='https://evil.invalid/'><a href=/login>in</a>", "p(in[0])"),
        ("<a href='javascript:x'>a</a><a href='mailto:a@b.example'>b</a><a href='#n'>c</a>", "p(abc)"),
        ("<a href=/a>one <a href=/b>two", "p(one[0] two[1])"),
        (
            "<a href='https://evil.invalid/x'>https://bank.example/</a>",
            "p(https://bank.example/[0] °(evil.invalid)°[0])",
        ),
        ("<a href=/a><img src=i alt=x></a>", "figure(x; ; https://quay.example/news/i)"),
    ]);
    let document = read_html("<a href='https://bücher.example/?a=1&amp;fbclid=2'>read  on</a>", None);
    assert_eq!(document.links[0].url, "https://xn--bcher-kva.example/?a=1");
    assert_eq!(document.links[0].text, "read on");
}

#[test]
fn drops_what_is_not_for_reading() {
    check(&[
        ("<style>x{}</style><script>if (a<b) '</p>'</script><p>T", "p(T)"),
        ("a<template><p>x</template><noscript><img src=x alt=y></noscript><svg><text>s</text></svg>b", "p(ab)"),
        ("<form><input value=v><select><option>o</select><button>B</button><textarea>t</textarea>F</form>", "p(F)"),
        ("<div style='display: none'>pre<div>header</div></div>T", "p(T)"),
        ("a<!-- b <p>c -->d<!-->e", "p(ade)"),
        ("<p>a</p><!-- never closed <p>b", "p(a)"),
        ("<![CDATA[<p>a</p>]]>", "p(a)"),
        ("a<svg><path>lost<p>not lost", "p(alost) p(not lost)"),
        ("a&#27;[31mb&#x9b;c&#0;&#x202e;", "p(a[31mb›c�)"),
        ("<p>Text.</p><p>The post <a href=/1>T</a> appeared first on <a href=/2>Q</a>.</p>\n", "p(Text.)"),
        ("&lt;p&gt;A &amp;amp; &lt;b&gt;B&lt;/b&gt;&lt;/p&gt;", "p(A & *B*)"),
    ]);
    let document =
        read_html("<a href=/0>k</a><p>The post <a href=/1>T</a> appeared first on Q", Some("https://q.example"));
    assert_eq!(document.links.len(), 1, "the links of the tail go with it");
}

#[test]
fn hostile_markup_is_read_in_linear_time() {
    let n = 100_000;
    let has = |html: &str, text: &str| {
        let document = read_html(html, None);
        let lines = crate::document::layout(&document, &crate::document::Setting { width: 40, ..Default::default() });
        let found = lines.iter().any(|line| line.spans.iter().any(|span| span.text.contains(text)));
        assert!(found, "{text} is lost in {}…", &html[..40]);
        document
    };
    for tag in [
        "div",
        "blockquote",
        "ul><li",
        "font",
        "b",
        "a href=/x",
        "p",
        "span style=display:none",
        "svg",
        "h1",
        "figure",
        "dl><dd",
        "q",
    ] {
        has(&format!("{}DEEP", format!("<{tag}>").repeat(n)), "DEEP");
    }
    has(&format!("{}DEEP{}AFTER", "<table><tr><td>".repeat(n), "</td></tr></table>".repeat(n)), "AFTER");
    has(&format!("<table><tr>{}</table>AFTER", "<td>x".repeat(200_000)), "AFTER");
    has(&format!("<table>{}</table>AFTER", "<tr>".repeat(200_000)), "AFTER");
    has(&format!("<table>{}</table>AFTER", "<tr><td rowspan=999 colspan=200>x".repeat(n)), "AFTER");
    has(&format!("{}AFTER", "<b><p></b>".repeat(n)), "AFTER");
    has(&format!("{}AFTER", "<i>x</b>".repeat(n)), "AFTER");
    let attributes: Vec<String> = (0..2 * n).map(|i| format!("a{i}")).collect();
    has(&format!("TEXT<a {}>", attributes.join(" ")), "TEXT");
    has(&format!("<p title='{0}'>TEXT</p><img src='data:image/png;base64,{0}'>", "A".repeat(5_000_000)), "TEXT");
    has(&format!("TEXT<title>{}</title>AFTER", "t".repeat(10_000_000)), "AFTER");
    has(&format!("TEXT{}", "<iframe>".repeat(n)), "TEXT");
    has(&format!("TEXT{}", "<!--".repeat(n)), "TEXT");
    has(&format!("TEXT{}", "<".repeat(300_000)), "TEXT");
    has(&format!("TEXT{}", "&".repeat(300_000)), "TEXT");
    has(&format!("TEXT{}", "&amp".repeat(n)), "TEXT");
    has(&format!("TEXT{}", "<br>".repeat(n)), "TEXT");
    has(&format!("TEXT{}", "\n\n".repeat(n)), "TEXT");
    let links: Vec<String> = (0..n).map(|i| format!("<a href=/{i}>l</a> ")).collect();
    let links = links.concat();
    assert_eq!(read_html(&format!("{links}AFTER"), Some("https://q.example")).links.len(), 5_000);
}

#[test]
fn a_long_text_without_end_is_cut() {
    let document = read_html(&format!("<p>{}", "word ".repeat(2_000_000)), None);
    let Block::Paragraph(spans) = &document.blocks[0] else { panic!("no paragraph") };
    assert!(spans[0].text.len() < 4_200_000);
    assert_eq!(spans[0].style, Style::default());
}
