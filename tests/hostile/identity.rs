//! Identity and dates: histories of fetches that must neither multiply nor mix up articles. Holds R8.

use crate::case::Case;
use crate::feeds::{item, items, rss, with};
use crate::run::hold;
use crate::support::server::Reply;

/// A feed that is another one at every poll.
fn history(id: &str, at: impl Fn(usize) -> String + Send + Sync + 'static) -> Case {
    Case::answers(id, move |_, _, poll| Reply::ok(rss(&at(poll)))).polls(4)
}

fn bare(guid: &str, link: &str, title: &str, text: &str) -> String {
    let element =
        |name: &str, value: &str| if value.is_empty() { String::new() } else { format!("<{name}>{value}</{name}>") };
    format!(
        "<item>{}{}{}{}</item>",
        element("guid", guid),
        element("link", link),
        element("title", title),
        element("description", text)
    )
}

fn linked(n: usize) -> String {
    format!("https://slipway.example/{n}")
}

#[tokio::test(flavor = "multi_thread")]
async fn no_history_of_fetches_multiplies_or_mixes_articles() {
    let many = |make: fn(usize, usize) -> String| move |poll: usize| (1..=3).map(|n| make(n, poll)).collect::<String>();
    let cases = vec![
        history("same", |_| items(3)).articles(3),
        history("guids-change", many(|n, poll| bare(&format!("g{n}-{poll}"), &linked(n), &format!("Lock {n}"), "x")))
            .articles(3),
        history(
            "links-change",
            many(|n, poll| bare(&format!("g{n}"), &format!("{}?s={poll}", linked(n)), &format!("Lock {n}"), "x")),
        )
        .articles(3),
        history(
            "titles-change",
            many(|n, poll| bare(&format!("g{n}"), &linked(n), &format!("Lock {n}, edition {poll}"), "x")),
        )
        .articles(3),
        history(
            "texts-change",
            many(|n, poll| bare(&format!("g{n}"), &linked(n), &format!("Lock {n}"), &format!("text {poll}"))),
        )
        .articles(3),
        history(
            "all-but-guid-change",
            many(|n, poll| {
                bare(&format!("g{n}"), &format!("{}{poll}", linked(n)), &format!("Lock {n}{poll}"), &poll.to_string())
            }),
        )
        .articles(3),
        history(
            "no-guid-titles-change",
            many(|n, poll| bare("", &linked(n), &format!("Lock {n}, edition {poll}"), "x")),
        )
        .articles(3),
        history("no-guid-no-link", many(|n, _| bare("", "", &format!("Lock {n}"), "The same text."))).articles(3),
        history("no-guid-no-title", many(|n, _| bare("", &linked(n), "", "The same text."))).articles(3),
        history("text-only", many(|n, _| bare("", "", "", &format!("Text {n}")))).articles(3),
        history("nothing", |_| "<item/><item></item><item> </item>".to_owned()).between(0..=1),
        history("https", |poll| {
            (1..=3)
                .map(|n| bare(&format!("http{}://slipway.example/g{n}", ["", "s"][poll % 2]), "", "Lock", "x"))
                .collect()
        })
        .articles(3),
        history("https-links", |poll| {
            (1..=3)
                .map(|n| bare("", &format!("http{}://slipway.example/{n}", ["", "s"][poll % 2]), "Lock", "x"))
                .collect()
        })
        .articles(3),
        history("upper-scheme", |poll| {
            bare(["http://slipway.example/a", "HTTP://slipway.example/a"][poll % 2], "", "Lock", "x")
        })
        .articles(1),
        history("white-space", |poll| bare([" g ", "g", "\n\tg\n", "g&#10;"][poll % 4], &linked(1), "Lock", "x"))
            .articles(1),
        history("invisible", |poll| {
            bare(["g", "g\u{200b}", "\u{feff}g", "g\u{ad}"][poll % 4], &linked(1), "Lock", "x")
        })
        .articles(1),
        history("permalink-flips", |poll| {
            with(1, "<title>Lock</title>").replace("false", ["true", "false", "maybe", ""][poll % 4])
        })
        .articles(1),
        history("one-guid-for-all", many(|n, _| bare("same", &linked(n), &format!("Lock {n}"), "x"))).articles(3),
        history("one-guid-and-link", many(|n, _| bare("same", &linked(1), &format!("Lock {n}"), "x"))).articles(3),
        history("one-link-for-all", many(|n, _| bare("", &linked(1), &format!("Lock {n}"), "x"))).articles(3),
        history("one-title-for-all", many(|n, _| bare(&format!("g{n}"), &linked(n), "Lock", "x"))).articles(3),
        history("all-the-same", |_| bare("g", &linked(1), "Lock", "x").repeat(500)).articles(1),
        history("all-the-same-bare", |_| bare("", "", "Lock", "x").repeat(500)).articles(1),
        history("guid-is-zero", many(|n, _| bare("0", &linked(n), &format!("Lock {n}"), "x"))).articles(3),
        history("guid-is-null", many(|n, _| bare("null", &linked(n), &format!("Lock {n}"), "x"))).articles(3),
        history("guid-is-home", many(|n, _| bare("https://slipway.example/", &linked(n), &format!("Lock {n}"), "x")))
            .articles(3),
        history("order-turns", |poll| {
            let mut all: Vec<String> = (1..=3).map(|n| bare("", &linked(n), &format!("Lock {n}"), "x")).collect();
            if poll % 2 == 1 {
                all.reverse();
            }
            all.concat()
        })
        .articles(3),
        history("vanish-and-return", |poll| {
            if poll == 1 { item(3, "Lock 3 opens again", "The gate was mended.") } else { items(3) }
        })
        .articles(3),
        history("vanish-all", |poll| if poll == 2 { String::new() } else { items(3) }).articles(3),
        history("one-of-two-with-one-guid", |poll| {
            (1..=3)
                .filter(|n| poll != 1 || *n == 2)
                .map(|n| bare("same", &linked(n), &format!("Lock {n}"), "x"))
                .collect()
        })
        .articles(3),
        history("twins-join", |poll| {
            if poll % 2 == 0 {
                bare("a", &linked(1), "Lock", "x") + &bare("b", &linked(1), "Lock", "x")
            } else {
                bare("a", &linked(1), "Lock", "x")
            }
        })
        .between(1..=2),
        history("swap-guids", |poll| {
            (0..2).map(|n| bare(&format!("g{}", (n + poll) % 2), &linked(n), &format!("Lock {n}"), "x")).collect()
        })
        .articles(2),
        history("good-feeds-guids", |_| {
            (1..=3)
                .map(|n| bare(&format!("ledger-{n}"), &format!("https://ledger.example/{n}"), "TAKEN", "x"))
                .collect()
        })
        .articles(3)
        .has("TAKEN"),
        history("hash-like", |_| (0..300).map(|n| bare(&format!("{:016x}", n * 7), "", "Lock", "x")).collect())
            .articles(300),
        history("separators", |_| {
            bare("a|b", "", "c", "x") + &bare("a", "", "b|c", "x") + &bare("a\u{1f}b", "", "c", "x")
        })
        .between(2..=3),
        history("quotes", |_| {
            bare("'; DROP TABLE articles; --", &linked(1), "Robert'); DROP TABLE feeds;--", "\" OR 1=1")
        })
        .articles(1)
        .has("DROP TABLE"),
        history("percent", |_| bare("%s%n%x%p", &linked(1), "%s%s%n {} {0} ${x} %{y}", "%n"))
            .articles(1)
            .has("%s%s%n {} {0} ${x} %{y}"),
    ];
    hold(cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_date_is_read_or_left_and_none_is_ahead_of_time() {
    let dates = [
        "",
        " ",
        "0",
        "-1",
        "1",
        "1780300800",
        "1780300800000",
        "99999999999999999999",
        "1e9",
        "now",
        "today",
        "yesterday",
        "soon",
        "Mon, 01 Jun 2026 07:00:00 GMT",
        "Mon, 1 Jun 26 07:00 UT",
        "Tue, 01 Jun 2026 07:00:00 GMT",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Mon, 01 Jan 0000 00:00:00 GMT",
        "-0001-11-30T00:00:00Z",
        "+292277026596-12-04T15:30:07Z",
        "292277026596-12-04T15:30:07Z",
        "10000-01-01T00:00:00Z",
        "2026-06-01",
        "2026-06-01T07:00",
        "2026-06-01T07:00:00.999999999999Z",
        "2026-06-01T07:00:00,5+02",
        "20260601T070000Z",
        "2026-W22-1",
        "2026-152",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-00T00:00:00Z",
        "2024-02-29T24:00:00Z",
        "2026-06-01T25:61:61Z",
        "2016-12-31T23:59:60Z",
        "2026-06-01T07:00:00+99:99",
        "2026-06-01T07:00:00-24:00",
        "Mon, 01 Jun 2026 07:00:00 +9999",
        "Mon, 01 Jun 2026 07:00:00 -0000",
        "Mon, 01 Jun 2026 07:00:00 XYZ",
        "Mon, 01 Jun 2026 07:00:00 America/New_York",
        "Mon, 99 Jun 2026 99:99:99 +9999",
        "01/06/2026",
        "6/1/2026 7:00 AM",
        "13/13/2026",
        "1. Juni 2026",
        "1 juin 2026 07h00",
        "1 июня 2026",
        "2026年6月1日",
        "١ يونيو ٢٠٢٦",
        "２０２６-06-01",
        "Jun 1 2026",
        "June 1st, 2026",
        "Monday",
        "07:00",
        "12:00:00 PM",
        "2026",
        "26",
        "1/2",
        "--",
        "::",
        "T",
        "Z",
        "+",
        "Mon,",
        "Mon, 01 Jun 2026 07:00:00 GMT (Coordinated Universal Time)",
        "Mon Jun 01 2026 07:00:00 GMT+0200 (CEST)",
        "2026-06-01T07:00:00Z2026-06-01T07:00:00Z",
        "2036-06-01T07:00:00Z",
        "2126-06-01T07:00:00Z",
        "Sun, 01 Jun 2036 07:00:00 GMT",
        "\u{1f550}",
        "&lt;time&gt;",
        "2026-06-01T07:00:00\u{2212}05:00",
        "9223372036854775807",
        "-9223372036854775808",
        "1.7976931348623157e308",
        "0x6A1D2F00",
        "NaN",
        "Infinity",
        "null",
        "undefined",
        "Invalid Date",
        "0000-00-00 00:00:00",
        "1899-12-30",
        "1601-01-01T00:00:00Z",
        "2038-01-19T03:14:08Z",
    ];
    let all = |wrap: fn(&str) -> String| {
        dates
            .iter()
            .enumerate()
            .map(|(n, date)| with(n, &format!("<title>Lock {n}</title>{}", wrap(date))))
            .collect::<String>()
    };
    let json: Vec<serde_json::Value> = dates
        .iter()
        .enumerate()
        .map(|(n, date)| serde_json::json!({"id": n, "title": "Lock", "date_published": date, "date_modified": date}))
        .collect();
    let cases = vec![
        Case::body("published", rss(&all(|date| format!("<pubDate>{date}</pubDate>")))).articles(dates.len()),
        Case::body("core", rss(&all(|date| format!("<dc:date>{date}</dc:date>")))).articles(dates.len()),
        Case::body("both", rss(&all(|date| format!("<pubDate>{date}</pubDate><dc:date>{date}</dc:date><atom:updated>{date}</atom:updated>")))).articles(dates.len()),
        Case::body("twice", rss(&all(|date| format!("<pubDate>{date}</pubDate><pubDate>{date}</pubDate>")))).articles(dates.len()),
        Case::body("cdata", rss(&all(|date| format!("<pubDate><![CDATA[ {date} ]]></pubDate>")))).articles(dates.len()),
        Case::body("long", rss(&with(1, &format!("<title>Lock</title><pubDate>{}</pubDate>", "Mon, 01 Jun 2026 ".repeat(50_000))))),
        Case::body("channel-dates", crate::feeds::channel("<title>S</title><pubDate>292277026596</pubDate><lastBuildDate>-1</lastBuildDate><ttl>-5</ttl><skipHours><hour>-1</hour><hour>99</hour><hour>x</hour></skipHours><skipDays><day>Never</day></skipDays>", &items(2))).articles(2),
        Case::body("ttl", crate::feeds::channel("<title>S</title><ttl>99999999999999999999</ttl><sy:updatePeriod>never</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", &items(2))).articles(2),
        Case::body("period", crate::feeds::channel("<title>S</title><sy:updatePeriod>yearly</sy:updatePeriod><sy:updateFrequency>-99999999999</sy:updateFrequency>", &items(2))).articles(2),
        Case::body("never", crate::feeds::channel(&format!("<title>S</title><skipHours>{}</skipHours><skipDays>{}</skipDays>", (0..24).map(|h| format!("<hour>{h}</hour>")).collect::<String>(), ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map(|d| format!("<day>{d}</day>")).concat()), &items(2))).articles(2),
        Case::body("json", crate::feeds::json_feed(json.into()).to_string()).articles(dates.len()),
        history("move", |poll| (1..=3).map(|n| with(n, &format!("<title>Lock {n}</title><pubDate>0{} Jun 2026 08:00:00 GMT</pubDate>", poll + 1))).collect()).articles(3),
    ];
    hold(cases).await;
}
