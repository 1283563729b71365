//! A query written so that reading it gives the same query again.

use std::fmt;

use super::parse::OFF_TOPIC;
use super::{Query, Text};

/// Writes the query in its own language, days as ISO dates. What [`super::parse`] made reads back the same.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => Ok(()),
            Self::And(parts) => join(f, parts, " "),
            Self::Or(parts) => join(f, parts, " OR "),
            Self::Not(part) if **part == Self::Unread => f.write_str("is:read"),
            Self::Not(part) => {
                f.write_str("-")?;
                part.fmt_inside(f)
            }
            Self::Text(text) => text.fmt(f),
            Self::Title(text) => write!(f, "title:{text}"),
            Self::Author(name) => write!(f, "author:{}", quote_value(name)),
            Self::Source(name) => write!(f, "source:{}", quote_value(name)),
            Self::Topic(topic) => write!(f, "topic:{}", topic.get().id),
            Self::OffTopic => write!(f, "topic:{OFF_TOPIC}"),
            Self::Entity(wanted) => write!(f, "{}:{}", wanted.kinds.name(), quote_value(&wanted.name)),
            Self::Genre(genre) => write!(f, "genre:{}", genre.id()),
            Self::Via(name) => write!(f, "via:{}", quote_value(name)),
            Self::Unread => f.write_str("is:unread"),
            Self::Saved => f.write_str("is:saved"),
            Self::Noted => f.write_str("has:note"),
            Self::FullText => f.write_str("has:fulltext"),
            Self::Since(day) => write!(f, "since:{day}"),
            Self::Before(day) => write!(f, "before:{day}"),
        }
    }
}

impl Query {
    /// As a part of another query: joined ones in parentheses.
    fn fmt_inside(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if matches!(self, Self::And(_) | Self::Or(_)) { write!(f, "({self})") } else { fmt::Display::fmt(self, f) }
    }
}

fn join(f: &mut fmt::Formatter<'_>, parts: &[Query], between: &str) -> fmt::Result {
    for (n, part) in parts.iter().enumerate() {
        if n > 0 {
            f.write_str(between)?;
        }
        part.fmt_inside(f)?;
    }
    Ok(())
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.words.as_slice() {
            [word] if word != "OR" => f.write_str(word)?,
            words => write!(f, "\"{}\"", words.join(" "))?,
        }
        f.write_str(if self.prefix { "*" } else { "" })
    }
}

/// A value as it is written after `source:`, `author:`, `entity:` and the like, in quotes where it needs them. The language has no way to
/// write a double quote inside of quotes: there it becomes a space.
#[must_use]
pub fn quote_value(value: &str) -> String {
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/' | '&' | '\'' | ':' | '?' | '=' | '%');
    if !value.is_empty() && value.chars().all(plain) {
        value.to_owned()
    } else {
        format!("\"{}\"", value.replace(['"', '\u{201c}', '\u{201d}', '\u{201e}'], " "))
    }
}
