//! Drawing the page of a story.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::State;
use super::lines::lines;
use super::state::regions;
use crate::command::CommandId;
use crate::engine::StoryPage;
use crate::text::{cut, humanize, width, wrap};
use crate::tui::browse::{article, view as browse_view};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::theme::Role;
use crate::tui::widget::{outline, paint, status_line};
use crate::tui::{times, words};

/// The keys that matter here, the most important first; help stays last.
const KEYS: [CommandId; 9] = [
    CommandId::PageOpen,
    CommandId::ArticleStoryRead,
    CommandId::ArticleSave,
    CommandId::ArticleClip,
    CommandId::ArticleNote,
    CommandId::PageBack,
    CommandId::ArticleSplit,
    CommandId::ArticleBrowse,
    CommandId::AppHelp,
];

/// The keys that matter in an article of it.
const ARTICLE_KEYS: [CommandId; 6] = [
    CommandId::ArticlePageDown,
    CommandId::ArticleStory,
    CommandId::ArticleSave,
    CommandId::ArticleBrowse,
    CommandId::ArticleBack,
    CommandId::AppHelp,
];

/// Draws the page; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    if state.browse.full {
        let panes = state.browse.panes(shared);
        article::article_bar(&state.browse, shared, panes.bar, buffer);
        let cursor = browse_view::draw(&state.browse, shared, &panes, buffer);
        article::draw_footer(&state.browse, shared, &panes, place(state), &ARTICLE_KEYS, buffer);
        return cursor;
    }
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let page = layout::page(shared.area);
    let (timeline, divider, article) = regions(shared);
    for rule in page.rules {
        paint::horizontal(buffer, rule, glyphs.horizontal, theme.style(Role::Rule));
    }
    paint::vertical(buffer, divider, glyphs.vertical, theme.style(Role::Rule));
    status_line::draw(buffer, page.message, page.footer, shared, &place(state), &KEYS);
    let Some(story) = &state.page else {
        paint::text(buffer, page.bar, " Story", theme.style(Role::Heading));
        nothing(state, shared, page.body, buffer);
        return None;
    };
    bar(story, shared, page.bar, buffer);
    beside(state, story, shared, article, buffer);
    outline::draw(buffer, shared, timeline, &lines(state, shared, timeline), state.selected())
}

fn place(state: &State) -> Vec<String> {
    let articles = state.browse.list.window.rows().len();
    if articles == 0 || state.earlier.is_some() {
        return Vec::new();
    }
    vec![format!("{}/{articles}", state.browse.list.selected.min(articles - 1) + 1)]
}

fn nothing(state: &State, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    if !state.gone && (shared.requests.is_open(Slot::StoryPage) || !state.asked) {
        return;
    }
    let inner = Rect { x: area.x + area.width.min(6), width: area.width.saturating_sub(8), ..area };
    let (heading, text) = if state.gone {
        ("This story is not there any more.", "its articles aged out, or are part of another story now")
    } else {
        ("The story could not be read.", "a message told why")
    };
    let style = |role| shared.settings.theme.style(role);
    paint::text(buffer, layout::line(inner, 1), heading, style(Role::Heading));
    let text = format!("{text}; {} goes back", shared.key(CommandId::PageBack));
    for (n, line) in wrap(&text, usize::from(inner.width)).into_iter().enumerate() {
        paint::text(buffer, layout::line(inner, 2 + n), &line, style(Role::Text));
    }
}

fn bar(story: &StoryPage, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let dot = format!(" {} ", glyphs.dot);
    let mut told = vec![words::sources(story.sources), words::articles(story.lines.len() as u64)];
    if let (Some(first), Some(last)) = (story.lines.first(), story.lines.last()) {
        let seconds = times::seconds(first.headline.date, last.headline.date);
        if seconds > 0 {
            told.push(humanize::duration(seconds));
        }
    }
    let told = format!("{} ", told.join(&dot));
    let told = if width(&told) * 2 < usize::from(area.width) { told } else { String::new() };
    let taken = paint::right(buffer, area, &[(theme.style(Role::Dim), told)]);
    let title = story.lines.first().map_or("", |line| line.headline.title.as_str());
    let label = format!(" Story{dot}");
    let room = usize::from(area.width.saturating_sub(taken)).saturating_sub(width(&label) + 1);
    let runs = [(theme.style(Role::Dim), label), (theme.style(Role::Heading), cut(title, room, glyphs.ellipsis))];
    paint::line(buffer, area, &runs);
}

/// The selected article, or what is known of the selected earlier story.
fn beside(state: &State, story: &StoryPage, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    if area.is_empty() {
        return;
    }
    let glyphs = &shared.settings.glyphs;
    let inner = Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area };
    let room = usize::from(inner.width).max(1);
    let mut rows: Vec<(Role, String)> = Vec::new();
    let text = |rows: &mut Vec<(Role, String)>, role, text: &str| {
        rows.extend(wrap(text, room).into_iter().map(|line| (role, line)));
    };
    if let Some((lead, sources)) = state.earlier.and_then(|n| story.earlier.get(n)) {
        let told = format!("{} {} {}", words::source(lead), glyphs.dot, words::sources(*sources));
        text(&mut rows, Role::Dim, &told);
        text(&mut rows, Role::Headline, &lead.title);
        rows.push((Role::Text, String::new()));
        text(&mut rows, Role::Dim, &format!("{} shows that story", shared.key(CommandId::PageOpen)));
    } else if let Some(line) = story.lines.get(state.browse.list.selected) {
        let at = times::date_and_time(line.headline.date, &shared.zone);
        text(&mut rows, Role::Dim, &format!("{} {} {at}", words::source(&line.headline), glyphs.dot));
        text(&mut rows, Role::Headline, &line.headline.title);
        rows.push((Role::Text, String::new()));
        text(&mut rows, Role::Text, &line.teaser);
        if !line.news.is_empty() && state.browse.list.selected > 0 {
            rows.push((Role::Text, String::new()));
            text(&mut rows, Role::Heading, "New in this article, not in earlier ones:");
            let quoted = line.news.iter().map(|news| words::quoted(news, glyphs.ascii)).collect::<Vec<_>>();
            text(&mut rows, Role::Text, &quoted.join("  "));
        }
    }
    for (n, (role, line)) in rows.into_iter().enumerate() {
        paint::text(buffer, layout::line(inner, n), &line, shared.settings.theme.style(role));
    }
}
