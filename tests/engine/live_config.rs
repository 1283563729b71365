//! The config as it is edited under the running engine, by whatever way the file is reached.

use std::path::Path;
use std::time::Duration;

use tidings::engine::{EngineHandle, Notice};

use crate::background::hear;
use crate::library::{Library, Reply, TestServer, config_for, rss};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_edited_config_counts_at_once_and_a_broken_one_is_told_with_its_line() {
    let server = TestServer::start(|_| Reply::ok(rss(1..=3)));
    let library = Library::new(&[]).await;
    let mut notices = library.engine.notices();
    library.engine.start();
    let path = library.dir.path().join("config.toml");
    // The watch begins a moment after the start: the edit is repeated until it is noticed.
    let mut edits = 0;
    while library.engine.config().feeds.is_empty() {
        edits += 1;
        assert!(edits < 200, "the edit was never noticed");
        std::fs::write(&path, config_for(&[server.url("/feed")], &format!("# {edits}"))).unwrap();
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    hear(&mut notices, "the new feed's articles", |notice| matches!(notice, Notice::PollFinished { new: 3, .. })).await;
    std::fs::write(&path, "keep_days = 5\nkep_days = 6\n").unwrap();
    let broken = hear(&mut notices, "the broken config", |notice| matches!(notice, Notice::ConfigBroken(_))).await;
    let Notice::ConfigBroken(words) = broken else { unreachable!() };
    assert!(words.contains("config.toml:2:1") && words.contains("keep_days"), "{words}");
    assert_eq!(library.engine.config().feeds.len(), 1, "the last good one stays in force");
    library.engine.shutdown().await;
}

/// Edits `path` until the engine keeps articles for so many days. The watch begins a moment after the start (or after a
/// link has changed), so the edit is repeated; each edit differs from the one before it, and none touches a link.
async fn edit_until_noticed(engine: &EngineHandle, path: &Path, days: u32) {
    for edit in 0..200 {
        std::fs::write(path, format!("keep_days = {days}\n# {edit}\n")).unwrap();
        tokio::time::sleep(Duration::from_millis(250)).await;
        if engine.config().keep_days == days {
            return;
        }
    }
    panic!("the edit of {} was never noticed", path.display());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_target_of_a_linked_config_is_watched_where_it_lies_and_a_new_target_too() {
    let library = Library::new(&[]).await;
    let link = library.dir.path().join("config.toml");
    let (dotfiles, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // Through a second link, with other names on the way, as dotfile tools do.
    let target = dotfiles.path().join("tidings-config");
    let middle = other.path().join("middle.toml");
    std::fs::rename(&link, &target).unwrap();
    std::os::unix::fs::symlink(&target, &middle).unwrap();
    std::os::unix::fs::symlink(&middle, &link).unwrap();
    library.engine.start();
    edit_until_noticed(&library.engine, &target, 11).await;

    // The link in the middle, which is not in the library's directory, is changed to another file.
    let newer = tempfile::tempdir().unwrap();
    let second = newer.path().join("second");
    std::fs::write(&second, "keep_days = 12\n").unwrap();
    let replacement = other.path().join("replacement");
    std::os::unix::fs::symlink(&second, &replacement).unwrap();
    std::fs::rename(&replacement, &middle).unwrap();
    for _ in 0..200 {
        if library.engine.config().keep_days == 12 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(library.engine.config().keep_days, 12, "the link leads elsewhere now");
    edit_until_noticed(&library.engine, &second, 13).await;
    library.engine.shutdown().await;
}
