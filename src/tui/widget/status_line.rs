//! The bottom of every screen: what the program is doing, what it just said, and the keys that matter here.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::paint::{self, Run};
use crate::command::CommandId;
use crate::text::{cut, humanize, width, wrap};
use crate::tui::model::Shared;
use crate::tui::status::{Level, Message};
use crate::tui::theme::Role;
use crate::tui::times;
use crate::tui::words;

/// Keys that stay however narrow the terminal is.
const KEPT_HINTS: usize = 2;

/// Columns from which on a message and the two most important keys stand side by side.
const ROOM_FOR_BOTH: usize = 70;

/// Most lines of a message, and on a narrow terminal.
const MOST_LINES: usize = 2;
const MOST_LINES_NARROW: usize = 4;

/// Draws message line and footer. `place` says where in the screen the user is; `keys` are the commands that matter here,
/// the most important first, help last. Without a line of its own a message takes the place of the status for a while.
pub fn draw(buffer: &mut Buffer, message: Rect, footer: Rect, shared: &Shared, place: &[String], keys: &[CommandId]) {
    draw_hints(buffer, message, footer, shared, place, hints(shared, keys), KEPT_HINTS);
}

/// The same where keys are fixed because letters are typed: each key with what it does, the most important first and last.
/// Here the status gives way to the keys.
pub fn draw_fixed(
    buffer: &mut Buffer,
    message: Rect,
    footer: Rect,
    shared: &Shared,
    place: &[String],
    keys: &[(&str, &str)],
) {
    let theme = &shared.settings.theme;
    let hint = |(key, does): &(&str, &str)| {
        [(theme.style(Role::Key), format!("  {key}")), (theme.style(Role::Dim), format!(" {does}"))]
    };
    draw_hints(buffer, message, footer, shared, place, keys.iter().map(hint).collect(), keys.len());
}

fn draw_hints(
    buffer: &mut Buffer,
    message: Rect,
    footer: Rect,
    shared: &Shared,
    place: &[String],
    mut hints: Vec<[Run; 2]>,
    kept: usize,
) {
    let toast = shared.status.toast(shared.now);
    if footer.is_empty() {
        return;
    }
    let area = inset(footer);
    let room = usize::from(area.width);
    if let Some(toast) = toast {
        if message.is_empty() {
            // The keys stay beside it, unless it is something to be read whole.
            let short = width(&toast.text) * 2 < room;
            let cuttable = short || toast.undoable || toast.level == Level::Good && width(&toast.text) > room;
            let keep = if room >= ROOM_FOR_BOTH && cuttable { KEPT_HINTS } else { 0 };
            while hints.len() > keep {
                hints.remove(hints.len().saturating_sub(2));
            }
            let hints: Vec<Run> = hints.into_iter().flatten().collect();
            let taken = paint::right(buffer, area, &hints);
            let left = Rect { width: area.width.saturating_sub(taken), ..area };
            paint::line(buffer, left, &toast_runs(shared, toast, usize::from(left.width)));
            return;
        }
        paint::line(buffer, inset(message), &toast_runs(shared, toast, room));
    }
    let separator = format!(" {} ", shared.settings.glyphs.dot);
    let mut parts = status(shared, place);
    let status_width = |parts: &[(Role, String)]| {
        parts.iter().map(|(_, t)| width(t)).sum::<usize>() + parts.len().saturating_sub(1) * width(&separator)
    };
    let hints_width = |hints: &[[Run; 2]]| hints.iter().flatten().map(|(_, t)| width(t)).sum::<usize>();
    // Two keys stay whatever happens; then the status, then further keys, unless more of them are to be kept.
    let fits = |parts: &[_], hints: &[_]| status_width(parts) + 2 + hints_width(hints) <= room;
    while hints.len() > kept && !fits(&parts, &hints) {
        hints.remove(hints.len() - 2);
    }
    while parts.len() > 1 && !fits(&parts, &hints) {
        parts.pop();
    }
    while hints.len() > KEPT_HINTS && !fits(&parts, &hints) {
        hints.remove(hints.len() - 2);
    }
    let hints: Vec<Run> = hints.into_iter().flatten().collect();
    let taken = paint::right(buffer, area, &hints);
    let left = Rect { width: area.width.saturating_sub(taken + 1), ..area };
    let theme = &shared.settings.theme;
    let mut runs: Vec<Run> = Vec::new();
    for (role, text) in parts {
        if !runs.is_empty() {
            runs.push((theme.style(Role::Dim), separator.clone()));
        }
        runs.push((theme.style(role), text));
    }
    paint::line(buffer, left, &runs);
}

fn inset(area: Rect) -> Rect {
    Rect { x: area.x + area.width.min(1), width: area.width.saturating_sub(2), ..area }
}

/// A message that is to be read whole and has more text than a line takes, under a rule over the lines at the bottom of the
/// screen: the keys and what is above them come back when it leaves.
pub fn draw_long_message(buffer: &mut Buffer, area: Rect, shared: &Shared) {
    let Some(toast) = shared.status.toast(shared.now).filter(|toast| toast.level != Level::Good) else { return };
    let (sign_style, sign) = sign(shared, toast);
    let whole = area;
    let area = inset(area);
    let indent = width(sign) + 1;
    let room = usize::from(area.width).saturating_sub(indent).max(1);
    if width(&toast.text) <= room {
        return;
    }
    let most = if usize::from(area.width) < ROOM_FOR_BOTH { MOST_LINES_NARROW } else { MOST_LINES };
    let mut lines = wrap(&toast.text, room);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(cut(&rest, room, shared.settings.glyphs.ellipsis));
    }
    let settings = &shared.settings;
    let style = settings.theme.style(Role::Text);
    let above = u16::try_from(lines.len()).ok().and_then(|lines| area.bottom().checked_sub(lines.saturating_add(1)));
    if let Some(y) = above {
        let rule = Rect { y, height: 1, ..whole };
        paint::horizontal(buffer, rule, settings.glyphs.horizontal, settings.theme.style(Role::Rule));
    }
    for (n, line) in lines.iter().rev().enumerate() {
        let Some(y) = u16::try_from(n).ok().and_then(|n| area.bottom().checked_sub(n.saturating_add(1))) else {
            return;
        };
        let row = Rect { y, height: 1, ..area };
        let first = n + 1 == lines.len();
        let before = if first { format!("{sign} ") } else { " ".repeat(indent) };
        let under = Rect { y, height: 1, ..whole };
        paint::text(buffer, under, &" ".repeat(usize::from(under.width)), style);
        paint::line(buffer, row, &[(sign_style, before), (style, line.clone())]);
    }
}

fn sign(shared: &Shared, toast: &Message) -> (Style, &'static str) {
    let settings = &shared.settings;
    let (role, sign) = match toast.level {
        Level::Good => (Role::Good, settings.glyphs.good),
        Level::Note => (Role::Dim, settings.glyphs.dot),
        Level::Error => (Role::Error, settings.glyphs.warning),
    };
    (settings.theme.style(role), sign)
}

fn toast_runs(shared: &Shared, toast: &Message, room: usize) -> Vec<Run> {
    let settings = &shared.settings;
    let (sign_style, sign) = sign(shared, toast);
    let undo = if toast.undoable { format!("    {} undo", shared.key(CommandId::AppUndo)) } else { String::new() };
    let room = room.saturating_sub(width(sign) + width(&undo) + 1);
    let text = cut(&toast.text, room, settings.glyphs.ellipsis);
    let style = |role| settings.theme.style(role);
    vec![(sign_style, sign.to_owned()), (style(Role::Text), format!(" {text}")), (style(Role::Dim), undo)]
}

/// What the program is doing, the most important first.
fn status(shared: &Shared, place: &[String]) -> Vec<(Role, String)> {
    let mut parts: Vec<(Role, String)> = Vec::new();
    if shared.read_only {
        parts.push((Role::Warning, "read-only".to_owned()));
    }
    parts.extend(place.iter().map(|p| (Role::Text, p.clone())));
    let status = &shared.status;
    if let Some(progress) = status.progress {
        parts.push((Role::Accent, format!("{} of {} feeds", progress.done, progress.feeds)));
        if progress.new > 0 {
            parts.push((Role::Accent, format!("{} new", humanize::count(progress.new))));
        }
    }
    if let Some(host) = shared.pages.fetching() {
        parts.push((Role::Accent, format!("fetching {host}")));
    }
    parts.extend(words::downloads(&shared.downloads).map(|told| (Role::Accent, told)));
    if let Some(left) = status.labelling {
        parts.push((Role::Accent, format!("labelling {}", humanize::count(left))));
    }
    if let Some(since) = status.offline {
        parts.push((Role::Warning, format!("offline since {}", times::clock_time(since, &shared.zone))));
    }
    let (good, bad) = shared.feed_health();
    if bad > 0 {
        let key = shared.key(CommandId::AppHealth);
        let trouble = if bad == 1 { "1 feed with a problem".to_owned() } else { format!("{bad} feeds with problems") };
        parts.push((Role::Warning, format!("{trouble} ({key})")));
    }
    if good > 0 {
        parts.push((Role::Dim, if good == 1 { "1 feed ok".to_owned() } else { format!("{good} feeds ok") }));
    }
    if let (Some(next), None) = (status.next_poll, status.progress) {
        parts.push((Role::Dim, format!("next poll {}", humanize::until(times::seconds(shared.now, next)))));
    }
    parts
}

fn hints(shared: &Shared, keys: &[CommandId]) -> Vec<[Run; 2]> {
    let theme = &shared.settings.theme;
    let bound = keys.iter().filter(|k| !shared.settings.keymap.keys_of(**k).is_empty());
    let hint = |command: &CommandId| {
        let key = (theme.style(Role::Key), format!("  {}", shared.key(*command)));
        [key, (theme.style(Role::Dim), format!(" {}", command.spec().short))]
    };
    bound.map(hint).collect()
}
