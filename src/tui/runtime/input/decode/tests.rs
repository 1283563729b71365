//! Bytes in, keys out.

use super::*;

const AT_ONCE: Duration = Duration::ZERO;
const LONG: Duration = Duration::from_secs(2);

/// What an event is, in a word.
fn word(event: Event) -> String {
    match event {
        Event::Key(key) => key.to_string(),
        Event::Paste(text) => format!("paste {text:?}"),
        Event::Mouse(mouse) => format!("{:?} {},{}", mouse.kind, mouse.column, mouse.row),
        other => panic!("no terminal sends {other:?}"),
    }
}

/// The events of pieces that come one after the other, each after so much silence, and a long silence at the end.
fn heard(pieces: &[(Duration, &[u8])]) -> Vec<String> {
    let (mut decoder, mut words) = (Decoder::default(), Vec::new());
    for (after, bytes) in pieces {
        decoder.silence(*after, &mut |event| words.push(word(event)));
        decoder.take(bytes, &mut |event| words.push(word(event)));
    }
    decoder.silence(LONG, &mut |event| words.push(word(event)));
    words
}

/// The events of bytes that come at once, which are the same byte by byte.
fn keys(bytes: &[u8]) -> Vec<String> {
    let whole = heard(&[(AT_ONCE, bytes)]);
    let pieces: Vec<(Duration, &[u8])> = bytes.chunks(1).map(|byte| (AT_ONCE, byte)).collect();
    assert_eq!(heard(&pieces), whole, "{:?} byte by byte", bytes.escape_ascii().to_string());
    whole
}

#[test]
fn letters_and_control_keys_are_themselves() {
    assert_eq!(keys(b"jG \r\t\x7f"), ["j", "G", "Space", "Enter", "Tab", "Backspace"]);
    assert_eq!(keys(b"\x03\x0c\x1a\x00\n"), ["Ctrl-c", "Ctrl-l", "Ctrl-z", "Ctrl-Space", "Ctrl-j"]);
    assert_eq!(keys("é漢🚢".as_bytes()), ["é", "漢", "🚢"]);
    assert_eq!(keys(b"\xffa\xc3(b\x80\xe2\x82"), ["a", "(", "b"], "what is no text is nothing");
}

#[test]
fn named_keys_have_their_modifiers() {
    assert_eq!(keys(b"\x1b[A\x1bOB\x1b[5~\x1b[6;5~\x1b[1;5C"), ["Up", "Down", "PgUp", "Ctrl-PgDn", "Ctrl-Right"]);
    assert_eq!(keys(b"\x1b[H\x1b[4~\x1bOP\x1b[15~\x1b[24~\x1b[[A"), ["Home", "End", "F1", "F5", "F12", "F1"]);
    assert_eq!(keys(b"\x1b[Z\x1b[3~\x1b[2~"), ["Shift-Tab", "Del", "Ins"]);
    assert_eq!(keys("\x1bx\x1b1\x1bü".as_bytes()), ["Alt-x", "Alt-1", "Alt-ü"]);
    // As a program that asked for it and was killed leaves the keyboard.
    assert_eq!(keys(b"\x1b[99;5u\x1b[27u\x1b[13u\x1b[106;1:3u\x1b[27;5;100~"), ["Ctrl-c", "Esc", "Enter", "Ctrl-d"]);
}

#[test]
fn escape_is_a_key_when_nothing_follows() {
    assert_eq!(keys(b"\x1b"), ["Esc"]);
    assert_eq!(keys(b"\x1b\x1b"), ["Esc", "Esc"]);
    assert_eq!(heard(&[(AT_ONCE, b"\x1b"), (LONG, b"j")]), ["Esc", "j"]);
    assert_eq!(heard(&[(AT_ONCE, b"\x1b["), (LONG, b"A")]), ["Alt-[", "A"]);
    assert_eq!(heard(&[(AT_ONCE, b"\x1bP"), (LONG, b"q")]), ["Alt-P", "q"]);
    assert_eq!(keys(b"\x1b\x1b[A"), ["Esc", "Up"]);
}

#[test]
fn the_mouse_is_a_click_or_a_wheel() {
    assert_eq!(
        keys(b"\x1b[<0;5;7M\x1b[<0;5;7m\x1b[<64;1;1M\x1b[<65;1;1M"),
        ["Click 4,6", "WheelUp 0,0", "WheelDown 0,0"]
    );
    assert_eq!(keys(b"\x1b[<35;1;1M\x1b[<2;1;1M\x1b[<0;99999;1M\x1b[<;;M\x1b[<M"), [""; 0]);
    assert_eq!(keys(b"\x1b[M q\xffj"), ["j"], "an old report is three bytes long, whatever they are");
}

#[test]
fn what_a_terminal_answers_is_no_key() {
    for answer in [
        &b"\x1b[?64;1;2c"[..],
        b"\x1b[>41;367;0c",
        b"\x1b[24;80R",
        b"\x1b[?2026;2$y",
        b"\x1b[0n",
        b"\x1b[6;20;10t",
        b"\x1b[I\x1b[O",
        b"\x1b[?7u",
        b"\x1b]11;rgb:aaaa/ssss/mmmm\x07",
        b"\x1b]11;rgb:aaaa/ssss/mmmm\x1b\\",
        b"\x1bP>|sAmRo(3)\x1b\\",
        b"\x1b_Gi=31;OK\x1b\\",
        b"\x1b[201~",
    ] {
        assert_eq!(keys(&[answer, b"j"].concat()), ["j"], "{:?}", answer.escape_ascii().to_string());
    }
    // Broken off: what comes after a silence, and a sequence that begins anew, are keys again.
    assert_eq!(heard(&[(AT_ONCE, b"\x1b]11;rgb:"), (LONG, b"j")]), ["j"]);
    assert_eq!(heard(&[(AT_ONCE, b"\x1b[1;"), (LONG, b"j")]), ["j"]);
    assert_eq!(keys(b"\x1b]0;title\x1b[A"), ["Up"]);
    assert_eq!(keys(b"\x1b[12\x1b[A"), ["Up"]);
    assert_eq!(keys(&[b"\x1b[".to_vec(), b"1;".repeat(500), b"Aj".to_vec()].concat()), ["j"]);
}

#[test]
fn a_paste_is_text_and_ends() {
    assert_eq!(keys(b"\x1b[200~q\x03\x1b[A\x1b[20\r\x1b[201~j"), [r#"paste "q\u{3}\u{1b}[A\u{1b}[20\r""#, "j"]);
    assert_eq!(keys(b"\x1b[200~a\x1b\x1b[201~"), [r#"paste "a\u{1b}""#]);
    // A line that falls silent in the middle, and goes on; and one that broke off.
    assert_eq!(heard(&[(AT_ONCE, b"\x1b[200~one "), (LONG, b"two, three\x1b[201~")]), [r#"paste "one two, three""#]);
    assert_eq!(heard(&[(AT_ONCE, b"\x1b[200~one "), (LONG, b"j")]), [r#"paste "one ""#, "j"]);
    let (mut decoder, mut longest) = (Decoder::default(), 0);
    decoder.take(b"\x1b[200~", &mut |_| ());
    for _ in 0..64 {
        decoder.take(&vec![b'q'; 65_536], &mut |_| ());
    }
    decoder.take(b"\x1b[201~", &mut |event| {
        if let Event::Paste(text) = event {
            longest = text.len();
        }
    });
    assert!(longest > 0 && longest <= MOST_PASTED + PASTE_END.len(), "{longest} bytes are kept");
}

proptest::proptest! {
    #[test]
    fn any_bytes_end_in_a_usable_keyboard(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        let words = heard(&[(AT_ONCE, &bytes), (LONG, b"j")]);
        proptest::prop_assert_eq!(words.last().map(String::as_str), Some("j"));
    }
}
