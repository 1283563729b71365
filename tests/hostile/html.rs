//! HTML of articles and of whole pages: foreign content, templates, broken nesting, floods. Holds R15 and R14, and R6 for HTML.

use tidings::document::{self, Setting};
use tidings::engine::PageSource;

use crate::case::Case;
use crate::feeds::{rss, told};
use crate::run::hold;
use crate::support::library::Library;

/// Each says `SHOWN` to its reader and `SMUGGLED` to nobody.
const SAYING: [&str; 66] = [
    "<script>SMUGGLED</script><p>SHOWN",
    "<SCRIPT SRC=x>SMUGGLED</SCRIPT ><p>SHOWN",
    "<script><!--<script>SMUGGLED</script>--></script><p>SHOWN",
    "<style>SMUGGLED</style><p>SHOWN",
    "<style><!-- </style><p>SHOWN",
    "<p>SHOWN<script>SMUGGLED",
    "<p>SHOWN<style>SMUGGLED",
    "<template><p>SMUGGLED</template><p>SHOWN",
    "<template><template>SMUGGLED</template></template><p>SHOWN",
    "<p>SHOWN<svg><script>SMUGGLED</script></svg>",
    "<p>SHOWN<svg><style>SMUGGLED</style></svg>",
    "<svg><desc>x</desc></svg><p>SHOWN",
    "<svg><foreignObject><p>SHOWN</p></foreignObject></svg>",
    "<math><mi>x</mi><annotation-xml encoding='text/html'><p>x</p></annotation-xml></math><p>SHOWN",
    "<math><mtext><script>SMUGGLED</script>SHOWN</mtext></math>",
    "<math><annotation encoding='application/x-tex'>x</annotation></math><p>SHOWN",
    "<svg><title><script>SMUGGLED</script></title></svg><p>SHOWN",
    "<svg></p><p>SHOWN",
    "<select><option>one<option>two</select><p>SHOWN",
    "<select><p>x<script>SMUGGLED</script></select><p>SHOWN",
    "<p>SHOWN<input value=SMUGGLED><textarea>x</textarea>",
    "<form><input type=hidden value=SMUGGLED></form>SHOWN",
    "<button onclick=SMUGGLED>x</button><p>SHOWN",
    "<datalist><option value=SMUGGLED></datalist>SHOWN",
    "<ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby> SHOWN",
    "<ruby><rb>x<rtc><rt>y</ruby><p>SHOWN",
    "<p>SHOWN<!-- SMUGGLED -->",
    "<!--><p>SHOWN",
    "<!---><p>SHOWN",
    "<!-- x --!><p>SHOWN",
    "<!-- a -- b --><p>SHOWN",
    "<!- x -><p>SHOWN",
    "<? php SMUGGLED ?><p>SHOWN",
    "<!x SMUGGLED><p>SHOWN",
    "</ SMUGGLED><p>SHOWN",
    "<!--[if IE]><p>SMUGGLED</p><![endif]--><p>SHOWN",
    "<![if !IE]><p>SHOWN</p><![endif]>",
    "<p>SHOWN</p><!-- never closed",
    "<noscript><p>SHOWN</p></noscript>",
    "<iframe>SMUGGLED</iframe><p>SHOWN",
    "<noembed>SMUGGLED</noembed><p>SHOWN",
    "<noframes>SMUGGLED</noframes><p>SHOWN",
    "<p>SHOWN<object data=x><param value=SMUGGLED></object>",
    "<embed src=SMUGGLED:x><p>SHOWN",
    "<applet code=SMUGGLED></applet><p>SHOWN",
    "<head><title>x</title></head><body><p>SHOWN",
    "<html><body onload=SMUGGLED()><p>SHOWN</body></html>",
    "<p onclick='SMUGGLED'>SHOWN",
    "<p style='background:url(SMUGGLED)'>SHOWN",
    "<meta http-equiv=refresh content='0;url=SMUGGLED:'><p>SHOWN",
    "<base href=SMUGGLED:/><p>SHOWN",
    "<link rel=stylesheet href=SMUGGLED:x><p>SHOWN",
    "<p hidden>SMUGGLED</p><p>SHOWN",
    "<p style='display:none'>SMUGGLED</p><p>SHOWN",
    "<p style=\"DISPLAY : NONE !important\">SMUGGLED</p><p>SHOWN",
    "<span style='visibility:hidden'>SMUGGLED</span>SHOWN",
    "<dialog>x</dialog><p>SHOWN",
    "<p aria-hidden=true>x</p>SHOWN",
    "<details><summary>SHOWN</summary>x</details>",
    "<plaintext>SHOWN",
    "<xmp><b>SHOWN</b></xmp>",
    "<listing>SHOWN",
    "<title>x</title><p>SHOWN",
    "<table><p>SHOWN</table>",
    "<table><tr><td>SHOWN<table><tr><td>x",
    "<caption><col><tr><td>SHOWN",
];

/// Each says `SHOWN`, however much of something else there is.
fn floods() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for tag in [
        "a href=/x",
        "b",
        "i",
        "u",
        "em",
        "font color=red",
        "span",
        "div",
        "p",
        "section",
        "article",
        "blockquote",
        "q",
        "ul><li",
        "ol><li",
        "li",
        "dl><dt",
        "dd",
        "table",
        "tr",
        "td",
        "table><tr><td",
        "table><caption",
        "thead",
        "colgroup",
        "form",
        "fieldset",
        "label",
        "select",
        "optgroup",
        "option",
        "button",
        "details",
        "summary",
        "figure",
        "figcaption",
        "svg",
        "svg><g",
        "math",
        "math><mrow",
        "math><annotation-xml encoding=text/html",
        "svg><foreignObject",
        "template",
        "ruby",
        "rt",
        "h1",
        "pre",
        "code",
        "sup",
        "sub",
        "object",
        "video",
        "audio",
        "picture",
        "map",
        "nobr",
        "marquee",
        "frameset",
        "body",
        "html",
        "center",
        "abbr title=x",
        "ins",
        "del",
        "bdo dir=rtl",
    ] {
        all.push((
            format!("nested-{}", tag.replace(|c: char| !c.is_ascii_alphanumeric(), "-")),
            format!("{}SHOWN", format!("<{tag}>").repeat(250)),
        ));
    }
    let n = 500;
    for (id, html) in [
        ("misnested", "<b><i><p></b></i>".repeat(n) + "SHOWN"),
        ("adoption", "<a><b><div></a>".repeat(n) + "SHOWN"),
        ("formatting", (0..n).map(|k| format!("<font size={k}>")).collect::<String>() + "SHOWN"),
        ("closing", "</p></br></b></div></table>".repeat(n) + "SHOWN"),
        ("wide-row", "<table><tr>".to_owned() + &"<td>x".repeat(4_000) + "</table>SHOWN"),
        ("tall-table", "<table>".to_owned() + &"<tr><td>x".repeat(4_000) + "</table>SHOWN"),
        ("spans", "<table>".to_owned() + &"<tr><td colspan=1000000000 rowspan=65535>x<td rowspan=0>y".repeat(200) + "</table>SHOWN"),
        ("spans-odd", "<table><tr><td colspan=-1>a<td colspan=0>b<td colspan=99999999999999999999>c<td rowspan=x>d<tr><th scope=row rowspan=99>SHOWN</table>".to_owned()),
        ("columns", "<table><col span=1000000000><colgroup span=99999><tr><td>SHOWN</table>".to_owned()),
        ("numbers", "<ol start=9223372036854775807 reversed type=I><li value=-9223372036854775808>a<li value=99999999999999999999>b<li>SHOWN</ol>".to_owned()),
        ("roman", "<ol type=I start=3999><li>a<li>b<li>SHOWN</ol><ol type=a start=99999999><li>x</ol><ol type=i start=-5><li>y</ol>".to_owned()),
        ("sources", format!("<img alt=SHOWN srcset='{}'>", (0..n).map(|k| format!("/{k}.jpg {k}w, ")).collect::<String>())),
        ("sources-odd", "<img alt=SHOWN src=/x srcset='a b c d,,, data:x 1x, , /y 99999999999999999999w, z -1x, q 1e999x' sizes='calc(((('>".to_owned()),
        ("data-image", format!("SHOWN<img alt=x src='data:image/png;base64,{}'>", "A".repeat(1 << 20))),
        ("data-svg", "SHOWN<img alt=x src='data:image/svg+xml,%3Csvg onload=alert(1)%3E'>".to_owned()),
        ("long-word", format!("{} SHOWN", "x".repeat(1 << 18))),
        ("long-text", format!("<p>SHOWN {}", "word ".repeat(1 << 17))),
        ("breaks", format!("{}SHOWN", "<br>".repeat(10_000))),
        ("rules", format!("{}SHOWN", "<hr>".repeat(4_000))),
        ("spaces", format!("<pre>{}SHOWN</pre>", " ".repeat(20_000))),
        ("tabs", format!("<pre>{}SHOWN</pre>", "\t".repeat(4_000))),
        ("lines", format!("<pre>{}SHOWN</pre>", "\n".repeat(10_000))),
        ("attributes", format!("<p {}>SHOWN", (0..4_000).map(|k| format!("a{k}=1 ")).collect::<String>())),
        ("same-attributes", format!("<p {}>SHOWN", "class=a ".repeat(4_000))),
        ("long-attribute", format!("<p class='{0}' id='{0}' style='{0}'>SHOWN", "x;".repeat(1 << 18))),
        ("long-tag", format!("<{}>SHOWN", "x".repeat(1 << 18))),
        ("open-tag", format!("SHOWN<p {}", "x ".repeat(10_000))),
        ("open-attribute", format!("SHOWN<p title='{}", "x ".repeat(10_000))),
        ("angles", format!("SHOWN {}", "<".repeat(20_000))),
        ("ampersands", format!("SHOWN {}", "&".repeat(20_000))),
        ("entities", format!("SHOWN {}", "&amp;&#x41;&notin;&CounterClockwiseContourIntegral;".repeat(3_000))),
        ("entity-long", format!("SHOWN &{};", "a".repeat(20_000))),
        ("entity-numbers", format!("SHOWN {}", "&#99999999999999;&#x0;&#xD800;&#128;&#x1b;".repeat(3_000))),
        ("cdata", "<p>SHOWN<![CDATA[ x <b>y</b> ]]>".to_owned()),
        ("cdata-svg", "<svg><![CDATA[ x ]]></svg><p>SHOWN".to_owned()),
        ("doctypes", format!("{}SHOWN", "<!DOCTYPE html>".repeat(n))),
        ("comments", format!("{}SHOWN", "<!-- x -->".repeat(4_000))),
        ("abbreviations", (0..n).map(|k| format!("<abbr title='m{k}'>k{k}</abbr>")).collect::<String>() + "SHOWN"),
        ("footnotes", (0..n).map(|k| format!("<a href='#f{k}'>{k}</a>")).collect::<String>() + "<p id=f1>SHOWN"),
        ("figures", "<figure><img src=/x alt=y><figcaption>z".repeat(n) + "SHOWN"),
        ("media", "<video><source src=/a.mp4><track src=/b></video><audio src=/c.mp3></audio>".repeat(n / 3) + "SHOWN"),
        ("frames", "<iframe src=https://v.example/1 title=x></iframe>".repeat(n) + "SHOWN"),
        ("marks", format!("SHOWN e{}", "&#x301;".repeat(10_000))),
        ("joined", format!("SHOWN {}", "&#x1F468;&zwj;".repeat(4_000))),
        ("right-to-left", "<bdo dir=rtl>SHOWN</bdo><p dir=rtl>&rlm;&#x202e;x".to_owned()),
        ("nothing", "SHOWN<p></p><ul></ul><ol></ol><table></table><table><tr></tr></table><dl></dl><figure></figure><pre></pre><blockquote></blockquote><details></details><picture></picture><h1></h1>".to_owned()),
    ] {
        all.push((id.to_owned(), html));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_say_what_they_have_to_say_and_nothing_else() {
    let mut cases: Vec<Case> = SAYING
        .iter()
        .enumerate()
        .map(|(n, html)| Case::body(format!("says-{n}"), rss(&told(html))).has("SHOWN").lacks("SMUGGLED").polls(1))
        .collect();
    cases.extend(floods().into_iter().map(|(id, html)| Case::body(id, rss(&told(&html))).has("SHOWN").polls(1)));
    hold(cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_the_same_markup_are_read_and_nothing_is_asked_for() {
    let library = Library::new(&[]).await;
    let words = "The pilots said on Monday that the tugs would return to the north basin within the week. ".repeat(6);
    let mut wrong = Vec::new();
    let says = SAYING.iter().enumerate().map(|(n, html)| (format!("says-{n}"), (*html).to_owned()));
    for (id, html) in says.chain(floods()) {
        let page = format!(
            "<!doctype html><html><head><title>Pilots</title></head><body><article><h1>Pilots</h1><p>{words}</p>{html}</article></body></html>"
        );
        let source = PageSource::Document {
            name: id.clone(),
            bytes: page.into_bytes(),
            base: Some("https://slipway.example/p".to_owned()),
        };
        let Ok(read) = library.engine.read_page(source).await else {
            continue;
        };
        if read.text.html.contains("SMUGGLED()") || read.plain.contains("SMUGGLED") {
            wrong.push(format!("{id}: smuggled"));
        }
        let set = document::read_html(&read.text.html, Some("https://slipway.example/p"));
        for width in [0, 40] {
            for line in document::layout(&set, &Setting { width, ..Setting::default() }) {
                if line.spans.iter().any(|span| span.text.chars().any(char::is_control)) {
                    wrong.push(format!("{id}: a control at width {width}"));
                }
            }
        }
        if !read.plain.contains("The pilots said") {
            wrong.push(format!("{id}: the text is lost in {:?}", &read.plain[..read.plain.floor_char_boundary(80)]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
