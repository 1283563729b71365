//! What feeds do to their own articles, and how it is undone: markup escaped twice, advertising tails.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use html5ever::tokenizer::Tag;
use memchr::memmem;

use super::blocks::Span;
use super::sink::{self, Listener};

/// Elements whose escaped form shows that markup was escaped once too often.
const TELLTALES: [&str; 14] =
    ["p", "div", "br", "a", "img", "ul", "ol", "li", "strong", "em", "span", "blockquote", "h2", "figure"];
/// Elements that a feed wraps around escaped markup.
const WRAPPERS: [&str; 4] = ["p", "div", "br", "span"];

/// The beginning, middle and end of the last paragraph that WordPress adds to each article, in its commonest languages.
const TAILS: [(&str, &str); 11] = [
    ("The post ", " appeared first on "),
    ("The post ", " first appeared on "),
    ("Der Beitrag ", " erschien zuerst auf "),
    ("La entrada ", " se publicó primero en "),
    ("La entrada ", " aparece primero en "),
    ("O post ", " apareceu primeiro em "),
    ("O conteúdo ", " apareceu primeiro em "),
    ("L’article ", " est apparu en premier sur "),
    ("Het bericht ", " verscheen eerst op "),
    ("L'articolo ", " proviene da "),
    ("L’articolo ", " proviene da "),
];

/// Finds the middles of all of them at once; none where it cannot be built.
static MIDDLES: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(TAILS.map(|(_, middle)| middle)).ok());

/// Longest such paragraph in bytes: longer ones are prose.
const MAX_TAIL: usize = 600;

/// Longest link with the name of a publication and nothing else, in bytes.
const MAX_POINTER: usize = 4_000;

/// The markup within `html`, when all of it is escaped (`&lt;p&gt;`) and none is real.
pub(super) fn unescaped(html: &str) -> Cow<'_, str> {
    if memmem::find(html.as_bytes(), b"&lt;").is_none() || !has_escaped_tag(html) || has_real_tag(html) {
        return Cow::Borrowed(html);
    }
    Cow::Owned(sink::read(html, Decoded::default).0)
}

/// Whether a closing tag, a break or a picture stands there escaped. A lone `&lt;p&gt;` may be what the text is about.
fn has_escaped_tag(html: &str) -> bool {
    html.match_indices("&lt;").any(|(at, mark)| {
        let rest = &html[at + mark.len()..];
        let (closing, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let name = name_of(rest);
        if closing { is_one_of(name, &TELLTALES) } else { is_one_of(name, &["br", "img"]) }
    })
}

fn has_real_tag(html: &str) -> bool {
    html.match_indices('<').any(|(at, _)| {
        let rest = &html[at + 1..];
        let name = name_of(rest.strip_prefix('/').unwrap_or(rest));
        !name.is_empty() && !is_one_of(name, &WRAPPERS)
    })
}

fn name_of(rest: &str) -> &str {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    &rest[..end]
}

fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether a last paragraph is the one that says where the article appeared first.
pub(super) fn is_tail(text: &str) -> bool {
    // A teaser may have been cut within it.
    let is =
        |(start, middle): &(&str, &str)| text == start.trim_end() || (text.starts_with(start) && text.contains(middle));
    text.len() <= MAX_TAIL && TAILS.iter().any(is)
}

/// Where such a paragraph begins within the last paragraph, when it stands in one with the text: in bytes.
pub(super) fn tail_begins(text: &str) -> Option<usize> {
    if is_tail(text) {
        return Some(0);
    }
    let from = text.ceil_char_boundary(text.len().saturating_sub(MAX_TAIL));
    // Nearly no article has one.
    if MIDDLES.as_ref().is_some_and(|middles| !middles.is_match(&text[from..])) {
        return None;
    }
    TAILS.iter().find_map(|(start, middle)| {
        let middle = from + text[from..].rfind(middle)?;
        let at = from + text[from..middle].rfind(start)?;
        // It follows a whole sentence or a sign that the text goes on.
        let before = text[..at].trim_end();
        before.ends_with(['.', '!', '?', '…', ']', '”', '"', '»', ')', '\u{2019}']).then_some(at)
    })
}

/// Cuts it from the spans of a last paragraph. True when something was cut.
pub(super) fn cut_tail(spans: &mut Vec<Span>) -> bool {
    let text: String = spans.iter().map(|span| &*span.text).collect();
    let Some(at) = tail_begins(&text) else { return false };
    let mut left = text[..at].trim_end().len();
    spans.retain_mut(|span| {
        let take = left.min(span.text.len());
        left -= take;
        span.text.truncate(take);
        !span.text.is_empty()
    });
    true
}

/// Whether the whole of it is a link and the name of a publication, as Google News writes: no text of an article.
pub(super) fn is_bare_pointer(html: &str) -> bool {
    let html = html.trim();
    html.len() <= MAX_POINTER
        && html.starts_with("<a ")
        && html.ends_with("</font>")
        && html.matches("</a>").count() == 1
        && html.matches("<font").count() == 1
        && html.contains("</a>&nbsp;&nbsp;<font color=\"#6f6f6f\">")
}

/// Whether a paragraph only says that the text goes on elsewhere.
pub(super) fn is_ellipsis(text: &str) -> bool {
    matches!(text.trim(), "…" | "..." | "[…]" | "[...]" | "[ … ]" | "(…)" | "(...)")
}

/// Collects the text of markup as it is, only decoded.
#[derive(Default)]
struct Decoded(String);

impl Listener for Decoded {
    fn text(&mut self, text: &str) {
        self.0.push_str(text);
    }

    fn open(&mut self, _tag: &Tag) {
        self.0.push('\n');
    }

    fn close(&mut self, _name: &str) {
        self.0.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::blocks::Style;

    #[test]
    fn reads_markup_that_was_escaped_twice_and_leaves_talk_about_markup() {
        assert_eq!(unescaped("&lt;p&gt;A &amp;amp; B&lt;/p&gt;"), "<p>A &amp; B</p>");
        assert_eq!(unescaped("<div>&lt;a href=\"x\"&gt;A&lt;/a&gt;</div>").trim(), "<a href=\"x\">A</a>");
        for kept in ["the &lt;p&gt; tag", "<pre>&lt;/p&gt;</pre>", "a < b &lt; c", "<b>x</b>", "teu &lt;/5 days"] {
            assert_eq!(unescaped(kept), kept);
        }
    }

    #[test]
    fn finds_the_tail_behind_the_text() {
        let cut = |text: &str| tail_begins(text).map(|at| text[..at].trim_end().to_owned());
        let tail = "The post Box rates sag appeared first on Quay Times.";
        for text in ["Rates sag.", "Rates [&#8230;]", "Rates […]", "“Rates sag.”"] {
            assert_eq!(cut(&format!("{text} {tail}")).as_deref(), Some(text), "{text}");
        }
        assert_eq!(cut(&format!("He wrote that The post {tail}")), None);
        assert_eq!(cut(&format!("Rates sag. {tail} {}", "y".repeat(700))), None);
        let mut spans = vec![
            Span::styled("Rates sag. The post ", Style::default()),
            Span::styled("Rates", Style::BOLD),
            Span::styled(" appeared first on Quay Times.", Style::default()),
        ];
        assert!(cut_tail(&mut spans));
        assert_eq!(spans, [Span::styled("Rates sag.", Style::default())]);
    }

    #[test]
    fn a_link_with_a_name_is_no_text() {
        let link = "<a href=\"https://news.example/1\" target=\"_blank\">Box rates sag</a>";
        assert!(is_bare_pointer(&format!("{link}&nbsp;&nbsp;<font color=\"#6f6f6f\">Quay Times</font>")));
        for text in [format!("{link} in the <font color=\"#6f6f6f\">Quay Times</font>"), link.to_owned(), String::new()]
        {
            assert!(!is_bare_pointer(&text), "{text}");
        }
    }

    #[test]
    fn knows_the_tail_from_prose() {
        assert!(is_tail("The post Box rates sag appeared first on Quay Times."));
        assert!(is_tail("Der Beitrag Frachtraten fallen erschien zuerst auf Hafenblatt."));
        assert!(is_tail("The post"));
        assert!(!is_tail("The post office said rates rose"));
        assert!(!is_tail(&format!("The post x appeared first on {}", "y".repeat(700))));
    }
}
