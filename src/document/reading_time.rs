//! How long a document takes to read.

use super::blocks::{Block, Document, Span};

/// Words that a reader reads in a minute: English prose, silently (Trauzettel-Klosinski and Dietz, "Standardized
/// Assessment of Reading Performance: the new International Reading Speed Texts IReST", 2012: 228 ± 30; Brysbaert, "How many
/// words do we read per minute?", 2019, found 238 for non-fiction).
const WORDS_A_MINUTE: usize = 230;
/// Characters of Chinese and of Japanese in a minute, where words have no spaces between them (IReST: 255 and 357).
const CHINESE_A_MINUTE: usize = 255;
const JAPANESE_A_MINUTE: usize = 357;

/// How many words a document has. Chinese and Japanese characters count as the share of a word that takes as long to read.
#[must_use]
pub fn words(document: &Document) -> usize {
    let mut count = Count::default();
    count.blocks(&document.blocks);
    // Japanese has kana between nearly all words; a name in kana makes no text Japanese.
    let a_minute = if count.kana > count.han / 5 { JAPANESE_A_MINUTE } else { CHINESE_A_MINUTE };
    let signs = count.han.saturating_add(count.kana);
    count.words.saturating_add(signs.saturating_mul(WORDS_A_MINUTE).div_ceil(a_minute))
}

/// Minutes that so many words take, rounded up.
#[must_use]
pub fn minutes(words: usize) -> usize {
    words.div_ceil(WORDS_A_MINUTE)
}

/// What has been counted.
#[derive(Default)]
struct Count {
    words: usize,
    han: usize,
    kana: usize,
}

impl Count {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(_, spans) | Block::Paragraph(spans) => self.spans(spans),
                Block::List { items, .. } => items.iter().for_each(|item| self.blocks(item)),
                Block::Definitions(list) => list.iter().for_each(|definition| {
                    definition.terms.iter().for_each(|term| self.spans(term));
                    self.blocks(&definition.text);
                }),
                Block::Quote(blocks) => self.blocks(blocks),
                Block::Code(text) => self.text(text, &mut false),
                Block::Table(table) => {
                    self.spans(&table.caption);
                    table.rows.iter().flatten().for_each(|cell| self.spans(&cell.spans));
                }
                Block::Figure(figure) => self.spans(&figure.caption),
                Block::Rule | Block::Embed { .. } => {}
            }
        }
    }

    /// A word may go on from one span into the next.
    fn spans(&mut self, spans: &[Span]) {
        let mut within = false;
        for span in spans {
            self.text(&span.text, &mut within);
        }
    }

    fn text(&mut self, text: &str, within: &mut bool) {
        for c in text.chars() {
            match c {
                '\u{3040}'..='\u{30ff}' => self.kana = self.kana.saturating_add(1),
                '\u{3400}'..='\u{4dbf}'
                | '\u{4e00}'..='\u{9fff}'
                | '\u{f900}'..='\u{faff}'
                | '\u{20000}'..='\u{3ffff}' => {
                    self.han = self.han.saturating_add(1);
                }
                // A hyphen or an apostrophe within a word parts nothing; neither do the signs within a number.
                _ if c.is_alphanumeric() => {
                    self.words = self.words.saturating_add(usize::from(!*within));
                    *within = true;
                    continue;
                }
                '\'' | '’' | '-' | '.' | ',' | '\u{300}'..='\u{36f}' if *within => continue,
                _ => {}
            }
            *within = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_html;

    #[test]
    fn counts_words_as_a_reader_would() {
        let count = |html: &str| words(&read_html(html, None));
        assert_eq!(count("<p>Box rates rose <b>4</b>.5% on the carrier’s Asia-Europe lane.</p>"), 9);
        assert_eq!(count("<ul><li>one<li>two</ul><blockquote>three</blockquote><pre>four five</pre>"), 5);
        assert_eq!(count("<table><caption>one</caption><tr><td>two<td>three<tr><td>4<td>5</table>"), 5);
        assert_eq!(count(&format!("<p>{}", "运".repeat(255))), 230);
        assert_eq!(count(&format!("<p>{}", "運のるを貨は物".repeat(51))), 230);
        assert_eq!(count("<p>Порт закрыт</p>"), 2);
        assert_eq!(count(""), 0);
    }

    #[test]
    fn minutes_are_rounded_up() {
        assert_eq!([0, 1, 230, 231, 2_300].map(minutes), [0, 1, 1, 2, 10]);
    }
}
