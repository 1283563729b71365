//! A query as SQL: conditions on an article, and text that the index can drive from.
//!
//! Words never become FTS5 syntax: each is quoted. A part of a query that is all text is one index expression.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::beginnings::{Beginnings, Part};
use super::entities;
use super::own_words::HAS_BEGINNING;
use crate::model::Genres;
use crate::query::{Query, Text};
use crate::text::fold;

/// A condition with its parameters, in the order of its question marks.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Condition {
    pub(super) sql: String,
    pub(super) params: Vec<Value>,
}

impl Condition {
    fn plain(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), params: Vec::new() }
    }

    fn with(sql: impl Into<String>, param: impl Into<Value>) -> Self {
        Self { sql: sql.into(), params: vec![param.into()] }
    }

    fn join(parts: Vec<Self>, word: &str, of_none: &str) -> Self {
        if parts.is_empty() {
            return Self::plain(of_none);
        }
        let (sql, params): (Vec<String>, Vec<Vec<Value>>) =
            parts.into_iter().map(|part| (part.sql, part.params)).unzip();
        Self { sql: format!("({})", sql.join(word)), params: params.into_iter().flatten().collect() }
    }
}

/// A query taken apart for the way it is best looked up.
#[expect(clippy::struct_excessive_bools, reason = "each is a field of the language")]
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Search {
    /// The text that must match, as one index expression, if there is any.
    pub(super) text: Option<String>,
    /// Everything else.
    pub(super) rest: Condition,
    /// Dates from this second on.
    pub(super) since: i64,
    /// Dates before this second.
    pub(super) before: i64,
    /// Only unread, only saved, only noted articles: decides the index that is walked when there is no text.
    pub(super) unread: bool,
    /// Only read ones.
    pub(super) read: bool,
    pub(super) saved: bool,
    pub(super) noted: bool,
    /// Only articles with their full text: likewise.
    pub(super) full_text: bool,
    /// The authors one of whom must have written it, when the query says so and they are not too many.
    pub(super) authors: Option<Vec<Named>>,
    /// Likewise the feeds it must be from.
    pub(super) feeds: Option<Vec<Named>>,
    /// Likewise those it must be taken from; with `feeds`, one or the other.
    pub(super) vias: Option<Vec<Named>>,
    /// Likewise the numbers of the entities it must name.
    pub(super) entities: Option<Vec<i64>>,
    /// A topic it must have, as the column has it.
    pub(super) topic: Option<u8>,
    /// It must have none.
    pub(super) off_topic: bool,
}

/// The condition of articles with their full text.
pub(super) const HAS_FULL_TEXT: &str = "EXISTS (SELECT 1 FROM full_text x WHERE x.article = a.id)";

/// An author or a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) id: i64,
    pub(super) name: String,
}

/// More names than this are not looked up one by one.
const NAMES: usize = 64;

/// Takes a query apart for so many rows. Feed names are looked up now; days begin in the system's time zone.
pub(super) fn plan(conn: &Connection, query: &Query, rows: usize) -> rusqlite::Result<Search> {
    let beginnings = &Beginnings::of(conn, query, rows)?;
    let mut conjuncts = Vec::new();
    flatten(query, &mut conjuncts);
    let (mut texts, mut rest) = (Vec::new(), Vec::new());
    let mut search = Search {
        text: None,
        rest: Condition::default(),
        since: i64::MIN,
        before: i64::MAX,
        unread: false,
        read: false,
        saved: false,
        noted: false,
        full_text: false,
        authors: None,
        feeds: None,
        vias: None,
        entities: None,
        topic: None,
        off_topic: false,
    };
    for part in conjuncts {
        match part {
            Query::Since(day) => search.since = search.since.max(start_of(*day)),
            Query::Before(day) => search.before = search.before.min(start_of(*day)),
            Query::Unread => search.unread = true,
            Query::Saved => search.saved = true,
            Query::Noted => search.noted = true,
            Query::FullText => search.full_text = true,
            Query::Not(part) if **part == Query::Unread => search.read = true,
            Query::Text(_) | Query::Title(_) | Query::Not(_) | Query::Or(_) => match beginnings.everywhere(part) {
                Some(beginning) => rest.push(Condition::with(HAS_BEGINNING, beginning.to_owned())),
                None => texts.push(part),
            },
            other => {
                match other {
                    Query::Author(part) => search.authors = Some(authors_like(conn, part)?),
                    Query::Source(part) if search.feeds.is_none() && search.vias.is_none() => {
                        search.feeds = Some(feeds_like(conn, part)?);
                        search.vias = Some(vias_like(conn, part)?).filter(|vias| !vias.is_empty());
                    }
                    Query::Via(part) if search.feeds.is_none() && search.vias.is_none() => {
                        search.vias = Some(vias_like(conn, part)?);
                    }
                    Query::Entity(wanted) => search.entities = Some(entities::wanted(conn, wanted)?),
                    Query::OffTopic => search.off_topic = true,
                    Query::Topic(topic) => search.topic = u8::try_from(topic.index()).ok(),
                    _ => {}
                }
                rest.push(condition(conn, beginnings, other)?);
            }
        }
    }
    search.authors = search.authors.filter(|names| names.len() <= NAMES);
    // One list of too many names would leave hits out that the other does not have.
    if [&search.feeds, &search.vias].into_iter().flatten().any(|names| names.len() > NAMES) {
        (search.feeds, search.vias) = (None, None);
    }
    search.entities = search.entities.filter(|numbers| numbers.len() <= NAMES);
    let text = expression_of_all(beginnings, &texts);
    if text.is_none() {
        for part in texts {
            rest.push(condition(conn, beginnings, part)?);
        }
        search.rest = Condition::join(rest, " AND ", "1");
        return Ok(search);
    }
    // What the expression could not take stays a condition.
    for part in texts {
        if expression(beginnings, part).is_none() && negated_expression(beginnings, part).is_none() {
            rest.push(condition(conn, beginnings, part)?);
        }
    }
    search.text = text;
    search.rest = Condition::join(rest, " AND ", "1");
    Ok(search)
}

/// The parts of the conjunction at the top. A negated one is turned inside out where that gives text.
fn flatten<'q>(query: &'q Query, into: &mut Vec<&'q Query>) {
    match query {
        Query::All => {}
        Query::And(parts) => parts.iter().for_each(|part| flatten(part, into)),
        other => into.push(other),
    }
}

/// The second at which a day begins here.
fn start_of(day: Date) -> i64 {
    day.to_zoned(TimeZone::system()).map_or(i64::MAX, |start| start.timestamp().as_second())
}

/// One index expression for all parts that are text; None when none of them is positive.
fn expression_of_all(beginnings: &Beginnings, parts: &[&Query]) -> Option<String> {
    let positive: Vec<String> = parts.iter().filter_map(|part| expression(beginnings, part)).collect();
    let negative: Vec<String> = parts.iter().filter_map(|part| negated_expression(beginnings, part)).collect();
    if positive.is_empty() {
        return None;
    }
    let all = positive.join(" AND ");
    Some(if negative.is_empty() { all } else { format!("({all}) NOT ({})", negative.join(" OR ")) })
}

/// The expression under a `Not`.
fn negated_expression(beginnings: &Beginnings, query: &Query) -> Option<String> {
    if let Query::Not(inner) = query { expression(beginnings, inner) } else { None }
}

/// The index expression of a query that is all text; None for any other, and for text without a letter or digit.
fn expression(beginnings: &Beginnings, query: &Query) -> Option<String> {
    match query {
        Query::Text(text) => phrase(beginnings, text),
        Query::Title(text) => phrase(beginnings, text).map(|phrase| format!("title : {phrase}")),
        Query::Or(parts) if !parts.is_empty() => {
            let parts: Option<Vec<String>> = parts.iter().map(|part| expression(beginnings, part)).collect();
            parts.map(|parts| format!("({})", parts.join(" OR ")))
        }
        Query::And(parts) if !parts.is_empty() => {
            let is_text =
                |part| expression(beginnings, part).is_some() || negated_expression(beginnings, part).is_some();
            let all_text = parts.iter().all(is_text);
            let parts: Vec<&Query> = parts.iter().collect();
            expression_of_all(beginnings, &parts).filter(|_| all_text).map(|all| format!("({all})"))
        }
        _ => None,
    }
}

/// Articles whose text is looked through for scripts without spaces: the newest so many.
const LOOKED_THROUGH: i64 = 20_000;

/// True for text of a script that puts no spaces between words (Han, Kana, Thai). The index takes a whole run of it for one
/// word, so it is looked for letter by letter, in the newest articles only.
fn is_unspaced(text: &Text) -> bool {
    let unspaced = |c: char| matches!(u32::from(c), 0x0e00..=0x0e7f | 0x3040..=0x30ff | 0x3400..=0x9fff | 0xf900..=0xfaff | 0x2_0000..=0x2_fa1f);
    text.words.iter().any(|word| word.contains(unspaced))
}

/// Text looked for letter by letter; in the title only, or in the title and the text.
fn letters(text: &Text, title_only: bool) -> Condition {
    let words = Value::from(text.words.join(" "));
    if title_only {
        return Condition { sql: "instr(a.title, ?) > 0".to_owned(), params: vec![words] };
    }
    let sql = format!(
        "(instr(a.title, ?) > 0 OR (a.id > (SELECT coalesce(max(id), 0) - {LOOKED_THROUGH} FROM article) AND EXISTS
         (SELECT 1 FROM article_text t LEFT JOIN full_text x ON x.article = t.article
          WHERE t.article = a.id AND instr(coalesce(x.plain, plain_of(t.texts)), ?) > 0)))"
    );
    Condition { sql, params: vec![words.clone(), words] }
}

/// A quoted phrase. Whose last word is a beginning: one for each of the words that it may be, or with a star.
fn phrase(beginnings: &Beginnings, text: &Text) -> Option<String> {
    if is_unspaced(text) {
        return None;
    }
    let (last, before) = text.words.split_last()?;
    let star = |words: &str| phrase_of(words).map(|phrase| format!("{phrase} *"));
    let Some(parts) = beginnings.parts(last).filter(|_| text.prefix) else {
        let words = text.words.join(" ");
        return if text.prefix { star(&words) } else { phrase_of(&words) };
    };
    let ending_in = |word: &str| before.iter().map(String::as_str).chain([word]).collect::<Vec<_>>().join(" ");
    let phrases: Option<Vec<String>> = parts
        .iter()
        .map(|part| match part {
            Part::Word(word) => phrase_of(&ending_in(word)),
            Part::Beginning(beginning) => star(&ending_in(beginning)),
        })
        .collect();
    phrases.map(|phrases| format!("({})", phrases.join(" OR ")))
}

/// Words as a quoted phrase; None when there is no letter or digit in them.
pub(super) fn phrase_of(words: &str) -> Option<String> {
    // A null byte would end the expression early.
    let quoted = words.replace('\0', " ").replace('"', "\"\"");
    words.contains(char::is_alphanumeric).then(|| format!("\"{quoted}\""))
}

/// A query as a condition on `a`, an article's row. It is never NULL, so that NOT may stand before it.
fn condition(conn: &Connection, beginnings: &Beginnings, query: &Query) -> rusqlite::Result<Condition> {
    if let Some(expression) = expression(beginnings, query) {
        return Ok(Condition::with(
            "((a.date << 29) | a.id) IN (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)",
            expression,
        ));
    }
    let conditions =
        |parts: &[Query]| parts.iter().map(|part| condition(conn, beginnings, part)).collect::<rusqlite::Result<_>>();
    Ok(match query {
        Query::Text(text) if is_unspaced(text) => letters(text, false),
        Query::Title(text) if is_unspaced(text) => letters(text, true),
        // Text without a letter or digit says nothing.
        Query::All | Query::Text(_) | Query::Title(_) => Condition::plain("1"),
        Query::And(parts) => Condition::join(conditions(parts)?, " AND ", "1"),
        // Not plainly 0: a condition that is false at once leaves an index that was asked for unusable.
        Query::Or(parts) => Condition::join(conditions(parts)?, " OR ", "a.id < 0"),
        Query::Not(inner) => {
            let Condition { sql, params } = condition(conn, beginnings, inner)?;
            Condition { sql: format!("NOT {sql}"), params }
        }
        Query::Author(part) => Condition::with(
            "(a.author IS NOT NULL AND a.author IN (SELECT id FROM author WHERE instr(folded, ?) > 0))",
            fold(part),
        ),
        Query::Source(part) => {
            let feeds: Vec<String> = feeds_like(conn, part)?.iter().map(|feed| feed.id.to_string()).collect();
            let feeds = Condition::plain(format!("a.feed IN ({})", feeds.join(", ")));
            Condition::join(vec![feeds, taken_from(part)], " OR ", "")
        }
        Query::Topic(topic) => {
            let byte = u8::try_from(topic.index()).unwrap_or(u8::MAX);
            Condition::with("instr(a.topics, ?) > 0", vec![byte])
        }
        Query::Entity(wanted) => {
            let numbers: Vec<String> = entities::wanted(conn, wanted)?.iter().map(ToString::to_string).collect();
            Condition::plain(format!(
                "EXISTS (SELECT 1 FROM article_entity e WHERE e.entity IN ({}) AND e.date = a.date AND e.article = a.id)",
                numbers.join(", ")
            ))
        }
        Query::Genre(genre) => {
            let bits = Genres::default().with(*genre).bits();
            Condition::with("(a.genres & ?) <> 0", i64::from(bits))
        }
        Query::Via(part) => taken_from(part),
        Query::OffTopic => Condition::plain("a.topics = x''"),
        Query::Unread => Condition::plain("a.read = 0"),
        Query::Saved => Condition::plain("a.saved = 1"),
        Query::Noted => Condition::plain("a.noted = 1"),
        Query::FullText => Condition::plain(HAS_FULL_TEXT),
        Query::Since(day) => Condition::with("a.date >= ?", start_of(*day)),
        Query::Before(day) => Condition::with("a.date < ?", start_of(*day)),
    })
}

/// Taken from somebody whose name contains this.
fn taken_from(part: &str) -> Condition {
    let sql = "(a.via IS NOT NULL AND a.via IN (SELECT id FROM via WHERE instr(folded, ?) > 0))";
    Condition::with(sql, fold(part))
}

/// Names that articles are taken from that contain this; one more than [`NAMES`] at most.
fn vias_like(conn: &Connection, part: &str) -> rusqlite::Result<Vec<Named>> {
    conn.prepare_cached("SELECT id, name FROM via WHERE instr(folded, ?1) > 0 LIMIT ?2")?
        .query_map((fold(part), i64::try_from(NAMES + 1).unwrap_or(i64::MAX)), |row| {
            Ok(Named { id: row.get(0)?, name: row.get(1)? })
        })?
        .collect()
}

/// Authors whose name contains this, whatever the case; one more than [`NAMES`] at most.
fn authors_like(conn: &Connection, part: &str) -> rusqlite::Result<Vec<Named>> {
    conn.prepare_cached("SELECT id, name FROM author WHERE instr(folded, ?1) > 0 LIMIT ?2")?
        .query_map((fold(part), i64::try_from(NAMES + 1).unwrap_or(i64::MAX)), |row| {
            Ok(Named { id: row.get(0)?, name: row.get(1)? })
        })?
        .collect()
}

/// Shown feeds whose name or URL contains this, whatever the case.
fn feeds_like(conn: &Connection, part: &str) -> rusqlite::Result<Vec<Named>> {
    let wanted = fold(part);
    let mut select = conn.prepare_cached("SELECT id, name, url FROM feed WHERE shown = 1")?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let holds =
            |column: usize| -> rusqlite::Result<bool> { Ok(fold(row.get_ref(column)?.as_str()?).contains(&wanted)) };
        if holds(1)? || holds(2)? {
            found.push(Named { id: row.get(0)?, name: row.get(1)? });
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &[&str], prefix: bool) -> Query {
        Query::Text(Text { words: words.iter().map(ToString::to_string).collect(), prefix })
    }

    fn not(query: Query) -> Query {
        Query::Not(Box::new(query))
    }

    /// A library's text index, empty.
    fn indexed() -> Connection {
        let conn = Connection::open_in_memory().expect("SQLite starts");
        conn.execute_batch("CREATE VIRTUAL TABLE article_fts USING fts5 (title, body)").expect("made");
        conn
    }

    #[test]
    fn words_never_become_syntax() {
        assert_eq!(expression(&Beginnings::default(), &text(&["a\"b"], false)).as_deref(), Some("\"a\"\"b\""));
        assert_eq!(
            expression(&Beginnings::default(), &text(&["NEAR(x", "OR"], true)).as_deref(),
            Some("\"NEAR(x OR\" *")
        );
        assert_eq!(expression(&Beginnings::default(), &text(&["--"], true)), None);
    }

    #[test]
    fn text_is_one_expression_and_the_rest_are_conditions() {
        let conn = indexed();
        let query = Query::And(vec![
            text(&["port"], false),
            not(text(&["strike"], false)),
            Query::Or(vec![text(&["x"], false), text(&["y"], true)]),
            Query::Unread,
            not(Query::Saved),
            Query::Or(vec![Query::Noted, text(&["z"], false)]),
        ]);
        let search = plan(&conn, &query, 50).expect("it can be planned");
        assert_eq!(search.text.as_deref(), Some("(\"port\" AND (\"x\" OR \"y\" *)) NOT (\"strike\")"));
        assert!(search.unread && !search.saved);
        assert_eq!(
            search.rest.sql,
            "(NOT a.saved = 1 AND (a.noted = 1 OR ((a.date << 29) | a.id) IN \
             (SELECT rowid FROM article_fts WHERE article_fts MATCH ?)))"
        );
        assert_eq!(search.rest.params, [Value::from("\"z\"".to_owned())]);
    }

    #[test]
    fn a_query_that_only_excludes_text_has_no_expression() {
        let conn = indexed();
        let search = plan(&conn, &not(text(&["strike"], false)), 50).expect("it can be planned");
        assert_eq!(search.text, None);
        assert!(search.rest.sql.starts_with("(NOT ((a.date"), "{}", search.rest.sql);
    }
}
