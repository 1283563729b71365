//! Puts the config back: whole or not at all (THREATS F2).

use std::io::Write;
use std::path::{Path, PathBuf};

/// Why the config was not written. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Somebody else changed it since it was read.
    #[error("{} was changed by another program just now; nothing was written, please try again", .0.display())]
    Changed(PathBuf),
    /// What is there cannot be read.
    #[error("{0}; nothing was written")]
    Unreadable(Box<super::Diagnostic>),
    /// The system says no.
    #[error("{} cannot be written: {source}; it is as it was", .file.display())]
    Io {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Writes the file: to a temporary one beside it, synced, then renamed over it, so that it is old or new whenever power
/// fails. Mode 0600. A symbolic link stays, and what it leads to is written.
///
/// # Errors
/// When the system says no; nothing is changed then.
pub fn write(file: &Path, text: &str) -> Result<(), WriteError> {
    atomically(&target(file), text).map_err(|source| WriteError::Io { file: file.to_path_buf(), source })
}

/// As [`write()`], if the file still reads `before` (none: does not exist).
///
/// # Errors
/// Also when it does not.
pub fn replace(file: &Path, before: Option<&str>, after: &str) -> Result<(), WriteError> {
    let now = super::read_text(file).map_err(WriteError::Unreadable)?;
    if now.as_deref() == before { write(file, after) } else { Err(WriteError::Changed(file.to_path_buf())) }
}

/// Keeps other processes from editing the file until what it gives is dropped; none while another one has it. The folder is
/// what is locked, because the file itself is replaced by every edit.
///
/// # Errors
/// Where folders cannot be locked (some network file systems, other systems than Unix).
pub fn hold(file: &Path) -> std::io::Result<Option<std::fs::File>> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = std::fs::File::open(folder)?;
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(error)) => Err(error),
    }
}

/// Where links lead; the path itself when there is nothing yet.
fn target(file: &Path) -> PathBuf {
    // A link to nothing cannot be made canonical; this follows one that is fresh from a dotfiles manager.
    let mut path = file.to_path_buf();
    for _ in 0..16 {
        let Ok(next) = std::fs::read_link(&path) else { break };
        path = path.parent().map_or_else(|| next.clone(), |parent| parent.join(&next));
    }
    path
}

fn atomically(file: &Path, text: &str) -> std::io::Result<()> {
    let dir = file.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // tempfile creates with mode 0600 on Unix.
    let mut temporary = tempfile::Builder::new().prefix(".config.toml.").tempfile_in(dir)?;
    temporary.write_all(text.as_bytes())?;
    temporary.as_file().sync_all()?;
    temporary.persist(file).map_err(|error| error.error)?;
    // Not until the directory is on disk, too, is the new name; other systems do not let one be opened.
    #[cfg(unix)]
    std::fs::File::open(dir)?.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("config.toml");
        replace(&file, None, "keep_days = 1\n").unwrap();
        replace(&file, Some("keep_days = 1\n"), "keep_days = 2\n").unwrap();
        assert!(matches!(replace(&file, Some("keep_days = 1\n"), "x"), Err(WriteError::Changed(_))));
        assert!(matches!(replace(&file, None, "x"), Err(WriteError::Changed(_))));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "keep_days = 2\n");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
        let error = write(&dir.path().join("missing/config.toml"), "").unwrap_err();
        assert!(error.to_string().contains("as it was"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn links_stay_and_the_mode_is_for_the_user_alone() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("dotfiles")).unwrap();
        let (link, real) = (dir.path().join("config.toml"), dir.path().join("dotfiles/tidings.toml"));
        symlink("dotfiles/tidings.toml", &link).unwrap();
        for text in ["first", "second"] {
            write(&link, text).unwrap();
            assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(std::fs::read_to_string(&real).unwrap(), text);
        }
        assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
