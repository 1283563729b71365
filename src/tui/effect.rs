//! What shall be done: requests to the runtime, as data in the imperative.

use std::path::PathBuf;

use super::reading::Wanted;
use super::request::RequestId;
use crate::config::FeedSpec;
use crate::engine::{FeedEdit, Lesson, PollRequest};
use crate::model::{ArticleId, Mark, StoryId};
use crate::query::{EntityField, ListRequest, Rows, Scope};

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
    /// Fetch a picture; answered by [`Event::Picture`](super::Event::Picture).
    Picture(String),
    /// Find out how the terminal shows pictures; answered by [`Event::Canvas`](super::Event::Canvas).
    ProbePictures,
    /// Put text on the clipboard: the terminal's, and that of this machine where the user sits at it.
    Copy(String),
    /// Play a file at this address; answered likewise.
    Play(RequestId, String),
    /// Stop what plays; answered likewise.
    StopPlaying(RequestId),
    /// Edit a text in the user's editor; answered by `NoteEdited`.
    EditNote(String),
    /// Edit the config in the user's editor, then read it again.
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
    Article(Wanted),
    /// Authors that begin with this.
    Authors(String),
    /// Names of those that articles are taken from, beginning with this.
    Vias(String),
    /// Names of entities that contain this, of the kinds that a field of the search asks for.
    EntityNames(EntityField, String),
    /// The entity that these words most likely mean, and how many articles name it.
    Suggestion(String),
    /// A story with all its articles.
    Story(StoryId),
    /// All about an entity, by its id.
    Entity(String),
    /// Why an article has its labels and its story.
    Why(ArticleId),
    /// What stands under an article.
    Company(ArticleId),
    /// What a lesson would change.
    Preview(Lesson),
    /// An article as it is, not laid out.
    Whole(ArticleId),
    /// What came of the files of an article at these addresses.
    Parts(ArticleId, Vec<String>),
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
    /// Write a lesson into the config.
    Teach(Lesson),
    /// Mark every article of a story read.
    StoryRead(StoryId),
    /// Split an article off its story.
    Split(ArticleId),
    /// Make one story of the stories of two articles.
    Merge {
        /// One of them.
        article: ArticleId,
        /// The other.
        into: ArticleId,
    },
    /// Clip an article to the user's file of clips.
    Clip(ArticleId),
    /// Clip a story with all its sources.
    ClipStory(StoryId),
    /// Download a file of an article.
    Download {
        /// The article.
        article: ArticleId,
        /// The address of the file.
        url: String,
    },
    /// Give up the download of the file at this address.
    CancelDownload(String),
    /// Fetch the text of an article's page and keep it with the article. Asks the network.
    FullText(ArticleId),
    /// Remember how far an article was read, in thousandths of its text. No mark: nothing to be undone, nothing to be told.
    Place {
        /// The article.
        article: ArticleId,
        /// As in [`Article`](crate::model::Article).
        place: u16,
    },
}
