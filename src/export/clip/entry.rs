//! What stands in a clip: title, where and when, topics, the user's note, and a quotation that is not too long.

use super::{ClipSetting, Item, ItemKind};
use crate::document::{self, Block, Document, Link, Span};
use crate::export::piece::{Piece, day, minute};
use crate::export::quotation;
use crate::export::quotation::opening;
use crate::export::sheet::{linked, plain};
use crate::model::{Article, Headline};
use crate::text::clean_line;

/// Facts of a clip, as they begin.
pub(super) const LABELS: [&str; 11] =
    ["Source", "Via", "Author", "Date", "Link", "Original", "Retrieved", "Topics", "Note", "Story", "Told by"];

pub(super) fn of_article(article: &Article, piece: &Piece, setting: &ClipSetting) -> Vec<Item> {
    let mut items = vec![heading(piece)];
    items.push(fact("Source", &[plain(&piece.source)]));
    items.extend(piece.via.as_ref().map(|via| fact("Via", &[plain(via)])));
    items.extend(piece.author.as_ref().map(|author| fact("Author", &[plain(author)])));
    items.push(fact("Date", &[plain(&minute(piece.date, &setting.zone))]));
    items.extend(piece.url.as_ref().map(|url| address("Link", url)));
    items.extend(piece.original.as_ref().map(|url| address("Original", url)));
    items.push(fact("Retrieved", &[plain(&day(piece.retrieved, &setting.zone))]));
    items.extend(topics(piece));
    items.extend(note(piece));
    items.extend(quote(article, setting));
    items
}

pub(super) fn of_story(
    lead: &Article,
    piece: &Piece,
    told: &[Headline],
    sources: u32,
    setting: &ClipSetting,
) -> Vec<Item> {
    let mut items = vec![heading(piece)];
    let pieces: Vec<Piece> = told.iter().map(Piece::of_headline).collect();
    let (articles, s) = (pieces.len(), |many: bool| if many { "s" } else { "" });
    let dates = || pieces.iter().map(|piece| piece.date);
    let mut words = format!("{articles} article{}, {sources} source{}", s(articles != 1), s(sources != 1));
    if let (Some(first), Some(last)) = (dates().min(), dates().max()) {
        let (first, last) = (day(first, &setting.zone), day(last, &setting.zone));
        words = if first == last { format!("{words}, {first}") } else { format!("{words}, {first} to {last}") };
    }
    items.push(fact("Story", &[plain(&words)]));
    items.push(fact("Retrieved", &[plain(&day(piece.retrieved, &setting.zone))]));
    items.extend(topics(piece));
    items.extend(note(piece));
    items.extend(pieces.iter().map(|piece| teller(piece, setting)));
    items.extend(quote(lead, setting));
    items
}

/// An article of a story: its title with its address, and the rest of its citation.
fn teller(piece: &Piece, setting: &ClipSetting) -> Item {
    let mut links = Vec::new();
    let title = match &piece.url {
        Some(url) => linked(&piece.title, url, &mut links),
        None => plain(&piece.title),
    };
    let mut rest = vec![piece.source_and_via()];
    rest.extend(piece.author.clone());
    rest.push(day(piece.date, &setting.zone));
    fact_with("Told by", &[title, plain(&format!(", {}", rest.join(", ")))], links)
}

fn heading(piece: &Piece) -> Item {
    let mut links = Vec::new();
    let title = match &piece.url {
        Some(url) => linked(&piece.title, url, &mut links),
        None => plain(&piece.title),
    };
    Item { kind: ItemKind::Heading, lines: vec![format!("## {}", inline(&[title], links))] }
}

fn fact(label: &str, spans: &[Span]) -> Item {
    fact_with(label, spans, Vec::new())
}

fn fact_with(label: &str, spans: &[Span], links: Vec<Link>) -> Item {
    Item { kind: ItemKind::Fact, lines: vec![format!("- {label}: {}", inline(spans, links))] }
}

/// An address as such. It has no character that could end it.
fn address(label: &str, url: &str) -> Item {
    Item { kind: ItemKind::Fact, lines: vec![format!("- {label}: <{url}>")] }
}

fn topics(piece: &Piece) -> Option<Item> {
    (!piece.topics.is_empty()).then(|| fact("Topics", &[plain(&piece.topics.join(", "))]))
}

/// The user's own words, as Markdown if they like; further lines belong to the fact.
fn note(piece: &Piece) -> Option<Item> {
    let note = piece.note.as_deref()?;
    let mut lines = note.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut written = vec![format!("- Note: {}", lines.next()?)];
    written.extend(lines.map(|line| format!("  {line}")));
    Some(Item { kind: ItemKind::Fact, lines: written })
}

fn quote(article: &Article, setting: &ClipSetting) -> Option<Item> {
    let text = quotation(&opening(article, setting.quote), setting.quote);
    (!text.is_empty())
        .then(|| Item { kind: ItemKind::Quote, lines: vec![format!("> {}", inline(&[plain(&text)], Vec::new()))] })
}

/// Spans as one line of Markdown.
fn inline(spans: &[Span], links: Vec<Link>) -> String {
    let document = Document { blocks: vec![Block::Paragraph(spans.to_vec())], links };
    clean_line(&document::markdown(&document))
}
