//! F13 and F14: an environment that is not as it should be: bytes that are no text, and no home.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStringExt;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::place::{Ran, USUAL, start};
use crate::terminal::Terminal;

fn bytes(bytes: &[u8]) -> OsString {
    OsString::from_vec(bytes.to_vec())
}

/// Runs the program in a folder with these variables and no others.
fn run(folder: &Path, variables: &[(&str, &OsStr)], arguments: &[&OsStr]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidings"));
    command.args(arguments).env_clear().env("PATH", "/usr/bin:/bin").envs(variables.iter().copied());
    Ran::of(start(command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped())))
}

fn desk(folder: &Path, variables: &[(&str, &OsStr)], arguments: &[&OsStr]) -> Terminal {
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tidings"));
    command.args(arguments);
    command.env_clear();
    command.cwd(folder);
    command.env("PATH", "/usr/bin:/bin");
    command.env("TERM", "xterm-256color");
    for (name, value) in variables {
        command.env(name, value);
    }
    Terminal::start(command, USUAL)
}

fn names(folder: &Path) -> Vec<OsString> {
    std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect()
}

#[test]
fn f13_paths_and_variables_need_not_be_text() {
    let root = TempDir::new().unwrap();
    let home = root.path().join(bytes(b"kim \xff\xfe"));
    std::fs::create_dir(&home).unwrap();
    let odd = bytes(b"\xff\xc3(");
    // PATH and TERM aside, nothing in the environment is text.
    let names =
        ["LANG", "LC_ALL", "TZ", "EDITOR", "VISUAL", "BROWSER", "TIDINGS_LOG", "NO_COLOR", "COLUMNS", "https_proxy"];
    let mut variables: Vec<(&str, &OsStr)> = names.iter().map(|name| (*name, odd.as_os_str())).collect();
    variables.push(("HOME", home.as_os_str()));
    run(root.path(), &variables, &["list".as_ref()]).well();
    assert!(home.join(".config/tidings/tidings.db").exists(), "it lives where HOME says");

    let mut desk = desk(root.path(), &variables, &[]);
    desk.wait_for("Which desks");
    desk.press("\x03");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
    assert!(home.join(".config/tidings/tidings.log").exists());

    let dir = root.path().join(bytes(b"d\xff"));
    run(root.path(), &[], &["--dir".as_ref(), dir.as_os_str(), "list".as_ref()]).well();
    assert!(dir.join("tidings.db").exists(), "nor need the directory be text");
}

#[test]
fn f13_words_that_are_no_text_are_refused_in_words_that_are() {
    let root = TempDir::new().unwrap();
    let odd = bytes(b"quay\xff\x1b]0;x\x07");
    let home = [("HOME", root.path().as_os_str())];
    let cases: [&[&OsStr]; 5] = [
        &[&odd],
        &["list".as_ref(), &odd],
        &["show".as_ref(), &odd],
        &["feed".as_ref(), "add".as_ref(), &odd],
        &["opml".as_ref(), "import".as_ref(), &odd],
    ];
    for arguments in cases {
        // That its output is text is checked where it is read.
        let ran = run(root.path(), &home, arguments);
        assert!(matches!(ran.code, Some(1 | 2)), "{arguments:?}: {ran:?}");
        assert!(!ran.err.is_empty() && !ran.err.contains("panicked"), "{arguments:?}: {ran:?}");
        assert!(!ran.err.contains('\u{1b}') && !ran.err.contains('\u{7}'), "{arguments:?}: {:?}", ran.err);
    }
    let ran = run(root.path(), &[("TIDINGS_DIR", &bytes(b"/dev/null/\xff"))], &["list".as_ref()]);
    assert!(matches!(ran.code, Some(1 | 2)) && ran.err.contains("/dev/null/"), "{ran:?}");
}

#[test]
fn f14_without_a_home_it_says_what_to_set_and_writes_nothing() {
    let root = TempDir::new().unwrap();
    let missing = root.path().join("not-there");
    let cases: [(&[(&str, &OsStr)], &str); 7] = [
        (&[], "no home directory is known"),
        (&[("HOME", "".as_ref())], "no home directory is known"),
        (&[("HOME", ".".as_ref())], "no home directory is known"),
        (&[("XDG_CONFIG_HOME", "relative".as_ref())], "no home directory is known"),
        (&[("HOME", missing.as_os_str())], "does not exist"),
        (&[("HOME", "/".as_ref())], "is the root of the whole file system"),
        (&[("HOME", "/dev/null".as_ref())], "is no directory"),
    ];
    for (variables, words) in cases {
        for arguments in [&["list".as_ref()][..], &["poll".as_ref()], &["feed".as_ref(), "list".as_ref()]] {
            let ran = run(root.path(), variables, arguments);
            assert_eq!(ran.code, Some(2), "{variables:?} {arguments:?}: {ran:?}");
            for word in [words, "HOME", "TIDINGS_DIR", "--dir"] {
                assert!(ran.err.contains(word), "{variables:?}: {word} is missing: {ran:?}");
            }
            assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
        }
        let mut desk = desk(root.path(), variables, &[]);
        assert_eq!(desk.wait_exit(), 2, "{variables:?}");
        assert!(desk.screen().replace('\n', "").contains(words), "{variables:?}: {}", desk.screen());
    }
    assert!(names(root.path()).is_empty(), "nothing was written to the current directory");
    assert!(!Path::new("/.config/tidings").exists() && !Path::new("/tidings").exists(), "nor to the root");
}

#[test]
fn f14_the_directory_is_made_where_the_environment_says() {
    let root = TempDir::new().unwrap();
    let elsewhere = TempDir::new().unwrap();
    let xdg = root.path().join("a/b");
    let own = root.path().join("own");
    let cases: [(&[(&str, &OsStr)], &Path); 3] = [
        // Made with all that leads to it; a home that is none does not matter then.
        (&[("XDG_CONFIG_HOME", xdg.as_os_str()), ("HOME", "/nonexistent".as_ref())], &xdg.join("tidings")),
        (
            &[("XDG_CONFIG_HOME", "relative".as_ref()), ("HOME", root.path().as_os_str())],
            &root.path().join(".config/tidings"),
        ),
        (&[("TIDINGS_DIR", own.as_os_str())], &own),
    ];
    for (variables, dir) in cases {
        run(elsewhere.path(), variables, &["list".as_ref()]).well();
        assert!(dir.join("tidings.db").exists(), "{variables:?}");
        assert_eq!(std::fs::metadata(dir).unwrap().permissions().mode() & 0o777, 0o700, "for the user alone");
    }
    assert!(names(elsewhere.path()).is_empty(), "nothing was written to the current directory");
}

#[test]
fn f14_a_place_that_cannot_be_made_is_named() {
    let root = TempDir::new().unwrap();
    std::fs::write(root.path().join("file"), "").unwrap();
    let under_file = root.path().join("file/below");
    for variable in ["XDG_CONFIG_HOME", "TIDINGS_DIR"] {
        let variables = [(variable, under_file.as_os_str()), ("HOME", root.path().as_os_str())];
        let ran = run(root.path(), &variables, &["list".as_ref()]);
        assert!(matches!(ran.code, Some(1 | 2)), "{variable}: {ran:?}");
        assert!(ran.err.contains(under_file.to_str().unwrap()), "{variable}: {ran:?}");
    }
    assert_eq!(names(root.path()), ["file"], "nothing was written elsewhere");
}
