//! Drawing the desk.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::State;
use crate::command::CommandId;
use crate::query::{Order, Scope};
use crate::text::{humanize, width, wrap};
use crate::tui::browse::{Browse, Focus, Phase, article, view};
use crate::tui::layout;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::paint::Run;
use crate::tui::widget::{paint, topic_bar};
use crate::tui::{times, words};

/// The keys that matter in the list, the most important first; help stays last.
const LIST_KEYS: [CommandId; 7] = [
    CommandId::ListReadNext,
    CommandId::ListOpen,
    CommandId::ArticleSave,
    CommandId::ArticleStory,
    CommandId::AppSearch,
    CommandId::AppUndo,
    CommandId::AppHelp,
];

/// The keys that matter when there is nothing to read.
const EMPTY_KEYS: [CommandId; 4] =
    [CommandId::AppAddFeed, CommandId::AppPoll, CommandId::ListToggleRead, CommandId::AppHelp];

/// The keys that matter in the article.
const ARTICLE_KEYS: [CommandId; 6] = [
    CommandId::ArticlePageDown,
    CommandId::ArticleNextUnread,
    CommandId::ArticleSave,
    CommandId::ArticleBrowse,
    CommandId::ArticleBack,
    CommandId::AppHelp,
];

/// Draws the desk; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let browse = &state.browse;
    let panes = browse.panes(shared);
    if browse.full {
        article::article_bar(browse, shared, panes.bar, buffer);
    } else if !panes.bar.is_empty() {
        bar(browse, shared, panes.bar, buffer);
    }
    let cursor = view::draw(browse, shared, &panes, buffer);
    if browse.list.window.rows().is_empty() {
        empty(browse, shared, panes.list, buffer);
    }
    let keys: &[CommandId] = match browse.focus {
        Focus::Article => &ARTICLE_KEYS,
        Focus::List if browse.list.window.rows().is_empty() => &EMPTY_KEYS,
        Focus::List => &LIST_KEYS,
    };
    article::draw_footer(browse, shared, &panes, place(browse, shared), keys, buffer);
    cursor
}

fn place(browse: &Browse, shared: &Shared) -> Vec<String> {
    let mut place = Vec::new();
    place.extend(view::place(browse));
    if browse.list.scope != Scope::All {
        place.push(words::scope(&browse.list.scope, shared));
    }
    if matches!(browse.list.scope, Scope::All | Scope::Topic(_) | Scope::Topics(_)) {
        place.push(words::rows(browse.list.rows).to_owned());
    }
    if browse.list.unread_only {
        place.push("unread".to_owned());
    }
    // On a narrow screen the usual order needs no words.
    if browse.list.scope != Scope::Covered && (browse.list.order != Order::Date || shared.area.width >= 100) {
        place.push(words::order(browse.list.order).to_owned());
    }
    place
}

fn pill(browse: &Browse, shared: &Shared) -> String {
    match browse.list.newer {
        0 => String::new(),
        n => format!(" {} new ({}) ", humanize::count(n), shared.key(CommandId::ListShowNew)),
    }
}

/// Columns that the entries of the topic bar may take: all but those of the pill.
pub(super) fn bar_columns(browse: &Browse, shared: &Shared) -> usize {
    usize::from(shared.area.width).saturating_sub(width(&pill(browse, shared)))
}

fn bar(browse: &Browse, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let bar = topic_bar::bar(shared, &browse.list, bar_columns(browse, shared));
    for entry in bar.entries {
        let label = if entry.active { Role::Accent } else { Role::Text };
        let mut runs: Vec<Run> = Vec::new();
        if !entry.key.is_empty() {
            runs.push((theme.style(Role::Dim), format!("{} ", entry.key)));
        }
        runs.push((theme.style(label), entry.label));
        if !entry.count.is_empty() {
            runs.push((theme.style(if entry.active { Role::Accent } else { Role::Dim }), format!(" {}", entry.count)));
        }
        paint::line(buffer, from_column(area, entry.columns.start), &runs);
    }
    if bar.more_before {
        paint::text(buffer, area, shared.settings.glyphs.less, theme.style(Role::Dim));
    }
    if let Some(column) = bar.more_after {
        paint::text(buffer, from_column(area, column), shared.settings.glyphs.more, theme.style(Role::Dim));
    }
    paint::right(buffer, area, &[(theme.style(Role::Pill), pill(browse, shared))]);
}

fn from_column(area: Rect, column: usize) -> Rect {
    let x = u16::try_from(column).unwrap_or(u16::MAX).min(area.width);
    Rect { x: area.x + x, width: area.width - x, ..area }
}

/// What stands in place of rows when there are none: the thing, the reason, and a key that helps.
fn empty(browse: &Browse, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let lines = match &browse.list.phase {
        Phase::Loading => Vec::new(),
        Phase::Failed(error) => {
            vec![(Role::Error, error.clone()), (Role::Text, format!("{} asks again", shared.key(CommandId::ListAll)))]
        }
        Phase::Ready => nothing(browse, shared),
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

fn nothing(browse: &Browse, shared: &Shared) -> Vec<(Role, String)> {
    let key = |command| shared.key(command);
    let counts = &shared.counts;
    if let Some(progress) = shared.status.progress
        && counts.articles == 0
    {
        let got = words::articles(progress.new);
        return vec![(Role::Heading, format!("{} of {} feeds, {got} so far", progress.done, progress.feeds))];
    }
    if shared.feeds.is_empty() && counts.articles == 0 {
        return vec![
            (Role::Heading, "No subscriptions yet.".to_owned()),
            (Role::Text, format!("{} adds a feed or a site", key(CommandId::AppAddFeed))),
            (Role::Text, format!("{} import brings the feeds of an OPML file", key(CommandId::AppPalette))),
        ];
    }
    let next = match shared.status.next_poll {
        Some(next) => format!("Next poll {}; ", times::clock_time(next, &shared.zone)),
        None => String::new(),
    };
    let poll = format!("{next}{} polls now", key(CommandId::AppPoll));
    match (&browse.list.scope, browse.list.unread_only) {
        (Scope::Saved, _) => vec![
            (Role::Heading, "Nothing is saved.".to_owned()),
            (Role::Text, format!("{} saves the selected article for good", key(CommandId::ArticleSave))),
        ],
        (Scope::Covered, _) => vec![
            (Role::Heading, "Nothing in the last 48 hours.".to_owned()),
            (Role::Text, format!("{} shows all topics", key(CommandId::ListAll))),
        ],
        (Scope::All, true) if counts.articles > 0 => vec![
            (Role::Heading, "You’re through.".to_owned()),
            (
                Role::Text,
                format!("{} read, {} saved.", words::articles(counts.articles), humanize::count(counts.saved)),
            ),
            (Role::Text, format!("{poll}, {} shows what is read", key(CommandId::ListToggleRead))),
        ],
        (Scope::All, _) => vec![(Role::Heading, "No articles yet.".to_owned()), (Role::Text, poll)],
        (scope, unread_only) => {
            let what = if unread_only { "Nothing unread" } else { "No articles" };
            let mut lines = vec![(Role::Heading, format!("{what} in {}.", words::scope(scope, shared)))];
            if unread_only {
                lines.push((Role::Text, format!("{} shows what is read", key(CommandId::ListToggleRead))));
            }
            lines.push((Role::Text, format!("{} shows all topics", key(CommandId::ListAll))));
            lines
        }
    }
}
