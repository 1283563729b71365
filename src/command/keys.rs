//! Keys as they are written in configs and in the help: `j`, `G`, `Space`, `Ctrl-d`, `Shift-Tab`, `F5`.
//!
//! A type of our own, so that this layer knows no terminal library.

use std::fmt;
use std::str::FromStr;

/// A key press. Made with [`Key::new`] or read from text, both of which make equal what a terminal cannot tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    code: KeyCode,
    ctrl: bool,
    alt: bool,
    shift: bool,
}

/// A key without its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    /// A character, the space included.
    Char(char),
    /// Return.
    Enter,
    /// Escape.
    Esc,
    /// Tab; with shift it is what terminals call BackTab.
    Tab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// A function key, 1 to 24.
    F(u8),
}

/// Names in the order of preference: the first of a code is the one that is printed.
const NAMES: &[(&str, KeyCode)] = &[
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Return", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Escape", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Backspace", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Delete", KeyCode::Delete),
    ("Ins", KeyCode::Insert),
    ("Insert", KeyCode::Insert),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PageUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("PageDown", KeyCode::PageDown),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
];

/// A text that names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a key; keys are written j, G, Space, Enter, Esc, Ctrl-d, Alt-x, Shift-Tab, F5, PgDn, Up")]
pub struct KeyError(pub String);

impl Key {
    /// The key as terminals tell it: shift is part of a letter (`J`), and with Ctrl the letter has no case.
    #[must_use]
    pub fn new(code: KeyCode, ctrl: bool, alt: bool, shift: bool) -> Self {
        let (code, shift) = match code {
            KeyCode::Char(' ') => (code, shift),
            KeyCode::Char(c) if ctrl => (KeyCode::Char(single(c, c.to_lowercase())), shift && c.is_alphabetic()),
            KeyCode::Char(c) if shift => (KeyCode::Char(single(c, c.to_uppercase())), false),
            _ => (code, shift),
        };
        Self { code, ctrl, alt, shift }
    }

    /// The key without its modifiers.
    #[must_use]
    pub fn code(self) -> KeyCode {
        self.code
    }

    /// Whether Ctrl, Alt and Shift are held; Shift is not where it is part of a letter.
    #[must_use]
    pub fn held(self) -> (bool, bool, bool) {
        (self.ctrl, self.alt, self.shift)
    }

    /// The character that it types, when it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

/// The one character that a case mapping gives, or `c` itself when it gives several.
fn single(c: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

impl FromStr for Key {
    type Err = KeyError;

    /// Reads the notation. Names and modifiers have no case; `C-`, `A-`, `M-` and `S-` are understood too.
    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text;
        while let Some((modifier, after)) = rest.split_once('-').filter(|(_, after)| !after.is_empty()) {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" | "control" | "c" => ctrl = true,
                "alt" | "meta" | "a" | "m" => alt = true,
                "shift" | "s" => shift = true,
                _ => break,
            }
            rest = after;
        }
        if rest.eq_ignore_ascii_case("BackTab") {
            return Ok(Self::new(KeyCode::Tab, ctrl, alt, true));
        }
        let code = code(rest).ok_or_else(|| KeyError(text.chars().take(40).collect()))?;
        Ok(Self::new(code, ctrl, alt, shift))
    }
}

fn code(name: &str) -> Option<KeyCode> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && !c.is_whitespace()).then_some(KeyCode::Char(c));
    }
    if let Some(number) = name.strip_prefix(['F', 'f'])
        && let Ok(number) = number.parse::<u8>()
        && name[1..].bytes().all(|b| b.is_ascii_digit())
    {
        return (1..=24).contains(&number).then_some(KeyCode::F(number));
    }
    NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, code)| *code)
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl-"), (self.alt, "Alt-"), (self.shift, "Shift-")] {
            f.write_str(if held { name } else { "" })?;
        }
        match (NAMES.iter().find(|(_, code)| *code == self.code), self.code) {
            (Some((name, _)), _) => f.write_str(name),
            (None, KeyCode::Char(c)) => write!(f, "{c}"),
            (None, KeyCode::F(number)) => write!(f, "F{number}"),
            // Every other code has a name; the test prints them all.
            (None, other) => write!(f, "{other:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn printed(text: &str) -> String {
        text.parse::<Key>().map_or_else(|error| error.to_string(), |key| key.to_string())
    }

    #[test]
    fn the_notation_is_read_leniently_and_printed_in_one_way() {
        for (text, expected) in [
            ("j", "j"),
            ("G", "G"),
            ("Shift-g", "G"),
            ("shift-?", "?"),
            ("Space", "Space"),
            ("shift-space", "Shift-Space"),
            ("C-d", "Ctrl-d"),
            ("Ctrl-D", "Ctrl-d"),
            ("Ctrl-Shift-d", "Ctrl-Shift-d"),
            ("M-x", "Alt-x"),
            ("Ctrl-Alt-Del", "Ctrl-Alt-Del"),
            ("BackTab", "Shift-Tab"),
            ("S-tab", "Shift-Tab"),
            ("return", "Enter"),
            ("PageDown", "PgDn"),
            ("f5", "F5"),
            ("F24", "F24"),
            ("-", "-"),
            ("Ctrl--", "Ctrl--"),
            ("é", "é"),
        ] {
            assert_eq!(printed(text), expected, "{text}");
        }
        for text in ["", "gg", "Hyper-x", "Ctrl-", "F0", "F25", "F+1", " ", "\u{1b}", "Entr"] {
            assert!(text.parse::<Key>().is_err(), "{text:?} was read as {}", printed(text));
        }
    }

    #[test]
    fn every_code_has_a_name_that_reads_back() {
        for (_, code) in NAMES {
            let key = Key::new(*code, true, true, true);
            assert_eq!(key.to_string().parse(), Ok(key));
        }
    }

    #[test]
    fn a_key_types_its_character_only_without_ctrl_and_alt() {
        assert_eq!("J".parse::<Key>().map(Key::typed), Ok(Some('J')));
        assert_eq!("Space".parse::<Key>().map(Key::typed), Ok(Some(' ')));
        assert_eq!("Ctrl-j".parse::<Key>().map(Key::typed), Ok(None));
        assert_eq!("Enter".parse::<Key>().map(Key::typed), Ok(None));
    }

    proptest! {
        #[test]
        fn what_is_printed_reads_back(c in any::<char>(), ctrl: bool, alt: bool, shift: bool) {
            prop_assume!(c == ' ' || (!c.is_control() && !c.is_whitespace()));
            let key = Key::new(KeyCode::Char(c), ctrl, alt, shift);
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }

        #[test]
        fn any_text_is_a_key_or_an_error(text in any::<String>()) {
            if let Ok(key) = text.parse::<Key>() {
                prop_assert_eq!(key.to_string().parse(), Ok(key));
            }
        }
    }
}
