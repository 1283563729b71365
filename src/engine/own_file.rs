//! Files of the user outside of the library: where the config says they are, and how they are written.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::EngineError;

/// Links followed before a chain of them is given up.
const LINKS: usize = 16;

/// The path that the config gives; `~/` is the home directory.
pub(super) fn path_of(configured: &str) -> Result<PathBuf, EngineError> {
    let Some(rest) = configured.strip_prefix("~/") else { return Ok(PathBuf::from(configured)) };
    let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_path_buf());
    home.filter(|home| home.is_absolute()).map(|home| home.join(rest)).ok_or_else(|| {
        EngineError(format!("no home directory is known for {configured}: set HOME, or write the whole path in [keep]"))
    })
}

/// Where links lead; the path itself when there is nothing yet. A link to nothing leads to where the file will be.
pub(super) fn followed(file: &Path) -> PathBuf {
    let mut path = file.to_path_buf();
    for _ in 0..LINKS {
        let Ok(next) = std::fs::read_link(&path) else { break };
        path = path.parent().map_or_else(|| next.clone(), |parent| parent.join(&next));
    }
    path
}

/// Writes a file whole or not at all: to a temporary one beside it, synced, then renamed over it. One that exists keeps its
/// mode, a new one is for the user alone (0600).
///
/// # Errors
/// When the system says no; the file is as it was.
pub(super) fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // tempfile creates with mode 0600 on Unix.
    let mut temporary = tempfile::Builder::new().prefix(".tidings-").tempfile_in(folder)?;
    temporary.write_all(bytes)?;
    if let Ok(before) = std::fs::metadata(file) {
        if before.permissions().readonly() {
            // Renaming over it would get around what the user said of it.
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        temporary.as_file().set_permissions(before.permissions())?;
    }
    temporary.as_file().sync_all()?;
    temporary.persist(file).map_err(|error| error.error)?;
    // The rename itself is durable only when the folder is.
    #[cfg(unix)]
    std::fs::File::open(folder)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_as_configured_or_from_home() {
        assert_eq!(path_of("/srv/clips.md").unwrap(), Path::new("/srv/clips.md"));
        let home = directories::BaseDirs::new().unwrap().home_dir().to_path_buf();
        assert_eq!(path_of("~/a/clips.md").unwrap(), home.join("a/clips.md"));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_keeps_its_mode_and_a_new_one_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("clips.md");
        let mode = || std::fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        replace(&file, b"one").unwrap();
        assert_eq!(mode(), 0o600);
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
        replace(&file, b"two").unwrap();
        assert_eq!((mode(), std::fs::read(&file).unwrap().as_slice()), (0o644, &b"two"[..]));
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o444)).unwrap();
        assert!(replace(&file, b"three").is_err(), "it was made read-only on purpose");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1, "nothing is left beside it");
    }
}
