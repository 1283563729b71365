//! Another address for a feed: its articles, marks and history stay with it, also when that is undone.

use url::Url;

use super::shared::Shared;
use super::subscriptions::{comparable, edit_config, same_origin, with_scheme};
use super::{Answer, EngineError, PollRequest};
use crate::config::{self, FeedSpec, Paths};
use crate::fetch::mask_userinfo;
use crate::model::Feed;

/// What stands for user name and password where an address is shown.
const MASKED: &str = "***";

/// Writes another address for a feed to the config, and asks there.
pub(super) async fn run(shared: &Shared, feed: Feed, wanted: &str) -> Answer<()> {
    let config = shared.config();
    let Some(spec) = config.feeds.iter().find(|spec| spec.url == feed.url) else {
        return Err(EngineError("that feed is no longer in config.toml".into()));
    };
    let to = complete(&feed, spec, wanted)?;
    let shown = mask_userinfo(&to);
    if to == feed.url {
        return Err(EngineError(format!("{shown} is the address of {} already", feed.name)));
    }
    // Its own address may come back with https in place of http.
    let taken = |other: &&FeedSpec| other.url != feed.url && comparable(&other.url) == comparable(&to);
    if let Some(other) = config.feeds.iter().find(taken) {
        let name = other.name.clone().unwrap_or_else(|| mask_userinfo(&other.url));
        return Err(EngineError(format!("{name} has {shown} already; remove one of the two")));
    }
    let words = format!("moved {} to {shown}", feed.name);
    edit_config(shared, words, |text| config::set_address(text, &feed.url, &to)).await?;
    if feed.enabled {
        shared.requests.send(PollRequest::Feed(feed.id)).ok();
    }
    Ok(())
}

/// The address as it goes into the config: with a scheme, and with the user name and password that the feed had, if
/// they are for the same place.
fn complete(feed: &Feed, spec: &FeedSpec, wanted: &str) -> Answer<String> {
    let wanted = with_scheme(wanted);
    let no_address =
        || EngineError(format!("{} is no address of a feed; type one like example.com/feed", mask_userinfo(&wanted)));
    let mut url = Url::parse(&wanted).map_err(|_| no_address())?;
    if !matches!(url.scheme(), "http" | "https" | "file") {
        return Err(no_address());
    }
    let same_place = same_origin(&feed.url, &wanted);
    let own_secrets = !spec.headers.is_empty() || spec.username.is_some() || spec.password_command.is_some();
    if own_secrets && !same_place {
        // What was given for one host is not for another (THREATS R10), and only the user can say otherwise.
        return Err(EngineError(format!(
            "{} has headers or a password, which are not given to another host; change its url in config.toml yourself",
            feed.name
        )));
    }
    let shown_only = url.username() == MASKED;
    if !shown_only && (!url.username().is_empty() || url.password().is_some() || !same_place) {
        return if shown_only { Err(no_address()) } else { Ok(wanted) };
    }
    let old = Url::parse(&feed.url).ok().filter(|_| same_place);
    let (username, password) = old.as_ref().map_or(("", None), |old| (old.username(), old.password()));
    if username.is_empty() && password.is_none() && !shown_only {
        // As the user wrote it.
        return Ok(wanted);
    }
    // Both fail only for URLs without a host.
    let _ = url.set_username(username);
    let _ = url.set_password(password);
    Ok(url.into())
}

/// Puts another text in place of the config's. Where one feed's address is all that differs, the library follows first:
/// another process that sees the new config finds the feed under its new address, and takes it for no new one.
pub(super) async fn replace_config(
    shared: &Shared,
    paths: &Paths,
    before: &str,
    after: &str,
) -> Answer<config::Config> {
    let moved = moved(before, after, paths);
    if let Some((from, to)) = &moved {
        follow(shared, from, to).await?;
    }
    let replaced = super::subscriptions::replace_text(paths, before, after);
    if let (Err(_), Some((from, to))) = (&replaced, &moved) {
        follow(shared, to, from).await?;
    }
    replaced
}

/// Gives the feed at `from` the address `to`, if it is in the library.
async fn follow(shared: &Shared, from: &str, to: &str) -> Answer<()> {
    let feeds = shared.store.feeds().await?;
    if let Some(status) = feeds.into_iter().find(|status| status.feed.url == from) {
        shared.store.set_feed_url(status.feed.id, to.to_owned()).await?;
    }
    Ok(())
}

/// The old and the new address, when the address of one feed is all that differs between two configs.
fn moved(before: &str, after: &str, paths: &Paths) -> Option<(String, String)> {
    let read = |text| config::parse(text, &paths.config).0.feeds;
    let (before, after) = (read(before), read(after));
    if before.len() != after.len() {
        return None;
    }
    let mut different = before.iter().zip(&after).filter(|(old, new)| old != new);
    let (old, new) = different.next()?;
    let only_the_address = FeedSpec { url: new.url.clone(), ..old.clone() } == *new;
    (only_the_address && different.next().is_none()).then(|| (old.url.clone(), new.url.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FeedId;

    fn completed(url: &str, spec: FeedSpec, wanted: &str) -> Result<String, String> {
        let name = "Quay".to_owned();
        let feed = Feed { id: FeedId(1), url: url.into(), name, site: None, topics: Vec::new(), enabled: true };
        complete(&feed, &FeedSpec { url: url.into(), ..spec }, wanted).map_err(|error| error.to_string())
    }

    #[test]
    fn user_and_password_stay_with_their_host() {
        let plain = FeedSpec::default;
        let secret = "https://me:pw@quay.example/feed";
        for (wanted, becomes) in [
            ("https://quay.example/rss", "https://me:pw@quay.example/rss"),
            ("https://***@quay.example/rss", "https://me:pw@quay.example/rss"),
            ("quay.example/rss?a=1", "https://me:pw@quay.example/rss?a=1"),
            ("https://you:new@quay.example/rss", "https://you:new@quay.example/rss"),
            ("https://***@away.example/rss", "https://away.example/rss"),
            ("http://quay.example/rss", "http://quay.example/rss"),
            ("https://away.example/rss", "https://away.example/rss"),
        ] {
            assert_eq!(completed(secret, plain(), wanted).as_deref(), Ok(becomes), "{wanted}");
        }
        let keyed = || FeedSpec { headers: vec![("X-Key".into(), "s3cret".into())], ..plain() };
        let refused = completed("https://quay.example/feed", keyed(), "https://away.example/").unwrap_err();
        assert!(refused.contains("config.toml") && !refused.contains("s3cret"), "{refused}");
        assert!(completed("https://quay.example/feed", keyed(), "https://quay.example/rss").is_ok());
        for wrong in ["ftp://quay.example/", "https://", "two words"] {
            assert!(completed(secret, plain(), wrong).is_err_and(|words| words.contains("no address")), "{wrong}");
        }
    }

    #[test]
    fn only_another_address_is_a_move() {
        let paths = Paths::in_dir("/nowhere".into());
        let feed = |name: &str, url: &str| format!("[[feeds]]\nname = \"{name}\"\nurl = \"https://{url}/\"\n");
        let (a, b) = (feed("A", "a.example"), feed("B", "b.example"));
        let both = format!("{a}{b}");
        let to = |url: &str| format!("https://{url}/");
        let changed = format!("{a}{}", feed("B", "c.example"));
        assert_eq!(moved(&both, &changed, &paths), Some((to("b.example"), to("c.example"))));
        for other in [
            both.clone(),
            a.clone(),
            format!("{a}{}", feed("C", "b.example")),
            format!("{a}{}", feed("C", "c.example")),
            format!("{b}{a}"),
        ] {
            assert_eq!(moved(&both, &other, &paths), None, "{other}");
        }
    }
}
