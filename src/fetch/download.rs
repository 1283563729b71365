//! A file of any size: its head first, then its bytes piece by piece, from the beginning or from where an earlier download ended.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{
    ACCEPT_ENCODING, CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderName,
    HeaderValue, IF_RANGE, RANGE,
};
use tokio::time::timeout;
use url::Url;

use super::exchange::{self, Asked, Budget};
use super::gzip::Gunzip;
use super::{FetchError, Request, Shared, caching, failure};

/// Longer headers than this say nothing that is wanted here.
const LONGEST_HEADER: usize = 4096;

/// What of a file is here already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partial {
    /// So many bytes from its beginning.
    pub bytes: u64,
    /// What the server called that version of it: a strong `ETag`, else `Last-Modified` (RFC 9110, 13.1.5).
    pub validator: String,
    /// Host and port that said so. No other is told.
    pub place: String,
}

/// A file on its way.
#[derive(Debug)]
pub struct Download {
    /// The first byte that comes: that behind what was here, or 0: what was here is of no use.
    pub from: u64,
    /// Bytes of the whole file, when the server tells.
    pub total: Option<u64>,
    /// For going on later; see [`Partial`].
    pub validator: Option<(String, String)>,
    /// `Content-Disposition`, foreign.
    pub disposition: Option<String>,
    /// `Content-Type`, foreign.
    pub content_type: Option<String>,
    /// Where it comes from, after redirects.
    pub url: Url,
    response: reqwest::Response,
    /// For a server that packs although it was asked not to.
    gunzip: Option<Gunzip>,
    packed: Bytes,
    patience: Duration,
}

impl Download {
    /// The next bytes; none: that was all. Each piece has as long as a whole document may take.
    ///
    /// # Errors
    /// `TimedOut` when nothing comes, otherwise as in [`FetchError`]; what came before stays good.
    pub async fn next(&mut self) -> Result<Option<Bytes>, FetchError> {
        loop {
            if let Some(gunzip) = self.gunzip.as_mut().filter(|_| !self.packed.is_empty()) {
                let piece = gunzip.unpack(&mut self.packed).map_err(|error| failure::damaged(&error, &self.url))?;
                if !piece.is_empty() {
                    return Ok(Some(piece.into()));
                }
                continue;
            }
            let came = timeout(self.patience, self.response.chunk()).await;
            let piece = came
                .map_err(|_| FetchError::TimedOut { seconds: self.patience.as_secs().max(1) })?
                .map_err(|error| failure::of(&error, &self.url, None))?;
            match (piece, &mut self.gunzip) {
                (Some(piece), Some(_)) => self.packed = piece,
                (Some(piece), None) => return Ok(Some(piece)),
                (None, Some(gunzip)) => {
                    let (rest, ended) = gunzip.finish();
                    ended.map_err(|error| failure::damaged(&error, &self.url))?;
                    return Ok(Some(rest).filter(|rest| !rest.is_empty()).map(Bytes::from));
                }
                (None, None) => return Ok(None),
            }
        }
    }
}

/// Asks for a file. A server that knows nothing of parts, or has another version by now, sends the whole.
pub(super) async fn begin(
    shared: &Shared,
    request: &Request,
    url: Url,
    partial: Option<&Partial>,
) -> Result<Download, FetchError> {
    let patience = shared.policy.timeout;
    let mut budget = Budget::new(patience);
    let ask = |url: &Url| headers(url, partial);
    // The turn is given back at once: a long file must not keep the feeds of its host waiting.
    let Asked { response, trail, .. } = exchange::ask(shared, request, url, ask, &mut budget).await?;
    let status = response.status().as_u16();
    let head = response.headers();
    let (from, total) = match (status, partial) {
        (206, Some(partial)) => match range(head) {
            Some((from, total)) if from == partial.bytes => (from, total),
            Some(_) | None => return Err(FetchError::Failed("the server sent another part than was asked".into())),
        },
        (200, _) => (0, response.content_length().filter(|_| !head.contains_key(CONTENT_ENCODING))),
        _ => {
            let retry_after_s = caching::retry_after(head, shared.clock.now());
            return Err(FetchError::Status { status, retry_after_s });
        }
    };
    let text = |name: HeaderName| {
        let bytes = head.get(name)?.as_bytes();
        (bytes.len() <= LONGEST_HEADER).then(|| String::from_utf8_lossy(bytes).into_owned())
    };
    let validator = place(trail.url()).and_then(|place| Some((validator(head)?, place)));
    let gunzip = Gunzip::of(head);
    Ok(Download {
        from,
        total,
        validator,
        disposition: text(CONTENT_DISPOSITION),
        content_type: text(CONTENT_TYPE),
        url: trail.url().clone(),
        response,
        gunzip,
        packed: Bytes::new(),
        patience,
    })
}

fn headers(url: &Url, partial: Option<&Partial>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    // Parts are parts of the file, not of something packed.
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
    if let Some(partial) = partial.filter(|partial| place(url).as_deref() == Some(&partial.place))
        && let (Ok(range), Ok(version)) =
            (HeaderValue::from_str(&format!("bytes={}-", partial.bytes)), HeaderValue::from_str(&partial.validator))
    {
        headers.insert(RANGE, range);
        headers.insert(IF_RANGE, version);
    }
    headers
}

fn place(url: &Url) -> Option<String> {
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}

/// What names this version of the file exactly. A weak tag does not.
fn validator(head: &HeaderMap) -> Option<String> {
    let known = caching::validators(head);
    let text =
        |bytes: Vec<u8>| String::from_utf8(bytes).ok().filter(|text| text.bytes().all(|b| (b' '..=b'~').contains(&b)));
    known.etag.and_then(text).filter(|tag| tag.starts_with('"')).or_else(|| known.last_modified.and_then(text))
}

/// `bytes 100-199/200` (RFC 9110, 14.4): the first byte, and how many the whole has.
fn range(head: &HeaderMap) -> Option<(u64, Option<u64>)> {
    let value = head.get(CONTENT_RANGE)?.to_str().ok()?.trim();
    let (part, whole) = value.strip_prefix("bytes ")?.split_once('/')?;
    let (from, to) = part.split_once('-')?;
    let (from, to): (u64, u64) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
    let whole = whole.trim().parse().ok();
    (from <= to && whole.is_none_or(|whole| to < whole)).then_some((from, whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(lines: &[(HeaderName, &str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    #[test]
    fn ranges_are_read_and_nonsense_is_not() {
        let read = |value| range(&head(&[(CONTENT_RANGE, value)]));
        assert_eq!(read("bytes 100-199/200"), Some((100, Some(200))));
        assert_eq!(read("bytes 0-0/*"), Some((0, None)));
        for bad in ["bytes */200", "bytes 5-4/9", "bytes 0-9/9", "items 0-1/2", "bytes 0-99999999999999999999/1", ""] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_part_is_asked_for_only_where_it_came_from() {
        let partial = Partial { bytes: 7, validator: "\"v1\"".into(), place: "a.example:443".into() };
        let asked = |url: &str| headers(&Url::parse(url).unwrap(), Some(&partial));
        assert_eq!(asked("https://a.example/talk.mp3")[RANGE], "bytes=7-");
        assert_eq!(asked("https://a.example/talk.mp3")[IF_RANGE], "\"v1\"");
        for other in ["https://b.example/talk.mp3", "http://a.example/talk.mp3"] {
            assert_eq!(asked(other).len(), 1, "{other}: nothing but identity");
        }
    }

    #[test]
    fn weak_tags_name_no_version() {
        use reqwest::header::{ETAG, LAST_MODIFIED};
        let day = "Tue, 06 Oct 2026 10:00:00 GMT";
        assert_eq!(validator(&head(&[(ETAG, "W/\"1\""), (LAST_MODIFIED, day)])).as_deref(), Some(day));
        assert_eq!(validator(&head(&[(ETAG, "\"1\""), (LAST_MODIFIED, day)])).as_deref(), Some("\"1\""));
        assert_eq!(validator(&head(&[(ETAG, "W/\"1\"")])), None);
    }
}
