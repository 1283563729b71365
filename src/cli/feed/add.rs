//! `tidings feed add` and `tidings feed discover`.

use std::io::{BufRead, IsTerminal};

use serde::Serialize;

use crate::cli::exit::{CliError, Outcome};
use crate::cli::output::Output;
use crate::cli::record::VERSION;
use crate::cli::subscription::without_userinfo;
use crate::config::FeedSpec;
use crate::engine::{AddOutcome, EngineHandle};
use crate::model::{ALL_TOPICS, TopicId};
use crate::query::nearest;

/// Subscribes to a feed. A site with several feeds is asked about at a terminal, and listed otherwise.
///
/// # Errors
/// Kind `Usage` for an unknown topic, and when there are several feeds to choose from.
pub(super) async fn add(
    url: String,
    name: Option<String>,
    topics: &[String],
    engine: &EngineHandle,
    output: &mut Output,
) -> Outcome {
    let topics = topics.iter().map(|topic| read_topic(topic)).collect::<Result<Vec<_>, _>>()?;
    let spec = FeedSpec { url, name, topics, enabled: true, ..FeedSpec::default() };
    output.progress(&format!("asking {}", without_userinfo(&spec.url)));
    let outcome = match engine.add_feed(spec.clone()).await? {
        AddOutcome::Choose(found) => match choose(&found, output) {
            Some(url) => engine.add_feed(FeedSpec { url, ..spec }).await?,
            None => return Err(several(&found)),
        },
        outcome => outcome,
    };
    match outcome {
        AddOutcome::Added(feed) => {
            let address = without_userinfo(&feed.url);
            output.line(&format!("added: {}  {address}", feed.name.as_deref().unwrap_or_default()));
            output.tell("`tidings poll` asks it for news");
        }
        AddOutcome::AlreadyThere(feed) => output.line(&format!("already subscribed: {feed}")),
        AddOutcome::Choose(found) => return Err(several(&found)),
    }
    Ok(())
}

/// Lists the feeds of a site.
///
/// # Errors
/// Kind `Failed` when there are none.
pub(super) async fn discover(url: String, json: bool, engine: &EngineHandle, output: &mut Output) -> Outcome {
    output.progress(&format!("asking {}", without_userinfo(&url)));
    let found = engine.discover(url.clone()).await?;
    if found.is_empty() {
        return Err(CliError::failed(format!("no feed was found at {}", without_userinfo(&url)))
            .hint("a feed's own address works too, when you know it"));
    }
    for (title, url) in &found {
        let url = without_userinfo(url);
        if json {
            output.json(&FoundRecord { v: VERSION, url: &url, title });
        } else {
            output.line(format!("{url}  {title}").trim_end());
        }
    }
    Ok(())
}

#[derive(Serialize)]
struct FoundRecord<'a> {
    v: u8,
    url: &'a str,
    title: &'a str,
}

/// Asks a person which feed it shall be; none when nobody can be asked, or the answer is none of them.
fn choose(found: &[(String, String)], output: &mut Output) -> Option<String> {
    if !std::io::stdin().is_terminal() || !output.is_watched() {
        return None;
    }
    output.tell("the site has several feeds:");
    for ((title, url), number) in found.iter().zip(1..) {
        output.tell(&format!("{number:>4}  {title}  {}", without_userinfo(url)));
    }
    output.tell("which one? (its number, then Enter)");
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer).ok()?;
    let number: usize = answer.trim().parse().ok()?;
    found.get(number.checked_sub(1)?).map(|(_, url)| url.clone())
}

fn several(found: &[(String, String)]) -> CliError {
    CliError {
        hints: found
            .iter()
            .map(|(title, url)| format!("{}  {title}", without_userinfo(url)).trim_end().to_owned())
            .collect(),
        ..CliError::usage("the site has several feeds; add one of them by its address:")
    }
}

fn read_topic(text: &str) -> Result<TopicId, CliError> {
    TopicId::from_id(text).ok_or_else(|| {
        let ids = ALL_TOPICS.iter().map(|topic| topic.id);
        let error = CliError::usage(format!("there is no topic “{text}”"));
        match nearest(text, ids.clone()) {
            Some(near) => error.hint(format!("did you mean: {near}")),
            None => error.hint(format!("the topics are {}", ids.collect::<Vec<_>>().join(", "))),
        }
    })
}
