//! `tidings poll`: asks feeds for news, tells each as it is done, and ends when the text index is filled.

mod full_texts;

use std::collections::HashMap;

use serde::Serialize;
use tokio::sync::broadcast::Receiver;

use crate::cli::args::PollArguments;
use crate::cli::exit::{CliError, Kind, Outcome};
use crate::cli::moment::{counted, local};
use crate::cli::output::Output;
use crate::cli::record::VERSION;
use crate::cli::subscription::{self, without_userinfo};
use crate::engine::{EngineHandle, FeedPolled, Notice, PollOutcome, PollRequest, RoundSummary, WantedRound};
use crate::model::{FeedId, FeedStatus};

/// Runs the command.
///
/// # Errors
/// Kind [`Kind::FeedsFailed`] when the last attempt at any feed failed.
pub(super) async fn run(arguments: PollArguments, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let feeds = engine.feeds().await?;
    if feeds.is_empty() && arguments.feeds.is_empty() {
        output.tell("no feed is subscribed; `tidings feed add URL` or `tidings opml import FILE` subscribes to some");
    }
    let mut round = Round::new(&feeds, arguments.json, engine.notices());
    let mut total = RoundSummary::default();
    for request in requests(&arguments, &feeds)? {
        let summary = engine.poll_and_wait(request, |polled| round.tell(&polled, output)).await?;
        total = added(total, summary);
    }
    if !total.offline {
        for line in round.failures.drain(..) {
            output.line(&line);
        }
    }
    if !arguments.json {
        output.line(&words(total));
    }
    output.flush();
    let pages = if total.offline { WantedRound::default() } else { full_texts::fetch(engine, output).await? };
    full_texts::tell(&pages, &round.feeds, arguments.json, output);
    if arguments.json {
        output.json(&SummaryRecord::of(total));
        output.flush();
    }
    // Without a desk nothing else lets articles age out.
    engine.retain().await?;
    if total.offline {
        let words = if total.login {
            "offline: a web page answered in the place of every feed; log in to this network in a browser"
        } else {
            "offline: no host could be reached; is the network away?"
        };
        return Err(CliError { kind: Kind::FeedsFailed, message: words.to_owned(), hints: Vec::new() });
    }
    match round.failed.len() {
        0 => Ok(()),
        failed => Err(CliError {
            kind: Kind::FeedsFailed,
            message: format!("{} failed: {}", counted(failed as u64, "feed"), round.failed.join(", ")),
            hints: vec!["`tidings feed list` says more, `tidings feed check FEED` tries one again".to_owned()],
        }),
    }
}

/// What to ask the engine for, one round after the other.
fn requests(arguments: &PollArguments, feeds: &[FeedStatus]) -> Result<Vec<PollRequest>, CliError> {
    if arguments.feeds.is_empty() {
        return Ok(vec![match (arguments.force, arguments.now) {
            (true, _) => PollRequest::Force,
            (false, true) => PollRequest::Now,
            (false, false) => PollRequest::Due,
        }]);
    }
    let mut requests: Vec<PollRequest> = Vec::new();
    for wanted in &arguments.feeds {
        let id = subscription::find(feeds, wanted)?.feed.id;
        let request = if arguments.force { PollRequest::ForceFeed(id) } else { PollRequest::Feed(id) };
        if !requests.contains(&request) {
            requests.push(request);
        }
    }
    Ok(requests)
}

/// Two rounds that ran one after the other.
fn added(one: RoundSummary, other: RoundSummary) -> RoundSummary {
    RoundSummary {
        feeds: one.feeds + other.feeds,
        asked: one.asked + other.asked,
        new: one.new + other.new,
        failed: one.failed + other.failed,
        stored_ms: one.stored_ms.saturating_add(other.stored_ms),
        indexed_ms: one.indexed_ms.saturating_add(other.indexed_ms),
        offline: one.offline || other.offline,
        login: one.login || other.login,
    }
}

/// What is told while feeds are polled.
struct Round {
    feeds: HashMap<FeedId, (String, String)>,
    json: bool,
    notices: Receiver<Notice>,
    asked: Option<usize>,
    done: usize,
    new: u64,
    failed: Vec<String>,
    /// Told at the end, unless it is the network that is away.
    failures: Vec<String>,
}

impl Round {
    fn new(feeds: &[FeedStatus], json: bool, notices: Receiver<Notice>) -> Self {
        let feeds = feeds.iter().map(|s| (s.feed.id, (without_userinfo(&s.feed.url), s.feed.name.clone()))).collect();
        Self { feeds, json, notices, asked: None, done: 0, new: 0, failed: Vec::new(), failures: Vec::new() }
    }

    fn tell(&mut self, polled: &FeedPolled, output: &mut Output) {
        let (address, name) = self.feeds.get(&polled.feed).cloned().unwrap_or_default();
        self.done += 1;
        self.new += polled.new;
        if polled.error.is_some() {
            self.failed.push(name.clone());
        }
        if self.json {
            output.json(&PolledRecord::of(polled, &address, &name));
        } else if let Some(news) = news(polled) {
            let line = format!("{name}: {news}");
            if polled.error.is_some() { self.failures.push(line) } else { output.line(&line) }
        }
        output.flush();
        let asked = self.asked().map_or(String::new(), |asked| format!(" of {asked}"));
        output.progress(&format!("{}{asked} feeds, {} new  {name}", self.done, self.new));
    }

    /// How many feeds this round asks; none while that is not known.
    fn asked(&mut self) -> Option<usize> {
        while let Ok(notice) = self.notices.try_recv() {
            if let Notice::PollStarted { feeds } = notice {
                self.asked = Some(feeds.max(self.done));
            }
        }
        self.asked
    }
}

/// What a feed brought, in words; none when there is nothing to say of it.
fn news(polled: &FeedPolled) -> Option<String> {
    let until = polled.next_poll.map_or(String::new(), |time| format!(" (next at {})", local(time)));
    match (polled.outcome, &polled.error) {
        (PollOutcome::Waiting, Some(error)) => Some(format!("waiting: {error}{until}; --force asks anyway")),
        (PollOutcome::Gone, error) => {
            let error = error.as_deref().unwrap_or("the server says it is gone");
            Some(format!("gone: {error}; --force asks again, `tidings feed remove` unsubscribes"))
        }
        (_, Some(error)) => Some(format!("failed: {error}{until}")),
        (PollOutcome::New, None) if polled.updated > 0 => {
            Some(format!("{} new, {} changed", polled.new, polled.updated))
        }
        (PollOutcome::New, None) => Some(format!("{} new", polled.new)),
        (PollOutcome::Unchanged | PollOutcome::Waiting | PollOutcome::Error, None) => None,
    }
}

fn words(summary: RoundSummary) -> String {
    let failed = if summary.failed == 0 { String::new() } else { format!(", {} failed", summary.failed) };
    format!("{}: {} new{failed}", counted(summary.feeds as u64, "feed"), summary.new)
}

/// A feed's line of `--json`.
#[derive(Serialize)]
struct PolledRecord<'a> {
    v: u8,
    feed: &'a str,
    name: &'a str,
    outcome: &'static str,
    new: u64,
    updated: u64,
    status: Option<u16>,
    bytes: u64,
    next_poll: Option<String>,
    error: Option<&'a str>,
}

impl<'a> PolledRecord<'a> {
    fn of(polled: &'a FeedPolled, feed: &'a str, name: &'a str) -> Self {
        Self {
            v: VERSION,
            feed,
            name,
            outcome: polled.outcome.word(),
            new: polled.new,
            updated: polled.updated,
            status: polled.status,
            bytes: polled.bytes,
            next_poll: polled.next_poll.map(|time| time.to_string()),
            error: polled.error.as_deref(),
        }
    }
}

/// The last line of `--json`.
#[derive(Serialize)]
struct SummaryRecord {
    v: u8,
    summary: bool,
    feeds: usize,
    new: u64,
    failed: usize,
    stored_ms: u64,
    indexed_ms: u64,
}

impl SummaryRecord {
    fn of(summary: RoundSummary) -> Self {
        Self {
            v: VERSION,
            summary: true,
            feeds: summary.feeds,
            new: summary.new,
            failed: summary.failed,
            stored_ms: summary.stored_ms,
            indexed_ms: summary.indexed_ms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn polled(outcome: PollOutcome, error: Option<&str>) -> FeedPolled {
        FeedPolled {
            feed: FeedId(1),
            outcome,
            new: 2,
            updated: 0,
            status: Some(200),
            bytes: 10,
            next_poll: None,
            error: error.map(str::to_owned),
        }
    }

    #[test]
    fn only_news_and_failures_are_told() {
        assert_eq!(news(&polled(PollOutcome::New, None)).as_deref(), Some("2 new"));
        assert_eq!(news(&polled(PollOutcome::Unchanged, None)), None);
        assert_eq!(news(&polled(PollOutcome::Waiting, None)), None);
        assert!(news(&polled(PollOutcome::Waiting, Some("429"))).is_some_and(|words| words.contains("--force")));
        assert!(news(&polled(PollOutcome::Error, Some("404"))).is_some_and(|words| words.starts_with("failed: 404")));
        assert!(news(&polled(PollOutcome::Gone, None)).is_some_and(|words| words.contains("feed remove")));
    }

    #[test]
    fn the_record_has_the_fields_of_the_design() {
        let line =
            serde_json::to_value(PolledRecord::of(&polled(PollOutcome::Error, Some("no")), "http://a", "A")).unwrap();
        let fields: Vec<&String> = line.as_object().unwrap().keys().collect();
        let wanted = ["bytes", "error", "feed", "name", "new", "next_poll", "outcome", "status", "updated", "v"];
        assert_eq!(fields, wanted);
    }
}
