//! Our subscriptions as other programs want them: topics become folders.

use url::Url;

use crate::model::FeedStatus;
use crate::opml::Outline;

use super::subscription::without_userinfo;

/// A feed as a subscription for other programs; secrets stay here.
#[must_use]
pub(super) fn from_feed(status: &FeedStatus) -> Outline {
    let feed = &status.feed;
    Outline {
        name: feed.name.clone(),
        url: without_secrets(&feed.url),
        site: feed.site.clone(),
        folders: feed.topics.iter().map(|topic| topic.get().name.to_owned()).collect(),
    }
}

/// Names of query parameters that carry a secret (THREATS R10); compared without `_` and `-`.
const SECRETS: [&str; 12] = [
    "accesstoken",
    "apikey",
    "auth",
    "authkey",
    "authtoken",
    "key",
    "password",
    "secret",
    "sig",
    "signature",
    "token",
    "usertoken",
];

/// An address without user name, password and tokens; otherwise as it is written.
fn without_secrets(address: &str) -> String {
    let address = without_userinfo(address);
    let Ok(mut url) = Url::parse(&address) else { return address };
    let secret = |name: &str| SECRETS.contains(&name.to_ascii_lowercase().replace(['_', '-'], "").as_str());
    if !url.query_pairs().any(|(name, _)| secret(&name)) {
        return address;
    }
    let kept: Vec<(String, String)> = url
        .query_pairs()
        .filter(|(name, _)| !secret(name))
        .map(|(name, value)| (name.into_owned(), value.into_owned()))
        .collect();
    url.set_query(None);
    if !kept.is_empty() {
        url.query_pairs_mut().extend_pairs(kept);
    }
    url.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_leaves_the_house_carries_no_secret() {
        assert_eq!(without_secrets("https://me:pw@a.example/feed"), "https://a.example/feed");
        assert_eq!(
            without_secrets("https://a.example/feed?api_key=s3cret&desk=air"),
            "https://a.example/feed?desk=air"
        );
        assert_eq!(without_secrets("https://a.example/feed?Token=s3cret"), "https://a.example/feed");
        assert_eq!(
            without_secrets("https://a.example/feed?a=b%20c"),
            "https://a.example/feed?a=b%20c",
            "left as it is"
        );
    }
}
