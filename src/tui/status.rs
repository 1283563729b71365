//! What the desk says on its own account: toasts that leave by themselves, the log that keeps them, a poll's progress.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

use crate::text::clean_line;

/// How many past messages are kept.
const LOG_LINES: usize = 500;

/// How serious a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It went well.
    Good,
    /// Something to know.
    Note,
    /// Something went wrong.
    Error,
}

impl Level {
    /// How long its toast stays, in seconds.
    fn seconds(self) -> i64 {
        match self {
            Self::Good => 5,
            Self::Note => 8,
            Self::Error => 15,
        }
    }
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// When it was said.
    pub at: Timestamp,
    /// How serious it is.
    pub level: Level,
    /// One clean line.
    pub text: String,
    /// Whether `undo` takes back what it tells of.
    pub undoable: bool,
}

/// A round of polls under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Progress {
    /// Feeds that are done.
    pub done: usize,
    /// Feeds of the round.
    pub feeds: usize,
    /// New articles so far.
    pub new: u64,
    /// Feeds that failed so far.
    pub failed: usize,
}

/// The state of the status line and what was said before.
#[derive(Debug, Clone, Default)]
pub struct Status {
    toast: Option<Message>,
    log: VecDeque<Message>,
    /// The round under way.
    pub progress: Option<Progress>,
    /// Whether the user asked for that round, and so wants to hear how it ended.
    pub poll_asked: bool,
    /// When the next feed is due.
    pub next_poll: Option<Timestamp>,
    /// Articles that wait to be labelled anew.
    pub labelling: Option<u64>,
    /// Since when no feed could be reached.
    pub offline: Option<Timestamp>,
}

impl Status {
    /// Says something; the message is cleaned, shown as a toast and kept.
    pub fn say(&mut self, at: Timestamp, level: Level, text: &str) {
        self.push(Message { at, level, text: clean_line(text), undoable: false });
    }

    /// Says that something was done which `undo` takes back.
    pub fn say_undoable(&mut self, at: Timestamp, text: &str) {
        self.push(Message { at, level: Level::Good, text: clean_line(text), undoable: true });
    }

    /// Says each line of a longer text; the first becomes the toast.
    pub fn say_lines(&mut self, at: Timestamp, level: Level, text: &str) {
        for line in text.lines().rev().filter(|l| !l.trim().is_empty()) {
            self.say(at, level, line);
        }
    }

    fn push(&mut self, message: Message) {
        if message.text.is_empty() {
            return;
        }
        if self.log.len() == LOG_LINES {
            self.log.pop_front();
        }
        self.log.push_back(message.clone());
        self.toast = Some(message);
    }

    /// The message on show at `now`.
    #[must_use]
    pub fn toast(&self, now: Timestamp) -> Option<&Message> {
        self.toast.as_ref().filter(|m| now < Self::end_of(m))
    }

    /// When the toast on show leaves.
    #[must_use]
    pub fn toast_ends(&self, now: Timestamp) -> Option<Timestamp> {
        self.toast(now).map(Self::end_of)
    }

    fn end_of(message: &Message) -> Timestamp {
        message.at.checked_add(SignedDuration::from_secs(message.level.seconds())).unwrap_or(message.at)
    }

    /// What was said, oldest first.
    #[must_use]
    pub fn log(&self) -> &VecDeque<Message> {
        &self.log
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_toast_leaves_and_stays_in_the_log() {
        let mut status = Status::default();
        let start = Timestamp::UNIX_EPOCH;
        status.say(start, Level::Error, "no\u{1b}[31m route");
        assert_eq!(status.toast(start).map(|m| m.text.as_str()), Some("no[31m route"));
        let end = status.toast_ends(start).expect("a toast is on show");
        assert!(status.toast(end).is_none());
        assert_eq!(status.log().len(), 1);
        for _ in 0..LOG_LINES + 5 {
            status.say(start, Level::Note, "again");
        }
        assert_eq!(status.log().len(), LOG_LINES);
    }
}
