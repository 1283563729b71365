//! The lines of the page of reasons: topics with what adds up to their scores, names, remarks, and why it is in its story.

use ratatui::layout::Rect;

use super::State;
use super::state::Row;
use crate::engine::{Contribution, EntityReason, Home, Place, TopicReason, Why};
use crate::text::{cut, pad, width, wrap};
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::widget::outline::Line;
use crate::tui::widget::paint::Run;
use crate::tui::words;

/// From this width on a reason is told in one line.
const WIDE: u16 = 90;

/// Columns of the cue or name of a reason.
const MATCHED: usize = 25;

/// Columns of a weight, with those before it.
const INDENT: usize = 11;

/// All lines of the page in this area.
pub(super) fn lines(state: &State, shared: &Shared, area: Rect) -> Vec<Line> {
    let Some(why) = &state.why else { return Vec::new() };
    let style = |role| shared.settings.theme.style(role);
    let room = usize::from(area.width).saturating_sub(2).max(1);
    let mut lines: Vec<Line> = wrap(&why.headline.title, room)
        .into_iter()
        .map(|t| Line::plain(vec![(style(Role::Headline), format!(" {t}"))]))
        .collect();
    lines.push(Line::plain(vec![(style(Role::Dim), format!(" {}", words::source(&why.headline)))]));
    let explanation = &why.explanation;
    heading(&mut lines, shared, &format!("Topics (a topic needs {})", explanation.threshold));
    if explanation.topics.is_empty() {
        lines
            .push(Line::plain(vec![(style(Role::Text), " No cue, name, category or rule speaks for any.".to_owned())]));
    }
    let rows = state.rows();
    let mut before_names = true;
    for (n, row) in rows.iter().enumerate() {
        match *row {
            Row::Topic(at) => lines.extend(explanation.topics.get(at).map(|topic| self::topic(n, topic, shared, area))),
            Row::Contribution(at, part) => {
                let contribution = explanation.topics.get(at).and_then(|topic| topic.contributions.get(part));
                if let Some(contribution) = contribution {
                    reason(&mut lines, n, contribution, shared, area);
                }
            }
            Row::Entity(at) => {
                if std::mem::take(&mut before_names) {
                    heading(&mut lines, shared, "Names");
                }
                if let Some(reason) = explanation.entities.get(at) {
                    name(&mut lines, n, reason, shared, area);
                }
            }
        }
    }
    remarks(&mut lines, why, shared, room);
    lines
}

fn heading(lines: &mut Vec<Line>, shared: &Shared, text: &str) {
    lines.push(Line::default());
    lines.push(Line::plain(vec![(shared.settings.theme.style(Role::Heading), format!(" {text}"))]));
}

fn topic(n: usize, topic: &TopicReason, shared: &Shared, area: Rect) -> Line {
    let style = |role| shared.settings.theme.style(role);
    let role = if topic.assigned { Role::Unread } else { Role::Dim };
    let verdict = match (topic.assigned, topic.note.is_empty()) {
        (true, true) => String::new(),
        (false, true) => "not enough".to_owned(),
        (_, false) => topic.note.clone(),
    };
    let name = format!(" {:>6}  {}  ", topic.score.to_string(), topic.topic.get().name);
    let room = usize::from(area.width).saturating_sub(width(&name) + 1);
    let verdict = cut(&verdict, room, shared.settings.glyphs.ellipsis);
    Line::of(n, vec![(style(role), name), (style(Role::Dim), verdict)])
}

/// One contribution: weight, what matched where, what it is, and the home of its rule.
fn reason(lines: &mut Vec<Line>, n: usize, reason: &Contribution, shared: &Shared, area: Rect) {
    let glyphs = &shared.settings.glyphs;
    let weight = format!("{:>+7.2}", reason.weight.value());
    let matched = words::quoted(&reason.matched, glyphs.ascii);
    let matched = match &reason.entity {
        Some(entity) => format!("{}{}  {matched}", glyphs.name, entity.name),
        None if reason.rule == reason.matched => matched,
        None => format!("{matched} by {}", reason.rule),
    };
    // What counts nothing needs no place: the note says why it counts nothing.
    let told = match place(&reason.place) {
        Some(place) if reason.weight.0 != 0 && !reason.note.contains(place) => format!("{place}, {}", reason.note),
        Some(_) | None => reason.note.to_owned(),
    };
    two_columns(lines, n, &weight, Role::Text, &matched, (&told, &home(&reason.home)), shared, area);
}

fn name(lines: &mut Vec<Line>, n: usize, reason: &EntityReason, shared: &Shared, area: Rect) {
    let glyphs = &shared.settings.glyphs;
    let (sign, role) = if reason.named { (glyphs.name, Role::Link) } else { ("not ", Role::Dim) };
    let matched = words::quoted(&reason.matched, glyphs.ascii);
    let named = format!("{sign}{}  {matched}", reason.entity.name);
    let mut told = reason.entity.kind.words().to_owned();
    if let Some(place) = place(&reason.place) {
        told = format!("{told}, {place}");
    }
    if !reason.note.is_empty() {
        told = format!("{told}; {}", reason.note);
    }
    two_columns(lines, n, " ", role, &named, (&told, &home(&reason.home)), shared, area);
}

/// A reason in one line with its rule's home at the edge where there is room; in several where there is not.
#[expect(clippy::too_many_arguments, reason = "the parts of one line")]
fn two_columns(
    lines: &mut Vec<Line>,
    n: usize,
    first: &str,
    role: Role,
    matched: &str,
    (told, home): (&str, &str),
    shared: &Shared,
    area: Rect,
) {
    let style = |role| shared.settings.theme.style(role);
    let ellipsis = shared.settings.glyphs.ellipsis;
    let before = format!("{first:>INDENT$}  ");
    let room = usize::from(area.width).saturating_sub(width(&before) + 1);
    let dim = style(Role::Dim);
    if area.width < WIDE {
        let runs: Vec<Run> = vec![(style(Role::Text), before.clone()), (style(role), cut(matched, room, ellipsis))];
        lines.push(Line::of(n, runs));
        let indent = " ".repeat(width(&before));
        for line in wrap(&format!("{told} ({home})"), room.max(1)) {
            lines.push(Line::of(n, vec![(dim, format!("{indent}{line}"))]));
        }
        return;
    }
    let home = format!(" {home} ");
    let left = room.saturating_sub(MATCHED + 2 + width(&home)).max(1);
    let indent = " ".repeat(width(&before) + MATCHED + 2);
    for (at, part) in wrap(told, left).into_iter().enumerate() {
        if at > 0 {
            lines.push(Line::of(n, vec![(dim, format!("{indent}{part}"))]));
            continue;
        }
        let matched = pad(matched, MATCHED, ellipsis);
        let runs = vec![(style(Role::Text), before.clone()), (style(role), matched), (dim, format!("  {part}"))];
        lines.push(Line { runs, right: vec![(dim, home.clone())], row: Some(n) });
    }
}

fn remarks(lines: &mut Vec<Line>, why: &Why, shared: &Shared, room: usize) {
    let style = |role| shared.settings.theme.style(role);
    let mut said = |text: &str| {
        lines.extend(
            wrap(text, room).into_iter().map(|line| Line::plain(vec![(style(Role::Text), format!(" {line}"))])),
        );
    };
    let entity = |id: &String| {
        let known = why.explanation.entities.iter().find(|reason| reason.entity.id == *id);
        known.map_or_else(|| id.clone(), |reason| reason.entity.name.clone())
    };
    if !why.explanation.remarks.is_empty() {
        said("");
        why.explanation.remarks.iter().for_each(|remark| said(remark));
    }
    said("");
    match &why.kinship {
        Some(kinship) => {
            let dot = format!(" {} ", shared.settings.glyphs.dot);
            said(&format!("In its story: {}", words::kinship(kinship, entity).join(&dot)));
        }
        None => said("It is the only article of its story."),
    }
}

/// Where in the article something was found; none where the reason itself says so.
fn place(place: &Place) -> Option<&'static str> {
    match place {
        Place::Title(_) => Some("title"),
        Place::Text(_) => Some("text"),
        Place::Category | Place::Feed | Place::Address => None,
    }
}

fn home(home: &Home) -> String {
    match home {
        Home::Table { file, line } => format!("{file}:{line}"),
        Home::Config(key) => format!("config.toml: {key}"),
    }
}
