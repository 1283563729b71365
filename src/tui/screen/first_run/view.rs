//! Drawing the first run: what tidings is, the desks, what will be fetched and where things are kept.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;

use super::State;
use crate::command::CommandId;
use crate::text::{cut, pad, width, wrap};
use crate::tui::layout;
use crate::tui::model::{Pack, Shared};
use crate::tui::theme::Role;
use crate::tui::widget::paint::Run;
use crate::tui::widget::{paint, status_line};

/// The fixed keys of this screen.
const KEYS: [(&str, &str); 5] =
    [("Space", "choose"), ("a", "all"), ("o", "import OPML"), ("Esc", "start without"), ("Enter", "go")];

/// What must be known before Enter.
const PROMISE: &str = "Nothing is fetched before Enter.";

/// What may be known besides.
const POLITE: &str = "Nothing is fetched until you press Enter. Feeds are asked every 30 min at most, with a plain \
    User-Agent; nothing is sent anywhere else. More publications are listed in F, muted.";

/// One line of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    Blank,
    Text(Role, String),
    Pack(usize),
    File(String, &'static str),
}

/// How much of the page is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Told {
    air: bool,
    intro: bool,
    promise: &'static str,
    files: bool,
}

/// From everything down to what must be there.
const TOLD: [Told; 6] = [
    Told { air: true, intro: true, promise: POLITE, files: true },
    Told { air: true, intro: false, promise: POLITE, files: true },
    Told { air: false, intro: false, promise: POLITE, files: true },
    Told { air: false, intro: false, promise: POLITE, files: false },
    Told { air: false, intro: false, promise: PROMISE, files: false },
    Told { air: false, intro: false, promise: "", files: false },
];

/// The lines of the page: as much as fits; the desks scroll where not even those do.
pub(super) fn page_lines(state: &State, shared: &Shared) -> Vec<Line> {
    let height = usize::from(layout::page(shared.area).body.height);
    let fitting = TOLD.iter().map(|told| lines(state, shared, *told)).find(|lines| lines.len() <= height);
    if let Some(lines) = fitting {
        return lines;
    }
    let cursor = state.cursor.settled(state.packs.len(), height);
    (cursor.offset..state.packs.len()).take(height).map(Line::Pack).collect()
}

fn lines(state: &State, shared: &Shared, told: Told) -> Vec<Line> {
    let columns = usize::from(shared.area.width).saturating_sub(6).clamp(1, 90);
    let mut lines = Vec::new();
    let air = |lines: &mut Vec<Line>| {
        if told.air {
            lines.push(Line::Blank);
        }
    };
    let paragraph = |lines: &mut Vec<Line>, role: Role, text: &str| {
        lines.extend(wrap(text, columns).into_iter().map(|line| Line::Text(role, line)));
    };
    air(&mut lines);
    if told.intro {
        paragraph(&mut lines, Role::Text, "News for people who move freight, in your terminal.");
        air(&mut lines);
    }
    paragraph(&mut lines, Role::Heading, "Which desks do you read for?");
    air(&mut lines);
    lines.extend((0..state.packs.len()).map(Line::Pack));
    air(&mut lines);
    paragraph(&mut lines, Role::Text, &own(shared, columns));
    air(&mut lines);
    if !told.promise.is_empty() {
        paragraph(&mut lines, Role::Dim, told.promise);
    }
    if let Some(paths) = shared.paths.as_ref().filter(|_| told.files) {
        air(&mut lines);
        let files = [(&paths.config, "feeds, keys, look"), (&paths.database, "articles, read marks, notes")];
        let paths = files.map(|(path, about)| (path.display().to_string(), about));
        let longest = paths.iter().map(|(path, _)| width(path)).max().unwrap_or(0);
        lines.extend(paths.map(|(path, about)| Line::File(pad(&path, longest, ""), about)));
    }
    lines
}

/// How one's own feeds get in, and how many there are; on a narrow terminal in one line.
fn own(shared: &Shared, columns: usize) -> String {
    let add = shared.key(CommandId::AppAddFeed);
    let have = match shared.feeds.len() {
        0 => "Your own:".to_owned(),
        1 => "Your own, 1 feed so far:".to_owned(),
        n => format!("Your own, {n} feeds so far:"),
    };
    let whole = format!("{have} {add} or paste an address (any site will do), o imports OPML");
    if width(&whole) <= columns { whole } else { format!("{have} {add} adds one, o imports") }
}

/// Draws the first run; gives the place of the cursor.
pub fn draw(state: &State, shared: &Shared, buffer: &mut Buffer) -> Option<Position> {
    let (theme, glyphs) = (&shared.settings.theme, &shared.settings.glyphs);
    let page = layout::page(shared.area);
    for rule in page.rules {
        paint::horizontal(buffer, rule, glyphs.horizontal, theme.style(Role::Rule));
    }
    paint::text(buffer, page.bar, " tidings", theme.style(Role::Headline));
    paint::right(buffer, page.bar, &[(theme.style(Role::Dim), format!("{} ", tally(state)))]);
    let inner = Rect { x: page.body.x + page.body.width.min(3), width: page.body.width.saturating_sub(4), ..page.body };
    let mut cursor = None;
    for (n, line) in page_lines(state, shared).iter().enumerate() {
        let place = layout::line(inner, n);
        match line {
            Line::Blank => {}
            Line::Text(role, text) => {
                paint::text(buffer, place, text, theme.style(*role));
            }
            Line::File(path, about) => file(path, about, shared, place, buffer),
            Line::Pack(at) => {
                if let Some((pack, chosen)) = state.packs.get(*at) {
                    draw_pack(pack, *chosen, shared, place, buffer);
                }
                if *at == state.cursor.selected && !place.is_empty() {
                    let whole = Rect { x: page.body.x, width: page.body.width, ..place };
                    buffer.set_style(whole, theme.style(Role::Selected).remove_modifier(Modifier::DIM));
                    cursor = Some(Position { x: place.x, y: place.y });
                }
            }
        }
    }
    status_line::draw_fixed(buffer, page.message, page.footer, shared, &[], &KEYS);
    cursor
}

fn tally(state: &State) -> String {
    let feeds = state.chosen().iter().filter(|f| f.enabled).count();
    match state.packs.iter().filter(|(_, chosen)| *chosen).count() {
        0 => "first run".to_owned(),
        1 => format!("1 desk, {feeds} feeds"),
        desks => format!("{desks} desks, {feeds} feeds"),
    }
}

/// Columns of the name of a desk.
const NAME: usize = 24;

fn draw_pack(pack: &Pack, chosen: bool, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let ellipsis = shared.settings.glyphs.ellipsis;
    let mark = if chosen { "[x] " } else { "[ ] " };
    let on: Vec<&str> = pack.feeds.iter().filter(|f| f.enabled).map(|f| f.name.as_deref().unwrap_or(&f.url)).collect();
    let feeds = if on.len() == 1 { " 1 feed  ".to_owned() } else { format!("{:>2} feeds ", on.len()) };
    let mut runs: Vec<Run> = vec![
        (theme.style(if chosen { Role::Accent } else { Role::Text }), mark.to_owned()),
        (theme.style(if chosen { Role::Unread } else { Role::Text }), pad(&pack.name, NAME, ellipsis)),
        (theme.style(Role::Dim), feeds),
    ];
    let taken: usize = runs.iter().map(|(_, text)| width(text)).sum();
    let room = usize::from(area.width).saturating_sub(taken + 2);
    if room >= 16 {
        runs.push((theme.style(Role::Dim), format!("  {}", cut(&on.join(", "), room, ellipsis))));
    }
    paint::line(buffer, area, &runs);
}

fn file(path: &str, about: &str, shared: &Shared, area: Rect, buffer: &mut Buffer) {
    let theme = &shared.settings.theme;
    let room = usize::from(area.width).saturating_sub(width(about) + 3);
    let path = cut(path, room, shared.settings.glyphs.ellipsis);
    let runs = [(theme.style(Role::Text), path), (theme.style(Role::Dim), format!("   {about}"))];
    paint::line(buffer, area, &runs);
}
