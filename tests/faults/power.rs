//! F3: the power goes. All that a session writes is logged, and the directory is made anew as the disk may have it after a
//! cut at any moment: what was synced is there, of the rest anything. What the program had said was done is still done.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::disk::{self, Event};
use crate::paper::Paper;
use crate::place::{Place, Ran, USUAL};
use crate::replay::{Dice, Disk};
use crate::terminal::Terminal;
use crate::times;

/// Cuts in a run of all tests; `TIDINGS_TEST_CUTS` sets another number.
const CUTS: usize = 24;

/// Something that was said to be done, and when: after so many calls.
#[derive(Debug)]
enum Told {
    Saved(String),
    Noted(String, String),
    FullText(String),
    Backup(String),
}

/// What a file was (none: not there) after so many calls.
type Version = (usize, Option<Vec<u8>>);

/// What was done and told, in order.
struct Session {
    place: Place,
    log: tempfile::TempDir,
    told: Vec<(usize, Told)>,
    /// Of each file of the user's, what it was and from when on it was said to be that.
    files: BTreeMap<PathBuf, Vec<Version>>,
}

impl Session {
    fn log(&self) -> PathBuf {
        self.log.path().join("calls")
    }

    fn now(&self) -> usize {
        disk::events(&self.log()).len()
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        disk::run(&self.place, &self.log(), None, arguments).well()
    }

    fn tell(&mut self, told: Told) {
        let now = self.now();
        self.told.push((now, told));
    }

    /// The files of the user are as they are now, for sure.
    fn written(&mut self) {
        let now = self.now();
        for (path, versions) in &mut self.files {
            let content = std::fs::read(self.place.dir().join(path)).ok();
            if versions.last().is_none_or(|(_, last)| *last != content) {
                versions.push((now, content));
            }
        }
    }
}

/// A morning's work by shell and by key.
fn work(session: &mut Session, paper: &Paper) {
    session.written();
    for n in [0, 1] {
        session.run(&["mark", "save", &session.place.id_of(&Paper::title(n))]);
        session.tell(Told::Saved(Paper::title(n)));
    }
    session.run(&["feed", "rename", "Feed 0", "The Dock Paper"]);
    session.written();
    paper.bring_out(4);
    session.run(&["poll", "--now"]);
    session.run(&["clip", &session.place.id_of(&Paper::title(2))]);
    session.written();
    session.run(&["show", "--fetch", &session.place.id_of(&Paper::title(3))]);
    session.tell(Told::FullText(Paper::title(3)));
    let copy = session.run(&["backup", "create"]);
    session.tell(Told::Backup(copy.out.trim().to_owned()));
    let exported = session.place.dir().join("saved.md");
    session.run(&["export", "is:saved", "--format", "md", "--output", exported.to_str().unwrap()]);
    session.written();

    let environment = disk::environment(&session.place, &session.log(), None);
    let environment: Vec<(&str, &str)> = environment.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut desk = Terminal::start(session.place.on_terminal(&[], &[], &environment), USUAL);
    let newest = Paper::title(paper.out() - 1);
    desk.wait_selected(&newest);
    desk.press("c");
    desk.wait_for("─ Note ·");
    desk.paste("Ask the port captain.");
    desk.wait_for("Ask the port captain.");
    desk.press("\x13");
    desk.wait_for("noted: ");
    session.tell(Told::Noted(newest.clone(), "Ask the port captain.".to_owned()));
    desk.press("s");
    desk.wait_for("✓ saved");
    session.tell(Told::Saved(newest));
    desk.press("q");
    assert_eq!(desk.wait_exit(), 0);

    session.run(&["clip", &session.place.id_of(&Paper::title(1))]);
    session.written();
    session.run(&["feed", "rename", "The Dock Paper", "The Quay Paper"]);
    session.written();
    session.run(&["export", "is:saved", "--format", "md", "--force", "--output", exported.to_str().unwrap()]);
    session.written();
    session.run(&["mark", "save", &session.place.id_of(&Paper::title(4))]);
    session.tell(Told::Saved(Paper::title(4)));
}

#[test]
fn f03_a_power_cut_at_any_moment() {
    if disk::library().is_none() {
        return;
    }
    let paper = Paper::open(8);
    let place = Place::polled(&paper.feed());
    let before = Disk::of(place.dir());
    let files = ["config.toml", "tidings-clips.md", "saved.md"].map(|name| (PathBuf::from(name), Vec::new()));
    let log = tempfile::tempdir().unwrap();
    let mut session = Session { place, log, told: Vec::new(), files: BTreeMap::from(files) };
    work(&mut session, &paper);

    let events = disk::events(&session.log());
    assert!(events.iter().any(|event| matches!(event, Event::Renamed { .. })), "renames are seen");
    // Where something has just been synced or named is where an order can be wrong: half of the cuts are there.
    let steps: Vec<usize> = (0..events.len()).filter(|n| !matches!(events[*n], Event::Wrote { .. })).collect();
    let cuts = times("TIDINGS_TEST_CUTS", CUTS);
    for cut in 0..cuts {
        let mut dice = Dice(cut as u64);
        let at = if dice.half() { dice.below(events.len() + 1) } else { steps[dice.below(steps.len())] };
        let mut disk = before.clone();
        events[..at].iter().for_each(|event| disk.go_on(event));
        let after = tempfile::tempdir().unwrap();
        disk.cut(&mut dice, after.path());
        verify(&session, &Place::of(after), at, cut);
    }
    let calls = events.len();
    println!("{cuts} cuts in {calls} calls: integrity ok, 0 of {} promises broken", session.told.len());
}

fn verify(session: &Session, place: &Place, at: usize, cut: usize) {
    let what = format!("cut {cut}, after call {at}");
    for (path, versions) in &session.files {
        let content = std::fs::read(place.dir().join(path)).ok();
        let promised = versions.iter().rposition(|(when, _)| *when <= at).unwrap_or(0);
        let is = versions.iter().rposition(|(_, version)| *version == content);
        let (is, of) = (is.map_or(-1, usize::cast_signed), promised.cast_signed());
        let path = path.display();
        assert!(is >= of, "{what}: {path} is version {is}, {of} was promised: {:?}", content.map(|c| c.len()));
    }
    let articles = place.list(&[]);
    assert_eq!(place.integrity(), "ok", "{what}");
    assert!([8, 12].contains(&articles.len()), "{what}: {} articles; a feed's are all or none", articles.len());
    let article = |title: &str| articles.iter().find(|article| article["title"] == title);
    for (_, told) in session.told.iter().filter(|(when, _)| *when <= at) {
        match told {
            Told::Saved(title) => {
                assert_eq!(article(title).map(|a| a["saved"] == true), Some(true), "{what}: {told:?}");
            }
            Told::Noted(title, note) => {
                let id = article(title).unwrap_or_else(|| panic!("{what}: {told:?}"))["id"].to_string();
                let shown = place.run(&["show", &id, "--json"]).well();
                assert!(shown.out.contains(note), "{what}: {told:?}");
            }
            Told::FullText(title) => {
                let id = article(title).unwrap_or_else(|| panic!("{what}: {told:?}"))["id"].to_string();
                let shown = place.run(&["show", &id]).well();
                assert!(shown.out.contains("Paragraph 8"), "{what}: {told:?}: {shown:?}");
            }
            Told::Backup(path) => {
                let name = Path::new(path).file_name().unwrap();
                assert!(place.dir().join("backups").join(name).exists(), "{what}: {told:?}");
            }
        }
    }
    for copy in std::fs::read_dir(place.dir().join("backups")).into_iter().flatten().flatten() {
        let path = copy.path();
        if path.extension().is_some_and(|extension| extension == "db") {
            assert_eq!(sound(&path), "ok", "{what}: {}", path.display());
        }
    }
    if cut.is_multiple_of(4) {
        // It is a library to work with: nothing that was kept incrementally is wrong.
        let checked = place.run(&["doctor", "--json"]);
        assert!(checked.out.contains("the database is sound"), "{what}: {checked:?}");
        place.run(&["poll", "--now"]).well();
    }
}

fn sound(copy: &Path) -> String {
    let copy = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    copy.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap()
}
