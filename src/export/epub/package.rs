//! What a book says of itself: the package document, and its contents twice.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Chapter, page};
use crate::export::Setting;
use crate::export::key::hex;
use crate::export::markup::escape;
use crate::export::piece::day;

/// A book's contents.
pub(super) struct Contents<'a> {
    chapters: &'a [Chapter],
    setting: &'a Setting,
    title: &'a str,
    language: &'a str,
    id: String,
}

impl<'a> Contents<'a> {
    /// The contents of these chapters.
    pub(super) fn new(chapters: &'a [Chapter], setting: &'a Setting) -> Self {
        let only = only(chapters, setting);
        Self {
            chapters,
            setting,
            title: only.map_or(setting.title.as_str(), |only| only.title.as_str()),
            language: language(chapters),
            id: identifier(chapters, setting),
        }
    }

    /// `nav.xhtml` (EPUB 3.3, 7).
    pub(super) fn nav(&self) -> String {
        let title = escape(self.title);
        let mut body = format!("<nav epub:type=\"toc\" id=\"toc\">\n<h1>{title}</h1>\n<ol>\n");
        for chapter in self.chapters {
            // Writing to a string cannot fail, here and below.
            writeln!(body, "<li><a href=\"{}\">{}</a></li>", chapter.file, escape(&chapter.title)).ok();
        }
        body.push_str("</ol>\n</nav>\n");
        page(self.title, self.language, &body)
    }

    /// `toc.ncx`, for readers of EPUB 2.
    pub(super) fn ncx(&self) -> String {
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <ncx xmlns=\"http://www.daisy.org/z3986/2005/ncx/\" version=\"2005-1\">\n<head>\n\
             <meta name=\"dtb:uid\" content=\"{}\"/>\n</head>\n<docTitle><text>{}</text></docTitle>\n<navMap>\n",
            self.id,
            escape(self.title)
        );
        for (number, chapter) in (1..).zip(self.chapters) {
            writeln!(
                text,
                "<navPoint id=\"point-{number}\" playOrder=\"{number}\"><navLabel><text>{}</text></navLabel>\
                 <content src=\"{}\"/></navPoint>",
                escape(&chapter.title),
                chapter.file
            )
            .ok();
        }
        text.push_str("</navMap>\n</ncx>\n");
        text
    }

    /// `package.opf` (EPUB 3.3, 5).
    pub(super) fn package(&self) -> String {
        let mut text = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" unique-identifier=\"id\" xml:lang=\"en\">\n\
             <metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n<dc:identifier id=\"id\">{}</dc:identifier>\n\
             <dc:title>{}</dc:title>\n<dc:language>{}</dc:language>\n",
            self.id,
            escape(self.title),
            escape(self.language)
        );
        let mut element = |name: &str, value: &str| {
            if !value.is_empty() {
                writeln!(text, "<dc:{name}>{}</dc:{name}>", escape(value)).ok();
            }
        };
        if let Some(only) = only(self.chapters, self.setting) {
            element("creator", only.author.as_deref().unwrap_or_default());
            element("publisher", &only.source);
            element("source", only.url.as_deref().unwrap_or_default());
            element("date", &day(only.date, &self.setting.zone));
        } else {
            element("publisher", "tidings");
            element("date", &day(self.setting.made, &self.setting.zone));
        }
        writeln!(text, "<meta property=\"dcterms:modified\">{}</meta>", seconds(self.setting.made)).ok();
        text.push_str(
            "</metadata>\n<manifest>\n\
             <item id=\"nav\" href=\"nav.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
             <item id=\"ncx\" href=\"toc.ncx\" media-type=\"application/x-dtbncx+xml\"/>\n\
             <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n",
        );
        let mut spine = String::new();
        for (number, chapter) in (1..).zip(self.chapters) {
            writeln!(
                text,
                "<item id=\"chapter-{number}\" href=\"{}\" media-type=\"application/xhtml+xml\"/>",
                chapter.file
            )
            .ok();
            writeln!(spine, "<itemref idref=\"chapter-{number}\"/>").ok();
        }
        // The contents are worth a page of their own where there is more than one chapter.
        let nav = if self.chapters.len() > 1 { "<itemref idref=\"nav\"/>\n" } else { "" };
        write!(text, "</manifest>\n<spine toc=\"ncx\">\n{nav}{spine}</spine>\n</package>\n").ok();
        text
    }
}

/// The chapter of a book that is about one article.
fn only<'a>(chapters: &'a [Chapter], setting: &Setting) -> Option<&'a Chapter> {
    chapters.first().filter(|_| setting.alone)
}

/// The language of most chapters.
fn language(chapters: &[Chapter]) -> &str {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for language in chapters.iter().filter_map(|chapter| chapter.language.as_deref()) {
        *counts.entry(language).or_default() += 1;
    }
    // Of equals the first in the alphabet, so that the book is the same each time.
    counts.into_iter().min_by_key(|(tag, count)| (std::cmp::Reverse(*count), *tag)).map_or("en", |(tag, _)| tag)
}

/// A UUID of what the book is made of: the same for the same chapters of the same moment (RFC 9562, version 8).
fn identifier(chapters: &[Chapter], setting: &Setting) -> String {
    let mut hash = Sha256::new();
    hash.update(setting.made.as_second().to_be_bytes());
    for chapter in chapters {
        hash.update(&chapter.title);
        hash.update([0]);
        hash.update(chapter.url.as_deref().unwrap_or_default());
        hash.update([0]);
    }
    let mut bytes = [0; 16];
    for (byte, from) in bytes.iter_mut().zip(hash.finalize()) {
        *byte = from;
    }
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hex(&bytes, bytes.len());
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// `2026-05-12T09:14:00Z`, to the second as the package wants it.
fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
