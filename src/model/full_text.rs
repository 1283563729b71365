//! The text of an article's page, and why a page gave less than that.

use jiff::Timestamp;

/// The text of an article's page as it was extracted, kept with the article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FullText {
    /// The page, after redirects; the canonical address where the page names one. Absolute http(s).
    pub url: String,
    /// Its own title, where it differs from the feed's. Clean, one line.
    pub title: Option<String>,
    /// Who wrote it. Clean, one line.
    pub author: Option<String>,
    /// When it was published, as the page tells.
    pub published: Option<Timestamp>,
    /// Name of the publication. Clean, one line.
    pub site: Option<String>,
    /// The picture that stands for it.
    pub picture: Option<Picture>,
    /// The article as HTML, nothing around it; foreign, at most 4 MiB.
    pub html: String,
    /// So many pages were put together.
    pub pages: u32,
    /// When it was fetched.
    pub fetched: Timestamp,
    /// Why it may be only the beginning.
    pub barrier: Option<Barrier>,
}

/// A picture as a document names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picture {
    /// Absolute http(s) address.
    pub url: String,
    /// What it shows, for those who do not see it. Clean, one line; may be empty.
    pub alt: String,
    /// Whose it is. Clean, one line.
    pub credit: Option<String>,
}

/// What stands between a reader and the text of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Barrier {
    /// The text is for those who pay.
    Paywall,
    /// The text is for those who are registered or logged in.
    Registration,
    /// A page that asks for consent to cookies came in place of the article.
    Consent,
    /// A page that wants proof of a human came in place of the article (a challenge, a CAPTCHA).
    Challenge,
    /// The page needs a script to show anything.
    Script,
    /// The page says that there is no such article.
    Missing,
    /// The page has no article that could be told from what is around it.
    NoArticle,
}

impl Barrier {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Paywall,
        Self::Registration,
        Self::Consent,
        Self::Challenge,
        Self::Script,
        Self::Missing,
        Self::NoArticle,
    ];

    /// Stable name, for the store and for JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Paywall => "paywall",
            Self::Registration => "registration",
            Self::Consent => "consent",
            Self::Challenge => "challenge",
            Self::Script => "script",
            Self::Missing => "missing",
            Self::NoArticle => "no-article",
        }
    }

    /// The barrier of this name.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|barrier| barrier.id() == id)
    }

    /// What it is, in words that go on from "the page ".
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Paywall => "is for subscribers",
            Self::Registration => "is for registered readers",
            Self::Consent => "asks for consent to cookies first",
            Self::Challenge => "wants proof of a human first",
            Self::Script => "shows nothing without its scripts",
            Self::Missing => "says that there is no such article",
            Self::NoArticle => "has no text that could be told from what is around it",
        }
    }
}
