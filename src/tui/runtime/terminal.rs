//! The terminal: taken and given back. It comes back whatever happens: on drop, on a panic before its message, on signals.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread::ThreadId;

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, queue};

/// Whether the terminal is ours now, and whether the mouse is.
static TAKEN: AtomicBool = AtomicBool::new(false);
static MOUSE: AtomicBool = AtomicBool::new(false);

/// The thread that draws: a panic there ends the desk, a panic anywhere else does not.
static DRAWING: Mutex<Option<ThreadId>> = Mutex::new(None);

/// What a program that had the terminal before us, and was killed there, may have left: no wrapping, insert mode, line
/// drawing, colours; margins and origin mode, whose end moves the cursor. Each is what every terminal begins with.
const PLAIN: &[u8] = b"\x1b[?7h\x1b[4l\x1b(B\x0f\x1b[m";
const WHOLE: &[u8] = b"\x1b[r\x1b[?6l";

/// Where the log is, for those who see a panic.
static LOG: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Why the desk cannot open here.
#[derive(Debug, thiserror::Error)]
pub enum TerminalError {
    /// Input or output is a file or a pipe.
    #[error(
        "the desk needs a terminal, and standard {0} is none; without one use `tidings poll`, `tidings list`, `tidings show` and `tidings mark`"
    )]
    NotATerminal(&'static str),
    /// `TERM` says that nothing can be drawn, or nothing at all.
    #[error(
        "the desk cannot be drawn on this terminal ({0}); use `tidings poll`, `tidings list`, `tidings show` and `tidings mark`"
    )]
    Dumb(&'static str),
    /// It could not be set up.
    #[error("the terminal could not be set up: {0}")]
    Io(#[from] io::Error),
}

/// Whether the desk can open here: to be asked before anything else is opened. Writes nothing.
pub fn require_terminal() -> Result<(), TerminalError> {
    if !io::stdin().is_terminal() {
        return Err(TerminalError::NotATerminal("input"));
    }
    if !io::stdout().is_terminal() {
        return Err(TerminalError::NotATerminal("output"));
    }
    // Windows has no TERM. What it says elsewhere is believed; what a terminal of an unheard-of name can do is tried.
    match std::env::var_os("TERM") {
        Some(term) if term == "dumb" => Err(TerminalError::Dumb("TERM=dumb")),
        Some(term) if term == "unknown" => Err(TerminalError::Dumb("TERM=unknown")),
        term if cfg!(unix) && term.as_ref().is_none_or(|term| term.is_empty()) => {
            Err(TerminalError::Dumb("TERM is not set; it is named there, as in TERM=xterm-256color"))
        }
        _ => Ok(()),
    }
}

/// Holds the terminal; gives it back when dropped.
#[derive(Debug)]
pub(super) struct Guard(());

impl Guard {
    /// Takes the terminal: raw mode, the alternate screen, pasted text in brackets, the mouse if wanted. `log` is named
    /// when the desk panics.
    pub(super) fn take(mouse: bool, log: Option<PathBuf>) -> io::Result<Self> {
        *LOG.lock().unwrap_or_else(PoisonError::into_inner) = log;
        *DRAWING.lock().unwrap_or_else(PoisonError::into_inner) = Some(std::thread::current().id());
        restore_before_panic_messages();
        let guard = Self(());
        guard.resume(mouse)?;
        Ok(guard)
    }

    /// Takes it again after [`release`].
    pub(super) fn resume(&self, mouse: bool) -> io::Result<()> {
        TAKEN.store(true, Ordering::SeqCst);
        enable_raw_mode()?;
        let mut out = io::stdout();
        out.write_all(PLAIN)?;
        queue!(out, EnterAlternateScreen, EnableBracketedPaste)?;
        out.write_all(WHOLE)?;
        out.flush()?;
        self.set_mouse(mouse)
    }

    /// Listens to the mouse, or not.
    #[expect(clippy::unused_self, reason = "only who holds the terminal may change it")]
    pub(super) fn set_mouse(&self, on: bool) -> io::Result<()> {
        if MOUSE.swap(on, Ordering::SeqCst) == on {
            return Ok(());
        }
        let mut out = io::stdout();
        listen_to_mouse(&mut out, on)?;
        out.flush()
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        release();
    }
}

/// Gives the terminal back; does nothing when it is not ours. What fails is left: there is nobody to tell.
pub(super) fn release() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let mut out = io::stdout();
    if MOUSE.swap(false, Ordering::SeqCst) {
        listen_to_mouse(&mut out, false).ok();
    }
    queue!(out, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show).ok();
    out.flush().ok();
    disable_raw_mode().ok();
}

/// How the terminal treats keys, to be put back after a program that had it.
#[cfg(unix)]
#[derive(Debug)]
pub(super) struct Modes(Option<rustix::termios::Termios>);

#[cfg(unix)]
impl Modes {
    /// Those of now.
    pub(super) fn now() -> Self {
        Self(rustix::termios::tcgetattr(rustix::stdio::stdin()).ok())
    }

    /// Puts them back: whoever was killed could not do it himself.
    pub(super) fn put_back(&self) {
        if let Some(modes) = &self.0 {
            rustix::termios::tcsetattr(rustix::stdio::stdin(), rustix::termios::OptionalActions::Now, modes).ok();
        }
    }
}

/// How the terminal treats keys; the console of Windows is not changed by the programs that had it.
#[cfg(not(unix))]
#[derive(Debug)]
pub(super) struct Modes;

#[cfg(not(unix))]
impl Modes {
    /// Those of now.
    pub(super) fn now() -> Self {
        Self
    }

    /// Puts them back.
    pub(super) fn put_back(&self) {}
}

/// Presses and the wheel only (xterm's modes 1000 and 1006): with every movement reported, moving the mouse would be work.
#[cfg(unix)]
fn listen_to_mouse(out: &mut impl Write, on: bool) -> io::Result<()> {
    out.write_all(if on { b"\x1b[?1000h\x1b[?1006h" } else { b"\x1b[?1006l\x1b[?1000l" })
}

#[cfg(not(unix))]
fn listen_to_mouse(out: &mut impl Write, on: bool) -> io::Result<()> {
    use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
    if on { queue!(out, EnableMouseCapture) } else { queue!(out, DisableMouseCapture) }
}

/// A panic on the drawing thread gives the terminal back before its message is printed. A panic elsewhere becomes an error
/// of whatever was done there; its message must not be printed over the desk and goes to the log.
fn restore_before_panic_messages() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let drawing = *DRAWING.lock().unwrap_or_else(PoisonError::into_inner);
            if TAKEN.load(Ordering::SeqCst) && drawing != Some(std::thread::current().id()) {
                tracing::error!("panic in the background: {info}");
                return;
            }
            release();
            tracing::error!("the desk ended by a panic: {info}");
            before(info);
            if let Some(log) = &*LOG.lock().unwrap_or_else(PoisonError::into_inner) {
                writeln!(io::stderr(), "tidings: nothing that was marked is lost; the log is {}", log.display()).ok();
            }
        }));
    });
}
