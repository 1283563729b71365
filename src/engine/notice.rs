//! What the engine tells the faces: facts about what changed, never the changed rows themselves.

use jiff::Timestamp;

use super::Downloading;
use crate::model::{ArticleId, FeedId};

/// Something happened; the face asks again for what it shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// A round of polls began.
    PollStarted {
        /// Feeds in this round.
        feeds: usize,
    },
    /// One feed of the round is done.
    FeedPolled(FeedPolled),
    /// The round is over. Not told of one that the user's wish cut short: the one that was wished for begins at once.
    PollFinished {
        /// New articles in the round.
        new: u64,
        /// Feeds that failed.
        failed: usize,
        /// When the next feed is due.
        next_poll: Option<Timestamp>,
    },
    /// Marks changed, here or in another process.
    MarksChanged,
    /// Articles came or went outside a poll of ours (another process, retention), or have other labels or another
    /// story than before.
    ArticlesChanged,
    /// This article has its full text now.
    ArticleChanged(ArticleId),
    /// The library is being labelled anew, because the rules changed.
    Labelling {
        /// Articles that still wait.
        left: u64,
    },
    /// The list of feeds changed.
    FeedsChanged,
    /// The config was read again after an edit.
    ConfigChanged,
    /// The edited config is wrong and the last good one stays: one `file:line:column: error` a line.
    ConfigBroken(String),
    /// No feed could be reached: offline since then. None: online again.
    Offline(Option<Timestamp>),
    /// There is room on the disk again: what could not be saved can be from now on.
    Writable,
    /// More of a file has come.
    Downloading(Downloading),
    /// A file is no longer on its way.
    DownloadEnded {
        /// Its address, as the article has it.
        url: String,
        /// What it is called, now that it is here; none: it was given up, or failed.
        kept: Option<String>,
    },
    /// Something went wrong that the user should know, in words that say what to do.
    Trouble(String),
}

/// What was told last of what stands until the next notice of its kind.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// A round runs, or the last one is over.
    round: Option<Notice>,
    /// Offline or not.
    network: Option<Notice>,
}

impl Standing {
    /// Remembers `notice` if it stands.
    pub(super) fn note(&mut self, notice: &Notice) {
        match notice {
            Notice::PollStarted { .. } | Notice::PollFinished { .. } => self.round = Some(notice.clone()),
            Notice::Offline(_) => self.network = Some(notice.clone()),
            _ => {}
        }
    }

    /// What stands.
    pub(super) fn notices(&self) -> impl Iterator<Item = Notice> {
        self.round.iter().chain(&self.network).cloned()
    }
}

/// The outcome of one feed's poll: a line of `tidings poll --json`.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedPolled {
    /// The feed.
    pub feed: FeedId,
    /// How it went.
    pub outcome: PollOutcome,
    /// New articles.
    pub new: u64,
    /// Articles whose text or title the publisher changed.
    pub updated: u64,
    /// HTTP status, when there was an answer.
    pub status: Option<u16>,
    /// Bytes of the document after decoding; 0 for a 304.
    pub bytes: u64,
    /// When it is due next; none when it is not polled any more.
    pub next_poll: Option<Timestamp>,
    /// Why the last attempt failed; set for `Waiting` and `Gone` too when that is the reason.
    pub error: Option<String>,
}

/// How a feed's poll went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PollOutcome {
    /// It brought new or changed articles.
    New,
    /// Nothing new: 304, or the same articles.
    Unchanged,
    /// Not asked: a Retry-After holds.
    Waiting,
    /// Not asked: it said 410 before, or says so now.
    Gone,
    /// It failed.
    Error,
}

impl PollOutcome {
    /// Its word in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Unchanged => "unchanged",
            Self::Waiting => "waiting",
            Self::Gone => "gone",
            Self::Error => "error",
        }
    }
}
