//! The text of an article's page: fetched when asked for, told from what is around it, kept.
//!
//! [`Visit`] fetches, `fetch` decides what is kept, `wanted` does it unasked for feeds that say so, `read` for addresses
//! and files that have no article. Reading an article makes no request (THREATS R14).

mod charset;
mod kind;
mod read;
mod visit;
mod wanted;

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use super::shared::Shared;
use super::{Answer, EngineError, Notice};
use crate::config::{FeedSpec, FullTextMode};
use crate::document;
use crate::feed;
use crate::fetch::{FetchError, mask_userinfo};
use crate::model::{Article, ArticleId, Barrier, FeedId, FullText};
use crate::store::StoreError;
use crate::text::{clean_line, fold, word_count};

use visit::{Gathered, NoPage, Visit};

pub(super) use read::read;
pub use read::{PageSource, ReadPage};
pub use wanted::{FailedPage, WantedRound};
pub(super) use wanted::{fetch_wanted, want, worker};

/// Fewer words than this are no more text: a caption, a line about the author.
const MORE_WORDS: usize = 10;

/// What became of the wish for the text of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageOutcome {
    /// It is kept with the article; so many words.
    Kept {
        /// Words of text.
        words: usize,
        /// Why it may be only the beginning.
        barrier: Option<Barrier>,
    },
    /// The page gave no more than the feed did, or than is kept already; nothing was kept.
    NothingMore(Option<Barrier>),
    /// There is no page to be read, and asking again would not change that; nothing was kept.
    NoPage(Obstacle),
}

/// What is at the address of an article in place of a page that can be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// What, in words that go on from "the page ": `is a PDF document`.
    pub words: String,
    /// It is a file, which can be downloaded.
    pub is_file: bool,
}

/// Why the text of an article's page is not to be had.
#[derive(Debug, Clone, PartialEq)]
struct Trouble {
    /// In words.
    words: String,
    /// Whether it makes sense to try again.
    again: Again,
    /// What stands at the address for good, where that is known.
    obstacle: Option<Obstacle>,
}

/// When something that failed may be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Again {
    /// It would fail again.
    Never,
    /// After a while.
    Later,
    /// The server is not to be asked for anything before this time.
    NotBefore(Timestamp),
}

impl Trouble {
    fn for_good(words: impl Into<String>) -> Self {
        Self { words: words.into(), again: Again::Never, obstacle: None }
    }

    fn for_now(words: impl Into<String>, again: Again) -> Self {
        Self { words: words.into(), again, obstacle: None }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::for_now(error.to_string(), Again::Later)
    }
}

/// The articles whose pages are being fetched.
#[derive(Debug, Default)]
pub(super) struct UnderWay(Mutex<HashSet<ArticleId>>);

/// Lets the next one fetch the page, when dropped.
struct Fetching<'a>(&'a UnderWay, ArticleId);

impl UnderWay {
    /// None: somebody is at it.
    fn begin(&self, id: ArticleId) -> Option<Fetching<'_>> {
        let is_first = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        is_first.then_some(Fetching(self, id))
    }
}

impl Drop for Fetching<'_> {
    fn drop(&mut self) {
        let Self(under_way, id) = self;
        under_way.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
    }
}

/// Fetches the page of an article and keeps its text with it, because the user asks for it.
pub(super) async fn fetch(shared: &Arc<Shared>, id: ArticleId) -> Answer<PageOutcome> {
    shared.store.must_write("saving the full text")?;
    let Some(article) = shared.store.article(id).await? else {
        return Err(EngineError("the article is gone".into()));
    };
    let spec = spec_of(shared, article.headline.feed).await?;
    if spec.full_text == FullTextMode::Never {
        let name = &article.headline.feed_name;
        return Err(EngineError(format!(
            "not fetched: config.toml says full_text = \"never\" for {name}; o opens the page in the browser"
        )));
    }
    let kept = match keep_page(shared, article, spec).await {
        Ok(kept) => kept,
        Err(Trouble { obstacle: Some(obstacle), .. }) => return Ok(PageOutcome::NoPage(obstacle)),
        Err(trouble) => return Err(EngineError(trouble.words)),
    };
    // Where no desk is open nobody else does it; what does not fit one step waits for the next poll.
    shared.store.index().await?;
    Ok(kept)
}

/// What the config says of a feed; the defaults for one that it has no more.
async fn spec_of(shared: &Shared, feed: FeedId) -> Answer<FeedSpec> {
    let feeds = shared.store.feeds().await?;
    let url = feeds.into_iter().find(|status| status.feed.id == feed).map(|status| status.feed.url);
    let config = shared.config();
    Ok(config.feeds.iter().find(|spec| Some(&spec.url) == url.as_ref()).cloned().unwrap_or_default())
}

/// Fetches the page of an article and keeps its text, where that is more than there is.
async fn keep_page(shared: &Arc<Shared>, article: Article, spec: FeedSpec) -> Result<PageOutcome, Trouble> {
    let id = article.headline.id;
    let address = document::clean_url(&article.headline.url);
    let host = url::Url::parse(&address).ok().filter(|_| document::is_web_url(&address));
    let Some(host) = host.as_ref().and_then(url::Url::host_str) else {
        return Err(Trouble::for_good("the article has no page on the web"));
    };
    let Some(_fetching) = shared.pages_under_way.begin(id) else {
        return Err(Trouble::for_now("its page is being fetched already", Again::Later));
    };
    let now = shared.clock.now();
    if let Some(until) = shared.store.host_left_alone(host.to_owned(), now).await? {
        let words = format!("{host} asked to be left alone until {}", until.strftime("%Y-%m-%d %H:%M UTC"));
        return Err(Trouble::for_now(words, Again::NotBefore(until)));
    }
    let gathered = match Visit::for_feed(shared, spec).gather(&address).await {
        Ok(gathered) => gathered,
        Err(error) => {
            let trouble = trouble(&error, &address, now);
            if let Again::NotBefore(until) = trouble.again {
                shared.store.leave_host_alone(host.to_owned(), now, until).await?;
            }
            return Err(trouble);
        }
    };
    let (words, barrier) = (gathered.words(), gathered.found.barrier);
    if !is_more(&gathered, &article) {
        return Ok(PageOutcome::NothingMore(barrier));
    }
    let plain = gathered.plain.clone();
    let text = full_text(gathered, Some(&article.headline.title), now);
    if !shared.store.keep_full_text(id, text, plain).await? {
        return Err(Trouble::for_good("the article is gone"));
    }
    shared.to_index.notify_one();
    shared.tell(Notice::ArticleChanged(id));
    Ok(PageOutcome::Kept { words, barrier })
}

/// Whether the page has more than the feed, and not less than what is kept of it already.
fn is_more(gathered: &Gathered, article: &Article) -> bool {
    // Behind a paywall stands the beginning of the article; before the other barriers something else.
    let is_article = matches!(gathered.found.barrier, None | Some(Barrier::Paywall | Barrier::Registration));
    let words = gathered.words();
    let in_feed = word_count(&document::plain_text(article.feed_html()));
    if !is_article || words < in_feed.saturating_add(MORE_WORDS.max(in_feed / 10)) {
        return false;
    }
    // A barrier that came up since must not cost the text that was fetched before.
    let kept = article.full_text.as_ref().map(|kept| word_count(&document::plain_text(&kept.html)));
    gathered.found.barrier.is_none() || kept.is_none_or(|kept| words >= kept)
}

/// What is kept of a page. `known_title` is the feed's.
fn full_text(gathered: Gathered, known_title: Option<&str>, now: Timestamp) -> FullText {
    let Gathered { found, url, pages, .. } = gathered;
    let title = Some(found.title)
        .filter(|title| !title.is_empty() && known_title.is_none_or(|known| fold(&clean_line(known)) != fold(title)));
    let url = found.canonical.filter(|address| document::is_web_url(address)).unwrap_or(url);
    FullText {
        url: document::clean_url(&url),
        title,
        author: found.author,
        published: found.published,
        site: found.site,
        picture: found.picture,
        html: found.html,
        pages,
        fetched: now,
        barrier: found.barrier,
    }
}

/// Why a page is not to be had, in words that name it.
fn trouble(error: &NoPage, address: &str, now: Timestamp) -> Trouble {
    let page = clean_line(&mask_userinfo(address));
    let error = match error {
        NoPage::Other { what, is_file } => {
            // A file of this machine is where it is; from elsewhere it can be had.
            let how = if *is_file && document::is_web_url(address) { "; a browser opens or downloads it" } else { "" };
            let obstacle = Some(Obstacle { words: format!("is {what}"), is_file: *is_file });
            let words = format!("{page} cannot be read: it is {what}{how}");
            return Trouble { words, again: Again::Never, obstacle };
        }
        NoPage::Broken => {
            return Trouble::for_good(format!(
                "{page} cannot be read: its text could not be told; tidings.log has more"
            ));
        }
        NoPage::Fetch(error) => error,
    };
    if let FetchError::Status { status, .. } = error
        && let Some(what) = refusal(*status)
    {
        let words = format!("{page}: the page {what}; a browser may open it");
        let obstacle = Some(Obstacle { words: what, is_file: false });
        return Trouble { words, again: Again::Never, obstacle };
    }
    let (words, again) = match error {
        FetchError::Status { status: status @ (404 | 410), .. } => {
            (format!("the server answered {status}: there is no such page"), Again::Never)
        }
        FetchError::Status { status: 429 | 503, retry_after_s: Some(seconds) } => {
            (error.to_string(), Again::NotBefore(feed::retry_after_until(*seconds, now)))
        }
        FetchError::Status { status: 429 | 500.., .. }
        | FetchError::TimedOut { .. }
        | FetchError::Unreachable { .. }
        | FetchError::Failed(_) => (error.to_string(), Again::Later),
        FetchError::Status { .. } | FetchError::TooLarge { .. } | FetchError::Refused(_) => {
            (error.to_string(), Again::Never)
        }
    };
    Trouble::for_now(format!("{page}: {words}"), again)
}

/// What a server says with these answers of a page that is there (RFC 9110, 15.5.2 to 15.5.4; 451: RFC 7725), in words that
/// go on from "the page "; none for other answers.
fn refusal(status: u16) -> Option<String> {
    let what = match status {
        401 => "is for readers with a password",
        402 => "is for subscribers",
        403 => "is refused to readers that are not browsers",
        451 => "may not be shown here for legal reasons",
        _ => return None,
    };
    Some(format!("{what} ({status})"))
}
