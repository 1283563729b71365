//! Full texts over the loopback: what is asked for, what is kept, what is left alone, what is fetched unasked.
//!
//! Holds R14.

use std::time::Duration;

use jiff::SignedDuration;
use tidings::engine::{EngineError, Notice, Obstacle, PageOutcome, PageSource, PollRequest};
use tidings::model::{ArticleId, Barrier};
use tidings::query::{Scope, parse};

use crate::background::hear;
use crate::library::{Library, Reply, TestServer, config_for};
use crate::support::server::Seen;

/// No round of pages takes longer.
const LONG: Duration = Duration::from_mins(1);

/// A feed of teasers; the newest has the highest number, and `/quay-{n}-reopens` is its page on the server that is asked.
fn teasers(seen: &Seen, numbers: impl IntoIterator<Item = u32>) -> Reply {
    let host = seen.text("Host");
    let item = |n: u32| {
        format!(
            "<item><title>Quay {n} reopens</title><link>http://{host}/quay-{n}-reopens?utm_source=feed</link><guid>{n}</guid>\
             <pubDate>01 May 2026 {:02}:{:02}:00 GMT</pubDate><description>Teaser {n}.</description></item>",
            n / 60,
            n % 60
        )
    };
    let mut numbers: Vec<u32> = numbers.into_iter().collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    let items: String = numbers.into_iter().map(item).collect();
    Reply::ok(format!("<rss version='2.0'><channel><title>Ledger</title>{items}</channel></rss>"))
}

/// Paragraphs of invented news, all different, each with `word` in it.
fn paragraphs(word: &str, many: usize) -> String {
    let sentence = |n: usize| {
        format!(
            "<p>Paragraph {n} of {word} tells how the harbour master, the pilots and the crane drivers of berth {n} agreed \
             on new hours, so that ships which arrive before noon are unloaded on the same day, and lorries wait less.</p>"
        )
    };
    (1..=many).map(sentence).collect()
}

fn page(head: &str, article: &str) -> Reply {
    let html = format!(
        "<!DOCTYPE html><html lang=en><head><title>Quay reopens</title>{head}</head><body><nav><a href=/>Home</a> \
         <a href=/news>News</a></nav><main><article><h1>Quay reopens</h1>{article}</article></main>\
         <footer>Imprint</footer></body></html>"
    );
    Reply::ok(html).header("Content-Type", "text/html; charset=utf-8")
}

async fn polled(server: &TestServer, mode: &str) -> Library {
    let config = config_for(&[server.url("/feed")], "") + &format!("full_text = \"{mode}\"\n");
    let library = Library::with_config(&config).await;
    let (told, _) = library.poll(PollRequest::Now).await;
    assert_eq!(told[0].error, None);
    library
}

async fn newest(library: &Library) -> ArticleId {
    library.all(Scope::All).await[0].id
}

async fn found(library: &Library, query: &str) -> usize {
    library.engine.fetch_wanted_pages(LONG, |_| {}).await.unwrap();
    library.all(Scope::Search(parse(query, jiff::civil::date(2026, 6, 1)).unwrap())).await.len()
}

/// Asks for the full text of the only article.
async fn outcome(server: &TestServer) -> (Library, Result<PageOutcome, EngineError>) {
    let library = polled(server, "ask").await;
    let id = newest(&library).await;
    let outcome = library.engine.full_text(id).await;
    (library, outcome)
}

#[tokio::test]
async fn a_page_is_fetched_when_asked_for_and_kept() {
    let server = TestServer::start(|seen| match seen.path() {
        "/feed" => teasers(seen, [1]).header("Set-Cookie", "id=1"),
        _ => page("<meta name=author content='Ada Quay'>", &paragraphs("zeppelin", 8)).header("Set-Cookie", "id=2"),
    });
    let library = polled(&server, "ask").await;
    let id = newest(&library).await;
    assert_eq!(library.engine.article(id).await.unwrap().unwrap().full_text, None);
    assert_eq!((server.count("/feed"), server.count("/quay-1-reopens")), (1, 0), "nothing is fetched by itself");
    let mut notices = library.engine.notices();
    let Ok(PageOutcome::Kept { words, barrier: None }) = library.engine.full_text(id).await else {
        panic!("it should be kept")
    };
    assert!((200..400).contains(&words), "{words} words");
    assert_eq!(notices.recv().await.unwrap(), Notice::ArticleChanged(id));
    let seen = server.seen().pop().unwrap();
    assert_eq!(seen.target, "/quay-1-reopens", "without what tracks");
    assert!(seen.text("Accept").starts_with("text/html"));
    assert_eq!((seen.header("Cookie"), seen.header("Referer")), (None, None));
    let article = library.engine.article(id).await.unwrap().unwrap();
    let kept = article.full_text.clone().unwrap();
    assert_eq!((kept.url.as_str(), kept.pages), (server.url("/quay-1-reopens").as_str(), 1));
    assert_eq!(kept.author.as_deref(), Some("Ada Quay"));
    assert!(article.html().contains("zeppelin") && !article.html().contains("Imprint"));
    let story = library.engine.story(article.headline.story).await.unwrap().unwrap();
    assert!(story.lines[0].teaser.starts_with("Paragraph 1 of zeppelin"), "{:?}", story.lines[0].teaser);
    assert_eq!(found(&library, "zeppelin has:fulltext").await, 1);
    assert_eq!(found(&library, "teaser").await, 0);
    library.engine.full_text(id).await.unwrap();
    assert_eq!(server.count("/quay-1-reopens"), 2, "anew when asked for again");
    library.engine.article(id).await.unwrap();
    assert_eq!(server.seen().len(), 3, "reading tells nobody");
}

#[tokio::test]
async fn what_gives_no_text_is_told_and_nothing_is_kept() {
    let other = TestServer::start(|_| page("", &paragraphs("secret", 9)));
    let private = other.url("/inside");
    let server = TestServer::start(move |seen| {
        match seen.path() {
        "/feed" => teasers(seen, 1..=7),
        "/quay-1-reopens" => page("", "<p>Teaser 1.</p>"),
        "/quay-2-reopens" => Reply::ok(b"%PDF-1.7\n...".as_slice()).header("Content-Type", "application/pdf"),
        "/quay-3-reopens" => Reply::redirect(302, private.as_str()),
        "/quay-4-reopens" => Reply::status(410),
        "/quay-5-reopens" => Reply::raw(Vec::new()),
        "/quay-7-reopens" => Reply::ok(
            "<html><head><title>Just a moment...</title></head><body><h1>Just a moment...</h1><p>Checking your browser before \
             you can go on to the site. This may take a few seconds, after which you are led on by itself. Please allow \
             scripts and cookies, or else the check can not be made and the site is not shown to you at all.</p></body>",
        )
        .header("Content-Type", "text/html"),
        _ => Reply::ok(format!("<!DOCTYPE html><html><body><article>{}", paragraphs("partial", 9)))
            .header("Content-Type", "text/html")
            .claims(1_000_000),
    }
    });
    let library = polled(&server, "ask").await;
    let rows = library.all(Scope::All).await;
    let ask = async |number: usize| library.engine.full_text(rows[7 - number].id).await;
    let words = async |number: usize| ask(number).await.unwrap_err().0;
    assert!(matches!(ask(1).await, Ok(PageOutcome::NothingMore(_))));
    let pdf = Obstacle { words: "is a PDF document".into(), is_file: true };
    assert_eq!(ask(2).await, Ok(PageOutcome::NoPage(pdf)));
    assert!(words(3).await.contains("private"), "{}", words(3).await);
    assert_eq!(other.seen().len(), 0, "and it was not asked");
    assert!(words(4).await.ends_with("the server answered 410: there is no such page"));
    assert!(words(5).await.contains(&server.url("/quay-5-reopens")));
    assert_eq!(ask(7).await, Ok(PageOutcome::NothingMore(Some(Barrier::Challenge))));
    for row in &rows {
        assert_eq!(library.engine.article(row.id).await.unwrap().unwrap().full_text, None, "{}", row.title);
    }
    assert!(matches!(ask(6).await, Ok(PageOutcome::Kept { .. })), "what came of an answer that broke off is kept");
    let gone = library.engine.full_text(ArticleId(4_711)).await.unwrap_err();
    assert_eq!(gone.0, "the article is gone");
}

#[tokio::test]
async fn a_site_that_refuses_is_named_with_what_it_refuses() {
    let server = TestServer::start(|seen| match seen.path() {
        "/feed" => teasers(seen, 1..=4),
        "/quay-1-reopens" => Reply::status(401),
        "/quay-2-reopens" => Reply::status(402),
        "/quay-3-reopens" => Reply::status(403),
        _ => Reply::status(451),
    });
    let library = polled(&server, "ask").await;
    let rows = library.all(Scope::All).await;
    for (row, words) in rows.iter().rev().zip([
        "is for readers with a password (401)",
        "is for subscribers (402)",
        "is refused to readers that are not browsers (403)",
        "may not be shown here for legal reasons (451)",
    ]) {
        let obstacle = Obstacle { words: words.into(), is_file: false };
        assert_eq!(library.engine.full_text(row.id).await, Ok(PageOutcome::NoPage(obstacle)), "{}", row.title);
    }
    let told = library.engine.read_page(PageSource::Address(server.url("/quay-3-reopens"))).await.unwrap_err();
    let expected = "the page is refused to readers that are not browsers (403); a browser may open it";
    assert!(told.0.ends_with(expected), "{told}");
}

#[tokio::test]
async fn never_means_never_and_it_is_said() {
    let server = TestServer::start(|seen| match seen.path() {
        "/feed" => teasers(seen, [1]),
        _ => page("", &paragraphs("zeppelin", 8)),
    });
    let library = polled(&server, "never").await;
    let told = library.engine.full_text(newest(&library).await).await.unwrap_err();
    assert!(told.0.contains("full_text = \"never\" for Feed 0"), "{told}");
    library.engine.fetch_wanted_pages(LONG, |_| {}).await.unwrap();
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn further_pages_are_followed_on_the_same_origin_up_to_a_bound() {
    let server = TestServer::start(|seen| match seen.path() {
        "/feed" => teasers(seen, [1]),
        path => {
            let n: usize = seen.target.split_once("page=").map_or(1, |(_, n)| n.parse().unwrap());
            let next = format!("<link rel=next href='{path}?page={}'>", n + 1);
            page(&next, &paragraphs(&format!("part{n}x"), 8))
        }
    });
    let (library, outcome) = outcome(&server).await;
    assert!(matches!(outcome, Ok(PageOutcome::Kept { .. })), "{outcome:?}");
    assert_eq!(server.count("/quay-1-reopens"), 10, "ten and no more");
    let kept = library.engine.article(newest(&library).await).await.unwrap().unwrap().full_text.unwrap();
    assert_eq!(kept.pages, 10);
    let at = |n: usize| kept.html.find(&format!("part{n}x")).unwrap_or_else(|| panic!("no part {n}"));
    assert!((1..10).all(|n| at(n) < at(n + 1)), "in their order");
}

#[tokio::test]
async fn pages_that_are_files_with_a_number_are_followed() {
    let server = TestServer::start(|seen| {
        let host = seen.text("Host");
        match seen.path() {
            "/feed" => Reply::ok(format!(
                "<rss version='2.0'><channel><title>L</title><item><title>Q</title><link>http://{host}/quay.html</link>\
                 <description>Teaser.</description></item></channel></rss>"
            )),
            path => {
                let n = path.trim_start_matches("/quay").trim_matches(|c: char| !c.is_ascii_digit());
                let n: usize = n.parse().unwrap_or(1);
                let next = if n < 3 { format!("<a href='/quay-{}.html'>{}</a>", n + 1, n + 1) } else { String::new() };
                page("", &(paragraphs(&format!("part{n}x"), 8) + &format!("<p><a href='/quay.html'>1</a> {next}</p>")))
            }
        }
    });
    let (library, outcome) = outcome(&server).await;
    assert!(matches!(outcome, Ok(PageOutcome::Kept { .. })), "{outcome:?}");
    let kept = library.engine.article(newest(&library).await).await.unwrap().unwrap().full_text.unwrap();
    assert_eq!(kept.pages, 3, "{:?}", server.seen().iter().map(|seen| seen.target.clone()).collect::<Vec<_>>());
    assert!(kept.html.contains("part3x"));
}

#[tokio::test]
async fn of_a_page_for_telephones_and_its_full_one_the_longer_is_taken() {
    let amp = |path: &str, text: &str| {
        Reply::ok(format!(
            "<!DOCTYPE html><html amp><head><title>Quay reopens</title><link rel=canonical href='{path}'></head><body>\
             <article><h1>Quay reopens</h1>{text}</article></body></html>"
        ))
        .header("Content-Type", "text/html")
    };
    let server = TestServer::start(move |seen| match seen.target.as_str() {
        "/feed" => teasers(seen, 1..=3),
        "/quay-1-reopens" => amp("/full/1", &paragraphs("shortened", 9)),
        "/full/1" => page("", &paragraphs("everything", 16)),
        "/quay-2-reopens" => amp("/full/2", &paragraphs("complete", 9)),
        "/full/2" => page("", &paragraphs("preview", 3)),
        "/quay-3-reopens" => amp("/full/three", &paragraphs("shortened", 9)),
        "/full/three" => page("<link rel=next href='/full/three?page=2'>", &paragraphs("first", 8)),
        _ => page("", &paragraphs("second", 8)),
    });
    let library = polled(&server, "ask").await;
    let rows = library.all(Scope::All).await;
    for (row, word, pages) in [(&rows[2], "everything", 1), (&rows[1], "complete", 1), (&rows[0], "second", 2)] {
        library.engine.full_text(row.id).await.unwrap();
        let kept = library.engine.article(row.id).await.unwrap().unwrap().full_text.unwrap();
        assert!(kept.html.contains(word) && kept.pages == pages, "{}: {} pages, {}", row.title, kept.pages, kept.html);
    }
}

#[tokio::test]
async fn pages_that_lead_in_a_circle_or_away_are_not_followed() {
    let other = TestServer::start(|_| page("", &paragraphs("elsewhere", 9)));
    let away = other.url("/quay-2-reopens");
    let server = TestServer::start(move |seen| match (seen.path(), seen.target.as_str()) {
        ("/feed", _) => teasers(seen, 1..=3),
        (_, "/quay-1-reopens") => page("<link rel=next href='/quay-1-reopens?page=2'>", &paragraphs("first", 8)),
        (_, "/quay-1-reopens?page=2") => page("<link rel=next href='/quay-1-reopens'>", &paragraphs("second", 8)),
        ("/quay-2-reopens", _) => page(&format!("<link rel=next href='{away}'>"), &paragraphs("first", 8)),
        // It does not know pages, and sends the first one again.
        _ => page("<link rel=next href='/quay-3-reopens?page=2'>", &paragraphs("same", 8)),
    });
    let library = polled(&server, "ask").await;
    for (row, pages) in library.all(Scope::All).await.iter().rev().zip([2, 1, 1]) {
        library.engine.full_text(row.id).await.unwrap();
        let kept = library.engine.article(row.id).await.unwrap().unwrap().full_text.unwrap();
        assert_eq!(kept.pages, pages, "{}", row.title);
    }
    assert_eq!(
        (server.count("/quay-1-reopens"), server.count("/quay-2-reopens"), server.count("/quay-3-reopens")),
        (2, 1, 2)
    );
    assert_eq!(other.seen().len(), 0);
}

#[tokio::test]
async fn the_version_with_the_whole_article_is_taken_in_place_of_its_pages() {
    let elsewhere = TestServer::start(|_| page("", &paragraphs("elsewhere", 30)));
    let away = elsewhere.url("/print");
    let server = TestServer::start(move |seen| match seen.path() {
        "/feed" => teasers(seen, 1..=3),
        _ if seen.target.contains("page=") => page("", &paragraphs("second", 4)),
        "/quay-1-reopens" => page(
            "<link rel=next href='/quay-1-reopens?page=2'>",
            &(paragraphs("first", 8) + "<p><a class=whole href='/whole/1'>View as single page</a></p>"),
        ),
        "/whole/1" => page("", &paragraphs("everything", 16)),
        "/quay-2-reopens" => page(
            "<link rel=next href='/quay-2-reopens?page=2'>",
            &(paragraphs("little", 4) + &format!("<p><a class=whole href='{away}'>View as single page</a></p>")),
        ),
        _ => page("", &paragraphs("all", 12)),
    });
    let library = polled(&server, "ask").await;
    let rows = library.all(Scope::All).await;
    for (row, word, pages, asked) in
        [(&rows[2], "everything", 1, 3), (&rows[1], "second", 2, 5), (&rows[0], "all", 1, 6)]
    {
        library.engine.full_text(row.id).await.unwrap();
        let kept = library.engine.article(row.id).await.unwrap().unwrap().full_text.unwrap();
        assert!(kept.html.contains(word), "{}: {}", row.title, kept.html);
        assert_eq!((kept.pages, server.seen().len()), (pages, asked), "{}", row.title);
    }
    assert_eq!(elsewhere.seen().len(), 0);
}

#[tokio::test]
async fn characters_are_read_as_browsers_read_them() {
    let server = TestServer::start(|seen| {
        if seen.path() == "/feed" {
            return teasers(seen, [1]);
        }
        let text = format!(
            "<html><head><meta charset=windows-1251><title>T</title></head><body><article><p>Порт открыт, и суда снова идут к \
             причалам, сообщили в управлении порта сегодня утром.</p>{}</article></body></html>",
            paragraphs("mixed", 6)
        );
        let bytes: Vec<u8> = text.chars().map(windows_1251).collect();
        Reply::ok(bytes).header("Content-Type", "text/html")
    });
    let (library, outcome) = outcome(&server).await;
    assert!(matches!(outcome, Ok(PageOutcome::Kept { .. })), "{outcome:?}");
    assert_eq!(found(&library, "причалам").await, 1);
}

fn windows_1251(c: char) -> u8 {
    match u32::from(c) {
        letter @ 0x410..=0x44f => u8::try_from(letter - 0x410 + 0xc0).unwrap(),
        other => u8::try_from(other).unwrap(),
    }
}

#[tokio::test]
async fn a_paywall_that_came_up_since_does_not_cost_the_text() {
    let server = TestServer::start(|seen| match seen.path() {
        "/feed" => teasers(seen, [1]),
        _ if seen.number < 2 => page("", &paragraphs("zeppelin", 12)),
        _ => page(
            "<script type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\
             \"isAccessibleForFree\":false}</script>",
            &paragraphs("preview", 3),
        ),
    });
    let (library, outcome) = outcome(&server).await;
    assert!(matches!(outcome, Ok(PageOutcome::Kept { barrier: None, .. })), "{outcome:?}");
    let id = newest(&library).await;
    assert_eq!(library.engine.full_text(id).await, Ok(PageOutcome::NothingMore(Some(Barrier::Paywall))));
    assert!(library.engine.article(id).await.unwrap().unwrap().html().contains("zeppelin"));
}

#[tokio::test]
async fn auto_fetches_the_newest_of_each_round_one_at_a_time() {
    let server = TestServer::start(|seen| match seen.path() {
        "/feed" => teasers(seen, if seen.number == 0 { 1..=60 } else { 1..=62 }),
        path => page("", &paragraphs(&format!("zeppelin{}x", path.split('-').nth(1).unwrap()), 8)),
    });
    let library = polled(&server, "auto").await;
    assert_eq!(server.seen().len(), 1, "after the round, not in it");
    let mut heard = Vec::new();
    let round = library.engine.fetch_wanted_pages(LONG, |round| heard.push(round.clone())).await.unwrap();
    assert_eq!((round.kept, round.nothing_more, round.failed.len(), round.left), (50, 0, 0, 0));
    assert_eq!(heard.last(), Some(&round));
    let asked: Vec<String> =
        server.seen()[1..].iter().map(|seen| seen.target.split('-').nth(1).unwrap().to_owned()).collect();
    let newest: Vec<String> = (11..=60).rev().map(|n: u32| n.to_string()).collect();
    assert_eq!(asked, newest, "the newest fifty, the newest first");
    assert_eq!(server.most_at_once(), 1);
    assert_eq!(found(&library, "zeppelin60x").await, 1);
    assert_eq!(server.seen().len(), 51, "each once");
    library.poll(PollRequest::Now).await;
    let round = library.engine.fetch_wanted_pages(LONG, |_| {}).await.unwrap();
    assert_eq!((round.kept, server.seen().len()), (2, 54), "only what is new");
}

#[tokio::test]
async fn a_retry_after_holds_for_the_whole_host_and_for_the_user_too() {
    let server = TestServer::start(|seen| match seen.path() {
        "/feed" => teasers(seen, 1..=5),
        _ if seen.number < 2 => Reply::status(429).header("Retry-After", "3600"),
        _ => page("", &paragraphs("zeppelin", 8)),
    });
    let mut library = polled(&server, "auto").await;
    let ask = async |library: &Library| library.engine.fetch_wanted_pages(LONG, |_| {}).await.unwrap();
    let round = ask(&library).await;
    assert_eq!((round.failed.len(), round.left, server.seen().len()), (1, 4, 2), "the first answer was enough");
    library.restart().await;
    library.later(SignedDuration::from_mins(59));
    assert_eq!((ask(&library).await.failed.len(), server.seen().len()), (0, 2), "kept over a restart");
    let told = library.engine.full_text(newest(&library).await).await.unwrap_err();
    assert!(told.0.contains("asked to be left alone until 2026-06-01 09:00 UTC"), "{told}");
    library.later(SignedDuration::from_mins(2));
    let round = ask(&library).await;
    assert_eq!((round.kept, round.left, server.seen().len()), (5, 0, 7));
}

#[tokio::test]
async fn a_page_that_fails_is_given_up_after_three_times() {
    let server = TestServer::start(|seen| match seen.path() {
        "/feed" => teasers(seen, 1..=2),
        "/quay-1-reopens" => Reply::status(404),
        _ => Reply::status(500),
    });
    let library = polled(&server, "auto").await;
    for _ in 0..6 {
        library.engine.fetch_wanted_pages(LONG, |_| {}).await.unwrap();
        library.later(SignedDuration::from_hours(3));
    }
    assert_eq!(
        (server.count("/quay-1-reopens"), server.count("/quay-2-reopens")),
        (1, 3),
        "what is not there is asked for once"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_open_desk_fetches_them_behind_the_round() {
    let server = TestServer::start(|seen| match seen.path() {
        "/feed" => teasers(seen, 1..=3),
        _ => page("", &paragraphs("zeppelin", 8)),
    });
    let config = config_for(&[server.url("/feed")], "") + "full_text = \"auto\"\n";
    let library = Library::with_config(&config).await;
    let mut notices = library.engine.notices();
    library.engine.start();
    for _ in 0..3 {
        hear(&mut notices, "a full text", |notice| matches!(notice, Notice::ArticleChanged(_))).await;
    }
    assert_eq!(server.seen().len(), 4);
    library.engine.shutdown().await;
}

#[tokio::test]
async fn a_page_or_a_document_is_read_and_nothing_is_kept() {
    let other = TestServer::start(|_| page("", &paragraphs("secret", 9)));
    let private = other.url("/inside");
    let server = TestServer::start(move |seen| match seen.target.split("utm").next().unwrap_or_default() {
        "/crane?" => page("<link rel=next href='/crane?page=2'>", &paragraphs("zeppelin", 8)),
        "/crane?page=2" => page("", &paragraphs("airship", 8)),
        _ => Reply::redirect(302, private.as_str()),
    });
    let library = Library::new(&[]).await;
    let read = async |source| library.engine.read_page(source).await;
    let page = read(PageSource::Address(server.url("/crane?utm_source=x"))).await.unwrap();
    assert_eq!(page.address, Some(server.url("/crane")));
    assert_eq!(page.text.title.as_deref(), Some("Quay reopens"));
    assert!(page.plain.contains("zeppelin") && page.plain.contains("airship") && page.text.pages == 2);
    assert!(page.words > 400, "{} words", page.words);
    let refused = read(PageSource::Address(server.url("/elsewhere"))).await.unwrap_err();
    assert!(refused.0.contains("private"), "{refused}");
    assert_eq!(other.seen().len(), 0);
    let document = |bytes: &str, base: Option<&str>| PageSource::Document {
        name: "page.html".into(),
        bytes: bytes.into(),
        base: base.map(str::to_owned),
    };
    let html = format!(
        "<html><body><article>{}<p>The <a href=/map>map of the quays</a> tells which berths are open this week.</p></article>",
        paragraphs("kite", 8)
    );
    let page = read(document(&html, Some("https://dock.example/news/1"))).await.unwrap();
    assert!(page.plain.contains("kite") && page.text.html.contains("https://dock.example/map"), "{}", page.text.html);
    let page = read(document(&html, None)).await.unwrap();
    assert!(page.plain.contains("kite") && page.address.is_none());
    let page = read(document("<html><body><p></body>", None)).await.unwrap();
    assert!(page.plain.is_empty() && page.text.barrier.is_some(), "{page:?}");
    let broken = read(document("%PDF-1.4", None)).await.unwrap_err();
    assert_eq!(broken.0, "page.html cannot be read: it is a PDF document");
    assert_eq!(server.seen().len(), 3);
}
