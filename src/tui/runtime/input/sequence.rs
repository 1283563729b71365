//! What the control sequences of a keyboard and a mouse mean (xterm's control sequences, the console of Linux, and the keys
//! that kitty's protocol and xterm's modifyOtherKeys send when another program left them on).

use crate::command::{Key, KeyCode};
use crate::tui::event::{Mouse, MouseKind};

/// What a control sequence means to the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    Key(Key),
    Mouse(Mouse),
    /// A paste begins.
    Paste,
    /// An X10 mouse report: three more bytes belong to it.
    OldMouse,
    /// An answer, a release, a focus: nothing.
    Nothing,
}

/// The meaning of `ESC [`, parameters and a final byte.
pub(super) fn meaning(parameters: &[u8], end: u8) -> Meaning {
    match (parameters, end) {
        ([], b'M') => return Meaning::OldMouse,
        ([b'['], b'A'..=b'E') => return plain(KeyCode::F(end - b'A' + 1)),
        ([b'<', report @ ..], b'M') => return mouse(&numbers(report)).map_or(Meaning::Nothing, Meaning::Mouse),
        // Private ones and those with intermediate bytes are answers.
        ([b'<'..=b'?' | b'[', ..], _) => return Meaning::Nothing,
        _ if parameters.iter().any(|byte| *byte < b'0') => return Meaning::Nothing,
        _ => {}
    }
    let numbers = numbers(parameters);
    let number = |at: usize| numbers.get(at).map_or(0, |sub| sub.first().copied().unwrap_or(0));
    let modifiers = number(1);
    let code = match (end, number(0)) {
        (b'A', _) => KeyCode::Up,
        (b'B', _) => KeyCode::Down,
        (b'C', _) => KeyCode::Right,
        (b'D', _) => KeyCode::Left,
        (b'H', _) | (b'~', 1 | 7) => KeyCode::Home,
        (b'F', _) | (b'~', 4 | 8) => KeyCode::End,
        // Where the cursor is ends in R as well, and has a line above 1 or no modifiers of a key.
        (b'P' | b'Q' | b'S', 0 | 1) => KeyCode::F(end - b'P' + 1),
        (b'Z', _) => return Meaning::Key(Key::new(KeyCode::Tab, false, false, true)),
        (b'~', 2) => KeyCode::Insert,
        (b'~', 3) => KeyCode::Delete,
        (b'~', 5) => KeyCode::PageUp,
        (b'~', 6) => KeyCode::PageDown,
        (b'~', n @ 11..=15) => function(n, 10),
        (b'~', n @ 17..=21) => function(n, 11),
        (b'~', n @ 23..=26) => function(n, 12),
        (b'~', n @ 28..=29) => function(n, 13),
        (b'~', n @ 31..=34) => function(n, 14),
        (b'~', 200) => return Meaning::Paste,
        (b'~', 27) => match typed(number(2)) {
            Some(code) => code,
            None => return Meaning::Nothing,
        },
        // A release is no press.
        (b'u', n) if numbers.get(1).and_then(|sub| sub.get(1)) != Some(&3) => match typed(n) {
            Some(code) => code,
            None => return Meaning::Nothing,
        },
        _ => return Meaning::Nothing,
    };
    let held = modifiers.saturating_sub(1);
    Meaning::Key(Key::new(code, held & 4 != 0, held & 2 != 0, held & 1 != 0))
}

/// The meaning of `ESC O` and a byte.
pub(super) fn shift3(byte: u8) -> Option<Key> {
    let code = match byte {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'P'..=b'S' => KeyCode::F(byte - b'P' + 1),
        b'M' => KeyCode::Enter,
        _ => return None,
    };
    Some(Key::new(code, false, false, false))
}

fn plain(code: KeyCode) -> Meaning {
    Meaning::Key(Key::new(code, false, false, false))
}

/// xterm's numbers of function keys have gaps.
fn function(number: u32, gap: u32) -> KeyCode {
    KeyCode::F(u8::try_from(number.saturating_sub(gap)).unwrap_or(0))
}

/// The key of a character's number.
fn typed(number: u32) -> Option<KeyCode> {
    match number {
        8 | 127 => Some(KeyCode::Backspace),
        9 => Some(KeyCode::Tab),
        13 => Some(KeyCode::Enter),
        27 => Some(KeyCode::Esc),
        // Kitty's keys without a character are in a private area.
        0xe000..=0xf8ff => None,
        n => char::from_u32(n).filter(|c| !c.is_control()).map(KeyCode::Char),
    }
}

/// Parameters between semicolons, each of numbers between colons; what is no number is 0.
fn numbers(parameters: &[u8]) -> Vec<Vec<u32>> {
    let number = |digits: &[u8]| std::str::from_utf8(digits).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
    parameters.split(|byte| *byte == b';').map(|one| one.split(|byte| *byte == b':').map(number).collect()).collect()
}

/// A report in SGR form: button, column, row. Presses of the left button and the wheel count.
fn mouse(numbers: &[Vec<u32>]) -> Option<Mouse> {
    let [button, column, row] = numbers else { return None };
    let one = |sub: &Vec<u32>| sub.first().copied().unwrap_or(0);
    // Shift, Alt and Ctrl do not matter.
    let kind = match one(button) & !0b1_1100 {
        0 => MouseKind::Click,
        64 => MouseKind::WheelUp,
        65 => MouseKind::WheelDown,
        _ => return None,
    };
    let cell = |n: u32| n.checked_sub(1).and_then(|n| u16::try_from(n).ok());
    Some(Mouse { kind, column: cell(one(column))?, row: cell(one(row))? })
}
