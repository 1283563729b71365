//! What a picker remembers: what there was to pick when it was opened, so that nothing moves while the user chooses.

use tui_input::Input;

use crate::command::CommandId;
use crate::model::{FeedStatus, TopicId};
use crate::text::humanize;
use crate::tui::model::Shared;
use crate::tui::route::{Choice, PickerKind};
use crate::tui::theme::Role;
use crate::tui::widget::fuzzy::{self, Found};
use crate::tui::widget::list_cursor::ListCursor;

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Before its name: a key, a number.
    pub left: String,
    /// What it is called.
    pub label: String,
    /// Other names that it is found by.
    pub also: String,
    /// What else is known of it, with its role: that it is muted, where it leads.
    pub notes: Vec<(Role, String)>,
    /// Its count; empty where it has none.
    pub count: String,
    /// The whole address, told while it is selected.
    pub address: Option<String>,
    /// What choosing it means.
    pub choice: Choice,
}

/// The state of a picker.
#[derive(Debug, Clone)]
pub struct State {
    /// What is picked.
    pub title: &'static str,
    /// What is said when there is nothing to pick.
    pub none: &'static str,
    /// All there is.
    pub items: Vec<Item>,
    /// What is typed to filter.
    pub filter: Input,
    /// The cursor among the items shown.
    pub cursor: ListCursor,
}

impl State {
    /// A picker with what there is to pick.
    #[must_use]
    pub fn new(shared: &Shared, kind: PickerKind) -> Self {
        let (title, none, items) = match kind {
            PickerKind::Topics => ("Topics, unread", "no topic", topics(shared)),
            PickerKind::Feeds => ("Feeds, unread", "no feed", feeds(shared)),
            PickerKind::Links(links) => ("Links", "no link", addresses(links, Choice::Link)),
            PickerKind::FoundFeeds(found) => {
                ("Several feeds were found: which one?", "no feed", addresses(found, Choice::AddFeed))
            }
        };
        Self { title, none, items, filter: Input::default(), cursor: ListCursor::default() }
    }

    /// The items that match what is typed, best first.
    #[must_use]
    pub fn shown(&self) -> Vec<Found> {
        let texts: Vec<String> = self.items.iter().map(|i| format!("{} {} {}", i.label, i.left, i.also)).collect();
        fuzzy::ranked(self.filter.value(), texts.iter().map(String::as_str))
    }

    /// The item under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<&Item> {
        self.shown().get(self.cursor.selected).and_then(|found| self.items.get(found.index))
    }

    /// Whether any item leads to an address, which is then told below the rows.
    #[must_use]
    pub fn has_addresses(&self) -> bool {
        self.items.iter().any(|i| i.address.is_some())
    }
}

fn item(label: &str, choice: Choice) -> Item {
    Item {
        left: String::new(),
        label: label.to_owned(),
        also: String::new(),
        notes: Vec::new(),
        count: String::new(),
        address: None,
        choice,
    }
}

/// Pads the left column of all items to one width.
fn aligned(mut items: Vec<Item>) -> Vec<Item> {
    let columns = items.iter().map(|i| crate::text::width(&i.left)).max().unwrap_or(0);
    if columns > 0 {
        for item in &mut items {
            item.left = format!("{:>columns$}  ", item.left);
        }
    }
    items
}

fn all(shared: &Shared) -> Item {
    let unread = humanize::count(shared.counts.unread);
    Item { left: shared.key(CommandId::ListAll), count: unread, ..item("All", Choice::All) }
}

fn topics(shared: &Shared) -> Vec<Item> {
    /// The commands of the topics that have keys of their own, in the order of the topic bar.
    const KEYED: [CommandId; 9] = [
        CommandId::ListTopic1,
        CommandId::ListTopic2,
        CommandId::ListTopic3,
        CommandId::ListTopic4,
        CommandId::ListTopic5,
        CommandId::ListTopic6,
        CommandId::ListTopic7,
        CommandId::ListTopic8,
        CommandId::ListTopic9,
    ];
    let topic = |topic: TopicId| {
        let unread = shared.counts.unread_by_topic.get(topic.index()).copied().unwrap_or(0);
        let also = format!("{} {}", topic.get().id, topic.get().label);
        let left = KEYED.get(topic.index()).map(|c| shared.key(*c)).unwrap_or_default();
        let count = humanize::count(unread);
        Item { left, also, count, ..item(topic.get().name, Choice::Topic(topic)) }
    };
    aligned(std::iter::once(all(shared)).chain(TopicId::all().map(topic)).collect())
}

fn feeds(shared: &Shared) -> Vec<Item> {
    let feed = |status: &FeedStatus| {
        let mut notes = Vec::new();
        if !status.feed.enabled {
            notes.push((Role::Dim, "muted".to_owned()));
        } else if status.facts.gone {
            notes.push((Role::Warning, format!("{} gone", shared.settings.glyphs.warning)));
        } else if status.facts.failures > 0 {
            notes.push((Role::Warning, format!("{} failing", shared.settings.glyphs.warning)));
        }
        let count = humanize::count(status.unread);
        Item { notes, count, ..item(&status.feed.name, Choice::Feed(status.feed.id)) }
    };
    let all = Item { left: String::new(), ..all(shared) };
    std::iter::once(all).chain(shared.feeds.iter().map(feed)).collect()
}

fn addresses(from: Vec<(String, String)>, choice: fn(String) -> Choice) -> Vec<Item> {
    let link = |(n, (text, url)): (usize, (String, String))| {
        let host = host(&url);
        let label = if text.trim().is_empty() { url.as_str() } else { text.as_str() };
        Item {
            left: (n + 1).to_string(),
            also: url.clone(),
            notes: vec![(Role::Dim, host.to_owned())],
            address: Some(url.clone()),
            ..item(label, choice(url.clone()))
        }
    };
    aligned(from.into_iter().enumerate().map(link).collect())
}

/// The host of an address, for the eye: without scheme, user, `www.` and path.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = authority.rsplit('@').next().unwrap_or(authority);
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_what_the_eye_looks_for() {
        for (url, expected) in [
            ("https://www.site1.example/a?b=c", "site1.example"),
            ("http://ada:secret@site.example:8080", "site.example:8080"),
            ("mailto:desk@site.example", "site.example"),
            ("", ""),
        ] {
            assert_eq!(host(url), expected, "{url}");
        }
    }
}
