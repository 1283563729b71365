//! What the engine asks about labels, stories and entities.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use super::actor::Turn;
use super::labels::{self, LabelColumns};
use super::related::StoredCompany;
use super::told::{self, StoredStory, Told, Unlabelled};
use super::{Store, StoreError, authors, columns, covered, entities, hand, marks, places, related, rows};
use crate::model::{ArticleId, Change, Entity, HandRule, Headline, Labels, Mark, Placement, Step, StoryId};

/// Articles told in one step: a few milliseconds.
const TOLD_AT_ONCE: usize = 256;

impl Store {
    // ── placing ──

    /// Articles that wait for their place in a story, by date, the oldest first; at most `limit`. [`Store::place`] takes
    /// them off the queue. New arrivals come first; what an update of the library left to do comes when nothing waits for labels.
    /// Ask for many at once: each time all that wait are looked through.
    pub async fn unplaced(&self, limit: usize) -> Result<Vec<ArticleId>, StoreError> {
        self.read("reading what waits for its story", move |conn| places::waiting(conn, limit)).await
    }

    /// How many wait, those included that wait for their labels first.
    pub async fn unplaced_count(&self) -> Result<u64, StoreError> {
        self.read("counting", places::waiting_count).await
    }

    /// Articles of shown feeds dated in `from..until` with their places, by date: to fill a newsroom after a start.
    /// Articles that wait for their place are left out.
    pub async fn told(&self, from: Timestamp, until: Timestamp) -> Result<Vec<(Told, Placement)>, StoreError> {
        let ids = self.read("reading articles", move |conn| told::between(conn, from, until)).await?;
        self.told_in_steps(ids).await
    }

    /// In steps, so that no list waits long.
    async fn told_in_steps(&self, ids: Vec<i64>) -> Result<Vec<(Told, Placement)>, StoreError> {
        let mut all = Vec::with_capacity(ids.len());
        for step in ids.chunks(TOLD_AT_ONCE) {
            let step = step.to_vec();
            all.extend(self.read("reading articles", move |conn| Ok(told::with_places(conn, step)?)).await?);
        }
        Ok(all)
    }

    /// These articles, in this order; those that are gone are left out.
    pub async fn told_of(&self, articles: Vec<ArticleId>) -> Result<Vec<Told>, StoreError> {
        let told = self.told_in_steps(articles.into_iter().map(|id| id.0).collect()).await?;
        Ok(told.into_iter().map(|(told, _)| told).collect())
    }

    /// Writes places, in transactions below 50 ms; stories, leads, counters and coverage go with them. Gives how many
    /// articles have another story or original than before. Articles that are gone are left out.
    ///
    /// An article placed for the first time as a copy of one that is read, is read too.
    pub async fn place(&self, placements: Vec<Placement>) -> Result<u64, StoreError> {
        let placements = Arc::new(places::in_order(placements));
        let (mut next, mut changed) = (0, 0);
        while next < placements.len() {
            let (its, from) = (Arc::clone(&placements), next);
            let place = move |tx: &Transaction<'_>| places::place(tx, &its, from);
            let (gone_on, more) = self.together(false, "saving stories", place).await?;
            next = gone_on;
            changed += more;
        }
        Ok(changed)
    }

    // ── what the user said of stories ──

    /// All rules of the user's.
    pub async fn hand_rules(&self) -> Result<Vec<HandRule>, StoreError> {
        self.read("reading your stories", hand::all).await
    }

    /// Writes down, durably and for undo, that an article is not of its story: a rule against each other member. The places
    /// themselves are the newsroom's to change. Gives the `Step::Hand` that was written; none when it is alone or gone.
    pub async fn split(&self, article: ArticleId) -> Result<Option<Step>, StoreError> {
        let at = columns::millis(self.0.clock.now());
        self.durably("saving the split", move |tx| hand::split(tx, article.0, at)).await
    }

    /// Writes down, likewise, that the stories of two articles are one; rules that keep members of the two apart are lifted.
    /// None when they are one already, or an article is gone.
    pub async fn merge(&self, article: ArticleId, into: ArticleId) -> Result<Option<Step>, StoreError> {
        let at = columns::millis(self.0.clock.now());
        self.durably("saving the merge", move |tx| hand::merge(tx, article.0, into.0, at)).await
    }

    // ── labels ──

    /// Says which rules the labels are made by from now on. When others made them until now, the whole library waits to be
    /// labelled anew. Gives how many articles wait.
    pub async fn set_fingerprint(&self, fingerprint: u64) -> Result<u64, StoreError> {
        let same = move |conn: &Connection| Ok(labels::is_current(conn, fingerprint)?);
        if !self.is_read_only() && !self.read("reading the rules", same).await? {
            let set = move |conn: &mut Connection| super::quickly(conn, |tx| labels::set_fingerprint(tx, fingerprint));
            self.write(Turn::InOrder, "saving the rules", set).await?;
        }
        self.unlabelled_count().await
    }

    /// Articles that wait to be labelled, the newest first: at most `limit`, and some megabytes; fewer when a list waits to be
    /// read, but always one.
    /// Answer with all of them at once in [`Store::label`].
    pub async fn unlabelled(&self, limit: usize) -> Result<Vec<Unlabelled>, StoreError> {
        self.read("reading articles", move |conn| told::subjects(conn, &labels::waiting(conn, limit)?)).await
    }

    /// How many wait to be labelled.
    pub async fn unlabelled_count(&self) -> Result<u64, StoreError> {
        self.read("counting", labels::waiting_count).await
    }

    /// Lets these wait to be labelled (again), as after an arrival that was labelled by rules that were replaced meanwhile.
    pub async fn label_again(&self, articles: Vec<ArticleId>) -> Result<(), StoreError> {
        let again = move |conn: &mut Connection| super::quickly(conn, |tx| labels::again(tx, &articles));
        self.write(Turn::InOrder, "saving", again).await
    }

    /// Writes labels, in transactions below 50 ms; marks stay, and topic lists, counters and entities go with them. Gives how
    /// many articles have other labels than before. Nothing is written when `fingerprint` is not the one that was set.
    pub async fn label(&self, fingerprint: u64, labels: Vec<(ArticleId, Labels)>) -> Result<u64, StoreError> {
        let labels: Vec<_> = labels.into_iter().map(|(id, its)| (id, LabelColumns::new(&its), its)).collect();
        let labels = Arc::new(labels);
        let (mut next, mut changed) = (0, 0);
        while next < labels.len() {
            let (its, from) = (Arc::clone(&labels), next);
            let label =
                move |conn: &mut Connection| super::quickly(conn, |tx| labels::relabel(tx, fingerprint, &its, from));
            let (gone_on, more) = self.write(Turn::InOrder, "saving labels", label).await?;
            next = gone_on;
            changed += more;
        }
        Ok(changed)
    }

    /// What is labelled of articles with keys below `below` (none: of the newest), the newest first; at most `limit`, as with
    /// [`Store::unlabelled`]: for previews, and with the key after an article's for the reasons of that one.
    pub async fn subjects(&self, below: Option<ArticleId>, limit: usize) -> Result<Vec<Unlabelled>, StoreError> {
        self.read("reading articles", move |conn| told::subjects(conn, &told::ids_below(conn, below, limit)?)).await
    }

    // ── stories ──

    /// A story with its articles; none when there is none (any more). The id may be that of a story of one.
    pub async fn story(&self, id: StoryId) -> Result<Option<StoredStory>, StoreError> {
        self.read("reading the story", move |conn| told::story(conn, id)).await
    }

    /// Sets a mark on all articles of a story, as one change.
    pub async fn mark_story(&self, id: StoryId, mark: Mark) -> Result<Change, StoreError> {
        let at = columns::millis(self.0.clock.now());
        self.durably("saving the marks", move |tx| marks::set_story(tx, id.0, mark, at)).await
    }

    /// Rows of articles, in this order; those that are gone are left out.
    pub async fn headlines_of(&self, articles: Vec<ArticleId>) -> Result<Vec<Headline>, StoreError> {
        self.read("reading headlines", move |conn| Ok(rows::headlines(conn, articles.iter().map(|id| id.0))?)).await
    }

    /// Other stories with an article before `before` that names one of these entities, the latest first: lead and number of
    /// sources of each; at most `limit`.
    pub async fn earlier_stories(
        &self,
        entities: Vec<String>,
        before: Timestamp,
        except: StoryId,
        limit: usize,
    ) -> Result<Vec<(Headline, u32)>, StoreError> {
        let read = move |conn: &Connection| related::earlier_stories(conn, &entities, before, except, limit);
        self.read("reading earlier stories", read).await
    }

    /// The rest of an article's story, and at most `limit` articles of other stories that share an entity or a rare word of the
    /// title with it: those that share most. None when it is gone. One question, because it is asked wherever the cursor goes.
    pub async fn company(&self, article: ArticleId, limit: usize) -> Result<Option<StoredCompany>, StoreError> {
        self.read("reading what is related", move |conn| related::company(conn, article, limit)).await
    }

    // ── entities ──

    /// Articles of shown feeds that name an entity, on each of the `days` days (24 hours each) that end at `until`, oldest first.
    pub async fn entity_days(&self, id: String, days: usize, until: Timestamp) -> Result<Vec<u32>, StoreError> {
        self.read("counting", move |conn| Ok(entities::days(conn, &id, days, until)?)).await
    }

    /// The date of the newest article of a shown feed; none in an empty library.
    pub async fn newest_date(&self) -> Result<Option<Timestamp>, StoreError> {
        let newest = |conn: &Connection| Ok(covered::newest_date(conn, None)?.map(columns::date_time));
        self.read("reading the newest date", newest).await
    }

    /// Who the articles name that name an entity (its newest 2,000), with their number, most first; at most `limit`.
    pub async fn entity_company(&self, id: String, limit: usize) -> Result<Vec<(Entity, u32)>, StoreError> {
        self.read("reading names", move |conn| Ok(entities::company(conn, &id, limit)?)).await
    }

    /// The leads of the newest stories in which an article names an entity, by the date of that article; at most `limit`.
    pub async fn entity_stories(&self, id: String, limit: usize) -> Result<Vec<Headline>, StoreError> {
        self.read("reading stories", move |conn| related::entity_stories(conn, &id, limit)).await
    }

    /// Names beginning with `prefix` of those that articles are taken from, for completing `via:`; at most `limit`.
    pub async fn complete_via(&self, prefix: String, limit: usize) -> Result<Vec<String>, StoreError> {
        self.read("reading names", move |conn| authors::complete_via(conn, &prefix, limit)).await
    }
}
