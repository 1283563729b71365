//! How cues and names are written in the tables and in the config.
//!
//! | written | meaning |
//! | --- | --- |
//! | `spot rate` | whole words, whatever their case, accents, quotes, hyphens; a cue's plural in `-s` too |
//! | `warehous*`, `*hafen` | a word that begins, or ends, so |
//! | `=ONE` | in this case only |
//! | `?Hamburg` | names: only where the article has another freight signal |
//! | `@Hamburg` | names: only next to a word of its kind (`port of Hamburg`, `Hamburg terminal`) |
//! | `&de minimis` | cues: several topics have it, and mean to |
//!
//! Marks combine (`=?ONE`). ONE and the like need `=`; a name that is also a common word or a person's needs `?` or `@`.

use super::folded::fold_words;

/// What a name needs beside it to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Need {
    /// Nothing.
    #[default]
    Nothing,
    /// Another freight signal in the article.
    Signal,
    /// A word of its kind next to it.
    Neighbour,
}

/// A parsed cue or name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    /// What is looked for; begins with a space unless the word's beginning is open.
    pub(super) folded: String,
    /// The letters and digits in their case, where case counts.
    pub(super) cased: Option<String>,
    /// The word may go on.
    pub(super) open_end: bool,
    /// A plural `s` may follow.
    pub(super) plural: bool,
    /// What it needs beside it.
    pub(super) need: Need,
    /// Marked as belonging to several topics.
    pub(super) shared: bool,
}

impl Pattern {
    /// Parses a cue. The error says what is wrong with it.
    pub(super) fn cue(text: &str) -> Result<Self, String> {
        let pattern = Self { plural: true, ..Self::parse(text)? };
        if pattern.need != Need::Nothing {
            return Err("? and @ are for names of entities; a cue always counts".to_owned());
        }
        Ok(pattern)
    }

    /// Parses a name of an entity. The error says what is wrong with it.
    pub(super) fn name(text: &str) -> Result<Self, String> {
        let pattern = Self::parse(text)?;
        if pattern.shared {
            return Err("& is for cues of several topics; a name belongs to its entity".to_owned());
        }
        Ok(pattern)
    }

    fn parse(text: &str) -> Result<Self, String> {
        let body = text.trim_start_matches(['=', '?', '@', '&']);
        let marks = &text[..text.len() - body.len()];
        let has = |mark: char| marks.contains(mark);
        let open_start = body.starts_with('*');
        let open_end = body.len() > 1 && body.ends_with('*');
        let words = body.strip_prefix('*').unwrap_or(body);
        let words = words.strip_suffix('*').unwrap_or(words);
        if words.contains('*') {
            return Err("* may stand at the beginning and at the end only".to_owned());
        }
        let folded = fold_words(words);
        let letters = folded.bytes().filter(u8::is_ascii_alphanumeric).count();
        let least = if open_start || open_end { 3 } else { 2 };
        if letters < least && folded.is_ascii() {
            return Err(format!("too short: at least {least} letters or digits"));
        }
        Ok(Self {
            folded: if open_start { folded } else { [" ", &folded].concat() },
            cased: has('=').then(|| words.chars().filter(|c| c.is_alphanumeric()).collect()),
            open_end,
            plural: false,
            need: if has('@') {
                Need::Neighbour
            } else if has('?') {
                Need::Signal
            } else {
                Need::Nothing
            },
            shared: has('&'),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_read_in_any_order() {
        let one = Pattern::name("=?ONE").expect("sound");
        assert_eq!((one.folded.as_str(), one.cased.as_deref(), one.need), (" one", Some("ONE"), Need::Signal));
        assert_eq!(Pattern::name("?=ONE").expect("sound"), one);
        let haven = Pattern::cue("*hafen").expect("sound");
        assert_eq!((haven.folded.as_str(), haven.open_end, haven.plural), ("hafen", false, true));
        assert!(Pattern::cue("&fuel levy*").expect("sound").shared);
        assert_eq!(Pattern::name("@Hamburg").expect("sound").need, Need::Neighbour);
    }

    #[test]
    fn what_cannot_be_meant_is_told() {
        for (bad, word) in [("", "short"), ("x", "short"), ("ab*", "short"), ("a*bc", "beginning"), ("?rate", "names")]
        {
            assert!(Pattern::cue(bad).is_err_and(|why| why.contains(word)), "{bad}");
        }
        assert!(Pattern::name("&Maersk").is_err());
    }
}
