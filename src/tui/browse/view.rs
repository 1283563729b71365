//! Drawing list and article.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::groups::{Grouping, Line};
use super::{Browse, Focus, Phase, article};
use crate::config::DateStyle;
use crate::model::{Genre, Headline};
use crate::query::Scope;
use crate::text::{cut, humanize, pad, width};
use crate::tui::layout::{self, Panes};
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::{hits, paint};
use crate::tui::{times, words};

/// Columns of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Columns {
    date: usize,
    source: usize,
    title: usize,
    topic: usize,
    more: usize,
}

/// What a hit whose title has none of the words says.
const BODY_MATCH: &str = "body match";

/// Other articles of a story that are told by number.
const COUNTED_OTHERS: u32 = 99;

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
        let (topic, more) = if total < 60 { (0, 3) } else { (6, 3) };
        let fixed = FLAGS + date + 1 + source + 1 + 1 + topic + more + 1;
        Self { date, source, title: total.saturating_sub(fixed), topic, more }
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
    let text = article::draw_article(browse, shared, panes.article, buffer);
    if browse.focus == Focus::Article { text } else { row }
}

fn draw_list(browse: &Browse, shared: &Shared, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let list = &browse.list;
    let rows = list.window.rows();
    let grouping = list.grouping(&shared.zone);
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
        let counts = if grouping.covered { "sources ".to_owned() } else { format!("{unread} unread of {all} ") };
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
    let said = match (found_below, row.genres.has(Genre::Sponsored)) {
        (true, _) => Some(BODY_MATCH),
        (false, true) => Some(words::genre(Genre::Sponsored)),
        (false, false) => None,
    };
    let said = said.filter(|said| columns.title >= width(said) + 2 + LEAST_TITLE);
    let title = match said {
        Some(said) => pad(&row.title, columns.title - width(said) - 2, glyphs.ellipsis),
        None => cut(&row.title, columns.title, glyphs.ellipsis),
    };
    let dim = theme.style(Role::Dim);
    let mut runs: Vec<(Style, &str)> = vec![
        (theme.style(Role::Text), " "),
        (theme.style(if first == " " { Role::Text } else { Role::Saved }), first),
        // The dot is no link: without colours the accent would underline it.
        (
            theme.style(if row.state.read { Role::Text } else { Role::Accent }).remove_modifier(Modifier::UNDERLINED),
            flag(!row.state.read, glyphs.unread),
        ),
    ];
    let dated = format!("{date:>wide$} ", wide = columns.date);
    let sourced = format!("{source} ");
    runs.push((dim, &dated));
    runs.push((dim, &sourced));
    for (hit, part) in hits::split(&title, &browse.hits) {
        runs.push((theme.style(if hit { Role::Hit } else { title_role }), part));
    }
    if let Some(said) = said {
        runs.push((dim, "  "));
        runs.push((dim, said));
    }
    paint::runs(buffer, area, runs);
    let label = pad(row.topics.first().map_or("", |topic| topic.get().label), columns.topic, "");
    let (role, more) = more(row, browse.list.scope == Scope::Covered);
    let edge =
        [(dim, label), (theme.style(role), format!("{more:>wide$}", wide = columns.more)), (dim, " ".to_owned())];
    if edge.iter().any(|(_, text)| !text.trim().is_empty()) {
        paint::right(buffer, area, &edge);
    }
}

/// What stands at the right edge: the other articles of the story, bold while one of them is unread; else that the text is
/// taken from somebody; in the list of what is covered most the number of sources.
fn more(row: &Headline, covered: bool) -> (Role, String) {
    let coverage = row.coverage;
    if covered {
        return (Role::Text, coverage.sources.to_string());
    }
    let role = if coverage.unread > 0 { Role::Unread } else { Role::Dim };
    match coverage.others {
        0 if row.via.is_some() => (Role::Dim, "via".to_owned()),
        0 => (Role::Dim, String::new()),
        n if n > COUNTED_OTHERS => (role, format!("{COUNTED_OTHERS}+")),
        n => (role, format!("+{n}")),
    }
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
