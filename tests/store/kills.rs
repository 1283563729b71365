//! A process that ingests and marks is killed at any moment: nothing it had said was stored is lost, nothing is there in half.
//!
//! Holds R4.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::Connection;
use tidings::clock::Clock;
use tidings::model::{ArticleId, Mark, PollFacts, PollRecord};
use tidings::query::Scope;
use tidings::store::Store;

use crate::fixture::{all, article, subscription};

/// Set for the process that is to be killed: the folder it works in.
const FOLDER: &str = "TIDINGS_TEST_KILL_FOLDER";
/// Articles of one ingest.
const BATCH: u64 = 60;
const KILLS: u64 = 50;

/// Ingests batches and marks their articles, saying on stdout what is stored.
async fn write(folder: &Path, rounds: u64) {
    let store = Store::open(&folder.join("tidings.db"), &folder.join("backups"), Clock::system()).expect("opened");
    let feed = store.set_subscriptions(vec![subscription("Wire")]).await.expect("set")[0].id;
    let from = store.counts().await.expect("counted").articles / BATCH;
    let mut told = std::io::stdout();
    for round in from..from.saturating_add(rounds) {
        let articles = (0..BATCH).map(|n| article(round * BATCH + n, 60, "invented cargo"));
        let record = PollRecord { facts: PollFacts::default(), title: None, site: None };
        let done = store.ingest(feed, articles.collect(), record, false).await.expect("ingested");
        writeln!(told, "stored {}", (round + 1) * BATCH).expect("told");
        for id in done.new.iter().take(5) {
            store.mark(vec![*id], Mark::Saved(true)).await.expect("marked");
            writeln!(told, "saved {id}").expect("told");
        }
        store.index().await.expect("indexed");
    }
}

/// Without the variable this is a short run of the writer; with it, the process that is killed.
#[tokio::test]
async fn the_writer_that_is_killed_writes() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        write(Path::new(&folder), u64::MAX).await;
    }
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), 2).await;
    let conn = Connection::open(folder.path().join("tidings.db")).expect("opened");
    let saved: i64 =
        conn.query_row("SELECT count(*) FROM article WHERE saved = 1", [], |row| row.get(0)).expect("read");
    assert_eq!(saved, 10);
}

#[tokio::test]
async fn a_kill_at_any_moment_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut saved, mut stored) = (Vec::new(), 0);
    for kill in 0..KILLS {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["--exact", "kills::the_writer_that_is_killed_writes", "--nocapture", "--test-threads=1"])
            .env(FOLDER, folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        // From the first moments of opening to the middle of the work, a little later each time.
        let mut wanted = kill % 13;
        while wanted > 0 {
            wanted -= 1;
            take(lines.next(), &mut saved, &mut stored);
        }
        std::thread::sleep(Duration::from_micros(kill * 331 % 9_000));
        child.kill().expect("killed");
        child.wait().expect("ended");
        for line in lines {
            take(Some(line), &mut saved, &mut stored);
        }
        verify(folder.path(), &saved, stored).await;
    }
    assert!(stored > BATCH * KILLS / 4 && saved.len() > 50, "the kills left time to work: {stored}, {}", saved.len());
}

fn take(line: Option<std::io::Result<String>>, saved: &mut Vec<i64>, stored: &mut u64) {
    let line = line.and_then(Result::ok).unwrap_or_default();
    match line.rsplit_once(' ') {
        Some((what, number)) if what.ends_with("saved") => saved.extend(number.parse::<i64>().ok()),
        Some((what, number)) if what.ends_with("stored") => *stored = number.parse().unwrap_or(*stored),
        _ => {}
    }
}

async fn verify(folder: &Path, saved: &[i64], stored: u64) {
    let path = folder.join("tidings.db");
    let store =
        Store::open(&path, &folder.join("backups"), Clock::system()).expect("opened at once, without a question");
    let articles = store.counts().await.expect("counted").articles;
    assert!(articles >= stored && articles % BATCH == 0, "{articles} articles, {stored} were said to be stored");
    assert_eq!(store.check().await.expect("checked"), Vec::<String>::new());
    let rows = store.headlines(all(Scope::Saved)).await.expect("read");
    let kept: std::collections::HashSet<ArticleId> = rows.iter().map(|row| row.id).collect();
    let lost: Vec<&i64> = saved.iter().filter(|id| !kept.contains(&ArticleId(**id))).collect();
    assert!(lost.is_empty(), "marks lost: {lost:?}");
    store.close().await;
    let conn = Connection::open(&path).expect("opened");
    let verdict: String = conn.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("checked");
    assert_eq!(verdict, "ok");
}
