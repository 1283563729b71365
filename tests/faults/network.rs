//! F26: no network, no names, a network that answers with its own login page: one line, no feed's fault, and all is kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::place::{Place, Ran, USUAL, start};
use crate::support::library::{config_for, rss};
use crate::support::server::{Reply, TestServer};
use crate::terminal::{Terminal, eventually};

/// Runs a program where there is no network, not even the loopback.
const NO_NETWORK: [&str; 2] = ["/usr/bin/unshare", "-rn"];

const LOGIN: &str = "<!DOCTYPE html><html><head><title>Harbour Hotel guests</title></head><body><form action=\"/in\">\
    <input name=\"room\"><input type=\"password\" name=\"code\"></form></body></html>";

/// Three feeds that were polled well, and a switch that puts a login page in the place of everything.
fn library() -> (TestServer, Arc<AtomicBool>, Place) {
    let captive = Arc::new(AtomicBool::new(false));
    let switch = Arc::clone(&captive);
    let server = TestServer::start(move |seen| {
        if switch.load(Ordering::SeqCst) {
            return Reply::ok(LOGIN).header("Content-Type", "text/html");
        }
        let feed: u32 = seen.path().trim_start_matches("/feed-").parse().unwrap();
        Reply::ok(rss(feed * 10..feed * 10 + 4))
    });
    let feeds: Vec<String> = (0..3).map(|n| server.url(&format!("/feed-{n}"))).collect();
    let place = Place::with_feeds(&feeds);
    place.run(&["poll"]).well();
    (server, captive, place)
}

/// No feed has an error, and every article is there.
fn assert_nobody_blamed(place: &Place) {
    let listed = place.run(&["feed", "list", "--json"]).well();
    for feed in listed.out.lines() {
        let feed: serde_json::Value = serde_json::from_str(feed).unwrap();
        assert!(feed["last_error"].is_null() && feed["failures"].as_u64().unwrap_or(0) == 0, "{feed}");
    }
    assert_eq!(place.list(&[]).len(), 12);
}

/// Polls by command: it says so in one line and no more.
fn assert_told_once(ran: &Ran, words: &str) {
    assert_eq!(ran.code, Some(3), "{ran:?}");
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    assert!(ran.err.contains("offline") && ran.err.contains(words), "{ran:?}");
    assert_eq!(ran.out.lines().count(), 1, "no line for each feed: {ran:?}");
}

/// Polls in the desk, which says it once and goes on.
fn assert_desk_offline(desk: &mut Terminal, words: &str) {
    desk.wait_for("? help");
    desk.press("R");
    desk.wait_for("offline since");
    desk.wait("the reason", |screen| screen.to_lowercase().contains(words));
    desk.press("R");
    desk.press("F");
    desk.wait_for(" Feeds · 3 ok");
    desk.press("q");
    desk.wait_for("Quay ");
    desk.press("\r");
    desk.wait_for("Space");
    desk.press("\x03");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
}

#[test]
fn f26_without_a_network_it_is_offline_and_no_feed_is_blamed() {
    let (server, _captive, place) = library();
    if !place.command(&NO_NETWORK, &["--version"]).output().is_ok_and(|ran| ran.status.success()) {
        println!("skipped: no network namespaces here");
        return;
    }
    assert_told_once(&Ran::of(start(&mut place.command(&NO_NETWORK, &["poll", "--now"]))), "no host could be reached");
    assert_desk_offline(&mut Terminal::start(place.on_terminal(&NO_NETWORK, &[], &[]), USUAL), "offline since");
    assert_nobody_blamed(&place);
    place.run(&["poll", "--now"]).well();

    // Names that nobody resolves: no packet leaves for these.
    let named: Vec<String> = (0..3).map(|n| format!("http://quay-{n}.invalid/feed")).collect();
    let strangers = Place::with_feeds(&named);
    let ran = Ran::of(start(&mut strangers.command(&NO_NETWORK, &["poll", "--now"])));
    assert_told_once(&ran, "no host could be reached");
    drop(server);
}

#[test]
fn f26_a_login_page_in_the_place_of_every_feed_is_the_networks_doing() {
    let (_server, captive, place) = library();
    captive.store(true, Ordering::SeqCst);
    assert_told_once(&place.run(&["poll", "--now"]), "log in to this network");
    assert_desk_offline(&mut place.desk((180, 36)), "log in to this network");
    assert_nobody_blamed(&place);
    captive.store(false, Ordering::SeqCst);
    place.run(&["poll", "--now"]).well();
    assert_nobody_blamed(&place);
}

#[test]
fn f26_back_from_a_login_the_desk_goes_on_by_itself() {
    let (server, captive, place) = library();
    captive.store(true, Ordering::SeqCst);
    let mut desk = place.desk(USUAL);
    desk.wait_for("? help");
    desk.press("R");
    desk.wait_for("offline since");
    captive.store(false, Ordering::SeqCst);
    let asked = server.seen().len();
    desk.press("R");
    desk.wait_without("offline since");
    assert!(eventually(|| server.seen().len() > asked));
}

#[test]
fn f26_a_page_in_the_place_of_one_feed_is_that_feeds_fault() {
    let server = TestServer::start(|seen| match seen.path() {
        "/page" => Reply::ok(LOGIN).header("Content-Type", "text/html"),
        _ => Reply::ok(rss(1..4)),
    });
    let place = Place::with_feeds(&[server.url("/feed"), server.url("/page")]);
    let ran = place.run(&["poll"]);
    assert_eq!(ran.code, Some(3));
    assert!(ran.err.contains("Feed 1") && ran.out.contains("a web page, not a feed"), "{ran:?}");
    // Nor is it the network's when they never were feeds.
    std::fs::write(place.config(), config_for(&[server.url("/page"), server.url("/page?2")], "")).unwrap();
    let ran = place.run(&["poll", "--now"]);
    assert!(ran.err.contains("2 feeds failed") && !ran.err.contains("offline"), "{ran:?}");
}
