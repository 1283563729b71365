//! Drawing the article.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::hints;
use super::rows::{Parts, Piece};
use crate::text::{clusters, cut, width};
use crate::tui::browse::{Browse, view};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::reading::Shown;
use crate::tui::theme::Role;
use crate::tui::widget::{hits, input, paint};
use crate::tui::words;

impl Browse {
    /// Rows of the pane that are the article's: the last one is for what is looked for in it.
    pub(in crate::tui::browse) fn article_height(&self, pane: Rect) -> u16 {
        pane.height.saturating_sub(u16::from(self.article.find.is_some() && pane.height > 1))
    }
}

/// Draws the article; gives the place of the cursor.
pub fn draw_article(browse: &Browse, shared: &Shared, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    if area.is_empty() {
        return None;
    }
    let parts = Parts::of(&browse.article);
    let inner = Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(1), ..area };
    let height = browse.article_height(area);
    for n in 0..usize::from(height) {
        let at = browse.article.scroll + n;
        let Some(row) = parts.row(at) else { break };
        let runs = match (&browse.article.find, parts.line(at)) {
            (Some(_), Some(line)) => found(browse, shared, &row, line),
            (Some(_), None) => row.iter().map(|piece| (style(shared, piece), piece.text.as_str())).collect(),
            (None, _) => searched(browse, shared, &row),
        };
        paint::runs(buffer, layout::line(inner, n), runs);
    }
    label_links(browse, shared, buffer);
    let top = Position { x: area.x, y: area.y };
    if height == area.height {
        return Some(top);
    }
    let typed = find_line(browse, shared, layout::line(inner, usize::from(height)), buffer);
    Some(typed.unwrap_or(top))
}

fn style(shared: &Shared, piece: &Piece) -> Style {
    shared.settings.theme.style(piece.role).add_modifier(piece.emphasis)
}

/// A row with what the search of the library found.
fn searched<'a>(browse: &Browse, shared: &Shared, row: &'a [Piece]) -> Vec<(Style, &'a str)> {
    let mut runs = Vec::new();
    for piece in row {
        for (hit, part) in hits::split(&piece.text, &browse.hits) {
            runs.push((if hit { shared.settings.theme.style(Role::Hit) } else { style(shared, piece) }, part));
        }
    }
    runs
}

/// A row with what is found in the article: the hit that the user is at looks like a selected row.
fn found<'a>(browse: &Browse, shared: &Shared, row: &'a [Piece], line: usize) -> Vec<(Style, &'a str)> {
    let theme = &shared.settings.theme;
    let hits: Vec<_> = browse.article.find.iter().flat_map(|find| find.in_line(line)).collect();
    let mut runs = Vec::new();
    let mut begins = 0;
    for piece in row {
        let ends = begins + width(&piece.text);
        let mut at = begins;
        for (hit, here) in hits.iter().filter(|(hit, _)| hit.start < ends && hit.end > begins) {
            let (from, to) = (hit.start.max(at), hit.end.min(ends));
            if from > at {
                runs.push((style(shared, piece), part(piece, at - begins, from - begins)));
            }
            let role = if *here { Role::Selected } else { Role::Hit };
            runs.push((theme.style(role).remove_modifier(Modifier::DIM), part(piece, from - begins, to - begins)));
            at = to;
        }
        if at < ends {
            runs.push((style(shared, piece), part(piece, at - begins, ends - begins)));
        }
        begins = ends;
    }
    runs
}

/// The text of a piece from a column to another one.
fn part(piece: &Piece, from: usize, to: usize) -> &str {
    let byte = |wanted: usize| {
        let mut column = 0;
        let mut at = clusters(&piece.text).filter_map(move |(at, _, wide)| {
            let begins = column;
            column += wide;
            (begins >= wanted).then_some(at)
        });
        at.next().unwrap_or(piece.text.len())
    };
    piece.text.get(byte(from)..byte(to)).unwrap_or_default()
}

fn label_links(browse: &Browse, shared: &Shared, buffer: &mut Buffer) {
    let Some(hints) = &browse.article.hints else { return };
    let style = shared.settings.theme.style(Role::Selected).remove_modifier(Modifier::DIM);
    for label in hints::in_sight(browse, shared) {
        let Some(rest) = label.text.strip_prefix(hints.typed.as_str()) else { continue };
        for spot in label.spots {
            let wide = usize::from(spot.area.width);
            if spot.marker {
                paint::text(buffer, spot.area, &format!("{rest:^wide$}"), style);
            } else {
                paint::text(buffer, beside(spot.area, rest, buffer), rest, style);
            }
        }
    }
}

/// Where a label stands that has no number to take the place of: before what it leads to, a column apart where there is
/// room; else on its beginning.
fn beside(area: Rect, label: &str, buffer: &Buffer) -> Rect {
    let wide = u16::try_from(width(label)).unwrap_or(u16::MAX);
    let is_free = |from: u16| (from..area.x).all(|x| buffer.cell((x, area.y)).is_some_and(|cell| cell.symbol() == " "));
    let mut places = [wide.saturating_add(1), wide].into_iter().filter_map(|back| area.x.checked_sub(back));
    let x = places.find(|x| is_free(*x)).unwrap_or(area.x);
    Rect { x, width: area.right() - x, ..area }
}

/// What is looked for, and which of its hits the user is at; gives the place of the cursor while it is typed.
fn find_line(browse: &Browse, shared: &Shared, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let find = browse.article.find.as_ref()?;
    let theme = &shared.settings.theme;
    let tally = find.tally().map(|tally| format!(" {tally} ")).unwrap_or_default();
    let taken = paint::right(buffer, area, &[(theme.style(Role::Dim), tally)]);
    let x = paint::text(buffer, area, "find: ", theme.style(Role::Key));
    let field = Rect { x, width: area.right().saturating_sub(taken).saturating_sub(x), ..area };
    let cursor = input::draw(buffer, field, &find.input, theme.style(Role::Text));
    find.typing.then_some(cursor)
}

/// What of the article is shown, and how far it has been read.
pub(super) fn progress(browse: &Browse) -> Vec<String> {
    let pane = &browse.article;
    let shown = match pane.shown {
        Shown::Text => None,
        Shown::Feed => Some("feed’s text".to_owned()),
        Shown::Source => Some("source".to_owned()),
    };
    let percent = match pane.continued {
        Some(percent) => format!("continued at {percent} %"),
        None => format!("{} %", pane.percent()),
    };
    shown.into_iter().chain([percent]).collect()
}

/// Above an article at full height: where it is in the list, and how far it has been read.
pub fn article_bar(browse: &Browse, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let Some(current) = browse.list.current() else { return };
    let saved = if current.state.saved { format!("{} saved  ", shared.settings.glyphs.saved) } else { String::new() };
    let dot = format!(" {} ", shared.settings.glyphs.dot);
    let right = format!("{saved}{} ", progress(browse).join(&dot));
    let taken = paint::right(buffer, area, &[(theme.style(Role::Dim), right)]);
    let mut parts: Vec<String> = view::place(browse).into_iter().collect();
    parts.extend(current.topics.first().map(|t| words::topic(*t).to_owned()));
    parts.push(words::source(current));
    let room = usize::from(area.width.saturating_sub(taken + 2));
    let text = cut(&parts.join(&dot), room, shared.settings.glyphs.ellipsis);
    paint::text(buffer, area, &format!(" {text}"), theme.style(Role::Dim));
}
