//! A disk that fails: the program's file calls logged or refused through a library loaded into it (`disk.c`).

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::place::{Place, Ran, start};

/// `EIO` and `ENOSPC` of Linux.
pub(crate) const EIO: i32 = 5;
pub(crate) const ENOSPC: i32 = 28;

/// The library; none, with a word, where it cannot be made or the system does not let it work.
pub(crate) fn library() -> Option<&'static str> {
    static MADE: OnceLock<Option<String>> = OnceLock::new();
    let made = MADE.get_or_init(make);
    if made.is_none() {
        println!("skipped: no C compiler here, or no seccomp");
    }
    made.as_deref()
}

fn make() -> Option<String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (new, library) = (folder.join(format!("disk-{}.so", std::process::id())), folder.join("disk.so"));
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/disk.c");
    let made = Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&new).arg(source).status();
    if !made.is_ok_and(|status| status.success()) {
        return None;
    }
    // Other test runs may use it at this moment.
    std::fs::rename(&new, &library).unwrap();
    let library = library.to_str().unwrap().to_owned();
    let works = Command::new(env!("CARGO_BIN_EXE_tidings"))
        .arg("--version")
        .env("LD_PRELOAD", &library)
        .env("DISK_UNDER", "/nowhere")
        .output();
    works.is_ok_and(|ran| ran.status.success()).then_some(library)
}

/// Which call fails, and what becomes of those after it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Failing {
    pub(crate) call: u32,
    pub(crate) errno: i32,
    /// `o`: this call alone; `g`: from then on all that need room; `a`: from then on all.
    pub(crate) how: char,
}

/// The environment that loads the library.
pub(crate) fn environment(place: &Place, log: &Path, failing: Option<Failing>) -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("LD_PRELOAD", library().unwrap().to_owned()),
        ("DISK_UNDER", place.dir().to_str().unwrap().to_owned()),
        ("DISK_LOG", log.to_str().unwrap().to_owned()),
    ];
    if let Some(Failing { call, errno, how }) = failing {
        all.push(("DISK_FAIL", format!("{call},{errno},{how}")));
    }
    all
}

/// The environment of a disk that is full while there is a file `when`.
pub(crate) fn full_while(place: &Place, log: &Path, when: &Path) -> Vec<(&'static str, String)> {
    let mut all = environment(place, log, Some(Failing { call: 1, errno: ENOSPC, how: 'g' }));
    all.push(("DISK_WHEN", when.to_str().unwrap().to_owned()));
    all
}

/// Runs the program on such a disk.
pub(crate) fn run(place: &Place, log: &Path, failing: Option<Failing>, arguments: &[&str]) -> Ran {
    Ran::of(start(place.command(&[], arguments).envs(environment(place, log, failing))))
}

/// A call that changed something; files are numbered by their inodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    Created {
        inode: u64,
        path: PathBuf,
    },
    Wrote {
        inode: u64,
        at: usize,
        bytes: Vec<u8>,
    },
    Sized {
        inode: u64,
        size: usize,
    },
    Synced {
        inode: u64,
    },
    SyncedFolder {
        path: PathBuf,
    },
    MadeFolder {
        path: PathBuf,
    },
    Renamed {
        from: PathBuf,
        to: PathBuf,
    },
    Linked {
        from: PathBuf,
        to: PathBuf,
    },
    Removed {
        path: PathBuf,
    },
    /// This call was refused.
    Failed {
        call: u64,
    },
}

/// What was logged so far.
pub(crate) fn events(log: &Path) -> Vec<Event> {
    let bytes = std::fs::read(log).unwrap_or_default();
    let mut rest = bytes.as_slice();
    let mut all = Vec::new();
    while !rest.is_empty() {
        let head: Vec<u64> = rest[..40].chunks(8).map(|word| u64::from_ne_bytes(word.try_into().unwrap())).collect();
        let [what, inode, offset, one, two] = head[..] else { panic!("a head has five numbers") };
        let (offset, one, two) = (to_usize(offset), to_usize(one), to_usize(two));
        let (first, second) = rest[40..40 + one + two].split_at(one);
        rest = &rest[40 + one + two..];
        let path = |bytes: &[u8]| PathBuf::from(std::str::from_utf8(bytes).unwrap());
        all.push(match char::from(u8::try_from(what).unwrap()) {
            'c' => Event::Created { inode, path: path(first) },
            'w' => Event::Wrote { inode, at: offset, bytes: first.to_vec() },
            't' => Event::Sized { inode, size: offset },
            's' => Event::Synced { inode },
            'D' => Event::SyncedFolder { path: path(first) },
            'd' => Event::MadeFolder { path: path(first) },
            'r' => Event::Renamed { from: path(first), to: path(second) },
            'l' => Event::Linked { from: path(first), to: path(second) },
            'u' => Event::Removed { path: path(first) },
            'F' => Event::Failed { call: inode },
            other => panic!("{other:?} is nothing that is logged"),
        });
    }
    all
}

fn to_usize(n: u64) -> usize {
    usize::try_from(n).unwrap()
}
