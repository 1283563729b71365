//! Drawing list and article.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::groups::{Grouping, Line};
use super::{Browse, Focus, Phase, article};
use crate::config::DateStyle;
use crate::model::Headline;
use crate::text::{cut, humanize, pad, width};
use crate::tui::layout::{self, Panes};
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::times;
use crate::tui::widget::{hits, paint};

/// Columns of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    date: usize,
    source: usize,
    title: usize,
    topic: usize,
}

/// What a hit whose title has none of the words says.
const BODY_MATCH: &str = "body match";

/// Columns that a title keeps beside that.
const LEAST_TITLE: usize = 24;

/// Columns of the flags, with the free one before them.
const FLAGS: usize = 3;

impl Columns {
    fn of(total: usize, dates: DateStyle) -> Self {
        let date = match dates {
            DateStyle::Date if total >= 60 => 10,
            DateStyle::Date | DateStyle::Age => 4,
        };
        let source = match total {
            ..60 => 8,
            60..150 => 12,
            _ => 16,
        };
        let topic = if total < 60 { 0 } else { 5 };
        let fixed = FLAGS + date + 1 + source + 1 + if topic > 0 { topic + 2 } else { 0 } + 1;
        Self { date, source, title: total.saturating_sub(fixed), topic }
    }
}

/// Draws list, article and the rules between them; gives the place of the cursor.
pub fn draw(browse: &Browse, shared: &Shared, panes: &Panes, buffer: &mut Buffer) -> Option<Position> {
    let settings = &shared.settings;
    let rule = settings.theme.style(Role::Rule);
    for area in panes.rules {
        paint::horizontal(buffer, area, settings.glyphs.horizontal, rule);
    }
    paint::vertical(buffer, panes.divider, settings.glyphs.vertical, rule);
    let row = draw_list(browse, shared, panes.list, buffer);
    let text = draw_article(browse, shared, panes.article, buffer);
    if browse.focus == Focus::Article { text } else { row }
}

fn draw_list(browse: &Browse, shared: &Shared, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let list = &browse.list;
    let rows = list.window.rows();
    let grouping = Grouping { order: list.order, zone: &shared.zone };
    let columns = Columns::of(usize::from(area.width), shared.settings.ui.dates);
    let mut cursor = None;
    for (n, line) in list.lines(usize::from(area.height), &grouping).into_iter().enumerate() {
        let place = layout::line(area, n);
        match line {
            Line::Heading(at) => heading(browse, shared, &grouping, at, place, buffer),
            Line::Row(at) => {
                let row = &rows[at];
                draw_row(browse, shared, row, columns, place, buffer);
                if at == list.selected {
                    let role = if browse.focus == Focus::List { Role::Selected } else { Role::Marked };
                    buffer.set_style(place, shared.settings.theme.style(role).remove_modifier(Modifier::DIM));
                    cursor = Some(Position { x: place.x, y: place.y });
                }
            }
        }
    }
    cursor
}

fn heading(browse: &Browse, shared: &Shared, grouping: &Grouping<'_>, at: usize, area: Rect, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let window = &browse.list.window;
    let title = grouping.title(&window.rows()[at], shared.now);
    paint::text(buffer, area, &format!(" {title}"), theme.style(Role::Heading));
    if let Some((unread, all)) = grouping.counts(window.rows(), at, window.at_start, window.at_end) {
        let counts = format!("{unread} unread of {all} ");
        if usize::from(area.width) > width(&title) + counts.len() + 3 {
            paint::right(buffer, area, &[(theme.style(Role::Dim), counts)]);
        }
    }
}

fn draw_row(browse: &Browse, shared: &Shared, row: &Headline, columns: Columns, area: Rect, buffer: &mut Buffer) {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let flag = |on: bool, glyph: &'static str| if on { glyph } else { " " };
    let first = if row.state.saved { glyphs.saved } else { flag(row.state.noted, glyphs.noted) };
    let date = match shared.settings.ui.dates {
        DateStyle::Date if columns.date >= 10 => times::short_date(row.date, shared.now, &shared.zone),
        DateStyle::Date | DateStyle::Age => humanize::age(times::seconds(row.date, shared.now)),
    };
    let source = pad(&row.feed_name, columns.source, glyphs.ellipsis);
    let title_role = if row.state.read { Role::Read } else { Role::Unread };
    let found_below = !browse.hits.is_empty() && !hits::split(&row.title, &browse.hits).iter().any(|(hit, _)| *hit);
    let note = columns.title.checked_sub(width(BODY_MATCH) + 2).filter(|room| found_below && *room >= LEAST_TITLE);
    let title = match note {
        Some(room) => pad(&row.title, room, glyphs.ellipsis),
        None => cut(&row.title, columns.title, glyphs.ellipsis),
    };
    let dim = theme.style(Role::Dim);
    let mut runs: Vec<(Style, &str)> = vec![
        (theme.style(Role::Text), " "),
        (theme.style(if first == " " { Role::Text } else { Role::Saved }), first),
        (theme.style(if row.state.read { Role::Text } else { Role::Accent }), flag(!row.state.read, glyphs.unread)),
    ];
    let dated = format!("{date:>wide$} ", wide = columns.date);
    let sourced = format!("{source} ");
    runs.push((dim, &dated));
    runs.push((dim, &sourced));
    for (hit, part) in hits::split(&title, &browse.hits) {
        runs.push((theme.style(if hit { Role::Hit } else { title_role }), part));
    }
    if note.is_some() {
        runs.push((dim, "  "));
        runs.push((dim, BODY_MATCH));
    }
    paint::runs(buffer, area, runs);
    if columns.topic > 0
        && let Some(topic) = row.topics.first()
    {
        let label = pad(topic.get().label, columns.topic, "");
        paint::right(buffer, area, &[(dim, format!("{label} "))]);
    }
}

fn draw_article(browse: &Browse, shared: &Shared, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let theme = &shared.settings.theme;
    let parts = article::Parts::of(browse, shared, area);
    let inner = Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(1), ..area };
    for n in 0..usize::from(area.height) {
        let Some(row) = parts.row(browse.article.scroll + n) else { break };
        let mut runs: Vec<(Style, &str)> = Vec::new();
        for (role, text) in &row {
            for (hit, part) in hits::split(text, &browse.hits) {
                runs.push((theme.style(if hit { Role::Hit } else { *role }), part));
            }
        }
        paint::runs(buffer, layout::line(inner, n), runs);
    }
    Some(Position { x: area.x, y: area.y })
}

/// What an empty list says, in lines.
#[must_use]
pub fn phase_words(browse: &Browse) -> Option<(Role, String)> {
    match &browse.list.phase {
        Phase::Failed(error) => Some((Role::Error, error.clone())),
        Phase::Loading | Phase::Ready => None,
    }
}

/// Place of the cursor in the list: `2/214`, or `214` where the place is not known.
#[must_use]
pub fn place(browse: &Browse) -> Option<String> {
    let list = &browse.list;
    list.current()?;
    Some(match (list.number(), list.total) {
        (Some(number), Some(total)) => format!("{}/{}", humanize::count(number), humanize::count(total.max(number))),
        (Some(number), None) => humanize::count(number),
        (None, Some(total)) => format!("of {}", humanize::count(total)),
        (None, None) => return None,
    })
}
