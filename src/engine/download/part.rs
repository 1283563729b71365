//! A file that is not whole yet: `<name>.<hash of its address>.part`, with a hidden note beside it of which version it is.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::name;
use crate::fetch::Partial;

/// A longer note is none of ours.
const LONGEST_NOTE: u64 = 16 << 10;
/// Numbers tried before a folder has too many files of one name.
const NUMBERS: u32 = 999;

/// A file that is not whole yet; no other program of ours writes it meanwhile.
#[derive(Debug)]
pub(super) struct Part {
    file: File,
    path: PathBuf,
    /// Where it says which version this is.
    note: PathBuf,
    known: Option<Partial>,
    /// It has its name.
    finished: bool,
}

impl Part {
    /// Opens the part of this address, or begins it; makes the folder where there is none.
    ///
    /// # Errors
    /// When the system says no, or another program has it open.
    pub(super) fn open(folder: &Path, name: &str, url: &str) -> io::Result<Self> {
        std::fs::create_dir_all(folder)?;
        let (path, note) = places(folder, name, url);
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            // What somebody else put there in its name is not followed.
            options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
        }
        let mut file = options.open(&path)?;
        if let Err(std::fs::TryLockError::WouldBlock) = file.try_lock() {
            return Err(io::Error::other("another tidings downloads it"));
        }
        let bytes = file.seek(SeekFrom::End(0))?;
        let known =
            read_note(&note).filter(|_| bytes > 0).map(|(validator, place)| Partial { bytes, validator, place });
        Ok(Self { file, path, note, known, finished: false })
    }

    /// What is here and of which version; none: nothing that can be gone on with.
    pub(super) fn known(&self) -> Option<Partial> {
        self.known.clone()
    }

    /// Begins again with this version.
    pub(super) fn restart(&mut self, version: Option<(String, String)>) -> io::Result<()> {
        self.known = None;
        self.file.set_len(0)?;
        self.file.seek(SeekFrom::Start(0))?;
        match version {
            Some((validator, place)) => std::fs::write(&self.note, format!("{validator}\n{place}\n")),
            None => forget(&self.note),
        }
    }

    /// Adds bytes at the end.
    pub(super) fn append(&mut self, pieces: &[Bytes]) -> io::Result<()> {
        pieces.iter().try_for_each(|piece| self.file.write_all(piece))
    }

    /// What came is worth nothing: nothing of it stays.
    pub(super) fn discard(&mut self) {
        // Emptied, it goes when it is let go of; were it not to be, the next download begins it again.
        self.file.set_len(0).ok();
    }

    /// Bytes that there is room for; none where the system does not tell.
    pub(super) fn room(&self) -> Option<u64> {
        #[cfg(unix)]
        {
            let about = rustix::fs::fstatvfs(&self.file).ok()?;
            Some(about.f_bavail.saturating_mul(about.f_frsize))
        }
        #[cfg(not(unix))]
        None
    }

    /// It is whole: it gets its name, or that name with a number where there is such a file; gives that name.
    pub(super) fn finish(mut self, folder: &Path, name: &str) -> io::Result<String> {
        self.file.sync_all()?;
        for number in 1..=NUMBERS {
            let numbered = name::numbered(name, number);
            let target = folder.join(&numbered);
            // Taken first, so that no other file can come to have the name in between; then replaced by what is ours.
            match OpenOptions::new().write(true).create_new(true).open(&target) {
                Ok(_) => {
                    std::fs::rename(&self.path, &target)?;
                    self.finished = true;
                    forget(&self.note)?;
                    return Ok(numbered);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other(format!("there are {NUMBERS} files of its name")))
    }
}

/// Where the part of an address is, and the note of which version it is.
fn places(folder: &Path, name: &str, url: &str) -> (PathBuf, PathBuf) {
    let hash = Sha256::digest(url.as_bytes());
    let hash = hash.iter().take(4).fold(0_u32, |hash, byte| hash << 8 | u32::from(*byte));
    (folder.join(format!("{name}.{hash:08x}.part")), folder.join(format!(".{name}.{hash:08x}.part-of")))
}

/// Bytes of this address that are here and can be gone on with; none when there are none.
pub(super) fn bytes(folder: &Path, name: &str, url: &str) -> Option<u64> {
    let (path, note) = places(folder, name, url);
    let about = std::fs::symlink_metadata(path).ok().filter(|about| about.is_file() && about.len() > 0)?;
    read_note(&note).map(|_| about.len())
}

impl Drop for Part {
    /// A part with nothing in it is of no use to anybody.
    fn drop(&mut self) {
        if !self.finished && self.file.metadata().is_ok_and(|about| about.len() == 0) {
            forget(&self.path).ok();
            forget(&self.note).ok();
        }
    }
}

fn read_note(path: &Path) -> Option<(String, String)> {
    let mut text = String::new();
    File::open(path).ok()?.take(LONGEST_NOTE).read_to_string(&mut text).ok()?;
    let mut lines = text.lines().map(str::to_owned);
    Some((lines.next()?, lines.next()?))
}

fn forget(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://quay.example/talk.mp3";

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_part_is_gone_on_with_and_never_becomes_another_file() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("deep/down");
        let mut part = Part::open(&folder, "talk.mp3", URL).unwrap();
        assert_eq!(part.known(), None);
        part.restart(Some(("\"v1\"".into(), "quay.example:443".into()))).unwrap();
        part.append(&[Bytes::from_static(b"ab"), Bytes::from_static(b"c")]).unwrap();
        assert!(Part::open(&folder, "talk.mp3", URL).is_err(), "one writer at a time");
        drop(part);
        let mut again = Part::open(&folder, "talk.mp3", URL).unwrap();
        let known = Partial { bytes: 3, validator: "\"v1\"".into(), place: "quay.example:443".into() };
        assert_eq!(again.known(), Some(known));
        again.append(&[Bytes::from_static(b"d")]).unwrap();
        std::fs::write(folder.join("talk.mp3"), "mine").unwrap();
        assert_eq!(again.finish(&folder, "talk.mp3").unwrap(), "talk (2).mp3");
        assert_eq!(std::fs::read(folder.join("talk (2).mp3")).unwrap(), b"abcd");
        assert_eq!(names(&folder), ["talk (2).mp3", "talk.mp3"], "nothing else is left");
        assert_eq!(std::fs::read(folder.join("talk.mp3")).unwrap(), b"mine");
    }

    #[test]
    fn a_part_of_no_known_version_is_begun_again() {
        let dir = tempfile::tempdir().unwrap();
        let mut part = Part::open(dir.path(), "talk.mp3", URL).unwrap();
        part.restart(None).unwrap();
        part.append(&[Bytes::from_static(b"abc")]).unwrap();
        drop(part);
        assert_eq!(Part::open(dir.path(), "talk.mp3", URL).unwrap().known(), None);
        assert!(Part::open(dir.path(), "talk.mp3", "https://other.example/talk.mp3").is_ok(), "another file's part");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_in_its_place_is_not_followed() {
        let dir = tempfile::tempdir().unwrap();
        let part = Part::open(dir.path(), "talk.mp3", URL).unwrap();
        let path = dir.path().join(names(dir.path()).remove(0));
        drop(part);
        assert!(!path.exists(), "an empty part does not stay");
        std::os::unix::fs::symlink(dir.path().join("precious"), &path).unwrap();
        assert!(Part::open(dir.path(), "talk.mp3", URL).is_err());
        assert!(!dir.path().join("precious").exists());
    }
}
