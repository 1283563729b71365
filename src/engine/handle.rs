//! What faces ask of the engine.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::broadcast;

use super::knowledge::{Company, EntityPage, Lesson, Preview, StoryPage, Why};
use super::round::{self, PollRequest, Round, RoundSummary};
use super::shared::{EngineOptions, Shared};
use super::subscriptions::{AddOutcome, FeedEdit};
use super::{
    FeedCheck, FeedHealth, FeedPolled, Notice, PageOutcome, PageSource, ReadPage, WantedRound, background, check_feed,
    full_text, health, labelling, live_config, pages, question, stories, teach,
};
use crate::clock::Clock;
use crate::config::{Config, FeedSpec, Paths};
use crate::model::{Article, ArticleId, Change, FeedStatus, Headline, Mark, Step, StoryId};
use crate::query::{ListRequest, Rows, Scope};
use crate::store::{self, Counts, StoreError};
use crate::topic::EntityEntry;

/// What faces ask of the engine; cheap to clone.
#[derive(Debug, Clone)]
pub struct EngineHandle {
    pub(super) shared: Arc<Shared>,
}

/// What undo or redo did, in words for the toast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// Marks were set back.
    Marks(Change),
    /// An edit of the config was set back, told in words.
    Config(String),
    /// A split or merge of stories was set back, told in words.
    Story(String),
    /// There was nothing.
    Nothing,
}

/// Why the engine could not do it: one line in words, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct EngineError(pub String);

impl From<StoreError> for EngineError {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

/// The result of an engine request.
pub type Answer<T> = Result<T, EngineError>;

/// How long a poll from the shell labels the library anew at most, and how long it places what that moved; a desk or the
/// next poll goes on with it.
const CARE: Duration = Duration::from_secs(20);

/// Most completions worth showing.
const COMPLETIONS: usize = 20;

impl EngineHandle {
    /// Makes an engine that does nothing by itself yet; [`EngineHandle::start`] sets it going.
    #[must_use]
    pub fn new(options: EngineOptions) -> Self {
        Self { shared: Shared::new(options) }
    }

    /// Makes the stored feeds those of the config. Everything that looks at feeds or articles comes after this.
    pub async fn adopt_config(&self) -> Answer<()> {
        if !self.shared.store.is_read_only() {
            labelling::adopt_feeds(&self.shared, &self.shared.config().feeds).await?;
        }
        Ok(())
    }

    /// Starts the background work of an open desk: rounds when feeds are due, index, ageing out, backups, live config.
    /// Later calls do nothing.
    pub fn start(&self) {
        let waiting = self.shared.waiting_requests.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(requests) = waiting {
            background::start(&self.shared, requests);
        }
    }

    /// Listens to what changes from now on.
    #[must_use]
    pub fn notices(&self) -> broadcast::Receiver<Notice> {
        self.shared.notices.subscribe()
    }

    /// What a listener that fell behind takes in place of the notices that it missed: whether a round runs, whether the
    /// network is there, and that all else may have changed. What is still in its queue is taken after that.
    #[must_use]
    pub fn in_place_of_missed(&self) -> Vec<Notice> {
        self.shared.in_place_of_missed()
    }

    /// The config as it is now.
    #[must_use]
    pub fn config(&self) -> Arc<Config> {
        self.shared.config()
    }

    /// Where things are kept; none when nothing is kept on disk.
    #[must_use]
    pub fn paths(&self) -> Option<Paths> {
        self.shared.paths.clone()
    }

    /// The clock.
    #[must_use]
    pub fn clock(&self) -> Clock {
        self.shared.clock.clone()
    }

    /// False: no server is asked for anything, as in the demo, whose addresses are invented.
    #[must_use]
    pub fn asks_servers(&self) -> bool {
        self.shared.asks_servers
    }

    /// One window of a list.
    pub async fn headlines(&self, mut request: ListRequest) -> Answer<Vec<Headline>> {
        question::resolve(&self.shared, &mut request.scope).await?;
        Ok(self.shared.store.headlines(request).await?)
    }

    /// All and unread of a scope; search hits are counted up to `most`.
    pub async fn count(&self, mut scope: Scope, rows: Rows, up_to: Option<ArticleId>, most: u64) -> Answer<(u64, u64)> {
        question::resolve(&self.shared, &mut scope).await?;
        Ok(self.shared.store.count(scope, rows, up_to, most).await?)
    }

    /// Arrivals after `than` within a scope.
    pub async fn newer(&self, mut scope: Scope, rows: Rows, than: ArticleId) -> Answer<u64> {
        question::resolve(&self.shared, &mut scope).await?;
        Ok(self.shared.store.newer(scope, rows, than).await?)
    }

    /// One article with its text.
    pub async fn article(&self, id: ArticleId) -> Answer<Option<Article>> {
        Ok(self.shared.store.article(id).await?)
    }

    /// Fetches the page of an article and keeps its text with it, anew where it is kept already. Makes requests. An error
    /// where the feed's config says never.
    pub async fn full_text(&self, id: ArticleId) -> Answer<PageOutcome> {
        full_text::fetch(&self.shared, id).await
    }

    /// Fetches the pages that wait because their feed says `full_text = "auto"`, beginning none after `longest`. `each`
    /// hears how far it is. An open desk does it by itself.
    pub async fn fetch_wanted_pages(
        &self,
        longest: Duration,
        each: impl FnMut(&WantedRound) + Send,
    ) -> Answer<WantedRound> {
        let round = full_text::fetch_wanted(&self.shared, Instant::now().checked_add(longest), each).await?;
        while self.shared.store.index().await? {}
        Ok(round)
    }

    /// The picture at an address, decoded. Makes a request unless it is kept already; errors say in words why it is not shown.
    #[cfg(feature = "images")]
    pub async fn picture(&self, url: &str) -> Answer<Arc<super::Decoded>> {
        super::pictures::picture(&self.shared, url).await
    }

    /// The text of a page, or of a document of this machine; nothing is kept. Makes requests for addresses only.
    pub async fn read_page(&self, source: PageSource) -> Answer<ReadPage> {
        full_text::read(&self.shared, source).await
    }

    /// Remembers how far an article was read; see [`Article::place`]. Where nothing can be saved, nothing is.
    pub async fn set_place(&self, id: ArticleId, place: u16) -> Answer<()> {
        if !self.shared.store.is_read_only() {
            self.shared.store.set_place(id, place).await?;
        }
        Ok(())
    }

    /// The counts.
    pub async fn counts(&self) -> Answer<Counts> {
        Ok(self.shared.store.counts().await?)
    }

    /// The feeds with facts and counts.
    pub async fn feeds(&self) -> Answer<Vec<FeedStatus>> {
        Ok(self.shared.store.feeds().await?)
    }

    /// Health in words: for each feed when it is due next and why then.
    pub async fn health(&self) -> Answer<Vec<FeedHealth>> {
        health::health(&self.shared).await
    }

    /// Authors beginning with `prefix`.
    pub async fn complete_author(&self, prefix: String) -> Answer<Vec<String>> {
        Ok(self.shared.store.complete_author(prefix, COMPLETIONS).await?)
    }

    /// Names that articles are taken from, beginning with `prefix`.
    pub async fn complete_via(&self, prefix: String) -> Answer<Vec<String>> {
        Ok(self.shared.store.complete_via(prefix, COMPLETIONS).await?)
    }

    /// A story with all its articles; none when it is gone.
    pub async fn story(&self, id: StoryId) -> Answer<Option<StoryPage>> {
        pages::story(&self.shared, id).await
    }

    /// All about an entity, by id, name, alias or code; none when the lexicon has no such one (or several).
    pub async fn entity(&self, name: String) -> Answer<Option<EntityPage>> {
        pages::entity(&self.shared, &name).await
    }

    /// Entities whose name contains this, the best known first: for completion and "did you mean".
    #[must_use]
    pub fn entities_like(&self, part: &str) -> Vec<EntityEntry> {
        pages::entities_like(&self.shared, part)
    }

    /// Why an article has its labels and its story; none when it is gone.
    pub async fn why(&self, article: ArticleId) -> Answer<Option<Why>> {
        pages::why(&self.shared, article).await
    }

    /// What stands under an article: the rest of its story, and what is related.
    pub async fn company(&self, article: ArticleId) -> Answer<Company> {
        pages::company(&self.shared, article).await
    }

    /// What a lesson would change; nothing is written.
    pub async fn preview(&self, lesson: Lesson) -> Answer<Preview> {
        teach::preview(&self.shared, lesson).await
    }

    /// Writes a lesson into the config and labels the library anew in the background; gives the rule in words. Undo takes it back.
    pub async fn teach(&self, lesson: Lesson) -> Answer<String> {
        teach::teach(&self.shared, lesson).await
    }

    /// Splits an article off its story, for good; gives words for the toast. Undo takes it back.
    pub async fn split(&self, article: ArticleId) -> Answer<String> {
        let step = self.shared.store.split(article).await?;
        self.by_hand(step.as_ref(), "it is a story of its own already").await
    }

    /// Makes one story of two articles' stories, for good; likewise.
    pub async fn merge(&self, article: ArticleId, into: ArticleId) -> Answer<String> {
        let step = self.shared.store.merge(article, into).await?;
        self.by_hand(step.as_ref(), "they are one story already").await
    }

    /// Marks every article of a story read.
    pub async fn mark_story_read(&self, story: StoryId) -> Answer<Change> {
        let change = self.shared.store.mark_story(story, Mark::Read(true)).await?;
        self.shared.tell(Notice::MarksChanged);
        Ok(change)
    }

    /// Sets a mark, durably. Marking read marks the copies of the article read too.
    pub async fn mark(&self, articles: Vec<ArticleId>, mark: Mark) -> Answer<Change> {
        let change = self.shared.store.mark(articles, mark).await?;
        self.shared.tell(Notice::MarksChanged);
        Ok(change)
    }

    /// Sets a mark on all that a list shows.
    pub async fn mark_all(&self, mut request: ListRequest, mark: Mark) -> Answer<Change> {
        question::resolve(&self.shared, &mut request.scope).await?;
        let change = self.shared.store.mark_all(request, mark).await?;
        self.shared.tell(Notice::MarksChanged);
        Ok(change)
    }

    /// Takes back the newest change of marks or subscriptions.
    pub async fn undo(&self) -> Answer<Undone> {
        let step = self.shared.store.undo().await?;
        let done = self.step(step.as_ref()).await;
        if done.is_err() && self.nothing_written(step.as_ref()) {
            // The journal must say what the file says: it is as it was, so the step can be tried again.
            self.shared.store.redo().await?;
        }
        done
    }

    /// Does again what was undone last.
    pub async fn redo(&self) -> Answer<Undone> {
        let step = self.shared.store.redo().await?;
        let done = self.step(step.as_ref()).await;
        if done.is_err() && self.nothing_written(step.as_ref()) {
            self.shared.store.undo().await?;
        }
        done
    }

    async fn step(&self, step: Option<&Step>) -> Answer<Undone> {
        match step {
            None => Ok(Undone::Nothing),
            Some(Step::Marks(change)) => {
                self.shared.tell(Notice::MarksChanged);
                Ok(Undone::Marks(change.clone()))
            }
            Some(Step::Hand { set, lifted, words }) => {
                stories::obey(&self.shared, set, lifted).await?;
                Ok(Undone::Story(words.clone()))
            }
            Some(Step::Config { from, to, words }) => {
                super::subscriptions::restore_text(&self.shared, from, to, words).await?;
                Ok(Undone::Config(words.clone()))
            }
        }
    }

    /// Carries out what was said of stories and is written down already; gives words for it.
    async fn by_hand(&self, step: Option<&Step>, otherwise: &str) -> Answer<String> {
        match step {
            Some(Step::Hand { set, lifted, words }) => {
                stories::obey(&self.shared, set, lifted).await?;
                Ok(words.clone())
            }
            _ => Err(EngineError(otherwise.to_owned())),
        }
    }

    /// True when a step of the config failed before the file was touched, and not because somebody else edited it.
    fn nothing_written(&self, step: Option<&Step>) -> bool {
        let Some(Step::Config { from, .. }) = step else { return false };
        let Some(paths) = &self.shared.paths else { return false };
        crate::config::read_text(&paths.config).is_ok_and(|text| text.unwrap_or_default() == *from)
    }

    /// Marks what another reader had read; gives how many articles were found.
    pub async fn mark_urls_read(&self, urls: Vec<String>) -> Answer<u64> {
        let change = self.shared.store.mark_urls_read(urls).await?;
        self.shared.tell(Notice::MarksChanged);
        Ok(change.articles.len() as u64)
    }

    /// Asks for a round of polls; notices tell how it goes. Does not wait.
    pub fn poll(&self, request: PollRequest) {
        self.shared.requests.send(request).ok();
    }

    /// Runs a round to its end, index included, calling `each` for every feed as it is done. Waits for a round of
    /// another process first.
    pub async fn poll_and_wait(
        &self,
        request: PollRequest,
        each: impl FnMut(FeedPolled) + Send,
    ) -> Answer<RoundSummary> {
        let began = Instant::now();
        // The rules that are in force now make the labels of what arrives.
        let rules = labelling::preparing(&self.shared);
        self.shared.store.set_fingerprint(rules.fingerprint()).await?;
        let mut summary = round::run(&self.shared, Round::now(request), each).await?;
        labelling::bring_up(&self.shared, Some(Instant::now() + CARE)).await?;
        stories::settle(&self.shared, Some(Instant::now() + CARE)).await?;
        while self.shared.store.index().await? {}
        summary.indexed_ms = round::elapsed_ms(began);
        Ok(summary)
    }

    /// Adds a feed: the address of a feed, or of a site whose feed is looked for. Makes requests.
    pub async fn add_feed(&self, spec: FeedSpec) -> Answer<AddOutcome> {
        super::subscriptions::add(&self.shared, spec).await
    }

    /// Adds known feeds without asking the network (starter packs, OPML, newsboat); gives how many were new.
    pub async fn add_feeds(&self, feeds: Vec<FeedSpec>) -> Answer<usize> {
        super::subscriptions::add_known(&self.shared, feeds).await
    }

    /// Adds the feeds of an OPML file; gives how many were new.
    pub async fn import_opml(&self, path: std::path::PathBuf) -> Answer<usize> {
        super::import::opml(&self.shared, &path).await
    }

    /// Edits the subscriptions in the config file, keeping its comments.
    pub async fn edit_feed(&self, edit: FeedEdit) -> Answer<()> {
        super::subscriptions::edit(&self.shared, edit).await
    }

    /// Looks for feeds at an address: title and URL of each.
    pub async fn discover(&self, address: String) -> Answer<Vec<(String, String)>> {
        super::subscriptions::discover(&self.shared, &FeedSpec { url: address, ..FeedSpec::default() }).await
    }

    /// Fetches a feed once and reads it; nothing is stored.
    pub async fn check_feed(&self, spec: FeedSpec) -> Answer<FeedCheck> {
        check_feed::check(&self.shared, &spec).await
    }

    /// Reads the config file again, as after an edit in `$EDITOR`.
    pub async fn reload_config(&self) -> Answer<()> {
        live_config::reload(&self.shared).await
    }

    /// Backs the database up now; gives the path of the copy.
    pub async fn backup(&self) -> Answer<std::path::PathBuf> {
        let Some(paths) = &self.shared.paths else {
            return Err(EngineError("nothing is kept on disk here, so there is nothing to back up".into()));
        };
        let copy = paths.backups.join(store::backup_name(self.shared.clock.now()));
        self.shared.store.backup(copy.clone()).await?;
        Ok(copy)
    }

    /// Faults of the database in words; empty when all is well.
    pub async fn check(&self) -> Answer<Vec<String>> {
        Ok(self.shared.store.check().await?)
    }

    /// Lets old articles age out now; gives how many went.
    pub async fn retain(&self) -> Answer<u64> {
        Ok(background::retain(&self.shared).await?)
    }

    /// Ends the engine: polls are dropped, what is queued is stored.
    pub async fn shutdown(&self) {
        self.shared.shutdown.send_replace(true);
        self.shared.store.close().await;
    }
}
