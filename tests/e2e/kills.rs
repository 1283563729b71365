//! kill -9 at any moment, with a desk open and a poll running beside it: nothing acknowledged is lost, nothing is half there.
//!
//! Holds R4.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::place::Place;
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};
use crate::terminal::Terminal;

/// Rounds of this test; each kills a desk and a poll.
const ROUNDS: u32 = 50;
/// Items in each document: a feed's articles are stored all or none.
const ITEMS: u32 = 40;
const FEEDS: u32 = 4;

/// Whether an article was acknowledged to be saved, by its title.
type Acknowledged = BTreeMap<String, bool>;

#[test]
fn a_hundred_kills_lose_nothing() {
    let generation = Arc::new(AtomicU32::new(0));
    let now = Arc::clone(&generation);
    let server = TestServer::start(move |seen| {
        let feed: u32 = seen.path().trim_start_matches("/feed-").parse().unwrap();
        let first = feed * 1_000_000 + now.load(Ordering::SeqCst) * ITEMS;
        // Slow enough that a poll is mostly under way when it is killed, however fast the machine is just then.
        Reply::ok(rss(first..first + ITEMS)).after(Duration::from_millis(60))
    });
    let feeds: Vec<String> = (0..FEEDS).map(|n| server.url(&format!("/feed-{n}"))).collect();
    let place = Place::with_feeds(&feeds);
    place.run(&["poll", "--now"]).well();
    generation.store(1, Ordering::SeqCst);
    let began = Instant::now();
    place.run(&["poll", "--now"]).well();
    let mut longest = began.elapsed();

    let mut acknowledged = Acknowledged::new();
    let (mut in_the_middle, mut seed) = (0, 7_u64);
    for round in 1..=ROUNDS {
        generation.store(round + 1, Ordering::SeqCst);
        mark_by_shell(&place, &mut acknowledged);
        let mut desk = place.desk((80, 24));
        desk.wait("the desk", |screen| screen.contains("Quay") && screen.contains("? help"));
        if round % 2 == 0 {
            mark_by_key(&mut desk, &mut acknowledged);
        }
        let mut poll = place.start(&["poll", "--now", "--json"]);
        // What is not acknowledged may be lost or not; it must not do any harm.
        desk.press(if round % 3 == 0 { "jmRjm" } else { "jmjm" });
        // Anywhere from the start of the process to a little after its end, wherever that is on this machine just now.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(longest.mul_f64((seed >> 40) as f64 / f64::from(1 << 24)));
        let running = poll.try_wait().unwrap().is_none();
        in_the_middle += u32::from(running);
        longest = longest.mul_f64(if running { 1.1 } else { 0.8 });
        if round % 2 == 0 {
            desk.signal(Signal::KILL);
            poll.kill().unwrap();
        } else {
            poll.kill().unwrap();
            desk.signal(Signal::KILL);
        }
        poll.wait().unwrap();
        desk.wait_exit();
        check(&place, &acknowledged, round);
    }
    assert!(in_the_middle >= ROUNDS / 2, "only {in_the_middle} polls were killed before they had ended by themselves");

    // The library is as good as ever: the last news comes, and all of it can be found.
    place.run(&["poll", "--now"]).well();
    check(&place, &acknowledged, ROUNDS + 1);
    let all = place.list(&[]).len();
    assert_eq!(place.list(&["title:quay"]).len(), all, "the text index has everything");
    println!(
        "{} kills ({ROUNDS} desks, {ROUNDS} polls, {in_the_middle} of those in the middle): integrity ok, {} marks all \
         there, {all} articles",
        2 * ROUNDS,
        acknowledged.len()
    );
}

/// A mark from the shell is acknowledged by its exit status.
fn mark_by_shell(place: &Place, acknowledged: &mut Acknowledged) {
    let connection = place.connection();
    let mut rows = connection.prepare("SELECT id, title FROM article ORDER BY id DESC").unwrap();
    let articles = rows.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?))).unwrap();
    // Read to the end: nothing of ours is in the way of the program.
    let articles: Vec<(i64, String)> = articles.map(Result::unwrap).collect();
    let (id, title) = articles.into_iter().find(|(_, title)| !acknowledged.contains_key(title)).unwrap();
    place.run(&["mark", "save", &id.to_string()]).well();
    acknowledged.insert(title, true);
}

/// A mark by key is acknowledged by the words on the status line.
fn mark_by_key(desk: &mut Terminal, acknowledged: &mut Acknowledged) {
    let (_, row) = desk.resting();
    let quay = row[row.find("Quay ").unwrap()..].split_whitespace().nth(1).unwrap();
    let saved = !row.contains('★');
    desk.press("s");
    desk.wait_for(&format!("✓ {}: Quay {quay}", if saved { "saved" } else { "no longer saved" }));
    acknowledged.insert(format!("Quay {quay} reopens after crane repairs"), saved);
}

fn check(place: &Place, acknowledged: &Acknowledged, round: u32) {
    assert_eq!(place.integrity(), "ok", "after round {round}");
    let listed = place.list(&["is:saved"]);
    let mut there: Vec<&str> = listed.iter().map(|article| article["title"].as_str().unwrap()).collect();
    there.sort_unstable();
    let wanted: Vec<&str> = acknowledged.iter().filter_map(|(title, saved)| saved.then_some(title.as_str())).collect();
    assert_eq!(there, wanted, "marks after round {round}");
    let connection = place.connection();
    let mut rows = connection.prepare("SELECT count(*) % ?1 FROM article GROUP BY feed").unwrap();
    for rest in rows.query_map([ITEMS], |row| row.get::<_, u32>(0)).unwrap() {
        assert_eq!(rest.unwrap(), 0, "a feed's articles are stored all or none (round {round})");
    }
    let without_text = "SELECT count(*) FROM article LEFT JOIN article_text ON article = id WHERE article IS NULL";
    let halves: u32 = connection.query_row(without_text, [], |row| row.get(0)).unwrap();
    assert_eq!(halves, 0, "half articles after round {round}");
    // Counters are kept along with the rows and agree with them.
    let counters = "SELECT articles, unread, saved FROM counter WHERE kind = 0";
    let counted = "SELECT count(*), sum(1 - read), sum(saved) FROM article";
    let three = |sql: &str| -> [u32; 3] {
        connection.query_row(sql, [], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?])).unwrap()
    };
    assert_eq!(three(counters), three(counted), "counters after round {round}");
}
