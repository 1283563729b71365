//! Where the hits of a search are found: in the text index, or along the narrowest list.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::columns::{ID_MASK, document};
use super::listing::{Range, Sorted, of_entity, of_feed, off_topic};
use super::search::{self, HAS_FULL_TEXT, Named, Search, phrase_of};
use crate::query::{Query, Rows};

/// So many articles are rather looked up in the text index one by one than found among all hits of a word.
const FEW: i64 = 300;

/// The hits of a query as ranges, newest first; so many rows are wanted of them.
pub(super) fn ranges(conn: &Connection, query: &Query, unread_only: bool, rows: usize) -> rusqlite::Result<Vec<Range>> {
    let mut search = search::plan(conn, query, rows)?;
    search.unread |= unread_only;
    let Some(text) = search.text.take() else { return Ok(along_a_list(&search)) };
    if let Some((index, flag)) = short_list(conn, &search)? {
        let mut range = with_conditions(Range::of_articles(index, flag, Vec::new()), &search);
        range.from.push_str(
            " AND EXISTS (SELECT 1 FROM article_fts WHERE article_fts MATCH ? AND rowid = ((a.date << 29) | a.id))",
        );
        range.params.push(text.into());
        return Ok(vec![range]);
    }
    Ok(vec![in_the_index(text, &search)])
}

/// The text index, newest first.
fn in_the_index(mut text: String, search: &Search) -> Range {
    // Names are in the index too: it skips to articles that have both.
    let feeds = search.feeds.as_ref().filter(|_| search.vias.is_none());
    for (column, names) in [("author", search.authors.as_ref()), ("source", feeds)] {
        let phrases = names.into_iter().flatten().map(|named| phrase_of(&named.name)).collect::<Option<Vec<_>>>();
        if let Some(phrases) = phrases.filter(|phrases| !phrases.is_empty()) {
            text = format!("({text}) AND ({column} : ({}))", phrases.join(" OR "));
        }
    }
    let mut range = Range {
        from: format!(
            "FROM article_fts CROSS JOIN article a ON a.id = (article_fts.rowid & {ID_MASK})
             WHERE a.shown = 1 AND article_fts MATCH ?"
        ),
        params: vec![text.into()],
        sorted: Sorted::Document,
        overlaps: false,
    };
    // Bounds on the row id let the index skip to the days that are asked for.
    for (bound, sign) in bounds(search) {
        range.from.extend([" AND article_fts.rowid ", sign, " ?"]);
        range.params.push(document(bound, 0).into());
    }
    with_conditions(range, search)
}

/// A list that holds every hit and is so short that its articles can be looked up one by one.
fn short_list(conn: &Connection, search: &Search) -> rusqlite::Result<Option<(&'static str, &'static str)>> {
    let lists = [
        (search.saved, "list_saved", "a.saved = 1"),
        (search.noted, "list_noted", "a.noted = 1"),
        (search.unread, "list_date", "a.read = 0"),
        (search.read, "list_date", "a.read = 1"),
    ];
    for (wanted, index, flag) in lists {
        if wanted {
            let count = format!(
                "SELECT count(*) FROM (SELECT 1 FROM article a INDEXED BY {index} WHERE a.shown = 1 AND {flag} LIMIT ?1)"
            );
            let length: i64 = conn.prepare_cached(&count)?.query_row([FEW + 1], |row| row.get(0))?;
            if length <= FEW {
                return Ok(Some((index, flag)));
            }
        }
    }
    Ok(None)
}

/// Without text: the narrowest list that holds every hit.
fn along_a_list(search: &Search) -> Vec<Range> {
    let ranges = if search.saved {
        vec![Range::of_articles("list_saved", "a.saved = 1", Vec::new())]
    } else if search.noted {
        vec![Range::of_articles("list_noted", "a.noted = 1", Vec::new())]
    } else if search.full_text {
        vec![Range {
            from:
                "FROM full_text t INDEXED BY full_text_date CROSS JOIN article a ON a.id = t.article WHERE a.shown = 1"
                    .into(),
            params: Vec::new(),
            sorted: Sorted::LISTED,
            overlaps: false,
        }]
    } else if let Some(entities) = &search.entities {
        let ranges = entities.iter().flat_map(|number| of_entity(Some(*number), search.unread));
        // An article may name several of them.
        if entities.len() > 1 { ranges.map(Range::overlapping).collect() } else { ranges.collect() }
    } else if let Some(authors) = &search.authors {
        let by = |author: &Named| Range::of_articles("list_author", "a.author = ?", vec![author.id.into()]);
        authors.iter().map(by).collect()
    } else if search.feeds.is_some() || search.vias.is_some() {
        let via = |via: &Named| Range::of_articles("list_via", "a.via = ?", vec![via.id.into()]);
        let feeds = search.feeds.iter().flatten().flat_map(|feed| of_feed(feed.id, Rows::Articles, search.unread));
        let ranges = feeds.chain(search.vias.iter().flatten().map(via));
        // What one of the feeds has may be taken from one of the others.
        if search.feeds.is_some() && search.vias.is_some() {
            ranges.map(Range::overlapping).collect()
        } else {
            ranges.collect()
        }
    } else if let Some(topic) = search.topic {
        sides(search, |read| Range {
            from: "FROM article_topic t CROSS JOIN article a ON a.id = t.article WHERE t.topic = ? AND t.read = ?"
                .into(),
            params: vec![Value::from(i64::from(topic)), read.into()],
            sorted: Sorted::LISTED,
            overlaps: false,
        })
    } else if search.off_topic {
        sides(search, off_topic)
    } else {
        sides(search, |read| Range::of_articles("list_date", "a.read = ?", vec![read.into()]))
    };
    let with_bounds = |mut range: Range| {
        for (bound, sign) in bounds(search) {
            range.from.extend([" AND ", range.sorted.date(), " ", sign, " ?"]);
            range.params.push(bound.into());
        }
        with_conditions(range, search)
    };
    ranges.into_iter().map(with_bounds).collect()
}

/// The unread and the read side of a list, as far as they are asked for.
fn sides(search: &Search, make: impl Fn(i64) -> Range) -> Vec<Range> {
    let sides = [(0, search.read), (1, search.unread)];
    sides.into_iter().filter(|(_, other_only)| !other_only).map(|(read, _)| make(read)).collect()
}

/// The dates between which the hits are, where the query says so.
fn bounds(search: &Search) -> impl Iterator<Item = (i64, &'static str)> {
    let bounds = [(search.since, ">="), (search.before, "<")];
    bounds.into_iter().filter(|(bound, _)| *bound != i64::MIN && *bound != i64::MAX)
}

/// Adds all that the query demands besides text and dates.
fn with_conditions(mut range: Range, search: &Search) -> Range {
    let flags = [
        (search.unread, "a.read = 0"),
        (search.read, "a.read = 1"),
        (search.saved, "a.saved = 1"),
        (search.noted, "a.noted = 1"),
        (search.full_text && !range.from.contains("full_text_date"), HAS_FULL_TEXT),
    ];
    for (wanted, flag) in flags {
        if wanted && !range.from.contains(flag) {
            range.from.push_str(" AND ");
            range.from.push_str(flag);
        }
    }
    range.from.push_str(" AND ");
    range.from.push_str(&search.rest.sql);
    range.params.extend(search.rest.params.iter().cloned());
    range
}
