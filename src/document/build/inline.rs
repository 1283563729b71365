//! Running text on its way into a block: cleaned, white space collapsed, split by style.

use std::borrow::Cow;

use crate::document::blocks::{Span, Style};
use crate::document::work::steps;
use crate::text;

/// White space as HTML collapses it: a no-break space is none.
pub(super) fn is_html_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// Clean text. What is clean already, nearly all of it, needs no copy.
pub(in crate::document) fn clean(text: &str) -> Cow<'_, str> {
    if text::is_clean(text) { Cow::Borrowed(text) } else { Cow::Owned(text::clean_block(text)) }
}

/// The words of `text`, cleaned, and none for each gap between, before or after them.
pub(super) fn each_word(text: &str, is_space: fn(char) -> bool, mut each: impl FnMut(Option<&str>)) {
    let text = clean(text);
    let mut rest = &*text;
    while !rest.is_empty() {
        let end = word_ends(rest, is_space);
        let (word, more) = rest.split_at(end);
        if !word.is_empty() {
            each(Some(word));
        }
        rest = more.trim_start_matches(is_space);
        if !more.is_empty() {
            each(None);
        }
    }
}

/// Where the first white space is, or the end of the text.
pub(in crate::document) fn word_ends(text: &str, is_space: fn(char) -> bool) -> usize {
    let mut at = 0;
    while let Some(byte) = text.as_bytes().get(at) {
        // All white space of ASCII is at its beginning.
        if matches!(byte, b'!'..=b'~') {
            at += 1;
            continue;
        }
        let Some(c) = text[at..].chars().next().filter(|c| !is_space(*c)) else { break };
        at += c.len_utf8();
    }
    at
}

/// A place in the text of a block while it is read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Which block it was.
    block: usize,
    span: usize,
    byte: usize,
}

/// The text of the block that is being read.
#[derive(Debug, Default)]
pub(super) struct Inline {
    spans: Vec<Span>,
    /// How many blocks came before.
    block: usize,
    /// White space was seen since the last word; how its first character is set.
    space: Option<(Style, Option<usize>)>,
    /// It was nothing but no-break spaces.
    hard: bool,
}

impl Inline {
    /// Whether nothing but white space came so far.
    pub(super) fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The last words that were written, about `bytes` of them.
    pub(super) fn end(&self, bytes: usize) -> String {
        let (mut parts, mut length) = (Vec::new(), 0);
        for span in self.spans.iter().rev().take_while(|span| !span.is_line_break()) {
            let from = span.text.floor_char_boundary(span.text.len().saturating_sub(bytes - length));
            parts.push(&span.text[from..]);
            length += span.text.len() - from;
            if length >= bytes {
                break;
            }
        }
        parts.reverse();
        parts.concat()
    }

    /// Where text goes on.
    pub(super) fn place(&self) -> Place {
        let span = self.spans.len().saturating_sub(1);
        Place { block: self.block, span, byte: self.spans.last().map_or(0, |last| last.text.len()) }
    }

    /// A few characters before `place`, and the text since; none when there is none, or more than `most` bytes of it.
    pub(super) fn around(&self, place: Place, most: usize) -> Option<(String, String)> {
        let first = self.spans.get(place.span).filter(|_| place.block == self.block)?;
        let (before, begin) = first.text.split_at_checked(place.byte)?;
        let mut text = String::new();
        for part in std::iter::once(begin).chain(self.spans[place.span + 1..].iter().map(|span| &*span.text)) {
            steps(1);
            if text.len() + part.len() > most {
                return None;
            }
            text.push_str(part);
        }
        let near = before.floor_char_boundary(before.len().saturating_sub(12));
        (!text.is_empty()).then(|| (before[near..].to_owned(), text))
    }

    /// Changes the characters since `place`, or drops them.
    pub(super) fn change(&mut self, place: Place, mut change: impl FnMut(char) -> Option<char>) {
        let mut from = place.byte;
        for span in self.spans.iter_mut().skip(place.span) {
            let new: String = span.text[from.min(span.text.len())..].chars().filter_map(&mut change).collect();
            span.text.truncate(from);
            span.text.push_str(&new);
            from = 0;
        }
    }

    /// Puts signs before the text since `place`; false when there is none.
    pub(super) fn insert(&mut self, place: Place, signs: &[char]) -> bool {
        if place.block != self.block {
            return false;
        }
        let is_after = self.spans.get(place.span).is_some_and(|span| span.text.len() <= place.byte);
        let (at, byte) = if is_after { (place.span + 1, 0) } else { (place.span, place.byte) };
        let Some(span) = self.spans.get_mut(at) else { return false };
        let spaces = span.text[byte..].len() - span.text[byte..].trim_start().len();
        span.text.insert_str(byte + spaces, &signs.iter().collect::<String>());
        true
    }

    /// Puts a sign after the last word.
    pub(super) fn append(&mut self, sign: char) {
        if let Some(last) = self.spans.last_mut() {
            last.text.push(sign);
        }
    }

    /// White space: it is written when a word follows.
    pub(super) fn push_space(&mut self, style: Style, link: Option<usize>) {
        self.space.get_or_insert((style, link));
        self.hard = false;
    }

    /// A no-break space. It only keeps other spaces company where there are any.
    pub(super) fn push_hard_space(&mut self, style: Style, link: Option<usize>) {
        if self.space.is_none() {
            self.space = Some((style, link));
            self.hard = true;
        }
    }

    /// A word or a part of one.
    pub(super) fn push_word(&mut self, word: &str, style: Style, link: Option<usize>) {
        let space = self.space.take();
        let blank = if self.hard { '\u{a0}' } else { ' ' };
        let Some(last) = self.spans.last_mut().filter(|last| !last.is_line_break()) else {
            self.spans.push(Span { text: word.to_owned(), style, link });
            return;
        };
        let before = (last.style, last.link);
        // No link ends or begins with a space.
        let space = space.map(|(space, at)| (space, if last.link == link { at } else { None }));
        if space.is_some_and(|space| space == before || before == (style, link)) {
            last.text.push(blank);
        }
        if before == (style, link) {
            last.text.push_str(word);
            return;
        }
        let text = if space == Some((style, link)) { format!("{blank}{word}") } else { word.to_owned() };
        let between = space.filter(|space| *space != before && *space != (style, link));
        self.spans.extend(between.map(|(style, link)| Span { text: blank.to_string(), style, link }));
        self.spans.push(Span { text, style, link });
    }

    /// Text that [`text::even_run`] takes whole, with the spaces at its ends.
    pub(super) fn push_even(&mut self, text: &str, style: Style) {
        let words = text.trim_matches(' ');
        if text.starts_with(' ') {
            self.push_space(style, None);
        }
        if !words.is_empty() {
            self.push_word(words, style, None);
            if text.ends_with(' ') {
                self.push_space(style, None);
            }
        }
    }

    /// A forced break. False when one is already there: two of them end the paragraph.
    pub(super) fn push_break(&mut self) -> bool {
        self.space = None;
        match self.spans.last() {
            None => true,
            Some(last) if last.is_line_break() => false,
            Some(_) => {
                self.spans.push(Span::line_break());
                true
            }
        }
    }

    /// What has been collected, without blank ends; empty when it is blank.
    pub(super) fn take(&mut self) -> Vec<Span> {
        self.space = None;
        self.block = self.block.wrapping_add(1);
        let mut spans = std::mem::take(&mut self.spans);
        while let Some(last) = spans.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            spans.pop();
        }
        let blank = spans.iter().take_while(|span| span.text.trim_start().is_empty()).count();
        spans.drain(..blank);
        if let Some(first) = spans.first_mut()
            && first.text.starts_with(char::is_whitespace)
        {
            first.text = first.text.trim_start().to_owned();
        }
        spans
    }
}
