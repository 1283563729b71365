//! A library in memory that answers the desk's requests as the engine would.

use std::cmp::Ordering;

use tidings::document;
use tidings::engine::{AddOutcome, Counts, FeedHealth, PollRequest, Undone};
use tidings::model::{ALL_TOPICS, Article, ArticleId, Change, ChangeId, FeedStatus, Headline, Mark, TopicId};
use tidings::query::{Cursor, ListRequest, Order, Page, Query, Scope};
use tidings::text::{fold, tokens};
use tidings::tui::effect::{Load, Write};
use tidings::tui::event::{Answer, Reading};

/// Articles, feeds, and what was done to them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Library {
    pub(crate) articles: Vec<Article>,
    pub(crate) feeds: Vec<FeedStatus>,
    journal: Vec<Change>,
    undone: Vec<Change>,
    /// When set, every write fails with this.
    pub(crate) refuse: Option<String>,
    /// What adding a feed leads to.
    pub(crate) add_outcome: Option<AddOutcome>,
    /// What was written, for tests to look at.
    pub(crate) written: Vec<Write>,
    /// Polls asked for.
    pub(crate) polls: Vec<PollRequest>,
}

impl Library {
    pub(crate) fn new(articles: Vec<Article>, feeds: Vec<FeedStatus>) -> Self {
        Self { articles, feeds, ..Self::default() }
    }

    pub(crate) fn counts(&self) -> Counts {
        let unread = |topic: TopicId| {
            let of = |a: &&Article| !a.headline.state.read && a.headline.topics.contains(&topic);
            self.articles.iter().filter(of).count() as u64
        };
        Counts {
            articles: self.articles.len() as u64,
            unread: self.articles.iter().filter(|a| !a.headline.state.read).count() as u64,
            saved: self.articles.iter().filter(|a| a.headline.state.saved).count() as u64,
            unread_by_topic: TopicId::all().map(unread).collect(),
            newest: self.articles.iter().map(|a| a.headline.id).max(),
            ..Counts::default()
        }
    }

    pub(crate) fn list(&self, request: &ListRequest) -> Vec<Headline> {
        let mut rows: Vec<&Headline> = self
            .articles
            .iter()
            .filter(|a| in_scope(a, &request.scope) && request.up_to.is_none_or(|up_to| a.headline.id <= up_to))
            .map(|a| &a.headline)
            .filter(|h| !request.unread_only || !h.state.read)
            .collect();
        rows.sort_by(|a, b| place(&cursor(a), &cursor(b), request.order));
        let rows: Vec<Headline> = match &request.page {
            Page::First => rows.into_iter().take(request.limit).cloned().collect(),
            Page::Last => rows[rows.len().saturating_sub(request.limit)..].iter().copied().cloned().collect(),
            Page::After(at) => {
                let after = rows.into_iter().filter(|h| place(&cursor(h), at, request.order).is_gt());
                after.take(request.limit).cloned().collect()
            }
            Page::Before(at) => {
                let before: Vec<_> =
                    rows.into_iter().filter(|h| place(&cursor(h), at, request.order).is_lt()).collect();
                before[before.len().saturating_sub(request.limit)..].iter().copied().cloned().collect()
            }
        };
        rows
    }

    pub(crate) fn load(&self, load: Load) -> Answer {
        match load {
            Load::Headlines(request) => Answer::Headlines(self.list(&request)),
            Load::Count { scope, rows, up_to, .. } => {
                let of = |unread_only| {
                    let page = Page::First;
                    let scope = scope.clone();
                    let order = Order::Date;
                    self.list(&ListRequest { scope, unread_only, rows, order, up_to, page, limit: usize::MAX }).len()
                        as u64
                };
                Answer::Count { all: of(false), unread: of(true) }
            }
            Load::Newer { scope, than, .. } => {
                let newer = self.articles.iter().filter(|a| a.headline.id > than && in_scope(a, &scope));
                Answer::Newer(newer.count() as u64)
            }
            Load::Counts => Answer::Counts(self.counts()),
            Load::Feeds => Answer::Feeds(self.feeds.clone()),
            Load::Health => Answer::Health(self.feeds.iter().map(health).collect()),
            Load::Article { id, width, ascii } => {
                let found = self.articles.iter().find(|a| a.headline.id == id);
                Answer::Article(found.map(|a| Box::new(reading(a, width, ascii))))
            }
            Load::Authors(prefix) => {
                let authors = self.articles.iter().filter_map(|a| a.headline.author.clone());
                let mut authors: Vec<_> = authors.filter(|a| fold(a).starts_with(&fold(&prefix))).collect();
                authors.sort();
                authors.dedup();
                Answer::Completions(authors)
            }
        }
    }

    pub(crate) fn write(&mut self, write: Write) -> Result<Answer, String> {
        self.written.push(write.clone());
        if let Some(error) = &self.refuse {
            return Err(error.clone());
        }
        Ok(match write {
            Write::Mark(ids, mark) => Answer::Marked(self.mark(&ids, mark)),
            Write::MarkAll(request, mark) => {
                let all = ListRequest { limit: usize::MAX, page: Page::First, ..request };
                let ids: Vec<_> = self.list(&all).iter().map(|h| h.id).collect();
                Answer::Marked(self.mark(&ids, mark))
            }
            Write::Undo => Answer::Undone(match self.journal.pop() {
                Some(change) => {
                    self.set(&change.articles, &opposite(&change.mark));
                    self.undone.push(change.clone());
                    Undone::Marks(change)
                }
                None => Undone::Nothing,
            }),
            Write::Redo => Answer::Redone(match self.undone.pop() {
                Some(change) => {
                    self.set(&change.articles, &change.mark);
                    self.journal.push(change.clone());
                    Undone::Marks(change)
                }
                None => Undone::Nothing,
            }),
            Write::AddFeed { address, .. } => {
                Answer::FeedAdded(self.add_outcome.clone().unwrap_or(AddOutcome::AlreadyThere(address)))
            }
            Write::AddFeeds(feeds) => Answer::FeedsAdded(feeds.len()),
            Write::EditFeed(edit) => Answer::FeedEdited(edit),
            Write::ImportOpml(_) => Answer::FeedsAdded(3),
        })
    }

    fn mark(&mut self, ids: &[ArticleId], mark: Mark) -> Change {
        let before: Vec<_> = self.articles.iter().map(|a| (a.headline.id, a.headline.state)).collect();
        self.set(ids, &mark);
        let differs =
            |(a, (_, state)): (&Article, &(ArticleId, _))| (a.headline.state != *state).then_some(a.headline.id);
        let articles: Vec<_> = self.articles.iter().zip(&before).filter_map(differs).collect();
        let title = match articles.as_slice() {
            [one] => self.articles.iter().find(|a| a.headline.id == *one).map(|a| a.headline.title.clone()),
            _ => None,
        };
        let id = (!articles.is_empty()).then(|| ChangeId(self.journal.len() as i64 + 1));
        let change = Change { id, mark, articles, title };
        if change.id.is_some() {
            self.journal.push(change.clone());
            self.undone.clear();
        }
        change
    }

    fn set(&mut self, ids: &[ArticleId], mark: &Mark) {
        for article in self.articles.iter_mut().filter(|a| ids.contains(&a.headline.id)) {
            let state = &mut article.headline.state;
            match mark {
                Mark::Read(read) => state.read = *read,
                Mark::Saved(saved) => state.saved = *saved,
                Mark::Note(note) => state.noted = note.is_some(),
            }
        }
    }
}

fn opposite(mark: &Mark) -> Mark {
    match mark {
        Mark::Read(read) => Mark::Read(!read),
        Mark::Saved(saved) => Mark::Saved(!saved),
        Mark::Note(_) => Mark::Note(None),
    }
}

fn health(status: &FeedStatus) -> FeedHealth {
    FeedHealth {
        status: status.clone(),
        address: status.feed.url.clone(),
        next_poll: super::fixture::now().checked_add(jiff::SignedDuration::from_mins(11)).ok(),
        why: "every 30 min".to_owned(),
    }
}

fn reading(article: &Article, width: u16, ascii: bool) -> Reading {
    let read = document::read_html(article.html(), Some(&article.headline.url));
    let lines = document::layout(&read, usize::from(width), ascii);
    Reading { article: article.clone(), width, ascii, lines, links: read.links, plain_because: None }
}

fn cursor(headline: &Headline) -> Cursor {
    Cursor {
        feed_name: headline.feed_name.clone(),
        topic: headline.topics.first().map_or(ALL_TOPICS.len(), |t| t.index()),
        date: headline.date,
        id: headline.id,
    }
}

fn place(a: &Cursor, b: &Cursor, order: Order) -> Ordering {
    let newest_first = (b.date, b.id).cmp(&(a.date, a.id));
    match order {
        Order::Date => newest_first,
        Order::Source => a.feed_name.cmp(&b.feed_name).then(newest_first),
        Order::Topic => a.topic.cmp(&b.topic).then(newest_first),
    }
}

fn in_scope(article: &Article, scope: &Scope) -> bool {
    let headline = &article.headline;
    match scope {
        Scope::All => true,
        Scope::Topic(topic) => headline.topics.contains(topic),
        Scope::Feed(feed) => headline.feed == *feed,
        Scope::Saved => headline.state.saved,
        Scope::Search(query) => matches(article, query),
        other => unreachable!("no such list here: {other:?}"),
    }
}

fn matches(article: &Article, query: &Query) -> bool {
    let headline = &article.headline;
    let words = |text: &str, wanted: &tidings::query::Text| {
        let words: Vec<_> = tokens(text).collect();
        wanted.words.iter().all(|w| words.iter().any(|word| word.starts_with(&fold(w))))
    };
    let day =
        |date: jiff::civil::Date| date.to_zoned(jiff::tz::TimeZone::UTC).map(|z| z.timestamp()).unwrap_or_default();
    match query {
        Query::All => true,
        Query::And(all) => all.iter().all(|q| matches(article, q)),
        Query::Or(any) => any.iter().any(|q| matches(article, q)),
        Query::Not(not) => !matches(article, not),
        Query::Text(text) => words(&format!("{} {}", headline.title, document::plain_text(article.html())), text),
        Query::Title(text) => words(&headline.title, text),
        Query::Author(author) => headline.author.as_ref().is_some_and(|a| fold(a).contains(&fold(author))),
        Query::Source(source) => fold(&headline.feed_name).contains(&fold(source)),
        Query::Topic(topic) => headline.topics.contains(topic),
        Query::Unread => !headline.state.read,
        Query::Saved => headline.state.saved,
        Query::Noted => headline.state.noted,
        Query::Since(date) => headline.date >= day(*date),
        Query::Before(date) => headline.date < day(*date),
        other => unreachable!("no such query here: {other:?}"),
    }
}
