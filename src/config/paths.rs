//! Where the tidings directory is, and the files in it.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The files of one tidings directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paths {
    /// The directory itself.
    pub dir: PathBuf,
    /// `config.toml`
    pub config: PathBuf,
    /// `tidings.db`
    pub database: PathBuf,
    /// `backups/`
    pub backups: PathBuf,
    /// `tidings.log`
    pub log: PathBuf,
}

impl Paths {
    /// The files in `dir`.
    #[must_use]
    pub fn in_dir(dir: PathBuf) -> Self {
        Self {
            config: dir.join("config.toml"),
            database: dir.join("tidings.db"),
            backups: dir.join("backups"),
            log: dir.join("tidings.log"),
            dir,
        }
    }

    /// The tidings directory: `flag` (`--dir`), else `TIDINGS_DIR`, else the user's config directory. Nothing is created.
    ///
    /// # Errors
    /// When there is no home directory to put it in, or the working directory is gone and the path is relative.
    pub fn find(flag: Option<&Path>) -> Result<Self, PathsError> {
        let xdg = std::env::var_os("XDG_CONFIG_HOME");
        let home = std::env::var_os("HOME").filter(|home| !home.is_empty()).map(PathBuf::from);
        // The password file is not asked on Unix: whoever unset HOME did not mean the directory that stands there, which for
        // services often is `/`.
        let by_system =
            (home.is_some() || !cfg!(unix)).then(|| directories::ProjectDirs::from("", "", "tidings")).flatten();
        let of_home = by_system.map(|dirs| dirs.config_local_dir().to_path_buf());
        let dir = choose(flag, std::env::var_os("TIDINGS_DIR"), of_home.clone(), xdg.clone())?;
        let own = xdg.is_some_and(|xdg| Path::new(&xdg).is_absolute() && dir.starts_with(xdg));
        if let Some(home) = home.filter(|_| of_home.as_ref() == Some(&dir) && !own) {
            check_home(&home)?;
        }
        std::path::absolute(&dir).map(Self::in_dir).map_err(|source| PathsError::Relative { dir, source })
    }

    /// Creates the directory if need be, for the user alone (mode 0700). One that exists stays as it is.
    ///
    /// # Errors
    /// When it cannot be created, or something else of that name is there.
    pub fn create(&self) -> Result<(), PathsError> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let is_new = !self.dir.exists();
        builder.create(&self.dir).map_err(|source| PathsError::Create { dir: self.dir.clone(), source })?;
        // What is kept in it is durable only when its own name is; other systems do not let a directory be opened.
        #[cfg(unix)]
        if let Some(parent) = self.dir.parent().filter(|_| is_new) {
            std::fs::File::open(parent).and_then(|parent| parent.sync_all()).ok();
        }
        Ok(())
    }
}

/// Why there is no tidings directory.
#[derive(Debug, thiserror::Error)]
pub enum PathsError {
    /// No HOME, and nothing else says where.
    #[error("no home directory is known: set HOME, or TIDINGS_DIR, or say --dir DIRECTORY")]
    NoHome,
    /// A home that is none.
    #[error("the home directory {} {fault}; set HOME to your own directory, or TIDINGS_DIR, or say --dir DIRECTORY", .dir.display())]
    BadHome {
        /// What HOME says.
        dir: PathBuf,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A relative path without a working directory.
    #[error("{} is relative, and the working directory cannot be found ({source}); write the whole path", .dir.display())]
    Relative {
        /// The path as given.
        dir: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// The system says no.
    #[error("{} cannot be created ({source}); choose another directory with --dir or TIDINGS_DIR", .dir.display())]
    Create {
        /// The directory.
        dir: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// A home that is not there is not made: accounts that shall have none are given such a one (`/nonexistent`), and so are
/// those that a container does not know (`/`).
fn check_home(home: &Path) -> Result<(), PathsError> {
    let fault = match std::fs::metadata(home) {
        Ok(found) if !found.is_dir() => "is no directory",
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => "does not exist",
        _ if home.is_absolute() && home.parent().is_none() => "is the root of the whole file system",
        _ => return Ok(()),
    };
    Err(PathsError::BadHome { dir: home.to_path_buf(), fault })
}

/// Flag, environment, home, in this order. Without a home, an absolute `XDG_CONFIG_HOME` still says where config goes.
fn choose(
    flag: Option<&Path>,
    variable: Option<OsString>,
    home: Option<PathBuf>,
    xdg: Option<OsString>,
) -> Result<PathBuf, PathsError> {
    if let Some(flag) = flag.filter(|dir| !dir.as_os_str().is_empty()) {
        return Ok(flag.to_path_buf());
    }
    if let Some(dir) = variable.filter(|dir| !dir.is_empty()) {
        return Ok(dir.into());
    }
    // A relative HOME would write to wherever one happens to be.
    let xdg = || xdg.map(|dir| PathBuf::from(dir).join("tidings")).filter(|dir| dir.is_absolute());
    home.filter(|dir| dir.is_absolute()).or_else(xdg).ok_or(PathsError::NoHome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_wins_over_the_environment_and_that_over_home() {
        let flag = Some(Path::new("/flag"));
        let home = || Some(PathBuf::from("/home/kim/.config/tidings"));
        assert_eq!(choose(flag, Some("/env".into()), home(), None).unwrap(), Path::new("/flag"));
        assert_eq!(choose(None, Some("/env".into()), home(), None).unwrap(), Path::new("/env"));
        assert_eq!(choose(Some(Path::new("")), Some("".into()), home(), None).unwrap(), home().unwrap());
        assert_eq!(choose(None, None, None, Some("/xdg".into())).unwrap(), Path::new("/xdg/tidings"));
    }

    #[test]
    fn without_a_home_nothing_is_written_anywhere_else() {
        for (home, xdg) in [(None, None), (Some("."), None), (None, Some("relative"))] {
            let error = choose(None, None, home.map(PathBuf::from), xdg.map(OsString::from)).unwrap_err();
            assert!(error.to_string().contains("TIDINGS_DIR"), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_home_that_is_none_is_not_made() {
        let temporary = tempfile::tempdir().unwrap();
        assert!(check_home(temporary.path()).is_ok());
        for (home, words) in [("/", "root of the whole"), ("/dev/null", "no directory"), ("/dev/null/x", "not exist")] {
            let error = check_home(Path::new(home)).unwrap_err().to_string();
            assert!(error.contains(words) && error.contains(home) && error.contains("TIDINGS_DIR"), "{error}");
        }
        let missing = temporary.path().join("kim");
        assert!(check_home(&missing).unwrap_err().to_string().contains("does not exist"));
        assert!(!missing.exists());
    }

    #[cfg(unix)]
    #[test]
    fn directories_are_for_the_user_alone_and_may_have_any_name() {
        use std::os::unix::ffi::OsStringExt;
        use std::os::unix::fs::PermissionsExt;
        let temporary = tempfile::tempdir().unwrap();
        let dir = temporary.path().join(OsString::from_vec(b"a/\xff".to_vec()));
        let paths = Paths::in_dir(dir.clone());
        paths.create().unwrap();
        paths.create().unwrap();
        assert_eq!(std::fs::metadata(dir).unwrap().permissions().mode() & 0o777, 0o700);
        std::fs::write(temporary.path().join("file"), "").unwrap();
        let error = Paths::in_dir(temporary.path().join("file")).create().unwrap_err();
        assert!(error.to_string().contains("--dir"), "{error}");
    }
}
