//! Keys, mouse and pastes from the terminal as events of ours. The stream can be dropped: while an editor runs, its keys
//! are not ours to read.

use crossterm::event::{
    Event as TermEvent, EventStream, KeyCode as TermCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton,
    MouseEvent, MouseEventKind,
};
use futures_util::StreamExt;

use crate::command::{Key, KeyCode};
use crate::tui::event::{Event, Mouse, MouseKind};

/// What reading brought.
#[derive(Debug)]
pub(super) enum Read {
    /// An event.
    Event(Event),
    /// Something that means nothing to the desk.
    Nothing,
    /// The terminal is gone.
    Gone,
}

/// The stream of terminal events, while there is one.
pub(super) struct Input(Option<EventStream>);

impl Input {
    pub(super) fn open() -> Self {
        Self(Some(EventStream::new()))
    }

    /// Stops reading: keys stay in the terminal for whoever reads them.
    pub(super) fn close(&mut self) {
        self.0 = None;
    }

    /// Reads again.
    pub(super) fn reopen(&mut self) {
        self.0 = Some(EventStream::new());
    }

    /// Waits for the next event.
    pub(super) async fn next(&mut self) -> Read {
        match &mut self.0 {
            Some(stream) => read(stream.next().await),
            None => std::future::pending().await,
        }
    }

    /// The next event that is there already. Asked within the task that also waits: the stream keeps the first waker it is
    /// given until it has woken it, so that a look with another one (`now_or_never`) would leave the desk deaf.
    pub(super) async fn ready(&mut self) -> Option<Read> {
        let stream = self.0.as_mut()?;
        tokio::select! {
            biased;
            event = stream.next() => Some(read(event)),
            () = std::future::ready(()) => None,
        }
    }
}

fn read(event: Option<std::io::Result<TermEvent>>) -> Read {
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
