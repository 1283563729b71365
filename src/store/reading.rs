//! What the engine asks about full texts and reading places.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::Connection;

use super::actor::Turn;
use super::{Store, StoreError, full_text, quickly};
use crate::model::{ArticleId, FeedId, FullText};

/// An article whose page is to be fetched without being asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedPage {
    /// The article.
    pub article: ArticleId,
    /// Its feed.
    pub feed: FeedId,
    /// Its address, as the feed gave it.
    pub url: String,
    /// How often it was asked for.
    pub attempts: u32,
}

impl Store {
    /// Keeps the text of an article's page with it, in place of an older one; it goes when the article goes. `plain` is the
    /// text without markup: it is searched in place of the feed's. False: the article is gone.
    pub async fn keep_full_text(&self, id: ArticleId, text: FullText, plain: String) -> Result<bool, StoreError> {
        let keep = move |conn: &mut Connection| quickly(conn, |tx| full_text::keep(tx, id.0, &text, &plain));
        self.write(Turn::Urgent, "saving the full text", keep).await
    }

    /// How the full texts of these articles begin, without markup; those that have none are left out.
    pub async fn full_text_beginnings(
        &self,
        articles: Vec<ArticleId>,
    ) -> Result<HashMap<ArticleId, String>, StoreError> {
        self.read("reading full texts", move |conn| full_text::beginnings(conn, &articles)).await
    }

    /// Remembers how far an article was read, in thousandths of its text; 0 is its beginning. It goes when the article goes.
    pub async fn set_place(&self, id: ArticleId, place: u16) -> Result<(), StoreError> {
        let set = move |conn: &mut Connection| quickly(conn, |tx| full_text::set_place(tx, id.0, place));
        self.write(Turn::Urgent, "saving the place", set).await
    }

    /// Lets pages of these articles wait to be fetched, also over a restart; not those whose text is kept already.
    pub async fn want_pages(&self, articles: Vec<ArticleId>) -> Result<(), StoreError> {
        let want = move |conn: &mut Connection| quickly(conn, |tx| full_text::want(tx, &articles));
        self.write(Turn::InOrder, "saving what is to be fetched", want).await
    }

    /// The pages that wait and may be asked for now, the latest arrivals first.
    pub async fn wanted_pages(&self, now: Timestamp) -> Result<Vec<WantedPage>, StoreError> {
        self.read("reading what is to be fetched", move |conn| full_text::wanted(conn, now)).await
    }

    /// Takes a waiting page up, as one more attempt at it: nobody else does before `until`, in this process or another.
    /// False when somebody did already, or it waits no more.
    pub async fn claim_page(&self, id: ArticleId, now: Timestamp, until: Timestamp) -> Result<bool, StoreError> {
        let claim = move |conn: &mut Connection| quickly(conn, |tx| full_text::claim(tx, id.0, now, until));
        self.write(Turn::InOrder, "saving what is to be fetched", claim).await
    }

    /// Lets a waiting page wait until then.
    pub async fn put_page_off(&self, id: ArticleId, until: Timestamp) -> Result<(), StoreError> {
        let put_off = move |conn: &mut Connection| quickly(conn, |tx| full_text::put_off(tx, id.0, until));
        self.write(Turn::InOrder, "saving what is to be fetched", put_off).await
    }

    /// Remembers that a server wants to be left alone until then (Retry-After), also over a restart.
    pub async fn leave_host_alone(&self, host: String, now: Timestamp, until: Timestamp) -> Result<(), StoreError> {
        let leave = move |conn: &mut Connection| quickly(conn, |tx| full_text::leave_alone(tx, &host, now, until));
        self.write(Turn::InOrder, "saving a Retry-After", leave).await
    }

    /// Until when a server wants to be left alone; none: it may be asked.
    pub async fn host_left_alone(&self, host: String, now: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        self.read("reading whom to ask", move |conn| full_text::left_alone(conn, &host, now)).await
    }

    /// Takes a page off the queue: it was fetched, or it is given up.
    pub async fn forget_page(&self, id: ArticleId) -> Result<(), StoreError> {
        let forget = move |conn: &mut Connection| quickly(conn, |tx| full_text::forget_page(tx, id.0));
        self.write(Turn::InOrder, "saving what was fetched", forget).await
    }
}
