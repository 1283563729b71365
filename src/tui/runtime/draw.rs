//! A frame: the view, then a sweep over the finished buffer, so that nothing reaches the terminal that could act there
//! (THREATS R1), wherever it came from.

use std::io::{self, BufWriter, Stdout, Write};

use ratatui::Terminal;
use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Rect, Size};

use super::hyperlinks::{self, LinkBackend};
use super::pictures::Painter;
use crate::config::LinkMode;
use crate::text::width;
use crate::tui::model::Model;
use crate::tui::sweep::sweep;
use crate::tui::view::{hyperlinks as hyperlinks_in_sight, pictures_in_sight, view};

/// Large enough for a frame in one write.
const BUFFER: usize = 64 * 1024;

/// What is drawn on.
pub(super) struct Screen {
    terminal: Terminal<LinkBackend<BufWriter<Stdout>>>,
    /// The terminal takes links.
    links: bool,
    /// Where wide characters began in the last frame.
    wide: Vec<usize>,
}

impl Screen {
    /// Makes the screen to draw on.
    pub(super) fn open(links: LinkMode) -> io::Result<Self> {
        let out = BufWriter::with_capacity(BUFFER, io::stdout());
        let mut screen = Self { terminal: Terminal::new(LinkBackend::new(out))?, links: false, wide: Vec::new() };
        screen.set_links(links);
        Ok(screen)
    }

    /// Gives links to the terminal, or not.
    pub(super) fn set_links(&mut self, mode: LinkMode) {
        self.links = hyperlinks::wanted(mode, |name| std::env::var(name).ok());
    }

    /// Columns and rows of the terminal.
    pub(super) fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// Forgets what is on the terminal, so that the next frame draws all of it. (ratatui's own `clear` would ask the terminal
    /// where the cursor is, and wait for an answer that a terminal need not give.)
    pub(super) fn clear(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.terminal.resize(Rect::new(0, 0, size.width, size.height))
    }

    /// Draws the model, and over the room left for them the pictures.
    pub(super) fn draw(&mut self, model: &Model, painter: &mut Painter) -> io::Result<()> {
        let links = if self.links { hyperlinks_in_sight(model) } else { Vec::new() };
        let relinked = self.terminal.backend_mut().link(&links, model.shared.area);
        let wide = &mut self.wide;
        let sights = pictures_in_sight(model);
        write_out(&painter.prepare(&sights))?;
        self.terminal.draw(|frame| {
            view(model, frame);
            sweep(frame.buffer_mut());
            refresh_halves(frame.buffer_mut(), wide);
            draw_again(frame.buffer_mut(), &relinked);
            // After the sweep: what shows a picture acts on the terminal, and is our own.
            painter.paint(&sights, frame.buffer_mut());
        })?;
        Ok(())
    }
}

/// Writes to the terminal, beside the frames.
pub(super) fn write_out(words: &str) -> io::Result<()> {
    if words.is_empty() {
        return Ok(());
    }
    let mut out = io::stdout();
    out.write_all(words.as_bytes())?;
    out.flush()
}

/// Has the second half of each wide character that gives way to a narrow one drawn again: not every terminal clears it.
fn refresh_halves(buffer: &mut Buffer, wide: &mut Vec<usize>) {
    for at in wide.drain(..) {
        if buffer.content.get(at).is_some_and(|cell| width(cell.symbol()) < 2)
            && let Some(half) = buffer.content.get_mut(at + 1)
        {
            half.diff_option = CellDiffOption::AlwaysUpdate;
        }
    }
    let cells = buffer.content.iter().enumerate();
    // Nothing in fewer than three bytes is wide, nor are the rules of the frame.
    let may_be_wide = |symbol: &str| symbol.len() > 2 && !symbol.starts_with(is_rule);
    wide.extend(cells.filter(|(_, cell)| may_be_wide(cell.symbol()) && width(cell.symbol()) > 1).map(|(at, _)| at));
}

/// A character of the block Box Drawing, all of which are one column wide.
fn is_rule(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{257f}')
}

/// Has cells drawn again whatever is in them, save the second halves of wide characters: those are drawn with the first.
fn draw_again(buffer: &mut Buffer, cells: &[usize]) {
    for at in cells {
        let before = at.checked_sub(1).and_then(|before| buffer.content.get(before));
        let half = before.is_some_and(|cell| width(cell.symbol()) > 1);
        if let Some(cell) = buffer.content.get_mut(*at).filter(|_| !half) {
            cell.diff_option = CellDiffOption::AlwaysUpdate;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_half_of_a_wide_character_is_drawn_again() {
        let mut wide = Vec::new();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        buffer.set_string(1, 0, "集", ratatui::style::Style::new());
        refresh_halves(&mut buffer, &mut wide);
        assert_eq!(wide, [1]);
        let mut next = Buffer::empty(Rect::new(0, 0, 4, 1));
        next.set_string(1, 0, "a", ratatui::style::Style::new());
        refresh_halves(&mut next, &mut wide);
        let drawn: Vec<_> = buffer.diff(&next).into_iter().map(|(x, _, _)| x).collect();
        assert_eq!(drawn, [1, 2]);
    }
}
