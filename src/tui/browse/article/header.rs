//! Above the text of an article: its title, where and when it was published and by whom, its names.

use super::rows::{Piece, Row, wrapped};
use crate::model::Headline;
use crate::text::humanize;
use crate::tui::browse::company;
use crate::tui::model::Shared;
use crate::tui::reading::Reading;
use crate::tui::theme::Role;
use crate::tui::{times, words};

pub(super) fn rows(headline: &Headline, reading: Option<&Reading>, shared: &Shared, width: usize) -> Vec<Row> {
    let mut rows = wrapped(Role::Headline, &headline.title, width);
    let dot = format!(" {} ", shared.settings.glyphs.dot);
    let mut meta = vec![words::source(headline)];
    // The page may know what the feed does not tell.
    let of_page = || reading.and_then(|r| r.article.full_text.as_ref()).and_then(|full| full.author.clone());
    meta.extend(headline.author.clone().or_else(of_page));
    meta.push(match headline.published {
        Some(_) => {
            let date = words::date(headline);
            let ago = humanize::ago(times::seconds(date, shared.now));
            format!("{} ({ago})", times::date_and_time(date, &shared.zone))
        }
        None => format!("no date; first seen {}", times::date_and_time(headline.fetched, &shared.zone)),
    });
    let topics: Vec<_> = headline.topics.iter().map(|t| words::topic(*t)).collect();
    if !topics.is_empty() {
        meta.push(topics.join(", "));
    }
    meta.extend(headline.genres.iter().map(|genre| words::genre(genre).to_owned()));
    meta.extend(reading.and_then(Reading::minutes).map(|minutes| format!("{minutes}\u{a0}min")));
    rows.extend(wrapped(Role::Dim, &meta.join(&dot), width));
    rows.extend(company::names(&headline.entities, shared, width));
    rows.push(Vec::<Piece>::new());
    rows
}
