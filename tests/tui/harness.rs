//! Drives the desk by a key script and shows what is on its screen, styles told by theme role.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use tidings::command::{Key, Keymap, Preset};
use tidings::config::{ImageMode, Ui};
use tidings::engine::Notice;
use tidings::tui::effect::Effect;
use tidings::tui::event::{Answer, Event, Mouse, MouseKind};
use tidings::tui::theme::{ROLES, Theme};
use tidings::tui::{Model, Pack, Settings, Start, first_request, update, view};

use super::fixture;
use super::library::Library;

/// The desk, its library, and what it asked of the outside.
pub(crate) struct Harness {
    pub(crate) model: Model,
    pub(crate) library: Library,
    /// Addresses given to the browser.
    pub(crate) opened: Vec<String>,
    /// Texts given to the clipboard.
    pub(crate) copied: Vec<String>,
    /// Other effects that were asked for.
    pub(crate) asked: Vec<Effect>,
    /// Answers are held back while this is set.
    pub(crate) held: Option<Vec<Effect>>,
}

/// What a desk starts from, to be changed before it opens.
pub(crate) struct Setup {
    pub(crate) library: Library,
    pub(crate) ui: Ui,
    pub(crate) no_color: bool,
    pub(crate) size: (u16, u16),
    pub(crate) first_run: Option<Vec<Pack>>,
    pub(crate) read_only: bool,
    pub(crate) invented: bool,
    pub(crate) feed_images: BTreeMap<String, ImageMode>,
}

impl Setup {
    pub(crate) fn news() -> Self {
        let articles = fixture::news();
        let feeds = fixture::feeds(&articles);
        Self::of(Library::new(articles, feeds))
    }

    pub(crate) fn stories() -> Self {
        Self::of(fixture::stories())
    }

    pub(crate) fn many(count: usize) -> Self {
        let articles = fixture::many(count);
        let feeds = fixture::feeds(&articles);
        Self::of(Library::new(articles, feeds))
    }

    pub(crate) fn empty() -> Self {
        Self::of(Library::default())
    }

    fn of(library: Library) -> Self {
        Self {
            library,
            ui: Ui::default(),
            no_color: false,
            size: (80, 24),
            first_run: None,
            read_only: false,
            invented: false,
            feed_images: BTreeMap::new(),
        }
    }

    pub(crate) fn size(mut self, columns: u16, rows: u16) -> Self {
        self.size = (columns, rows);
        self
    }

    pub(crate) fn ui(mut self, change: impl FnOnce(&mut Ui)) -> Self {
        change(&mut self.ui);
        self
    }

    pub(crate) fn no_color(mut self) -> Self {
        self.no_color = true;
        self
    }

    pub(crate) fn open(self) -> Harness {
        let counts = self.library.counts();
        let first_rows = self.library.list(&first_request(&self.ui, counts.newest));
        let keymap = Arc::new(Keymap::build(Preset::Tidings, &[]).0);
        let start = Start {
            now: fixture::now(),
            zone: TimeZone::UTC,
            size: self.size,
            settings: Settings {
                feed_images: self.feed_images,
                ..Settings::new(self.ui, true, keymap, false, self.no_color)
            },
            first_rows,
            counts,
            feeds: self.library.feeds.clone(),
            first_run: self.first_run,
            read_only: self.read_only,
            invented: self.invented,
            paths: None,
            troubles: Vec::new(),
        };
        let (model, effects) = Model::new(start);
        let mut harness = Harness {
            model,
            library: self.library,
            opened: Vec::new(),
            copied: Vec::new(),
            asked: Vec::new(),
            held: None,
        };
        harness.carry_out(effects);
        harness
    }
}

impl Harness {
    /// Types a script: characters stand for themselves, `<Enter>`, `<Ctrl-d>` and the like for keys.
    pub(crate) fn keys(&mut self, script: &str) -> &mut Self {
        let mut rest = script;
        while let Some(first) = rest.chars().next() {
            let end = if first == '<' { rest.find('>') } else { None };
            let (name, after) = match end {
                Some(end) => (&rest[1..end], &rest[end + 1..]),
                None => rest.split_at(first.len_utf8()),
            };
            let name = if name == " " { "Space" } else { name };
            let key: Key = name.parse().unwrap_or_else(|e| panic!("{name}: {e}"));
            self.send(Event::Key(key));
            rest = after;
        }
        self
    }

    /// Something happens.
    pub(crate) fn send(&mut self, event: Event) -> &mut Self {
        let effects = update(&mut self.model, event);
        self.carry_out(effects);
        self
    }

    pub(crate) fn notice(&mut self, notice: Notice) -> &mut Self {
        self.send(Event::Notice(Box::new(notice)))
    }

    pub(crate) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.send(Event::Resized { columns, rows })
    }

    pub(crate) fn later(&mut self, seconds: i64) -> &mut Self {
        let now = self.model.shared.now.checked_add(jiff::SignedDuration::from_secs(seconds)).expect("a time");
        self.send(Event::Tick(now))
    }

    pub(crate) fn mouse(&mut self, kind: MouseKind, column: u16, row: u16) -> &mut Self {
        self.send(Event::Mouse(Mouse { kind, column, row }))
    }

    /// Answers what was held back, oldest first.
    pub(crate) fn release(&mut self) -> &mut Self {
        let held = self.held.take().unwrap_or_default();
        self.carry_out(held);
        self
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut queue: std::collections::VecDeque<_> = effects.into();
        let mut steps = 0;
        while let Some(effect) = queue.pop_front() {
            steps += 1;
            assert!(steps < 2_000, "the desk asks without end: {effect:?}");
            let event = match effect {
                Effect::Load(..) | Effect::Write(..) if self.held.is_some() => {
                    self.held.as_mut().expect("held").push(effect);
                    continue;
                }
                Effect::Load(id, load) => Event::Loaded(id, Box::new(self.library.load(load))),
                Effect::Write(id, write) => match self.library.write(write) {
                    Ok(answer) => Event::Loaded(id, Box::new(answer)),
                    Err(error) => Event::Failed(id, error),
                },
                Effect::Browse(id, url) => {
                    self.opened.push(url);
                    Event::Loaded(id, Box::new(Answer::Done(String::new())))
                }
                Effect::Copy(text) => {
                    self.copied.push(text);
                    continue;
                }
                Effect::Poll(request) => {
                    self.library.polls.push(request);
                    continue;
                }
                Effect::Play(id, _) | Effect::StopPlaying(id) => {
                    self.asked.push(effect.clone());
                    Event::Loaded(id, Box::new(Answer::Done(String::new())))
                }
                Effect::Picture(_)
                | Effect::ProbePictures
                | Effect::EditNote(_)
                | Effect::EditConfig
                | Effect::Suspend
                | Effect::Redraw
                | Effect::Quit => {
                    self.asked.push(effect);
                    continue;
                }
            };
            queue.extend(update(&mut self.model, event));
        }
    }

    /// The finished buffer.
    pub(crate) fn buffer(&self) -> Buffer {
        let area = self.model.shared.area;
        let mut terminal = Terminal::new(TestBackend::new(area.width, area.height)).expect("a terminal");
        terminal.draw(|frame| view(&self.model, frame)).expect("drawn");
        terminal.backend().buffer().clone()
    }

    /// The rows of the screen.
    pub(crate) fn rows(&self) -> Vec<String> {
        rows(&self.buffer())
    }

    /// The whole screen as text.
    pub(crate) fn text(&self) -> String {
        self.rows().join("\n")
    }

    /// The row under the cursor of the list.
    pub(crate) fn title(&self) -> String {
        self.model.desk.browse.list.current().map(|h| h.title.clone()).unwrap_or_default()
    }

    /// The screen, then where each role's style is: a change of colour reads in words.
    pub(crate) fn screen(&self) -> String {
        let buffer = self.buffer();
        let mut text: String = rows(&buffer).iter().map(|row| format!("|{row}|\n")).collect();
        text.push('\n');
        for y in 0..buffer.area.height {
            let legend = legend(&buffer, y, &self.model.shared.settings.theme);
            if !legend.is_empty() {
                text.push_str(&format!("{y:>3}: {legend}\n"));
            }
        }
        text
    }
}

fn rows(buffer: &Buffer) -> Vec<String> {
    (0..buffer.area.height)
        .map(|y| {
            let mut row = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer[(x, y)].symbol();
                skip = tidings::text::width(symbol).saturating_sub(1);
                row.push_str(symbol);
            }
            row
        })
        .collect()
}

fn legend(buffer: &Buffer, y: u16, theme: &Theme) -> String {
    let mut runs: Vec<(u16, u16, String)> = Vec::new();
    let mut skip = 0;
    for x in 0..buffer.area.width {
        // The cell behind a wide character is its second half.
        if skip > 0 {
            skip -= 1;
            if let Some(last) = runs.last_mut() {
                last.1 = x;
            }
            continue;
        }
        skip = tidings::text::width(buffer[(x, y)].symbol()).saturating_sub(1);
        let role = role(buffer[(x, y)].style(), theme);
        match runs.last_mut() {
            Some((_, end, last)) if *last == role && *end + 1 == x => *end = x,
            _ => runs.push((x, x, role)),
        }
    }
    let told: Vec<_> =
        runs.iter().filter(|r| r.2 != "text").map(|(from, to, role)| format!("{from}-{to} {role}")).collect();
    told.join(", ")
}

fn role(style: Style, theme: &Theme) -> String {
    let plain = |s: Style| {
        let own = |c: Option<Color>| c.filter(|c| *c != Color::Reset);
        (own(s.fg), own(s.bg), s.add_modifier - s.sub_modifier)
    };
    if let Some((_, name)) = ROLES.iter().find(|(role, _)| plain(theme.style(*role)) == plain(style)) {
        return (*name).to_owned();
    }
    // Something laid over something else: the role whose colours it has, and what else there is.
    let (fg, bg, modifiers) = plain(style);
    let under = ROLES.iter().find(|(role, _)| {
        let (role_fg, role_bg, role_modifiers) = plain(theme.style(*role));
        (role_fg, role_bg) == (fg, bg) && modifiers.contains(role_modifiers) && role_modifiers != Modifier::empty()
            || ((role_fg, role_bg) == (fg, bg) && bg.is_some())
    });
    let base = under.map_or_else(|| format!("{fg:?} on {bg:?}"), |(_, name)| (*name).to_owned());
    format!("{base}+{modifiers:?}").replace("Modifier(", "").replace(')', "")
}
