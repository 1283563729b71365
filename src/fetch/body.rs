//! Reads an answer's body piece by piece, counting what comes out of the decoder (THREATS R6, T7). Many small bodies are
//! held at once, but few large ones.

use std::sync::Arc;

use bytes::Bytes;
use reqwest::Response;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::timeout;

use super::exchange::Budget;
use super::{FetchError, failure};

/// Room made before the first piece; what the header announces is not believed.
const FIRST_ROOM: usize = 64 * 1024;

/// A body beyond this many bytes is large. Nearly all feeds are smaller.
const LARGE: usize = 1 << 20;

/// So many large bodies are held at once, until they are parsed: whatever the publishers send, a round's memory is bounded
/// by this many times the limit of one body.
pub(super) const LARGE_AT_ONCE: usize = 4;

/// The decoded body, and whether it ended before its announced end. A large one waits for its turn, which the deadline
/// does not count and which ends when the last copy of the body is dropped.
///
/// # Errors
/// `TooLarge` beyond `most` bytes; otherwise as [`failure::of`]. A body that ends early with nothing in it is a failure.
pub(super) async fn read(
    response: Response,
    most: u64,
    large: &Arc<Semaphore>,
    budget: &mut Budget,
) -> Result<(Bytes, bool), FetchError> {
    // Only bodies that are not compressed have a length here.
    if response.content_length().is_some_and(|length| length > most) {
        return Err(too_large(most));
    }
    let mut body = Body { response, most, read: Vec::with_capacity(FIRST_ROOM), room: LARGE, turn: None };
    loop {
        match budget.spend(body.fill()).await? {
            Filled::End { early } => return Ok((body.finished(), early)),
            Filled::Room => {
                // Who waited as long as a whole request may take goes on without: better than not at all.
                let turn = timeout(budget.whole(), Arc::clone(large).acquire_owned()).await;
                body.turn = turn.ok().and_then(Result::ok);
                body.room = usize::MAX;
            }
        }
    }
}

/// A body that is being read.
struct Body {
    response: Response,
    most: u64,
    read: Vec<u8>,
    /// Bytes that may be there before a turn is needed for more.
    room: usize,
    turn: Option<OwnedSemaphorePermit>,
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
        while self.read.len() <= self.room {
            match self.response.chunk().await {
                Ok(Some(piece)) => {
                    let length = u64::try_from(self.read.len().saturating_add(piece.len())).unwrap_or(u64::MAX);
                    if length > self.most {
                        return Err(too_large(self.most));
                    }
                    self.read.extend_from_slice(&piece);
                }
                Ok(None) => return Ok(Filled::End { early: false }),
                Err(error) if failure::ended_early(&error) && !self.read.is_empty() => {
                    return Ok(Filled::End { early: true });
                }
                Err(error) => return Err(failure::of(&error, self.response.url(), None)),
            }
        }
        Ok(Filled::Room)
    }

    fn finished(mut self) -> Bytes {
        self.read.shrink_to_fit();
        match self.turn {
            None => self.read.into(),
            Some(turn) => Bytes::from_owner(Held { bytes: self.read, _turn: turn }),
        }
    }
}

/// A large body with its turn.
struct Held {
    bytes: Vec<u8>,
    _turn: OwnedSemaphorePermit,
}

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

fn too_large(most: u64) -> FetchError {
    FetchError::TooLarge { limit_mib: (most >> 20).max(1) }
}
