//! Which feed a person means: by address, by name, or by how one of them begins.

use url::Url;

use super::exit::CliError;
use crate::model::{Feed, FeedStatus};
use crate::query::nearest;
use crate::text::fold;

/// An address without user name and password, otherwise as it is written.
#[must_use]
pub(super) fn without_userinfo(address: &str) -> String {
    let (scheme, rest) = address.split_at(address.find("://").map_or(0, |at| at + 3));
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let host = rest[..end].rfind('@').map_or(0, |at| at + 1);
    let cut = format!("{scheme}{}", &rest[host..]);
    // Browsers' rules accept odder spellings (`http:\\me:secret@host`); what they read a secret in is spelt anew.
    match Url::parse(&cut) {
        Ok(mut url) if !url.username().is_empty() || url.password().is_some() => {
            let removed = url.set_password(None).is_ok() && url.set_username("").is_ok();
            if removed { url.into() } else { String::new() }
        }
        _ => cut,
    }
}

/// The feed that `wanted` names.
///
/// # Errors
/// When no feed is named so (with the nearest names), or several are.
pub(super) fn find<'a>(feeds: &'a [FeedStatus], wanted: &str) -> Result<&'a FeedStatus, CliError> {
    let wanted_folded = fold(wanted.trim());
    let is_exact = |feed: &Feed| fold(&feed.name) == wanted_folded || same_address(&feed.url, wanted);
    let is_prefix = |feed: &Feed| {
        fold(&feed.name).starts_with(&wanted_folded)
            || bare(&feed.url).starts_with(&bare(wanted))
            || feed.url.starts_with(wanted)
    };
    if wanted_folded.is_empty() {
        return Err(CliError::usage("no feed is named"));
    }
    let exact: Vec<&FeedStatus> = feeds.iter().filter(|status| is_exact(&status.feed)).collect();
    let found = if exact.is_empty() { feeds.iter().filter(|status| is_prefix(&status.feed)).collect() } else { exact };
    match found.as_slice() {
        [one] => Ok(one),
        [] => Err(unknown(feeds, wanted, &wanted_folded)),
        several => Err(CliError {
            hints: several.iter().map(|status| label(&status.feed)).collect(),
            ..CliError::usage(format!("“{wanted}” may be {} feeds; name one of them by its address:", several.len()))
        }),
    }
}

/// A feed's name and address on one line.
#[must_use]
pub(super) fn label(feed: &Feed) -> String {
    format!("{}  {}", feed.name, without_userinfo(&feed.url))
}

fn unknown(feeds: &[FeedStatus], wanted: &str, folded: &str) -> CliError {
    let error = CliError::failed(format!("there is no feed “{wanted}”"));
    if feeds.is_empty() {
        return error.hint("no feed is subscribed: `tidings feed add URL` subscribes to one");
    }
    let holds = |feed: &&Feed| fold(&feed.name).contains(folded) || bare(&feed.url).contains(folded);
    let near = nearest(wanted, feeds.iter().map(|status| status.feed.name.as_str()));
    let mut meant: Vec<&Feed> =
        feeds.iter().map(|status| &status.feed).filter(|feed| near == Some(&feed.name)).collect();
    meant.extend(feeds.iter().map(|status| &status.feed).filter(holds).filter(|feed| near != Some(&feed.name)).take(5));
    let hints: Vec<String> = meant.into_iter().map(|feed| format!("did you mean: {}", label(feed))).collect();
    if hints.is_empty() {
        return error.hint("`tidings feed list` lists them");
    }
    CliError { hints, ..error }
}

fn same_address(url: &str, wanted: &str) -> bool {
    url == wanted || without_userinfo(url) == wanted || (bare(url) == bare(wanted) && !bare(wanted).is_empty())
}

/// An address without what people leave out: scheme, userinfo, `www.`, a closing slash.
fn bare(url: &str) -> String {
    let url = without_userinfo(url);
    let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FeedId, PollFacts};

    fn feeds() -> Vec<FeedStatus> {
        [
            ("Harbour Gazette", "https://me:secret@www.harbour.example/feed/"),
            ("Harbour Light", "https://light.example/rss"),
            ("Quay News", "http://quay.example/atom?a=b@c"),
        ]
        .iter()
        .zip(1..)
        .map(|((name, url), id)| FeedStatus {
            feed: Feed {
                id: FeedId(id),
                url: (*url).into(),
                name: (*name).into(),
                site: None,
                topics: Vec::new(),
                enabled: true,
            },
            facts: PollFacts::default(),
            articles: 0,
            unread: 0,
        })
        .collect()
    }

    #[test]
    fn userinfo_is_cut_and_nothing_else() {
        assert_eq!(without_userinfo("https://me:p@ss@host.example/a@b?c@d"), "https://host.example/a@b?c@d");
        assert_eq!(without_userinfo("http://127.0.0.1:80"), "http://127.0.0.1:80");
        assert_eq!(without_userinfo("file:///tmp/a@b.xml"), "file:///tmp/a@b.xml");
        assert_eq!(without_userinfo("nothing"), "nothing");
        assert_eq!(without_userinfo("me:secret@host.example/feed"), "host.example/feed");
        for odd in ["http:\\\\me:secret@host.example\\feed", "https:me:secret@host.example/feed"] {
            assert!(!without_userinfo(odd).contains("secret"), "{odd}");
        }
    }

    #[test]
    fn a_feed_is_found_by_name_address_and_unique_beginning() {
        let feeds = feeds();
        let id = |wanted| find(&feeds, wanted).map(|status| status.feed.id.0).map_err(|error| error.kind.code());
        assert_eq!(id("quay"), Ok(3));
        assert_eq!(id("HARBOUR GAZETTE"), Ok(1));
        assert_eq!(id("harbour.example/feed"), Ok(1));
        assert_eq!(id("https://www.harbour.example/feed/"), Ok(1));
        assert_eq!(id("https://light"), Ok(2));
        assert_eq!(id("harbour"), Err(2), "two feeds begin so");
        assert_eq!(id("dockside"), Err(1));
        assert_eq!(id(" "), Err(2));
    }

    #[test]
    fn the_nearest_name_is_offered_and_secrets_are_not() {
        let feeds = feeds();
        let error = find(&feeds, "harbor gazete").unwrap_err();
        assert_eq!(
            error.hints.first().map(String::as_str),
            Some("did you mean: Harbour Gazette  https://www.harbour.example/feed/")
        );
        assert!(error.hints.iter().all(|hint| !hint.contains("secret")));
    }
}
