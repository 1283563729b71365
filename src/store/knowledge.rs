//! What the engine asks about labels, stories and entities.

use jiff::Timestamp;

use super::told::{StoredStory, Told, Unlabelled};
use super::{Store, StoreError};
use crate::model::{ArticleId, Change, Entity, HandRule, Headline, Labels, Mark, Placement, Step, StoryId};

impl Store {
    // ── placing ──

    /// Articles that wait for their place in a story, by date, the oldest first; at most `limit`. [`Store::place`] takes
    /// them off the queue. New arrivals come first; what an update of the library left to do comes when nothing waits for labels.
    pub async fn unplaced(&self, limit: usize) -> Result<Vec<Told>, StoreError> {
        todo!()
    }

    /// How many wait, those included that wait for their labels first.
    pub async fn unplaced_count(&self) -> Result<u64, StoreError> {
        todo!()
    }

    /// Articles of shown feeds dated in `from..until` with their places, by date: to fill a newsroom after a start.
    /// Articles that wait for their place are left out.
    pub async fn told(&self, from: Timestamp, until: Timestamp) -> Result<Vec<(Told, Placement)>, StoreError> {
        todo!()
    }

    /// These articles, in this order; those that are gone are left out.
    pub async fn told_of(&self, articles: Vec<ArticleId>) -> Result<Vec<Told>, StoreError> {
        todo!()
    }

    /// Writes places, in transactions below 50 ms; stories, leads, counters and coverage go with them. Gives how many
    /// articles have another story or original than before. Articles that are gone are left out.
    ///
    /// An article placed for the first time as a copy of one that is read, is read too.
    pub async fn place(&self, placements: Vec<Placement>) -> Result<u64, StoreError> {
        todo!()
    }

    // ── what the user said of stories ──

    /// All rules of the user's.
    pub async fn hand_rules(&self) -> Result<Vec<HandRule>, StoreError> {
        todo!()
    }

    /// Writes down, durably and for undo, that an article is not of its story: a rule against each other member. The places
    /// themselves are the newsroom's to change. Gives the `Step::Hand` that was written; none when it is alone or gone.
    pub async fn split(&self, article: ArticleId) -> Result<Option<Step>, StoreError> {
        todo!()
    }

    /// Writes down, likewise, that the stories of two articles are one; rules that keep members of the two apart are lifted.
    /// None when they are one already, or an article is gone.
    pub async fn merge(&self, article: ArticleId, into: ArticleId) -> Result<Option<Step>, StoreError> {
        todo!()
    }

    // ── labels ──

    /// Says which rules the labels are made by from now on. When others made them until now, the whole library waits to be
    /// labelled anew. Gives how many articles wait.
    pub async fn set_fingerprint(&self, fingerprint: u64) -> Result<u64, StoreError> {
        todo!()
    }

    /// Articles that wait to be labelled, the newest first: at most `limit`, and some megabytes.
    /// Answer with all of them at once in [`Store::label`].
    pub async fn unlabelled(&self, limit: usize) -> Result<Vec<Unlabelled>, StoreError> {
        todo!()
    }

    /// How many wait to be labelled.
    pub async fn unlabelled_count(&self) -> Result<u64, StoreError> {
        todo!()
    }

    /// Lets these wait to be labelled (again), as after an arrival that was labelled by rules that were replaced meanwhile.
    pub async fn label_again(&self, articles: Vec<ArticleId>) -> Result<(), StoreError> {
        todo!()
    }

    /// Writes labels, in transactions below 50 ms; marks stay, and topic lists, counters and entities go with them. Gives how
    /// many articles have other labels than before. Nothing is written when `fingerprint` is not the one that was set.
    pub async fn label(&self, fingerprint: u64, labels: Vec<(ArticleId, Labels)>) -> Result<u64, StoreError> {
        todo!()
    }

    /// What is labelled of articles with keys below `below` (none: of the newest), the newest first; at most `limit`: for
    /// previews, and with the key after an article's for the reasons of that one.
    pub async fn subjects(&self, below: Option<ArticleId>, limit: usize) -> Result<Vec<Unlabelled>, StoreError> {
        todo!()
    }

    // ── stories ──

    /// A story with its articles; none when there is none (any more). The id may be that of a story of one.
    pub async fn story(&self, id: StoryId) -> Result<Option<StoredStory>, StoreError> {
        todo!()
    }

    /// Sets a mark on all articles of a story, as one change.
    pub async fn mark_story(&self, id: StoryId, mark: Mark) -> Result<Change, StoreError> {
        todo!()
    }

    /// Rows of articles, in this order; those that are gone are left out.
    pub async fn headlines_of(&self, articles: Vec<ArticleId>) -> Result<Vec<Headline>, StoreError> {
        todo!()
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
        todo!()
    }

    /// Articles of other stories that share an entity or a rare word of the title with this one; at most `limit`, the newest.
    pub async fn related_candidates(&self, article: ArticleId, limit: usize) -> Result<Vec<Told>, StoreError> {
        todo!()
    }

    // ── entities ──

    /// Articles of shown feeds that name an entity, on each of the `days` days (24 hours each) that end at `until`, oldest first.
    pub async fn entity_days(&self, id: String, days: usize, until: Timestamp) -> Result<Vec<u32>, StoreError> {
        todo!()
    }

    /// The date of the newest article of a shown feed; none in an empty library.
    pub async fn newest_date(&self) -> Result<Option<Timestamp>, StoreError> {
        todo!()
    }

    /// Who the articles name that name an entity (its newest 2,000), with their number, most first; at most `limit`.
    pub async fn entity_company(&self, id: String, limit: usize) -> Result<Vec<(Entity, u32)>, StoreError> {
        todo!()
    }

    /// The leads of the newest stories in which an article names an entity, by the date of that article; at most `limit`.
    pub async fn entity_stories(&self, id: String, limit: usize) -> Result<Vec<Headline>, StoreError> {
        todo!()
    }

    /// Names beginning with `prefix` of those that articles are taken from, for completing `via:`; at most `limit`.
    pub async fn complete_via(&self, prefix: String, limit: usize) -> Result<Vec<String>, StoreError> {
        todo!()
    }
}
