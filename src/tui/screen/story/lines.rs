//! The lines of the timeline, and what is known of the whole story.

use ratatui::layout::Rect;

use super::State;
use crate::engine::{Kinship, StoryLine, StoryPage};
use crate::model::Headline;
use crate::text::{cut, pad, wrap};
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::outline::Line;
use crate::tui::widget::paint::Run;
use crate::tui::widget::sparkline::sparkline;
use crate::tui::{times, words};

/// From this height on there is room for more than the timeline.
const ROOMY: u16 = 14;

/// From this width on date, source and title stand in columns.
const COLUMNS: u16 = 60;

/// Columns of a source.
const SOURCE: usize = 12;

/// Columns before the title: date and time, flag, source, and the free ones between.
const BEFORE: usize = 1 + 11 + 2 + 2 + SOURCE + 1;

/// Columns of the labels below the timeline.
const LABEL: usize = 14;

/// Lines of a title.
const TITLE_LINES: usize = 2;

/// Columns of the curve of activity.
const CURVE: usize = 40;

/// All lines of the page in this area.
pub(super) fn lines(state: &State, shared: &Shared, area: Rect) -> Vec<Line> {
    let Some(page) = &state.page else { return Vec::new() };
    let theme = &shared.settings.theme;
    let rows = state.browse.list.window.rows();
    let roomy = area.height >= ROOMY;
    let mut lines = Vec::new();
    if roomy {
        lines.push(Line::plain(vec![(theme.style(Role::Heading), " Timeline, oldest first".to_owned())]));
    }
    let told = page.lines.iter().zip(rows);
    for (n, (line, row)) in told.enumerate() {
        article(&mut lines, (n, line, row), rows, shared, area.width);
    }
    if roomy {
        whole(&mut lines, state, page, shared, area);
    }
    lines
}

/// The lines of one article.
fn article(
    lines: &mut Vec<Line>,
    (n, line, row): (usize, &StoryLine, &Headline),
    rows: &[Headline],
    shared: &Shared,
    width: u16,
) {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let dim = theme.style(Role::Dim);
    let width = usize::from(width);
    let title_role = theme.style(if row.state.read { Role::Read } else { Role::Unread });
    let flag = if row.copy_of.is_some() {
        glyphs.copy
    } else if row.state.read {
        " "
    } else {
        glyphs.unread
    };
    let flag: Run = (title_role, format!("{flag} "));
    let at = format!(" {}  ", times::month_and_time(row.date, &shared.zone));
    let (before, source) = if width < usize::from(COLUMNS) {
        (3, cut(&words::source(row), width.saturating_sub(at.len() + 3), glyphs.ellipsis))
    } else {
        (BEFORE, pad(&row.feed_name, SOURCE, glyphs.ellipsis))
    };
    let mut head = vec![(dim, at), flag, (dim, format!("{source} "))];
    let mut titles = wrap(&row.title, width.saturating_sub(before + 1).max(1));
    if titles.len() > TITLE_LINES {
        titles.truncate(TITLE_LINES);
        if let Some(last) = titles.last_mut() {
            *last = cut(&format!("{last} {}", glyphs.ellipsis), width.saturating_sub(before + 1), glyphs.ellipsis);
        }
    }
    let gap = || (dim, " ".repeat(before));
    let mut titles = titles.into_iter();
    if before == BEFORE
        && let Some(first) = titles.next()
    {
        head.push((title_role, first));
    }
    lines.push(Line::of(n, head));
    lines.extend(titles.map(|title| Line::of(n, vec![gap(), (title_role, title)])));
    let tag = tag(n, line, row, rows);
    let mut below: Vec<Run> = vec![gap()];
    if let Some(tag) = tag {
        below.push((theme.style(Role::Key), tag));
    }
    if n > 0 && row.copy_of.is_none() && !line.news.is_empty() {
        let gap = if below.len() > 1 { "  " } else { "" };
        let room = width.saturating_sub(before + 14);
        below.push((dim, format!("{gap}+ {}", cut(&line.news.join(", "), room, glyphs.ellipsis))));
    }
    if below.len() > 1 {
        lines.push(Line::of(n, below));
    }
}

/// What sets an article apart: it was the first, it repeats another one, it came after the user had read of the story.
fn tag(n: usize, line: &StoryLine, row: &Headline, rows: &[Headline]) -> Option<String> {
    if n == 0 {
        return (rows.len() > 1).then(|| "FIRST".to_owned());
    }
    if row.copy_of.is_some() {
        return Some(copy(line.kinship.as_ref().map_or(0.0, |kinship| kinship.same_text)));
    }
    let read_before = rows.iter().take(n).any(|other| other.state.read);
    (read_before && !row.state.read).then(|| "NEW".to_owned())
}

/// A copy with the share of its text that is the same; texts too short to compare tell none, and the titles say it.
fn copy(same_text: f64) -> String {
    if same_text < 0.005 { "COPY".to_owned() } else { format!("COPY {:.0} %", same_text * 100.0) }
}

/// What is known of the whole story, and of why the selected article is in it.
fn whole(lines: &mut Vec<Line>, state: &State, page: &StoryPage, shared: &Shared, area: Rect) {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let dim = theme.style(Role::Dim);
    let room = usize::from(area.width).saturating_sub(LABEL + 2).max(1);
    let labelled = |label: &str, role: Role, text: &str| -> Vec<Line> {
        let rows = wrap(text, room).into_iter().enumerate();
        let line = |(n, line): (usize, String)| {
            let label = if n == 0 { label } else { "" };
            Line::plain(vec![(dim, format!(" {label:<LABEL$}")), (theme.style(role), line)])
        };
        rows.map(line).collect()
    };
    lines.push(Line::default());
    let named = page.entities.iter().map(|(entity, n)| format!("{}{} {n}", glyphs.name, entity.name));
    let named = named.collect::<Vec<_>>().join("  ");
    if !named.is_empty() {
        lines.extend(labelled("Names", Role::Link, &named));
    }
    let topics = page.topics.iter().map(|(topic, n)| format!("{} {n}", words::topic(*topic)));
    let topics = topics.collect::<Vec<_>>().join("  ");
    if !topics.is_empty() {
        lines.extend(labelled("Topics", Role::Text, &topics));
    }
    if page.activity.len() > 1 {
        let curve = sparkline(&page.activity, CURVE.min(room / 2), glyphs);
        let most = page.activity.iter().copied().max().unwrap_or(0);
        lines.extend(labelled("Activity", Role::Text, &format!("{curve}  at most {most} in 6 hours")));
    }
    if !page.earlier.is_empty() {
        lines.push(Line::default());
        lines.push(Line::plain(vec![(theme.style(Role::Heading), " Earlier in this thread".to_owned())]));
    }
    let articles = page.lines.len();
    for (n, (lead, sources)) in page.earlier.iter().enumerate() {
        let day = times::day(lead.date, &shared.zone).to_string();
        let sources = format!("{} ", words::sources(*sources));
        let room = usize::from(area.width).saturating_sub(day.len() + sources.len() + 5);
        let title = cut(&lead.title, room, glyphs.ellipsis);
        let role = theme.style(if lead.state.read { Role::Read } else { Role::Unread });
        let runs = vec![(dim, format!("  {day}  ")), (role, title)];
        lines.push(Line { runs, right: vec![(dim, sources)], row: Some(articles + n) });
    }
    let selected = state.browse.list.selected;
    let kinship = page.lines.get(selected).filter(|_| state.earlier.is_none()).and_then(|line| line.kinship.as_ref());
    if let Some(kinship) = kinship {
        lines.push(Line::default());
        let name = |id: &String| {
            let known = page.entities.iter().find(|(entity, _)| entity.id == *id);
            known.map_or_else(|| id.clone(), |(entity, _)| entity.name.clone())
        };
        lines.extend(labelled("Why together", Role::Text, &kinship_words(kinship, name, glyphs.dot)));
    }
}

/// Why an article is in its story.
fn kinship_words(kinship: &Kinship, name: impl Fn(&String) -> String, dot: &str) -> String {
    words::kinship(kinship, name).join(&format!(" {dot} "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_tells_a_share_only_where_there_is_one() {
        assert_eq!([copy(0.97), copy(1.0), copy(0.0)], ["COPY 97 %", "COPY 100 %", "COPY"]);
    }
}
