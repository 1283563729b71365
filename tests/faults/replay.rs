//! What a power cut may leave of a directory: everything that was synced, and of the rest anything.

use std::collections::{BTreeMap, HashMap};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::disk::Event;

/// A small generator (SplitMix64), so that every cut can be repeated by its number.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n.max(1) as u64).unwrap()
    }

    pub(crate) fn half(&mut self) -> bool {
        self.below(2) == 0
    }
}

/// A change of a file that is not on the disk for sure.
#[derive(Debug, Clone)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Size(usize),
}

#[derive(Debug, Clone, Default)]
struct File {
    durable: Vec<u8>,
    pending: Vec<Change>,
}

/// A change of names: each is given a file, or taken away.
#[derive(Debug, Clone)]
struct Naming {
    folder: PathBuf,
    names: Vec<(PathBuf, Option<usize>)>,
    made: Option<PathBuf>,
}

/// A directory as the disk has it, and what is on its way there.
#[derive(Debug, Clone, Default)]
pub(crate) struct Disk {
    root: PathBuf,
    files: Vec<File>,
    by_inode: HashMap<u64, usize>,
    /// Names as the program sees them.
    seen: BTreeMap<PathBuf, usize>,
    durable: BTreeMap<PathBuf, usize>,
    folders: Vec<PathBuf>,
    pending: Vec<Naming>,
}

fn apply(content: &mut Vec<u8>, change: &Change) {
    match change {
        Change::Size(size) => content.resize(*size, 0),
        Change::Write { at, bytes } => {
            if content.len() < at + bytes.len() {
                content.resize(at + bytes.len(), 0);
            }
            content[*at..at + bytes.len()].copy_from_slice(bytes);
        }
    }
}

impl Disk {
    /// The directory as it is now, all of it synced.
    pub(crate) fn of(root: &Path) -> Self {
        let mut disk = Self { root: root.to_owned(), ..Self::default() };
        disk.take(root);
        disk.durable = disk.seen.clone();
        disk
    }

    fn take(&mut self, folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let (path, about) = (entry.path(), entry.metadata().unwrap());
            if about.is_dir() {
                self.folders.push(path.clone());
                self.take(&path);
            } else {
                let file = File { durable: std::fs::read(&path).unwrap(), pending: Vec::new() };
                self.by_inode.insert(about.ino(), self.files.len());
                self.seen.insert(path, self.files.len());
                self.files.push(file);
            }
        }
    }

    /// What the program did next.
    pub(crate) fn go_on(&mut self, event: &Event) {
        match event {
            Event::Created { inode, path } => {
                let file = self.files.len();
                self.files.push(File::default());
                self.by_inode.insert(*inode, file);
                self.name(path, vec![(path.clone(), Some(file))]);
            }
            Event::Wrote { inode, at, bytes } => self.change(*inode, Change::Write { at: *at, bytes: bytes.clone() }),
            Event::Sized { inode, size } => self.change(*inode, Change::Size(*size)),
            Event::Synced { inode } => {
                let file = &mut self.files[self.by_inode[inode]];
                for change in std::mem::take(&mut file.pending) {
                    apply(&mut file.durable, &change);
                }
            }
            Event::SyncedFolder { path } => {
                let (now, later) = std::mem::take(&mut self.pending).into_iter().partition(|one| one.folder == *path);
                self.pending = later;
                let now: Vec<Naming> = now;
                for naming in now {
                    settle(&mut self.durable, &mut self.folders, &naming);
                }
            }
            Event::MadeFolder { path } => {
                let folder = path.parent().unwrap().to_owned();
                self.pending.push(Naming { folder, names: Vec::new(), made: Some(path.clone()) });
            }
            Event::Renamed { from, to } => {
                let file = self.seen.get(from).copied();
                self.name(to, vec![(to.clone(), file), (from.clone(), None)]);
            }
            Event::Linked { from, to } => {
                let file = self.seen.get(from).copied();
                self.name(to, vec![(to.clone(), file)]);
            }
            Event::Removed { path } => self.name(path, vec![(path.clone(), None)]),
            Event::Failed { .. } => {}
        }
    }

    fn change(&mut self, inode: u64, change: Change) {
        let file = *self.by_inode.get(&inode).expect("a file is created before it is written");
        self.files[file].pending.push(change);
    }

    fn name(&mut self, path: &Path, names: Vec<(PathBuf, Option<usize>)>) {
        for (path, file) in &names {
            match file {
                Some(file) => self.seen.insert(path.clone(), *file),
                None => self.seen.remove(path),
            };
        }
        self.pending.push(Naming { folder: path.parent().unwrap().to_owned(), names, made: None });
    }

    /// The power goes: writes what may be left into `to`.
    pub(crate) fn cut(&self, dice: &mut Dice, to: &Path) {
        let (mut names, mut folders) = (self.durable.clone(), self.folders.clone());
        // Names of one folder reach the disk in their order; how many of them did is anybody's guess.
        let mut left: HashMap<&Path, usize> = HashMap::new();
        for naming in &self.pending {
            *left.entry(&naming.folder).or_default() += 1;
        }
        let mut kept: Vec<(&Path, usize)> = left.into_iter().collect();
        kept.sort_unstable();
        let mut kept: HashMap<&Path, usize> =
            kept.into_iter().map(|(folder, all)| (folder, dice.below(all + 1))).collect();
        for naming in &self.pending {
            let more = kept.get_mut(naming.folder.as_path()).unwrap();
            if *more > 0 {
                *more -= 1;
                settle(&mut names, &mut folders, naming);
            }
        }
        for folder in folders {
            std::fs::create_dir_all(to.join(folder.strip_prefix(&self.root).unwrap())).unwrap();
        }
        for (path, file) in names {
            let at = to.join(path.strip_prefix(&self.root).unwrap());
            // A folder that is not on the disk takes its files with it.
            if at.parent().unwrap().is_dir() {
                std::fs::write(at, self.files[file].after_cut(dice)).unwrap();
            }
        }
    }
}

fn settle(names: &mut BTreeMap<PathBuf, usize>, folders: &mut Vec<PathBuf>, naming: &Naming) {
    for (path, file) in &naming.names {
        match file {
            Some(file) => names.insert(path.clone(), *file),
            None => names.remove(path),
        };
    }
    folders.extend(naming.made.clone());
}

impl File {
    /// What was synced, and of what was not: nothing, all, the first of it, or blocks of it at random.
    fn after_cut(&self, dice: &mut Dice) -> Vec<u8> {
        let mut content = self.durable.clone();
        let block = if dice.half() { 512 } else { 4096 };
        let (mode, first) = (dice.below(4), dice.below(self.pending.len() + 1));
        for (n, change) in self.pending.iter().enumerate() {
            match (mode, change) {
                (0, _) => {}
                (1, _) => apply(&mut content, change),
                (2, _) => {
                    if n < first {
                        apply(&mut content, change);
                    }
                }
                (_, Change::Size(_)) => {
                    if dice.half() {
                        apply(&mut content, change);
                    }
                }
                (_, Change::Write { at, bytes }) => {
                    let mut from = 0;
                    while from < bytes.len() {
                        let until = ((at + from) / block * block + block - at).min(bytes.len());
                        if dice.half() {
                            apply(&mut content, &Change::Write { at: at + from, bytes: bytes[from..until].to_vec() });
                        }
                        from = until;
                    }
                }
            }
        }
        content
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_synced_is_there_and_what_is_not_may_be() {
        let (from, to) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let path = |name: &str| from.path().join(name);
        std::fs::write(path("old"), "old").unwrap();
        let mut disk = Disk::of(from.path());
        for event in [
            Event::Created { inode: 1_000_000_007, path: path("new") },
            Event::Wrote { inode: 1_000_000_007, at: 0, bytes: b"synced".to_vec() },
            Event::Synced { inode: 1_000_000_007 },
            Event::Renamed { from: path("new"), to: path("old") },
            Event::Wrote { inode: 1_000_000_007, at: 2, bytes: b"XX".to_vec() },
        ] {
            disk.go_on(&event);
        }
        let (mut seen, mut dice) = (std::collections::BTreeSet::new(), Dice(1));
        for _ in 0..200 {
            disk.cut(&mut dice, to.path());
            let names = std::fs::read_dir(to.path()).unwrap().count();
            seen.insert((names, std::fs::read_to_string(to.path().join("old")).unwrap()));
            for name in ["old", "new"] {
                std::fs::remove_file(to.path().join(name)).ok();
            }
        }
        let all: Vec<(usize, &str)> = seen.iter().map(|(names, old)| (*names, old.as_str())).collect();
        assert_eq!(all, [(1, "old"), (1, "syXXed"), (1, "synced"), (2, "old")]);
        disk.go_on(&Event::SyncedFolder { path: from.path().to_owned() });
        disk.cut(&mut dice, to.path());
        assert!(!to.path().join("new").exists() && to.path().join("old").exists());
    }
}
