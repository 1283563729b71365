//! Attached files, downloaded into the user's folder: shown as they come, given up and gone on with, never over another file.

mod name;
mod part;
mod under_way;

pub(super) use under_way::Downloads;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bytes::Bytes;
use url::Url;

use super::computing::computed;
use super::own_file::path_of;
use super::shared::Shared;
use super::{Answer, EngineError, Notice};
use crate::document;
use crate::fetch::{Accept, Download, FetchError, Fetcher, Partial, Request};
use crate::model::{Article, ArticleId, Enclosure};
use crate::text::humanize;
use name::file_name;
use part::Part;

/// Larger files are not downloaded.
const MOST: u64 = 4 << 30;
/// Bytes that are written at once.
const WRITTEN_AT_ONCE: usize = 256 << 10;
/// The least time between two notices of one file.
const TELL_EVERY: Duration = Duration::from_millis(250);

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Downloading {
    /// Its address, as the article has it.
    pub url: String,
    /// What it will be called; safe to show.
    pub name: String,
    /// Bytes that are here.
    pub received: u64,
    /// Bytes of the whole, when that is known.
    pub total: Option<u64>,
}

/// The file of an article at this address: one that is attached, or what its own address leads to.
fn file_of(article: &Article, url: &str) -> Option<Enclosure> {
    let attached = article.enclosures.iter().find(|file| file.url == url).cloned();
    let is_page = || document::is_web_url(url) && document::clean_url(&article.headline.url) == url;
    attached.or_else(|| {
        let page = || Enclosure { url: url.to_owned(), mime: String::new(), bytes: None, title: None, seconds: None };
        is_page().then(page)
    })
}

/// Where a file is downloaded to at first, by its address alone: its server may know a better name.
fn first_name(file: &Enclosure) -> String {
    Url::parse(&file.url).map(|url| file_name(None, &[&url], &file.mime)).unwrap_or_default()
}

/// The files of an article that are not whole yet, as far as they came before.
pub(super) async fn parts(shared: &Shared, article: ArticleId, urls: Vec<String>) -> Answer<Vec<Downloading>> {
    let Some(article) = shared.store.article(article).await? else { return Ok(Vec::new()) };
    // Where there is no such folder nothing came into it.
    let Ok(folder) = path_of(&shared.config().keep.downloads) else { return Ok(Vec::new()) };
    let begun = move || {
        let files = urls.iter().filter_map(|url| file_of(&article, url));
        let part = |file: Enclosure| {
            let name = first_name(&file);
            let received = part::bytes(&folder, &name, &file.url)?;
            let total = file.bytes.filter(|total| *total >= received);
            Some(Downloading { url: file.url, name, received, total })
        };
        files.filter_map(part).collect()
    };
    computed(begun).await
}

/// Downloads a file of an article; gives words for the toast.
pub(super) async fn run(shared: &Shared, article: ArticleId, url: &str) -> Answer<String> {
    let article = shared.store.article(article).await?;
    let article = article.ok_or_else(|| EngineError("this article is not in the library any more".into()))?;
    let file = file_of(&article, url);
    let file = &file.ok_or_else(|| EngineError("this article has no such file any more".into()))?;
    let feeds = shared.store.feeds().await?;
    let feed = feeds.iter().find(|status| status.feed.id == article.headline.feed);
    // The files of a feed on a private host lie there too (THREATS R9).
    let home = feed.is_some_and(|status| same_place(&status.feed.url, url));
    if let Some(path) = shared.downloads.here(url) {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        return Ok(format!("it is here already: {name} in {}", shared.config().keep.downloads));
    }
    let Some(mut entered) = shared.downloads.enter(shared, url) else {
        return Err(EngineError("this file is on its way already".into()));
    };
    let name = first_name(file);
    let done = tokio::select! {
        done = fetch(shared, file, &name, home) => done,
        () = entered.cancelled() => return Ok(format!("{name} was left; downloading it again goes on with it")),
    };
    let path = done.map_err(|fault| EngineError(format!("{name}: {}", fault.0)))?;
    let kept = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    entered.arrived(path);
    Ok(format!("downloaded: {kept} to {}", shared.config().keep.downloads))
}

fn same_place(feed: &str, file: &str) -> bool {
    let place = |url: &str| {
        let url = Url::parse(url).ok()?;
        Some((url.host_str()?.to_owned(), url.port_or_known_default()))
    };
    place(feed).is_some_and(|feed| place(file) == Some(feed))
}

async fn fetch(shared: &Shared, file: &Enclosure, name: &str, home: bool) -> Answer<PathBuf> {
    let configured = shared.config().keep.downloads.clone();
    let folder = path_of(&configured)?;
    let (into, called, address) = (folder.clone(), name.to_owned(), file.url.clone());
    let at = configured.clone();
    let mut part =
        computed(move || Part::open(&into, &called, &address).map_err(|error| not_there(&at, &error))).await??;
    let request = Request { url: file.url.clone(), accept: Accept::File, subscribed: home, ..Request::default() };
    let mut coming = ask(&shared.fetcher(), request, part.known()).await?;
    if coming.from == 0 {
        let version = coming.validator.take();
        part = change(part, &configured, move |part| part.restart(version)).await?;
    }
    let (total, room) = (coming.total, part.room());
    part = take(shared, &mut coming, part, (file, name, &configured))
        .await
        .map_err(|fault| told(fault, total, room, &configured))?;
    let addresses = [Url::parse(&file.url).ok(), Some(coming.url.clone())];
    let addresses: Vec<&Url> = addresses.iter().flatten().collect();
    let mime = coming.content_type.as_deref().unwrap_or(&file.mime);
    let last = file_name(coming.disposition.as_deref(), &addresses, mime);
    computed(move || match part.finish(&folder, &last) {
        Ok(kept) => Ok(folder.join(kept)),
        Err(error) => Err(not_there(&configured, &error)),
    })
    .await?
}

/// Asks for the rest; for the whole when the server will not hear of a rest.
async fn ask(fetcher: &Fetcher, request: Request, known: Option<Partial>) -> Answer<Download> {
    let fault = |error: FetchError| EngineError(error.to_string());
    if known.is_none() {
        return fetcher.download(request, None).await.map_err(fault);
    }
    match fetcher.download(request.clone(), known).await {
        Err(FetchError::Status { status: 412 | 416, .. } | FetchError::Failed(_)) => {
            fetcher.download(request, None).await.map_err(fault)
        }
        answer => answer.map_err(fault),
    }
}

/// Why no more of a file is taken.
#[derive(Debug)]
enum Fault {
    /// More than [`MOST`].
    TooLarge,
    /// There is less room for it.
    NoRoom,
    /// It ended early, or is longer than was said.
    Torn(String),
    /// The disk said no.
    Disk(EngineError),
}

fn told(fault: Fault, total: Option<u64>, room: Option<u64>, folder: &str) -> EngineError {
    let size = total.map(|total| format!(" ({})", humanize::bytes(total))).unwrap_or_default();
    EngineError(match fault {
        Fault::TooLarge => format!("it is larger than {}{size} and was not downloaded", humanize::bytes(MOST)),
        Fault::NoRoom => {
            let room = room.map(|room| format!(" {} of", humanize::bytes(room))).unwrap_or_default();
            format!(
                "there is only{room} room in {folder} for it{size}; make room or choose another folder in [keep] downloads"
            )
        }
        Fault::Torn(why) => format!("{why}; downloading it again goes on where it can"),
        Fault::Disk(error) => error.0,
    })
}

/// Takes what comes to the end. What came before a fault is kept, unless it is worth nothing.
async fn take(
    shared: &Shared,
    coming: &mut Download,
    mut part: Part,
    (file, name, folder): (&Enclosure, &str, &str),
) -> Result<Part, Fault> {
    let mut received = coming.from;
    if coming.total.is_some_and(|total| total > MOST) {
        part.discard();
        return Err(Fault::TooLarge);
    }
    let lacking = coming.total.map(|total| total.saturating_sub(received));
    if lacking.is_some_and(|lacking| part.room().is_some_and(|room| room < lacking)) {
        return Err(Fault::NoRoom);
    }
    let total = coming.total;
    let tell = |received| {
        let (url, name) = (file.url.clone(), name.to_owned());
        shared.tell(Notice::Downloading(Downloading { url, name, received, total }));
    };
    tell(received);
    let mut last = Instant::now();
    let mut waiting: Vec<Bytes> = Vec::new();
    let mut size = 0_usize;
    loop {
        let piece = coming.next().await;
        if let Ok(Some(piece)) = &piece {
            received = received.saturating_add(piece.len() as u64);
            size = size.saturating_add(piece.len());
            if let Err(fault) = check(received, total) {
                part.discard();
                return Err(fault);
            }
            waiting.push(piece.clone());
        }
        if size >= WRITTEN_AT_ONCE || !matches!(piece, Ok(Some(_))) {
            let pieces = std::mem::take(&mut waiting);
            size = 0;
            let append = move |part: &mut Part| part.append(&pieces);
            part = change(part, folder, append).await.map_err(Fault::Disk)?;
        }
        match piece {
            Ok(Some(_)) => {}
            Ok(None) if total.is_some_and(|total| received < total) => {
                return Err(Fault::Torn("the file ended early".to_owned()));
            }
            Ok(None) => return Ok(part),
            Err(error) => return Err(Fault::Torn(error.to_string())),
        }
        if last.elapsed() >= TELL_EVERY {
            last = Instant::now();
            tell(received);
        }
    }
}

/// Whether so many bytes may be of one file of that announced size.
fn check(received: u64, total: Option<u64>) -> Result<(), Fault> {
    if received > MOST {
        return Err(Fault::TooLarge);
    }
    if total.is_some_and(|total| received > total) {
        return Err(Fault::Torn("more came than the server announced".to_owned()));
    }
    Ok(())
}

/// Does something to the part, off the threads that must not wait.
async fn change(
    mut part: Part,
    folder: &str,
    work: impl FnOnce(&mut Part) -> std::io::Result<()> + Send + 'static,
) -> Answer<Part> {
    let done = computed(move || work(&mut part).map(|()| part)).await?;
    done.map_err(|error| not_there(folder, &error))
}

fn not_there(folder: impl AsRef<Path>, error: &std::io::Error) -> EngineError {
    let folder = folder.as_ref().display();
    EngineError(format!("it cannot be written to {folder} ({error}); choose another folder in [keep] downloads"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_without_end_ends_at_the_bound_or_at_what_was_announced() {
        assert!(check(MOST, None).is_ok() && check(10, Some(10)).is_ok());
        assert!(matches!(check(MOST + 1, None), Err(Fault::TooLarge)));
        assert!(matches!(check(11, Some(10)), Err(Fault::Torn(_))));
    }

    #[test]
    fn only_the_feeds_own_place_may_be_private() {
        assert!(same_place("http://10.0.0.5:8080/feed", "http://10.0.0.5:8080/talk.mp3"));
        assert!(!same_place("http://10.0.0.5:8080/feed", "http://10.0.0.5/talk.mp3"));
        assert!(!same_place("nonsense", "nonsense"));
    }
}
