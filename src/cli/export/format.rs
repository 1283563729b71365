//! One writer for all formats: JSON is the record that every command prints, the others are the room `export`'s.

use crate::cli::args::ExportFormat;
use crate::cli::exit::CliError;
use crate::cli::output::json_line;
use crate::cli::record::{Addresses, ArticleRecord};
use crate::export::{ExportError, Exporter, Format, Setting};
use crate::model::Article;

/// Writes articles.
pub(super) enum Writer {
    /// A JSON object a line.
    Json,
    /// Any other format.
    Other(Box<Exporter>),
}

impl Writer {
    /// Begins.
    pub(super) fn new(format: ExportFormat, setting: Setting) -> Result<Self, CliError> {
        let format = match format {
            ExportFormat::Json => return Ok(Self::Json),
            ExportFormat::Md => Format::Markdown,
            ExportFormat::Html => Format::Html,
            ExportFormat::Epub => Format::Epub,
            ExportFormat::CslJson => Format::CslJson,
            ExportFormat::Bibtex => Format::Bibtex,
            ExportFormat::Eml => Format::Mail,
        };
        Ok(Self::Other(Box::new(Exporter::new(format, setting)?)))
    }

    /// Adds an article; gives what can be written.
    pub(super) fn add(&mut self, article: &Article, addresses: &Addresses) -> Result<Vec<u8>, CliError> {
        match self {
            Self::Json => {
                let line = json_line(&ArticleRecord::of_article(article, addresses)).map_err(ExportError::from)?;
                Ok(line.into_bytes())
            }
            Self::Other(exporter) => Ok(exporter.add(article)?),
        }
    }

    /// Ends; gives what is still to be written.
    pub(super) fn finish(self) -> Result<Vec<u8>, CliError> {
        match self {
            Self::Json => Ok(Vec::new()),
            Self::Other(exporter) => Ok(exporter.finish()?),
        }
    }
}

/// The extension of its files.
pub(super) fn extension(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Md => "md",
        ExportFormat::Html => "html",
        ExportFormat::Epub => "epub",
        // As `file(1)` and editors know it; a single article is plain JSON too.
        ExportFormat::Json | ExportFormat::CslJson => "json",
        ExportFormat::Bibtex => "bib",
        ExportFormat::Eml => "eml",
    }
}

impl From<ExportError> for CliError {
    fn from(error: ExportError) -> Self {
        Self::failed(error.to_string())
    }
}
