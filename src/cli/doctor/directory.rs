//! The directory: rights, modes, room, and where it lies.

use std::fs;
use std::path::Path;

use super::Finding;
use crate::config::Paths;
use crate::text::humanize::bytes;

/// Less room than this is told.
const LITTLE_ROOM: u64 = 100 << 20;

/// Names of folders that programs copy to other machines behind one's back.
const SYNCED: &[&str] = &[
    "Dropbox",
    "OneDrive",
    "Google Drive",
    "GoogleDrive",
    "iCloud",
    "Nextcloud",
    "ownCloud",
    "Syncthing",
    "pCloud",
    "MEGA",
];

/// Looks at it; creates nothing but a file that is gone at once.
pub(super) fn look(paths: &Paths) -> Vec<Finding> {
    let dir = &paths.dir;
    let shown = dir.display();
    match fs::metadata(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return vec![Finding::ok(
                "directory.there",
                format!("{shown} is not there yet; it is made at the first start"),
            )];
        }
        Err(error) => {
            let advice = "give yourself the right to read it, or name another with --dir";
            return vec![Finding::wrong("directory.there", format!("{shown}: {error}"), advice)];
        }
        Ok(found) if !found.is_dir() => {
            let advice = "move the file away, or name another directory with --dir";
            return vec![Finding::wrong("directory.there", format!("{shown} is not a directory"), advice)];
        }
        Ok(_) => {}
    }
    let mut findings = vec![writable(dir)];
    findings.extend(modes(paths));
    findings.extend(room(dir));
    findings.push(place(dir));
    findings
}

fn writable(dir: &Path) -> Finding {
    match tempfile::tempfile_in(dir) {
        Ok(_) => Finding::ok("directory.rights", format!("{} can be written", dir.display())),
        Err(error) => Finding::wrong(
            "directory.rights",
            format!("{} cannot be written ({error}): nothing can be saved", dir.display()),
            format!("`chmod u+rwx {}`, or name another directory with --dir", dir.display()),
        ),
    }
}

/// The config may hold secrets and the database tells what one reads: both are nobody else's business.
#[cfg(unix)]
fn modes(paths: &Paths) -> Vec<Finding> {
    use std::os::unix::fs::PermissionsExt;
    let mut findings = Vec::new();
    for (path, wanted) in [(&paths.dir, 0o700), (&paths.config, 0o600), (&paths.database, 0o600)] {
        let Ok(found) = fs::metadata(path) else { continue };
        let mode = found.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            findings.push(Finding::warning(
                "directory.modes",
                format!("{} can be read by others (mode {mode:o})", path.display()),
                format!("`chmod {wanted:o} {}`", path.display()),
            ));
        }
    }
    if findings.is_empty() {
        findings.push(Finding::ok("directory.modes", "the files are yours alone"));
    }
    findings
}

#[cfg(not(unix))]
fn modes(_paths: &Paths) -> Vec<Finding> {
    Vec::new()
}

#[cfg(unix)]
fn room(dir: &Path) -> Option<Finding> {
    let found = rustix::fs::statvfs(dir).ok()?;
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    Some(if free < LITTLE_ROOM {
        let advice = "make room: a full disk keeps news and marks from being saved";
        Finding::warning("directory.room", format!("only {} are free", bytes(free)), advice)
    } else {
        Finding::ok("directory.room", format!("{} are free", bytes(free)))
    })
}

#[cfg(not(unix))]
fn room(_dir: &Path) -> Option<Finding> {
    None
}

/// SQLite's locks and shared memory do not work over networks, and a synced copy is a torn one.
fn place(dir: &Path) -> Finding {
    let advice =
        "keep the directory on a local disk (--dir, TIDINGS_DIR); `tidings backup create` makes the file to carry";
    let real = fs::canonicalize(dir).unwrap_or_else(|_| dir.to_owned());
    if let Some(system) = network_file_system(&real) {
        return Finding::warning("directory.place", format!("{} is on {system}", dir.display()), advice);
    }
    match synced_folder(&real) {
        Some(folder) => {
            Finding::warning("directory.place", format!("{} is in {folder}, a synced folder", dir.display()), advice)
        }
        None => Finding::ok("directory.place", format!("{} is on a local disk", dir.display())),
    }
}

fn synced_folder(path: &Path) -> Option<String> {
    let names = path.iter().map(|part| part.to_string_lossy());
    names.into_iter().find(|part| SYNCED.iter().any(|name| part.starts_with(name))).map(std::borrow::Cow::into_owned)
}

/// The kind of a file system that is not local, by its magic number (`linux/magic.h`).
#[cfg(target_os = "linux")]
fn network_file_system(path: &Path) -> Option<&'static str> {
    // The type of the field differs between architectures; the numbers are 32 bits on all of them.
    match u32::try_from(rustix::fs::statfs(path).ok()?.f_type & 0xffff_ffff).ok()? {
        0x6969 => Some("NFS"),
        0xff53_4d42 | 0xfe53_4d42 | 0x517b => Some("an SMB share"),
        0x6573_5546 => Some("FUSE (sshfs, a cloud drive, or the like)"),
        0x0102_1997 => Some("9P"),
        0x5346_414f => Some("AFS"),
        0x00c3_6400 => Some("Ceph"),
        _ => None,
    }
}

#[cfg(not(target_os = "linux"))]
fn network_file_system(_path: &Path) -> Option<&'static str> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::Level;

    #[test]
    fn synced_folders_are_known_by_name() {
        assert_eq!(
            synced_folder(Path::new("/home/u/OneDrive - Freight AG/tidings")).as_deref(),
            Some("OneDrive - Freight AG")
        );
        assert_eq!(synced_folder(Path::new("/home/u/.config/tidings")), None);
    }

    #[cfg(unix)]
    #[test]
    fn an_open_directory_is_told_and_a_missing_one_is_no_fault() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        let paths = Paths::in_dir(dir.path().join("t"));
        assert!(look(&paths).iter().all(|finding| finding.level == Level::Ok));
        fs::create_dir(&paths.dir).unwrap();
        fs::set_permissions(&paths.dir, fs::Permissions::from_mode(0o755)).unwrap();
        let findings = look(&paths);
        let modes = findings.iter().find(|finding| finding.check == "directory.modes").unwrap();
        assert_eq!(modes.level, Level::Warning);
        assert!(modes.message.contains("755"), "{}", modes.message);
    }
}
