//! The articles around some dates as the newsroom knows them: filled from the store when they are first needed.

use jiff::{SignedDuration, Timestamp};

use super::Answer;
use super::shared::Shared;
use crate::store::Told;
use crate::story::{Newsroom, Telling, WINDOW_DAYS};

/// What is everywhere is counted over so many days before an article.
const BEFORE: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Later articles than this can not be of one story with it.
const AFTER: SignedDuration = SignedDuration::from_hours(24 * WINDOW_DAYS);
/// Kept before the last arrival; more than is needed, so that a late arrival seldom has to read it again.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 40);

/// A newsroom and the dates it knows everything between.
#[derive(Debug)]
pub(super) struct Room {
    pub(super) newsroom: Newsroom,
    from: Timestamp,
    until: Timestamp,
}

/// The room of the latest news, and how the database stood when it was filled.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    latest: Option<Room>,
    version: Option<i64>,
}

impl Rooms {
    /// Lets the room go when another process wrote since: it may have placed articles that are not known here.
    pub(super) async fn heed_others(&mut self, shared: &Shared) -> Answer<()> {
        let version = Some(shared.store.foreign_version().await?);
        if version != self.version {
            (self.latest, self.version) = (None, version);
        }
        Ok(())
    }

    /// How the database stood when others were heeded last.
    pub(super) fn version(&self) -> Option<i64> {
        self.version
    }

    /// Lets the room go.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    /// Takes a room out that knows all that matters for articles dated `first..=last`. [`Rooms::put_back`] it, or it will
    /// be filled anew.
    pub(super) async fn take(&mut self, shared: &Shared, first: Timestamp, last: Timestamp) -> Answer<Room> {
        let (from, until) = (before(first, BEFORE), after(last, AFTER));
        match self.latest.take() {
            Some(room) if from > room.until => Room::filled(shared, from, until).await,
            Some(room) if until < room.from => {
                // Old news gets a room of its own, for this once.
                self.latest = Some(room);
                Room::filled(shared, from, until).await
            }
            Some(room) => room.widened(shared, from, until).await,
            None => Room::filled(shared, from, until).await,
        }
    }

    /// Keeps a room for the next time, unless there is one with later news. `last` is the last arrival in it.
    pub(super) fn put_back(&mut self, mut room: Room, last: Timestamp) {
        if self.latest.as_ref().is_none_or(|latest| latest.until <= room.until) {
            let from = before(last, KEPT);
            if from > room.from {
                room.newsroom.forget_before(from);
                room.from = from;
            }
            self.latest = Some(room);
        }
    }
}

impl Room {
    async fn filled(shared: &Shared, from: Timestamp, until: Timestamp) -> Answer<Self> {
        let mut newsroom = Newsroom::new();
        for rule in shared.store.hand_rules().await? {
            newsroom.obey(rule);
        }
        Self { newsroom, from, until: from }.widened(shared, from, until).await
    }

    /// With what is between `from` and `until`, too.
    async fn widened(mut self, shared: &Shared, from: Timestamp, until: Timestamp) -> Answer<Self> {
        let mut told = Vec::new();
        if from < self.from {
            told.extend(shared.store.told(from, self.from).await?);
            self.from = from;
        }
        if until > self.until {
            told.extend(shared.store.told(self.until, until).await?);
            self.until = until;
        }
        if told.is_empty() {
            return Ok(self);
        }
        let widened = shared.computed(move || {
            for (told, placement) in told {
                self.newsroom.remember(&telling(told), placement);
            }
            self
        });
        widened.await
    }
}

/// What is compared of a stored article.
pub(super) fn telling(told: Told) -> Telling {
    let Told { article, feed, date, url, title, text, entities, language } = told;
    Telling { article, feed, date, url, title, text, entities, language }
}

fn before(date: Timestamp, span: SignedDuration) -> Timestamp {
    date.checked_sub(span).unwrap_or(Timestamp::MIN)
}

/// The end is left out of what is read, so it is a moment later.
fn after(date: Timestamp, span: SignedDuration) -> Timestamp {
    date.checked_add(span + SignedDuration::from_secs(1)).unwrap_or(Timestamp::MAX)
}
