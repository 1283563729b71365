//! `tidings list`: articles newest first, page by page, so that a million of them take no more memory than fifty.

use std::collections::HashSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::{Limit, ListArguments};
use super::exit::{CliError, Outcome};
use super::moment::{counted, local};
use super::output::Output;
use super::record::{Addresses, ArticleRecord};
use super::show;
use crate::engine::EngineHandle;
use crate::model::{Coverage, Headline};
use crate::query::{self, Cursor, ListRequest, Order, Page, Query, Rows, Scope};
use crate::text::{cut, humanize, pad, width};

/// Rows asked for at once.
const PAGE: usize = 500;

/// Runs the command.
///
/// # Errors
/// Kind `Usage` for a query that cannot be read.
pub(super) async fn run(arguments: ListArguments, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let scope = match scope(&arguments.query.join(" "), arguments.saved, engine.clock().now())? {
        _ if arguments.covered => Scope::Covered,
        // A topic by itself is a list that has stories; hits of any other search are articles.
        Scope::Search(Query::Topic(topic)) if arguments.stories => Scope::Topic(topic),
        scope => scope,
    };
    let rows = if arguments.stories || arguments.covered { Rows::Stories } else { Rows::Articles };
    let mut told = HashSet::new();
    let addresses = Addresses::of(engine).await?;
    let most = match arguments.limit {
        Limit::All => usize::MAX,
        Limit::Most(most) => most,
    };
    let (mut shown, mut page) = (0, Page::First);
    while shown < most && !output.is_closed() {
        let limit = PAGE.min(most - shown);
        let request = ListRequest {
            scope: scope.clone(),
            unread_only: arguments.unread,
            rows,
            order: Order::Date,
            up_to: None,
            page,
            limit,
        };
        let found = engine.headlines(request).await?;
        for row in &found {
            // Where rows are articles, a story is told once, by the newest of them.
            if rows == Rows::Articles || told.insert(row.story) {
                print(row, &arguments, &addresses, engine, output).await?;
                shown += 1;
            }
        }
        output.flush();
        match found.last() {
            Some(last) if found.len() == limit && !arguments.covered => page = Page::After(Cursor::of(last)),
            _ => {
                tell_end(shown, false, arguments.json, output);
                return Ok(());
            }
        }
    }
    tell_end(shown, true, arguments.json, output);
    Ok(())
}

/// Tells a person what a list alone does not show: that it is empty, or that there may be more.
fn tell_end(shown: usize, may_go_on: bool, json: bool, output: &mut Output) {
    if json || !output.is_watched() {
        return;
    }
    match (shown, may_go_on) {
        (0, _) => output.tell("no article"),
        (_, true) => output.tell(&format!("stopped at {shown}; --limit N or --limit all goes on")),
        (_, false) => {}
    }
}

/// The scope of a query text; days are local ones.
///
/// # Errors
/// Kind `Usage`, with the query and a caret under its fault.
pub(super) fn scope(query: &str, saved: bool, now: Timestamp) -> Result<Scope, CliError> {
    let today = now.to_zoned(TimeZone::system()).date();
    let parsed = query::parse(query, today)
        .map_err(|error| CliError::usage(format!("the query cannot be read: {}", error.with_caret(query))))?;
    Ok(match (parsed, saved) {
        (Query::All, false) => Scope::All,
        (Query::All, true) => Scope::Saved,
        (query, false) => Scope::Search(query),
        (query, true) => Scope::Search(Query::And(vec![Query::Saved, query])),
    })
}

async fn print(
    row: &Headline,
    arguments: &ListArguments,
    addresses: &Addresses,
    engine: &EngineHandle,
    output: &mut Output,
) -> Outcome {
    // A note's text is not part of a row.
    let wants_article = arguments.text || (arguments.json && row.state.noted);
    let article = if wants_article { engine.article(row.id).await? } else { None };
    if arguments.json {
        let record = match &article {
            Some(article) if arguments.text => ArticleRecord::of_article(article, addresses),
            Some(article) => ArticleRecord::of_article(article, addresses).without_text(),
            None => ArticleRecord::of_headline(row, addresses),
        };
        let of_stories = arguments.stories || arguments.covered;
        output.json(&if of_stories { record.with_coverage(row.coverage) } else { record });
        return Ok(());
    }
    let more = match row.coverage {
        Coverage { sources, .. } if arguments.covered => format!("  {}", counted(u64::from(sources), "source")),
        Coverage { others: 1.., .. } if arguments.stories => format!("  +{}", row.coverage.others),
        _ => String::new(),
    };
    output.line(&match output.columns() {
        Some(columns) => terminal_row(row, &more, engine.clock().now(), columns, output.ascii()),
        None => format!("{}{more}", pipe_row(row)),
    });
    if let Some(article) = &article {
        show::print_text(article, output, "    ");
        output.line("");
    }
    Ok(())
}

/// A row cut to the terminal: number, mark, time, feed, title. The title gets most of a narrow one: ages are shorter than
/// dates, and feeds are known by how their names begin. `more` stands at the end whatever the title is.
pub(super) fn terminal_row(row: &Headline, more: &str, now: Timestamp, columns: usize, ascii: bool) -> String {
    let ellipsis = if ascii { "..." } else { "…" };
    let (time, feed_columns) = match columns {
        100.. => (local(row.date), 18),
        60.. => (format!("{:>3}", humanize::age(now.duration_since(row.date).as_secs())), 14),
        _ => (format!("{:>3}", humanize::age(now.duration_since(row.date).as_secs())), 8),
    };
    let feed = pad(&row.feed_name, feed_columns, ellipsis);
    let before = format!("{:>7} {} {time}  {feed}  ", row.id, mark(row, ascii));
    let title = cut(&row.title, columns.saturating_sub(width(&before) + width(more)), ellipsis);
    cut(&format!("{before}{title}{more}"), columns, ellipsis)
}

/// A row in full, its columns separated by two spaces.
pub(super) fn pipe_row(row: &Headline) -> String {
    format!("{}  {}  {}  {}  {}", row.id, mark(row, true), local(row.date), row.feed_name, row.title)
}

/// Unread, saved, or neither.
fn mark(row: &Headline, ascii: bool) -> &'static str {
    match (row.state.saved, row.state.read, ascii) {
        (true, _, true) => "s",
        (true, _, false) => "★",
        (false, false, true) => "*",
        (false, false, false) => "●",
        (false, true, _) => "-",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, ArticleState, FeedId};

    fn headline() -> Headline {
        Headline {
            id: ArticleId(12),
            feed: FeedId(1),
            feed_name: "Harbour Gazette of the North".into(),
            url: String::new(),
            original: None,
            title: "Blank sailings rise again as lines trim capacity before the holidays".into(),
            author: None,
            published: None,
            updated: None,
            fetched: Timestamp::UNIX_EPOCH,
            date: Timestamp::UNIX_EPOCH,
            language: None,
            topics: Vec::new(),
            scores: Vec::new(),
            entities: Vec::new(),
            genres: crate::model::Genres::default(),
            via: None,
            story: crate::model::StoryId(7),
            copy_of: None,
            coverage: Coverage::default(),
            state: ArticleState::default(),
        }
    }

    #[test]
    fn a_row_fits_its_terminal_and_is_whole_in_a_pipe() {
        for columns in [20, 40, 80, 200] {
            assert!(width(&terminal_row(&headline(), "", Timestamp::UNIX_EPOCH, columns, false)) <= columns);
            assert!(terminal_row(&headline(), "  +3", Timestamp::UNIX_EPOCH, columns, true).is_ascii());
        }
        assert!(terminal_row(&headline(), "  +3", Timestamp::UNIX_EPOCH, 70, false).ends_with("…  +3"));
        let row = pipe_row(&headline());
        assert!(
            row.starts_with("12  *  ")
                && row.ends_with(
                    "Harbour Gazette of the North  Blank sailings rise again as lines trim capacity before the holidays"
                )
        );
    }

    #[test]
    fn a_wrong_query_is_shown_with_a_caret() {
        let error = scope("rotterdam topic:oceam", false, Timestamp::UNIX_EPOCH).unwrap_err();
        assert_eq!(error.kind.code(), 2);
        let lines: Vec<&str> = error.message.lines().collect();
        assert_eq!(lines.len(), 3, "{}", error.message);
        assert_eq!((lines[1], lines[2].find('^')), ("  rotterdam topic:oceam", Some(18)));
    }

    #[test]
    fn saved_and_a_query_are_both_asked_for() {
        assert_eq!(scope(" ", true, Timestamp::UNIX_EPOCH).unwrap(), Scope::Saved);
        assert_eq!(scope("", false, Timestamp::UNIX_EPOCH).unwrap(), Scope::All);
        assert!(
            matches!(scope("is:unread", true, Timestamp::UNIX_EPOCH).unwrap(), Scope::Search(Query::And(parts)) if parts.len() == 2)
        );
    }
}
