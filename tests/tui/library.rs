//! A library in memory that answers the desk's requests as the engine would.

use std::borrow::Cow;
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::sync::Arc;

use tidings::document;
use tidings::engine::{AddOutcome, Counts, Downloading, EntityEntry, FeedHealth, PageOutcome, PollRequest, Undone};
use tidings::model::{ALL_TOPICS, Article, ArticleId, Change, ChangeId, FeedStatus, FullText, Headline, Mark, TopicId};
use tidings::query::{Cursor, ListRequest, Order, Page, Query, Rows, Scope};
use tidings::text::{fold, tokens};
use tidings::tui::effect::{Load, Write};
use tidings::tui::event::Answer;
use tidings::tui::reading::Reading;

/// Articles, feeds, and what was done to them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Library {
    pub(crate) articles: Vec<Article>,
    pub(crate) feeds: Vec<FeedStatus>,
    /// Who is known.
    pub(crate) lexicon: Vec<EntityEntry>,
    /// What is new in an article.
    pub(crate) news: BTreeMap<ArticleId, Vec<String>>,
    journal: Vec<Did>,
    undone: Vec<Did>,
    /// When set, every write fails with this.
    pub(crate) refuse: Option<String>,
    /// What adding a feed leads to.
    pub(crate) add_outcome: Option<AddOutcome>,
    /// What asking for a full text leads to, and the text that is kept.
    pub(crate) page_outcome: Option<PageOutcome>,
    pub(crate) page: Option<FullText>,
    /// Files that came in part.
    pub(crate) parts: Vec<Downloading>,
    /// What was written, for tests to look at.
    pub(crate) written: Vec<Write>,
    /// Polls asked for.
    pub(crate) polls: Vec<PollRequest>,
}

/// What can be undone.
#[derive(Debug, Clone)]
pub(crate) enum Did {
    Marks(Change),
    /// A rule or a story: what undo tells, the articles before, and after.
    Else(Undone, Vec<Article>, Vec<Article>),
}

impl Did {
    fn told(&self) -> Undone {
        match self {
            Self::Marks(change) => Undone::Marks(change.clone()),
            Self::Else(undone, ..) => undone.clone(),
        }
    }
}

impl Library {
    pub(crate) fn did(&mut self, did: Did) {
        self.journal.push(did);
        self.undone.clear();
    }

    pub(crate) fn new(articles: Vec<Article>, feeds: Vec<FeedStatus>) -> Self {
        Self { articles, feeds, ..Self::default() }
    }

    pub(crate) fn counts(&self) -> Counts {
        let unread = |rows: &[&Headline], topic: TopicId| {
            rows.iter().filter(|h| !h.state.read && h.topics.contains(&topic)).count() as u64
        };
        let all: Vec<&Headline> = self.articles.iter().map(|a| &a.headline).collect();
        let leads: Vec<&Headline> = all.iter().copied().filter(|h| h.id.0 == h.story.0).collect();
        let none: Vec<&Headline> = all.iter().copied().filter(|h| h.topics.is_empty()).collect();
        Counts {
            articles: all.len() as u64,
            unread: all.iter().filter(|h| !h.state.read).count() as u64,
            saved: all.iter().filter(|h| h.state.saved).count() as u64,
            unread_by_topic: TopicId::all().map(|topic| unread(&all, topic)).collect(),
            stories: leads.len() as u64,
            unread_stories: leads.iter().filter(|h| !h.state.read).count() as u64,
            unread_stories_by_topic: TopicId::all().map(|topic| unread(&leads, topic)).collect(),
            off_topic: none.len() as u64,
            unread_off_topic: none.iter().filter(|h| !h.state.read).count() as u64,
            newest: all.iter().map(|h| h.id).max(),
        }
    }

    /// A row as it is told: with the rest of its story; that of a story is dated by its newest article with a text of its own.
    fn row(&self, headline: &Headline, stories: bool) -> Headline {
        let mut row = Headline { coverage: self.coverage(headline), ..headline.clone() };
        if stories {
            let own = self.articles.iter().filter(|a| a.headline.story == row.story && a.headline.copy_of.is_none());
            row.date = own.map(|a| a.headline.date).max().unwrap_or(row.date);
        }
        row
    }

    pub(crate) fn list(&self, request: &ListRequest) -> Vec<Headline> {
        let stories = request.scope.rows(request.rows) == Rows::Stories;
        let grouped = self.articles.iter().any(|a| a.headline.id.0 != a.headline.story.0);
        let known = self.articles.iter().filter(|a| request.up_to.is_none_or(|up_to| a.headline.id <= up_to));
        let of_scope = known.filter(|a| in_scope(a, &request.scope)).map(|a| &a.headline);
        let leads = of_scope.filter(|h| !stories || h.id.0 == h.story.0);
        let row = |h| if grouped { Cow::Owned(self.row(h, stories)) } else { Cow::Borrowed(h) };
        let mut rows: Vec<Cow<'_, Headline>> =
            leads.filter(|h| !request.unread_only || !h.state.read).map(row).collect();
        if request.scope == Scope::Covered {
            rows.sort_by_key(|h| (Reverse(h.coverage.sources), Reverse(h.date)));
        } else {
            rows.sort_by_cached_key(|h| key(&cursor(h), request.order));
        }
        let (from, to) = match &request.page {
            Page::First => (0, request.limit),
            Page::Last => (rows.len().saturating_sub(request.limit), rows.len()),
            Page::After(at) => {
                let from = rows.partition_point(|h| place(&cursor(h), at, request.order).is_le());
                (from, from.saturating_add(request.limit))
            }
            Page::Before(at) => {
                let to = rows.partition_point(|h| place(&cursor(h), at, request.order).is_lt());
                (to.saturating_sub(request.limit), to)
            }
        };
        rows.drain(..).take(to).skip(from).map(Cow::into_owned).collect()
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
            Load::Newer { scope, rows, than } => {
                let stories = scope.rows(rows) == Rows::Stories;
                let newer = self.articles.iter().filter(|a| a.headline.id > than && in_scope(a, &scope));
                Answer::Newer(newer.filter(|a| !stories || a.headline.id.0 == a.headline.story.0).count() as u64)
            }
            Load::Counts => Answer::Counts(self.counts()),
            Load::Feeds => Answer::Feeds(self.feeds.clone()),
            Load::Health => Answer::Health(self.feeds.iter().map(health).collect()),
            Load::Article(wanted) => {
                let found = self.articles.iter().find(|a| a.headline.id == wanted.article);
                Answer::Article(found.map(|a| Box::new(Reading::of(Arc::new(a.clone()), &wanted))))
            }
            load @ (Load::Vias(_)
            | Load::EntityNames(..)
            | Load::Suggestion(_)
            | Load::Story(_)
            | Load::Entity(_)
            | Load::Why(_)
            | Load::Company(_)
            | Load::Preview(_)) => self.know(load),
            Load::Parts(..) => Answer::Parts(self.parts.clone()),
            Load::Whole(id) => Answer::Whole(self.articles.iter().find(|a| a.headline.id == id).cloned().map(Box::new)),
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
            Write::StoryRead(story) => {
                let ids: Vec<_> =
                    self.articles.iter().filter(|a| a.headline.story == story).map(|a| a.headline.id).collect();
                Answer::Marked(self.mark(&ids, Mark::Read(true)))
            }
            Write::Teach(lesson) => Answer::Taught(self.teach(&lesson)),
            Write::Split(article) => Answer::Regrouped(self.split(article)),
            Write::Merge { article, into } => Answer::Regrouped(self.merge(article, into)),
            Write::Undo => Answer::Undone(self.journal.pop().map_or(Undone::Nothing, |did| {
                match &did {
                    Did::Marks(change) => self.set(&change.articles, &opposite(&change.mark)),
                    Did::Else(_, before, _) => self.articles.clone_from(before),
                }
                self.undone.push(did.clone());
                did.told()
            })),
            Write::Redo => Answer::Redone(self.undone.pop().map_or(Undone::Nothing, |did| {
                match &did {
                    Did::Marks(change) => self.set(&change.articles, &change.mark),
                    Did::Else(_, _, after) => self.articles.clone_from(after),
                }
                self.journal.push(did.clone());
                did.told()
            })),
            Write::AddFeed { address, .. } => {
                Answer::FeedAdded(self.add_outcome.clone().unwrap_or(AddOutcome::AlreadyThere(address)))
            }
            Write::AddFeeds(feeds) => Answer::FeedsAdded(feeds.len()),
            Write::EditFeed(edit) => Answer::FeedEdited(edit),
            Write::Clip(_) | Write::ClipStory(_) => Answer::Done("clipped to ~/tidings-clips.md".to_owned()),
            Write::Download { .. } => Answer::Done("downloaded: harbour-talk.mp3 to ~/Downloads".to_owned()),
            Write::CancelDownload(_) => Answer::Done(String::new()),
            Write::FullText(id) => {
                let outcome = self.page_outcome.clone().unwrap_or(PageOutcome::NothingMore(None));
                if let (PageOutcome::Kept { .. }, Some(full)) = (&outcome, &self.page) {
                    let article = self.articles.iter_mut().find(|a| a.headline.id == id).expect("an article");
                    article.full_text = Some(full.clone());
                }
                Answer::FullText(id, outcome)
            }
            Write::Place { article, place } => {
                self.articles.iter_mut().filter(|a| a.headline.id == article).for_each(|a| a.place = place);
                Answer::Done(String::new())
            }
            Write::ImportOpml(_) => Answer::FeedsAdded(3),
        })
    }

    fn mark(&mut self, ids: &[ArticleId], mark: Mark) -> Change {
        let before: Vec<_> = self.articles.iter().map(|a| (a.headline.id, a.headline.state)).collect();
        let ids = if mark == Mark::Read(true) { self.with_copies(ids) } else { ids.to_vec() };
        if let Mark::Note(note) = &mark {
            return self.note(&ids, note.clone());
        }
        self.set(&ids, &mark);
        let differs =
            |(a, (_, state)): (&Article, &(ArticleId, _))| (a.headline.state != *state).then_some(a.headline.id);
        let articles: Vec<_> = self.articles.iter().zip(&before).filter_map(differs).collect();
        let title = match articles.as_slice() {
            [one] => self.title(*one),
            several => {
                let copies = |id: &ArticleId| self.with_copies(&[*id]);
                let first = ids.first().filter(|id| several.iter().all(|other| copies(id).contains(other)));
                first.and_then(|id| self.title(*id))
            }
        };
        let id = (!articles.is_empty()).then(|| ChangeId(self.journal.len() as i64 + 1));
        let change = Change { id, mark, articles, title };
        if change.id.is_some() {
            self.did(Did::Marks(change.clone()));
        }
        change
    }

    fn title(&self, id: ArticleId) -> Option<String> {
        self.articles.iter().find(|a| a.headline.id == id).map(|a| a.headline.title.clone())
    }

    /// Notes are undone to what they were.
    fn note(&mut self, ids: &[ArticleId], note: Option<String>) -> Change {
        let before = self.articles.clone();
        for article in self.articles.iter_mut().filter(|a| ids.contains(&a.headline.id)) {
            article.headline.state.noted = note.is_some();
            article.note.clone_from(&note);
        }
        let title = self.articles.iter().find(|a| ids == [a.headline.id]).map(|a| a.headline.title.clone());
        let id = Some(ChangeId(self.journal.len() as i64 + 1));
        let change = Change { id, mark: Mark::Note(note), articles: ids.to_vec(), title };
        self.did(Did::Else(Undone::Marks(change.clone()), before, self.articles.clone()));
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
        offered: status.facts.last_error.as_deref().and_then(tidings::feed::named_in).map(str::to_owned),
        next_poll: super::fixture::now().checked_add(jiff::SignedDuration::from_mins(11)).ok(),
        why: "every 30 min".to_owned(),
    }
}

fn cursor(headline: &Headline) -> Cursor {
    Cursor {
        feed_name: headline.feed_name.clone(),
        topic: headline.topics.first().map_or(ALL_TOPICS.len(), |t| t.index()),
        date: headline.date,
        id: headline.id,
    }
}

/// What a list is sorted by.
type Place = (String, usize, Reverse<jiff::Timestamp>, Reverse<ArticleId>);

fn key(at: &Cursor, order: Order) -> Place {
    let feed_name = if order == Order::Source { at.feed_name.clone() } else { String::new() };
    let topic = if order == Order::Topic { at.topic } else { 0 };
    (feed_name, topic, Reverse(at.date), Reverse(at.id))
}

fn place(a: &Cursor, b: &Cursor, order: Order) -> Ordering {
    key(a, order).cmp(&key(b, order))
}

fn in_scope(article: &Article, scope: &Scope) -> bool {
    let headline = &article.headline;
    match scope {
        Scope::All => true,
        Scope::Topic(topic) => headline.topics.contains(topic),
        Scope::Feed(feed) => headline.feed == *feed,
        Scope::Saved => headline.state.saved,
        Scope::Search(query) => matches(article, query),
        Scope::Topics(topics) => topics.iter().any(|topic| headline.topics.contains(topic)),
        Scope::Entity(id) => headline.entities.iter().any(|entity| entity.id == *id),
        Scope::OffTopic => headline.topics.is_empty(),
        Scope::Covered => super::fixture::now().duration_since(headline.date).as_hours() < 48,
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
        Query::Entity(wanted) => headline
            .entities
            .iter()
            .any(|entity| entity.id == wanted.name || fold(&entity.name).contains(&fold(&wanted.name))),
        Query::Genre(genre) => headline.genres.has(*genre),
        Query::Via(name) => headline.via.as_ref().is_some_and(|via| fold(via).contains(&fold(name))),
        Query::FullText => article.full_text.is_some(),
        Query::OffTopic => headline.topics.is_empty(),
    }
}
