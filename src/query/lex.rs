//! Characters to tokens. Never fails: what it does not know is text.

use std::ops::Range;

use super::field::Field;

/// A token and its place in the text, in characters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) at: Range<usize>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Open,
    Close,
    /// `-` right before something.
    Minus,
    /// `OR`
    Or,
    Text(Raw),
    /// `name:value`; the field is none when there is none of that name.
    Field {
        name: String,
        field: Option<Field>,
        value: Raw,
    },
}

/// A word or a quoted text as written, without its quotes and star.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Raw {
    pub(super) text: String,
    pub(super) quoted: bool,
    /// False for a quoted text that ends without its closing quote.
    pub(super) closed: bool,
    /// A star follows.
    pub(super) star: bool,
    pub(super) at: Range<usize>,
}

pub(super) fn lex(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut start = 0;
    while let Some(&c) = chars.get(start) {
        let (kind, end) = match c {
            _ if is_space(c) => {
                start += 1;
                continue;
            }
            '(' => (Kind::Open, start + 1),
            ')' => (Kind::Close, start + 1),
            '-' if chars.get(start + 1).is_some_and(|next| !is_space(*next) && *next != ')') => {
                (Kind::Minus, start + 1)
            }
            _ => field(&chars, start).unwrap_or_else(|| {
                let raw = raw(&chars, start);
                let end = raw.at.end;
                let or = !raw.quoted && raw.text == "OR" && !raw.star;
                (if or { Kind::Or } else { Kind::Text(raw) }, end)
            }),
        };
        tokens.push(Token { kind, at: start..end });
        start = end;
    }
    tokens
}

/// `name:value` at `start`. An unknown name followed by nothing, as in a pasted `Hormuz: what next`, is text, and so is an address.
fn field(chars: &[char], start: usize) -> Option<(Kind, usize)> {
    let length = chars[start..].iter().take_while(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '-')).count();
    let colon = start + length;
    if !chars[start].is_ascii_alphabetic() || chars.get(colon) != Some(&':') {
        return None;
    }
    let name: String = chars[start..colon].iter().collect();
    let field = Field::from_name(&name);
    let value = raw(chars, colon + 1);
    if field.is_none() && !value.quoted && (value.at.is_empty() || value.text.starts_with("//")) {
        return None;
    }
    let end = value.at.end;
    Some((Kind::Field { name, field, value }, end))
}

/// The quoted text or the word that begins at `start`; empty where neither does.
fn raw(chars: &[char], start: usize) -> Raw {
    if !chars.get(start).copied().is_some_and(is_quote) {
        let length = chars[start..].iter().take_while(|c| !is_space(**c) && !is_quote(**c) && !is_paren(**c)).count();
        let word: String = chars[start..start + length].iter().collect();
        let text = word.trim_end_matches('*').to_owned();
        let star = text.len() < word.len();
        return Raw { text, quoted: false, closed: true, star, at: start..start + length };
    }
    let length = chars[start + 1..].iter().take_while(|c| !is_quote(**c)).count();
    let close = start + 1 + length;
    let text: String = chars[start + 1..close].iter().map(|c| if is_space(*c) { ' ' } else { *c }).collect();
    let closed = close < chars.len();
    let mut end = if closed { close + 1 } else { close };
    let star = chars.get(end) == Some(&'*');
    if star {
        end += 1;
    }
    Raw { text, quoted: true, closed, star, at: start..end }
}

/// White space and control characters alike part words.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

/// The straight quote and the typographic ones that come with pasted headlines.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}')
}

fn is_paren(c: char) -> bool {
    matches!(c, '(' | ')')
}
