//! Words of a text, folded for comparison, and where searched words stand in a line.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::fold::fold;

/// The folded words of `text`, in order: runs of letters and figures, as the search index cuts them.
pub fn tokens(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !is_word(c)).map(fold).filter(|word| !word.is_empty())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Words of a text, as readers count them. Scripts that write no spaces (Han, Kana, Thai) count two letters as a word.
#[must_use]
pub fn word_count(text: &str) -> usize {
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    words.map(|word| word.chars().filter(|c| is_unspaced(*c)).count().div_ceil(2).max(1)).sum()
}

fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c), 0x0e00..=0x0e7f | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x2_fa1f)
}

/// Where the words of `line` begin with one of `terms` (folded, as [`fold`] does): byte ranges of the matching parts, in
/// order, none overlapping. Case and diacritics do not count. In scripts that write no spaces any place is a beginning.
#[must_use]
pub fn highlights(line: &str, terms: &[impl AsRef<str>]) -> Vec<Range<usize>> {
    let terms: Vec<Vec<char>> =
        terms.iter().map(|term| term.as_ref().chars().collect()).filter(|term: &Vec<char>| !term.is_empty()).collect();
    if terms.is_empty() {
        return Vec::new();
    }
    let folded = folded_chars(line);
    let mut found = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        let longest = terms.iter().filter(|term| matches_at(&folded, at, term)).map(Vec::len).max();
        match longest {
            Some(length) if is_beginning(&folded, at) => {
                found.push(folded[at].source.start..folded[at + length - 1].source.end);
                at += length;
            }
            _ => at += 1,
        }
    }
    found
}

/// A character as it is compared, and the bytes of the line that it comes from, its marks included.
struct Folded {
    c: char,
    source: Range<usize>,
}

fn folded_chars(line: &str) -> Vec<Folded> {
    let mut folded: Vec<Folded> = Vec::with_capacity(line.len());
    for (at, c) in line.char_indices() {
        let end = at + c.len_utf8();
        if is_combining_mark(c) {
            if let Some(last) = folded.last_mut() {
                last.source.end = end;
            }
            continue;
        }
        let chars = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
        folded.extend(chars.map(|c| Folded { c, source: at..end }));
    }
    folded
}

fn matches_at(folded: &[Folded], at: usize, term: &[char]) -> bool {
    folded[at..].len() >= term.len() && folded[at..].iter().zip(term).all(|(folded, c)| folded.c == *c)
}

fn is_beginning(folded: &[Folded], at: usize) -> bool {
    at == 0 || !is_word(folded[at - 1].c) || is_spaceless(folded[at].c)
}

/// Han, kana, Thai, Lao, Myanmar, Khmer.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_readers_count_them() {
        for (text, words) in [("", 0), ("Rates  rise\n\u{2013} by 5 %", 4), ("東京港の荷役", 3), ("東京港 opens", 3)]
        {
            assert_eq!(word_count(text), words, "{text}");
        }
    }

    #[test]
    fn cuts_words_as_the_index_does() {
        let words: Vec<String> = tokens("Mærsk’s Zürich–Genève: 4.5% more").collect();
        assert_eq!(words, ["mærsk", "s", "zurich", "geneve", "4", "5", "more"]);
        assert_eq!(tokens(" …  ").count(), 0);
    }

    #[test]
    fn finds_the_beginnings_of_words() {
        let marked = |line: &str, terms: &[&str]| {
            highlights(line, terms).into_iter().map(|range| line[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(marked("Port of Zürich, airports", &["port", "zur"]), ["Port", "Zür"]);
        assert_eq!(marked("port portal", &["port", "portal"]), ["port", "portal"]);
        assert_eq!(marked("Ge\u{301}nova", &["gen"]), ["Ge\u{301}n"]);
        assert_eq!(marked("全球集装箱运价", &["运价"]), ["运价"]);
        assert_eq!(marked("İzmir", &["izm"]), ["İzm"]);
        assert!(marked("anything", &[""]).is_empty());
        assert!(marked("", &["x"]).is_empty());
    }
}
