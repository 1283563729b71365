//! kill -9 at any moment, with a desk open and a poll running beside it: nothing acknowledged is lost, nothing is half there.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rusqlite::Connection;
use rustix::process::Signal;

use crate::support::library::{config_for, rss};
use crate::support::server::{Reply, TestServer};
use crate::terminal::Terminal;

/// Kills of this test; each kills a desk and a poll at once.
const KILLS: u32 = 50;
/// Items in each document: a feed's articles are stored all or none.
const ITEMS: u32 = 40;
const FEEDS: u32 = 4;

fn tidings(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidings"));
    command.env_clear().env("HOME", dir).env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8");
    command.arg("--dir").arg(dir).args(args).stdin(Stdio::null());
    command
}

#[test]
fn fifty_kills_lose_nothing() {
    let generation = Arc::new(AtomicU32::new(0));
    let now = Arc::clone(&generation);
    let server = TestServer::start(move |seen| {
        let feed: u32 = seen.path().trim_start_matches("/feed-").parse().unwrap();
        let first = feed * 1_000_000 + now.load(Ordering::SeqCst) * ITEMS;
        Reply::ok(rss(first..first + ITEMS))
    });
    let home = tempfile::tempdir().unwrap();
    let dir = home.path();
    let feeds: Vec<String> = (0..FEEDS).map(|n| server.url(&format!("/feed-{n}"))).collect();
    std::fs::write(dir.join("config.toml"), config_for(&feeds, "")).unwrap();
    assert!(tidings(dir, &["poll", "--now", "--json"]).stdout(Stdio::null()).status().unwrap().success());
    let mut acknowledged: Vec<i64> = Vec::new();
    for round in 1..=KILLS {
        generation.store(round, Ordering::SeqCst);
        // A mark from the shell is acknowledged by its exit status...
        let target = newest_unsaved(dir, &acknowledged);
        let marked = tidings(dir, &["mark", "save", &target.to_string()]).stdout(Stdio::null()).status().unwrap();
        assert!(marked.success());
        acknowledged.push(target);
        // ...then a desk and a poll run at once, and both are killed somewhere in the middle.
        let mut desk = Terminal::start(dir, &[], (80, 24), &[]);
        desk.wait("the desk", |screen| screen.contains("Quay"));
        let mut poll =
            tidings(dir, &["poll", "--now", "--json"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        desk.type_keys("j j m j");
        let pause = u64::from(round * 37 % 101) * u64::from(round % 3);
        std::thread::sleep(Duration::from_millis(pause));
        desk.signal(Signal::KILL);
        poll.kill().unwrap();
        poll.wait().unwrap();
        desk.wait_exit();
        check(dir, &acknowledged, round);
    }
    println!("{KILLS} kills of a desk and a poll at once: integrity ok, {} marks all there", acknowledged.len());
}

fn connection(dir: &Path) -> Connection {
    let connection = Connection::open(dir.join("tidings.db")).unwrap();
    connection.busy_timeout(Duration::from_secs(10)).unwrap();
    connection
}

fn newest_unsaved(dir: &Path, saved: &[i64]) -> i64 {
    let connection = connection(dir);
    let mut rows = connection.prepare("SELECT id FROM article ORDER BY id DESC").unwrap();
    let ids: Vec<i64> = rows.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    ids.into_iter().find(|id| !saved.contains(id)).unwrap()
}

fn check(dir: &Path, saved: &[i64], round: u32) {
    let connection = connection(dir);
    let integrity: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok", "after kill {round}");
    let listed = tidings(dir, &["list", "is:saved", "--limit", "all", "--json"]).output().unwrap();
    assert!(listed.status.success(), "{}", String::from_utf8_lossy(&listed.stderr));
    let mut there: Vec<i64> = String::from_utf8(listed.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["id"].as_i64().unwrap())
        .collect();
    there.sort_unstable();
    let mut wanted = saved.to_vec();
    wanted.sort_unstable();
    assert_eq!(there, wanted, "marks after kill {round}");
    let whole = "SELECT count(*) % ?1 FROM article GROUP BY feed";
    let mut rows = connection.prepare(whole).unwrap();
    for rest in rows.query_map([ITEMS], |row| row.get::<_, u32>(0)).unwrap() {
        assert_eq!(rest.unwrap(), 0, "a feed's articles are stored all or none (kill {round})");
    }
    let without_text = "SELECT count(*) FROM article LEFT JOIN article_text USING (id) WHERE article_text.id IS NULL";
    let halves: u32 = connection.query_row(without_text, [], |row| row.get(0)).unwrap();
    assert_eq!(halves, 0, "half articles after kill {round}");
}
