//! The outside of the desk: terminal, keys, engine and time become events; effects are carried out.
//!
//! Nothing but this folder knows tokio, the terminal and the engine's handle.

mod browser;
mod clipboard;
mod draw;
mod editor;
mod effects;
mod event_loop;
mod hyperlinks;
mod input;
mod load;
mod pace;
#[cfg(feature = "images")]
mod pictures;
#[cfg(not(feature = "images"))]
#[path = "no_pictures.rs"]
mod pictures;
mod player;
mod program;
mod signals;
mod terminal;
mod write;

pub use event_loop::run;
pub use terminal::{TerminalError, require_terminal};

use super::model::Start;
use crate::engine::EngineHandle;

/// What the desk needs from `main`.
pub struct Options {
    /// The engine, not yet working in the background.
    pub engine: EngineHandle,
    /// What the desk starts from. Its size is that of the terminal, whatever it says here.
    pub start: Start,
    /// `--ascii`: kept when the config is read again.
    pub ascii: bool,
    /// Called once the first frame is on the screen: the place to start the engine's background work.
    pub after_first_frame: Box<dyn FnOnce() + Send>,
}

/// How the desk ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exit {
    /// The signal that ended it; none: the user.
    pub signal: Option<u8>,
}

/// The end of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// How it ended.
    pub exit: Exit,
    /// What was cut short by it, a line each, to be said where the user is now.
    pub unfinished: Vec<String>,
}

impl Exit {
    /// The exit status: 0, or 128 and the number of the signal.
    #[must_use]
    pub fn code(self) -> u8 {
        self.signal.map_or(0, |n| 128_u8.saturating_add(n))
    }
}
