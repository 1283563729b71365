//! The topic bar: scopes with their unread counts, the active one marked, as many as fit.

use std::ops::Range;

use crate::command::CommandId;
use crate::model::TopicId;
use crate::query::Scope;
use crate::text::{cut, humanize, width};
use crate::tui::browse::List;
use crate::tui::model::Shared;
use crate::tui::words;

/// The keys of the topics that are always in the bar.
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

/// Columns of the longest feed name in the bar.
const FEED_NAME: usize = 20;

/// One entry of the bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// What a click on it shows; none for `more`, which opens the picker.
    pub scope: Option<Scope>,
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// Its count; empty for none.
    pub count: String,
    /// It is what the list shows.
    pub active: bool,
    /// Its columns, from the left edge of the bar.
    pub columns: Range<usize>,
}

impl Entry {
    fn width(&self) -> usize {
        [&self.key, &self.label, &self.count].iter().filter(|p| !p.is_empty()).map(|p| width(p) + 1).sum::<usize>() - 1
    }
}

/// As much of the bar as fits.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The entries that fit, the active one always among them.
    pub entries: Vec<Entry>,
    /// Some are left out before them.
    pub more_before: bool,
    /// The column of the sign that some are left out after them.
    pub more_after: Option<usize>,
}

/// The entries that fit into `columns`.
#[must_use]
pub fn bar(shared: &Shared, of: &List, columns: usize) -> Bar {
    let all = all(shared, of);
    let active = all.iter().position(|e| e.active).unwrap_or(0);
    let mut first = 0;
    loop {
        let (entries, end) = fitting(&all[first..], columns);
        let last = first + entries.len();
        if active < last || first >= active {
            let more_after = (last < all.len() && end < columns).then_some(end);
            return Bar { entries, more_before: first > 0, more_after };
        }
        first += 1;
    }
}

/// The first of `entries` that fit, and the column after them. Where not all fit, room is left for the sign that says so.
fn fitting(entries: &[Entry], columns: usize) -> (Vec<Entry>, usize) {
    let mut at = 1;
    let mut fitting = Vec::new();
    for (n, entry) in entries.iter().enumerate() {
        let wide = entry.width();
        let sign = if n + 1 < entries.len() { 2 } else { 0 };
        if at + wide + sign > columns {
            break;
        }
        fitting.push(Entry { columns: at..at + wide, ..entry.clone() });
        at += wide + 2;
    }
    (fitting, at.saturating_sub(1))
}

fn all(shared: &Shared, list: &List) -> Vec<Entry> {
    let (counts, scope) = (&shared.counts, &list.scope);
    let unread = |topic: TopicId| shared.unread(list.rows, Some(topic));
    let several: &[TopicId] = if let Scope::Topics(topics) = scope { topics } else { &[] };
    let entry = |of: Option<Scope>, key: String, label: &str, n: u64| Entry {
        active: of.as_ref() == Some(scope) || matches!(of, Some(Scope::Topic(topic)) if several.contains(&topic)),
        scope: of,
        key,
        label: label.to_owned(),
        count: if n == 0 { String::new() } else { humanize::count(n) },
        columns: 0..0,
    };
    let mut all = vec![entry(Some(Scope::All), shared.key(CommandId::ListAll), "All", shared.unread(list.rows, None))];
    for (topic, command) in TopicId::all().zip(KEYED) {
        all.push(entry(Some(Scope::Topic(topic)), shared.key(command), topic.get().label, unread(topic)));
    }
    let beyond = |topic: &&TopicId| topic.index() >= KEYED.len();
    for topic in several.iter().filter(beyond) {
        all.push(entry(Some(Scope::Topic(*topic)), String::new(), topic.get().label, unread(*topic)));
    }
    match scope {
        Scope::Topic(topic) if topic.index() >= KEYED.len() => {
            all.push(entry(Some(scope.clone()), String::new(), topic.get().label, unread(*topic)));
        }
        Scope::Entity(_) | Scope::Covered | Scope::OffTopic => {
            let name = cut(&words::scope(scope, shared), FEED_NAME, shared.settings.glyphs.ellipsis);
            all.push(entry(Some(scope.clone()), String::new(), &name, 0));
        }
        Scope::Feed(id) => {
            let unread = shared.feeds.iter().find(|f| f.feed.id == *id).map_or(0, |f| f.unread);
            let name = cut(&words::scope(scope, shared), FEED_NAME, shared.settings.glyphs.ellipsis);
            all.push(entry(Some(scope.clone()), String::new(), &name, unread));
        }
        Scope::Saved => all.push(entry(Some(Scope::Saved), String::new(), "Saved", counts.saved)),
        Scope::All | Scope::Topic(_) | Scope::Topics(_) | Scope::Search(_) => {}
    }
    all.push(entry(None, shared.key(CommandId::ListTopics), "more", 0));
    all
}
