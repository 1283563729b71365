//! The whole state of the desk as data: no handles, no clock; it can be cloned, printed and replayed.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use ratatui::layout::Rect;

use super::browse::article::Place;
use super::effect::{Effect, Load};
use super::full_text::Pages;
use super::notes::Notes;
use super::overlay::Overlay;
use super::pictures::Pictures;
use super::request::{Requests, Slot};
use super::route::Route;
use super::screen::{desk, entity, first_run, health, log, search, story, why};
use super::settings::Settings;
use super::status::{Level, Status};
use super::waiting::Waiting;
use crate::command::CommandId;
use crate::config::{FeedSpec, ImageMode, Paths};
use crate::engine::{Counts, Downloading};
use crate::model::{ArticleId, ArticleState, FeedId, FeedStatus, Headline, StoryId, TopicId};
use crate::query::Rows;

/// What the desk starts from; gathered before the engine works in the background, so that the first frame waits for nothing.
#[derive(Debug, Clone)]
pub struct Start {
    /// The time.
    pub now: Timestamp,
    /// The zone times are told in.
    pub zone: TimeZone,
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// What the config says.
    pub settings: Settings,
    /// The first rows of the list, as [`first_request`](super::first_request) asks for them.
    pub first_rows: Vec<Headline>,
    /// The counts.
    pub counts: Counts,
    /// The feeds; may be empty, they are asked for again.
    pub feeds: Vec<FeedStatus>,
    /// The starter packs to choose from when there are no subscriptions yet; none otherwise.
    pub first_run: Option<Vec<Pack>>,
    /// Nothing can be saved.
    pub read_only: bool,
    /// The articles and their addresses are invented, as in the demo: nothing opens them.
    pub invented: bool,
    /// Where things are kept; none when nothing is kept on disk.
    pub paths: Option<Paths>,
    /// What went wrong before the desk opened, a line each (a broken config, a backup that was made).
    pub troubles: Vec<String>,
}

/// A starter pack: a desk with its feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// Its name, such as `Ocean & ports`.
    pub name: String,
    /// Its feeds; those that are off are listed in the config, not polled.
    pub feeds: Vec<FeedSpec>,
}

/// What all screens see.
#[derive(Debug, Clone)]
pub struct Shared {
    /// The time, as the last tick told it.
    pub now: Timestamp,
    /// The zone times are told in.
    pub zone: TimeZone,
    /// The terminal.
    pub area: Rect,
    /// The settings.
    pub settings: Settings,
    /// The counts.
    pub counts: Counts,
    /// The feeds.
    pub feeds: Vec<FeedStatus>,
    /// The requests under way.
    pub requests: Requests,
    /// The status line and the log.
    pub status: Status,
    /// What opens in the browser when the network is back.
    pub waiting: Waiting,
    /// Notes on their way into the library, and what was dropped last.
    pub notes: Notes,
    /// The files on their way, by their addresses.
    pub downloads: BTreeMap<String, Downloading>,
    /// The files that came, by address: what they are called.
    pub downloaded: BTreeMap<String, String>,
    /// The files of which a part is here, by address: as far as they came.
    pub parts: BTreeMap<String, Downloading>,
    /// Marks that are painted but not yet stored: by request, how the articles were before.
    pub pending_marks: BTreeMap<u64, Vec<(ArticleId, ArticleState)>>,
    /// How long the lines of articles are, when the user has said so since the desk opened.
    pub own_measure: Option<u16>,
    /// How far articles were read in this session.
    pub places: BTreeMap<ArticleId, Place>,
    /// The pages that were asked for.
    pub pages: Pages,
    /// The story that is to be joined with another one.
    pub joining: Option<Joining>,
    /// Names of entities by their ids, as far as their pages were shown.
    pub names: BTreeMap<String, String>,
    /// What is known of pictures.
    pub pictures: Pictures,
    /// Nothing can be saved.
    pub read_only: bool,
    /// The articles and their addresses are invented.
    pub invented: bool,
    /// Where things are kept.
    pub paths: Option<Paths>,
}

/// An article whose story is to be joined with another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joining {
    /// The article.
    pub article: ArticleId,
    /// Its story.
    pub story: StoryId,
    /// Its title.
    pub title: String,
}

/// The whole state of the desk.
#[derive(Debug, Clone)]
pub struct Model {
    /// What all screens see.
    pub shared: Shared,
    /// The screens the user went through; the last one is shown. Never empty.
    pub routes: Vec<Route>,
    /// What lies on top of the screen.
    pub overlay: Option<Overlay>,
    /// Topic bar, list and article.
    pub desk: desk::State,
    /// Search.
    pub search: search::State,
    /// The page of a story.
    pub story: story::State,
    /// The page of an entity.
    pub entity: entity::State,
    /// The page of reasons.
    pub why: why::State,
    /// Feed health.
    pub health: health::State,
    /// Past messages.
    pub log: log::State,
    /// First run.
    pub first_run: first_run::State,
}

impl Model {
    /// The desk as it opens, and what it needs at once.
    #[must_use]
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let mut status = Status::default();
        for trouble in start.troubles.iter().rev() {
            status.say(start.now, Level::Error, trouble);
        }
        let shared = Shared {
            now: start.now,
            zone: start.zone,
            area: Rect::new(0, 0, start.size.0, start.size.1),
            settings: start.settings,
            counts: start.counts,
            feeds: start.feeds,
            requests: Requests::default(),
            status,
            waiting: Waiting::default(),
            notes: Notes::default(),
            downloads: BTreeMap::new(),
            downloaded: BTreeMap::new(),
            parts: BTreeMap::new(),
            pending_marks: BTreeMap::new(),
            own_measure: None,
            places: BTreeMap::new(),
            pages: Pages::default(),
            joining: None,
            names: BTreeMap::new(),
            pictures: Pictures::default(),
            read_only: start.read_only,
            invented: start.invented,
            paths: start.paths,
        };
        let route = if start.first_run.is_some() { Route::FirstRun } else { Route::Desk };
        let mut model = Self {
            desk: desk::State::new(&shared, start.first_rows),
            search: search::State::new(&shared),
            story: story::State::new(),
            entity: entity::State::default(),
            why: why::State::default(),
            health: health::State::default(),
            log: log::State::default(),
            first_run: first_run::State::new(start.first_run.unwrap_or_default()),
            shared,
            routes: vec![Route::Desk],
            overlay: None,
        };
        if route != Route::Desk {
            model.routes.push(route);
        }
        let mut effects = model.shared.reload_facts();
        effects.extend(super::update::settle(&mut model));
        (model, effects)
    }

    /// The screen shown.
    #[must_use]
    pub fn route(&self) -> Route {
        self.routes.last().copied().unwrap_or(Route::Desk)
    }

    /// When time alone will change the screen next: a toast leaves, or ages grow by a minute.
    #[must_use]
    pub fn wakes_at(&self) -> Timestamp {
        let now = self.shared.now;
        let minute = jiff::SignedDuration::from_secs(60 - now.as_second().rem_euclid(60));
        let minute = now.checked_add(minute).unwrap_or(now);
        self.shared.status.toast_ends(now).map_or(minute, |end| end.min(minute))
    }
}

impl Shared {
    /// Says something to the user, now.
    pub fn say(&mut self, level: Level, text: &str) {
        self.status.say(self.now, level, text);
    }

    /// Says each line of a longer text, now. Files of our own directory are told by their names alone.
    pub fn say_lines(&mut self, level: Level, text: &str) {
        let dir = self.paths.as_ref().map(|paths| format!("{}/", paths.dir.display()));
        let text = dir.map_or_else(|| text.to_owned(), |dir| text.replace(&dir, ""));
        self.status.say_lines(self.now, level, &text);
    }

    /// The longest line of an article, in columns.
    #[must_use]
    pub fn measure(&self) -> u16 {
        self.own_measure.unwrap_or(self.settings.ui.measure)
    }

    /// Whether pictures of a feed's articles are shown, where the config says so of this feed.
    #[must_use]
    pub fn images_of(&self, feed: FeedId) -> Option<ImageMode> {
        let own = &self.settings.feed_images;
        // Most configs have none.
        let feed = self.feeds.iter().filter(|_| !own.is_empty()).find(|status| status.feed.id == feed)?;
        own.get(&feed.feed.url).copied()
    }

    /// Asks for counts and feeds again, unless that is under way (then once more when it is done).
    pub fn reload_facts(&mut self) -> Vec<Effect> {
        self.reload(Slot::Counts).into_iter().chain(self.reload(Slot::Feeds)).collect()
    }

    /// Asks for counts or feeds again, likewise.
    pub(super) fn reload(&mut self, slot: Slot) -> Option<Effect> {
        let load = if slot == Slot::Counts { Load::Counts } else { Load::Feeds };
        self.requests.want(slot).map(|id| Effect::Load(id, load))
    }

    /// Unread rows of a topic, or of all: stories or articles, as the list has them.
    #[must_use]
    pub fn unread(&self, rows: Rows, topic: Option<TopicId>) -> u64 {
        let (all, by_topic) = match rows {
            Rows::Stories => (self.counts.unread_stories, &self.counts.unread_stories_by_topic),
            Rows::Articles => (self.counts.unread, &self.counts.unread_by_topic),
        };
        topic.map_or(all, |topic| by_topic.get(topic.index()).copied().unwrap_or(0))
    }

    /// Feeds that are polled and well, and feeds with a problem.
    #[must_use]
    pub fn feed_health(&self) -> (usize, usize) {
        let polled = self.feeds.iter().filter(|f| f.feed.enabled);
        let (bad, good): (Vec<_>, Vec<_>) = polled.partition(|f| f.facts.failures > 0 || f.facts.gone);
        (good.len(), bad.len())
    }

    /// The first key of a command, for the screen; empty when it has none.
    #[must_use]
    pub fn key(&self, command: CommandId) -> String {
        self.settings.keymap.keys_of(command).first().map(ToString::to_string).unwrap_or_default()
    }
}
