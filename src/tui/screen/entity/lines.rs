//! The lines of the page of an entity.

use jiff::ToSpan as _;
use ratatui::layout::Rect;

use super::State;
use super::state::Row;
use crate::command::CommandId;
use crate::engine::EntityPage;
use crate::model::Headline;
use crate::text::{cut, humanize, pad, width, wrap};
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::outline::Line;
use crate::tui::widget::sparkline::sparkline;
use crate::tui::{times, words};

/// Columns of the labels.
const LABEL: usize = 16;

/// From this height on blank lines part the sections.
const ROOMY: u16 = 14;

/// From this width on sources have columns of their own.
const COLUMNS: u16 = 60;

/// Columns of a source.
const SOURCE: usize = 14;

/// All lines of the page in this area.
pub(super) fn lines(state: &State, shared: &Shared, area: Rect) -> Vec<Line> {
    let Some(page) = &state.page else { return Vec::new() };
    let mut lines = facts(page, shared, area);
    let style = |role| shared.settings.theme.style(role);
    let roomy = area.height >= ROOMY;
    let mut before = None;
    for (n, row) in state.rows().into_iter().enumerate() {
        let heading = match (row, before) {
            (Row::With(_), Some(Row::Articles)) => Some(" Most often with it"),
            (Row::Story(_), Some(Row::Articles | Row::With(_))) => Some(" Newest stories"),
            (Row::Articles | Row::With(_) | Row::Story(_), _) => None,
        };
        if let Some(heading) = heading {
            if roomy {
                lines.push(Line::default());
            }
            lines.push(Line::plain(vec![(style(Role::Heading), heading.to_owned())]));
        }
        before = Some(row);
        lines.extend(match row {
            Row::Articles => Some(articles(n, page, shared, area.width)),
            Row::With(at) => page.with.get(at).map(|(with, count)| {
                let name = format!("  {}{}", shared.settings.glyphs.name, with.name);
                let room = usize::from(area.width).saturating_sub(width(with.kind.words()) + 10);
                let name = pad(&name, room.min(34), shared.settings.glyphs.ellipsis);
                let count = format!("{:>5}  ", humanize::count(u64::from(*count)));
                Line::of(
                    n,
                    vec![
                        (style(Role::Link), name),
                        (style(Role::Text), count),
                        (style(Role::Dim), with.kind.words().to_owned()),
                    ],
                )
            }),
            Row::Story(at) => page.stories.get(at).map(|story| self::story(n, story, shared, area.width)),
        });
    }
    lines
}

/// What it is, other names, and how often it was named.
fn facts(page: &EntityPage, shared: &Shared, area: Rect) -> Vec<Line> {
    let style = |role| shared.settings.theme.style(role);
    let room = usize::from(area.width).saturating_sub(LABEL + 2).max(1);
    let mut lines = Vec::new();
    let mut labelled = |label: &str, role: Role, text: &str, most: usize| {
        for (n, line) in wrap(text, room).into_iter().take(most).enumerate() {
            let label = if n == 0 { label } else { "" };
            lines.push(Line::plain(vec![(style(Role::Dim), format!(" {label:<LABEL$}")), (style(role), line)]));
        }
    };
    let most = if area.height >= ROOMY { 3 } else { 1 };
    let others = other_names(page);
    if !others.is_empty() {
        labelled("Also called", Role::Text, &others.join(", "), most);
    }
    if let Some((latitude, longitude)) = page.entry.position {
        let (north, east) = (if latitude < 0.0 { "S" } else { "N" }, if longitude < 0.0 { "W" } else { "E" });
        let place = format!("{:.2} {north}, {:.2} {east}", latitude.abs(), longitude.abs());
        labelled("Where", Role::Text, &place, 1);
    }
    let curve = sparkline(&page.days, room, &shared.settings.glyphs);
    labelled("Last 90 days", Role::Text, &curve, 1);
    labelled("", Role::Dim, &figures(page, shared), 2);
    lines
}

/// Its other names, without the signs that the tables put before and after them.
fn other_names(page: &EntityPage) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for alias in &page.entry.aliases {
        let name = alias.trim_matches(|c: char| "=?@&*".contains(c)).trim();
        if !name.is_empty() && name != page.entry.entity.name && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The curve in figures.
fn figures(page: &EntityPage, shared: &Shared) -> String {
    let all: u64 = page.days.iter().map(|n| u64::from(*n)).sum();
    let week: u64 = page.days.iter().rev().take(7).map(|n| u64::from(*n)).sum();
    let told = format!("{}, {} in the last 7 days", words::articles(all), humanize::count(week));
    let busiest = page.days.iter().enumerate().max_by_key(|(_, n)| **n).filter(|(_, n)| **n > 0);
    if let Some((at, most)) = busiest {
        let back = i64::try_from(page.days.len().saturating_sub(at + 1)).unwrap_or(0);
        let last = times::day(page.until, &shared.zone);
        if let Ok(day) = last.checked_sub(back.days()) {
            return format!("{told}, at most {most} a day ({day})");
        }
    }
    told
}

fn articles(n: usize, page: &EntityPage, shared: &Shared, columns: u16) -> Line {
    let style = |role| shared.settings.theme.style(role);
    let (all, unread) = page.articles;
    let key = shared.key(CommandId::PageOpen);
    let label = format!(" {:<LABEL$}", "Articles");
    let told = format!("{}, {} unread", humanize::count(all), humanize::count(unread));
    let mut runs = vec![(style(Role::Dim), label), (style(Role::Unread), told)];
    if columns >= COLUMNS {
        runs.push((style(Role::Dim), format!("  {key} lists them")));
    }
    Line::of(n, runs)
}

fn story(n: usize, lead: &Headline, shared: &Shared, columns: u16) -> Line {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let dim = theme.style(Role::Dim);
    let role = theme.style(if lead.state.read { Role::Read } else { Role::Unread });
    let flag = if lead.state.read { " " } else { glyphs.unread };
    let age = humanize::age(times::seconds(lead.date, shared.now));
    let source =
        if columns < COLUMNS { String::new() } else { format!("{} ", pad(&lead.feed_name, SOURCE, glyphs.ellipsis)) };
    let more = if lead.coverage.others > 0 { format!("+{} ", lead.coverage.others) } else { String::new() };
    let before = format!(" {age:>4} {source}");
    let room = usize::from(columns).saturating_sub(width(&before) + width(&more) + 3);
    let runs = vec![(role, format!(" {flag}")), (dim, before), (role, cut(&lead.title, room, glyphs.ellipsis))];
    let bold = theme.style(if lead.coverage.unread > 0 { Role::Unread } else { Role::Dim });
    Line { runs, right: vec![(bold, more)], row: Some(n) }
}
