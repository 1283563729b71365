//! The beginning of a text as a quotation that is not longer than may be quoted.

use crate::document::{self, Block, Span};
use crate::model::Article;
use crate::text::{clean_line, clusters, fold};

/// What ends a sentence.
const ENDS: &str = ".!?…。！？｡";
/// What may follow the end of a sentence before the next one.
const CLOSES: &str = "\"'”’»)]」』";
/// What stands for the rest.
const ELLIPSIS: char = '…';

/// The beginning of `text` on one line, at most `most` characters: to the end of a sentence where one ends in the second
/// half, else to the end of a word, with an ellipsis for the rest.
#[must_use]
pub fn quotation(text: &str, most: usize) -> String {
    let line = clean_line(text);
    let Some((end, _)) = line.char_indices().nth(most) else { return line };
    let (start, rest) = line.split_at(end);
    let half = most / 2;
    if let Some(end) = sentence_end(start, rest).filter(|end| start[..*end].chars().count() >= half) {
        return start[..end].to_owned();
    }
    // Room for the ellipsis.
    let Some((last, _)) = start.char_indices().next_back() else { return String::new() };
    let room = &start[..last];
    let word = match room.rfind(char::is_whitespace) {
        _ if start[last..].starts_with(char::is_whitespace) => room,
        Some(space) if room[..space].chars().count() >= half => room[..space].trim_end(),
        // One long word, or a script without spaces: not within what belongs together.
        _ => &room[..last_cluster(start, last)],
    };
    format!("{}{ELLIPSIS}", word.trim_end_matches([',', ';', ':', '-', '–', '—']).trim_end())
}

/// The text of an article that a quotation is taken from: that of its page where it is kept, else its feed's; without
/// headings, captions, lists, tables and the title said once more, and no more than a quotation of `most` characters needs.
pub(super) fn opening(article: &Article, most: usize) -> String {
    let full = article.full_text.as_ref().map(|full| full.html.as_str());
    for html in full.into_iter().chain([article.feed_html()]) {
        let title = fold(&clean_line(&article.headline.title));
        let mut text = String::new();
        paragraphs(&document::read_html(html, None).blocks, &mut |spans| {
            let paragraph: String = spans.iter().map(|span| span.text.as_str()).collect();
            let paragraph = clean_line(&paragraph);
            if !paragraph.is_empty() && fold(&paragraph) != title && text.chars().count() <= most {
                text.push_str(&paragraph);
                text.push('\n');
            }
        });
        if text.is_empty() {
            text = document::plain_text(html);
        }
        if !text.is_empty() {
            return text;
        }
    }
    String::new()
}

/// Calls `each` for the running text of blocks, in order.
fn paragraphs(blocks: &[Block], each: &mut impl FnMut(&[Span])) {
    for block in blocks {
        match block {
            Block::Paragraph(spans) => each(spans),
            Block::Quote(blocks) => paragraphs(blocks, each),
            _ => {}
        }
    }
}

/// Where the last sentence ends that lies within `start`; `rest` goes on from there.
fn sentence_end(start: &str, rest: &str) -> Option<usize> {
    let ends = start.char_indices().rev().filter(|(_, c)| ENDS.contains(*c));
    ends.map(|(at, c)| (at, c, at + c.len_utf8())).find_map(|(at, c, after)| {
        let closing: usize = start[after..].chars().take_while(|c| CLOSES.contains(*c)).map(char::len_utf8).sum();
        let end = after + closing;
        let next = start[end..].chars().chain(rest.chars()).next();
        let parted = next.is_none_or(char::is_whitespace) || !c.is_ascii() && c != ELLIPSIS;
        (parted && !is_abbreviation(&start[..at], c)).then_some(end)
    })
}

/// Whether a full stop belongs to the word before it: `U.S.`, `J. Doe`, `No. 5`, `St. Petersburg`.
fn is_abbreviation(before: &str, end: char) -> bool {
    if end != '.' {
        return false;
    }
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or_default();
    let is_initial = word.chars().next_back().is_some_and(char::is_uppercase)
        && word.rsplit('.').next().is_some_and(|last| last.chars().count() == 1);
    is_initial || ["St", "No", "Nos", "Mr", "Mrs", "Ms", "Dr", "vs", "approx", "Capt", "e.g", "i.e"].contains(&word)
}

/// The last boundary between clusters of `text` that is not after `most`.
fn last_cluster(text: &str, most: usize) -> usize {
    clusters(text).map(|(at, _, _)| at).take_while(|at| *at <= most).last().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ends_with_a_sentence_or_a_word() {
        for (text, most, quoted) in [
            ("Berth 7 took its first ship.", 300, "Berth 7 took its first ship."),
            ("One two three. Four five six seven.", 20, "One two three."),
            ("He said: “It is open.” Then he left again.", 26, "He said: “It is open.”"),
            ("One. Two three four five six seven.", 20, "One. Two three four…"),
            ("The U.S. Coast Guard opened the channel again", 9, "The U.S.…"),
            ("rates, volumes, and capacity", 10, "rates…"),
            ("港口重新开放。码头恢复作业", 10, "港口重新开放。"),
            ("Donaudampfschifffahrt", 8, "Donauda…"),
            ("a\n\u{1b}[31mb", 300, "a [31mb"),
            ("anything", 0, ""),
            ("", 10, ""),
        ] {
            assert_eq!(quotation(text, most), quoted, "{text} at {most}");
        }
    }

    proptest! {
        #[test]
        fn is_never_longer_than_allowed(text in "[ -~éü集合👩\u{200d}🔧\u{301}.!]{0,80}", most in 0_usize..60) {
            let quoted = quotation(&text, most);
            prop_assert!(quoted.chars().count() <= most, "{quoted:?} has more than {most}");
            let bare = quoted.trim_end_matches(ELLIPSIS);
            prop_assert!(clean_line(&text).starts_with(bare), "{bare:?} is not how it begins");
        }
    }
}
