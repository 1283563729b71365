//! Redirects: circles, long ways, strange places, and the reader's own network. Holds R9.

use crate::case::Case;
use crate::feeds::{items, rss};
use crate::run::hold;
use crate::support::server::{Reply, TestServer};

/// Answers the case's own address with a redirect to `target`, and anything below it with a feed.
fn to(id: impl Into<String>, status: u16, target: impl Into<Vec<u8>>) -> Case {
    let target = target.into();
    Case::answers(
        id,
        move |_, rest, _| {
            if rest.is_empty() { Reply::redirect(status, target.clone()) } else { Reply::ok(rss(&items(2))) }
        },
    )
    .articles(2)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_by_redirect_is_what_may_be_asked() {
    let mut cases: Vec<Case> =
        [301, 302, 303, 307, 308].map(|status| to(format!("status-{status}"), status, "{here}/x")).into();
    cases.extend(
        [300, 304, 305, 306, 309, 310, 399]
            .map(|status| to(format!("no-status-{status}"), status, "{here}/x").at_most(2)),
    );
    for (id, target) in [
        ("absolute", "{here}/x"),
        ("spaces", "  {here}/x \t"),
        ("fragment", "{here}/x#part"),
        ("query", "{here}/x?a=b&c=%00"),
        ("userinfo", "{here}/x"),
        ("encoded", "{here}/%2e%2e/%2E%2E/encoded/x"),
        ("dots", "{here}/a/b/../../x"),
        ("relative", "relative/x"),
        ("rooted", "/rooted/x"),
        ("upper-scheme", "{here}/x"),
        ("backslashes", "\\backslashes\\x"),
        ("umlaut", "{here}/größe"),
    ] {
        cases.push(to(id, 302, target));
    }
    for (n, target) in [
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "ftp://127.0.0.1/x",
        "gopher://127.0.0.1:70/_x",
        "data:application/rss+xml,<rss/>",
        "javascript:alert(1)",
        "about:blank",
        "blob:null/x",
        "mailto:a@slipway.example",
        "view-source:http://127.0.0.1/",
        "jar:http://127.0.0.1!/x",
        "dict://127.0.0.1:11211/stat",
        "ldap://127.0.0.1/",
        "unix:/var/run/docker.sock",
        "chrome://settings",
        "ssh://-oProxyCommand=x/",
        "ws://127.0.0.1/",
        "http+unix://%2fvar%2frun/x",
        "exec:id",
        "://",
        "http:",
        "http://",
        "https://",
        "http:///",
        "///",
        "http://[",
        "http://[::1",
        "http://%",
        "http://a b/",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1:-1/",
        "http://127.0.0.1:0x50/",
        "http://\u{0}/",
        "http://..../",
        "http://999.999.999.999/",
        "http://1.2.3.4.5.6/",
        "http://-/",
        "http://exa mple/",
        "http://<script>/",
    ]
    .into_iter()
    .enumerate()
    {
        cases.push(to(format!("nowhere-{n}"), 302, target).at_most(0).lacks("root:").polls(1));
    }
    cases.push(to("empty", 302, "").error("circle"));
    cases.push(Case::new("none", Reply::status(302)).at_most(0));
    cases.push(Case::new("two", Reply::redirect(302, "{here}/x").header("Location", "file:///etc/passwd")).at_most(0));
    cases.push(Case::new("both", Reply::ok(rss(&items(2))).header("Location", "{here}/x")).articles(2));
    cases.push(
        Case::new("with-body", Reply::ok(rss(&items(2))).header("Refresh", "0;url=file:///etc/passwd")).articles(2),
    );
    cases.push(
        Case::typed("meta-refresh", "text/html", "<html><meta http-equiv=refresh content='0;url={here}/x'></html>")
            .at_most(0),
    );
    cases.push(to("long", 302, format!("{{here}}/{}", "x".repeat(60_000))).at_most(2));
    cases.push(to("bytes", 302, b"/bytes/\xff\xfe".to_vec()).at_most(2));
    cases.push(Case::answers("grows", |_, rest, _| Reply::redirect(302, format!("{{here}}/{rest}{rest}x"))).at_most(0));
    cases.push(
        Case::answers("circle", |_, rest, _| Reply::redirect(301, if rest == "a" { "{here}/b" } else { "{here}/a" }))
            .error("circle"),
    );
    cases.push(Case::answers("self", |_, _, _| Reply::redirect(308, "{here}")).error("circle"));
    cases.push(Case::answers("self-fragment", |_, _, _| Reply::redirect(308, "{here}#x")).error("circle"));
    cases.push(
        Case::answers("new-query", |_, _, poll| Reply::redirect(302, format!("{{here}}/?n={poll}{}", "1"))).at_most(0),
    );
    cases.push(
        Case::answers("counting", |_, rest, _| {
            Reply::redirect(302, format!("{{here}}/{}", rest.parse::<u32>().unwrap_or(0) + 1))
        })
        .error("more than 10"),
    );
    cases.push(
        Case::answers("ten", |_, rest, _| match rest.parse().unwrap_or(0) {
            10 => Reply::ok(rss(&items(2))),
            n => Reply::redirect([301, 302, 303, 307, 308][n % 5], format!("{{here}}/{}", n + 1)),
        })
        .articles(2),
    );
    cases.push(
        Case::answers("to-login", |_, rest, _| {
            if rest.is_empty() {
                Reply::redirect(302, "{here}/login")
            } else {
                Reply::ok("<html><form>Log in</form></html>").header("Content-Type", "text/html")
            }
        })
        .error("web page"),
    );
    cases.push(
        Case::answers(
            "to-empty",
            |_, rest, _| if rest.is_empty() { Reply::redirect(302, "{here}/x") } else { Reply::ok("") },
        )
        .error("empty"),
    );
    cases.push(
        Case::answers(
            "to-gone",
            |_, rest, _| if rest.is_empty() { Reply::redirect(302, "{here}/x") } else { Reply::status(410) },
        )
        .at_most(0),
    );
    cases.push(
        Case::answers("permanent-then-broken", |_, rest, poll| match (rest, poll) {
            ("", _) => Reply::redirect(301, "{here}/new"),
            (_, 0) => Reply::ok(rss(&items(2))),
            _ => Reply::status(500),
        })
        .at_most(2),
    );
    hold(cases).await;
}

/// Every way to write this machine and its neighbours, with a port in its place.
const OWN_NETWORK: [&str; 44] = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.0.0.1",
    "017700000001",
    "0177.0.0.1",
    "127.0.0.1.",
    "0",
    "0.0.0.0",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
    "ip6-localhost",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[ff02::1]",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "100.100.100.200",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "①②⑦.⓪.⓪.①",
    "１２７.０.０.１",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    "printer.local",
    "metadata.google.internal",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_readers_own_network_is_not_reached_by_redirect_in_any_spelling() {
    let inner = TestServer::start(|_| Reply::ok(rss(&items(1))));
    let port = inner.address().port();
    let mut cases = Vec::new();
    for (n, host) in OWN_NETWORK.into_iter().enumerate() {
        for (kind, target) in [
            ("plain", format!("http://{host}:{port}/secret")),
            ("secure", format!("https://{host}:{port}/secret")),
            ("user", format!("http://slipway.example@{host}:{port}/secret")),
            ("slashes", format!("//{host}:{port}/secret")),
            ("backslashes", format!("http:\\\\{host}:{port}\\secret")),
        ] {
            // A way further that begins permitted is judged at each step.
            let target = if n % 2 == 0 { target } else { format!(" {target}#x") };
            cases.push(to(format!("{kind}-{n}"), if n % 3 == 0 { 308 } else { 302 }, target).error("refused").polls(1));
        }
    }
    for case in &mut cases {
        case.want = crate::case::Want::Error("private network");
    }
    hold(cases).await;
    assert_eq!(inner.seen().len(), 0, "the inner server was asked");
}
