//! What stands around an article: its names above the text, the rest of its story and what is related below it.

use super::article::{Piece, Row, Target};
use crate::command::CommandId;
use crate::engine::Company;
use crate::model::{Entity, Headline};
use crate::text::{cut, humanize, pad, width};
use crate::tui::model::Shared;
use crate::tui::route::Companion;
use crate::tui::theme::Role;
use crate::tui::{times, words};

/// Columns of the labels.
const LABEL: usize = 21;

/// Columns from which on labels stand beside the rows, not above them.
const BESIDE: usize = 100;

/// Columns from which on sources and ages have columns of their own.
const ROOMY: usize = 60;

/// Columns of a source.
const SOURCE: usize = 14;

/// The names in an article, as many to a row as fit.
pub(super) fn names(entities: &[Entity], shared: &Shared, columns: usize) -> Vec<Row> {
    let sign = shared.settings.glyphs.name;
    let mut rows: Vec<Row> = Vec::new();
    let mut left = 0;
    for entity in entities {
        let name = cut(&format!("{sign}{}", entity.name), columns, shared.settings.glyphs.ellipsis);
        let wide = width(&name) + 1;
        match rows.last_mut() {
            Some(row) if wide <= left => {
                row.push(Piece::new(Role::Link, format!(" {name}")));
                left -= wide;
            }
            _ => {
                left = columns.saturating_sub(width(&name));
                rows.push(vec![Piece::new(Role::Link, name)]);
            }
        }
    }
    rows
}

/// The articles under an article: the rest of its story first.
pub(super) fn companions(company: &Company) -> impl Iterator<Item = &Headline> {
    company.story.iter().chain(&company.related)
}

/// The same, as a picker lists them.
pub(super) fn listed(company: &Company) -> Vec<Companion> {
    let one = |headline: &Headline| Companion {
        article: headline.id,
        story: headline.story,
        title: headline.title.clone(),
        source: headline.feed_name.clone(),
    };
    companions(company).map(one).collect()
}

/// Their rows. They are numbered on from the links, so that one row of figures opens all of them.
pub(super) fn rows(company: &Company, links: usize, shared: &Shared, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut number = links;
    for (label, headlines) in [("Also in this story", &company.story), ("Related", &company.related)] {
        if columns < BESIDE && !headlines.is_empty() {
            rows.push(vec![Piece::new(Role::Dim, label)]);
        }
        for (n, headline) in headlines.iter().enumerate() {
            number += 1;
            let mut row = Vec::new();
            let mut room = columns;
            if columns >= BESIDE {
                row.push(Piece::new(Role::Dim, format!("{:<LABEL$}", if n == 0 { label } else { "" })));
                room -= LABEL;
            }
            tell(&mut row, headline, (number, Target::Companion(number - links - 1)), shared, room);
            rows.push(row);
        }
    }
    if !rows.is_empty() {
        rows.push(Vec::new());
    }
    rows
}

/// One of them, within so many columns.
fn tell(row: &mut Row, headline: &Headline, (number, target): (usize, Target), shared: &Shared, columns: usize) {
    let ellipsis = shared.settings.glyphs.ellipsis;
    let role = if headline.state.read { Role::Read } else { Role::Unread };
    let number = Piece::number(number, target);
    let room = columns.saturating_sub(width(&number.text) + 1);
    row.extend([number, Piece::new(Role::Text, " ")]);
    if columns < ROOMY {
        row.push(Piece::new(role, cut(&headline.title, room, ellipsis)).leading(target));
        return;
    }
    let age = humanize::age(times::seconds(headline.date, shared.now));
    row.push(Piece::new(role, pad(&headline.title, room.saturating_sub(SOURCE + 6), ellipsis)).leading(target));
    row.push(Piece::new(Role::Dim, format!("  {}{age:>4}", pad(&headline.feed_name, SOURCE, ellipsis))));
}

/// The topics with their scores, and the key that tells the reasons.
pub(super) fn why(headline: &Headline, shared: &Shared) -> Option<String> {
    let topics = headline.topics.iter().zip(&headline.scores);
    let told: Vec<String> = topics.map(|(topic, score)| format!("{} {score}", words::topic(*topic))).collect();
    let dot = shared.settings.glyphs.dot;
    let key = shared.key(CommandId::ArticleWhy);
    (!told.is_empty()).then(|| format!("{}  {key} tells the reasons", told.join(&format!(" {dot} "))))
}
