//! What a picker remembers.

use tui_input::Input;

use crate::model::TopicId;
use crate::text::{fold, humanize};
use crate::tui::model::Shared;
use crate::tui::route::{Choice, PickerKind};

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What it is called.
    pub label: String,
    /// What else is known of it: a count, an address.
    pub detail: String,
    /// What choosing it means.
    pub choice: Choice,
}

/// The state of a picker.
#[derive(Debug, Clone)]
pub struct State {
    /// What is picked.
    pub title: &'static str,
    /// All there is.
    pub items: Vec<Item>,
    /// What is typed to filter.
    pub filter: Input,
    /// The selected one of the items shown.
    pub selected: usize,
}

impl State {
    /// A picker with what there is to pick.
    #[must_use]
    pub fn new(shared: &Shared, kind: PickerKind) -> Self {
        let (title, items) = match kind {
            PickerKind::Topics => ("topics", topics(shared)),
            PickerKind::Feeds => ("feeds", feeds(shared)),
            PickerKind::Links(links) => ("links", addresses(links, Choice::Link)),
            PickerKind::FoundFeeds(found) => ("feeds found there", addresses(found, Choice::AddFeed)),
        };
        Self { title, items, filter: Input::default(), selected: 0 }
    }

    /// The items that match what is typed.
    #[must_use]
    pub fn shown(&self) -> Vec<&Item> {
        let wanted = fold(self.filter.value());
        self.items.iter().filter(|i| fold(&i.label).contains(&wanted)).collect()
    }
}

fn all(shared: &Shared) -> Item {
    Item { label: "All".into(), detail: humanize::count(shared.counts.unread), choice: Choice::All }
}

fn topics(shared: &Shared) -> Vec<Item> {
    let item = |topic: TopicId| {
        let unread = shared.counts.unread_by_topic.get(topic.index()).copied().unwrap_or(0);
        Item { label: topic.get().name.into(), detail: humanize::count(unread), choice: Choice::Topic(topic) }
    };
    std::iter::once(all(shared)).chain(TopicId::all().map(item)).collect()
}

fn feeds(shared: &Shared) -> Vec<Item> {
    let feeds = shared.feeds.iter().map(|f| Item {
        label: f.feed.name.clone(),
        detail: humanize::count(f.unread),
        choice: Choice::Feed(f.feed.id),
    });
    std::iter::once(all(shared)).chain(feeds).collect()
}

fn addresses(from: Vec<(String, String)>, choice: fn(String) -> Choice) -> Vec<Item> {
    let item = |(text, url): (String, String)| Item {
        label: if text.is_empty() { url.clone() } else { text },
        detail: url.clone(),
        choice: choice(url),
    };
    from.into_iter().map(item).collect()
}
