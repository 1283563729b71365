//! An article made ready for the pane: laid out at a width, its letters and words counted, so that scrolling and keeping the
//! place cost nothing. Pure; slow for a long article, so it is done off the drawing thread.

use std::sync::Arc;

use super::browse::pictures::Sizes;
use super::figures::{self, LaidOut, Placed};
use crate::document::{self, Line, LineKind, Link, Span};
use crate::model::{Article, ArticleId};
use crate::text::{clean_block, wrap};

/// Words that are read in a minute; about the mean of adults who read English (Brysbaert 2019: 238).
const WORDS_A_MINUTE: usize = 238;

/// Characters of scripts without spaces that take as long to read as one word.
const CHARACTERS_A_WORD: usize = 2;

/// What of an article is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shown {
    /// Its text: that of its page where it was fetched, else that of the feed.
    #[default]
    Text,
    /// The feed's text, although that of the page is there.
    Feed,
    /// The HTML as it came.
    Source,
}

impl Shown {
    /// What the key that goes through them shows next.
    #[must_use]
    pub fn next(self, has_full_text: bool) -> Self {
        match self {
            Self::Text if has_full_text => Self::Feed,
            Self::Text | Self::Feed => Self::Source,
            Self::Source => Self::Text,
        }
    }
}

/// An article as it is to be laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Which.
    pub article: ArticleId,
    /// How wide, with which characters, with room for which pictures.
    pub setting: document::Setting,
    /// What of it.
    pub shown: Shown,
    /// Columns and rows of the pictures to be seen, by their addresses. By the number of the figure, the setting gets them
    /// when the figures are known.
    pub pictures: Sizes,
}

/// An article as the pane shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The article.
    pub article: Arc<Article>,
    /// How it was laid out.
    pub wanted: Wanted,
    /// Its text.
    pub lines: Vec<Line>,
    /// The links of the text; `[n]` in the text is number n - 1 here.
    pub links: Vec<Link>,
    /// The addresses of its pictures, from the top, each once.
    pub pictures: Vec<String>,
    /// By the number of the figure: the picture that room was left for, with its columns and rows.
    pub placed: Placed,
    /// Set when the text could not be laid out and is shown plain: why.
    pub plain_because: Option<String>,
    /// Bytes of letters and figures before each line, and of all lines at the end: the place in a text at any width.
    pub letters: Vec<usize>,
    /// Words of the text.
    pub words: usize,
    /// Characters of the text.
    pub characters: usize,
}

impl Reading {
    /// Lays an article out.
    #[must_use]
    pub fn of(article: Arc<Article>, wanted: &Wanted) -> Self {
        let (html, base) = match wanted.shown {
            Shown::Text => (article.html(), article.base_url()),
            Shown::Feed => (article.feed_html(), article.headline.url.as_str()),
            Shown::Source => {
                let lines = plain_lines(&clean_block(article.html()), wanted.setting.width, LineKind::Code);
                return Self::counted(article, wanted, lines, Vec::new());
            }
        };
        let mut read = document::read_html(html, Some(base).filter(|base| !base.is_empty()));
        let LaidOut { lines, pictures, placed } = figures::lay_out(&mut read, &article, wanted);
        Self { pictures, placed, ..Self::counted(article, wanted, lines, read.links) }
    }

    /// Shows an article as this text, for this reason.
    #[must_use]
    pub fn plain(article: Arc<Article>, wanted: &Wanted, text: &str, because: &str) -> Self {
        let lines = plain_lines(text, wanted.setting.width, LineKind::Text);
        Self { plain_because: Some(because.to_owned()), ..Self::counted(article, wanted, lines, Vec::new()) }
    }

    fn counted(article: Arc<Article>, wanted: &Wanted, lines: Vec<Line>, links: Vec<Link>) -> Self {
        let mut letters = Vec::with_capacity(lines.len() + 1);
        let mut before = 0;
        for line in &lines {
            letters.push(before);
            before += self::letters(line).map(char::len_utf8).sum::<usize>();
        }
        letters.push(before);
        let characters = text_spans(&lines).map(|span| span.text.chars().count()).sum();
        let words = words(&lines);
        let wanted = wanted.clone();
        let (pictures, placed) = (Vec::new(), Vec::new());
        Self { article, wanted, lines, links, pictures, placed, plain_because: None, letters, words, characters }
    }

    /// Minutes that reading takes; none for what is read at a glance.
    #[must_use]
    pub fn minutes(&self) -> Option<usize> {
        (self.words * 2 > WORDS_A_MINUTE).then(|| minutes(self.words))
    }
}

/// Minutes that so many words take, at least one.
#[must_use]
pub fn minutes(words: usize) -> usize {
    words.saturating_add(WORDS_A_MINUTE / 2).checked_div(WORDS_A_MINUTE).unwrap_or(1).max(1)
}

/// Letters and figures of a line: what does not depend on where lines are broken.
pub(super) fn letters(line: &Line) -> impl Iterator<Item = char> {
    line.spans.iter().filter(|span| !is_marker(span)).flat_map(|span| span.text.chars()).filter(|c| c.is_alphanumeric())
}

/// Whether a span is the number behind a link, not text.
pub(super) fn is_marker(span: &Span) -> bool {
    let inner = span.text.trim().strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    span.link.is_some() && span.style.dim && inner.is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

fn text_spans(lines: &[Line]) -> impl Iterator<Item = &Span> {
    lines.iter().flat_map(|line| &line.spans).filter(|span| !is_marker(span))
}

/// Words of lines; in scripts without spaces some characters are taken for a word.
fn words(lines: &[Line]) -> usize {
    let (mut words, mut ideographs) = (0_usize, 0_usize);
    for line in lines {
        let mut inside = false;
        for c in line.spans.iter().filter(|span| !is_marker(span)).flat_map(|span| span.text.chars()) {
            if writes_no_spaces(c) {
                ideographs += 1;
                inside = false;
            } else {
                let letter = c.is_alphanumeric() || (inside && matches!(c, '\'' | '’' | '-' | '.' | ','));
                words += usize::from(letter && !inside);
                inside = letter;
            }
        }
    }
    words + ideographs.div_ceil(CHARACTERS_A_WORD)
}

/// Han, kana, Thai, Lao, Khmer, Myanmar.
pub(super) fn writes_no_spaces(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn plain_lines(text: &str, width: usize, kind: LineKind) -> Vec<Line> {
    let lines = text.lines().flat_map(|line| wrap(line, width.max(1)));
    lines.map(|text| Line { spans: vec![Span { text, ..Span::default() }], kind }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line { spans: vec![Span { text: text.to_owned(), ..Span::default() }], kind: LineKind::Text }
    }

    #[test]
    fn words_are_counted_in_scripts_with_and_without_spaces() {
        let words = |text| words(&[line(text)]);
        assert_eq!(words("Spot rates — up 4.5%, it’s said — at Bo'ness"), 8);
        assert_eq!(words("集装箱运价"), 3);
        assert_eq!(words("ONE 集装箱 fell"), 4);
        assert_eq!(words(" – • "), 0);
        assert_eq!((minutes(0), minutes(119), minutes(812), minutes(usize::MAX)), (1, 1, 3, usize::MAX / 238));
    }

    #[test]
    fn the_number_behind_a_link_is_no_text() {
        let style = document::Style { dim: true, ..document::Style::default() };
        let marker = Span { text: "\u{a0}[12]".to_owned(), style, link: Some(11) };
        assert!(is_marker(&marker));
        assert!(!is_marker(&Span { text: "[sic]".to_owned(), ..marker.clone() }));
        assert!(!is_marker(&Span { link: None, ..marker.clone() }));
        let mut line = line("notice");
        line.spans.push(marker);
        assert_eq!(letters(&line).collect::<String>(), "notice");
    }

    #[test]
    fn what_is_shown_goes_round() {
        let round = |full| [Shown::Text, Shown::Feed, Shown::Source].map(|shown| shown.next(full));
        assert_eq!(round(true), [Shown::Feed, Shown::Source, Shown::Text]);
        assert_eq!(round(false)[0], Shown::Source);
    }
}
