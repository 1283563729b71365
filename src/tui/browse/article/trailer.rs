//! Below the text of an article: what it is and is not, the rest of its story, attachments, links.

use super::rows::{Piece, Row, Target, wrapped};
use super::teaser;
use crate::command::CommandId;
use crate::document::{Link, clean_url};
use crate::engine::Company;
use crate::model::{FullText, Headline};
use crate::text::{width, wrap};
use crate::tui::browse::company;
use crate::tui::model::Shared;
use crate::tui::reading::{Reading, Shown};
use crate::tui::theme::Role;
use crate::tui::{times, words};

/// Columns of the labels.
const LABEL: usize = 7;

/// The rows; `width` columns of text, in a pane of `whole` ones.
pub(super) fn rows(
    reading: &Reading,
    company: Option<&Company>,
    headline: &Headline,
    shared: &Shared,
    (width, whole): (usize, usize),
) -> Vec<Row> {
    let mut rows: Vec<Row> = vec![Vec::new()];
    if let Some(why) = &reading.plain_because {
        rows.extend(wrapped(Role::Warning, why, width));
        rows.push(Vec::new());
    }
    if let Some(told) = kind(reading, headline, shared) {
        rows.extend(wrapped(Role::Dim, &told, width));
        rows.push(Vec::new());
    }
    if reading.wanted.shown == Shown::Source {
        return rows;
    }
    if let Some(company) = company {
        rows.extend(company::rows(company, reading.links.len(), shared, whole));
    }
    let article = &reading.article;
    if let Some(note) = &article.note {
        rows.extend(labelled("Note", note, None, width));
    }
    for (n, file) in article.enclosures.iter().enumerate() {
        let label = if n == 0 { "Files" } else { "" };
        let key =
            if n == 0 { format!("  {} plays, downloads", shared.key(CommandId::ArticleFiles)) } else { String::new() };
        let text = format!("{}{key}", words::enclosure(file, shared.settings.glyphs.dot));
        rows.extend(labelled(label, &text, None, width));
    }
    if let Some(credit) = article.full_text.as_ref().and_then(|full| picture(full, shared)) {
        rows.extend(labelled("Image", &credit, None, width));
    }
    for (n, link) in reading.links.iter().enumerate() {
        rows.extend(self::link(n, link, shared, width));
    }
    if let Some(original) = &headline.original {
        let taken_from = headline.via.as_ref().map(|via| format!(" ({via})")).unwrap_or_default();
        let key = shared.key(CommandId::ArticleOriginal);
        let text = format!("{}{taken_from}  {key} opens it", clean_url(original));
        rows.extend(labelled("First", &text, Some(Target::Original), width));
    }
    if !headline.url.is_empty() {
        rows.extend(labelled("Link", &clean_url(&headline.url), Some(Target::Page), width));
    }
    if let Some(why) = company::why(headline, shared) {
        rows.extend(labelled("Why", &why, None, width));
    }
    rows
}

/// What sort of text this is, and what can be done about it.
fn kind(reading: &Reading, headline: &Headline, shared: &Shared) -> Option<String> {
    let glyphs = &shared.settings.glyphs;
    let (rule, dot) = (glyphs.horizontal.repeat(2), glyphs.dot);
    let key = |command| shared.key(command);
    let ruled = |parts: &[String]| Some(format!("{rule} {} {rule}", parts.join(&format!(" {dot} "))));
    let (fetch, open) = (
        format!("{} fetch full text", key(CommandId::ArticleFullText)),
        format!("{} open in browser", key(CommandId::ArticleBrowse)),
    );
    let turn = key(CommandId::ArticleSource);
    match (reading.wanted.shown, &reading.article.full_text) {
        (Shown::Source, Some(_)) => ruled(&["the page’s article as HTML".to_owned(), format!("{turn} its text")]),
        (Shown::Source, None) => ruled(&["the feed’s HTML".to_owned(), format!("{turn} its text")]),
        (Shown::Feed, _) => ruled(&["the feed’s text".to_owned(), format!("{turn} the source, then the full text")]),
        (Shown::Text, Some(full)) => {
            let mut parts = vec![full_text(full, shared)];
            if let Some(barrier) = full.barrier {
                parts.push(format!("the page {}: this may be only the beginning", barrier.words()));
                parts.push(open);
            }
            ruled(&parts)
        }
        (Shown::Text, None) if headline.url.is_empty() || !teaser::is_teaser(reading) => None,
        (Shown::Text, None) => {
            let what = if reading.characters == 0 {
                "title only".to_owned()
            } else {
                format!("teaser only ({} characters)", reading.characters)
            };
            if shared.invented {
                return ruled(&[what]);
            }
            if shared.pages.is_fetching(headline.id) {
                return ruled(&[what, "fetching the full text".to_owned()]);
            }
            let Some(obstacle) = shared.pages.obstacle(headline.id) else { return ruled(&[what, fetch, open]) };
            let mut parts = vec![what, format!("the page {}", obstacle.words), open];
            parts.extend(obstacle.is_file.then(|| format!("{} download", key(CommandId::ArticleFiles))));
            ruled(&parts)
        }
    }
}

/// Where the text is from, and when it came.
fn full_text(full: &FullText, shared: &Shared) -> String {
    let host = words::host(&full.url);
    let at = if times::day(full.fetched, &shared.zone) == times::day(shared.now, &shared.zone) {
        times::clock_time(full.fetched, &shared.zone)
    } else {
        times::date_and_time(full.fetched, &shared.zone)
    };
    let pages = if full.pages > 1 { format!(" ({} pages)", full.pages) } else { String::new() };
    format!("full text from {host}{pages}, fetched {at}")
}

/// What the article's picture shows, and whose it is.
fn picture(full: &FullText, shared: &Shared) -> Option<String> {
    let picture = full.picture.as_ref()?;
    let mut told: Vec<&str> = vec![&picture.alt];
    told.extend(picture.credit.as_deref());
    told.retain(|part| !part.is_empty());
    (!told.is_empty()).then(|| told.join(&format!(" {} ", shared.settings.glyphs.dash)))
}

fn link(n: usize, link: &Link, shared: &Shared, width: usize) -> Vec<Row> {
    let dash = shared.settings.glyphs.dash;
    let text = if link.text.is_empty() || link.text == link.url {
        link.url.clone()
    } else {
        format!("{} {dash} {}", link.text, link.url)
    };
    let target = Target::Link(n);
    let number = Piece::number(n + 1, target);
    let indent = self::width(&number.text) + 1;
    let lines = wrap(&text, width.saturating_sub(LABEL + indent).max(1));
    let rows = lines.into_iter().enumerate().map(|(row, line)| {
        let label = if n == 0 && row == 0 { "Links" } else { "" };
        let text = Piece::new(Role::Text, line).leading(target);
        let label = Piece::new(Role::Dim, format!("{label:<LABEL$}"));
        if row == 0 {
            vec![label, number.clone(), Piece::new(Role::Text, " "), text]
        } else {
            vec![label, Piece::new(Role::Text, " ".repeat(indent)), text]
        }
    });
    rows.collect()
}

fn labelled(label: &str, text: &str, target: Option<Target>, width: usize) -> Vec<Row> {
    let lines = wrap(text, width.saturating_sub(LABEL).max(1));
    let rows = lines.into_iter().enumerate().map(|(n, line)| {
        let label = if n == 0 { label } else { "" };
        vec![Piece::new(Role::Dim, format!("{label:<LABEL$}")), Piece { target, ..Piece::new(Role::Text, line) }]
    });
    rows.collect()
}
