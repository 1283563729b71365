//! Reads an answer's body piece by piece, counting what comes out of the decoder (THREATS R6, T7).

use bytes::Bytes;
use reqwest::Response;

use super::{FetchError, failure};

/// Room made before the first piece; what the header announces is not believed.
const FIRST_ROOM: usize = 64 * 1024;

/// The decoded body, and whether it ended before its announced end.
///
/// # Errors
/// `TooLarge` beyond `most` bytes; otherwise as [`failure::of`]. A body that ends early with nothing in it is a failure.
pub(super) async fn read(mut response: Response, most: u64) -> Result<(Bytes, bool), FetchError> {
    let too_large = || FetchError::TooLarge { limit_mib: (most >> 20).max(1) };
    // Only bodies that are not compressed have a length here.
    if response.content_length().is_some_and(|length| length > most) {
        return Err(too_large());
    }
    let mut body: Vec<u8> = Vec::with_capacity(FIRST_ROOM);
    loop {
        match response.chunk().await {
            Ok(Some(piece)) => {
                let length = u64::try_from(body.len().saturating_add(piece.len())).unwrap_or(u64::MAX);
                if length > most {
                    return Err(too_large());
                }
                body.extend_from_slice(&piece);
            }
            Ok(None) => return Ok((finished(body), false)),
            Err(error) if failure::ended_early(&error) && !body.is_empty() => return Ok((finished(body), true)),
            Err(error) => return Err(failure::of(&error, response.url(), None)),
        }
    }
}

fn finished(mut body: Vec<u8>) -> Bytes {
    body.shrink_to_fit();
    body.into()
}
