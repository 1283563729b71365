//! When a frame is drawn: at once for what the user did, and for all else not oftener than an eye can follow.

use std::time::{Duration, Instant};

/// Shortest time between two frames of a kind: those that answer the user, and those that tell what came by itself.
const FRAME: Duration = Duration::from_millis(16);

/// What happened since the last frame, and when the last ones were drawn.
#[derive(Debug)]
pub(super) struct Pace {
    /// Something happened.
    dirty: bool,
    /// Among it something that the user did.
    by_user: bool,
    /// When the last frame was drawn.
    drawn: Instant,
    /// When the last one was drawn that answered the user.
    answered: Option<Instant>,
}

impl Pace {
    /// A frame was just drawn.
    pub(super) fn new(now: Instant) -> Self {
        Self { dirty: false, by_user: false, drawn: now, answered: None }
    }

    /// Something happened that a frame has to show.
    pub(super) fn happened(&mut self, by_user: bool) {
        self.dirty = true;
        self.by_user |= by_user;
    }

    /// How long until the next frame is to be drawn; none: there is nothing to draw.
    ///
    /// A key does not wait for a frame that was drawn a moment ago because a feed came in; only keys that come faster than
    /// frames share one.
    pub(super) fn wait(&self, now: Instant) -> Option<Duration> {
        let last = if self.by_user { self.answered } else { Some(self.drawn) };
        let since = last.map_or(Duration::MAX, |last| now.saturating_duration_since(last));
        self.dirty.then(|| FRAME.saturating_sub(since))
    }

    /// Whether it is time for a frame.
    pub(super) fn is_due(&self, now: Instant) -> bool {
        self.wait(now).is_some_and(|wait| wait.is_zero())
    }

    /// Whether the user waits for a frame, and it is time for it: all else can wait.
    pub(super) fn owes_an_answer(&self, now: Instant) -> bool {
        self.by_user && self.is_due(now)
    }

    /// A frame is drawn.
    pub(super) fn draws(&mut self, now: Instant) {
        if self.by_user {
            self.answered = Some(now);
        }
        *self = Self { dirty: false, by_user: false, drawn: now, answered: self.answered };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_does_not_wait_for_the_frame_of_a_notice() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut pace = Pace::new(start);
        assert_eq!(pace.wait(at(5)), None, "nothing happened");
        pace.happened(false);
        assert_eq!(pace.wait(at(5)), Some(Duration::from_millis(11)), "a notice waits for its turn");
        assert!(!pace.owes_an_answer(at(20)) && pace.is_due(at(20)));
        pace.happened(true);
        assert!(pace.owes_an_answer(at(5)), "a key does not");
        pace.draws(at(5));
        assert_eq!(pace.wait(at(9)), None);
        pace.happened(true);
        assert_eq!(pace.wait(at(9)), Some(Duration::from_millis(12)), "the next key shares a frame with what follows");
        assert!(!pace.owes_an_answer(at(9)) && pace.owes_an_answer(at(21)));
        pace.draws(at(21));
        pace.happened(false);
        assert_eq!(pace.wait(at(22)), Some(Duration::from_millis(15)), "the frame of a key is a frame");
    }
}
