//! What a picker remembers: what there was to pick when it was opened, so that nothing moves while the user chooses.

use tui_input::Input;

use crate::command::CommandId;
use crate::model::{Entity, FeedStatus, TopicId};
use crate::query::Rows;
use crate::text::humanize;
use crate::tui::model::Shared;
use crate::tui::route::{Choice, Companion, PickerKind, StoryAim};
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
    /// Several topics can be taken together.
    pub several: bool,
    /// Those that were taken, in the order of the topic bar.
    pub taken: Vec<TopicId>,
}

impl State {
    /// A picker with what there is to pick.
    #[must_use]
    pub fn new(shared: &Shared, rows: Rows, kind: PickerKind) -> Self {
        let several = kind == PickerKind::Topics;
        let (title, none, items) = match kind {
            PickerKind::Topics => ("Topics, unread", "no topic", topics(shared, rows)),
            PickerKind::Feeds => ("Feeds, unread", "no feed", feeds(shared)),
            PickerKind::Names(names) => ("Names", "no name", names_of(names)),
            PickerKind::Links(links, company) if company.is_empty() => {
                ("Links", "no link", addresses(links, Choice::Link))
            }
            PickerKind::Links(links, company) => {
                let mut items = addresses(links, Choice::Link);
                let links = items.len();
                items.extend(company.into_iter().enumerate().map(|(n, one)| companion(links + n + 1, one)));
                ("Links and articles", "no link", aligned(items))
            }
            PickerKind::FoundFeeds(found) => {
                ("Several feeds were found: which one?", "no feed", addresses(found, Choice::AddFeed))
            }
        };
        let (filter, cursor) = (Input::default(), ListCursor::default());
        Self { title, none, items, filter, cursor, several, taken: Vec::new() }
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

    /// Whether something is told below the rows: the address that one leads to, or that several can be taken.
    #[must_use]
    pub fn has_foot(&self) -> bool {
        self.several || self.items.iter().any(|i| i.address.is_some())
    }

    /// Takes the topic under the cursor too, or leaves it again.
    pub fn take(&mut self) {
        let Some(Choice::Topic(topic)) = self.selected().map(|item| item.choice.clone()) else { return };
        match self.taken.iter().position(|taken| *taken == topic) {
            Some(n) => {
                self.taken.remove(n);
            }
            None => self.taken.push(topic),
        }
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
            item.left = format!("{:>columns$}  ", item.left.trim());
        }
    }
    items
}

fn all(shared: &Shared) -> Item {
    let unread = humanize::count(shared.counts.unread);
    Item { left: shared.key(CommandId::ListAll), count: unread, ..item("All", Choice::All) }
}

fn topics(shared: &Shared, rows: Rows) -> Vec<Item> {
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
        let unread = shared.unread(rows, Some(topic));
        let also = format!("{} {}", topic.get().id, topic.get().label);
        let left = KEYED.get(topic.index()).map(|c| shared.key(*c)).unwrap_or_default();
        let count = humanize::count(unread);
        Item { left, also, count, ..item(topic.get().name, Choice::Topic(topic)) }
    };
    let all = Item { count: humanize::count(shared.unread(rows, None)), ..all(shared) };
    let covered = Item { left: shared.key(CommandId::ListCovered), ..item("Most covered", Choice::Covered) };
    let others = [item("Off-topic", Choice::OffTopic), covered];
    aligned(std::iter::once(all).chain(TopicId::all().map(topic)).chain(others).collect())
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

fn names_of(names: Vec<Entity>) -> Vec<Item> {
    let name = |entity: Entity| Item {
        also: entity.id.clone(),
        notes: vec![(Role::Dim, entity.kind.words().to_owned())],
        ..item(&entity.name, Choice::Entity(entity.id))
    };
    names.into_iter().map(name).collect()
}

fn companion(number: usize, one: Companion) -> Item {
    let aim = StoryAim { story: one.story, article: Some(one.article), open: true };
    let notes = vec![(Role::Dim, one.source)];
    Item { left: number.to_string(), notes, ..item(&one.title, Choice::Story(aim)) }
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
