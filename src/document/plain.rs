//! The text of markup and nothing else: for the index and for teasers, on the way of every article that arrives.

use html5ever::tokenizer::Tag;

use super::build::{clean, even_run, word_ends};
use super::sink::{self, Listener};
use super::sloppy;
use super::tags::{Role, role};
use crate::text;

/// The text of HTML without markup, for the index and for teasers; blocks are separated by newlines.
#[must_use]
pub fn plain_text(html: &str) -> String {
    if !html.contains(['<', '&']) {
        let end = html.floor_char_boundary(super::guard::MAX_BYTES);
        let mut text = text::clean_line(&html[..end]);
        if let Some(at) = sloppy::tail_begins(&text).filter(|at| *at > 0) {
            text.truncate(at);
            text.truncate(text.trim_end().len());
        }
        return text;
    }
    if sloppy::is_bare_pointer(html) {
        return String::new();
    }
    let html = sloppy::unescaped(html);
    let mut text = sink::read(&html, Plain::default).text;
    text.truncate(text.trim_end().len());
    let last = text.rfind('\n').map_or(0, |at| at + 1);
    if let Some(at) = sloppy::tail_begins(&text[last..]) {
        text.truncate(last + at);
        text.truncate(text.trim_end().len());
    }
    text
}

/// Collects text, one line a block.
#[derive(Default)]
struct Plain {
    text: String,
    /// White space was seen since the last word.
    space: bool,
}

impl Plain {
    fn new_line(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// Writes text that has single spaces only.
    fn write_even(&mut self, text: &str) {
        let words = text.trim_matches(' ');
        self.space |= text.starts_with(' ');
        if !words.is_empty() {
            self.gap();
            self.text.push_str(words);
            self.space = text.ends_with(' ');
        }
    }

    /// Writes the space that was seen, where it stands between words.
    fn gap(&mut self) {
        if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        self.space = false;
    }

    fn boundary(&mut self, role: Role) {
        match role {
            Role::Link
            | Role::InlineQuote
            | Role::Raised { .. }
            | Role::Format(_)
            | Role::Other
            | Role::Source
            | Role::Abbreviation
            | Role::Picture
            | Role::NoScript => {}
            Role::Cell | Role::Image => self.space = true,
            _ => self.new_line(),
        }
    }
}

impl Listener for Plain {
    fn text(&mut self, text: &str) {
        let text = clean(text);
        let mut rest = &*text;
        while !rest.is_empty() {
            let (even, odd) = rest.split_at(even_run(rest));
            self.write_even(even);
            // From the odd sign to the end of its word, and the white space after that.
            let end = word_ends(odd, char::is_whitespace);
            let (word, more) = odd.split_at(end);
            if !word.is_empty() {
                self.gap();
                self.text.push_str(word);
            }
            rest = more.trim_start_matches(char::is_whitespace);
            self.space |= rest.len() < more.len();
        }
    }

    fn open(&mut self, tag: &Tag) {
        self.boundary(role(&tag.name));
    }

    fn close(&mut self, name: &str) {
        self.boundary(role(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_one_line_a_block() {
        for (html, text) in [
            ("", ""),
            ("  Rates \n rise\u{7} ", "Rates rise"),
            ("<p>A&nbsp;&amp; <b>B</b>C</p><p>D<br>E", "A & BC\nD\nE"),
            ("<style>x{}</style><script>if (a<b) {}</script>T<title>no</title>", "T"),
            ("<ul><li>one<li>two</ul>", "one\ntwo"),
            ("<table><tr><td>a<td>b<tr><td>c</table>", "a b\nc"),
            ("&lt;p&gt;Once &lt;b&gt;more&lt;/b&gt;&lt;/p&gt;", "Once more"),
            ("<p>Body.</p>\n<p>The post <a href=x>A</a> appeared first on <a href=y>B</a>.</p>", "Body."),
            ("Rates sag. The post Rates sag appeared first on Quay Times.", "Rates sag."),
            ("<a href=\"https://a.example/\">Rates sag</a>&nbsp;&nbsp;<font color=\"#6f6f6f\">Quay Times</font>", ""),
            ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
            ("a&#27;[31mb&#x202e;", "a[31mb"),
        ] {
            assert_eq!(plain_text(html), text, "{html}");
        }
    }
    proptest::proptest! {
        #[test]
        fn gives_the_words_of_any_text_with_single_spaces(parts in proptest::collection::vec("[a-z .]{0,40}|\\PC{0,6}|[ \t\n\u{a0}]{0,3}", 0..8)) {
            let text: String = parts.concat().replace(['<', '&'], "");
            let words: Vec<String> = text::clean_block(&text).split_whitespace().map(str::to_owned).collect();
            proptest::prop_assert_eq!(plain_text(&format!("<b>{text}</b>")), words.join(" "));
        }
    }
}
