//! Reads an answer's body piece by piece, counting what comes out of the decoder (THREATS R6, T7). Many small bodies are
//! held at once, some larger ones, and few large ones.

use std::io::ErrorKind;
use std::sync::Arc;

use bytes::Bytes;
use reqwest::Response;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::exchange::Budget;
use super::gzip::Gunzip;
use super::{FetchError, failure};

/// Room made before the first piece; what the header announces is not believed.
const FIRST_ROOM: usize = 16 * 1024;

/// A body beyond this many bytes is no longer small.
const MEDIUM: usize = 16 * 1024;

/// So many bytes of bodies that are not small are held until they are parsed, and no more is read than there is room for:
/// feeds that answer together would else lie about whole, each waiting for its turn.
const MOST_HELD: usize = 2 << 20;

/// By so many bytes a body that is not small goes on while there is room: most come to their end in one step. With smaller
/// steps more of them begin, each with a buffer of the client as large as the step, and wait for the next.
const STEP: usize = 256 * 1024;

/// So many bodies go on where there is no room, so that some come to their end.
const AHEAD_AT_ONCE: usize = 4;

/// A body beyond this many bytes is large. Nearly all feeds are smaller.
const LARGE: usize = 1 << 20;

/// So many large bodies are held at once, until they are parsed: whatever the publishers send, a round's memory is bounded
/// by this many times the limit of one body.
const LARGE_AT_ONCE: usize = 4;

/// The room for bodies that are not small.
#[derive(Debug)]
pub(super) struct Room {
    /// A permit for each step.
    steps: Arc<Semaphore>,
    ahead: Arc<Semaphore>,
    large: Arc<Semaphore>,
}

impl Room {
    pub(super) fn new() -> Self {
        let [steps, ahead, large] =
            [MOST_HELD / STEP, AHEAD_AT_ONCE, LARGE_AT_ONCE].map(|places| Arc::new(Semaphore::new(places)));
        Self { steps, ahead, large }
    }

    /// Waits for room for a body that may go until `until` so far: its place, and until where it may go then.
    async fn more(&self, until: usize) -> (Option<OwnedSemaphorePermit>, usize) {
        let place = |of: &Arc<Semaphore>| Arc::clone(of).acquire_owned();
        if until >= LARGE {
            return (place(&self.large).await.ok(), usize::MAX);
        }
        tokio::select! {
            biased;
            step = place(&self.steps) => (step.ok(), LARGE.min(until + STEP)),
            ahead = place(&self.ahead) => (ahead.ok(), LARGE),
        }
    }
}

/// The decoded body, and whether it ended before its announced end. One that is not small waits for room, which the deadline
/// does not count and which is free again when the last copy of the body is dropped.
///
/// # Errors
/// `TooLarge` beyond `most` bytes; otherwise as [`failure::of`]. A body that ends early with nothing in it is a failure.
pub(super) async fn read(
    response: Response,
    most: u64,
    room: &Room,
    budget: &mut Budget,
) -> Result<(Bytes, bool), FetchError> {
    // Of a compressed body it is the length before it is unpacked, where it is known.
    if response.content_length().is_some_and(|length| length > most) {
        return Err(too_large(most));
    }
    let mut body = Body {
        gunzip: Gunzip::of(response.headers()),
        response,
        packed: Bytes::new(),
        came: 0,
        most,
        read: Vec::with_capacity(FIRST_ROOM),
        until: MEDIUM,
        room: Vec::new(),
    };
    loop {
        if let Filled::End { early } = budget.spend(body.fill()).await? {
            return Ok((body.finished(), early));
        }
        // Who waited as long as a whole request may take goes on without a place: better than not at all.
        let granted = timeout(budget.whole(), room.more(body.until)).await;
        let (place, until) = granted.unwrap_or((None, usize::MAX));
        body.room.extend(place);
        body.until = until;
        body.reserve();
    }
}

/// A body that is being read.
struct Body {
    response: Response,
    gunzip: Option<Gunzip>,
    /// What came and is not unpacked yet.
    packed: Bytes,
    /// Bytes that came in packed form.
    came: u64,
    most: u64,
    read: Vec<u8>,
    /// Bytes that may be there before room is needed for more.
    until: usize,
    room: Vec<OwnedSemaphorePermit>,
}

/// What ended the reading.
enum Filled {
    /// The end of the body; early: before its announced end.
    End { early: bool },
    /// There is more than there is room for.
    Room,
}

impl Body {
    /// Reads until there is more than there is room for.
    async fn fill(&mut self) -> Result<Filled, FetchError> {
        while self.read.len() <= self.until {
            if let Some(gunzip) = self.gunzip.as_mut().filter(|_| !self.packed.is_empty()) {
                let piece = gunzip.unpack(&mut self.packed).map_err(|error| self.damaged(&error))?;
                self.keep(&piece)?;
                continue;
            }
            match self.response.chunk().await {
                Ok(Some(piece)) if self.gunzip.is_some() => {
                    // What is packed for nothing, in empty members say, is a bomb for whoever unpacks it.
                    self.came = self.came.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
                    if self.came > self.most {
                        return Err(too_large(self.most));
                    }
                    self.packed = piece;
                }
                Ok(Some(piece)) => self.keep(&piece)?,
                Ok(None) => return self.end(),
                Err(error) if failure::ended_early(&error) => {
                    // Why it is not the whole is known already.
                    let (rest, _) = self.gunzip.as_mut().map_or((Vec::new(), Ok(())), Gunzip::finish);
                    self.keep(&rest)?;
                    if self.read.is_empty() {
                        return Err(failure::of(&error, self.response.url(), None));
                    }
                    return Ok(Filled::End { early: true });
                }
                Err(error) => return Err(failure::of(&error, self.response.url(), None)),
            }
        }
        Ok(Filled::Room)
    }

    /// The connection brought all; whether what was packed is whole is another matter.
    fn end(&mut self) -> Result<Filled, FetchError> {
        let Some(gunzip) = &mut self.gunzip else { return Ok(Filled::End { early: false }) };
        let (rest, ended) = gunzip.finish();
        self.keep(&rest)?;
        match ended {
            Ok(()) => Ok(Filled::End { early: false }),
            Err(error) if error.kind() == ErrorKind::UnexpectedEof && !self.read.is_empty() => {
                Ok(Filled::End { early: true })
            }
            Err(error) => Err(self.damaged(&error)),
        }
    }

    fn keep(&mut self, piece: &[u8]) -> Result<(), FetchError> {
        let length = u64::try_from(self.read.len().saturating_add(piece.len())).unwrap_or(u64::MAX);
        if length > self.most {
            return Err(too_large(self.most));
        }
        self.read.extend_from_slice(piece);
        Ok(())
    }

    /// Takes memory for what may come until there must be more room, at once and no more than is announced: grown piece by
    /// piece, it would be up to twice what it holds.
    fn reserve(&mut self) {
        let announced = if self.gunzip.is_some() { None } else { self.response.content_length() };
        let Some(announced) = announced.and_then(|length| usize::try_from(length).ok()) else { return };
        // What came is not in it any more.
        let whole = announced.saturating_add(self.read.len()).min(self.until).min(LARGE);
        self.read.reserve_exact(whole.saturating_sub(self.read.len()));
    }

    fn damaged(&self, error: &std::io::Error) -> FetchError {
        failure::damaged(error, self.response.url())
    }

    fn finished(mut self) -> Bytes {
        self.read.shrink_to_fit();
        if self.room.is_empty() {
            self.read.into()
        } else {
            Bytes::from_owner(Held { bytes: self.read, _room: self.room })
        }
    }
}

/// A body with its room.
struct Held {
    bytes: Vec<u8>,
    _room: Vec<OwnedSemaphorePermit>,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

fn too_large(most: u64) -> FetchError {
    FetchError::TooLarge { limit_mib: (most >> 20).max(1) }
}
