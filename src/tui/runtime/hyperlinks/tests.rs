//! What a terminal gets: whole sequences around the cells of links and nothing else, whatever the address is.

use std::cell::RefCell;
use std::rc::Rc;

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::TerminalOptions;
use ratatui::Viewport;
use ratatui::buffer::{Buffer, CellDiffOption};

use super::*;

/// What was written so far.
#[derive(Clone, Default)]
struct Sent(Rc<RefCell<Vec<u8>>>);

impl Write for Sent {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a terminal of 20 columns and 2 rows gets for these frames: a text and the links over it.
fn written(frames: &[(&str, &[Hyperlink])]) -> Vec<String> {
    let area = Rect::new(0, 0, 20, 2);
    let options = TerminalOptions { viewport: Viewport::Fixed(area) };
    let bytes = Sent::default();
    let mut terminal = Terminal::with_options(LinkBackend::new(bytes.clone()), options).unwrap();
    let mut sent = Vec::new();
    for (text, links) in frames {
        let mut drawn = Buffer::empty(area);
        drawn.set_string(0, 0, text, ratatui::style::Style::new());
        for at in terminal.backend_mut().link(links, area) {
            drawn.content[at].diff_option = CellDiffOption::AlwaysUpdate;
        }
        terminal.draw(|frame| *frame.buffer_mut() = drawn.clone()).unwrap();
        sent.push(String::from_utf8(bytes.0.take()).unwrap());
    }
    sent
}

fn link(x: u16, width: u16, url: &str, id: usize) -> Hyperlink {
    Hyperlink { area: Rect::new(x, 0, width, 1), url: url.to_owned(), id }
}

/// The addresses of the links that are begun, each with the text in it. Panics when one is begun within another, not ended,
/// or ended twice.
fn parsed(bytes: &str) -> Vec<(String, String)> {
    let mut links = Vec::new();
    let mut open: Option<(String, String)> = None;
    let mut rest = bytes;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("\x1b]8;") {
            let (sequence, after) = after.split_once("\x1b\\").expect("a sequence ends");
            assert!(sequence.chars().all(|c| matches!(c, ' '..='~')), "{sequence:?}");
            let (parameters, url) = sequence.split_once(';').expect("parameters");
            if url.is_empty() {
                assert_eq!(parameters, "");
                links.push(open.take().expect("one is open"));
            } else {
                assert!(open.is_none() && parameters.starts_with("id="), "{sequence:?}");
                open = Some((url.to_owned(), String::new()));
            }
            rest = after;
        } else if let Some(after) = rest.strip_prefix("\x1b[") {
            let end = after.find(|c: char| c.is_ascii_alphabetic()).expect("a sequence ends");
            rest = &after[end + 1..];
        } else {
            assert!(c >= ' ', "{rest:?}");
            if let Some((_, text)) = &mut open {
                text.push(c);
            }
            rest = &rest[c.len_utf8()..];
        }
    }
    assert!(open.is_none(), "{bytes:?}");
    links
}

#[test]
fn cells_of_a_link_are_one_and_others_are_none() {
    let sent = written(&[("see the notice here", &[link(8, 6, "https://quay.example/n?a=1;b", 3)])]);
    assert!(sent[0].contains("\x1b]8;id=tidings3;https://quay.example/n?a=1;b\x1b\\"), "{:?}", sent[0]);
    assert_eq!(parsed(&sent[0]), [("https://quay.example/n?a=1;b".to_owned(), "notice".to_owned())]);
    assert_eq!(parsed(&written(&[("no link at all", &[])])[0]), []);
}

#[test]
fn what_becomes_another_link_is_drawn_again_although_its_text_is_the_same() {
    let (one, two) = (link(0, 4, "https://a.example/", 0), link(0, 4, "https://b.example/", 0));
    let sent = written(&[
        ("text here", std::slice::from_ref(&one)),
        ("text here", std::slice::from_ref(&one)),
        ("text here", &[two]),
        ("text here", &[]),
        ("text here", &[]),
        ("text here", &[]),
    ]);
    assert_eq!(parsed(&sent[1]), [], "nothing changed: {:?}", sent[1]);
    assert_eq!(parsed(&sent[2]), [("https://b.example/".to_owned(), "text".to_owned())]);
    assert!(parsed(&sent[3]).is_empty() && sent[3].contains("text"), "it is no link any more: {:?}", sent[3]);
    assert!(!sent[5].contains("text"), "{:?}", sent[4]);
}

#[test]
fn only_web_addresses_that_cannot_end_the_sequence_are_links() {
    for url in ["javascript:alert(1)", "file:///etc/passwd", "https://", "quay", "", "mailto:a@b.example"] {
        assert_eq!(address(url), None, "{url}");
    }
    assert_eq!(address(&format!("https://quay.example/{}", "a".repeat(LONGEST))), None);
    let hostile = "https://quay.example/\x1b\\\x07\u{9c}\x1b]8;;\x1b[2J\u{202e}";
    let cleaned = address(hostile).unwrap();
    assert!(cleaned.bytes().all(|byte| byte.is_ascii_graphic()), "{cleaned:?}");
    assert_eq!(address("https://müller.example/straße").as_deref(), Some("https://xn--mller-kva.example/stra%C3%9Fe"));
}

proptest! {
    #[test]
    fn no_address_breaks_out(path in any::<String>(), x in 0..25_u16, width in 0..25_u16) {
        let url = format!("https://quay.example/{path}");
        let sent = written(&[("nothing acts in here", &[link(x, width, &url, 1)])]);
        prop_assert!(parsed(&sent[0]).len() <= 1);
    }
}

#[test]
fn only_terminals_known_to_take_links_get_them() {
    let taken = |set: &[(&str, &str)]| {
        taken_by_terminal(|name| set.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    };
    for set in [
        &[("TERM", "xterm-256color"), ("TERM_PROGRAM", "iTerm.app")][..],
        &[("TERM", "xterm-256color"), ("VTE_VERSION", "7600")],
        &[("TERM", "xterm-kitty")],
        &[("TERM", "alacritty")],
        &[("TERM", "xterm-256color"), ("KONSOLE_VERSION", "230804")],
        &[("TERM", "xterm-256color"), ("WT_SESSION", "0")],
        &[("TERM", "tmux-256color"), ("TMUX", "/tmp/tmux"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.4")],
        &[
            ("TERM", "tmux-256color"),
            ("TMUX", "/tmp/tmux"),
            ("TERM_PROGRAM", "tmux"),
            ("TERM_PROGRAM_VERSION", "3.10a"),
        ],
    ] {
        assert!(taken(set), "{set:?}");
    }
    for set in [
        &[][..],
        &[("TERM", "xterm-256color")],
        &[("TERM", "linux"), ("VTE_VERSION", "7600")],
        &[("TERM", "dumb"), ("TERM_PROGRAM", "vscode")],
        &[("TERM", "xterm-256color"), ("VTE_VERSION", "4900")],
        &[("TERM", "screen-256color"), ("KITTY_WINDOW_ID", "1")],
        &[("TERM", "xterm-kitty"), ("STY", "1234.pts")],
        &[("TERM", "tmux-256color"), ("TMUX", "x"), ("TERM_PROGRAM", "tmux"), ("TERM_PROGRAM_VERSION", "3.3a")],
        &[("TERM", "xterm-256color"), ("TMUX", "x"), ("KITTY_WINDOW_ID", "1")],
        &[("TERM_PROGRAM", "Apple_Terminal")],
    ] {
        assert!(!taken(set), "{set:?}");
    }
    assert!(wanted(LinkMode::Always, |_| None) && !wanted(LinkMode::Never, |_| Some("kitty".to_owned())));
}
