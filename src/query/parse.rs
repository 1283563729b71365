//! Tokens to a query: recursive descent with a bound on nesting.
//!
//! ```text
//! all   = any*                              what stands side by side must all match
//! any   = one ("OR" one)*                   OR binds tighter, as in web search: hapag OR maersk topic:rates
//! one   = "-"* ( "(" all ")" | text | field )
//! ```

use jiff::civil::Date;

use super::day::day;
use super::error::QueryError;
use super::field::{FIELDS, Field};
use super::lex::{Kind, Raw, Token, lex};
use super::nearest::nearest;
use super::{EntityWanted, Query, Text};
use crate::model::{ALL_TOPICS, Genre, TopicId};

/// Parentheses inside each other, and the depth of the tree made of them.
const MAX_DEPTH: usize = 64;
/// Words, phrases and fields of one query.
const MAX_TERMS: usize = 256;
/// `topic:off` is what has no topic.
pub(super) const OFF_TOPIC: &str = "off";

/// Reads a query. Days are reckoned from `today`, in local time.
///
/// # Errors
/// The first thing that cannot be understood, with its place.
pub fn parse(text: &str, today: Date) -> Result<Query, QueryError> {
    parse_tokens(text, today, false)
}

/// Reads a query that is still being typed: an unfinished end is no error, and a word that the text ends with matches
/// what begins with it.
///
/// # Errors
/// As [`parse`].
pub fn parse_unfinished(text: &str, today: Date) -> Result<Query, QueryError> {
    parse_tokens(text, today, true)
}

fn parse_tokens(text: &str, today: Date, unfinished: bool) -> Result<Query, QueryError> {
    let end = text.chars().count();
    let mut tokens = lex(text);
    if unfinished && let Some(last) = tokens.last_mut().filter(|last| last.at.end == end) {
        match &mut last.kind {
            Kind::Text(raw) | Kind::Field { field: Some(Field::Title), value: raw, .. } if !raw.quoted => {
                raw.star = true;
            }
            _ => {}
        }
    }
    let mut parser = Parser { tokens: &tokens, next: 0, today, unfinished, end, depth: 0, terms: 0 };
    let query = parser.all()?.unwrap_or(Query::All);
    if let Some(stray) = parser.peek() {
        return Err(QueryError::new(stray.at.clone(), "there is no ( for this )"));
    }
    if depth(&query) > MAX_DEPTH {
        return Err(QueryError::new(0..end, "too many parentheses inside each other"));
    }
    Ok(query)
}

struct Parser<'a> {
    tokens: &'a [Token],
    next: usize,
    today: Date,
    unfinished: bool,
    end: usize,
    depth: usize,
    terms: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.next)
    }

    /// Up to a closing parenthesis or the end. None when nothing in it says anything, as with `&`.
    fn all(&mut self) -> Result<Option<Query>, QueryError> {
        let mut parts = Vec::new();
        while self.peek().is_some_and(|token| token.kind != Kind::Close) {
            match self.any()? {
                Some(Query::And(more)) => parts.extend(more),
                Some(part) => parts.push(part),
                None => {}
            }
        }
        Ok(joined(parts, Query::And))
    }

    fn any(&mut self) -> Result<Option<Query>, QueryError> {
        let mut parts = Vec::new();
        let mut part = self.one()?;
        while let Some(or) = self.peek().filter(|token| token.kind == Kind::Or) {
            self.next += 1;
            let Some(before) = part else { return Err(needs_both_sides(or)) };
            parts.push(before);
            if self.unfinished && self.peek().is_none() {
                return Ok(joined(flat_or(parts), Query::Or));
            }
            part = match self.peek() {
                None | Some(Token { kind: Kind::Close | Kind::Or, .. }) => None,
                Some(_) => self.one()?,
            };
            if part.is_none() {
                return Err(needs_both_sides(or));
            }
        }
        parts.extend(part);
        Ok(joined(flat_or(parts), Query::Or))
    }

    fn one(&mut self) -> Result<Option<Query>, QueryError> {
        let mut negative = false;
        while self.peek().is_some_and(|token| token.kind == Kind::Minus) {
            self.next += 1;
            negative = !negative;
        }
        let Some(token) = self.peek() else { return Ok(None) };
        self.next += 1;
        let part = match &token.kind {
            Kind::Open => self.group(token)?,
            Kind::Text(raw) => self.text(raw)?.map(Query::Text),
            Kind::Field { name, field, value } => self.field(token, name, *field, value)?,
            Kind::Or => return Err(needs_both_sides(token)),
            // A minus is never before a space or a parenthesis that closes, and `all` stops at one.
            Kind::Close | Kind::Minus => None,
        };
        Ok(part.map(|part| if negative { not(part) } else { part }))
    }

    fn group(&mut self, open: &Token) -> Result<Option<Query>, QueryError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(QueryError::new(open.at.clone(), "too many parentheses inside each other"));
        }
        let inner = self.all()?;
        self.depth -= 1;
        match self.peek() {
            Some(_) => self.next += 1,
            None if self.unfinished => return Ok(inner),
            None => return Err(QueryError::new(open.at.clone(), "there is no ) for this (")),
        }
        if inner.is_none() {
            return Err(QueryError::new(open.at.clone(), "there is nothing to search for between ( and )"));
        }
        Ok(inner)
    }

    fn field(
        &mut self,
        token: &Token,
        name: &str,
        field: Option<Field>,
        value: &Raw,
    ) -> Result<Option<Query>, QueryError> {
        let Some(field) = field else {
            let at = token.at.start..token.at.start + name.chars().count() + 1;
            return Err(QueryError::new(at, unknown_field(name)));
        };
        let plain = value.text.split_whitespace().collect::<Vec<_>>().join(" ");
        if plain.is_empty() {
            if self.unfinished && token.at.end == self.end {
                return Ok(None);
            }
            let message = format!("{}: needs a value right after the colon", name.to_lowercase());
            return Err(QueryError::new(token.at.clone(), message));
        }
        // `on:` is two terms when it is written out.
        self.count(token, if field == Field::On { 2 } else { 1 })?;
        let query = match field {
            Field::Topic if plain.eq_ignore_ascii_case(OFF_TOPIC) => Ok(Query::OffTopic),
            Field::Topic => topic(&plain).map(Query::Topic),
            Field::Entity(kinds) => Ok(Query::Entity(EntityWanted { kinds, name: plain, ids: Vec::new() })),
            Field::Genre => genre(&plain).map(Query::Genre),
            Field::Via => Ok(Query::Via(plain)),
            Field::Source => Ok(Query::Source(plain)),
            Field::Author => Ok(Query::Author(plain)),
            Field::Title => return Ok(self.text(value)?.map(Query::Title)),
            Field::Is => is(&plain),
            Field::Has if plain.eq_ignore_ascii_case("note") => Ok(Query::Noted),
            Field::Has if plain.eq_ignore_ascii_case("fulltext") => Ok(Query::FullText),
            Field::Has => Err("has: takes note or fulltext".to_owned()),
            Field::Since => self.day(&plain).map(Query::Since),
            Field::Before => self.day(&plain).map(Query::Before),
            Field::On => self.day(&plain).map(|day| match day.tomorrow() {
                Ok(next) => Query::And(vec![Query::Since(day), Query::Before(next)]),
                Err(_) => Query::Since(day),
            }),
        };
        match query {
            Ok(query) => Ok(Some(query)),
            Err(_) if self.unfinished && token.at.end == self.end => Ok(None),
            Err(message) => Err(QueryError::new(value.at.clone(), message)),
        }
    }

    fn day(&self, value: &str) -> Result<Date, String> {
        day(value, self.today).ok_or_else(|| {
            format!("{} is not a day; write 2026-04-28, 7d, 2w, 24h, today, yesterday or fri", quoted(value))
        })
    }

    fn text(&mut self, raw: &Raw) -> Result<Option<Text>, QueryError> {
        let words: Vec<String> = words(&raw.text).map(str::to_owned).collect();
        self.terms += words.len();
        if self.terms > MAX_TERMS {
            return Err(too_long(&raw.at));
        }
        Ok((!words.is_empty()).then_some(Text { words, prefix: raw.star }))
    }

    fn count(&mut self, token: &Token, terms: usize) -> Result<(), QueryError> {
        self.terms += terms;
        if self.terms > MAX_TERMS { Err(too_long(&token.at)) } else { Ok(()) }
    }
}

/// The words of a text as the search index parts them: runs of letters, digits and the marks on them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !unicode_normalization::char::is_combining_mark(c))
        // Marks without a letter are no word.
        .filter(|word| word.chars().any(char::is_alphanumeric))
}

fn joined(mut parts: Vec<Query>, join: fn(Vec<Query>) -> Query) -> Option<Query> {
    if parts.len() > 1 { Some(join(parts)) } else { parts.pop() }
}

fn flat_or(parts: Vec<Query>) -> Vec<Query> {
    parts.into_iter().flat_map(|part| if let Query::Or(more) = part { more } else { vec![part] }).collect()
}

fn not(query: Query) -> Query {
    if let Query::Not(inner) = query { *inner } else { Query::Not(Box::new(query)) }
}

fn depth(query: &Query) -> usize {
    match query {
        Query::And(parts) | Query::Or(parts) => 1 + parts.iter().map(depth).max().unwrap_or(0),
        Query::Not(part) => 1 + depth(part),
        _ => 1,
    }
}

fn is(value: &str) -> Result<Query, String> {
    match value.to_lowercase().as_str() {
        "unread" => Ok(Query::Unread),
        "read" => Ok(not(Query::Unread)),
        "saved" => Ok(Query::Saved),
        "noted" => Err("is: takes unread, read or saved; notes are has:note".to_owned()),
        _ => Err("is: takes unread, read or saved".to_owned()),
    }
}

fn topic(value: &str) -> Result<TopicId, String> {
    let named = |name: &str| name.eq_ignore_ascii_case(value);
    if let Some(index) = ALL_TOPICS.iter().position(|t| named(t.id) || named(t.name) || named(t.label)) {
        return TopicId::from_index(index).ok_or_else(String::new);
    }
    let hint = nearest(value, ALL_TOPICS.iter().map(|t| t.id)).map_or_else(
        || format!("the topics are {}, and {OFF_TOPIC} for none", ALL_TOPICS.map(|t| t.id).join(" ")),
        |id| format!("did you mean {id}?"),
    );
    Err(format!("there is no topic {}; {hint}", quoted(value)))
}

fn genre(value: &str) -> Result<Genre, String> {
    let named = |row: &&(Genre, &str, &str)| row.1.eq_ignore_ascii_case(value) || row.2.eq_ignore_ascii_case(value);
    if let Some((genre, ..)) = Genre::ALL.iter().find(named) {
        return Ok(*genre);
    }
    let hint = nearest(value, Genre::ALL.iter().map(|row| row.1)).map_or_else(
        || format!("the genres are {}", Genre::ALL.map(|row| row.1).join(" ")),
        |id| format!("did you mean {id}?"),
    );
    Err(format!("there is no genre {}; {hint}", quoted(value)))
}

fn unknown_field(name: &str) -> String {
    let hint = nearest(name, FIELDS.iter().map(|f| f.name)).map_or_else(
        || {
            let names: Vec<String> = FIELDS.iter().map(|f| format!("{}:", f.name)).collect();
            format!("the fields are {}, and text with a colon goes in quotes", names.join(" "))
        },
        |known| format!("did you mean {known}:?"),
    );
    format!("there is no field {}:; {hint}", shortened(name))
}

fn needs_both_sides(or: &Token) -> QueryError {
    QueryError::new(or.at.clone(), "OR needs something to search for on both sides; the word itself goes in quotes")
}

fn too_long(at: &std::ops::Range<usize>) -> QueryError {
    QueryError::new(at.clone(), format!("a query may have {MAX_TERMS} words and no more"))
}

fn quoted(value: &str) -> String {
    format!("\"{}\"", shortened(value))
}

fn shortened(value: &str) -> String {
    let short: String = value.chars().take(40).collect();
    if short.len() < value.len() { format!("{short}…") } else { short }
}
