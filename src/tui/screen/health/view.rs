//! Drawing the health screen: totals, a row a feed, and what is known of the one under the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::State;
use super::condition::{Condition, story, totals};
use super::details::details;
use super::state::regions;
use crate::command::CommandId;
use crate::engine::FeedHealth;
use crate::text::{cut, humanize, pad, width, wrap};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::theme::Role;
use crate::tui::times;
use crate::tui::widget::paint::Run;
use crate::tui::widget::{paint, status_line};

/// The keys that matter here, the most important first; help stays last.
const KEYS: [CommandId; 7] = [
    CommandId::FeedsOpen,
    CommandId::FeedsAdd,
    CommandId::FeedsMute,
    CommandId::FeedsRename,
    CommandId::FeedsRemove,
    CommandId::FeedsPoll,
    CommandId::AppHelp,
];

/// [`KEYS`], and before them the one that takes the address that is offered for the selected feed.
fn keys(state: &State) -> Vec<CommandId> {
    let moves = state.selected().is_some_and(|feed| feed.offered.is_some());
    moves.then_some(CommandId::FeedsMove).into_iter().chain(KEYS).collect()
}

/// Columns of the labels of the details.
const LABEL: usize = 11;

/// Columns of a row.
#[derive(Debug, Clone, Copy)]
struct Columns {
    name: usize,
    articles: usize,
    unread: usize,
    next: usize,
    story: usize,
}

impl Columns {
    fn of(total: usize) -> Self {
        // Sign and age, each with the free column beside it.
        const FIXED: usize = 3 + 5;
        let (name, articles, unread, next) = match total {
            ..60 => (total.saturating_sub(FIXED + 8), 0, 7, 0),
            60..110 => (20, 0, 7, 0),
            110.. => (26, 9, 8, 9),
        };
        let story = total.saturating_sub(FIXED + name + articles + unread + next + 3);
        Self { name, articles, unread, next, story: if total < 60 { 0 } else { story } }
    }
}

/// Draws the health screen; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let page = layout::page(shared.area);
    let regions = regions(shared);
    for rule in [page.rules[0], regions.rule, page.rules[1]] {
        paint::horizontal(buffer, rule, glyphs.horizontal, theme.style(Role::Rule));
    }
    bar(state, shared, page.bar, buffer);
    status_line::draw(buffer, page.message, page.footer, shared, &place(state), &keys(state));
    if state.feeds().is_empty() {
        empty(state, shared, page.body, buffer);
        return None;
    }
    let columns = Columns::of(usize::from(page.body.width));
    paint::text(buffer, regions.titles, &titles(columns), theme.style(Role::Dim));
    let height = usize::from(regions.list.height);
    let cursor = state.cursor.settled(state.feeds().len(), height);
    let mut at = None;
    for (n, feed) in state.feeds().iter().enumerate().skip(cursor.offset).take(height) {
        let line = layout::line(regions.list, n - cursor.offset);
        row(feed, shared, columns, line, buffer);
        if n == cursor.selected {
            buffer.set_style(line, theme.style(Role::Selected).remove_modifier(Modifier::DIM));
            at = Some(Position { x: line.x, y: line.y });
        }
    }
    if let Some(feed) = state.feeds().get(cursor.selected) {
        draw_details(feed, shared, regions.details, !regions.rule.is_empty(), buffer);
    }
    at
}

fn place(state: &State) -> Vec<String> {
    let feeds = state.feeds().len();
    if feeds == 0 { Vec::new() } else { vec![format!("{}/{feeds}", state.cursor.selected.min(feeds - 1) + 1)] }
}

fn bar(state: &State, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let mut runs = vec![(theme.style(Role::Heading), " Feeds".to_owned())];
    if !state.feeds().is_empty() {
        let mut room = usize::from(area.width).saturating_sub(width(" Feeds"));
        let separator = format!(" {} ", shared.settings.glyphs.dot);
        for (role, text) in totals(state.feeds(), shared) {
            let wide = width(&separator) + width(&text);
            if wide > room {
                break;
            }
            room -= wide;
            runs.push((theme.style(Role::Dim), separator.clone()));
            runs.push((theme.style(role), text));
        }
    }
    paint::line(buffer, area, &runs);
}

fn titles(columns: Columns) -> String {
    let named = |name: &str, wide: usize| if wide > 0 { format!("{name:>wide$}") } else { String::new() };
    let articles = named("articles", columns.articles);
    let unread = named("unread", columns.unread);
    let next = named("next", columns.next);
    let story = if columns.story > 0 { "   how it is" } else { "" };
    format!("   {}{:>5}{articles}{unread}{next}{story}", pad("feed", columns.name, ""), "good")
}

fn row(feed: &FeedHealth, shared: &Shared, columns: Columns, area: Rect, buffer: &mut Buffer) {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let status = &feed.status;
    let condition = Condition::of(feed, shared.now);
    let (sign, role) = condition.sign(glyphs.ascii);
    let age = status
        .facts
        .last_success
        .map_or_else(|| glyphs.dash.to_owned(), |good| humanize::age(times::seconds(good, shared.now)));
    let dim = theme.style(Role::Dim);
    let name = if status.feed.enabled { Role::Text } else { Role::Dim };
    let number = |n: u64, wide: usize| format!("{:>wide$}", humanize::count(n));
    let mut runs: Vec<Run> = vec![
        (theme.style(role), format!(" {sign} ")),
        (theme.style(name), pad(&status.feed.name, columns.name, glyphs.ellipsis)),
        (dim, format!("{}{age}", " ".repeat(5_usize.saturating_sub(width(&age))))),
    ];
    if columns.articles > 0 {
        runs.push((dim, number(status.articles, columns.articles)));
    }
    let unread = if status.unread > 0 { Role::Text } else { Role::Dim };
    runs.push((theme.style(unread), number(status.unread, columns.unread)));
    if columns.next > 0 {
        let next = feed
            .next_poll
            .map_or_else(|| glyphs.dash.to_owned(), |next| humanize::duration(times::seconds(shared.now, next).max(0)));
        runs.push((dim, format!("{}{next}", " ".repeat(columns.next.saturating_sub(width(&next))))));
    }
    if columns.story > 0 {
        let role = if condition.is_problem() { role } else { Role::Dim };
        let story = cut(&story(feed, shared), columns.story, glyphs.ellipsis);
        runs.push((theme.style(role), format!("   {story}")));
    }
    paint::line(buffer, area, &runs);
}

fn draw_details(feed: &FeedHealth, shared: &Shared, area: Rect, roomy: bool, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let room = usize::from(area.width).saturating_sub(LABEL + 2).max(1);
    let mut n = 0;
    for (label, role, text) in details(feed, shared, roomy) {
        // With little room, labels give way to words.
        let (label, room) = if roomy { (label, room) } else { ("", usize::from(area.width).saturating_sub(2).max(1)) };
        for (at, line) in wrap(&text, room).into_iter().take(2).enumerate() {
            let label = if at == 0 { label } else { "" };
            let label = if roomy { format!(" {label:<LABEL$}") } else { " ".to_owned() };
            let runs = [(theme.style(Role::Dim), label), (theme.style(role), line)];
            paint::line(buffer, layout::line(area, n), &runs);
            n += 1;
        }
    }
}

/// What stands in place of feeds when there are none.
fn empty(state: &State, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let key = |command| shared.key(command);
    let lines = match &state.feeds {
        Some(_) => vec![
            (Role::Heading, "No subscriptions yet.".to_owned()),
            (Role::Text, format!("{} adds a feed or a site.", key(CommandId::FeedsAdd))),
            (Role::Text, format!("{} import brings the feeds of an OPML file.", key(CommandId::AppPalette))),
        ],
        None if shared.requests.is_open(Slot::Health) => Vec::new(),
        None => vec![
            (Role::Error, "The feeds could not be read.".to_owned()),
            (Role::Text, format!("{} goes back, and here again asks once more.", key(CommandId::FeedsBack))),
        ],
    };
    let inner = Rect { x: area.x + area.width.min(6), width: area.width.saturating_sub(8), ..area };
    let mut n = usize::from(area.height > 4);
    for (role, text) in lines {
        for line in wrap(&text, usize::from(inner.width)) {
            paint::text(buffer, layout::line(inner, n), &line, theme.style(role));
            n += 1;
        }
    }
}
