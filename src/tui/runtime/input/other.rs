//! Keys, mouse and pastes by way of crossterm, where the console is none of Unix.

use std::io;
use std::thread;
use std::time::Duration;

use crossterm::event::{
    Event as TermEvent, EventStream, KeyCode as TermCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton,
    MouseEvent, MouseEventKind,
};
use futures_util::StreamExt;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

use super::Read;
use crate::command::{Key, KeyCode};
use crate::tui::event::{Event, Mouse, MouseKind};

/// How long the reader may take to let go of the terminal. It lets go at once, unless the terminal is gone.
const LET_GO: Duration = Duration::from_secs(1);

/// After the terminal was given away and taken again, crossterm may miss the first key: the thread of the stream before can
/// take the call that was meant for the new one, and the key waits for the next. Until one has come it is looked for this often.
const LOOK_AGAIN: Duration = Duration::from_millis(150);

/// The thread that reads.
pub(super) struct Reader {
    /// Dropped: it shall end.
    stop: oneshot::Sender<()>,
    /// Closes when it has let go of the terminal.
    ended: std::sync::mpsc::Receiver<()>,
}

impl Reader {
    /// Starts it. Called inside of a runtime. `again`: the terminal was read before.
    pub(super) fn start(sender: mpsc::Sender<Read>, again: bool) -> io::Result<Self> {
        let (stop, stopped) = oneshot::channel();
        let (ending, ended) = std::sync::mpsc::channel();
        let runtime = Handle::current();
        let read = move || {
            runtime.block_on(forward(sender, stopped, again));
            drop(ending);
        };
        thread::Builder::new().name("keys".into()).spawn(read)?;
        Ok(Self { stop, ended })
    }

    /// Stops it, and waits until it has let go of the terminal.
    pub(super) fn stop(self) {
        drop(self.stop);
        // Nothing is ever sent: it ends by being closed, or there is no terminal to let go of any more.
        self.ended.recv_timeout(LET_GO).ok();
    }
}

/// Sends what the terminal brings until it is told to stop or the terminal is gone. `again`: it was read before.
async fn forward(events: mpsc::Sender<Read>, mut stopped: oneshot::Receiver<()>, again: bool) {
    let mut stream = EventStream::new();
    let mut look_again = again;
    loop {
        let read = tokio::select! {
            biased;
            _ = &mut stopped => return,
            event = stream.next() => read(event),
            () = sleep(LOOK_AGAIN), if look_again => continue,
        };
        look_again = false;
        let gone = matches!(read, Read::Gone);
        tokio::select! {
            biased;
            sent = events.send(read) => if sent.is_err() || gone {
                return;
            },
            _ = &mut stopped => return,
        }
    }
}

fn read(event: Option<io::Result<TermEvent>>) -> Read {
    match event {
        None | Some(Err(_)) => Read::Gone,
        Some(Ok(event)) => translate(event).map_or(Read::Nothing, Read::Event),
    }
}

fn translate(event: TermEvent) -> Option<Event> {
    match event {
        TermEvent::Key(key) => self::key(key).map(Event::Key),
        TermEvent::Mouse(mouse) => self::mouse(mouse).map(Event::Mouse),
        TermEvent::Paste(text) => Some(Event::Paste(text)),
        TermEvent::Resize(columns, rows) => Some(Event::Resized { columns, rows }),
        TermEvent::FocusGained | TermEvent::FocusLost => None,
    }
}

fn key(key: KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let held = |modifier| key.modifiers.contains(modifier);
    let mut shift = held(KeyModifiers::SHIFT);
    let code = match key.code {
        TermCode::Char(c) => KeyCode::Char(c),
        TermCode::Enter => KeyCode::Enter,
        TermCode::Esc => KeyCode::Esc,
        TermCode::Tab => KeyCode::Tab,
        TermCode::BackTab => {
            shift = true;
            KeyCode::Tab
        }
        TermCode::Backspace => KeyCode::Backspace,
        TermCode::Delete => KeyCode::Delete,
        TermCode::Insert => KeyCode::Insert,
        TermCode::Home => KeyCode::Home,
        TermCode::End => KeyCode::End,
        TermCode::PageUp => KeyCode::PageUp,
        TermCode::PageDown => KeyCode::PageDown,
        TermCode::Up => KeyCode::Up,
        TermCode::Down => KeyCode::Down,
        TermCode::Left => KeyCode::Left,
        TermCode::Right => KeyCode::Right,
        TermCode::F(n) => KeyCode::F(n),
        TermCode::Null
        | TermCode::CapsLock
        | TermCode::ScrollLock
        | TermCode::NumLock
        | TermCode::PrintScreen
        | TermCode::Pause
        | TermCode::Menu
        | TermCode::KeypadBegin
        | TermCode::Media(_)
        | TermCode::Modifier(_) => return None,
    };
    Some(Key::new(code, held(KeyModifiers::CONTROL), held(KeyModifiers::ALT), shift))
}

fn mouse(mouse: MouseEvent) -> Option<Mouse> {
    let kind = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Click,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::Down(MouseButton::Right | MouseButton::Middle)
        | MouseEventKind::Up(_)
        | MouseEventKind::Drag(_)
        | MouseEventKind::Moved
        | MouseEventKind::ScrollLeft
        | MouseEventKind::ScrollRight => return None,
    };
    Some(Mouse { kind, column: mouse.column, row: mouse.row })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_those_of_the_config() {
        let press = |code, modifiers| key(KeyEvent::new(code, modifiers)).map(|k| k.to_string());
        let none = KeyModifiers::NONE;
        assert_eq!(press(TermCode::Char('G'), KeyModifiers::SHIFT).as_deref(), Some("G"));
        assert_eq!(press(TermCode::Char('d'), KeyModifiers::CONTROL).as_deref(), Some("Ctrl-d"));
        assert_eq!(press(TermCode::BackTab, KeyModifiers::SHIFT).as_deref(), Some("Shift-Tab"));
        assert_eq!(press(TermCode::Char(' '), none).as_deref(), Some("Space"));
        assert_eq!(press(TermCode::Menu, none), None);
        let mut release = KeyEvent::new(TermCode::Char('j'), none);
        release.kind = KeyEventKind::Release;
        assert_eq!(key(release), None, "a key counts when it goes down");
    }
}
