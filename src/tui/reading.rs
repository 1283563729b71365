//! An article made ready for the pane: laid out at a width, its letters and words counted, so that scrolling and keeping the
//! place cost nothing. Pure; slow for a long article, so it is done off the drawing thread.

use std::sync::Arc;

use crate::document::{self, Line, LineKind, Link, Span};
use crate::model::{Article, ArticleId};
use crate::text::{clean_block, wrap};

/// Texts of fewer words are read at a glance: nobody asks how long that takes.
const AT_A_GLANCE: usize = 115;

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
                return Self::counted(article, wanted, lines, Vec::new(), 0);
            }
        };
        let read = document::read_html(html, Some(base).filter(|base| !base.is_empty()));
        let lines = document::layout(&read, &wanted.setting);
        let words = document::words(&read);
        Self::counted(article, wanted, lines, read.links, words)
    }

    /// Shows an article as this text, for this reason.
    #[must_use]
    pub fn plain(article: Arc<Article>, wanted: &Wanted, text: &str, because: &str) -> Self {
        let lines = plain_lines(text, wanted.setting.width, LineKind::Text);
        let words = text.split_whitespace().count();
        Self { plain_because: Some(because.to_owned()), ..Self::counted(article, wanted, lines, Vec::new(), words) }
    }

    fn counted(article: Arc<Article>, wanted: &Wanted, lines: Vec<Line>, targets: Vec<Link>, words: usize) -> Self {
        let mut letters = Vec::with_capacity(lines.len() + 1);
        let mut before = 0;
        for line in &lines {
            letters.push(before);
            before += self::letters(line).map(char::len_utf8).sum::<usize>();
        }
        letters.push(before);
        let characters = text_spans(&lines).map(|span| span.text.chars().count()).sum();
        let wanted = wanted.clone();
        Self { article, wanted, lines, links: targets, plain_because: None, letters, words, characters }
    }

    /// Minutes that reading takes; none for what is read at a glance.
    #[must_use]
    pub fn minutes(&self) -> Option<usize> {
        (self.words >= AT_A_GLANCE).then(|| document::minutes(self.words))
    }
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
