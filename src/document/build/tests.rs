//! Reading: real-life markup, sloppy markup, hostile markup.

use super::read_html;
use crate::document::{Block, Cell, Definition, Document, Figure, Span};

/// A short notation for blocks, so that expectations can be read.
fn outline(document: &Document) -> String {
    document.blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

fn block(block: &Block) -> String {
    let all = |blocks: &[Block]| blocks.iter().map(self::block).collect::<Vec<_>>().join(" ");
    match block {
        Block::Heading(level, inner) => format!("h{level}({})", spans(inner)),
        Block::Paragraph(inner) => format!("p({})", spans(inner)),
        Block::List { numbering, items } => {
            let item = |(at, item): (usize, &Vec<Block>)| {
                let label = numbering.as_ref().map_or("li".to_owned(), |numbering| numbering.label(at));
                format!("{label}({})", all(item))
            };
            let items: Vec<String> = items.iter().enumerate().map(item).collect();
            format!("{}({})", if numbering.is_some() { "ol" } else { "ul" }, items.join(" "))
        }
        Block::Definitions(list) => {
            let one = |definition: &Definition| {
                let terms: Vec<String> = definition.terms.iter().map(|term| spans(term)).collect();
                format!("{}: {}", terms.join(", "), all(&definition.text))
            };
            format!("dl({})", list.iter().map(one).collect::<Vec<_>>().join("; "))
        }
        Block::Quote(inner) => format!("q({})", all(inner)),
        Block::Code(text) => format!("code({text:?})"),
        Block::Table(table) => {
            let cell = |cell: &Cell| {
                let mark = if cell.above { "^".to_owned() } else { ">".repeat(cell.columns - 1) };
                spans(&cell.spans) + &mark
            };
            let row = |row: &Vec<Cell>| row.iter().map(cell).collect::<Vec<_>>().join("|");
            let rows: Vec<String> = table.rows.iter().map(row).collect();
            let caption = if table.caption.is_empty() { String::new() } else { spans(&table.caption) + ": " };
            format!("table{}({caption}{})", "+head".repeat(table.header), rows.join(" / "))
        }
        Block::Rule => "rule".into(),
        Block::Figure(Figure { alt, caption, credit, url }) => {
            let credit = credit.as_ref().map_or(String::new(), |credit| format!(" {{{credit}}}"));
            format!("figure({alt}; {}{credit}; {})", spans(caption), url.as_deref().unwrap_or("-"))
        }
        Block::Embed { kind, title, link } => format!("embed({kind}; {title}{link:?})"),
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
        ("<dl><dt>TEU<dd>a box<dt>FEU</dt><dd>two</dd></dl>", "dl(TEU: p(a box); FEU: p(two))"),
        ("<details><summary>More</summary>text</details>", "p(*More*) p(text)"),
        ("<title>no</title><head><meta></head><body>b</body>", "p(b)"),
    ]);
}

#[test]
fn reads_lists() {
    check(&[
        ("<ul><li>a<li>b</ul>c", "ul(li(p(a)) li(p(b))) p(c)"),
        ("<ol start=3><li>a<ul><li>b</li></ul></li><li>c</ol>", "ol(3.(p(a) ul(li(p(b)))) 4.(p(c)))"),
        ("<ol start=99999999999999999999><li>a</ol>", "ol(1.(p(a)))"),
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
            "table+head(Rates: Lane|USD / A-B|1,200)",
        ),
        ("<table><thead><tr><td>a<td>b</thead><tbody><tr><td>c<td>d</table>", "table+head(a|b / c|d)"),
        ("<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>", "table(a>||b / c|d|e)"),
        ("<table><tr><td rowspan=2>a<td>b<tr><td>c<tr><td>d<td>e</table>", "table(a|b / ^|c / d|e)"),
        ("<table><tr><td>a<td rowspan=2>b<tr><td>c<tr><td>d<td>e</table>", "table(a|b / c|^ / d|e)"),
        ("<table><tr><td><p>a<p>b<td>c<ul><li>d<li>e</ul><tr><td>f</table>", "table(a⏎b|c⏎- d⏎- e / f|)"),
        // For the page's layout only.
        ("<table><tr><td>a<tr><td><h1>b</h1></table>", "p(a) h1(b)"),
        ("<table><tr><td>a<td><table><tr><td>b<td>c</table></table>d", "p(a) table(b|c) p(d)"),
        ("<table><tr><td><p>a<p>b<td><p>c<p>d</table>", "p(a) p(b) p(c) p(d)"),
        // Hostile spans.
        (
            "<table><tr><td colspan=1000000000>A<td rowspan=0>B</tr><tr><td rowspan=2>C<td rowspan=65535>D</table><p>X",
            "table(A B>| / C|D) p(X)",
        ),
    ]);
}

#[test]
fn reads_pictures_and_embeds() {
    check(&[
        ("<img src=/a.jpg alt='A  ship'>", "figure(A ship; ; https://quay.example/a.jpg)"),
        (
            "<figure><img src='data:image/gif;base64,R' data-src=b.jpg><figcaption><p>At sea</p><p>© J</p></figcaption></figure>t",
            "figure(; At sea {© J}; https://quay.example/news/b.jpg) p(t)",
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
fn tells_credits_from_captions() {
    let at = "https://quay.example/a";
    for (html, expected) in [
        ("<img src=/a alt=x><figcaption>Quay at dawn. Photo: J. Doe</figcaption>", "x; Quay at dawn. {Photo: J. Doe}"),
        (
            "<img src=/a><figcaption>Quay <span class=credit>J. Doe / <a href=/d>Quay Press</a></span></figcaption>",
            "; Quay {J. Doe / Quay Press}",
        ),
        ("<img src=/a><small>J. Doe</small><figcaption>Quay</figcaption>", "; Quay {J. Doe}"),
        (
            "<img src=/a><figcaption><small>Quay at dawn. © J. Doe | Agency</small></figcaption>",
            "; Quay at dawn. {© J. Doe | Agency}",
        ),
        ("<div><img src=/a></div><p class='image-byline'>By <span>J.</span> Doe</p>", ";  {By J. Doe}"),
        ("<img src=/a data-credit='Quay Press'><figcaption>Dawn</figcaption>", "; Dawn {Quay Press}"),
    ] {
        check(&[(&format!("<figure>{html}</figure>"), &format!("figure({expected}; {at})"))]);
    }
    check(&[
        (
            "<p><img src=/a alt=x></p><p><em>Image credit: J. Doe</em></p><p>Text</p>",
            "figure(x;  {Image credit: J. Doe}; https://quay.example/a) p(Text)",
        ),
        (
            "<figure><table><tr><td>a<td>b</table><figcaption>Rates. Source: Q</figcaption></figure>",
            "table(Rates. Source: Q: a|b)",
        ),
        (
            "<figure><video src=/v></video><figcaption>At sea <b class=credit>J. Doe</b></figcaption></figure>",
            "embed(video; Some(0)) p(°At sea°°⏎°°J. Doe°)",
        ),
        ("<p class=credit>By the desk</p><small>small</small>", "p(By the desk) p(°small°)"),
    ]);
    let document = read_html(
        "<p>a<img src=/1 alt=b><ul><li><img src=/2 alt=c></ul><blockquote><img src=/3 alt=d></blockquote>",
        Some(at),
    );
    let alts: Vec<&str> = document.figures().iter().map(|figure| &*figure.alt).collect();
    assert_eq!(alts, ["b", "c", "d"]);
}

#[test]
fn reads_pictures_that_load_late() {
    let at = |url: &str| format!("figure(x; ; https://quay.example/{url})");
    for (html, url) in [
        ("<img alt=x src=/blank.gif data-src=/real.jpg>", "real.jpg"),
        ("<img alt=x src='data:image/gif;base64,R' srcset='/s.jpg 320w, /m.jpg 1200w, /l.jpg 3000w'>", "m.jpg"),
        ("<picture><source srcset='/a.webp 2x'><img alt=x></picture>", "a.webp"),
        ("<picture><source srcset='/a.webp'><img alt=x src=/b.jpg></picture>", "b.jpg"),
        ("<img alt=x src='data:,'><noscript><img src=/n.jpg></noscript>", "n.jpg"),
        ("<img alt=x src=/own.jpg><noscript><img src=/n.jpg></noscript>", "own.jpg"),
        ("<img alt=x data-src='/w_{width}.jpg' data-srcset='/w1.jpg 800w'>", "w1.jpg"),
    ] {
        check(&[(html, &at(url))]);
    }
}

#[test]
fn reads_numbered_lists_of_each_kind() {
    check(&[
        ("<ol type=a start=26><li>x<li>y</ol>", "ol(z.(p(x)) aa.(p(y)))"),
        ("<ol type=I reversed><li>x<li>y<li value=9>z</ol>", "ol(III.(p(x)) II.(p(y)) IX.(p(z)))"),
        ("<ol start=9223372036854775807><li>A<li>B</ol>", "ol(9223372036854775807.(p(A)) 9223372036854775807.(p(B)))"),
        ("<ol start=-5><li>C</ol>", "ol(-5.(p(C)))"),
    ]);
}

#[test]
fn reads_terms_with_what_they_mean() {
    check(&[
        (
            "<dl><dt>TEU</dt><dt>FEU</dt><dd><p>a box</p><ul><li>b</ul></dd><dd>c</dd></dl>d",
            "dl(TEU, FEU: p(a box) ul(li(p(b))) p(c)) p(d)",
        ),
        ("<dl><div><dt><b>A</b></dt><dd>b</dd></div><div><dt>C</dt><dd>d</dd></div></dl>", "dl(*A*: p(b); C: p(d))"),
        ("<dl>x<dt>A</dl><dd>loose", "dl(: p(x); A: ) dl(: p(loose))"),
        ("<dl><dt>A<dd><dl><dt>B<dd>c</dl></dl>", "dl(A: dl(B: p(c)))"),
    ]);
}

#[test]
fn reads_notes_and_abbreviations() {
    check(&[
        ("<p>Rates<sup><a href='#fn1'>1</a></sup> rose.<a href='#fn2'>[12]</a></p>", "p(Rates¹ rose.¹²)"),
        ("a<sup class=reference><a href='#n'><span>[</span>3<span>]</span></a></sup>", "p(a³)"),
        ("<ol><li id=fn1>The note. <a href='#r1'>↩︎</a></li></ol>", "ol(1.(p(The note.)))"),
        ("<a href='#top'>Contents 1</a> <a href='#s1'>1</a> Rates", "p(Contents 1 1 Rates)"),
        (
            "<abbr title='Twenty-foot equivalent unit'>TEU</abbr>, <abbr title='Twenty-foot equivalent unit'>TEU</abbr>",
            "p(TEU °(Twenty-foot equivalent unit)°, TEU)",
        ),
        (
            "twenty-foot equivalent unit (<abbr title='Twenty-foot equivalent unit'>TEU</abbr>)",
            "p(twenty-foot equivalent unit (TEU))",
        ),
        ("<abbr title='2026-01-01T00:00'>today</abbr>", "p(today)"),
        ("x<sup>(n+1)</sup> H<sub>2</sub>SO<sub>4</sub> y<sup>-2</sup> z<sup>[7]</sup>", "p(x⁽ⁿ⁺¹⁾ H₂SO₄ y⁻² z⁷)"),
    ]);
}

#[test]
fn leaves_out_what_is_hidden() {
    check(&[
        ("<p style='display:none'>H1</p><p hidden>H2</p><p style='font-size:0'>H3</p><p>SHOWN</p>", "p(SHOWN)"),
        ("<p hidden>H<p>shown<div>too", "p(shown) p(too)"),
        (
            "a<span aria-hidden=true>•</span><i aria-hidden=TRUE>x</i>b<b style='VISIBILITY: Hidden !important; x'>c</b>",
            "p(ab)",
        ),
        ("<div hidden=until-found>found</div>", "p(found)"),
        ("<div aria-hidden=true><p>All there is</p></div>", "p(All there is)"),
        ("<span hidden>never closed<p>text", "p(never closed) p(text)"),
    ]);
}

#[test]
fn reads_embeds_as_the_page_behind_them() {
    let embed = |html: &str| {
        let document = read_html(html, Some("https://quay.example/"));
        (outline(&document), document.links.first().map(|link| link.url.clone()).unwrap_or_default())
    };
    assert_eq!(
        embed("<iframe src='//www.youtube.com/embed/abc?rel=0' title='YouTube video player'></iframe>"),
        ("embed(video; Some(0))".into(), "https://www.youtube.com/watch?v=abc".into())
    );
    assert_eq!(
        embed("<iframe data-src='https://player.vimeo.com/video/1' title='The longest quay of the north'></iframe>"),
        ("embed(video; The longest quay of the northSome(0))".into(), "https://vimeo.com/1".into())
    );
    assert_eq!(
        embed("<amp-youtube data-videoid=q></amp-youtube>"),
        ("embed(video; Some(0))".into(), "https://www.youtube.com/watch?v=q".into())
    );
}

#[test]
fn reads_headers_of_several_rows_and_spans_over_columns_that_are_there() {
    check(&[
        (
            "<table><thead><tr><th rowspan=2>Port<th colspan=2>USD<tr><th>20'<th>40'</thead><tr><td>Quay<td>1<td>2</table>",
            "table+head+head(Port|USD>| / ^|20'|40' / Quay|1|2)",
        ),
        ("<table><tr><td colspan=3>a<td>b<tr><td>c<td><td><td>d</table>", "table(a|b / c|d)"),
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
            "p(https://bank.example/[0]° (evil.invalid)°[0])",
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
        ("<svg><text>s</text><foreignObject><p>a</p></foreignObject><text>t</text></svg>b", "p(a) p(b)"),
        ("a<!-- x --!>b<!--->c<!-- -- -->d", "p(abcd)"),
        ("<noscript><p>a</noscript>", "p(a)"),
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
fn tables_of_pictures_place_them_and_bold_rows_are_headers() {
    let at = "https://quay.example";
    check(&[
        (
            "<table><tr><td><img src=/a alt=x><td><img src=/b alt=y><tr><td>left<td>right</table>",
            &format!("figure(x; ; {at}/a) figure(y; ; {at}/b) p(left) p(right)"),
        ),
        (
            "<table><tr><td>Flag<td>Port<td>TEU<tr><td><img src=/f width=9><td>Gdynia<td>9</table>",
            "table(Flag|Port|TEU / °[picture]°|Gdynia|9)",
        ),
        (
            "<table><tr><td><b>Lane</b><td><b>USD</b><tr><td>A-B<td>1,200</table>",
            "table+head(*Lane*|*USD* / A-B|1,200)",
        ),
        ("<table><tr><td><b>A</b><td><b>B</b><tr><td><b>C</b><td><b>D</b></table>", "table(*A*|*B* / *C*|*D*)"),
        ("<table><tr><td><b>Lane</b><td>A-B<tr><td>USD<td>9</table>", "table(*Lane*|A-B / USD|9)"),
    ]);
}

#[test]
fn a_text_that_repeats_a_description_is_the_caption() {
    let alt = "Big Anna, the tallest crane of the outer harbour";
    let at = "https://quay.example/a";
    check(&[
        (
            &format!("<img src=/a alt='{alt}.'><p>{alt}, on Tuesday. Photo: J. Doe</p><p>Text"),
            &format!("figure({alt}.; {alt}, on Tuesday. {{Photo: J. Doe}}; {at}) p(Text)"),
        ),
        (
            &format!("<figure><img src=/a alt='{alt}'></figure><ul><li><p>{alt}</p></li></ul><p>Text"),
            &format!("figure({alt}; {alt}; {at}) p(Text)"),
        ),
        (
            &format!(
                "<img src=/a alt='{alt}'><p>The tallest crane of all fell on Tuesday night, and nobody was hurt.</p>"
            ),
            &format!("figure({alt}; ; {at}) p(The tallest crane of all fell on Tuesday night, and nobody was hurt.)"),
        ),
        ("<img src=/a alt=Cranes><p>Cranes</p>", &format!("figure(Cranes; ; {at}) p(Cranes)")),
    ]);
    let figure = |alt: &str, caption: &str| Figure {
        alt: alt.to_owned(),
        caption: vec![Span::styled(caption, crate::document::Style::default())],
        ..Figure::default()
    };
    assert_eq!(figure("Big Anna, the tallest crane of the out", alt).description(), "");
    assert_eq!(figure("A barge", alt).description(), "A barge");
}

#[test]
fn what_feeds_add_at_the_end_goes_and_signs_of_more_stay_with_the_text() {
    let tail = "The post <a href=/1>Rates sag</a> appeared first on <a href=/>Quay Times</a>.";
    check(&[
        (&format!("<p>Rates <a href=/2>sag</a>.</p><p>{tail}</p>"), "p(Rates sag[0].)"),
        (&format!("Rates <a href=/2>sag</a>. {tail}"), "p(Rates sag[0].)"),
        ("<p>Rates sag and</p><p>...</p>", "p(Rates sag and ...)"),
        ("<p>Rates sag</p><p>[…]</p><p>again</p>", "p(Rates sag) p([…]) p(again)"),
        ("<a href=/3>Rates sag</a>&nbsp;&nbsp;<font color=\"#6f6f6f\">Quay Times</font>", ""),
    ]);
    let document = read_html(&format!("<p>Rates <a href=/2>sag</a>. {tail}</p>"), Some("https://quay.example/news/1"));
    assert_eq!(document.links.len(), 1);
}
