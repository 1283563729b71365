//! Drawing the search: the query with its fault or its completions below, the hits, or what can be searched for.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::State;
use super::{cheat_sheet, suggestion};
use crate::command::CommandId;
use crate::model::Entity;
use crate::query::QueryError;
use crate::text::{cut, humanize, width, wrap};
use crate::tui::browse::{Focus, Phase, article, view};
use crate::tui::layout::{self, Panes};
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::paint::Run;
use crate::tui::widget::{input, paint, status_line};
use crate::tui::words;

/// Lines of what is wrong with a query, below its caret.
const FAULT_LINES: usize = 3;

/// The keys while something is typed, the most important first and last.
const TYPING_KEYS: [(&str, &str); 4] =
    [("Enter", "to the hits"), ("Tab", "complete"), ("F1", "help"), ("Esc", "clear")];

/// The keys among the hits.
const HIT_KEYS: [CommandId; 5] =
    [CommandId::ListOpen, CommandId::AppSearch, CommandId::ArticleSave, CommandId::ListBack, CommandId::AppHelp];

/// The keys in the article.
const ARTICLE_KEYS: [CommandId; 4] =
    [CommandId::ArticlePageDown, CommandId::ArticleBrowse, CommandId::ArticleBack, CommandId::AppHelp];

/// Draws the search; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let browse = &state.browse;
    let panes = browse.panes(shared);
    let field = bar(state, shared, panes.bar, buffer);
    let typed = input::draw(buffer, field, &state.input, shared.settings.theme.style(Role::Text));
    let mut cursor = None;
    if state.is_searching() {
        cursor = view::draw(browse, shared, &panes, buffer);
        if state.error.is_some() && !browse.list.window.rows().is_empty() {
            // These are the hits of before: what is typed now cannot be understood.
            for area in [panes.list, panes.article] {
                buffer.set_style(area, shared.settings.theme.style(Role::Dim));
            }
        }
        if browse.list.window.rows().is_empty() && !panes.list.is_empty() {
            no_hits(state, shared, panes.list, buffer);
        }
    } else {
        let page = layout::page(shared.area);
        for rule in page.rules {
            let style = shared.settings.theme.style(Role::Rule);
            paint::horizontal(buffer, rule, shared.settings.glyphs.horizontal, style);
        }
        cheat_sheet::draw(shared, page.body, buffer);
    }
    below_the_query(state, shared, &panes, field, typed, buffer);
    footer(state, shared, &panes, buffer);
    if state.typing { Some(typed) } else { cursor.or(Some(typed)) }
}

/// The query's line without the query: gives where that goes.
fn bar(state: &State, shared: &Shared, area: Rect, buffer: &mut Buffer) -> Rect {
    let theme = &shared.settings.theme;
    let list = &state.browse.list;
    let tally = match (state.is_searching(), list.total) {
        (true, Some(_)) if state.error.is_some() => "hits of the query before ".to_owned(),
        (true, Some(hits)) => format!("{} of {} ", humanize::count(hits), humanize::count(shared.counts.articles)),
        (true, None) | (false, _) => String::new(),
    };
    let room = usize::from(area.width);
    // A narrow terminal has the tally in the footer only.
    let tally = if width(&tally) * 2 < room { tally } else { String::new() };
    let taken = paint::right(buffer, area, &[(theme.style(Role::Dim), tally)]);
    let x = paint::text(buffer, area, " / ", theme.style(Role::Key));
    let end = area.right().saturating_sub(taken.saturating_add(u16::from(taken > 0)));
    Rect { x, width: end.saturating_sub(x), ..area }
}

/// Completions, or a caret under what cannot be understood: on the rule below the query, on low terminals on the list.
fn below_the_query(state: &State, shared: &Shared, panes: &Panes, field: Rect, typed: Position, buffer: &mut Buffer) {
    let body = if panes.list.is_empty() { panes.article } else { panes.list };
    let ruled = !panes.rules[0].is_empty();
    let place = |n: usize| match (ruled, n) {
        (true, 0) => panes.rules[0],
        (true, n) => layout::line(body, n - 1),
        (false, n) => layout::line(body, n),
    };
    let lines = match (&state.menu, &state.error) {
        (Some(menu), _) => vec![candidates(&menu.candidates, menu.selected, shared, place(0))],
        (None, Some(error)) => fault(state, error, shared, field, typed),
        // On low terminals the first hit stays in sight; what is found nowhere has room.
        (None, None) if ruled || state.browse.list.window.rows().is_empty() => match suggestion::offered(state) {
            Some((entity, articles)) => vec![meant(entity, articles, shared, place(0))],
            None => return,
        },
        (None, None) => return,
    };
    for (n, runs) in lines.iter().enumerate() {
        let area = place(n);
        buffer.set_style(area, Style::reset());
        paint::text(buffer, area, &" ".repeat(usize::from(area.width)), Style::new());
        paint::line(buffer, area, runs);
    }
}

fn candidates(candidates: &[String], selected: usize, shared: &Shared, area: Rect) -> Vec<Run> {
    let theme = &shared.settings.theme;
    let mut room = usize::from(area.width).saturating_sub(4);
    // The first one shown: as far to the left as leaves the selected one in sight.
    let mut first = selected.min(candidates.len().saturating_sub(1));
    let mut taken = candidates.get(first).map_or(0, |c| width(c) + 2);
    while first > 0 && taken + width(&candidates[first - 1]) + 2 <= room {
        first -= 1;
        taken += width(&candidates[first]) + 2;
    }
    let mut runs = vec![(theme.style(Role::Text), " ".to_owned())];
    for (n, candidate) in candidates.iter().enumerate().skip(first) {
        let role = if n == selected { Role::Selected } else { Role::Text };
        let text = cut(candidate, room, shared.settings.glyphs.ellipsis);
        room = room.saturating_sub(width(&text) + 2);
        runs.push((theme.style(role), format!(" {text} ")));
        if room == 0 {
            break;
        }
    }
    runs
}

/// Whom the words may mean.
fn meant(entity: &Entity, articles: u64, shared: &Shared, area: Rect) -> Vec<Run> {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let after = format!(" ({})? Tab searches for it", words::articles(articles));
    let before = " Did you mean ";
    let room = usize::from(area.width).saturating_sub(width(before) + width(&after) + 1);
    let name = cut(&format!("{}{}", glyphs.name, entity.name), room, glyphs.ellipsis);
    vec![(theme.style(Role::Dim), before.to_owned()), (theme.style(Role::Link), name), (theme.style(Role::Dim), after)]
}

/// A caret under the fault with what is wrong beside it, or below it where that is too long.
fn fault(state: &State, error: &QueryError, shared: &Shared, field: Rect, typed: Position) -> Vec<Vec<Run>> {
    let style = shared.settings.theme.style(Role::Error);
    let text = state.input.value();
    let columns = |from: usize, count: usize| width(&text.chars().skip(from).take(count).collect::<String>());
    // The field may be scrolled: the cursor's place says by how much.
    let scrolled = state.input.visual_cursor().saturating_sub(usize::from(typed.x.saturating_sub(field.x)));
    let end = usize::from(shared.area.width);
    let before = usize::from(field.x) + columns(0, error.at.start).saturating_sub(scrolled);
    let before = before.min(end.saturating_sub(1));
    let carets = "^".repeat(columns(error.at.start, error.at.len()).clamp(1, (end - before).max(1)));
    let gap = (Style::new(), " ".repeat(before));
    let message = &error.message;
    if before + carets.len() + 1 + width(message) < end {
        return vec![vec![gap, (style, format!("{carets} {message}"))]];
    }
    if width(message) + 2 < before {
        let gap = " ".repeat(before - width(message) - 1);
        return vec![vec![(Style::new(), gap), (style, format!("{message} {carets}"))]];
    }
    let message = wrap(message, end.saturating_sub(2)).into_iter().take(FAULT_LINES);
    let below = message.map(|line| vec![(style, format!(" {line}"))]);
    std::iter::once(vec![gap, (style, carets)]).chain(below).collect()
}

/// What stands in place of hits when there are none.
fn no_hits(state: &State, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let list = &state.browse.list;
    let mut lines = match &list.phase {
        Phase::Loading => Vec::new(),
        Phase::Failed(error) => vec![(Role::Error, error.clone())],
        Phase::Ready => {
            let all = words::articles(shared.counts.articles);
            vec![
                (Role::Heading, "Nothing matches.".to_owned()),
                (Role::Text, format!("Searched: titles, texts, authors and feeds of {all}.")),
            ]
        }
    };
    if list.phase == Phase::Ready {
        if list.unread_only {
            let key = shared.key(CommandId::ListToggleRead);
            lines.push((Role::Text, format!("Only unread ones are shown; among the hits {key} shows the others too.")));
        }
        lines.push((Role::Dim, "word* finds what begins with it, OR either of two; Esc clears.".to_owned()));
    }
    let inner = Rect { x: area.x + area.width.min(6), width: area.width.saturating_sub(8), ..area };
    let mut n = usize::from(area.height > 4);
    for (role, text) in lines {
        for line in wrap(&text, usize::from(inner.width)) {
            paint::text(buffer, layout::line(inner, n), &line, theme.style(role));
            n += 1;
        }
    }
}

fn footer(state: &State, shared: &Shared, panes: &Panes, buffer: &mut Buffer) {
    let browse = &state.browse;
    let mut place: Vec<String> = Vec::new();
    if state.is_searching() {
        place.extend(view::place(browse));
        if browse.list.unread_only {
            place.push("unread".to_owned());
        }
    }
    if state.typing {
        status_line::draw_fixed(buffer, panes.message, panes.footer, shared, &place, &TYPING_KEYS);
        return;
    }
    let keys: &[CommandId] = if browse.focus == Focus::Article { &ARTICLE_KEYS } else { &HIT_KEYS };
    article::draw_footer(browse, shared, panes, place, keys, buffer);
}
