//! Links that the terminal itself opens: OSC 8 around the cells of a link, written by a backend of our own, so that no address
//! is ever part of the text on the screen. The form is <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Rect, Size};

use crate::config::LinkMode;
use crate::tui::browse::article::Hyperlink;

/// The longest address that is given to a terminal, in bytes: VTE takes 2,083.
const LONGEST: usize = 2_000;

/// Writes cells, and the links that they are.
pub(super) struct LinkBackend<W: Write> {
    inner: CrosstermBackend<W>,
    /// Columns of the terminal, and for each cell in rows the link it is, counted from 1; 0: none.
    columns: usize,
    cells: Vec<u16>,
    links: Vec<(String, usize)>,
}

impl<W: Write> LinkBackend<W> {
    pub(super) fn new(out: W) -> Self {
        Self { inner: CrosstermBackend::new(out), columns: 0, cells: Vec::new(), links: Vec::new() }
    }

    /// The links of the frame that is about to be drawn on this area. Gives the cells, counted in rows, that were another link
    /// in the frame before, or are none any more: they are to be drawn again although their text is the same.
    pub(super) fn link(&mut self, hyperlinks: &[Hyperlink], area: Rect) -> Vec<usize> {
        let columns = usize::from(area.width);
        let count = columns * usize::from(area.height);
        if hyperlinks.is_empty() && self.links.is_empty() {
            return Vec::new();
        }
        let before = std::mem::take(&mut self.links);
        let same_size = self.columns == columns && self.cells.len() == count;
        let old = std::mem::replace(&mut self.cells, vec![0; count]);
        self.columns = columns;
        for link in hyperlinks {
            let Some(url) = address(&link.url) else { continue };
            let known = self.links.iter().position(|(known, id)| *known == url && *id == link.id);
            let at = known.unwrap_or_else(|| {
                self.links.push((url, link.id));
                self.links.len() - 1
            });
            let Ok(number) = u16::try_from(at + 1) else { continue };
            for position in link.area.intersection(area).positions() {
                let cell = usize::from(position.y) * columns + usize::from(position.x);
                if let Some(cell) = self.cells.get_mut(cell) {
                    *cell = number;
                }
            }
        }
        // On another size everything is drawn again anyway.
        if !same_size {
            return Vec::new();
        }
        let changed =
            old.into_iter().zip(&self.cells).enumerate().filter(|(_, (was, is))| {
                (*was, **is) != (0, 0) && link_of(&before, *was) != link_of(&self.links, **is)
            });
        changed.map(|(at, _)| at).collect()
    }

    fn number(&self, x: u16, y: u16) -> u16 {
        let at = usize::from(y) * self.columns + usize::from(x);
        self.cells.get(at).copied().filter(|_| usize::from(x) < self.columns).unwrap_or(0)
    }
}

fn link_of(links: &[(String, usize)], number: u16) -> Option<&(String, usize)> {
    usize::from(number).checked_sub(1).and_then(|n| links.get(n))
}

/// The address as the `url` crate writes it: nothing in it can end the sequence. None: no web address, or too long.
fn address(url: &str) -> Option<String> {
    let url = url::Url::parse(url).ok()?;
    let web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let url = String::from(url);
    let plain = url.bytes().all(|byte| matches!(byte, 0x21..=0x7e));
    (web && plain && url.len() <= LONGEST).then_some(url)
}

impl<W: Write> Backend for LinkBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        if self.links.is_empty() {
            return self.inner.draw(content);
        }
        let mut content = content.peekable();
        while let Some((x, y, _)) = content.peek() {
            let number = self.number(*x, *y);
            let mut run = Vec::new();
            while let Some(cell) = content.next_if(|(x, y, _)| self.number(*x, *y) == number) {
                run.push(cell);
            }
            let link = link_of(&self.links, number);
            if let Some((url, id)) = link {
                write!(self.inner, "\x1b]8;id=tidings{id};{url}\x1b\\")?;
            }
            let linked = link.is_some();
            self.inner.draw(run.into_iter())?;
            if linked {
                self.inner.write_all(b"\x1b]8;;\x1b\\")?;
            }
        }
        Ok(())
    }

    fn append_lines(&mut self, n: u16) -> io::Result<()> {
        self.inner.append_lines(n)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.inner.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.inner)
    }
}

/// Whether links are given to the terminal. `variable` gives those of the environment.
pub(super) fn wanted(mode: LinkMode, variable: impl Fn(&str) -> Option<String>) -> bool {
    match mode {
        LinkMode::Auto => taken_by_terminal(variable),
        LinkMode::Always => true,
        LinkMode::Never => false,
    }
}

/// Programs that set `TERM_PROGRAM` and take OSC 8.
const PROGRAMS: [&str; 10] =
    ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "mintty", "rio", "Tabby", "contour", "WarpTerminal"];

/// Names in `TERM` of terminals that take OSC 8.
const TERMS: [&str; 6] = ["kitty", "alacritty", "foot", "wezterm", "ghostty", "contour"];

/// VTE takes OSC 8 from 0.50 on (GNOME Terminal, Tilix, xfce4-terminal and others).
const VTE: u32 = 5_000;

/// tmux hands OSC 8 on from 3.4 on.
const TMUX: (u32, u32) = (3, 4);

/// Only what is known to take links gets them: others may show them as text.
fn taken_by_terminal(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
    let term = variable("TERM").unwrap_or_default();
    let program = variable("TERM_PROGRAM").unwrap_or_default();
    if matches!(term.as_str(), "dumb" | "linux") || is_set("STY") {
        return false;
    }
    if is_set("TMUX") || program == "tmux" || term.starts_with("screen") || term.starts_with("tmux") {
        // What the terminal around it takes is not known here; tmux leaves out what it does not.
        return program == "tmux" && version(&variable("TERM_PROGRAM_VERSION").unwrap_or_default()) >= Some(TMUX);
    }
    PROGRAMS.contains(&program.as_str())
        || TERMS.iter().any(|known| term.contains(known))
        || ["KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION"].into_iter().any(is_set)
        || variable("VTE_VERSION").and_then(|version| version.parse().ok()).is_some_and(|version: u32| version >= VTE)
}

/// `3.4`, `3.4a`, `3.10`.
fn version(text: &str) -> Option<(u32, u32)> {
    let (major, rest) = text.split_once('.')?;
    let minor: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some((major.parse().ok()?, minor.parse().ok()?))
}

#[cfg(test)]
mod tests;
