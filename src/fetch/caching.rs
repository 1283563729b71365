//! What an answer's headers say about asking again: validators, freshness, `Retry-After`.

use jiff::Timestamp;
use reqwest::header::{AGE, CACHE_CONTROL, DATE, ETAG, HeaderMap, HeaderName, LAST_MODIFIED, RETRY_AFTER};

use crate::model::Validators;

use super::http_date;

/// Longer validators are not kept: servers refuse requests with longer headers.
const MAX_VALIDATOR: usize = 4096;
/// A server's clock that is further from ours than this is not believed.
const SANE_CLOCK_S: i64 = 24 * 3600;

/// The answer's validators, byte for byte.
pub(super) fn validators(headers: &HeaderMap) -> Validators {
    let bytes = |name: HeaderName| {
        let value = headers.get(name)?.as_bytes();
        (!value.is_empty() && value.len() <= MAX_VALIDATOR).then(|| value.to_vec())
    };
    Validators { etag: bytes(ETAG), last_modified: bytes(LAST_MODIFIED) }
}

/// What a 304 leaves for the next request: the old validators, renewed where it says so (RFC 9111, 4.3.4).
pub(super) fn renewed(old: &Validators, headers: &HeaderMap) -> Validators {
    let new = validators(headers);
    Validators {
        etag: new.etag.or_else(|| old.etag.clone()),
        last_modified: new.last_modified.or_else(|| old.last_modified.clone()),
    }
}

/// Seconds for which the answer stays fresh; none when it does not say, or forbids keeping it.
pub(super) fn max_age(headers: &HeaderMap) -> Option<u64> {
    let mut found = None;
    for line in headers.get_all(CACHE_CONTROL) {
        for directive in line.to_str().unwrap_or_default().split(',') {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "no-store" | "no-cache" => return None,
                "max-age" => found = found.or_else(|| seconds(value.trim().trim_matches('"').as_bytes())),
                _ => {}
            }
        }
    }
    let age = headers.get(AGE).and_then(|value| seconds(value.as_bytes())).unwrap_or(0);
    found.map(|max_age| max_age.saturating_sub(age))
}

/// Seconds from now that the server asks to wait, from either form of `Retry-After` (RFC 9110, 10.2.3); not capped.
pub(super) fn retry_after(headers: &HeaderMap, now: Timestamp) -> Option<u64> {
    headers.get_all(RETRY_AFTER).iter().find_map(|value| {
        let value = value.as_bytes().trim_ascii();
        seconds(value).or_else(|| {
            let until = http_date::parse(value, now)?;
            // Two dates of one clock tell the wait even when that clock is wrong by some hours.
            let theirs = headers.get(DATE).and_then(|date| http_date::parse(date.as_bytes(), now));
            let near = |date: &Timestamp| date.as_second().abs_diff(now.as_second()) <= SANE_CLOCK_S.unsigned_abs();
            let from = theirs.filter(near).unwrap_or(now);
            u64::try_from(until.as_second().saturating_sub(from.as_second())).ok().or(Some(0))
        })
    })
}

/// Digits only; a number too large to be held is the largest.
fn seconds(text: &[u8]) -> Option<u64> {
    if text.is_empty() || !text.iter().all(u8::is_ascii_digit) {
        return None;
    }
    Some(text.iter().fold(0u64, |sum, digit| sum.saturating_mul(10).saturating_add(u64::from(digit - b'0'))))
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn headers(lines: &[(HeaderName, &[u8])]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in lines {
            map.append(name.clone(), HeaderValue::from_bytes(value).unwrap());
        }
        map
    }

    fn wait(lines: &[(HeaderName, &[u8])]) -> Option<u64> {
        retry_after(&headers(lines), "2026-11-23T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn retry_after_is_read_in_every_form() {
        for (value, expected) in [
            (&b"120"[..], Some(120)),
            (b" 0 ", Some(0)),
            (b"99999999999999999999999999", Some(u64::MAX)),
            (b"Mon, 23 Nov 2026 12:01:40 GMT", Some(100)),
            (b"Monday, 23-Nov-26 12:01:40 GMT", Some(100)),
            (b"Mon Nov 23 12:01:40 2026", Some(100)),
            (b"Mon, 23 Nov 2026 11:00:00 GMT", Some(0)),
            (b"Fri, 01 Jan 2100 00:00:00 GMT", Some(2_307_009_600)),
            (b"soon", None),
            (b"-5", None),
            (b"1.5", None),
            (b"", None),
            (b"\xff", None),
        ] {
            assert_eq!(wait(&[(RETRY_AFTER, value)]), expected, "{}", String::from_utf8_lossy(value));
        }
    }

    #[test]
    fn a_date_counts_from_the_servers_own_clock_unless_that_is_absurd() {
        let until = (RETRY_AFTER, &b"Mon, 23 Nov 2026 15:10:00 GMT"[..]);
        assert_eq!(wait(&[until.clone(), (DATE, b"Mon, 23 Nov 2026 15:00:00 GMT")]), Some(600));
        assert_eq!(wait(&[until.clone(), (DATE, b"Thu, 01 Jan 1970 00:00:00 GMT")]), Some(3 * 3600 + 600));
        assert_eq!(wait(&[until, (DATE, b"yesterday")]), Some(3 * 3600 + 600));
    }

    #[test]
    fn max_age_is_read_and_lessened_by_age() {
        let age = |lines: &[(HeaderName, &[u8])]| max_age(&headers(lines));
        assert_eq!(age(&[(CACHE_CONTROL, b"public, Max-Age=\"300\"")]), Some(300));
        assert_eq!(
            age(&[(CACHE_CONTROL, b"public"), (CACHE_CONTROL, b"s-maxage=9, max-age=60"), (AGE, b"20")]),
            Some(40)
        );
        assert_eq!(age(&[(CACHE_CONTROL, b"max-age=60"), (AGE, b"90")]), Some(0));
        assert_eq!(age(&[(CACHE_CONTROL, b"max-age=60, no-cache")]), None);
        assert_eq!(age(&[(CACHE_CONTROL, b"max-age=-1")]), None);
        assert_eq!(age(&[]), None);
    }

    #[test]
    fn validators_are_kept_byte_for_byte() {
        let odd = headers(&[(ETAG, b"W/\"\xe9 no end"), (LAST_MODIFIED, b"Sun, 99 Foo 2026")]);
        let first = validators(&odd);
        assert_eq!(first.etag.as_deref(), Some(&b"W/\"\xe9 no end"[..]));
        let second = renewed(&first, &headers(&[(LAST_MODIFIED, b"later")]));
        assert_eq!(second.etag, first.etag, "a 304 without an ETag keeps the old one");
        assert_eq!(second.last_modified.as_deref(), Some(&b"later"[..]));
        let long = vec![b'x'; MAX_VALIDATOR + 1];
        assert_eq!(validators(&headers(&[(ETAG, &long)])).etag, None);
    }
}
