//! A terminal that answers what nobody asked, floods, or pastes: nothing of it is a key, and the desk stays usable.
//!
//! Holds R11.

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, USUAL};
use crate::terminal::Terminal;

/// Every key that does something, and those that would end or stop the desk.
const KEYS: &str = "qQsmaAXRuUoOefc\x03\x1a\x0d\x1b:q\r 0123456789!@#";

fn library() -> Place {
    Place::polled(&Newsroom::open(10).feed())
}

fn desk(place: &Place) -> Terminal {
    let desk = place.desk(USUAL);
    desk.wait_selected(&title(9));
    desk
}

/// Keys count again, and nothing was done meanwhile.
fn assert_untouched(desk: &mut Terminal, place: &Place, what: &str) {
    desk.press("jk");
    desk.wait_selected(&title(9));
    desk.press("j");
    desk.wait_selected(&title(8));
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0, "{what}");
    desk.assert_restored();
    assert_eq!(place.list(&["is:unread"]).len(), 10, "{what}: something was marked");
    assert_eq!(place.list(&["is:saved"]).len(), 0, "{what}: something was saved");
}

#[test]
fn r11_no_key_is_made_of_what_is_pasted() {
    let place = library();
    let mut desk = desk(&place);
    desk.paste(KEYS);
    desk.paste(&KEYS.repeat(2_000));
    // Several at once, and one that holds the beginning of another.
    let nested = format!("\x1b[200~{KEYS}\x1b[200~{KEYS}\x1b[201~\x1b[200~{KEYS}\x1b[201~");
    desk.press(&nested);
    assert_untouched(&mut desk, &place, "a paste");
    // In the field where text goes, it is one line of text.
    let mut desk = self::desk(&place);
    desk.press("/");
    desk.paste("walk\r\n\x03\x1bout q");
    desk.wait_for("walk");
    desk.press("\x1b");
    desk.wait_without("walk out");
    desk.press("\x1b");
    desk.wait_selected(&title(9));
    assert_untouched(&mut desk, &place, "a paste into a field");
}

#[test]
fn r11_megabytes_that_are_pasted_are_swallowed() {
    let place = library();
    let mut desk = desk(&place);
    let megabyte = "q:Rs\n\x03jkAo ".repeat(100_000);
    desk.press("\x1b[200~");
    for _ in 0..10 {
        desk.press(&megabyte);
    }
    desk.press("\x1b[201~");
    assert_untouched(&mut desk, &place, "a paste of 11 MB");
}

#[test]
fn r11_a_paste_that_never_ends_ends() {
    let place = library();
    let mut desk = desk(&place);
    // The connection broke off in the middle of it.
    desk.press("\x1b[200~half of a paste qqRR");
    std::thread::sleep(std::time::Duration::from_secs(2));
    assert_untouched(&mut desk, &place, "half a paste");
}

#[test]
fn r11_answers_that_nobody_asked_for_are_no_keys() {
    let answers: [(&str, &[u8]); 14] = [
        ("device attributes", b"\x1b[?64;1;2;4;6c"),
        ("secondary attributes", b"\x1b[>41;367;0c"),
        ("tertiary attributes", b"\x1bP!|7E7E7E7E\x1b\\"),
        ("keyboard flags", b"\x1b[?7u"),
        ("cursor position", b"\x1b[24;80R"),
        ("mode report", b"\x1b[?2026;2$y"),
        ("status", b"\x1b[0n"),
        ("size in pixels", b"\x1b[4;1080;1920t\x1b[6;20;10t"),
        ("background, ended by BEL", b"\x1b]11;rgb:aaaa/ssss/mmmm\x07"),
        ("background, ended by ST", b"\x1b]11;rgb:0a0a/0505/0303\x1b\\"),
        ("name of the terminal", b"\x1bP>|sAmRo(367)\x1b\\"),
        ("capabilities", b"\x1bP1+r544e=787465726d\x1b\\"),
        ("a picture that was taken", b"\x1b_Gi=31;OKaAsm\x1b\\"),
        ("title", b"\x1b]lsAmRo\x1b\\\x1b]LsAm\x07"),
    ];
    let place = library();
    for (what, answer) in answers {
        let mut desk = desk(&place);
        for _ in 0..3 {
            desk.press_bytes(answer);
        }
        assert_untouched(&mut desk, &place, what);
    }
}

#[test]
fn r11_an_answer_in_pieces_is_still_an_answer() {
    let place = library();
    let mut desk = desk(&place);
    // Not between ESC and what follows it: on a busy machine that is the key and a letter.
    let pieces: [&[u8]; 8] = [b"\x1b]1", b"1;rg", b"b:aa", b"aa/ssss/m", b"mmm\x1b\\", b"\x1bP>", b"|sAm", b"Ro\x1b\\"];
    for piece in pieces {
        desk.press_bytes(piece);
        std::thread::sleep(std::time::Duration::from_millis(3));
    }
    assert_untouched(&mut desk, &place, "an answer in pieces");
}

#[test]
fn r11_floods_pass() {
    let place = library();
    let floods: [(&str, Vec<u8>); 6] = [
        (
            "mouse",
            (0..4_000_u32).flat_map(|n| format!("\x1b[<{};{};{}M", n % 300, n * 37, n * 91).into_bytes()).collect(),
        ),
        ("old mouse", (0..4_000_u32).flat_map(|n| [0x1b, b'[', b'M', 35, (n % 223) as u8 + 33, 200]).collect()),
        ("focus", b"\x1b[I\x1b[O".repeat(10_000)),
        ("numbers", [b"\x1b[".to_vec(), b"1;".repeat(50_000), b"m".to_vec()].concat()),
        ("a clipboard", [b"\x1b]52;c;".to_vec(), b"As".repeat(50_000), b"\x07".to_vec()].concat()),
        ("bytes that are no text", (0..50_000_u32).map(|n| 0x80 | (n % 127) as u8).collect()),
    ];
    for (what, flood) in floods {
        let mut desk = desk(&place);
        desk.press_bytes(&flood);
        assert_untouched(&mut desk, &place, what);
    }
}

#[test]
fn r11_a_terminal_that_never_answers_holds_nothing_up() {
    // The one of these tests is such a one: what is asked of it (how it shows pictures) has no answer.
    let place = library();
    std::fs::write(place.config(), format!("{}\n[ui]\nimages = \"auto\"\n", place.config_text())).unwrap();
    let mut desk = desk(&place);
    desk.press("\r");
    desk.wait_for("Space read on");
    desk.press("q");
    desk.wait_selected(&title(9));
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
}
