//! `file:` feeds, which only the user's own config may name.

use std::fs::{File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;
use tokio::task::spawn_blocking;
use tokio::time::timeout;
use url::Url;

use crate::model::Validators;

use super::mask::plain;
use super::{FetchError, Policy, Request, Response};

/// Reads the file; 304 when it is as it was. Anything but a regular file is refused, so that nothing can hang or be endless.
///
/// # Errors
/// `Refused` unless the request is for a subscribed address; `Failed` or `TooLarge` for what cannot be read.
pub(super) async fn read(policy: &Policy, request: &Request, url: &Url) -> Result<Response, FetchError> {
    if !request.subscribed {
        return Err(FetchError::Refused("files are read only for feeds that the config names".to_owned()));
    }
    let path = url
        .to_file_path()
        .map_err(|()| FetchError::Refused("a file: address needs an absolute path on this machine".to_owned()))?;
    let (most, known) = (policy.max_bytes, request.validators.etag.clone());
    let reading = spawn_blocking(move || read_file(&path, most, known.as_deref()));
    // A file on a network drive that is away keeps its thread, not its caller.
    let read = timeout(policy.timeout, reading).await;
    let read = read.map_err(|_| FetchError::TimedOut { seconds: policy.timeout.as_secs() })?;
    let (body, etag) = read.unwrap_or_else(|_| Err(FetchError::Failed("the file could not be read".to_owned())))?;
    Ok(Response {
        status: if body.is_some() { 200 } else { 304 },
        body: body.unwrap_or_default().into(),
        content_type: None,
        validators: Validators { etag: Some(etag), last_modified: None },
        max_age_s: None,
        url: url.to_string(),
        moved_to: None,
        truncated: false,
    })
}

/// The contents, none when the tag is the known one; and the tag.
type Found = (Option<Vec<u8>>, Vec<u8>);

fn read_file(path: &Path, most: u64, known: Option<&[u8]>) -> Result<Found, FetchError> {
    let fail = |error: io::Error| {
        FetchError::Failed(format!("cannot read {}: {}", plain(&path.to_string_lossy()), plain(&error.to_string())))
    };
    let too_large = FetchError::TooLarge { limit_mib: (most >> 20).max(1) };
    let (file, tag, length) = open(path).map_err(fail)?;
    if known == Some(tag.as_slice()) {
        return Ok((None, tag));
    }
    if length > most {
        return Err(too_large);
    }
    let mut body = Vec::new();
    file.take(most.saturating_add(1)).read_to_end(&mut body).map_err(fail)?;
    if u64::try_from(body.len()).unwrap_or(u64::MAX) > most {
        return Err(too_large);
    }
    Ok((Some(body), tag))
}

/// Opens a regular file, with a tag that changes whenever it is written or replaced.
fn open(path: &Path) -> io::Result<(File, Vec<u8>, u64)> {
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or(0);
    // Not to wait for the other end of a FIFO.
    let file = OpenOptions::new().read(true).custom_flags(flags).open(path)?;
    let facts = file.metadata()?;
    if !facts.is_file() {
        let what = if facts.is_dir() { "it is a directory" } else { "it is not a regular file" };
        return Err(io::Error::new(io::ErrorKind::InvalidInput, what));
    }
    let tag = format!("file-{}-{}-{}.{:09}", facts.ino(), facts.len(), facts.mtime(), facts.mtime_nsec());
    let tag = format!("{tag}-{}.{:09}", facts.ctime(), facts.ctime_nsec());
    Ok((file, tag.into_bytes(), facts.len()))
}
