//! EPUB 3.3 (W3C): a chapter an article, with contents for new readers (`nav`) and old ones (`ncx`). Nothing is loaded.

mod package;

use std::io::{Cursor, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::markup::{escape, markup};
use super::piece::Piece;
use super::sheet::sheet;
use super::{ExportError, Setting};
use crate::model::Article;

/// How it looks where the reader's own style leaves that open.
const STYLE: &str = "\
h1, h2, h3, h4, h5, h6 { line-height: 1.25; page-break-after: avoid; }
h1 + p { font-size: .85em; }
blockquote { margin: 1em 0 1em 1em; padding-left: .6em; border-left: 2px solid; }
pre { white-space: pre-wrap; font-size: .85em; }
table { border-collapse: collapse; font-size: .85em; }
th, td { border: 1px solid; padding: .2em .4em; text-align: left; vertical-align: top; }
figure { margin: 1em 0; padding: .4em .8em; border: 1px dashed; font-size: .85em; }
figure p { margin: 0; }
";

/// Where a reader finds the package (EPUB 3.3, 4.2.6.3).
const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\" version=\"1.0\">\n<rootfiles>\n\
<rootfile full-path=\"EPUB/package.opf\" media-type=\"application/oebps-package+xml\"/>\n</rootfiles>\n</container>\n";

/// A book while chapters are added.
pub(super) struct Book {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    options: SimpleFileOptions,
    chapters: Vec<Chapter>,
}

/// What contents and package say of a chapter.
pub(super) struct Chapter {
    /// Its file within `EPUB/`.
    file: String,
    title: String,
    source: String,
    author: Option<String>,
    url: Option<String>,
    language: Option<String>,
    date: Timestamp,
}

impl Book {
    /// An empty book.
    pub(super) fn new(setting: &Setting) -> Result<Self, ExportError> {
        let made = setting.made.to_zoned(TimeZone::UTC);
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip_time(&made).unwrap_or_default());
        let mut book = Self { zip: ZipWriter::new(Cursor::new(Vec::new())), options, chapters: Vec::new() };
        // First and stored, so that what the file is stands at a known place in it (EPUB 3.3, 4.2.4).
        book.zip.start_file("mimetype", options.compression_method(CompressionMethod::Stored))?;
        book.zip.write_all(b"application/epub+zip")?;
        book.file("META-INF/container.xml", CONTAINER)?;
        book.file("EPUB/style.css", STYLE)?;
        Ok(book)
    }

    /// Adds a chapter.
    pub(super) fn add(&mut self, article: &Article, piece: &Piece, setting: &Setting) -> Result<(), ExportError> {
        let file = format!("article-{}.xhtml", piece.id);
        let text = markup(&sheet(article, piece, 1, &setting.zone));
        let language = piece.language.as_deref().unwrap_or("en");
        let body = format!("<section dir=\"auto\">\n{text}</section>\n");
        let page = page(&piece.title, language, &body);
        self.file(&format!("EPUB/{file}"), &page)?;
        self.chapters.push(Chapter {
            file,
            title: piece.title.clone(),
            source: piece.source.clone(),
            author: piece.author.clone(),
            url: piece.url.clone(),
            language: piece.language.clone(),
            date: piece.date,
        });
        Ok(())
    }

    /// The file.
    pub(super) fn finish(mut self, setting: &Setting) -> Result<Vec<u8>, ExportError> {
        let chapters = std::mem::take(&mut self.chapters);
        let contents = package::Contents::new(&chapters, setting);
        self.file("EPUB/nav.xhtml", &contents.nav())?;
        self.file("EPUB/toc.ncx", &contents.ncx())?;
        self.file("EPUB/package.opf", &contents.package())?;
        Ok(self.zip.finish()?.into_inner())
    }

    fn file(&mut self, path: &str, text: &str) -> Result<(), ExportError> {
        self.zip.start_file(path, self.options)?;
        self.zip.write_all(text.as_bytes())?;
        Ok(())
    }
}

/// A page of the book.
fn page(title: &str, language: &str, body: &str) -> String {
    let (title, language) = (escape(title), escape(language));
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!DOCTYPE html>\n\
         <html xmlns=\"http://www.w3.org/1999/xhtml\" xmlns:epub=\"http://www.idpf.org/2007/ops\" \
         lang=\"{language}\" xml:lang=\"{language}\">\n<head>\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" type=\"text/css\" href=\"style.css\"/>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}

/// The time as archives have it; none outside of 1980 to 2107.
fn zip_time(time: &jiff::Zoned) -> Option<DateTime> {
    let small = |number: i8| u8::try_from(number).ok();
    DateTime::from_date_and_time(
        u16::try_from(time.year()).ok()?,
        small(time.month())?,
        small(time.day())?,
        small(time.hour())?,
        small(time.minute())?,
        small(time.second())?,
    )
    .ok()
}
