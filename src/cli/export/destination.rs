//! Files that are written whole or not at all, and never over another one unless that is wanted.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::cli::exit::{CliError, Outcome};

/// Names of files that are told.
const TOLD: usize = 3;

/// Where a file goes.
pub(super) struct Destination {
    path: PathBuf,
    may_replace: bool,
}

/// A file while it is written, beside the place where it goes.
pub(super) struct File {
    temporary: NamedTempFile,
    destination: Destination,
}

impl Destination {
    pub(super) fn new(path: PathBuf, may_replace: bool) -> Self {
        Self { path, may_replace }
    }

    /// Refuses to go on when the file exists and may not be replaced.
    pub(super) fn refuse_what_exists(&self) -> Outcome {
        refuse_what_exists(std::iter::once(self))
    }

    /// Begins the file.
    pub(super) fn begin(self) -> Result<File, CliError> {
        let folder = folder_of(&self.path);
        let mut builder = tempfile::Builder::new();
        builder.prefix(".tidings-");
        // An export is a file like any other: what the umask leaves of 0666.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary = builder.tempfile_in(folder).map_err(|error| self.fault(&error))?;
        Ok(File { temporary, destination: self })
    }

    fn fault(&self, error: &io::Error) -> CliError {
        CliError::failed(format!("{} cannot be written: {error}", self.path.display()))
            .hint("choose another place with --output")
    }
}

impl File {
    pub(super) fn write(&mut self, bytes: &[u8]) -> Outcome {
        self.temporary.write_all(bytes).map_err(|error| self.destination.fault(&error))
    }

    /// Puts the file in its place; gives where that is.
    pub(super) fn end(self) -> Result<PathBuf, CliError> {
        let Self { temporary, destination } = self;
        temporary.as_file().sync_all().map_err(|error| destination.fault(&error))?;
        let persisted = if destination.may_replace {
            temporary.persist(&destination.path)
        } else {
            // Between the look and now somebody else may have made it.
            temporary.persist_noclobber(&destination.path)
        };
        match persisted {
            Ok(_) => {
                // The name is durable only when the folder is; where folders cannot be synced there is nothing to add.
                #[cfg(unix)]
                std::fs::File::open(folder_of(&destination.path)).and_then(|folder| folder.sync_all()).ok();
                Ok(destination.path)
            }
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(exists(&[&destination], 1)),
            Err(error) => Err(destination.fault(&error.error)),
        }
    }
}

/// The folder in which a file is.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Refuses to go on when one of the files exists and may not be replaced.
pub(super) fn refuse_what_exists<'a>(all: impl Iterator<Item = &'a Destination>) -> Outcome {
    let mut count = 0;
    let mut there = Vec::new();
    for destination in all {
        count += 1;
        // A link to nothing is there too.
        if !destination.may_replace && destination.path.symlink_metadata().is_ok() {
            there.push(destination);
        }
    }
    if there.is_empty() { Ok(()) } else { Err(exists(&there, count)) }
}

fn exists(there: &[&Destination], of: usize) -> CliError {
    let mut names: Vec<String> = there.iter().take(TOLD).map(|one| one.path.display().to_string()).collect();
    if there.len() > TOLD {
        names.push("...".to_owned());
    }
    let message = match of {
        1 => format!("{} exists already", names.join(", ")),
        _ => format!("{} of {of} files exist already, nothing was written: {}", there.len(), names.join(", ")),
    };
    CliError::failed(message).hint("--force replaces what exists")
}

/// Makes a folder and those around it.
pub(super) fn create_folder(folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder).map_err(|error| {
        CliError::failed(format!("the folder {} cannot be created: {error}", folder.display()))
            .hint("choose another place with --output")
    })
}
