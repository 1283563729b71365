//! Statuses, caching headers, and answers that are something else than the feed. Holds R12 for what servers say.

use crate::case::Case;
use crate::feeds::{items, rss};
use crate::run::hold;
use crate::support::server::Reply;

#[tokio::test(flavor = "multi_thread")]
async fn a_status_is_an_error_with_its_number_or_a_feed() {
    let mut cases = Vec::new();
    for status in (200..=299)
        .chain([300, 305, 306, 399])
        .chain(400..=451)
        .chain([460, 494, 499])
        .chain(500..=511)
        .chain([520, 522, 525, 529, 530, 561, 598, 599, 600, 666, 700, 999])
    {
        let case =
            Case::new(format!("status-{status}"), Reply::status(status).header("Content-Type", "text/html")).polls(1);
        // Where a body could be, an empty one is told as such.
        cases.push(match status {
            206 | 300.. => case.at_most(0),
            _ => case.error("empty"),
        });
    }
    for status in [201, 202, 203, 207, 208, 218, 226, 299] {
        cases.push(Case::new(format!("feed-with-{status}"), ok_with(status)).articles(2));
    }
    for status in [204, 205, 206, 300, 304, 400, 404, 410, 500, 503] {
        cases.push(Case::new(format!("feed-under-{status}"), ok_with(status)).at_most(2));
    }
    for (n, wait) in [
        "0",
        "1",
        "-1",
        "-99999999999",
        "3600",
        "86400",
        "31536000",
        "99999999999999999999",
        "1.5",
        "1e9",
        "0x10",
        "+5",
        "  60  ",
        "60, 120",
        "60s",
        "soon",
        "",
        "\u{1b}[31m",
        "Fri, 01 Jan 2100 00:00:00 GMT",
        "Fri, 01 Jan 1900 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec 99999 23:59:59 GMT",
        "Thu, 32 Jan 2026 25:61:61 GMT",
        "2026-06-01T09:00:00Z",
        "Monday, 01-Jun-26 09:00:00 GMT",
        "Mon Jun  1 09:00:00 2026",
        "Mon, 01 Jun 2026 09:00:00 +9999",
        "GMT",
        ",,,",
        "NaN",
        "∞",
    ]
    .into_iter()
    .enumerate()
    {
        for status in [429, 503] {
            cases.push(
                Case::new(format!("later-{status}-{n}"), Reply::status(status).header("Retry-After", wait))
                    .error(if status == 429 { "429" } else { "503" }),
            );
        }
        cases.push(Case::new(format!("later-200-{n}"), ok_with(200).header("Retry-After", wait)).articles(2));
    }
    hold(cases).await;
}

fn ok_with(status: u16) -> Reply {
    Reply::ok(rss(&items(2))).answered(status)
}

#[tokio::test(flavor = "multi_thread")]
async fn no_header_keeps_a_feed_from_being_asked_again() {
    let mut cases = Vec::new();
    for (n, (name, value)) in [
        ("Cache-Control", "max-age=99999999999999999999"),
        ("Cache-Control", "max-age=-1"),
        ("Cache-Control", "max-age=1e9"),
        ("Cache-Control", "max-age=\"60\""),
        ("Cache-Control", "max-age"),
        ("Cache-Control", "max-age=60, max-age=0"),
        ("Cache-Control", "immutable, no-store, private=\"x, y\""),
        ("Cache-Control", "=,=,;,\"\\\""),
        ("Cache-Control", "s-maxage=1, stale-while-revalidate=99999999999"),
        ("Expires", "0"),
        ("Expires", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ("Expires", "-1"),
        ("Age", "99999999999999999999"),
        ("Age", "-5"),
        ("Age", "old"),
        ("Date", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ("Date", "yesterday"),
        ("Last-Modified", "Sun, 99 Foo 2026"),
        ("Last-Modified", ""),
        ("Last-Modified", "\u{9b}31m"),
        ("ETag", ""),
        ("ETag", "\""),
        ("ETag", "W/"),
        ("ETag", "*"),
        ("ETag", "\"a\", \"b\""),
        ("ETag", "\u{1}"),
        ("ETag", "\u{ff}\u{fe}"),
        ("Vary", "*"),
        ("Content-Location", "file:///etc/passwd"),
        ("Link", "<file:///etc/passwd>; rel=self"),
        ("Set-Cookie", "a=b; Max-Age=999999999"),
        ("Clear-Site-Data", "\"*\""),
        ("Strict-Transport-Security", "max-age=99999999"),
        ("Alt-Svc", "h3=\":1\"; ma=99999999"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Content-Range", "bytes 0-10/5000"),
        ("Accept-Ranges", "bytes"),
        ("Content-MD5", "wrong"),
        ("Digest", "sha-256=wrong"),
        ("Content-Disposition", "attachment; filename=../../../x"),
        ("Warning", "299 - \"\u{9b}\""),
        ("Refresh", "0"),
        ("Upgrade", "h2c"),
        ("Transfer-Encoding", "identity"),
        ("Trailer", "ETag"),
        ("TE", "trailers"),
        ("Proxy-Authenticate", "Basic"),
        ("WWW-Authenticate", "Negotiate"),
    ]
    .into_iter()
    .enumerate()
    {
        let case = Case::new(format!("header-{n}"), ok_with(200).header(name, value));
        cases.push(if name == "Transfer-Encoding" { case.at_most(2) } else { case.articles(2) });
    }
    let tag = |value: String| {
        Case::new(
            format!("tag-{}", value.len()),
            ok_with(200).header("ETag", value.clone()).header("Last-Modified", value),
        )
        .articles(2)
    };
    cases.extend([tag("x".repeat(10)), tag("x".repeat(4_096)), tag("x".repeat(4_097)), tag("x".repeat(60_000))]);
    cases.push(
        Case::answers("not-modified", |_, _, poll| {
            if poll == 0 { ok_with(200).header("ETag", "\"1\"") } else { Reply::status(304) }
        })
        .articles(2)
        .polls(3),
    );
    cases.push(Case::new("not-modified-first", Reply::status(304)).error("304"));
    cases.push(
        Case::answers("not-modified-body", |_, _, poll| {
            if poll == 0 {
                ok_with(200).header("ETag", "\"1\"")
            } else {
                Reply::raw(format!("HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\n{}", rss(&items(9))))
            }
        })
        .articles(2),
    );
    cases.push(
        Case::answers("new-tag-every-time", |_, _, poll| ok_with(200).header("ETag", format!("\"{poll}\"")))
            .articles(2)
            .polls(4),
    );
    cases.push(
        Case::answers("gone-for-a-while", |_, _, poll| if poll == 1 { Reply::status(404) } else { ok_with(200) })
            .at_most(2)
            .polls(3),
    );
    cases.push(
        Case::answers("login-for-a-while", |_, _, poll| {
            if poll == 1 {
                Reply::ok("<html><form>Log in</form></html>").header("Content-Type", "text/html")
            } else {
                ok_with(200)
            }
        })
        .at_most(2)
        .polls(3)
        .has("Lock 1"),
    );
    cases.push(
        Case::answers("emptied", |_, _, poll| if poll == 1 { Reply::ok(rss("")) } else { ok_with(200) })
            .articles(2)
            .polls(3),
    );
    cases.push(
        Case::answers("broken-for-a-while", |_, _, poll| {
            if poll == 1 { Reply::ok("<rss><channel><item><title>Half") } else { ok_with(200) }
        })
        .at_most(2)
        .polls(3)
        .has("Lock 1")
        .lacks("Half"),
    );
    for (id, kind, body) in [
        ("login", "text/html", "<!doctype html><title>Sign in</title><form action=/in><input type=password></form>"),
        (
            "login-as-feed",
            "application/rss+xml",
            "<!DOCTYPE html>\n<html lang=en><head><title>Sign in</title></head></html>",
        ),
        ("frames", "text/html", "<frameset cols=50%><frame src=/a></frameset>"),
        (
            "portal",
            "text/html",
            "<HTML><HEAD><META HTTP-EQUIV=refresh CONTENT='0; URL=http://10.0.0.1/portal'></HEAD></HTML>",
        ),
        ("script-only", "text/html", "<script>location='/feed'</script>"),
        (
            "challenge",
            "text/html",
            "<html><head><title>Just a moment...</title><noscript>Enable JavaScript</noscript></head></html>",
        ),
        ("plain", "text/plain", "OK"),
        ("blank", "application/rss+xml", "  \r\n\t \u{feff} \n"),
        ("php", "text/html", "<?php echo 'x'; ?>"),
        (
            "php-error",
            "text/html",
            "<br />\n<b>Fatal error</b>: Allowed memory size exhausted in <b>/var/www/feed.php</b>",
        ),
        ("css", "text/css", "body { color: red }"),
        ("script", "text/javascript", "window.x = {items: []};"),
        ("manifest", "application/manifest+json", "{\"name\":\"x\",\"start_url\":\"/\"}"),
        ("yaml", "text/yaml", "---\nitems:\n- a: b\n"),
        ("calendar", "text/calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR"),
        ("mail", "message/rfc822", "From: a@b.example\n\nHello"),
        ("parts", "multipart/mixed; boundary=x", "--x\r\nContent-Type: application/rss+xml\r\n\r\n<hello/>\r\n--x--"),
        ("picture", "image/png", "\u{89}PNG\r\n"),
        ("archive", "application/zip", "PK\u{3}\u{4}\u{14}"),
        ("wsdl", "text/xml", "<wsdl:definitions xmlns:wsdl='u'/>"),
        (
            "xhtml",
            "application/xhtml+xml",
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body/></html>",
        ),
    ] {
        cases.push(Case::typed(id, kind, body).at_most(0));
    }
    for case in &mut cases {
        if matches!(case.want, crate::case::Want::AtMost(0)) && case.has.is_empty() {
            case.want = crate::case::Want::Error("the answer is");
        }
    }
    hold(cases).await;
}
