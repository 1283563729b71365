//! Which answers are still wanted: every asynchronous request has an id, and only the newest of its slot counts.

use std::collections::{BTreeMap, BTreeSet};

/// What a request is for. A newer request in a slot makes the older ones stale, save for actions, which all count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// Something the list and article of the desk need.
    Desk(BrowseSlot),
    /// Something the list and article of the search need.
    Search(BrowseSlot),
    /// Something the articles of a story's page need.
    Story(BrowseSlot),
    /// The page of a story.
    StoryPage,
    /// The page of an entity.
    EntityPage,
    /// The page of reasons.
    Why,
    /// What a lesson would change.
    Preview,
    /// The entity that is meant by what is being typed.
    Suggestion,
    /// The counts of the topic bar and the status line.
    Counts,
    /// The feeds with their counts.
    Feeds,
    /// The health of the feeds.
    Health,
    /// Completions of what is being typed.
    Completion,
    /// How far an article was read; nobody waits for the answer.
    Place,
    /// The note that is about to be edited.
    Note,
    /// The files of an article.
    Files,
    /// Something the user asked to be done: a mark, an undo, an edit. Never stale.
    Action,
}

/// What a list with its article asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BrowseSlot {
    /// A new window in place of the one shown.
    Window,
    /// Rows after the window.
    After,
    /// Rows before the window.
    Before,
    /// The next unread row beyond the window.
    Seek,
    /// How many rows the list has.
    Total,
    /// How many have arrived since.
    Newer,
    /// The rows of the window again, for marks made elsewhere.
    Refresh,
    /// The article beside the list.
    Article,
    /// What stands under it.
    Company,
}

/// Names one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId {
    /// What it is for.
    pub slot: Slot,
    /// Grows with every request.
    pub serial: u64,
}

/// The requests that are under way.
#[derive(Debug, Clone, Default)]
pub struct Requests {
    serial: u64,
    newest: BTreeMap<Slot, u64>,
    actions: BTreeSet<u64>,
    again: BTreeSet<Slot>,
}

impl Requests {
    /// Begins a request; earlier ones of its slot are stale from now on.
    pub fn open(&mut self, slot: Slot) -> RequestId {
        self.serial = self.serial.saturating_add(1);
        if slot == Slot::Action {
            self.actions.insert(self.serial);
        } else {
            self.newest.insert(slot, self.serial);
        }
        RequestId { slot, serial: self.serial }
    }

    /// Begins a request unless one is under way in its slot; then it is remembered that another is due (see
    /// [`Requests::take_again`]). Keeps a burst of notices from becoming a burst of queries.
    pub fn want(&mut self, slot: Slot) -> Option<RequestId> {
        if self.is_open(slot) {
            self.again.insert(slot);
            return None;
        }
        Some(self.open(slot))
    }

    /// Whether a request is under way in this slot.
    #[must_use]
    pub fn is_open(&self, slot: Slot) -> bool {
        self.newest.contains_key(&slot)
    }

    /// Ends a request. False: its answer is stale and must be dropped.
    #[must_use]
    pub fn close(&mut self, id: RequestId) -> bool {
        if id.slot == Slot::Action {
            return self.actions.remove(&id.serial);
        }
        let newest = self.newest.get(&id.slot) == Some(&id.serial);
        if newest {
            self.newest.remove(&id.slot);
        }
        newest
    }

    /// Makes whatever is under way in this slot stale.
    pub fn forget(&mut self, slot: Slot) {
        self.newest.remove(&slot);
        self.again.remove(&slot);
    }

    /// Whether another request was wanted while the one before was under way; asked once.
    #[must_use]
    pub fn take_again(&mut self, slot: Slot) -> bool {
        self.again.remove(&slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_newest_answer_of_a_slot_counts_and_every_action_does() {
        let mut requests = Requests::default();
        let (old, new) = (requests.open(Slot::Counts), requests.open(Slot::Counts));
        assert!(!requests.close(old), "an older answer is stale");
        assert!(requests.close(new) && !requests.close(new), "an answer counts once");
        let (first, second) = (requests.open(Slot::Action), requests.open(Slot::Action));
        assert!(requests.close(second) && requests.close(first), "actions do not displace each other");
    }

    #[test]
    fn a_wish_while_one_is_under_way_is_kept_for_later() {
        let mut requests = Requests::default();
        let first = requests.want(Slot::Feeds).expect("nothing was under way");
        assert_eq!(requests.want(Slot::Feeds), None);
        assert!(requests.close(first), "the wish does not make the first stale");
        assert!(requests.take_again(Slot::Feeds) && !requests.take_again(Slot::Feeds));
    }
}
