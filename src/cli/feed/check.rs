//! `tidings feed check`: fetches a feed once and says what is in it and what is odd about it. Nothing is stored.

use jiff::Timestamp;
use serde::Serialize;

use crate::cli::exit::{CliError, Kind, Outcome};
use crate::cli::moment::{counted, local};
use crate::cli::output::Output;
use crate::cli::record::VERSION;
use crate::cli::subscription::{self, without_userinfo};
use crate::config::FeedSpec;
use crate::engine::{EngineHandle, FeedCheck};
use crate::feed::ParsedEntry;
use crate::text::humanize::bytes;

/// Runs the command.
///
/// # Errors
/// Kind [`Kind::FeedsFailed`] when the feed cannot be fetched or read.
pub(super) async fn run(wanted: &str, json: bool, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let spec = spec(wanted, engine).await?;
    output.progress(&format!("asking {}", without_userinfo(&spec.url)));
    let check = match engine.check_feed(spec).await {
        Ok(check) => check,
        Err(error) => return Err(CliError { kind: Kind::FeedsFailed, ..error.into() }),
    };
    let found = Found::of(&check, engine.clock().now());
    if json {
        output.json(&found);
    } else {
        found.lines(&check).iter().for_each(|line| output.line(line));
    }
    Ok(())
}

/// The subscribed feed that is meant, with its headers and credentials, or else the address itself.
async fn spec(wanted: &str, engine: &EngineHandle) -> Result<FeedSpec, CliError> {
    let feeds = engine.feeds().await?;
    match subscription::find(&feeds, wanted) {
        Ok(status) => {
            let config = engine.config();
            let known = config.feeds.iter().find(|feed| feed.url == status.feed.url);
            Ok(known.cloned().unwrap_or_else(|| FeedSpec { url: status.feed.url.clone(), ..FeedSpec::default() }))
        }
        Err(_) if wanted.contains("://") || (wanted.contains('.') && !wanted.contains(' ')) => {
            Ok(FeedSpec { url: wanted.to_owned(), ..FeedSpec::default() })
        }
        Err(error) => Err(error),
    }
}

/// What was found, as JSON.
#[derive(Debug, Serialize)]
struct Found<'a> {
    v: u8,
    address: &'a str,
    status: u16,
    content_type: Option<&'a str>,
    bytes: u64,
    title: Option<&'a str>,
    site: Option<&'a str>,
    language: Option<&'a str>,
    ttl_minutes: Option<u64>,
    older: Option<&'a str>,
    entries: usize,
    with_link: usize,
    with_date: usize,
    with_text: usize,
    with_author: usize,
    with_files: usize,
    newest: Option<String>,
    oldest: Option<String>,
    problems: Vec<String>,
}

impl<'a> Found<'a> {
    fn of(check: &'a FeedCheck, now: Timestamp) -> Self {
        let feed = &check.feed;
        let count = |has: fn(&ParsedEntry) -> bool| feed.entries.iter().filter(|entry| has(entry)).count();
        let dates = || feed.entries.iter().filter_map(|entry| entry.published);
        let mut found = Self {
            v: VERSION,
            address: &check.address,
            status: check.status,
            content_type: check.content_type.as_deref(),
            bytes: check.bytes,
            title: feed.title.as_deref(),
            site: feed.site.as_deref(),
            language: feed.language.as_deref(),
            ttl_minutes: feed.ttl_minutes,
            older: feed.older.as_deref(),
            entries: feed.entries.len(),
            with_link: count(|entry| !entry.url.is_empty()),
            with_date: count(|entry| entry.published.is_some()),
            with_text: count(|entry| !entry.summary_html.is_empty() || !entry.content_html.is_empty()),
            with_author: count(|entry| entry.author.is_some()),
            with_files: count(|entry| !entry.enclosures.is_empty()),
            newest: dates().max().map(|time| time.to_string()),
            oldest: dates().min().map(|time| time.to_string()),
            problems: Vec::new(),
        };
        let future = dates().filter(|date| *date > now).count();
        found.problems = found.problems(future, check.truncated || feed.truncated);
        found
    }

    fn problems(&self, future: usize, truncated: bool) -> Vec<String> {
        let mut problems = Vec::new();
        let mut note = |count: usize, what: &str| {
            if count > 0 {
                problems.push(format!(
                    "{} {what}",
                    if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") }
                ));
            }
        };
        note(self.entries - self.with_link, "without a link");
        note(self.entries - self.with_date, "without a date that can be read: dated when first seen");
        note(self.entries - self.with_text, "without text");
        note(future, "dated in the future: sorted by when first seen");
        if truncated {
            problems.push("the document ends in the middle; its last entry is left out".to_owned());
        }
        if self.entries == 0 {
            problems.push("there is no entry in it".to_owned());
        }
        if self.title.is_none() {
            problems.push("the feed has no title; `tidings feed rename` gives it one".to_owned());
        }
        problems
    }

    fn lines(&self, check: &FeedCheck) -> Vec<String> {
        let kind = self.content_type.unwrap_or("no content type");
        let mut lines = vec![
            format!("address   {}", self.address),
            format!("answer    {}, {kind}, {}", self.status, bytes(self.bytes)),
            format!(
                "feed      {}",
                [self.title, self.site, self.language].into_iter().flatten().collect::<Vec<_>>().join("  ")
            ),
            format!(
                "entries   {}: {} with a link, {} with a date, {} with text, {} with an author, {} with files",
                self.entries, self.with_link, self.with_date, self.with_text, self.with_author, self.with_files
            ),
        ];
        let dates = || check.feed.entries.iter().filter_map(|entry| entry.published);
        if let (Some(oldest), Some(newest)) = (dates().min(), dates().max()) {
            lines.push(format!("dates     {} to {}", local(oldest), local(newest)));
        }
        lines.extend(self.ttl_minutes.map(|ttl| format!("asks      to be polled every {}", counted(ttl, "minute"))));
        lines.extend(self.older.map(|older| format!("older     {}", without_userinfo(older))));
        let newest = check.feed.entries.iter().max_by_key(|entry| entry.published);
        lines.extend(newest.map(|entry| format!("newest    {}", entry.title)));
        lines.extend(self.problems.iter().map(|problem| format!("problem   {problem}")));
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::ParsedFeed;
    use crate::model::Identity;

    fn entry(url: &str, published: Option<i64>) -> ParsedEntry {
        ParsedEntry {
            identity: Identity { key: [0; 16], alias: None },
            url: url.into(),
            original: None,
            title: "Crane arrives".into(),
            author: None,
            published: published.and_then(|second| Timestamp::from_second(second).ok()),
            updated: None,
            language: None,
            summary_html: "x".into(),
            content_html: String::new(),
            categories: Vec::new(),
            enclosures: Vec::new(),
            comments: None,
        }
    }

    #[test]
    fn problems_are_counted_and_named() {
        let entries =
            vec![entry("http://a.example/1", Some(50)), entry("", Some(200)), entry("http://a.example/3", None)];
        let check = FeedCheck {
            address: "http://a.example/rss".into(),
            status: 200,
            content_type: None,
            bytes: 2_000,
            truncated: true,
            feed: ParsedFeed { entries, ..ParsedFeed::default() },
        };
        let found = Found::of(&check, Timestamp::from_second(100).unwrap());
        assert_eq!((found.entries, found.with_link, found.with_date), (3, 2, 2));
        let begins: Vec<&str> = found.problems.iter().map(|problem| problem.split(':').next().unwrap()).collect();
        assert_eq!(
            begins,
            [
                "1 entry without a link",
                "1 entry without a date that can be read",
                "1 entry dated in the future",
                "the document ends in the middle; its last entry is left out",
                "the feed has no title; `tidings feed rename` gives it one",
            ]
        );
        assert!(found.lines(&check).iter().any(|line| line == "answer    200, no content type, 2.0 KiB"));
    }
}
