//! Pictures as they came, on disk: one file each, named by the hash of its address. Bounded, for the user alone, and safe
//! to delete.

use std::fmt::Write as _;
use std::fs::{self, DirBuilder, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

/// Most bytes kept; beyond it the oldest files go.
const MOST: u64 = 64 << 20;

/// What is kept of an address; none when there is nothing, or more than `most` bytes (then it is not ours).
pub(super) fn read(folder: &Path, url: &str, most: u64) -> Option<Vec<u8>> {
    let file = File::open(file_of(folder, url)).ok()?;
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= most).then_some(bytes)
}

/// Keeps what came from an address; older files make room for it.
pub(super) fn keep(folder: &Path, url: &str, bytes: &[u8]) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    // A temporary file has mode 0600, and takes its name when it is whole.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(file_of(folder, url)).map_err(|error| error.error)?;
    trim(folder, MOST)
}

fn file_of(folder: &Path, url: &str) -> PathBuf {
    let mut name = String::with_capacity(64);
    for byte in Sha256::digest(url.as_bytes()) {
        // Writing to a string cannot fail.
        write!(name, "{byte:02x}").ok();
    }
    folder.join(name)
}

/// Deletes the oldest files until no more than `most` bytes are left. What others delete meanwhile is no error.
fn trim(folder: &Path, most: u64) -> io::Result<()> {
    let mut files: Vec<(SystemTime, u64, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder)?.flatten() {
        if let Ok(facts) = entry.metadata()
            && facts.is_file()
        {
            files.push((facts.modified().unwrap_or(SystemTime::UNIX_EPOCH), facts.len(), entry.path()));
        }
    }
    files.sort();
    let mut total = files.iter().fold(0_u64, |sum, (_, bytes, _)| sum.saturating_add(*bytes));
    for (_, bytes, path) in files {
        if total <= most {
            break;
        }
        fs::remove_file(path).ok();
        total = total.saturating_sub(bytes);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn what_was_kept_is_read_again_by_its_address() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("cache/pictures");
        assert_eq!(read(&folder, "https://a.example/1", 100), None, "nothing was kept yet");
        keep(&folder, "https://a.example/1", b"one").unwrap();
        keep(&folder, "https://a.example/2", b"two").unwrap();
        keep(&folder, "https://a.example/1", b"one again").unwrap();
        assert_eq!(read(&folder, "https://a.example/1", 100).as_deref(), Some(&b"one again"[..]));
        assert_eq!(read(&folder, "https://a.example/2", 100).as_deref(), Some(&b"two"[..]));
        assert_eq!(read(&folder, "https://a.example/1", 8), None, "a file that is larger than any picture is not ours");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2, "one file an address");
    }

    #[cfg(unix)]
    #[test]
    fn it_is_for_the_user_alone() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("cache/pictures");
        keep(&folder, "https://a.example/1", b"one").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&file_of(&folder, "https://a.example/1")), 0o600);
    }

    #[test]
    fn the_oldest_make_room() {
        let dir = tempfile::tempdir().unwrap();
        for n in 1..=4_u64 {
            let path = dir.path().join(n.to_string());
            fs::write(&path, [b'x'; 10]).unwrap();
            let file = File::options().write(true).open(&path).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(n)).unwrap();
        }
        trim(dir.path(), 25).unwrap();
        let mut left: Vec<_> = fs::read_dir(dir.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
        left.sort();
        assert_eq!(left, ["3", "4"]);
    }
}
