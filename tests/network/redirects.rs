//! Redirects: what is followed, what may not be reached, and what stays behind (THREATS R9, R10).
//!
//! Holds R9 and R10.

use tidings::fetch::{Policy, Request};

use crate::support::server::{Reply, TestServer};
use crate::{fetcher, get, policy, refusal, subscribed};

fn open_to(hosts: &[&str]) -> Policy {
    Policy { allow_private: hosts.iter().map(|host| (*host).to_owned()).collect(), ..policy() }
}

#[tokio::test]
async fn ten_redirects_of_all_kinds_are_followed() {
    let server = TestServer::start(|seen| {
        let at: usize = seen.path().trim_start_matches('/').parse().unwrap();
        match [301, 302, 303, 307, 308].get(at % 5) {
            Some(status) if at < 10 => Reply::redirect(*status, (at + 1).to_string()),
            _ => Reply::ok("there"),
        }
    });
    let answer = get(server.url("/0")).await.unwrap();
    assert_eq!((&answer.body[..], answer.url), (&b"there"[..], server.url("/10")));
    assert_eq!(answer.moved_to, Some(server.url("/1")), "the second hop was a temporary one");
    assert!(server.seen().iter().all(|seen| seen.method == "GET"));
}

#[tokio::test]
async fn eleven_redirects_and_circles_are_not() {
    let server = TestServer::start(|seen| match seen.path() {
        "/a" => Reply::redirect(302, "/b"),
        "/b" => Reply::redirect(302, "/a"),
        "/self" => Reply::redirect(301, ""),
        path => Reply::redirect(302, format!("{path}x")),
    });
    assert!(refusal(get(server.url("/long")).await).contains("more than 10 redirects"));
    assert_eq!(server.seen().len(), 11);
    assert!(refusal(get(server.url("/a")).await).contains("circle"));
    assert!(refusal(get(server.url("/self")).await).contains("circle"));
    assert_eq!(server.seen().len(), 14);
}

#[tokio::test]
async fn a_permanent_move_is_told() {
    let server = TestServer::start(|seen| match seen.path() {
        "/old" => Reply::redirect(301, "/newer"),
        "/newer" => Reply::redirect(308, "/newest"),
        _ => Reply::ok("x"),
    });
    let answer = get(server.url("/old")).await.unwrap();
    assert_eq!(answer.moved_to, Some(server.url("/newest")));
    let again = Request { moved_to: answer.moved_to.clone(), ..subscribed(server.url("/old")) };
    let again = fetcher(policy()).get(again).await.unwrap();
    assert_eq!(again.moved_to, answer.moved_to);
    assert_eq!(server.count("/old"), 1);
}

#[tokio::test]
async fn nothing_private_is_reached_by_redirect() {
    let inner = TestServer::start(|_| Reply::ok("internal"));
    let port = inner.address().port();
    let targets = [
        format!("http://127.0.0.1:{port}/"),
        format!("http://127.1:{port}/"),
        format!("http://0x7f000001:{port}/"),
        format!("http://2130706433:{port}/"),
        format!("http://[::ffff:127.0.0.1]:{port}/"),
        format!("http://0.0.0.0:{port}/"),
        format!("http://localhost:{port}/"),
        format!("http://x.localhost:{port}/"),
        "http://169.254.169.254/latest/meta-data/".to_owned(),
        "file:///etc/hostname".to_owned(),
        "ftp://127.0.0.1/feed".to_owned(),
        "data:text/plain,x".to_owned(),
    ];
    for target in targets {
        let to = target.clone();
        let server = TestServer::start(move |_| Reply::redirect(302, to.clone()));
        refusal(get(server.url("/feed")).await);
        assert_eq!(server.seen().len(), 1, "{target}");
    }
    assert_eq!(inner.seen().len(), 0, "nothing may arrive");
}

#[tokio::test]
async fn a_subscribed_private_place_may_redirect_within_itself_and_the_config_can_allow_more() {
    let other = TestServer::start(|_| Reply::ok("other"));
    let to = other.url("/x");
    let server = TestServer::start(move |seen| match seen.path() {
        "/within" => Reply::redirect(302, "/here"),
        "/away" => Reply::redirect(302, to.clone()),
        _ => Reply::ok("here"),
    });
    assert_eq!(get(server.url("/within")).await.unwrap().body, "here");
    for allowed in [other.address().to_string(), "127.0.0.1".to_owned()] {
        let answer = fetcher(open_to(&[&allowed])).get(subscribed(server.url("/away"))).await.unwrap();
        assert_eq!(answer.body, "other", "{allowed}");
    }
    refusal(fetcher(open_to(&["127.0.0.1:1", "127.0.0.2"])).get(subscribed(server.url("/away"))).await);
}

#[tokio::test]
async fn pages_and_found_links_are_never_private() {
    let server = TestServer::start(|_| Reply::ok("internal"));
    for url in [server.url("/"), format!("http://localhost:{}/", server.address().port())] {
        let page = Request { url, ..Request::default() };
        assert!(refusal(fetcher(policy()).get(page).await).contains("network.allow_private"));
    }
    assert_eq!(server.seen().len(), 0);
}

#[tokio::test]
async fn secrets_stay_with_their_origin() {
    let other = TestServer::start(|_| Reply::ok("x"));
    let (away, with_user) = (other.url("/x"), other.url("/y").replace("://", "://you:pw@"));
    let server = TestServer::start(move |seen| match seen.path() {
        "/within" => Reply::redirect(307, "/away"),
        "/away" => Reply::redirect(307, away.clone()),
        _ => Reply::redirect(307, with_user.clone()),
    });
    let fetcher = fetcher(open_to(&["127.0.0.1"]));
    for path in ["/within", "/with-user"] {
        let request = Request {
            url: server.url(path).replace("://", "://me:pw@"),
            headers: vec![("X-Auth-Token".to_owned(), "secret".to_owned())],
            subscribed: true,
            ..Request::default()
        };
        fetcher.get(request).await.unwrap();
    }
    assert_eq!(server.seen().len(), 3);
    for seen in server.seen() {
        assert_eq!(seen.text("Authorization"), "Basic bWU6cHc=", "{}", seen.target);
        assert_eq!(seen.text("X-Auth-Token"), "secret", "{}", seen.target);
    }
    assert_eq!(other.seen().len(), 2);
    for seen in other.seen() {
        for absent in ["Authorization", "X-Auth-Token", "Referer", "Cookie"] {
            assert_eq!(seen.header(absent), None, "{absent} of {}", seen.target);
        }
    }
}

#[tokio::test]
async fn secrets_do_not_come_back_by_way_of_another_origin() {
    let server = TestServer::start(|seen| match seen.path() {
        "/start" => Reply::redirect(302, seen.text("X-Other")),
        _ => Reply::ok("x"),
    });
    let back = server.url("/chosen-by-the-other");
    let other = TestServer::start(move |_| Reply::redirect(302, back.clone()));
    let request = Request {
        url: server.url("/start").replace("://", "://me:pw@"),
        headers: vec![("X-Other".to_owned(), other.url("/"))],
        subscribed: true,
        ..Request::default()
    };
    fetcher(open_to(&["127.0.0.1"])).get(request).await.unwrap();
    let seen = server.seen();
    assert!(seen[0].header("Authorization").is_some());
    assert_eq!((seen[1].header("Authorization"), seen[1].header("X-Other")), (None, None));
}
