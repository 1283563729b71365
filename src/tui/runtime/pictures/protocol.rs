//! How this terminal shows pictures: what the environment says of it, else what it says itself.

use crossterm::terminal::window_size;

use crate::config::PictureProtocol;
use crate::tui::pictures::Canvas;

/// The cell of a terminal that does not tell its own: about the proportions that all have.
const USUAL_CELL: (u16, u16) = (10, 20);
/// A cell larger than this is a mistake of the terminal's.
const LARGEST_CELL: u16 = 200;

/// A way to show pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Protocol {
    /// kitty's graphics protocol, by its Unicode placeholders.
    Kitty,
    /// Pictures within the text as iTerm2 introduced them (OSC 1337).
    Iterm2,
    /// DEC's Sixel graphics.
    Sixel,
    /// Half-blocks in colours: everywhere.
    Halves,
}

/// How pictures are shown, on cells of what size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Means {
    pub(super) protocol: Protocol,
    /// Width and height in pixels.
    pub(super) cell: (u16, u16),
}

impl Means {
    /// Half-blocks.
    pub(super) const fn halves(cell: (u16, u16)) -> Self {
        Self { protocol: Protocol::Halves, cell }
    }

    #[cfg(test)]
    pub(super) const fn kitty(cell: (u16, u16)) -> Self {
        Self { protocol: Protocol::Kitty, cell }
    }

    #[cfg(test)]
    pub(super) const fn sixel(cell: (u16, u16)) -> Self {
        Self { protocol: Protocol::Sixel, cell }
    }

    #[cfg(test)]
    pub(super) const fn iterm2(cell: (u16, u16)) -> Self {
        Self { protocol: Protocol::Iterm2, cell }
    }

    /// The same on cells as they are now.
    pub(super) fn measured(self) -> Self {
        Self { cell: cell().unwrap_or(self.cell), ..self }
    }

    /// What the model has to know of it.
    pub(super) fn canvas(self) -> Canvas {
        Canvas { cell: self.cell, characters: self.protocol == Protocol::Halves }
    }
}

/// Whether the environment leaves open how pictures are shown, so that the terminal has to be asked.
pub(super) fn must_ask(chosen: PictureProtocol) -> bool {
    let known = named(chosen).or_else(|| of_environment(|name| std::env::var(name).ok()));
    cfg!(unix) && known.is_none_or(|protocol| protocol != Protocol::Halves && cell().is_none())
}

/// How this terminal shows pictures. `asking`: it may be asked.
pub(super) fn probe(chosen: PictureProtocol, asking: bool) -> Means {
    let known = named(chosen).or_else(|| of_environment(|name| std::env::var(name).ok()));
    let told = if asking { ask() } else { (false, None) };
    let of_terminal = if told.0 { Protocol::Sixel } else { Protocol::Halves };
    match (known.unwrap_or(of_terminal), cell().or(told.1)) {
        (protocol, Some(cell)) => Means { protocol, cell },
        // Pixels on cells of a size that nobody knows would lie over the text.
        (_, None) => Means::halves(USUAL_CELL),
    }
}

#[cfg(unix)]
fn ask() -> (bool, Option<(u16, u16)>) {
    super::query::ask().map_or((false, None), |told| (told.sixel, told.cell.and_then(plausible)))
}

#[cfg(not(unix))]
fn ask() -> (bool, Option<(u16, u16)>) {
    (false, None)
}

/// The size of a cell in pixels, as the system knows it; many terminals do not tell it.
fn cell() -> Option<(u16, u16)> {
    let size = window_size().ok()?;
    plausible((size.width.checked_div(size.columns)?, size.height.checked_div(size.rows)?))
}

fn plausible(cell: (u16, u16)) -> Option<(u16, u16)> {
    let possible = |pixels: u16| (2..=LARGEST_CELL).contains(&pixels);
    (possible(cell.0) && possible(cell.1)).then_some(cell)
}

fn named(chosen: PictureProtocol) -> Option<Protocol> {
    match chosen {
        PictureProtocol::Auto => None,
        PictureProtocol::Kitty => Some(Protocol::Kitty),
        PictureProtocol::Iterm2 => Some(Protocol::Iterm2),
        PictureProtocol::Sixel => Some(Protocol::Sixel),
        PictureProtocol::Halfblocks => Some(Protocol::Halves),
    }
}

/// What the environment says; none when it says nothing certain. The terminals with kitty's protocol cannot be asked
/// safely: an answer that came late would be taken for keys.
fn of_environment(get: impl Fn(&str) -> Option<String>) -> Option<Protocol> {
    let set = |name: &str| get(name).is_some_and(|value| !value.is_empty());
    let term = get("TERM").unwrap_or_default();
    let program = get("TERM_PROGRAM").unwrap_or_default();
    let multiplexed = ["TMUX", "STY", "ZELLIJ"].into_iter().any(set);
    if multiplexed || ["tmux", "screen"].iter().any(|name| term.starts_with(name)) || program == "tmux" {
        // What runs within another terminal may speak for one that is not there any more.
        return Some(Protocol::Halves);
    }
    if term == "xterm-kitty" || term == "xterm-ghostty" || program == "ghostty" || set("KITTY_WINDOW_ID") {
        return Some(Protocol::Kitty);
    }
    if ["iTerm.app", "WezTerm"].contains(&&*program) || set("WEZTERM_EXECUTABLE") {
        return Some(Protocol::Iterm2);
    }
    if get("LC_TERMINAL").is_some_and(|name| name == "iTerm2") {
        return Some(Protocol::Iterm2);
    }
    let plain = term == "linux" || program == "Apple_Terminal" || set("KONSOLE_VERSION");
    plain.then_some(Protocol::Halves)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(environment: &[(&str, &str)]) -> Option<Protocol> {
        of_environment(|name| environment.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn the_environment_names_the_terminals_that_cannot_be_asked() {
        for (environment, expected) in [
            (&[("TERM", "xterm-kitty")][..], Some(Protocol::Kitty)),
            (&[("TERM", "xterm-256color"), ("KITTY_WINDOW_ID", "1")], Some(Protocol::Kitty)),
            (&[("TERM", "tmux-256color"), ("KITTY_WINDOW_ID", "1")], Some(Protocol::Halves)),
            (
                &[("TERM", "xterm-256color"), ("TMUX", "/tmp/x,1,0"), ("TERM_PROGRAM", "iTerm.app")],
                Some(Protocol::Halves),
            ),
            (&[("TERM", "xterm-ghostty")], Some(Protocol::Kitty)),
            (&[("TERM", "xterm-256color"), ("TERM_PROGRAM", "WezTerm")], Some(Protocol::Iterm2)),
            (&[("TERM", "xterm-256color"), ("LC_TERMINAL", "iTerm2")], Some(Protocol::Iterm2)),
            (&[("TERM", "linux")], Some(Protocol::Halves)),
            (&[("TERM", "xterm-256color")], None),
            (&[("TERM", "foot"), ("KITTY_WINDOW_ID", "")], None),
            (&[], None),
        ] {
            assert_eq!(of(environment), expected, "{environment:?}");
        }
    }

    #[test]
    fn a_cell_that_cannot_be_is_none() {
        assert_eq!(plausible((9, 18)), Some((9, 18)));
        for wrong in [(0, 0), (1, 18), (9, 5_000)] {
            assert_eq!(plausible(wrong), None, "{wrong:?}");
        }
    }
}
