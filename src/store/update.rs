//! What is told while a library of an older version is brought up to this one: with many articles that takes seconds.

use std::fmt;
use std::path::Path;

use super::{Store, StoreError, open};
use crate::clock::Clock;

/// A moment of the update of a library, in words by its `Display`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Update {
    /// The version of the schema it is brought to.
    pub to: i64,
    /// What is being done.
    pub step: UpdateStep,
}

/// What is being done; in this order, for each version on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateStep {
    /// The library as it was is copied into the folder of backups.
    BackingUp {
        /// Of the copy, 0 to 100.
        percent: u8,
    },
    /// The copy is checked.
    Checking,
    /// The library itself is changed, all at once or not at all.
    Changing,
}

/// Who is told.
pub(super) type Watcher<'w> = &'w mut dyn FnMut(Update);

impl Store {
    /// As [`Store::open`]; `watcher` is told how the update of an older library goes, which takes seconds when it is large.
    ///
    /// # Errors
    /// Likewise.
    pub fn open_watched(
        path: &Path,
        backups: &Path,
        clock: Clock,
        watcher: &mut dyn FnMut(Update),
    ) -> Result<Self, StoreError> {
        let opened = open::open(path, backups, &clock, watcher)?;
        Self::start(opened, path, clock, None)
    }
}

impl fmt::Display for Update {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Updating the library to version {}: ", self.to)?;
        match self.step {
            UpdateStep::BackingUp { percent } => write!(f, "backing up, {percent} %"),
            UpdateStep::Checking => f.write_str("checking the backup"),
            UpdateStep::Changing => f.write_str("rearranging"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_told_in_words() {
        let words = |step| Update { to: 2, step }.to_string();
        assert_eq!(words(UpdateStep::BackingUp { percent: 40 }), "Updating the library to version 2: backing up, 40 %");
        assert_ne!(words(UpdateStep::Checking), words(UpdateStep::Changing));
    }
}
