//! What the desk knows of pictures: how this terminal shows them, which are here, and how large they are to be drawn.

use std::collections::BTreeMap;

/// Addresses remembered; beyond it those that are not under way are forgotten, and asked about again when they are needed.
const MOST_KNOWN: usize = 400;
/// Pictures are at most so many times as large on the screen as they were published: beyond it they are only blurred.
const LARGEST: u64 = 2;
/// Least columns: a terminal's cursor is known to be elsewhere only beyond a picture's second cell.
const LEAST_COLUMNS: u16 = 2;

/// What pictures are drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Canvas {
    /// Width and height of a cell in pixels.
    pub cell: (u16, u16),
    /// They are drawn with characters (half-blocks), which are no ASCII.
    pub characters: bool,
}

/// What is known of the terminal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Terminal {
    #[default]
    Unknown,
    Asked,
    Shows(Canvas),
    ShowsNone,
}

/// What is known of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Coming,
    /// Its size in pixels.
    Here(u32, u32),
    Failed,
}

/// What is known of pictures.
#[derive(Debug, Clone, Default)]
pub struct Pictures {
    terminal: Terminal,
    known: BTreeMap<String, State>,
}

impl Pictures {
    /// Whether the terminal has to be asked; true once.
    pub fn must_ask(&mut self) -> bool {
        let unknown = self.terminal == Terminal::Unknown;
        if unknown {
            self.terminal = Terminal::Asked;
        }
        unknown
    }

    /// How the terminal shows pictures became known; none: it does not.
    pub fn set_canvas(&mut self, canvas: Option<Canvas>) {
        self.terminal = canvas.map_or(Terminal::ShowsNone, Terminal::Shows);
    }

    /// What pictures are drawn on, once that is known.
    #[must_use]
    pub fn canvas(&self) -> Option<Canvas> {
        match self.terminal {
            Terminal::Shows(canvas) => Some(canvas),
            Terminal::Unknown | Terminal::Asked | Terminal::ShowsNone => None,
        }
    }

    /// The terminal is asked again the next time.
    pub fn forget_canvas(&mut self) {
        self.terminal = Terminal::Unknown;
    }

    /// Whether this picture has to be fetched; it counts as under way from now on.
    pub fn must_fetch(&mut self, url: &str) -> bool {
        if self.known.contains_key(url) {
            return false;
        }
        if self.known.len() >= MOST_KNOWN {
            self.known.retain(|_, state| *state == State::Coming);
        }
        self.known.insert(url.to_owned(), State::Coming);
        true
    }

    /// Whether nothing is known of it, or only that it could not be had.
    #[must_use]
    pub fn lacks(&self, url: &str) -> bool {
        matches!(self.known.get(url), None | Some(State::Failed))
    }

    /// It came, so large; or it did not.
    pub fn came(&mut self, url: &str, size: Option<(u32, u32)>) {
        let state = size.map_or(State::Failed, |(width, height)| State::Here(width, height));
        self.known.insert(url.to_owned(), state);
    }

    /// What failed is tried again the next time.
    pub fn forgive(&mut self) {
        self.known.retain(|_, state| *state != State::Failed);
    }

    /// Columns and rows that it takes where there is room for so many; none while it is not here.
    #[must_use]
    pub fn size(&self, url: &str, room: (u16, u16)) -> Option<(u16, u16)> {
        match self.known.get(url)? {
            State::Here(width, height) => fit((*width, *height), self.canvas()?.cell, room),
            State::Coming | State::Failed => None,
        }
    }
}

/// Columns and rows for a picture of so many pixels on cells of so many: as large as there is room for, but not enlarged
/// beyond [`LARGEST`], and in its own proportions as near as whole cells come to them.
#[must_use]
pub fn fit(pixels: (u32, u32), cell: (u16, u16), room: (u16, u16)) -> Option<(u16, u16)> {
    let (width, height) = (u64::from(pixels.0), u64::from(pixels.1));
    let (cell_width, cell_height) = (u64::from(cell.0), u64::from(cell.1));
    if width == 0 || height == 0 || cell_width == 0 || cell_height == 0 || room.0 < LEAST_COLUMNS || room.1 == 0 {
        return None;
    }
    let (most_wide, most_high) = (u64::from(room.0) * cell_width, u64::from(room.1) * cell_height);
    let mut wide = (width * LARGEST).min(most_wide);
    let mut high = height * wide / width;
    if high > most_high {
        high = most_high;
        wide = width * high / height;
    }
    let cells = |pixels: u64, of: u64| u16::try_from((pixels + of / 2) / of).unwrap_or(u16::MAX);
    let columns = cells(wide, cell_width).clamp(LEAST_COLUMNS, room.0);
    Some((columns, cells(high, cell_height).clamp(1, room.1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CELL: (u16, u16) = (10, 20);

    #[test]
    fn a_picture_is_sized_to_the_room_and_keeps_its_proportions() {
        assert_eq!(fit((1_600, 800), CELL, (80, 30)), Some((80, 20)), "as wide as the measure");
        assert_eq!(fit((800, 1_600), CELL, (80, 20)), Some((20, 20)), "as high as the pane allows");
        assert_eq!(fit((100, 100), CELL, (80, 20)), Some((20, 10)), "twice its size and no more");
        assert_eq!(fit((4_096, 1), CELL, (80, 20)), Some((80, 1)), "never less than a row");
        assert_eq!(fit((1, 4_096), CELL, (80, 20)), Some((2, 20)));
        assert_eq!(fit((0, 10), CELL, (80, 20)), None);
        assert_eq!(fit((10, 10), CELL, (1, 20)), None, "no room");
    }

    #[test]
    fn a_picture_is_asked_for_once_and_again_only_when_it_failed() {
        let mut pictures = Pictures::default();
        assert!(pictures.must_fetch("a") && !pictures.must_fetch("a"));
        assert!(pictures.must_fetch("b"));
        pictures.came("a", Some((100, 100)));
        pictures.came("b", None);
        assert_eq!(pictures.size("a", (80, 20)), None, "the terminal is not known yet");
        pictures.set_canvas(Some(Canvas { cell: CELL, characters: true }));
        assert_eq!(pictures.size("a", (80, 20)), Some((20, 10)));
        assert_eq!(pictures.size("b", (80, 20)), None);
        pictures.forgive();
        assert!(pictures.must_fetch("b") && !pictures.must_fetch("a"));
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let mut pictures = Pictures::default();
        for n in 0..3 * MOST_KNOWN {
            pictures.must_fetch(&n.to_string());
            pictures.came(&n.to_string(), None);
        }
        assert!(pictures.known.len() <= MOST_KNOWN);
    }

    proptest! {
        #[test]
        fn it_always_fits(width in 0_u32.., height in 0_u32.., cell in (0_u16..100, 0_u16..200), room in (0_u16..500, 0_u16..200)) {
            if let Some((columns, rows)) = fit((width, height), cell, room) {
                prop_assert!(columns <= room.0 && rows <= room.1 && columns >= LEAST_COLUMNS && rows >= 1);
            }
        }
    }
}
