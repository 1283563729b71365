//! From the bytes of a terminal to keys, mouse and pastes (ECMA-48, xterm's control sequences). What a terminal says besides,
//! asked or not, is no key: whole sequences and strings are dropped, in whatever pieces they come.

use std::time::Duration;

use super::sequence::{self, Meaning};
use crate::command::{Key, KeyCode};
use crate::tui::event::Event;

const ESC: u8 = 0x1b;

/// After ESC and so much silence it was the key; the rest of a sequence follows at once, or through a slow line soon.
const KEY: Duration = Duration::from_millis(25);
/// After so much silence an answer that was begun is not going on.
const ANSWER: Duration = Duration::from_millis(500);
/// After so much silence a paste is not going on, if what comes then is [`TYPED`]: a line that broke off cannot end it.
const PASTE: Duration = Duration::from_secs(1);
/// As many bytes at once may be a key; a paste that goes on brings more.
const TYPED: usize = 8;
/// Of a paste, so many bytes are handed over: fields take less, and the rest is dropped.
const MOST_PASTED: usize = 1 << 20;
/// No sequence of a terminal is longer, in bytes; of a longer one nothing is believed.
const LONGEST: usize = 64;
/// What ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// What the bytes so far are the beginning of.
#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// ESC.
    Escape,
    /// ESC `[` and parameters.
    Control(Vec<u8>),
    /// ESC `O`.
    Shift3,
    /// ESC and one of `]P_^X`: a string to its end. How many bytes of it came, and whether the last was ESC.
    String { begun_by: u8, came: usize, escape: bool },
    /// What stands within a paste, how much of its end has come, and whether it fell silent.
    Paste { text: Vec<u8>, ending: usize, silent: bool },
    /// So many bytes that follow an X10 mouse report.
    OldMouse(u8),
    /// A character of several bytes, and whether Alt is held.
    Char { bytes: Vec<u8>, of: usize, alt: bool },
}

/// Makes events of bytes.
#[derive(Debug, Default)]
pub(super) struct Decoder(State);

impl Decoder {
    /// How long after the last byte [`Decoder::silence`] is to be told; none: it means nothing now.
    pub(super) fn patience(&self) -> Option<Duration> {
        match &self.0 {
            State::Ground | State::Paste { silent: true, .. } => None,
            State::Paste { .. } => Some(PASTE),
            State::Escape | State::Shift3 | State::String { came: 0, .. } => Some(KEY),
            State::Control(parameters) if parameters.is_empty() => Some(KEY),
            State::Control(_) | State::String { .. } | State::OldMouse(_) | State::Char { .. } => Some(ANSWER),
        }
    }

    /// Nothing came for so long: not that it was late in being read.
    pub(super) fn silence(&mut self, silent: Duration, tell: &mut dyn FnMut(Event)) {
        if self.patience().is_none_or(|patience| silent < patience) {
            return;
        }
        if let State::Paste { silent, .. } = &mut self.0 {
            *silent = true;
            return;
        }
        match std::mem::take(&mut self.0) {
            State::Escape => tell(Event::Key(Key::new(KeyCode::Esc, false, false, false))),
            State::Control(parameters) if parameters.is_empty() => tell(alt('[')),
            State::Shift3 => tell(alt('O')),
            State::String { came: 0, begun_by, .. } => tell(alt(char::from(begun_by))),
            _ => {}
        }
    }

    /// These bytes came.
    pub(super) fn take(&mut self, bytes: &[u8], tell: &mut dyn FnMut(Event)) {
        if let State::Paste { silent, .. } = &mut self.0 {
            let typed = bytes.len() <= TYPED && !bytes.windows(PASTE_END.len()).any(|end| end == PASTE_END);
            if std::mem::take(silent) && typed {
                self.end_paste(tell);
            }
        }
        for byte in bytes {
            self.byte(*byte, tell);
        }
    }

    fn end_paste(&mut self, tell: &mut dyn FnMut(Event)) {
        if let State::Paste { text, .. } = std::mem::take(&mut self.0) {
            tell(Event::Paste(String::from_utf8_lossy(&text).into_owned()));
        }
    }

    fn byte(&mut self, byte: u8, tell: &mut dyn FnMut(Event)) {
        match &mut self.0 {
            State::Ground => self.ground(byte, false, tell),
            State::Escape => self.escape(byte, tell),
            State::Control(parameters) => match byte {
                // The console of Linux has ESC [ [ A for F1.
                b'[' if parameters.is_empty() => parameters.push(byte),
                0x20..=0x3f => {
                    if parameters.len() <= LONGEST {
                        parameters.push(byte);
                    }
                }
                0x40..=0x7e => {
                    let parameters = std::mem::take(parameters);
                    self.0 = State::Ground;
                    self.sequence(&parameters, byte, tell);
                }
                // A sequence that breaks off.
                ESC => self.0 = State::Escape,
                _ => self.0 = State::Ground,
            },
            State::Shift3 => {
                self.0 = State::Ground;
                if byte == ESC {
                    self.0 = State::Escape;
                } else if let Some(key) = sequence::shift3(byte) {
                    tell(Event::Key(key));
                }
            }
            State::String { came, escape, .. } => match (byte, *escape) {
                (b'\\', true) | (0x07, _) => self.0 = State::Ground,
                (ESC, _) => *escape = true,
                // ESC begins something else: the string broke off.
                (_, true) => self.escape(byte, tell),
                _ => *came = came.saturating_add(1),
            },
            State::Paste { text, ending, .. } => {
                if byte == PASTE_END[*ending] {
                    *ending += 1;
                    if *ending == PASTE_END.len() {
                        self.end_paste(tell);
                    }
                    return;
                }
                // What looked like the end was text.
                let no_end = &PASTE_END[..*ending];
                *ending = usize::from(byte == ESC);
                if text.len() < MOST_PASTED {
                    text.extend_from_slice(no_end);
                    if byte != ESC {
                        text.push(byte);
                    }
                }
            }
            State::OldMouse(left) => {
                *left = left.saturating_sub(1);
                if *left == 0 {
                    self.0 = State::Ground;
                }
            }
            State::Char { bytes, of, alt } => {
                if !(0x80..=0xbf).contains(&byte) {
                    // Not a character after all.
                    self.0 = State::Ground;
                    self.ground(byte, false, tell);
                    return;
                }
                bytes.push(byte);
                if bytes.len() < *of {
                    return;
                }
                let key = std::str::from_utf8(bytes).ok().and_then(|text| text.chars().next());
                let key = key.map(|c| Key::new(KeyCode::Char(c), false, *alt, false));
                self.0 = State::Ground;
                if let Some(key) = key {
                    tell(Event::Key(key));
                }
            }
        }
    }

    fn ground(&mut self, byte: u8, alt: bool, tell: &mut dyn FnMut(Event)) {
        let (code, ctrl) = match byte {
            ESC => {
                self.0 = State::Escape;
                return;
            }
            b'\r' => (KeyCode::Enter, false),
            b'\t' => (KeyCode::Tab, false),
            0x7f => (KeyCode::Backspace, false),
            0x00 => (KeyCode::Char(' '), true),
            0x01..=0x1a => (KeyCode::Char(char::from(byte - 1 + b'a')), true),
            0x1c..=0x1f => (KeyCode::Char(char::from(byte - 0x1c + b'4')), true),
            0x20..=0x7e => (KeyCode::Char(char::from(byte)), false),
            0x80.. => {
                let of = match byte {
                    0xc2..=0xdf => 2,
                    0xe0..=0xef => 3,
                    0xf0..=0xf4 => 4,
                    // No character begins so.
                    _ => return,
                };
                self.0 = State::Char { bytes: vec![byte], of, alt };
                return;
            }
        };
        tell(Event::Key(Key::new(code, ctrl, alt, false)));
    }

    fn escape(&mut self, byte: u8, tell: &mut dyn FnMut(Event)) {
        self.0 = match byte {
            b'[' => State::Control(Vec::new()),
            b'O' => State::Shift3,
            b']' | b'P' | b'_' | b'^' | b'X' => State::String { begun_by: byte, came: 0, escape: false },
            ESC => {
                tell(Event::Key(Key::new(KeyCode::Esc, false, false, false)));
                State::Escape
            }
            _ => {
                self.0 = State::Ground;
                return self.ground(byte, true, tell);
            }
        };
    }

    fn sequence(&mut self, parameters: &[u8], end: u8, tell: &mut dyn FnMut(Event)) {
        if parameters.len() > LONGEST {
            return;
        }
        match sequence::meaning(parameters, end) {
            Meaning::Key(key) => tell(Event::Key(key)),
            Meaning::Mouse(mouse) => tell(Event::Mouse(mouse)),
            Meaning::Paste => self.0 = State::Paste { text: Vec::new(), ending: 0, silent: false },
            Meaning::OldMouse => self.0 = State::OldMouse(3),
            Meaning::Nothing => {}
        }
    }
}

fn alt(c: char) -> Event {
    Event::Key(Key::new(KeyCode::Char(c), false, true, false))
}

#[cfg(test)]
mod tests;
