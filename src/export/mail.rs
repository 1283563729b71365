//! A message with the articles as text and as HTML. It comes from nobody who could be written to, and loads nothing.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::{BodyPart, MimePart};
use sha2::{Digest, Sha256};

use super::Setting;
use super::html::Page;
use super::key::hex;
use super::piece::Piece;
use super::sheet::sheet;
use crate::document::{self, Block, Document};
use crate::model::Article;

/// Columns of the text (RFC 5322 recommends lines of at most 78 characters).
const WIDTH: usize = 72;
/// Bytes of an address that a header takes: a line has 998 at most (RFC 5322, 2.1.1), and none can be cut.
const LONGEST_ADDRESS: usize = 900;
/// Under this top level no host can be (RFC 2606), so that nobody gets an answer.
const NOBODY: &str = "noreply@tidings.invalid";

/// The articles so far.
#[derive(Debug, Default)]
pub(super) struct Letter {
    page: Page,
    text: String,
    ids: Sha256,
    only: Option<Only>,
}

/// What the headers say of the only article.
#[derive(Debug)]
struct Only {
    title: String,
    source: String,
    date: Timestamp,
    url: Option<String>,
    language: Option<String>,
}

impl Letter {
    /// Adds an article.
    pub(super) fn add(&mut self, article: &Article, piece: &Piece, setting: &Setting) {
        if !self.text.is_empty() {
            // Writing to a string cannot fail, here and below.
            write!(self.text, "\n{}\n\n", "-".repeat(WIDTH)).ok();
        }
        self.text.push_str(&text(sheet(article, piece, 1, &setting.zone)));
        self.page.add(article, piece, setting);
        // The same article has the same Message-ID wherever it is exported.
        self.ids.update(piece.url.as_deref().unwrap_or(&piece.title));
        self.ids.update([0]);
        self.ids.update(&piece.source);
        self.ids.update([0]);
        self.only = Some(Only {
            title: piece.title.clone(),
            source: piece.source.clone(),
            date: piece.date,
            url: piece.url.clone(),
            language: piece.language.clone(),
        });
    }

    /// The message.
    pub(super) fn finish(mut self, setting: &Setting) -> Vec<u8> {
        if !setting.alone {
            self.ids.update(setting.made.as_second().to_be_bytes());
        }
        let id = hex(&self.ids.finalize(), 16);
        let only = self.only.filter(|_| setting.alone);
        let (subject, from, date) = match &only {
            Some(only) => (only.title.as_str(), only.source.as_str(), only.date),
            None => (setting.title.as_str(), "tidings", setting.made),
        };
        // A name in quotes that looks like an encoded word is read as one by many.
        let from = from.replace("=?", "= ?");
        let mut message = MessageBuilder::new().from((from.as_str(), NOBODY));
        message = match encoded(subject) {
            Some(encoded) => message.header("Subject", Raw::new(encoded)),
            None => message.subject(subject),
        };
        message = message.date(date.as_second()).message_id(format!("{id}@tidings.invalid"));
        if let Some(only) = &only {
            // RFC 5064: where the text can be read. A line has no place for one that is longer, and the text names it.
            if let Some(url) = only.url.as_ref().filter(|url| url.len() <= LONGEST_ADDRESS) {
                message = message.header("Archived-At", Raw::new(format!("<{url}>")));
            }
            if let Some(language) = &only.language {
                message = message.header("Content-Language", Raw::new(language.clone()));
            }
        }
        let html = self.page.finish(setting);
        let part = |kind, text: String| MimePart::new(kind, BodyPart::Text(text.into()));
        // The same message for the same articles: the boundary is not left to the clock.
        let kind = ContentType::new("multipart/alternative").attribute("boundary", format!("=_tidings_{id}"));
        let body = MimePart::new(kind, vec![part("text/plain", self.text), part("text/html", html)]);
        let mut bytes = Vec::new();
        message.body(body).serialize(&mut bytes);
        bytes
    }
}

/// Plain ASCII that looks like an encoded word (RFC 2047), encoded so that it is not read as one; none for any other text,
/// which the builder encodes where that is needed.
fn encoded(text: &str) -> Option<String> {
    if !text.is_ascii() || !text.contains("=?") {
        return None;
    }
    let escape = |byte: &u8| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(*byte).to_string(),
        _ => format!("={byte:02X}"),
    };
    // At most 60 characters of text in a word of at most 75.
    let words = text.as_bytes().chunks(20).map(|chunk| {
        let chunk: String = chunk.iter().map(escape).collect();
        format!("=?utf-8?q?{chunk}?=")
    });
    Some(words.collect::<Vec<_>>().join(" "))
}

/// A document as lines of text, below them the links whose addresses are not read there already.
fn text(mut document: Document) -> String {
    let Document { blocks, links } = &mut document;
    for block in blocks.iter_mut() {
        let Block::Paragraph(spans) = block else { continue };
        for span in spans {
            let is_address = |link: &usize| links.get(*link).is_some_and(|link| link.url == span.text);
            span.link = span.link.filter(|link| !is_address(link));
        }
    }
    let mut text = String::new();
    let mut listed = BTreeSet::new();
    for line in document::layout(&document, &document::Setting { width: WIDTH, ..document::Setting::default() }) {
        listed.extend(line.spans.iter().filter_map(|span| span.link));
        let line: String = line.spans.iter().map(|span| span.text.as_str()).collect();
        text.push_str(line.trim_end());
        text.push('\n');
    }
    if !listed.is_empty() {
        text.push('\n');
    }
    for n in listed {
        if let Some(link) = document.links.get(n) {
            writeln!(text, "[{}] {}", n + 1, link.url).ok();
        }
    }
    text
}
