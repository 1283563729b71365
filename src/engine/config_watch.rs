//! Notices edits of the config file, wherever symbolic links lead to it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::mpsc;

use super::live_config;
use super::shared::Shared;

/// Editors write a file in several steps; it is read when it has been quiet for this long.
const SETTLE: Duration = Duration::from_millis(150);

/// Links followed from the config to the file; Linux itself follows no more (path_resolution(7)).
const MOST_LINKS: usize = 40;

/// Watches the directories (editors replace the file, so a watch on the file itself would go blind) until shutdown.
pub(super) async fn watch(shared: Arc<Shared>) {
    let Some(paths) = shared.paths.clone() else { return };
    let (bell, mut changes) = mpsc::unbounded_channel();
    let files = Arc::new(Mutex::new(BTreeSet::new()));
    let ours = Arc::clone(&files);
    let watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        if matters(&event, &ours.lock().unwrap_or_else(PoisonError::into_inner)) {
            bell.send(()).ok();
        }
    });
    // Without a watch (no inotify handles left) the config is still read at the start and after `$EDITOR`.
    let Ok(watcher) = watcher else { return };
    let mut folders = Folders { watcher, watched: BTreeSet::new() };
    loop {
        let on_the_way = files_on_the_way(&paths.config);
        files.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&on_the_way);
        folders.watch(on_the_way.iter().filter_map(|file| file.parent()).map(real).collect());
        // Read once it is watched: it may have been edited before, or a link may lead elsewhere now.
        live_config::reload(&shared).await.ok();
        if changes.recv().await.is_none() {
            return;
        }
        while let Ok(Some(())) = tokio::time::timeout(SETTLE, changes.recv()).await {}
    }
}

/// The directories that are watched.
struct Folders {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
}

impl Folders {
    /// From now on these and no others.
    fn watch(&mut self, wanted: BTreeSet<PathBuf>) {
        for left in self.watched.difference(&wanted) {
            // One that was removed is not watched any more anyway.
            self.watcher.unwatch(left).ok();
        }
        let mut watched: BTreeSet<PathBuf> = self.watched.intersection(&wanted).cloned().collect();
        for folder in wanted {
            if watched.contains(&folder) {
                continue;
            }
            match self.watcher.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => {
                    watched.insert(folder);
                }
                Err(error) => {
                    tracing::warn!(%error, folder = %folder.display(), "edits of config.toml may go unnoticed");
                }
            }
        }
        self.watched = watched;
    }
}

/// The directory by its one true name: under two, the end of one watch would be the end of the other.
fn real(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf())
}

/// Whether the config should be read again. What went wrong or was missed (a queue that overflowed) may have been an edit.
fn matters(event: &notify::Result<notify::Event>, files: &BTreeSet<PathBuf>) -> bool {
    let Ok(event) = event else { return true };
    let named = |path: &PathBuf| {
        files.iter().any(|file| file.file_name() == path.file_name() || file.parent() == Some(path.as_path()))
    };
    event.need_rescan() || (!event.kind.is_access() && event.paths.iter().any(named))
}

/// The config itself and every file that its links lead over, down to the one that holds the text (or should).
fn files_on_the_way(config: &Path) -> BTreeSet<PathBuf> {
    let mut files = BTreeSet::from([config.to_path_buf()]);
    let mut file = config.to_path_buf();
    for _ in 0..MOST_LINKS {
        let Ok(target) = std::fs::read_link(&file) else { break };
        file = file.parent().unwrap_or(Path::new("/")).join(target);
        if !files.insert(file.clone()) {
            break;
        }
    }
    // A directory on the way may be a link too: then this is where the file is really written.
    files.extend(config.canonicalize());
    files
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, CreateKind, Event, EventKind, Flag};

    use super::*;

    #[test]
    fn errors_and_overflows_mean_that_an_edit_may_have_been_missed() {
        let files = BTreeSet::from([PathBuf::from("/desk/config.toml"), PathBuf::from("/dotfiles/tidings")]);
        let event = |path: &str| Event::new(EventKind::Create(CreateKind::File)).add_path(PathBuf::from(path));
        assert!(matters(&Err(notify::Error::generic("the watch broke")), &files));
        assert!(matters(&Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)), &files));
        assert!(matters(&Ok(event("/desk/config.toml")), &files));
        assert!(matters(&Ok(event("/dotfiles/tidings")), &files));
        assert!(matters(&Ok(event("/dotfiles")), &files), "the directory itself went or came");
        assert!(!matters(&Ok(event("/desk/tidings.db-wal")), &files));
        let read = Event::new(EventKind::Access(AccessKind::Read)).add_path(PathBuf::from("/desk/config.toml"));
        assert!(!matters(&Ok(read), &files), "reading is no edit");
    }

    #[cfg(unix)]
    #[test]
    fn every_link_on_the_way_is_known_and_a_circle_ends() {
        use std::os::unix::fs::symlink;
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        for folder in ["desk", "middle", "real"] {
            std::fs::create_dir(root.join(folder)).unwrap();
        }
        symlink("../middle/link", root.join("desk/config.toml")).unwrap();
        symlink(root.join("alias/file"), root.join("middle/link")).unwrap();
        symlink(root.join("real"), root.join("alias")).unwrap();
        std::fs::write(root.join("real/file"), "").unwrap();
        let expected =
            ["desk/config.toml", "desk/../middle/link", "alias/file", "real/file"].map(|file| root.join(file));
        assert_eq!(files_on_the_way(&root.join("desk/config.toml")), BTreeSet::from(expected));
        symlink(root.join("b"), root.join("a")).unwrap();
        symlink(root.join("a"), root.join("b")).unwrap();
        assert_eq!(files_on_the_way(&root.join("a")), BTreeSet::from(["a", "b"].map(|file| root.join(file))));
        let plain = root.join("real/file");
        assert_eq!(files_on_the_way(&plain), BTreeSet::from([plain]), "no link");
    }
}
