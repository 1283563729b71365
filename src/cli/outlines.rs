//! Our subscriptions as other programs want them: topics become folders.

use crate::model::FeedStatus;
use crate::opml::Outline;

use super::subscription::without_userinfo;

/// A feed as a subscription for other programs; secrets stay here.
#[must_use]
pub(super) fn from_feed(status: &FeedStatus) -> Outline {
    let feed = &status.feed;
    Outline {
        name: feed.name.clone(),
        url: without_userinfo(&feed.url),
        site: feed.site.clone(),
        folders: feed.topics.iter().map(|topic| topic.get().name.to_owned()).collect(),
    }
}
