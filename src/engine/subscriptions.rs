//! Adding, renaming, moving, muting and removing feeds: edits of `config.toml` that keep its comments and can be undone.

use std::fs::File;
use std::sync::Arc;
use std::time::Duration;

use super::backfill::page_request;
use super::poll_feed::feed_request;
use super::shared::Shared;
use super::{Answer, EngineError, change_address, live_config};
use crate::config::{self, Config, EditError, FeedSpec, Paths};
use crate::feed::{self, FeedError};
use crate::fetch::{Request, mask_userinfo};
use crate::model::FeedId;

/// Another process's edit of the config is waited for this often and this long, which is far longer than one takes.
const EDIT_RETRY: Duration = Duration::from_millis(20);
const EDIT_PATIENCE: u32 = 500;

/// What became of a request to add a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AddOutcome {
    /// It is in the config now.
    Added(FeedSpec),
    /// The address was a site with several feeds: title (may be empty) and address of each; ask again with one of them.
    Choose(Vec<(String, String)>),
    /// It is subscribed already, under this name or address.
    AlreadyThere(String),
}

/// An edit of the subscriptions. Each can be undone with the engine's undo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FeedEdit {
    /// Give it another name.
    Rename(FeedId, String),
    /// Give it another address; its articles, marks and history stay.
    Move(FeedId, String),
    /// Mute (false) or unmute (true).
    Enable(FeedId, bool),
    /// Take it out of the config; its articles are hidden and age out.
    Remove(FeedId),
}

/// Adds a feed by its address or its site's.
pub(super) async fn add(shared: &Arc<Shared>, spec: FeedSpec) -> Answer<AddOutcome> {
    let address = with_scheme(&spec.url);
    if let Some(there) = subscribed(shared, &address) {
        return Ok(AddOutcome::AlreadyThere(there));
    }
    let mut found = discover(shared, &FeedSpec { url: address, ..spec.clone() }).await?;
    if found.len() > 1 {
        return Ok(AddOutcome::Choose(found));
    }
    let Some((title, url)) = found.pop() else {
        return Err(EngineError(format!("no feed was found at {}", mask_userinfo(&spec.url))));
    };
    if let Some(there) = subscribed(shared, &url) {
        return Ok(AddOutcome::AlreadyThere(there));
    }
    let name = spec.name.clone().or_else(|| (!title.is_empty()).then_some(title));
    let mut spec = FeedSpec { name, enabled: true, ..spec };
    if !same_origin(&with_scheme(&spec.url), &url) {
        // The page named a feed elsewhere: what was given for the page's host is not for that one (THREATS R10).
        (spec.headers, spec.username, spec.password_command) = (Vec::new(), None, None);
    }
    spec.url = url;
    add_known(shared, vec![spec.clone()]).await?;
    Ok(AddOutcome::Added(spec))
}

/// Adds feeds without asking the network; gives how many were new.
pub(super) async fn add_known(shared: &Shared, feeds: Vec<FeedSpec>) -> Answer<usize> {
    let mut fresh: Vec<FeedSpec> = Vec::new();
    for feed in feeds {
        if subscribed(shared, &feed.url).is_none() && !fresh.iter().any(|other| other.url == feed.url) {
            fresh.push(feed);
        }
    }
    let words = match fresh.as_slice() {
        [] => return Ok(0),
        [one] => format!("added {}", one.name.clone().unwrap_or_else(|| mask_userinfo(&one.url))),
        many => format!("added {} feeds", many.len()),
    };
    let count = fresh.len();
    edit_config(shared, words, |text| config::add_feeds(text, &fresh)).await?;
    Ok(count)
}

/// Carries out an edit of the subscriptions.
pub(super) async fn edit(shared: &Shared, edit: FeedEdit) -> Answer<()> {
    let (FeedEdit::Rename(id, _) | FeedEdit::Move(id, _) | FeedEdit::Enable(id, _) | FeedEdit::Remove(id)) = &edit;
    let feeds = shared.store.feeds().await?;
    let Some(feed) = feeds.into_iter().map(|status| status.feed).find(|feed| feed.id == *id) else {
        return Err(EngineError("that feed is no longer in config.toml".into()));
    };
    let name = feed.name.clone();
    match edit {
        FeedEdit::Move(_, to) => change_address::run(shared, feed, &to).await,
        FeedEdit::Rename(_, to) => {
            let words = format!("renamed {name} to {to}");
            edit_config(shared, words, |text| config::rename_feed(text, &feed.url, &to)).await
        }
        FeedEdit::Enable(_, on) => {
            let words = format!("{} {name}", if on { "unmuted" } else { "muted" });
            edit_config(shared, words, |text| config::set_enabled(text, &feed.url, on)).await
        }
        FeedEdit::Remove(_) => {
            edit_config(shared, format!("removed {name}"), |text| config::remove_feed(text, &feed.url)).await
        }
    }
}

/// Changes the text of the config, stores it safely, journals the change and takes it into use.
pub(super) async fn edit_config(
    shared: &Shared,
    words: String,
    change: impl FnOnce(&str) -> Result<String, EditError>,
) -> Answer<()> {
    let paths = shared.paths.as_ref().ok_or_else(|| EngineError("there is no config file here".into()))?;
    let _one_at_a_time = shared.config_file.lock().await;
    let _alone = alone(paths).await;
    let before = read_config(paths)?;
    let after = change(&before).map_err(|error| EngineError(error.to_string()))?;
    if before == after {
        return Ok(());
    }
    let config = change_address::replace_config(shared, paths, &before, &after).await?;
    let journaled = shared.store.journal_config(before, after, words).await;
    live_config::take(shared, config).await?;
    journaled.map_err(|error| EngineError(format!("config.toml is changed, but undo will not know of it: {error}")))
}

/// Keeps the config from other processes until dropped: between reading and replacing it, an edit of theirs would be lost.
/// Where that cannot be had, the comparison before the file is replaced has to do.
async fn alone(paths: &Paths) -> Option<File> {
    for _ in 0..EDIT_PATIENCE {
        match config::hold(&paths.config) {
            Ok(None) => tokio::time::sleep(EDIT_RETRY).await,
            Ok(held) => return held,
            Err(_) => return None,
        }
    }
    None
}

/// The text of the config as it is on disk; empty when there is no file yet.
pub(super) fn read_config(paths: &Paths) -> Answer<String> {
    let text = config::read_text(&paths.config).map_err(|fault| EngineError(fault.to_string()))?;
    Ok(text.unwrap_or_default())
}

/// Writes a whole config text after checking it, if the file still reads `before`; gives what it says.
pub(super) fn replace_text(paths: &Paths, before: &str, after: &str) -> Answer<Config> {
    let (parsed, faults) = config::parse(after, &paths.config);
    if let Some(fault) = faults.first() {
        return Err(EngineError(format!("not changed, because config.toml would be wrong: {fault}")));
    }
    let known = paths.config.exists().then_some(before);
    config::replace(&paths.config, known, after).map_err(|error| EngineError(error.to_string()))?;
    Ok(parsed)
}

/// Sets the config file back (or forward again), unless somebody edited it since.
pub(super) async fn restore_text(shared: &Shared, from: &str, to: &str, words: &str) -> Answer<()> {
    let paths = shared.paths.as_ref().ok_or_else(|| EngineError("there is no config file here".into()))?;
    let _one_at_a_time = shared.config_file.lock().await;
    let _alone = alone(paths).await;
    if read_config(paths)? != from {
        return Err(EngineError(format!("config.toml was edited since: “{words}” stays; edit the file itself")));
    }
    let config = change_address::replace_config(shared, paths, from, to).await?;
    live_config::take(shared, config).await
}

/// Looks for feeds at an address: the address itself, what its page names, then the usual places. Title and URL of each.
pub(super) async fn discover(shared: &Arc<Shared>, spec: &FeedSpec) -> Answer<Vec<(String, String)>> {
    let address = with_scheme(&spec.url);
    let spec = FeedSpec { url: address.clone(), ..spec.clone() };
    let request: Request = feed_request(&spec);
    let page = shared
        .fetcher()
        .get(request)
        .await
        .map_err(|error| EngineError(format!("{}: {error}", mask_userinfo(&address))))?;
    match feed::parse(&page.body, page.content_type.as_deref(), &page.url) {
        Ok(parsed) => Ok(vec![(parsed.title.unwrap_or_default(), page.moved_to.unwrap_or(address))]),
        Err(FeedError::WebPage(_)) => {
            let named = feed::feeds_in_page(&page.body, page.content_type.as_deref(), &page.url);
            if !named.is_empty() {
                return Ok(named.into_iter().map(|link| (link.title, link.url)).collect());
            }
            usual_places(shared, &spec, &page.url).await
        }
        Err(FeedError::Empty | FeedError::NotAFeed(_)) => usual_places(shared, &spec, &page.url).await,
    }
}

/// The first of the usual places that has a feed.
async fn usual_places(shared: &Arc<Shared>, spec: &FeedSpec, page: &str) -> Answer<Vec<(String, String)>> {
    for url in feed::common_places(page) {
        // The site may have led elsewhere: what is the address's own does not go there.
        let Some(request) = page_request(spec, &url) else { continue };
        let Ok(answer) = shared.fetcher().get(request).await else { continue };
        if let Ok(parsed) = feed::parse(&answer.body, answer.content_type.as_deref(), &answer.url) {
            return Ok(vec![(parsed.title.unwrap_or_default(), url)]);
        }
    }
    Ok(Vec::new())
}

/// True when two addresses have scheme, host and port in common.
pub(super) fn same_origin(one: &str, other: &str) -> bool {
    let origin = |address: &str| url::Url::parse(address).map(|url| url.origin()).ok();
    origin(one).is_some_and(|one| one.is_tuple() && Some(one) == origin(other))
}

/// The name or address under which a URL is subscribed already.
fn subscribed(shared: &Shared, url: &str) -> Option<String> {
    let wanted = comparable(url);
    let config = shared.config();
    let there = config.feeds.iter().find(|feed| comparable(&feed.url) == wanted)?;
    Some(there.name.clone().unwrap_or_else(|| mask_userinfo(&there.url)))
}

/// A URL without what does not make another feed of it: scheme, a closing slash, a fragment.
pub(super) fn comparable(url: &str) -> String {
    let url = url.split('#').next().unwrap_or_default().trim_end_matches('/');
    url.split_once("://").map_or(url, |(_, rest)| rest).to_ascii_lowercase()
}

/// What people type as an address: `theloadstar.com` means https.
pub(super) fn with_scheme(address: &str) -> String {
    let address = address.trim();
    if address.contains("://") {
        return address.to_owned();
    }
    let address = address.strip_prefix("feed:").unwrap_or(address);
    format!("https://{address}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_completed_and_compared() {
        assert_eq!(with_scheme(" dock.example/news "), "https://dock.example/news");
        assert_eq!(with_scheme("http://dock.example"), "http://dock.example");
        assert_eq!(comparable("https://Dock.example/feed/#top"), comparable("http://dock.example/feed"));
        assert_ne!(comparable("https://dock.example/feed?desk=air"), comparable("https://dock.example/feed"));
    }
}
