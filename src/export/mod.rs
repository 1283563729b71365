//! Articles as files for other programs: Markdown, HTML, EPUB, CSL-JSON, BibTeX and mail; clips and citations.
//!
//! Pure: articles in, bytes out. An [`Exporter`] takes article after article, so that what can be written as it comes is.
//! `piece` is what is told of an article, `sheet` its document with what stands around the text; the formats are written
//! from these two. Nothing in any of them is loaded from elsewhere when it is opened, and none has a script.

mod bibtex;
mod citation;
mod clip;
mod csl;
mod epub;
mod html;
mod key;
mod mail;
mod markdown;
mod markup;
mod people;
mod piece;
mod quotation;
mod sheet;
mod slug;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::piece::Piece;
use crate::model::Article;

pub use citation::citation;
pub use clip::{Clip, ClipSetting, Placed, place_clip};
pub use quotation::quotation;
pub use slug::{file_stem, slug};

/// A format that articles are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// CommonMark with front matter in YAML.
    Markdown,
    /// One page of HTML that needs nothing else.
    Html,
    /// EPUB 3: a book with a chapter an article.
    Epub,
    /// CSL-JSON 1.0: what reference managers and citation processors read.
    CslJson,
    /// BibTeX and BibLaTeX.
    Bibtex,
    /// One message (RFC 5322) with the text and as HTML.
    Mail,
}

/// What an export is to be like.
#[derive(Debug, Clone)]
pub struct Setting {
    /// What several articles together are called. Clean, one line.
    pub title: String,
    /// When it is made.
    pub made: Timestamp,
    /// The zone that dates are told in.
    pub zone: TimeZone,
    /// Longest quotation in a reference, in characters; 0: none.
    pub quote: usize,
    /// It has one article and is about that.
    pub alone: bool,
}

/// Why articles could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The book could not be put together.
    #[error("the EPUB cannot be put together: {0}; export fewer articles")]
    Book(#[from] zip::result::ZipError),
    /// Likewise, while it was written.
    #[error("the EPUB cannot be put together: {0}; export fewer articles")]
    Chapter(#[from] std::io::Error),
    /// A record could not be written.
    #[error("the references cannot be written: {0}")]
    Record(#[from] serde_json::Error),
}

/// Writes articles in a format, one after the other.
pub struct Exporter {
    setting: Setting,
    state: State,
}

enum State {
    Markdown(markdown::Notebook),
    Html(html::Page),
    Epub(Box<epub::Book>),
    CslJson(csl::Bibliography),
    Bibtex,
    Mail(Box<mail::Letter>),
}

impl Exporter {
    /// Begins an export.
    ///
    /// # Errors
    /// When a book cannot be begun.
    pub fn new(format: Format, setting: Setting) -> Result<Self, ExportError> {
        let state = match format {
            Format::Markdown => State::Markdown(markdown::Notebook::default()),
            Format::Html => State::Html(html::Page::default()),
            Format::Epub => State::Epub(Box::new(epub::Book::new(&setting)?)),
            Format::CslJson => State::CslJson(csl::Bibliography::default()),
            Format::Bibtex => State::Bibtex,
            Format::Mail => State::Mail(Box::default()),
        };
        Ok(Self { setting, state })
    }

    /// Adds an article; gives what can be written out already.
    ///
    /// # Errors
    /// When it cannot be written in the format.
    pub fn add(&mut self, article: &Article) -> Result<Vec<u8>, ExportError> {
        let piece = Piece::of(article);
        let setting = &self.setting;
        match &mut self.state {
            State::Markdown(notebook) => Ok(notebook.add(article, &piece, setting).into_bytes()),
            State::Html(page) => {
                page.add(article, &piece, setting);
                Ok(Vec::new())
            }
            State::Epub(book) => book.add(article, &piece, setting).map(|()| Vec::new()),
            State::CslJson(bibliography) => bibliography.add(article, &piece, setting),
            State::Bibtex => Ok(bibtex::entry(article, &piece, setting).into_bytes()),
            State::Mail(letter) => {
                letter.add(article, &piece, setting);
                Ok(Vec::new())
            }
        }
    }

    /// Ends the export; gives what is still to be written out.
    ///
    /// # Errors
    /// When a book cannot be ended.
    pub fn finish(self) -> Result<Vec<u8>, ExportError> {
        match self.state {
            State::Markdown(_) | State::Bibtex => Ok(Vec::new()),
            State::Html(page) => Ok(page.finish(&self.setting).into_bytes()),
            State::Epub(book) => book.finish(&self.setting),
            State::CslJson(bibliography) => Ok(bibliography.finish()),
            State::Mail(letter) => Ok(letter.finish(&self.setting)),
        }
    }
}

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod tests;
