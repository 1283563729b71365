//! F12: a config that is wrong in every way: said is where, what and what instead, and the file stays as it is.
//!
//! Holds R18.

use std::fs::{File, read, write};
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::place::{Place, Ran};

/// What a command of the shell and the desk say of the config that is there now, both of which refuse to begin.
fn refused(place: &Place) -> String {
    let ran = place.run(&["list"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{ran:?}");
    let mut desk = place.desk((250, 60));
    assert_eq!(desk.wait_exit(), 2);
    desk.assert_restored();
    assert!(!desk.bytes().contains(&0x1b), "the desk never took the terminal");
    let written = String::from_utf8(desk.bytes()).unwrap().replace("\r\n", "\n");
    assert_eq!(written.trim_end(), ran.err.trim_end(), "the desk says the same");
    assert!(!ran.err.chars().any(|c| c.is_control() && c != '\n'), "{:?}", ran.err);
    assert!(!place.database().exists(), "nothing was begun");
    ran.err
}

#[test]
fn f12_every_mistake_is_told_at_once_with_its_place_its_line_and_what_to_write() {
    let place = Place::empty();
    let text = "keep_dais = 30\n[ui]\nmouse = \"yes\"\ntheme = 7\n[network]\ntimeout_seconds = 0\n\
                [[feeds]]\nnam = \"Quay\"\nurl = \"https://me:geheim@quay.example/feed?key=geheim\"\n\
                [[feeds]]\nurl = \"harbour.example/feed\"\n[feeds.headers]\nX-Key = \"geh\u{e9}im\"\n";
    write(place.config(), text).unwrap();
    let told = refused(&place);
    let file = place.config().display().to_string();
    for (at, words, line) in [
        ("1:1", "did you mean \"keep_days\"", "keep_dais = 30"),
        ("3:9", "mouse must be true or false", "mouse = \"yes\""),
        ("4:9", "theme must be text in quotes", "theme = 7"),
        ("6:19", "timeout_seconds must be from 1", "timeout_seconds = 0"),
        ("8:1", "did you mean \"name\"", "nam = \"Quay\""),
        ("11:7", "write it with https:// in front", "url = \"harbour.example/feed\""),
        ("13:9", "only ASCII characters", "X-Key = \"******\""),
    ] {
        let mut lines = told.lines().skip_while(|told| !told.contains(&format!("{file}:{at}: ")));
        let (what, shown, caret) = (lines.next(), lines.next(), lines.next());
        assert!(what.is_some_and(|what| what.contains(words)), "{at}: {told}");
        assert_eq!(shown.map(str::trim), Some(line), "{at}: {told}");
        let column: usize = at.split_once(':').unwrap().1.parse().unwrap();
        assert_eq!(caret.map(|caret| caret.find('^')), Some(Some(4 + column - 1)), "{at}: {told}");
    }
    assert!(!told.contains("geheim") && !told.contains("geh\u{e9}im"), "secrets are not shown: {told}");
    assert_eq!(place.config_text(), text, "the file was changed");
}

#[test]
fn f12_what_is_no_text_of_a_config_is_told_with_its_place() {
    let place = Place::empty();
    let cases: [(&[u8], &str, &str); 6] = [
        (b"keep_days = 30\n[ui]\ntheme = \"caf\xe9\"\n", ":3:13: ", "0xe9 is not UTF-8"),
        (b"keep_days = \"30\n[ui]\n", ":1:16: ", "not TOML"),
        (b"keep_days = 30\n\x00\x1b]0;x\x07 = 2\n", ":2:", "not TOML"),
        (b"\xff\xfek\x00e\x00", ":1:1: ", "not UTF-8"),
        (b"[[feeds]\nurl = \"https://quay.example\"\n", ":1:", "not TOML"),
        (b"keep_days = 30\nkeep_days = 31\n", ":2:1: ", "duplicate key"),
    ];
    for (bytes, at, words) in cases {
        write(place.config(), bytes).unwrap();
        let told = refused(&place);
        let at = format!("config.toml{at}");
        assert!(told.contains(&at) && told.contains(words), "{:?}: {told}", bytes.escape_ascii().to_string());
        assert_eq!(read(place.config()).unwrap(), bytes, "the file was changed");
    }
    // Deep and wide: bounded in what is said, and soon.
    for text in [format!("a = {}", "[".repeat(100_000)), "x = 1\n".repeat(20_000)] {
        write(place.config(), &text).unwrap();
        let told = refused(&place);
        assert!(told.len() < 64_000, "{} bytes are said", told.len());
        assert_eq!(place.config_text(), text, "the file was changed");
    }
}

#[test]
fn f12_what_stands_in_the_place_of_the_config_is_named_and_left_there() {
    let place = Place::empty();
    std::fs::create_dir(place.config()).unwrap();
    assert!(refused(&place).contains("config.toml:1:1: this is a directory"));
    std::fs::remove_dir(place.config()).unwrap();

    symlink("config.toml", place.config()).unwrap();
    assert!(refused(&place).contains("symbolic links"));
    std::fs::remove_file(place.config()).unwrap();

    symlink("/dev/zero", place.config()).unwrap();
    assert!(refused(&place).contains("not an ordinary file"));
    std::fs::remove_file(place.config()).unwrap();

    // Nobody writes into this pipe: opening it would wait for ever.
    assert!(Command::new("mkfifo").arg(place.config()).status().unwrap().success());
    assert!(refused(&place).contains("not an ordinary file"));
    std::fs::remove_file(place.config()).unwrap();

    let size = 100 * 1024 * 1024;
    File::create(place.config()).unwrap().set_len(size).unwrap();
    assert!(refused(&place).contains("larger than 4 MiB"));
    assert_eq!(std::fs::metadata(place.config()).unwrap().len(), size);

    // Commands that could repair it or need none of it still run.
    for arguments in [&["config", "example"][..], &["config", "path"], &["backup", "list"]] {
        place.run(arguments).well();
    }
    let checked = Ran::of(place.start(&["config", "check"]));
    assert_eq!(checked.code, Some(2), "{checked:?}");
}
