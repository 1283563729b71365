//! What the tests of screens and overlays start from: an invented desk, keys by script, the picture as text.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::model::{Model, Shared, Start};
use super::settings::Settings;
use super::theme::{Role, Theme};
use crate::command::{Key, Keymap, Preset};
use crate::config::{Paths, Ui};
use crate::engine::{Counts, FeedHealth};
use crate::model::{ALL_TOPICS, ArticleId, ArticleState, Feed, FeedId, FeedStatus, Headline, PollFacts, TopicId};

/// The time of every test: a Tuesday.
pub(crate) fn now() -> Timestamp {
    "2026-04-28T09:54:00Z".parse().expect("a timestamp")
}

/// So many minutes before it.
pub(crate) fn minutes_ago(minutes: i64) -> Timestamp {
    now().checked_sub(SignedDuration::from_mins(minutes)).expect("in range")
}

/// A key in the notation of the config.
pub(crate) fn key(text: &str) -> Key {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

/// Keys of a script, parted by spaces.
pub(crate) fn keys(script: &str) -> Vec<Key> {
    script.split(' ').map(key).collect()
}

/// Settings with the default keys.
pub(crate) fn settings(ascii: bool, no_color: bool) -> Settings {
    let (keymap, conflicts) = Keymap::build(Preset::Tidings, &[]);
    assert_eq!(conflicts, [], "the default keys");
    Settings::new(Ui::default(), true, keymap.into(), ascii, no_color)
}

/// What a desk of this size starts from: 1,498 articles, no feeds, nothing on the list.
pub(crate) fn start(columns: u16, rows: u16) -> Start {
    let unread_by_topic = (1..=ALL_TOPICS.len() as u64).collect();
    Start {
        now: now(),
        zone: TimeZone::UTC,
        size: (columns, rows),
        settings: settings(false, false),
        first_rows: Vec::new(),
        counts: Counts {
            articles: 1_498,
            unread: 214,
            saved: 4,
            unread_by_topic,
            newest: Some(ArticleId(1_498)),
            ..Counts::default()
        },
        feeds: Vec::new(),
        first_run: None,
        read_only: false,
        invented: false,
        paths: Some(Paths::in_dir("/home/ada/.config/tidings".into())),
        troubles: Vec::new(),
    }
}

/// What all screens see on such a desk.
pub(crate) fn shared(columns: u16, rows: u16) -> Shared {
    Model::new(start(columns, rows)).0.shared
}

/// The same with ASCII only and without colours.
pub(crate) fn plain(mut shared: Shared) -> Shared {
    shared.settings = settings(true, true);
    shared
}

/// A feed that is well.
pub(crate) fn feed(id: i64, name: &str) -> FeedStatus {
    FeedStatus {
        feed: Feed {
            id: FeedId(id),
            url: format!("https://feeds.example/{id}.xml"),
            name: name.to_owned(),
            site: Some(format!("https://site{id}.example/")),
            topics: Vec::new(),
            enabled: true,
        },
        facts: PollFacts {
            last_attempt: Some(minutes_ago(12)),
            last_success: Some(minutes_ago(12)),
            polls: 40,
            not_modified: 31,
            saved_bytes: 2_400_000,
            ..PollFacts::default()
        },
        articles: 212,
        unread: 21,
    }
}

/// Its health.
pub(crate) fn health(id: i64, name: &str) -> FeedHealth {
    let status = feed(id, name);
    FeedHealth {
        address: status.feed.url.clone(),
        offered: None,
        status,
        next_poll: Some(minutes_ago(-18)),
        why: "every 30 min".to_owned(),
    }
}

/// A row, unread.
pub(crate) fn headline(id: i64, title: &str) -> Headline {
    let date = minutes_ago(10 * id);
    Headline {
        id: ArticleId(id),
        feed: FeedId(1),
        feed_name: "Harbour Gazette".to_owned(),
        url: format!("https://site1.example/{id}"),
        original: None,
        title: title.to_owned(),
        author: None,
        published: Some(date),
        updated: None,
        fetched: date,
        date,
        language: None,
        topics: TopicId::from_id("ports").into_iter().collect(),
        scores: Vec::new(),
        entities: Vec::new(),
        genres: crate::model::Genres::default(),
        via: None,
        story: crate::model::StoryId(id),
        copy_of: None,
        coverage: crate::model::Coverage::default(),
        state: ArticleState::default(),
    }
}

/// What `draw` draws on a screen of this size.
pub(crate) fn picture(shared: &Shared, draw: impl FnOnce(&mut Buffer)) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, shared.area.width, shared.area.height));
    draw(&mut buffer);
    buffer
}

/// The text of a picture, a line each, without the spaces at the end. A wide character takes two cells and is told once.
pub(crate) fn lines(buffer: &Buffer) -> Vec<String> {
    let row = |y| {
        let mut line = String::new();
        let mut x = buffer.area.left();
        while x < buffer.area.right() {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += u16::try_from(crate::text::width(symbol).max(1)).expect("a cell is narrow");
        }
        line.trim_end().to_owned()
    };
    (buffer.area.top()..buffer.area.bottom()).map(row).collect()
}

/// The whole text of a picture.
pub(crate) fn text(buffer: &Buffer) -> String {
    lines(buffer).join("\n")
}

/// The parts of a line that are drawn in a role, parted by `|`.
pub(crate) fn in_role(buffer: &Buffer, y: u16, theme: &Theme, role: Role) -> String {
    let style = theme.style(role);
    let mut parts: Vec<String> = Vec::new();
    let mut inside = false;
    for x in buffer.area.left()..buffer.area.right() {
        let cell = &buffer[(x, y)];
        let same = style.fg.is_none_or(|c| c == cell.fg)
            && style.bg.is_none_or(|c| c == cell.bg)
            && cell.modifier == style.add_modifier;
        match (same, inside) {
            (true, false) => parts.push(cell.symbol().to_owned()),
            (true, true) => parts.last_mut().expect("inside of one").push_str(cell.symbol()),
            (false, _) => {}
        }
        inside = same;
    }
    parts.join("|")
}

/// Sizes that every picture must bear, down to the smallest.
pub(crate) const SIZES: [(u16, u16); 9] =
    [(120, 36), (80, 24), (40, 12), (170, 50), (20, 30), (200, 3), (3, 3), (2, 1), (1, 1)];
