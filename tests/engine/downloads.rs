//! Attached files over a loopback server: whole, gone on with, changed, refused, given up.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use tidings::engine::{Downloading, EngineError, Notice, PollRequest};
use tidings::model::ArticleId;
use tidings::query::Scope;

use crate::library::{Library, Reply, TestServer, config_for};
use crate::support::packed::{gzip, xs};

/// More than is written at once, so that something of it is on the disk whenever it ends.
const SIZE: usize = 700_000;

fn talk(version: u8) -> Vec<u8> {
    (0..SIZE).map(|n| u8::try_from(n % 251).unwrap() ^ version).collect()
}

/// A library whose only article has this file; the folder for downloads is `files`.
struct Desk {
    library: Library,
    article: ArticleId,
    url: String,
}

impl Desk {
    async fn of(server: &TestServer, path: &str) -> Self {
        let url = server.url(path);
        let config = config_for(&[server.url("/feed")], "timeout_seconds = 5");
        let library = Library::with_config(&config).await;
        let files = library.dir.path().join("files");
        let keep = format!("{config}\n[keep]\ndownloads = \"{}\"\n", files.display());
        std::fs::write(library.dir.path().join("config.toml"), keep).unwrap();
        library.engine.reload_config().await.unwrap();
        library.poll(PollRequest::Now).await;
        let article = library.all(Scope::All).await[0].id;
        Self { library, article, url }
    }

    async fn download(&self) -> Result<String, EngineError> {
        self.library.engine.download(self.article, self.url.clone()).await
    }

    /// The files in the folder and their sizes, parts included.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let Ok(folder) = std::fs::read_dir(self.library.dir.path().join("files")) else { return Vec::new() };
        let mut files: Vec<_> = folder
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap()))
            .collect();
        files.sort();
        files
    }

    fn part(&self) -> usize {
        let part = self.files().into_iter().find(|(name, _)| name.contains(".part") && !name.starts_with('.'));
        part.map_or(0, |(_, bytes)| bytes.len())
    }
}

fn feed(url: &str) -> Reply {
    Reply::ok(format!(
        "<rss version=\"2.0\"><channel><title>Harbour Talk</title><item><title>Talk</title><guid>1</guid>\
         <enclosure url=\"{url}\" length=\"{SIZE}\" type=\"audio/mpeg\"/></item></channel></rss>"
    ))
}

/// A server of one feed, and of files by `answer`, which is told the number of the request for a file, from 0.
fn serve(path: &'static str, answer: impl Fn(usize, &str) -> Reply + Send + Sync + 'static) -> TestServer {
    let asked = AtomicUsize::new(0);
    let at: Arc<OnceLock<String>> = Arc::default();
    let own = Arc::clone(&at);
    let server = TestServer::start(move |seen| match seen.path() {
        "/feed" => feed(own.get().expect("an address")),
        _ => answer(asked.fetch_add(1, Ordering::SeqCst), &format!("{} {}", seen.text("Range"), seen.text("If-Range"))),
    });
    at.set(server.url(path)).unwrap();
    server
}

fn rest(version: u8, from: usize) -> Reply {
    let whole = talk(version);
    let head = format!(
        "HTTP/1.1 206 Partial Content\r\nETag: \"v{version}\"\r\nContent-Range: bytes {from}-{}/{SIZE}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        SIZE - 1,
        SIZE - from
    );
    Reply::raw([head.as_bytes(), &whole[from..]].concat())
}

fn half(version: u8) -> Reply {
    let half = talk(version)[..SIZE / 2].to_vec();
    Reply::ok(half).header("ETag", format!("\"v{version}\"")).claims(SIZE as u64)
}

#[tokio::test]
async fn a_file_that_is_packed_on_its_way_although_it_was_asked_for_as_it_is_comes_unpacked() {
    let packed = [gzip(3_000), gzip(10)].concat();
    let server = serve("/talk.mp3", move |_, _| Reply::ok(packed.clone()).header("Content-Encoding", "gzip"));
    let desk = Desk::of(&server, "/talk.mp3").await;
    desk.download().await.unwrap();
    let files = desk.files();
    assert_eq!((files.len(), files[0].0.as_str()), (1, "talk.mp3"));
    assert!(files[0].1 == [xs(3_000), xs(10)].concat(), "{} bytes", files[0].1.len());
}

#[tokio::test]
async fn a_file_comes_whole_under_the_name_the_server_says_and_over_no_other() {
    let server = serve("/talk?id=5", |_, _| {
        Reply::ok(talk(1)).header("Content-Disposition", "attachment; filename=\"../harbour talk.mp3\"")
    });
    let desk = Desk::of(&server, "/talk?id=5").await;
    assert_eq!(server.count("/talk"), 0, "nothing before it is asked for");
    let mut notices = desk.library.engine.notices();
    let words = desk.download().await.unwrap();
    assert!(words.starts_with("downloaded: harbour talk.mp3 to "), "{words}");
    assert_eq!(desk.files(), [("harbour talk.mp3".to_owned(), talk(1))]);
    let mut told = Vec::new();
    while let Ok(notice) = notices.try_recv() {
        told.push(notice);
    }
    assert!(matches!(&told[0], Notice::Downloading(file) if file.total == Some(SIZE as u64)), "{told:?}");
    let kept = Some("harbour talk.mp3".to_owned());
    assert_eq!(told.last(), Some(&Notice::DownloadEnded { url: desk.url.clone(), kept }));
    let path = desk.library.engine.downloaded(&desk.url).expect("it is here");
    let asked = server.count("/talk");
    assert!(desk.download().await.unwrap().contains("here already: harbour talk.mp3"));
    assert_eq!(server.count("/talk"), asked, "what is here is not fetched again");
    std::fs::rename(&path, path.with_file_name("away.mp3")).unwrap();
    assert_eq!(desk.library.engine.downloaded(&desk.url), None, "the user put it elsewhere");
    assert!(desk.download().await.unwrap().contains("downloaded: harbour talk.mp3"));
}

#[tokio::test]
async fn a_download_that_broke_off_is_gone_on_with() {
    let server = serve("/talk.mp3", |number, conditions| match number {
        0 => half(1),
        _ if conditions == format!("bytes={}- \"v1\"", SIZE / 2) => rest(1, SIZE / 2),
        _ => Reply::status(500),
    });
    let desk = Desk::of(&server, "/talk.mp3").await;
    let words = desk.download().await.unwrap_err().to_string();
    assert!(words.contains("talk.mp3") && words.contains("goes on"), "{words}");
    assert_eq!(desk.part(), SIZE / 2, "what came stays");
    desk.download().await.unwrap();
    assert_eq!(desk.files(), [("talk.mp3".to_owned(), talk(1))]);
    assert_eq!(desk.library.engine.download_parts(desk.article, vec![desk.url.clone()]).await, Ok(Vec::new()));
}

#[tokio::test]
async fn the_file_that_an_article_leads_to_is_downloaded_as_well() {
    let at: Arc<OnceLock<String>> = Arc::default();
    let own = Arc::clone(&at);
    let server = TestServer::start(move |seen| match seen.path() {
        "/feed" => Reply::ok(format!(
            "<rss version=\"2.0\"><channel><title>Notices</title><item><title>Notice</title><guid>1</guid>\
             <link>{}?utm_source=feed</link></item></channel></rss>",
            own.get().expect("an address")
        )),
        _ => Reply::ok("%PDF-1.7 notice").header("Content-Type", "application/pdf"),
    });
    at.set(server.url("/notice")).unwrap();
    let desk = Desk::of(&server, "/notice").await;
    let words = desk.download().await.unwrap();
    assert!(words.starts_with("downloaded: notice.pdf to "), "{words}");
    assert_eq!(desk.files(), [("notice.pdf".to_owned(), b"%PDF-1.7 notice".to_vec())]);
}

#[tokio::test]
async fn a_file_that_changed_meanwhile_is_taken_whole() {
    let server = serve("/talk.mp3", |number, _| match number {
        0 => half(1),
        _ => Reply::ok(talk(2)).header("ETag", "\"v2\""),
    });
    let desk = Desk::of(&server, "/talk.mp3").await;
    desk.download().await.unwrap_err();
    desk.download().await.unwrap();
    assert_eq!(desk.files(), [("talk.mp3".to_owned(), talk(2))], "nothing of the first version is in it");
}

#[tokio::test]
async fn a_server_that_sends_another_part_or_none_is_asked_for_the_whole() {
    for wrong in [rest(1, 5), Reply::status(416)] {
        let server = serve("/talk.mp3", move |number, _| match number {
            0 => half(1),
            1 => wrong.clone(),
            _ => Reply::ok(talk(1)),
        });
        let desk = Desk::of(&server, "/talk.mp3").await;
        desk.download().await.unwrap_err();
        desk.download().await.unwrap();
        assert_eq!(desk.files(), [("talk.mp3".to_owned(), talk(1))]);
    }
}

#[tokio::test]
async fn what_is_refused_leaves_nothing() {
    let inner = TestServer::start(|_| Reply::ok("internal"));
    let inside = inner.url("/secret.mp3");
    let cases: [(Reply, &str); 4] = [
        (Reply::redirect(302, inside), "private network"),
        (Reply::redirect(302, "file:///etc/passwd"), "only http and https"),
        (Reply::ok("x").claims(5 << 30), "larger than 4.0 GiB"),
        (Reply::status(404), "404"),
    ];
    for (reply, words) in cases {
        let server = serve("/talk.mp3", move |_, _| reply.clone());
        let desk = Desk::of(&server, "/talk.mp3").await;
        let told = desk.download().await.unwrap_err().to_string();
        assert!(told.contains(words), "{told}");
        assert_eq!(desk.files(), [], "{words}");
    }
    assert_eq!(inner.seen().len(), 0);
}

#[tokio::test]
async fn only_files_of_the_article_are_downloaded() {
    let server = serve("/talk.mp3", |_, _| Reply::ok("x"));
    let desk = Desk::of(&server, "/talk.mp3").await;
    let other = desk.library.engine.download(desk.article, server.url("/other.mp3")).await;
    assert!(other.unwrap_err().to_string().contains("no such file"));
}

#[tokio::test]
async fn a_download_is_given_up_and_what_came_stays() {
    let server = serve("/talk.mp3", |number, _| match number {
        0 => half(1).then_hang(),
        // However much was written, the server only knows whole files.
        _ => Reply::ok(talk(1)),
    });
    let desk = Desk::of(&server, "/talk.mp3").await;
    let engine = desk.library.engine.clone();
    let (article, url) = (desk.article, desk.url.clone());
    let download = tokio::spawn(async move { engine.download(article, url).await });
    while desk.part() < SIZE / 4 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    assert!(desk.download().await.unwrap_err().to_string().contains("on its way already"));
    desk.library.engine.cancel_download(&desk.url);
    let words = download.await.unwrap().unwrap();
    assert!(words.contains("was left"), "{words}");
    assert!(desk.part() > 0, "what came stays");
    let other = server.url("/other.mp3");
    let parts = desk.library.engine.download_parts(desk.article, vec![desk.url.clone(), other]).await.unwrap();
    let here = desk.part() as u64;
    let part = Downloading { url: desk.url.clone(), name: "talk.mp3".into(), received: here, total: Some(SIZE as u64) };
    assert_eq!(parts, [part], "and is told of, with what is announced");
    desk.download().await.unwrap();
    assert_eq!(desk.files(), [("talk.mp3".to_owned(), talk(1))]);
}
