//! The topic bar: scopes with their unread counts, the active one marked, as many as fit.

use std::ops::Range;

use crate::command::CommandId;
use crate::model::TopicId;
use crate::query::Scope;
use crate::text::{cut, humanize, width};
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

/// The entries that fit into `columns`, the active one always among them.
#[must_use]
pub fn entries(shared: &Shared, scope: &Scope, columns: usize) -> Vec<Entry> {
    let all = all(shared, scope);
    let active = all.iter().position(|e| e.active).unwrap_or(0);
    let mut first = 0;
    loop {
        let mut at = 1;
        let mut fitting = Vec::new();
        for entry in &all[first..] {
            let wide = entry.width();
            if at + wide > columns {
                break;
            }
            fitting.push(Entry { columns: at..at + wide, ..entry.clone() });
            at += wide + 2;
        }
        if active < first + fitting.len() || first >= active {
            return fitting;
        }
        first += 1;
    }
}

fn all(shared: &Shared, scope: &Scope) -> Vec<Entry> {
    let counts = &shared.counts;
    let unread = |topic: TopicId| counts.unread_by_topic.get(topic.index()).copied().unwrap_or(0);
    let entry = |of: Option<Scope>, key: String, label: &str, n: u64| Entry {
        active: of.as_ref() == Some(scope),
        scope: of,
        key,
        label: label.to_owned(),
        count: if n == 0 { String::new() } else { humanize::count(n) },
        columns: 0..0,
    };
    let mut all = vec![entry(Some(Scope::All), shared.key(CommandId::ListAll), "All", counts.unread)];
    for (topic, command) in TopicId::all().zip(KEYED) {
        all.push(entry(Some(Scope::Topic(topic)), shared.key(command), topic.get().label, unread(topic)));
    }
    match scope {
        Scope::Topic(topic) if topic.index() >= KEYED.len() => {
            all.push(entry(Some(scope.clone()), String::new(), topic.get().label, unread(*topic)));
        }
        Scope::Feed(id) => {
            let unread = shared.feeds.iter().find(|f| f.feed.id == *id).map_or(0, |f| f.unread);
            let name = cut(&words::scope(scope, shared), FEED_NAME, shared.settings.glyphs.ellipsis);
            all.push(entry(Some(scope.clone()), String::new(), &name, unread));
        }
        Scope::Saved => all.push(entry(Some(Scope::Saved), String::new(), "Saved", counts.saved)),
        Scope::All | Scope::Topic(_) | Scope::Search(_) => {}
    }
    all.push(entry(None, shared.key(CommandId::ListTopics), "more", 0));
    all
}
