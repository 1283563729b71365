//! Nothing that happens, in whatever order and on whatever terminal, may bring the desk down.
//!
//! Holds R11.

use proptest::prelude::*;
use tidings::engine::Notice;
use tidings::tui::event::{Event, Mouse, MouseKind};

use super::desk::polled;
use super::harness::Setup;

#[derive(Debug, Clone)]
enum Happening {
    Keys(&'static str),
    Typed(char),
    Resized(u16, u16),
    Mouse(MouseKind, u16, u16),
    Later(i64),
    Pasted(String),
    Held,
    Released,
    Refused(bool),
    Noticed(usize),
}

const KEYS: &[&str] = &[
    "j",
    "k",
    "g",
    "G",
    "<Ctrl-d>",
    "<Ctrl-u>",
    "<PgDn>",
    "<PgUp>",
    "<Enter>",
    "l",
    "<Space>",
    "n",
    "N",
    "A",
    "H",
    "v",
    ".",
    "<Tab>",
    "0",
    "1",
    "5",
    "9",
    "t",
    "p",
    "'",
    "q",
    "<Esc>",
    "h",
    "m",
    "s",
    "o",
    "y",
    "Y",
    "?",
    ":",
    "/",
    "R",
    "u",
    "U",
    "F",
    "+",
    ";",
    "<Ctrl-z>",
    "<Ctrl-l>",
    "r",
    "a",
    "e",
    "x",
    "d",
    "P",
    "<Up>",
    "<Down>",
    "<Backspace>",
    "<Home>",
    "<End>",
    "<Left>",
    "<Right>",
    "<Shift-Tab>",
    "<F1>",
    "<Ctrl-s>",
    "=",
    "C",
    "<Alt-2>",
    "S",
    "i",
    "E",
    "O",
    "J",
    "X",
    "w",
    "f",
    "u",
    ";",
    "c",
    "<Ctrl-e>",
    "<Ctrl-c>",
    "z",
    "\\",
    "<",
    ">",
    "]",
    "[",
];

fn happening() -> impl Strategy<Value = Happening> {
    let side = || prop_oneof![0..3_u16, 10..14_u16, 20..60_u16, 78..82_u16];
    let size = prop_oneof![
        6 => (side(), side()),
        1 => prop::sample::select(vec![(0, 0), (1, 1), (2, 500), (500, 2), (120, 36), (180, 40)]),
    ];
    let kind = prop_oneof![Just(MouseKind::Click), Just(MouseKind::WheelDown), Just(MouseKind::WheelUp)];
    prop_oneof![
        12 => (0..KEYS.len()).prop_map(|n| Happening::Keys(KEYS[n])),
        2 => any::<char>().prop_map(Happening::Typed),
        2 => size.prop_map(|(w, h)| Happening::Resized(w, h)),
        2 => (kind, 0..130_u16, 0..40_u16).prop_map(|(k, x, y)| Happening::Mouse(k, x, y)),
        1 => (0..100_000_i64).prop_map(Happening::Later),
        1 => any::<String>().prop_map(Happening::Pasted),
        1 => Just(Happening::Held),
        1 => Just(Happening::Released),
        1 => any::<bool>().prop_map(Happening::Refused),
        2 => (0..9_usize).prop_map(Happening::Noticed),
    ]
}

fn notice(n: usize) -> Notice {
    match n {
        0 => Notice::PollStarted { feeds: 3 },
        1 => Notice::PollFinished { new: 2, failed: 1, next_poll: None },
        2 => Notice::MarksChanged,
        3 => Notice::ArticlesChanged,
        4 => Notice::FeedsChanged,
        5 => Notice::ConfigBroken("config.toml:1:1: no\u{1b}[2J".into()),
        6 => Notice::Offline(None),
        7 => polled(2),
        _ => Notice::Trouble(String::new()),
    }
}

/// How many sequences are tried: a modest number, unless the environment asks for more (`TIDINGS_RANDOM_CASES`).
fn cases() -> u32 {
    std::env::var("TIDINGS_RANDOM_CASES").map_or(64, |cases| cases.parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn nothing_brings_the_desk_down(size in 0..4_usize, happenings in prop::collection::vec(happening(), 1..120)) {
        let setup = match size {
            0 => Setup::empty(),
            1 => Setup::stories(),
            _ => Setup::many(size * size * 90),
        };
        let mut desk = setup.open();
        for happening in happenings {
            match happening {
                Happening::Keys(keys) => { desk.keys(keys); }
                Happening::Typed(c) => {
                    let code = tidings::command::KeyCode::Char(c);
                    desk.send(Event::Key(tidings::command::Key::new(code, false, false, false)));
                }
                Happening::Resized(columns, rows) => { desk.resize(columns, rows); }
                Happening::Mouse(kind, column, row) => { desk.send(Event::Mouse(Mouse { kind, column, row })); }
                Happening::Later(seconds) => { desk.later(seconds); }
                Happening::Pasted(text) => { desk.send(Event::Paste(text)); }
                Happening::Held => desk.held = Some(desk.held.take().unwrap_or_default()),
                Happening::Released => { desk.release(); }
                Happening::Refused(refused) => desk.library.refuse = refused.then(|| "no".to_owned()),
                Happening::Noticed(n) => { desk.notice(notice(n)); }
            }
            prop_assert!(!desk.model.routes.is_empty());
            // The desk is drawn as things stand: a moment in which nothing happens changes nothing.
            let drawn = desk.text();
            desk.later(0);
            prop_assert_eq!(desk.text(), drawn);
        }
    }
}

#[test]
fn every_size_can_be_drawn() {
    for (columns, rows) in [(0, 0), (1, 1), (2, 500), (500, 2), (40, 12), (41, 13), (39, 11), (170, 12), (500, 60)] {
        let mut desk = Setup::stories().size(columns, rows).open();
        for keys in ["", "<Enter>", "<Esc>S", "<Esc>i", "<Esc>?", "<Esc>:", "<Esc>/", "<Esc><Esc>F", "<Esc>+", "<Esc>"]
        {
            desk.keys(keys).buffer();
        }
    }
}
