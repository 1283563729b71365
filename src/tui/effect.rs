//! What shall be done: requests to the runtime, as data in the imperative.

use std::path::PathBuf;

use super::request::RequestId;
use crate::config::FeedSpec;
use crate::engine::{FeedEdit, PollRequest};
use crate::model::{ArticleId, Mark};
use crate::query::{ListRequest, Rows, Scope};

/// Something to be done outside the model.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Read something; answered by `Loaded` or `Failed`.
    Load(RequestId, Load),
    /// Write something; answered likewise.
    Write(RequestId, Write),
    /// Poll feeds; notices tell how it goes.
    Poll(PollRequest),
    /// Open an address in the browser; answered by `Loaded(Done)` or `Failed`.
    Browse(RequestId, String),
    /// Put text on the clipboard (OSC 52).
    Copy(String),
    /// Edit the config in `$VISUAL` or `$EDITOR`, then read it again.
    EditConfig,
    /// Stop, to be continued by the shell.
    Suspend,
    /// Draw the whole screen again.
    Redraw,
    /// End.
    Quit,
}

/// Something to read.
#[derive(Debug, Clone, PartialEq)]
pub enum Load {
    /// A window of a list.
    Headlines(ListRequest),
    /// How many a scope has, up to an arrival; search hits are counted up to `most`.
    Count {
        /// Which articles.
        scope: Scope,
        /// Counting stories or articles.
        rows: Rows,
        /// Only those that had arrived by then.
        up_to: Option<ArticleId>,
        /// Where counting stops.
        most: u64,
    },
    /// How many arrived in a scope after an article.
    Newer {
        /// Which articles.
        scope: Scope,
        /// Counting stories or articles.
        rows: Rows,
        /// The last one known.
        than: ArticleId,
    },
    /// The counts.
    Counts,
    /// The feeds.
    Feeds,
    /// The health of the feeds.
    Health,
    /// An article, laid out.
    Article {
        /// Which.
        id: ArticleId,
        /// Width of its lines in columns.
        width: u16,
        /// With ASCII only.
        ascii: bool,
    },
    /// Authors that begin with this.
    Authors(String),
}

/// Something to write.
#[derive(Debug, Clone, PartialEq)]
pub enum Write {
    /// Set a mark on articles.
    Mark(Vec<ArticleId>, Mark),
    /// Set a mark on all that a list shows.
    MarkAll(ListRequest, Mark),
    /// Take the newest change back.
    Undo,
    /// Do it again.
    Redo,
    /// Add a feed or a site.
    AddFeed {
        /// What the user typed.
        address: String,
        /// Its name; none: the feed's own title.
        name: Option<String>,
    },
    /// Add known feeds without asking the network.
    AddFeeds(Vec<FeedSpec>),
    /// Edit a subscription.
    EditFeed(FeedEdit),
    /// Add the feeds of an OPML file.
    ImportOpml(PathBuf),
}
