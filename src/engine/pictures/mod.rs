//! Pictures of articles: fetched when they are asked for, checked before they are decoded, kept for the next time.
//!
//! `decode` is what stands between foreign bytes and pixels (THREATS R13), `folder` keeps what came on disk, `shelf` keeps
//! what was decoded in memory. Nothing here is fetched by itself: a face asks, because its user did.

mod decode;
mod folder;
mod shelf;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use self::shelf::Shelf;
use super::shared::Shared;
use super::{Answer, EngineError};
use crate::fetch::{Accept, FetchError, Request};

pub use decode::Decoded;

/// Largest picture on the wire and on disk, in bytes (THREATS R13).
const MAX_BYTES: u64 = 10 << 20;
/// Pictures fetched at once: a page of them is read from the top anyway.
const COMING_AT_ONCE: usize = 4;
/// Pictures decoded at once: each may take 64 MiB while it is.
const DECODED_AT_ONCE: usize = 2;
/// How long a picture may take from the first byte asked for to its pixels. Waiting for a turn does not count.
const DEADLINE: Duration = Duration::from_secs(20);
/// What the desk says of a picture whose decoder panicked; the log has the rest.
const BROKE: &str = "the picture broke its decoder; the log has more";

/// What the engine keeps of pictures, and the turns at making them.
#[derive(Debug)]
pub(super) struct Pictures {
    shelf: Shelf,
    coming: Semaphore,
    decoding: Arc<Semaphore>,
}

impl Pictures {
    pub(super) fn new() -> Self {
        Self {
            shelf: Shelf::default(),
            coming: Semaphore::new(COMING_AT_ONCE),
            decoding: Arc::new(Semaphore::new(DECODED_AT_ONCE)),
        }
    }
}

/// The picture at an address: from memory, from disk, else from the network.
pub(super) async fn picture(shared: &Arc<Shared>, url: &str) -> Answer<Arc<Decoded>> {
    if let Some(known) = shared.pictures.shelf.get(url) {
        return Ok(known);
    }
    // Never closed; were it to be, one more at once would do no harm.
    let _turn = shared.pictures.coming.acquire().await.ok();
    // Somebody may have asked for the same one just before.
    if let Some(known) = shared.pictures.shelf.get(url) {
        return Ok(known);
    }
    let made = timeout(DEADLINE, make(shared, url)).await;
    let late = || EngineError(format!("the picture did not come within {} seconds", DEADLINE.as_secs()));
    let decoded = Arc::new(made.unwrap_or_else(|_| Err(late()))?);
    shared.pictures.shelf.put(url, Arc::clone(&decoded));
    Ok(decoded)
}

async fn make(shared: &Arc<Shared>, url: &str) -> Answer<Decoded> {
    let folder = folder_of(shared);
    if let Some(folder) = folder.clone() {
        let url = url.to_owned();
        let kept = spawn_blocking(move || folder::read(&folder, &url, MAX_BYTES)).await.ok().flatten();
        // What was kept and cannot be read any more is fetched anew.
        if let Some(Ok(decoded)) = match kept {
            Some(bytes) => Some(decoded(shared, bytes.into()).await),
            None => None,
        } {
            return Ok(decoded);
        }
    }
    let (bytes, whole) = fetch(shared, url).await?;
    let picture = decoded(shared, bytes.clone()).await?;
    if let Some(folder) = folder.filter(|_| whole && !shared.store.is_read_only()) {
        let url = url.to_owned();
        let keep = move || folder::keep(&folder, &url, &bytes);
        match spawn_blocking(keep).await {
            Ok(Ok(())) => {}
            // It is shown all the same; it will be fetched again.
            Ok(Err(error)) => tracing::warn!("a picture could not be kept: {error}"),
            Err(_) => tracing::warn!("keeping a picture panicked"),
        }
    }
    Ok(picture)
}

/// `cache/pictures/` of the tidings directory; none when nothing is kept on disk. May be deleted at any time.
fn folder_of(shared: &Shared) -> Option<PathBuf> {
    shared.paths.as_ref().map(|paths| paths.dir.join("cache").join("pictures"))
}

/// The bytes at an address, and whether they are all that was announced. Under R9: no private address that the config does
/// not allow, nothing that tells who asks.
async fn fetch(shared: &Arc<Shared>, url: &str) -> Answer<(bytes::Bytes, bool)> {
    let request = Request { url: url.to_owned(), accept: Accept::Picture, most: Some(MAX_BYTES), ..Request::default() };
    let answer = shared.fetcher().get(request).await.map_err(|error| EngineError(words(&error)))?;
    Ok((answer.body, !answer.truncated))
}

fn words(error: &FetchError) -> String {
    match error {
        FetchError::TooLarge { limit_mib } => format!("the picture is larger than {limit_mib} MiB"),
        FetchError::Status { status: status @ (404 | 410), .. } => {
            format!("the server answered {status}: there is no picture at this address")
        }
        FetchError::Status { .. }
        | FetchError::TimedOut { .. }
        | FetchError::Refused(_)
        | FetchError::Unreachable { .. }
        | FetchError::Failed(_) => error.to_string(),
    }
}

/// Decodes away from the threads that wait for the network. A panic in a decoder is caught there and is this picture's error.
async fn decoded(shared: &Arc<Shared>, bytes: bytes::Bytes) -> Answer<Decoded> {
    let turn = Arc::clone(&shared.pictures.decoding).acquire_owned().await.ok();
    let work = spawn_blocking(move || {
        let decoded = decode::decode(&bytes);
        // Held until it is done, also when nobody waits for it any more.
        drop(turn);
        decoded
    });
    work.await.map_err(|_| EngineError(BROKE.to_owned()))?.map_err(|unfit| EngineError(unfit.to_string()))
}
