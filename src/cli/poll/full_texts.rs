//! The full texts that a poll fetches for feeds with `full_text = "auto"`: how many came, and which did not, and why.

use std::collections::HashMap;
use std::time::Duration;

use serde::Serialize;

use crate::cli::exit::CliError;
use crate::cli::output::Output;
use crate::cli::record::VERSION;
use crate::engine::{EngineHandle, FailedPage, WantedRound};
use crate::model::FeedId;
use crate::text::humanize;

/// Pages are begun for so long after a poll; the next one goes on.
const PAGES_FOR: Duration = Duration::from_mins(1);
/// So many pages that failed are named in words; `--json` names all of them.
const NAMED: usize = 10;

/// Address without userinfo and name of each feed.
type Feeds = HashMap<FeedId, (String, String)>;

/// Fetches the pages of what arrived.
pub(super) async fn fetch(engine: &EngineHandle, output: &mut Output) -> Result<WantedRound, CliError> {
    let each = |round: &WantedRound| {
        let done = round.kept + round.nothing_more + failed(round);
        output.progress(&format!("full texts: {done} of {}", done + round.left));
    };
    Ok(engine.fetch_wanted_pages(PAGES_FOR, each).await?)
}

/// Says what came of it.
pub(super) fn tell(round: &WantedRound, feeds: &Feeds, json: bool, output: &mut Output) {
    let part = |count: u64, words: &str| (count > 0).then(|| format!("{} {words}", humanize::count(count)));
    let parts = [
        part(round.kept, "kept"),
        part(round.nothing_more, "had no more than the feed"),
        part(failed(round), "failed"),
        part(round.left, "left for the next poll"),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        output.tell(&format!("full texts: {}", parts.join(", ")));
    }
    if json {
        for page in &round.failed {
            output.json(&FailedRecord::of(page, feeds));
        }
        return;
    }
    for page in round.failed.iter().take(NAMED) {
        let (_, name) = feeds.get(&page.feed).cloned().unwrap_or_default();
        let again = if page.again { " (asked for again by a later poll)" } else { "" };
        output.tell(&format!("  {name}, {}: {}{again}", page.title, page.error));
    }
    if let Some(more) = round.failed.len().checked_sub(NAMED).filter(|more| *more > 0) {
        output.tell(&format!("  and {more} more; --json names all of them"));
    }
}

fn failed(round: &WantedRound) -> u64 {
    round.failed.len() as u64
}

/// The line of a page that failed, in `--json`.
#[derive(Serialize)]
struct FailedRecord<'a> {
    v: u8,
    full_text: bool,
    article: i64,
    title: &'a str,
    url: &'a str,
    feed: &'a str,
    name: &'a str,
    again: bool,
    error: &'a str,
}

impl<'a> FailedRecord<'a> {
    fn of(page: &'a FailedPage, feeds: &'a Feeds) -> Self {
        let (feed, name) = feeds.get(&page.feed).map_or(("", ""), |(feed, name)| (feed, name));
        let FailedPage { article, title, url, error, again, .. } = page;
        Self { v: VERSION, full_text: false, article: article.0, title, url, feed, name, again: *again, error }
    }
}
