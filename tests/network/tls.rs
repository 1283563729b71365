//! Feeds over TLS: a good certificate is enough, a bad one is told in words and gets no request.
//!
//! Holds R10.

use crate::secure::{Program, tls_before};
use crate::support::library::rss;
use crate::support::server::{Reply, TestServer};

#[test]
fn a_good_certificate_is_polled_and_bad_ones_are_refused_in_words() {
    let (good, bad) =
        (TestServer::start(|_| Reply::ok(rss(0..3))), TestServer::start(|_| Reply::ok("nobody should ask")));
    let of = |certificate: &str| format!("https://127.0.0.1:{}/feed", tls_before(bad.address(), certificate).port());
    let by_address = format!("https://{}/feed", tls_before(good.address(), "good.pem"));
    let by_name = format!("https://me:pw@localhost:{}/private", tls_before(good.address(), "good.pem").port());
    let refused = [
        ("expired.pem", "has expired"),
        ("not-yet.pem", "is not valid yet; is this machine's clock right?"),
        ("other-name.pem", "is for another name"),
        ("self-signed.pem", "is not trusted"),
    ]
    .map(|(certificate, why)| (of(certificate), why));
    let mut feeds = vec![by_address.clone(), by_name.clone()];
    feeds.extend(refused.iter().map(|(url, _)| url.clone()));
    let program = Program::new(&feeds, "proxy = \"none\"");
    let polled = program.poll();
    for url in [&by_address, &by_name] {
        assert_eq!(polled.outcome(url), "new", "{url}: {}", polled.said);
    }
    for (url, why) in &refused {
        let words = polled.error(url);
        assert_eq!(polled.outcome(url), "error", "{url}");
        assert!(words.starts_with(&format!("the TLS certificate of 127.0.0.1 {why}")), "{words}");
    }
    assert_eq!(program.articles(), 6);
    let private = good.seen().into_iter().find(|seen| seen.path() == "/private").unwrap();
    assert_eq!(private.text("Authorization"), "Basic bWU6cHc=", "the password goes through TLS to its feed");
    assert_eq!(bad.seen().len(), 0, "nothing is said to a server that cannot prove its name");
}

#[test]
fn an_authority_counts_only_where_ssl_cert_file_names_it() {
    let server = TestServer::start(|_| Reply::ok(rss(0..1)));
    let url = format!("https://{}/feed", tls_before(server.address(), "good.pem"));
    for (trusts, outcome) in [("self-signed.pem", "error"), ("ca.pem", "new")] {
        let polled = Program::new(std::slice::from_ref(&url), "proxy = \"none\"").trusting(trusts).poll();
        assert_eq!(polled.outcome(&url), outcome, "trusting {trusts}: {}", polled.said);
        if outcome == "error" {
            assert!(polled.error(&url).contains("is not trusted"), "{}", polled.error(&url));
            assert!(polled.error(&url).contains("SSL_CERT_FILE"), "what to do now: {}", polled.error(&url));
        }
    }
    assert_eq!(server.seen().len(), 1);
}
