//! Users whom rights bind, and folders that cannot be written.

use std::fs::{Permissions, set_permissions};
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};

use crate::place::Place;

/// Somebody who is not root: rights do not bind that one.
const NOBODY: u32 = 65_534;

/// Gives everything in a place to a user whom rights bind. Gives the words that run a program as that user; none, with a
/// word, where that cannot be done.
pub(crate) fn bound(place: &Place) -> Option<Vec<&'static str>> {
    if !rustix::process::geteuid().is_root() {
        return Some(Vec::new());
    }
    let before = vec!["/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"];
    let able = place.command(&before, &["--version"]).output();
    if !able.is_ok_and(|ran| ran.status.success()) {
        println!("skipped: nobody here whom rights bind");
        return None;
    }
    for path in all(place.dir()) {
        chown(&path, Some(NOBODY), Some(NOBODY)).unwrap();
    }
    Some(before)
}

/// Everything in a folder and the folder itself.
pub(crate) fn all(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_owned()];
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        if entry.path().is_dir() {
            found.extend(all(&entry.path()));
        } else {
            found.push(entry.path());
        }
    }
    found
}

/// Sets the mode of a file or folder.
pub(crate) fn mode(path: &Path, mode: u32) {
    set_permissions(path, Permissions::from_mode(mode)).unwrap();
}
