//! Lines of plain text out of what publishers put into titles, names and categories.

use std::borrow::Cow;

use super::references::decode;
use super::repair::{HtmlToken, Lexer};
use crate::text;

/// Characters of a title (THREATS R6).
const LONGEST_LINE: usize = 1_000;

/// Columns of a title that is made of a text's beginning.
const TEASER: usize = 80;

/// Bytes of a text that are looked at for its beginning.
const TEASER_WITHIN: usize = 16 << 10;

/// Elements that may stand in a line; anything else in angle brackets is text (`the <T> class`).
const INLINE: [&str; 38] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "svg",
    "time", "tt", "u", "var", "wbr", "ruby", "rt",
];

/// Elements that separate words.
const BLOCK: [&str; 33] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

/// One clean line of a foreign text: references resolved (twice, for those who escape twice), markup taken out.
pub(super) fn one_line(raw: &str) -> String {
    let plain = if raw.contains(['<', '&']) {
        let once = decode(&strip(raw)).into_owned();
        let twice = if once.contains("</") { strip(&once) } else { Cow::Borrowed(once.as_str()) };
        decode(&twice).into_owned()
    } else {
        raw.to_owned()
    };
    limited(&text::clean_line(&plain))
}

/// At most [`LONGEST_LINE`] characters.
fn limited(line: &str) -> String {
    match line.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.to_owned(),
    }
}

/// True when the text has markup in it.
pub(super) fn has_markup(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| known_tag(&text[at..]).is_some())
}

/// Takes known tags out; those of blocks leave a space. Programs and styles go with what is in them.
fn strip(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find('<') else { return Cow::Borrowed(text) };
    let mut plain = text[..first].to_owned();
    let mut rest = &text[first..];
    // Where one is not closed none behind it is: looking again and again would take quadratic time.
    let mut unclosed = [false; PROGRAMS.len()];
    while rest.starts_with('<') {
        let used = if let Some(used) = program(rest, &mut unclosed) {
            used
        } else if let Some((used, is_block)) = known_tag(rest) {
            plain.extend(is_block.then_some(' '));
            used
        } else {
            plain.push('<');
            1
        };
        let next = rest[used..].find('<').map_or(rest.len(), |at| used + at);
        plain.push_str(&rest[used..next]);
        rest = &rest[next..];
    }
    Cow::Owned(plain)
}

/// Elements whose content is no text.
const PROGRAMS: [(&str, &str); 2] = [("<script", "</script"), ("<style", "</style")];

/// The length of the element that the text begins with, from its tag to its end, if it is a program and has an end.
fn program(text: &str, unclosed: &mut [bool; PROGRAMS.len()]) -> Option<usize> {
    let begins = |text: &str, tag: &str| {
        let head = text.as_bytes().get(..tag.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(tag.as_bytes()))
    };
    let kind = PROGRAMS.iter().position(|(open, _)| begins(text, open))?;
    let (open, close) = PROGRAMS[kind];
    if unclosed[kind] || !text[open.len()..].starts_with(['>', ' ', '/', '\n', '\t']) {
        return None;
    }
    let end = text.match_indices("</").find(|(at, _)| begins(&text[*at..], close));
    let end = end.and_then(|(at, _)| Some(at + text[at..].find('>')? + 1));
    unclosed[kind] = end.is_none();
    end
}

/// The length of the tag that the text begins with, and whether it separates words.
fn known_tag(text: &str) -> Option<(usize, bool)> {
    let name = text[1..].strip_prefix('/').unwrap_or(&text[1..]);
    let len = name.bytes().take_while(u8::is_ascii_alphanumeric).take(12).count();
    let lower = name[..len].to_ascii_lowercase();
    let is_block = BLOCK.contains(&lower.as_str());
    if !(is_block || INLINE.contains(&lower.as_str())) || !name[len..].starts_with([' ', '>', '/', '\n', '\t']) {
        return None;
    }
    let end = text[1..].find(['>', '<'])? + 1;
    (text.as_bytes()[end] == b'>').then_some((end + 1, is_block))
}

/// The beginning of an HTML text as a line, cut at a word; empty when there is no text.
pub(super) fn teaser(html: &str) -> String {
    let mut lexer = Lexer::new(&html[..html.floor_char_boundary(TEASER_WITHIN)]);
    let mut plain = String::new();
    while let Some(token) = lexer.next() {
        match token {
            HtmlToken::Text(text) => plain.push_str(&decode(text)),
            HtmlToken::CData(text) => plain.push_str(text),
            HtmlToken::Start(tag) => {
                let name = tag.name.to_ascii_lowercase();
                if matches!(name.as_str(), "script" | "style") {
                    lexer.skip_raw(&name);
                }
                plain.extend(BLOCK.contains(&name.as_str()).then_some(' '));
            }
            HtmlToken::End(name) => plain.extend(BLOCK.contains(&name.to_ascii_lowercase().as_str()).then_some(' ')),
        }
        if plain.len() > 8 * TEASER {
            break;
        }
    }
    text::cut(&text::clean_line(&plain), TEASER, "…")
}

/// The name of a person: `mail@host (Name)` and `Name <mail@host>` are both written.
pub(super) fn person(raw: &str) -> Option<String> {
    let line = one_line(raw);
    let inner = line.split_once('(').and_then(|(before, rest)| {
        let name = rest.strip_suffix(')')?.trim();
        (before.contains('@') && !name.is_empty()).then(|| name.to_owned())
    });
    let outer = || {
        let name = line.split_once('<').filter(|(_, mail)| mail.contains('@'))?.0.trim().trim_matches('"');
        (!name.is_empty()).then(|| name.to_owned())
    };
    let name = inner.or_else(outer).unwrap_or_else(|| line.clone());
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_have_no_references_and_no_markup() {
        for (raw, line) in [
            ("Rates &amp; fares", "Rates & fares"),
            ("Rates &amp;amp; fares &lt;b&gt;up&lt;/b&gt;", "Rates & fares up"),
            ("Caf&eacute; <b>port</b><br/>opens", "Café port opens"),
            ("if a < b and the <T> class", "if a < b and the <T> class"),
            ("Uses of &lt;b&gt;", "Uses of <b>"),
            ("AT&T, R&D &copy 2026", "AT&T, R&D © 2026"),
            ("<p>", ""),
            ("\u{1b}[31m red \u{202e}", "[31m red"),
            ("<script src=x>run()</script>Port <STYLE>p {}</style >opens", "Port opens"),
            ("&lt;script&gt;run()&lt;/script&gt;Port", "Port"),
            ("The <script> tag", "The <script> tag"),
        ] {
            assert_eq!(one_line(raw), line, "{raw}");
        }
        assert_eq!(one_line(&"x".repeat(5000)).chars().count(), LONGEST_LINE + 1);
    }

    #[test]
    fn teasers_are_cut_at_words() {
        let html = "<style>p { x: y }</style><p>Spot rates</p><p>rose &amp; fell for the fifth week in a row on the lane from Ningbo to Gdańsk via the Cape</p>";
        assert_eq!(teaser(html), "Spot rates rose & fell for the fifth week in a row on the lane from Ningbo to…");
        assert_eq!(teaser("<p> <img src='a'></p>"), "");
    }

    #[test]
    fn persons_are_named_without_their_addresses() {
        for (raw, name) in [
            ("desk@example.org (Ada Lund)", "Ada Lund"),
            ("Ada Lund &lt;desk@example.org&gt;", "Ada Lund"),
            ("Ada Lund", "Ada Lund"),
            ("desk@example.org", "desk@example.org"),
        ] {
            assert_eq!(person(raw).as_deref(), Some(name), "{raw}");
        }
        assert_eq!(person(" "), None);
    }
}
