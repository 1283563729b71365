//! Whether an article has a word with a beginning, as its own text tells: for beginnings that most articles have, where looking
//! at the newest articles finds hits at once and the text index would first put long lists together.

use std::cell::RefCell;

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension};

use super::texts::of_plain;
use crate::text::fold;

/// The condition of an article `a` that is in the text index and has a word with the beginning that is its parameter.
pub(super) const HAS_BEGINNING: &str = "EXISTS (SELECT 1 FROM indexed i JOIN article_text t ON t.article = i.article
    LEFT JOIN author u ON u.id = a.author LEFT JOIN full_text x ON x.article = i.article
    WHERE i.article = a.id AND has_beginning(?, a.title, coalesce(u.name, ''), i.source, t.texts, x.plain))";

/// What a text says at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Yes,
    No,
    /// There are characters in it of which only FTS5 knows whether they part words.
    Unsure,
}

/// What a character is to the text index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Break,
    Unknown,
}

fn kind(c: char) -> Kind {
    match c {
        _ if c.is_ascii_alphanumeric() => Kind::Letter,
        _ if c.is_ascii() => Kind::Break,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ž' if !matches!(c, 'İ' | 'ŉ' | 'Ŀ' | 'ŀ') => Kind::Letter,
        // Spaces, dashes, quotes and dots of printed text.
        '\u{a0}' | '«' | '»' | '·' | '×' | '÷' | '\u{2010}'..='\u{2027}' | '€' | '™' => Kind::Break,
        _ => Kind::Unknown,
    }
}

/// Whether a word of `text` begins with `beginning` (folded letters).
fn found(text: &str, beginning: &str) -> Found {
    let mut unsure = false;
    let mut rest = text;
    while let Some(start) = rest.find(|c| kind(c) != Kind::Break) {
        let run = &rest[start..];
        let end = run.find(|c| kind(c) == Kind::Break).unwrap_or(run.len());
        let (run, after) = run.split_at(end);
        if run.is_ascii() {
            let begins = run.as_bytes().get(..beginning.len());
            if begins.is_some_and(|bytes| bytes.eq_ignore_ascii_case(beginning.as_bytes())) {
                return Found::Yes;
            }
        } else if run.chars().any(|c| kind(c) == Kind::Unknown) {
            unsure = true;
        } else if fold(run).starts_with(beginning) {
            return Found::Yes;
        }
        rest = after;
    }
    if unsure { Found::Unsure } else { Found::No }
}

/// Lets SQL of this connection ask `has_beginning(beginning, title, author, source, texts, full text or NULL)`.
pub(super) fn teach_beginnings(conn: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let apart = RefCell::new(None);
    conn.create_scalar_function("has_beginning", 6, flags, move |context| {
        let beginning = context.get_raw(0).as_str()?;
        let mut unsure = false;
        for at in [1, 2, 3] {
            match found(context.get_raw(at).as_str()?, beginning) {
                Found::Yes => return Ok(true),
                Found::No => {}
                Found::Unsure => unsure = true,
            }
        }
        match with_body(context, |body| found(body, beginning))? {
            Found::Yes => return Ok(true),
            Found::No if !unsure => return Ok(false),
            Found::No | Found::Unsure => {}
        }
        let mut whole = String::new();
        for at in [1, 2, 3] {
            whole.extend([context.get_raw(at).as_str()?, "\n"]);
        }
        with_body(context, |body| whole.push_str(body))?;
        let failed = |error: rusqlite::Error| rusqlite::Error::UserFunctionError(error.into());
        let mut apart = apart.borrow_mut();
        let apart = match &mut *apart {
            Some(apart) => apart,
            none => none.insert(index_of_one().map_err(failed)?),
        };
        asked(apart, &whole, beginning).map_err(failed)
    })
}

/// What `take` says of the text without markup: the page's, else the feed's.
fn with_body<T: Default>(context: &Context<'_>, take: impl FnOnce(&str) -> T) -> rusqlite::Result<T> {
    if let ValueRef::Text(page) = context.get_raw(5) {
        return Ok(take(&String::from_utf8_lossy(page)));
    }
    let mut taken = None;
    of_plain(context.get_raw(4).as_blob()?, |plain| {
        taken = Some(take(plain));
        String::new()
    });
    Ok(taken.unwrap_or_default())
}

impl Default for Found {
    /// Of a damaged text the index has nothing.
    fn default() -> Self {
        Self::No
    }
}

/// An index of one text, tokenised as that of the library is.
fn index_of_one() -> rusqlite::Result<Connection> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch("CREATE VIRTUAL TABLE one USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2')")?;
    Ok(conn)
}

/// Asks FTS5 itself: a fifth of a millisecond for a text of 3 KB.
fn asked(one: &Connection, text: &str, beginning: &str) -> rusqlite::Result<bool> {
    one.prepare_cached("INSERT INTO one (rowid, text) VALUES (1, ?1)")?.execute([text])?;
    let mut select = one.prepare_cached("SELECT 1 FROM one WHERE one MATCH ?1")?;
    let found = select.query_row([format!("\"{beginning}\" *")], |_| Ok(())).optional()?;
    one.prepare_cached("DELETE FROM one")?.execute([])?;
    Ok(found.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_says_is_what_the_index_says() {
        let one = index_of_one().expect("made");
        let mut sure = 0;
        for c in '\u{1}'..'\u{3000}' {
            for text in
                [format!("x{c}con"), format!("{c}con"), format!("co{c}n"), format!("c{c} con{c}x"), c.to_string()]
            {
                for beginning in ["con", "c", "e", "1"] {
                    let says = found(&text, beginning);
                    if says != Found::Unsure {
                        sure += 1;
                        let wanted = asked(&one, &text, beginning).expect("asked");
                        assert_eq!(says == Found::Yes, wanted, "{beginning}* in {text:?} ({:x})", u32::from(c));
                    }
                }
            }
        }
        assert!(sure > 6_000, "{sure}");
        assert_eq!(found("Ein Kran am Quai – défi: “Çöntainer”…", "cont"), Found::Yes);
        assert_eq!(found("货运 rises", "con"), Found::Unsure);
    }
}
