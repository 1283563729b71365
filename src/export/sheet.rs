//! An article as one document: its title, where it is from, the user's note, its text, and what is attached.

use jiff::tz::TimeZone;

use super::piece::{Piece, minute};
use crate::document::{self, Block, Document, Link, Span, Style};
use crate::model::{Article, Enclosure};
use crate::text::{clean_line, humanize};

/// Lowest level of a heading.
const LOWEST: u8 = 6;

/// The document of an article, its title a heading of this level.
pub(super) fn sheet(article: &Article, piece: &Piece, level: u8, zone: &TimeZone) -> Document {
    let Document { blocks: mut body, mut links } = document::read_html(article.html(), Some(article.base_url()));
    // Full texts often begin with the title once more.
    if let Some(Block::Heading(_, spans)) = body.first()
        && clean_line(&words(spans)) == piece.title
    {
        body.remove(0);
    }
    let highest = highest(&body).unwrap_or(LOWEST);
    let below = level.saturating_add(1);
    shift(&mut body, highest, below);
    let mut blocks = vec![Block::Heading(level, vec![plain(&piece.title)]), head(piece, zone, &mut links)];
    blocks.extend(piece.note.as_deref().map(note));
    if let Some(barrier) = piece.barrier {
        let words = format!("The page {}; this may be only its beginning.", barrier.words());
        blocks.push(Block::Paragraph(vec![quiet(&words)]));
    }
    blocks.append(&mut body);
    if !piece.files.is_empty() {
        blocks.push(Block::Heading(below.min(LOWEST), vec![plain("Attached files")]));
        let items = piece.files.iter().map(|file| vec![Block::Paragraph(attachment(file, &mut links))]).collect();
        blocks.push(Block::List { numbering: None, items });
    }
    Document { blocks, links }
}

/// Source, author, date and genre on one line, its addresses below.
fn head(piece: &Piece, zone: &TimeZone, links: &mut Vec<Link>) -> Block {
    let mut facts = vec![piece.source_and_via()];
    facts.extend(piece.author.clone());
    let date = minute(piece.date, zone);
    facts.push(if piece.is_dated { date } else { format!("{date} (found; its feed gives no date)") });
    facts.extend(piece.genre());
    let mut spans = vec![plain(&facts.join(" · "))];
    if let Some(url) = &piece.url {
        spans.extend([plain("\n"), linked(url, url, links)]);
    }
    if let Some(original) = &piece.original {
        spans.extend([plain("\n"), plain("First at "), linked(original, original, links)]);
    }
    Block::Paragraph(spans)
}

fn note(note: &str) -> Block {
    let mut spans = vec![Span { text: "Note:".into(), style: Style { bold: true, ..Style::default() }, link: None }];
    for (at, line) in note.lines().map(clean_line).filter(|line| !line.is_empty()).enumerate() {
        spans.push(plain(if at == 0 { " " } else { "\n" }));
        spans.push(plain(&line));
    }
    Block::Paragraph(spans)
}

/// Title, type and size of a file, with its address behind the title.
fn attachment(file: &Enclosure, links: &mut Vec<Link>) -> Vec<Span> {
    let title = file.title.as_deref().map(clean_line).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| clean_line(&file.url));
    let mut facts = vec![clean_line(&file.mime)];
    facts.extend(file.bytes.map(humanize::bytes));
    facts.retain(|fact| !fact.is_empty());
    let mut spans = vec![match super::piece::web_address(&file.url) {
        Some(url) => linked(&title, &url, links),
        None => plain(&title),
    }];
    if !facts.is_empty() {
        spans.push(plain(&format!(", {}", facts.join(", "))));
    }
    spans
}

/// A span that links to `url`.
pub(super) fn linked(text: &str, url: &str, links: &mut Vec<Link>) -> Span {
    let at = links.iter().position(|link| link.url == url).unwrap_or_else(|| {
        links.push(Link { url: url.to_owned(), text: text.to_owned() });
        links.len() - 1
    });
    Span { text: text.to_owned(), style: Style::default(), link: Some(at) }
}

/// A span in the style of the text around it.
pub(super) fn plain(text: &str) -> Span {
    Span { text: text.to_owned(), ..Span::default() }
}

fn quiet(text: &str) -> Span {
    Span { style: Style { italic: true, ..Style::default() }, ..plain(text) }
}

/// The text of spans.
fn words(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

/// The highest level of any heading.
fn highest(blocks: &[Block]) -> Option<u8> {
    let level = |block: &Block| match block {
        Block::Heading(level, _) => Some(*level),
        Block::Quote(blocks) => highest(blocks),
        Block::List { items, .. } => items.iter().filter_map(|item| highest(item)).min(),
        Block::Definitions(list) => list.iter().filter_map(|definition| highest(&definition.text)).min(),
        _ => None,
    };
    blocks.iter().filter_map(level).min()
}

/// Moves all headings so that those of level `highest` are of level `to`.
fn shift(blocks: &mut [Block], highest: u8, to: u8) {
    for block in blocks {
        match block {
            Block::Heading(level, _) => *level = level.saturating_sub(highest).saturating_add(to).min(LOWEST),
            Block::Quote(blocks) => shift(blocks, highest, to),
            Block::List { items, .. } => items.iter_mut().for_each(|item| shift(item, highest, to)),
            Block::Definitions(list) => list.iter_mut().for_each(|definition| shift(&mut definition.text, highest, to)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture::article;

    #[test]
    fn the_title_stands_once_and_above_every_heading() {
        let mut article = article(7);
        article.content_html = format!(
            "<h1>{}</h1><h3>Why</h3><p>Text.</p><blockquote><h5>Deep</h5></blockquote><h2>Then</h2>",
            article.headline.title
        );
        let piece = Piece::of(&article);
        let document = sheet(&article, &piece, 2, &TimeZone::UTC);
        let mut levels = Vec::new();
        let mut visit = |blocks: &[Block]| {
            for block in blocks {
                if let Block::Heading(level, spans) = block {
                    levels.push((*level, words(spans)));
                }
            }
        };
        visit(&document.blocks);
        for block in &document.blocks {
            if let Block::Quote(blocks) = block {
                visit(blocks);
            }
        }
        let levels: Vec<(u8, &str)> = levels.iter().map(|(level, text)| (*level, text.as_str())).collect();
        assert_eq!(
            levels,
            [(2, "Quay 7 reopens after crane repairs"), (4, "Why"), (3, "Then"), (3, "Attached files"), (6, "Deep")]
        );
    }
}
