//! A case: what a server answers, and what must come of it.

use std::ops::RangeInclusive;

use crate::support::server::{Reply, Seen};

/// The address that a case is asked at, to be put into its own answers.
pub(crate) const HERE: &str = "{here}";

/// What must come of a feed.
#[derive(Debug, Clone)]
pub(crate) enum Want {
    /// An error, whose words hold this.
    Error(&'static str),
    /// No error, and so many articles.
    Articles(RangeInclusive<usize>),
    /// An error in words, or at most so many articles: both are right.
    AtMost(usize),
}

type Answers = dyn Fn(&Seen, &str, usize) -> Reply + Send + Sync;

/// One case.
pub(crate) struct Case {
    pub(crate) id: String,
    /// Gives the answer to a request for what follows the case's own path, at the poll of this number (from 0).
    pub(crate) answers: Box<Answers>,
    pub(crate) want: Want,
    /// Texts that must be there to be read.
    pub(crate) has: Vec<String>,
    /// Texts that must be nowhere.
    pub(crate) lacks: Vec<String>,
    /// How often the feed is polled.
    pub(crate) polls: usize,
}

impl Case {
    /// The same answer every time.
    pub(crate) fn new(id: impl Into<String>, reply: Reply) -> Self {
        Self::answers(id, move |_, _, _| reply.clone())
    }

    /// Answers of its own to each request: the rest of the path behind the case's, and the number of the poll.
    pub(crate) fn answers(
        id: impl Into<String>,
        answers: impl Fn(&Seen, &str, usize) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let answers = Box::new(answers);
        Self { id: id.into(), answers, want: Want::Articles(1..=1), has: Vec::new(), lacks: Vec::new(), polls: 2 }
    }

    /// A body without any header.
    pub(crate) fn body(id: impl Into<String>, body: impl Into<Vec<u8>>) -> Self {
        Self::new(id, Reply::ok(body))
    }

    /// A body of this type.
    pub(crate) fn typed(id: impl Into<String>, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(id, Reply::ok(body).header("Content-Type", content_type))
    }

    /// It must fail in these words.
    pub(crate) fn error(mut self, words: &'static str) -> Self {
        self.want = Want::Error(words);
        self
    }

    /// It must give so many articles.
    pub(crate) fn articles(mut self, count: usize) -> Self {
        self.want = Want::Articles(count..=count);
        self
    }

    /// It must give a number of articles in this range.
    pub(crate) fn between(mut self, range: RangeInclusive<usize>) -> Self {
        self.want = Want::Articles(range);
        self
    }

    /// It may fail, or give no more articles than this.
    pub(crate) fn at_most(mut self, count: usize) -> Self {
        self.want = Want::AtMost(count);
        self
    }

    /// This must be there to be read.
    pub(crate) fn has(mut self, text: impl Into<String>) -> Self {
        self.has.push(text.into());
        self
    }

    /// This must be nowhere.
    pub(crate) fn lacks(mut self, text: impl Into<String>) -> Self {
        self.lacks.push(text.into());
        self
    }

    /// So many polls.
    pub(crate) fn polls(mut self, polls: usize) -> Self {
        self.polls = polls;
        self
    }
}
