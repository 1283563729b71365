//! Subscription lists of other programs: OPML in and out, and newsboat's `urls` file. Inert: nothing in them is ever run.

/// One subscription in a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Its name, clean; may be empty.
    pub name: String,
    /// http(s) address of the feed.
    pub url: String,
    /// Web site.
    pub site: Option<String>,
    /// Folders from the outermost in, or newsboat's tags.
    pub folders: Vec<String>,
}
