//! What waits for a connection's thread, and what of it is put together.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::group::Part;
use crate::query::Scope;

/// Parts of a transaction are waited for so long, when one was written a moment ago: more come then.
const GATHER: Duration = Duration::from_millis(60);
/// A moment.
const SPELL: Duration = Duration::from_millis(250);
/// No more are waited for when there are so many: they fill a transaction.
pub(super) const GATHERED: usize = 4;

#[derive(Default)]
pub(super) struct Queue {
    pub(super) urgent: VecDeque<Task>,
    pub(super) in_order: VecDeque<Task>,
    /// The list that is being read now, if it is one that may be interrupted.
    pub(super) running: Option<Scope>,
    /// When the last parts that had been gathered were written.
    pub(super) gathered: Option<Instant>,
    /// Such parts that are announced and not answered yet.
    pub(super) announced: usize,
    pub(super) closed: bool,
}

impl Queue {
    /// Until when parts are gathered with those that wait; none: nothing is to be waited for `now`.
    pub(super) fn gathering(&self, now: Instant) -> Option<Instant> {
        let Work::Part { gather: Some(since), .. } = self.in_order.front()?.work else { return None };
        let in_spell = self.gathered.is_some_and(|last| since.saturating_duration_since(last) < SPELL);
        let parts = self.in_order.iter().take_while(|task| matches!(task.work, Work::Part { .. })).count();
        // What comes behind something else can not be gathered with these.
        let is_open = parts == self.in_order.len() && parts < GATHERED.min(self.announced) && !self.closed;
        let until = since + GATHER;
        (is_open && in_spell && now < until).then_some(until)
    }

    /// Takes the next part that may be done with others; urgent work comes before it.
    pub(super) fn next_part(&mut self) -> Option<Box<dyn Part>> {
        let front = self.in_order.front().filter(|_| self.urgent.is_empty())?;
        if !matches!(front.work, Work::Part { alone: false, .. }) {
            return None;
        }
        match self.in_order.pop_front()?.work {
            Work::Part { part, .. } => Some(part),
            Work::Alone(_) => None,
        }
    }
}

/// A task; it is given no connection when it is called off.
pub(super) struct Task {
    pub(super) list: Option<Scope>,
    pub(super) glance: bool,
    pub(super) work: Work,
}

pub(super) enum Work {
    /// With transactions of its own, if any.
    Alone(Run),
    /// Part of a transaction. `gather`: since when it waits, if more of the kind may be waited for; `alone`: it failed with others.
    Part { part: Box<dyn Part>, gather: Option<Instant>, alone: bool },
}

pub(super) type Run = Box<dyn FnOnce(Option<&mut Connection>) + Send>;

#[cfg(test)]
mod tests {
    use rusqlite::Transaction;

    use super::*;
    use crate::store::StoreError;

    struct Nothing;

    impl Part for Nothing {
        fn attempt(&mut self, _: &Transaction<'_>) -> bool {
            true
        }

        fn answer(self: Box<Self>, _: Option<StoreError>) {}
    }

    fn part(gather: Option<Instant>) -> Task {
        Task { list: None, glance: false, work: Work::Part { part: Box::new(Nothing), gather, alone: false } }
    }

    #[test]
    fn a_part_waits_for_others_only_while_some_are_coming() {
        let now = Instant::now();
        let later = now + Duration::from_millis(1);
        let mut queue = Queue { announced: 2, gathered: Some(now), ..Queue::default() };
        assert_eq!(queue.gathering(later), None, "nothing is there");
        queue.in_order.push_back(part(Some(now)));
        assert_eq!(queue.gathering(later), Some(now + GATHER), "another one is coming");
        assert_eq!(queue.gathering(now + GATHER), None, "it does not come");
        queue.gathered = None;
        assert_eq!(queue.gathering(later), None, "the first one of all");
        queue.gathered = Some(now);
        queue.announced = 1;
        assert_eq!(queue.gathering(later), None, "it is the last one");
        queue.announced = 100;
        queue.in_order.push_back(Task { list: None, glance: false, work: Work::Alone(Box::new(|_| ())) });
        assert_eq!(queue.gathering(later), None, "something else waits behind it");
        queue.in_order.pop_back();
        queue.closed = true;
        assert_eq!(queue.gathering(later), None, "nothing more is taken");
        queue.closed = false;
        (1..GATHERED).for_each(|_| queue.in_order.push_back(part(Some(now))));
        assert_eq!(queue.gathering(later), None, "there are enough");
        queue.in_order = [part(None)].into();
        assert_eq!(queue.gathering(later), None, "of another kind");
    }
}
