//! Names of files that every system takes: small letters, figures and hyphens.

use jiff::tz::TimeZone;

use super::piece::{Piece, day};
use crate::model::Article;
use crate::text::fold;

/// Longest slug in the name of a file.
const LONGEST: usize = 60;

/// The words of a text in small ASCII letters and figures with hyphens between, at most `most` characters, cut at a word
/// where there is one. Empty when nothing of it can be written so.
#[must_use]
pub fn slug(text: &str, most: usize) -> String {
    let mut slug = String::new();
    for c in fold(text).chars() {
        match c {
            'a'..='z' | '0'..='9' => slug.push(c),
            'æ' => slug.push_str("ae"),
            'ø' => slug.push('o'),
            'œ' => slug.push_str("oe"),
            'ß' => slug.push_str("ss"),
            'ł' => slug.push('l'),
            // An apostrophe is within a word: line's is lines.
            '\'' | '’' => {}
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    if slug.len() > most {
        let end = match slug[..most].rfind('-') {
            Some(hyphen) if !slug[most..].starts_with('-') && hyphen >= most / 2 => hyphen,
            _ => most,
        };
        slug.truncate(end);
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// The name of the file of one article, without extension: `2026-05-12-quay-7-reopens-1234`. The number at its end keeps the
/// articles of a library apart whatever they are called.
#[must_use]
pub fn file_stem(article: &Article, zone: &TimeZone) -> String {
    let piece = Piece::of_headline(&article.headline);
    let words = slug(&piece.title, LONGEST);
    let words = if words.is_empty() { "article" } else { &words };
    format!("{}-{words}-{}", day(piece.date, zone), piece.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture::article;

    #[test]
    fn slugs_are_words_that_every_system_takes() {
        for (text, most, expected) in [
            ("Mærsk’s Zürich & Łódź: “50 % up”!", 60, "maersks-zurich-lodz-50-up"),
            ("../../etc/passwd\0 con: <x>|\"?*", 60, "etc-passwd-con-x"),
            ("one two three four", 9, "one-two"),
            ("one two three four", 7, "one-two"),
            ("onetwothree", 5, "onetw"),
            ("ميناء جدة", 60, ""),
            ("---", 60, ""),
        ] {
            assert_eq!(slug(text, most), expected, "{text}");
        }
    }

    #[test]
    fn files_of_two_articles_never_share_a_name() {
        let (one, other) = (article(7), article(8));
        let named = |article: &Article, title: &str| {
            let mut article = article.clone();
            article.headline.title = title.into();
            file_stem(&article, &TimeZone::UTC)
        };
        assert_eq!(named(&one, "Quay reopens"), "2026-05-12-quay-reopens-7");
        assert_ne!(named(&one, "Quay reopens"), named(&other, "Quay reopens"));
        assert_eq!(named(&other, "港口"), "2026-05-12-article-8");
        assert!(named(&one, &"long ".repeat(99)).len() < 100);
    }
}
