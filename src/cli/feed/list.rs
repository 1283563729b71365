//! `tidings feed list`: every feed, how it is, and when it is asked next and why then.

use jiff::Timestamp;
use serde::Serialize;

use crate::cli::exit::Outcome;
use crate::cli::moment::{ago, counted, until};
use crate::cli::output::Output;
use crate::cli::record::VERSION;
use crate::cli::subscription::without_userinfo;
use crate::engine::{EngineHandle, FeedHealth};
use crate::text::humanize::bytes;

/// Runs the command.
///
/// # Errors
/// When the library cannot be read.
pub(super) async fn run(json: bool, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let feeds = engine.health().await?;
    let now = engine.clock().now();
    for health in &feeds {
        if json {
            output.json(&FeedRecord::of(health));
        } else {
            for line in describe(health, now) {
                output.line(&line);
            }
        }
    }
    if feeds.is_empty() && !json {
        output.tell("no feed is subscribed; `tidings feed add URL` subscribes to one");
    }
    Ok(())
}

/// A feed in a few lines: name and address, then facts, then what is wrong.
fn describe(health: &FeedHealth, now: Timestamp) -> Vec<String> {
    let (feed, facts) = (&health.status.feed, &health.status.facts);
    let mut lines = vec![format!("{}  {}", feed.name, health.address)];
    let mut words = vec![format!("{}, {} unread", counted(health.status.articles, "article"), health.status.unread)];
    words.push(match (facts.last_attempt, facts.last_success) {
        (_, Some(success)) => format!("last good {}", ago(now, success)),
        (Some(_), None) => "never answered well".to_owned(),
        (None, None) => "not asked yet".to_owned(),
    });
    words.push(match health.next_poll {
        Some(next) => format!("next {} ({})", until(now, next), health.why),
        None => format!("not asked again: {}", health.why),
    });
    if facts.saved_bytes > 0 {
        words.push(format!("{} saved by 304", bytes(facts.saved_bytes)));
    }
    lines.push(format!("    {}", words.join("; ")));
    if let Some(error) = &facts.last_error {
        let failures = if facts.failures > 1 { format!(" ({} times in a row)", facts.failures) } else { String::new() };
        lines.push(format!("    failed: {error}{failures}"));
    }
    if let Some(moved) = facts.moved_to.as_deref().filter(|moved| *moved != feed.url) {
        lines.push(format!("    moved to {}", without_userinfo(moved)));
    }
    if health.offered.is_some() {
        lines.push("    `tidings feed move FEED URL` takes that address".to_owned());
    }
    if let Some(gap) = facts.gap.filter(|gap| !gap.closed) {
        lines.push(format!(
            "    it ran past us {}: {} filled in",
            ago(now, gap.to),
            counted(gap.filled.into(), "article")
        ));
    }
    lines
}

/// A feed's line of `--json`.
#[derive(Serialize)]
struct FeedRecord<'a> {
    v: u8,
    feed: String,
    name: &'a str,
    site: Option<&'a str>,
    enabled: bool,
    topics: Vec<&'static str>,
    articles: u64,
    unread: u64,
    last_attempt: Option<String>,
    last_success: Option<String>,
    last_new: Option<String>,
    last_error: Option<&'a str>,
    last_status: Option<u16>,
    failures: u32,
    gone: bool,
    next_poll: Option<String>,
    why: &'a str,
    polls: u64,
    not_modified: u64,
    saved_bytes: u64,
    moved_to: Option<String>,
    gap: Option<GapRecord>,
}

#[derive(Serialize)]
struct GapRecord {
    from: String,
    to: String,
    filled: u32,
    closed: bool,
}

impl<'a> FeedRecord<'a> {
    fn of(health: &'a FeedHealth) -> Self {
        let (status, feed, facts) = (&health.status, &health.status.feed, &health.status.facts);
        let time = |time: Option<Timestamp>| time.map(|time| time.to_string());
        Self {
            v: VERSION,
            feed: without_userinfo(&feed.url),
            name: &feed.name,
            site: feed.site.as_deref(),
            enabled: feed.enabled,
            topics: feed.topics.iter().map(|topic| topic.get().id).collect(),
            articles: status.articles,
            unread: status.unread,
            last_attempt: time(facts.last_attempt),
            last_success: time(facts.last_success),
            last_new: time(facts.last_new),
            last_error: facts.last_error.as_deref(),
            last_status: facts.last_status,
            failures: facts.failures,
            gone: facts.gone,
            next_poll: time(health.next_poll),
            why: &health.why,
            polls: facts.polls,
            not_modified: facts.not_modified,
            saved_bytes: facts.saved_bytes,
            moved_to: facts.moved_to.as_deref().map(without_userinfo),
            gap: facts.gap.map(|gap| GapRecord {
                from: gap.from.to_string(),
                to: gap.to.to_string(),
                filled: gap.filled,
                closed: gap.closed,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Feed, FeedId, FeedStatus, PollFacts};

    #[test]
    fn a_failing_feed_says_what_when_and_why() {
        let now = Timestamp::from_second(1_000_000).unwrap();
        let before = |seconds: i64| Timestamp::from_second(1_000_000 - seconds).ok();
        let facts = PollFacts {
            last_attempt: before(60),
            last_success: before(7_200),
            failures: 3,
            last_error: Some("the server answered 503".into()),
            saved_bytes: 48_000,
            ..PollFacts::default()
        };
        let feed = Feed {
            id: FeedId(1),
            url: "https://quay.example/rss".into(),
            name: "Quay News".into(),
            site: None,
            topics: Vec::new(),
            enabled: true,
        };
        let health = FeedHealth {
            status: FeedStatus { feed, facts, articles: 12, unread: 3 },
            address: "https://quay.example/rss".into(),
            offered: None,
            next_poll: Timestamp::from_second(1_001_200).ok(),
            why: "backing off after 3 failures".into(),
        };
        assert_eq!(
            describe(&health, now),
            [
                "Quay News  https://quay.example/rss",
                "    12 articles, 3 unread; last good 2 h ago; next in 20 min (backing off after 3 failures); 47 KiB saved by 304",
                "    failed: the server answered 503 (3 times in a row)",
            ]
        );
    }
}
