//! Key scripts with resizes and answers on the pure desk: it can always be drawn, nothing that drives a terminal is on the
//! screen, and there is always a way out.

use tidings::command::{Key, KeyCode, Keymap, Preset};
use tidings::config::Ui;
use tidings::engine::Notice;
use tidings::tui::Settings;
use tidings::tui::effect::Effect;
use tidings::tui::event::{Event, MouseKind};

use self::harness::{Harness, Setup};
use super::clean::is_forbidden;
use super::material::Material;

#[path = "../../tui/fixture.rs"]
mod fixture;
#[path = "../../tui/harness.rs"]
mod harness;
#[path = "../../tui/knowledge.rs"]
mod knowledge;
#[path = "../../tui/library.rs"]
mod library;

/// Events of one script at most: the desk is drawn after each.
const MOST: usize = 200;

/// The first byte chooses the library, each further one is an event with the bytes it needs: ASCII is typed as it is.
pub fn run(data: &[u8]) {
    let mut bytes = Material::new(data);
    let setup = match bytes.first().unwrap_or(0) % 4 {
        0 => Setup::empty(),
        1 => Setup::news(),
        2 => Setup::many(150),
        _ => Setup::stories(),
    };
    let mut desk = setup.open();
    for _ in 0..MOST {
        let Some(byte) = bytes.first() else { break };
        happen(&mut desk, byte, &mut bytes);
        assert!(!desk.model.routes.is_empty(), "no screen is left");
        is_drawn(&desk);
    }
    there_is_a_way_out(&mut desk);
}

fn happen(desk: &mut Harness, byte: u8, bytes: &mut Material<'_>) {
    let mut next = || u16::from(bytes.first().unwrap_or(0));
    match byte {
        b'\n' | b'\r' => press(desk, KeyCode::Enter, false),
        b'\t' => press(desk, KeyCode::Tab, false),
        1..=26 => press(desk, KeyCode::Char(char::from(byte - 1 + b'a')), true),
        b' '..=b'~' => press(desk, KeyCode::Char(char::from(byte)), false),
        27 => press(desk, KeyCode::Esc, false),
        0x80..=0x8f => {
            use KeyCode::{Backspace, Delete, Down, End, F, Home, Insert, Left, PageDown, PageUp, Right, Up};
            const CODES: [KeyCode; 12] =
                [Up, Down, Left, Right, Home, End, PageUp, PageDown, Backspace, Delete, Insert, F(1)];
            press(desk, CODES[usize::from(byte - 0x80) % CODES.len()], false);
        }
        0x90..=0x9f => {
            let (columns, rows) = (next(), next());
            desk.resize(columns * (1 + u16::from(byte) % 2), rows / 2);
        }
        0xa0..=0xa7 => {
            let kind = [MouseKind::Click, MouseKind::WheelDown, MouseKind::WheelUp][usize::from(byte) % 3];
            let (column, row) = (next(), next() / 4);
            desk.mouse(kind, column, row);
        }
        0xa8..=0xab => drop(desk.later(i64::from(next()) * i64::from(next()) * i64::from(next()))),
        0xac..=0xb3 => {
            let text = String::from_utf8_lossy(bytes.take(usize::from(byte - 0xab) * 3)).into_owned();
            desk.send(match byte {
                0xac | 0xad => Event::NoteEdited(Ok(text)),
                0xae => Event::NoteEdited(Err(text)),
                0xaf => Event::Trouble(text),
                _ => Event::Paste(text),
            });
        }
        0xb4..=0xb6 => desk.held = Some(desk.held.take().unwrap_or_default()),
        0xb7..=0xb9 => drop(desk.release()),
        0xba | 0xbb => fail_one(desk, String::from_utf8_lossy(bytes.take(6)).into_owned()),
        0xbc => desk.library.refuse = Some("the disk is full".to_owned()),
        0xbd => desk.library.refuse = None,
        0xbe => {
            let text = String::from_utf8_lossy(bytes.take(3)).into_owned();
            desk.send(Event::Picture { url: "https://quayside.example/a.jpg".to_owned(), outcome: Err(text) });
        }
        0xbf => drop(desk.send(Event::Reconfigured(Box::new(settings(next()))))),
        0xc0..=0xdf => drop(desk.notice(notice(usize::from(byte), bytes))),
        _ => {
            let c = char::from_u32(u32::from(next()) << 8 | u32::from(byte)).unwrap_or('港');
            press(desk, KeyCode::Char(c), false);
        }
    }
}

fn press(desk: &mut Harness, code: KeyCode, ctrl: bool) {
    desk.send(Event::Key(Key::new(code, ctrl, false, false)));
}

/// A request that waits is refused.
fn fail_one(desk: &mut Harness, words: String) {
    let Some(held) = desk.held.as_mut().filter(|held| !held.is_empty()) else { return };
    if let Effect::Load(id, _) | Effect::Write(id, _) = held.remove(0) {
        desk.send(Event::Failed(id, words));
    }
}

fn settings(choice: u16) -> Settings {
    let ui = Ui {
        ascii: choice.is_multiple_of(2),
        measure: choice * 2,
        side_by_side_from: choice,
        show_all: choice.is_multiple_of(3),
        ..Ui::default()
    };
    let keymap = std::sync::Arc::new(Keymap::build(Preset::Tidings, &[]).0);
    Settings::new(ui, !choice.is_multiple_of(5), keymap, choice.is_multiple_of(7), choice.is_multiple_of(4))
}

fn notice(n: usize, bytes: &mut Material<'_>) -> Notice {
    let text = || "no\u{1b}[2J \u{202e}\u{9b}".to_owned();
    match n % 9 {
        0 => Notice::PollStarted { feeds: n },
        1 => Notice::PollFinished { new: 2, failed: usize::from(bytes.first().unwrap_or(0)), next_poll: None },
        2 => Notice::MarksChanged,
        3 => Notice::ArticlesChanged,
        4 => Notice::FeedsChanged,
        5 => Notice::ConfigBroken(text()),
        6 => Notice::Offline(None),
        7 => Notice::Trouble(text()),
        _ => Notice::Trouble(String::new()),
    }
}

fn is_drawn(desk: &Harness) {
    let buffer = desk.buffer();
    for cell in buffer.content() {
        let bad = cell.symbol().chars().find(|c| is_forbidden(*c));
        assert_eq!(bad, None, "{:?} is on the screen", cell.symbol());
    }
}

/// From anywhere: what waits is answered, some `Esc` lead to the desk, `?` shows the help, and some `q` end it.
fn there_is_a_way_out(desk: &mut Harness) {
    desk.library.refuse = None;
    desk.release();
    desk.resize(80, 24);
    for _ in 0..30 {
        press(desk, KeyCode::Esc, false);
    }
    press(desk, KeyCode::Char('?'), false);
    let help = desk.text();
    assert!(help.contains("Esc"), "? shows no help:\n{help}");
    for _ in 0..10 {
        press(desk, KeyCode::Esc, false);
    }
    desk.asked.clear();
    for _ in 0..10 {
        press(desk, KeyCode::Char('q'), false);
    }
    assert!(desk.asked.contains(&Effect::Quit), "q does not end it:\n{}", desk.text());
}
