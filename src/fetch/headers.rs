//! What a request says of itself: who asks, what is wanted, what is known already.

use reqwest::header::{
    ACCEPT, ACCEPT_ENCODING, CONNECTION, CONTENT_LENGTH, HOST, HeaderMap, HeaderName, HeaderValue, IF_MODIFIED_SINCE,
    IF_NONE_MATCH, TRANSFER_ENCODING, USER_AGENT,
};

use crate::model::Validators;

use super::mask::plain;
use super::{Accept, FetchError};

const FEED: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, \
                    application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1";
const PAGE: &str = "text/html, application/xhtml+xml, application/atom+xml;q=0.9, application/rss+xml;q=0.9, \
                    application/feed+json;q=0.9, */*;q=0.1";

const PICTURE: &str = "image/png, image/jpeg, image/gif, image/webp, */*;q=0.1";

/// All that is unpacked: gzip by [`super::gzip`], the others by the HTTP client.
const ENCODINGS: &str = "gzip, br, zstd, deflate";

/// Belong to the connection or to decoding; a user's own would break both.
const RESERVED: [HeaderName; 5] = [HOST, CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING, ACCEPT_ENCODING];

/// Says what asks and how often, with a link when the package names one.
pub(super) fn user_agent() -> String {
    let link = [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")].into_iter().find(|link| !link.is_empty());
    let link = link.map(|link| format!("+{link}; ")).unwrap_or_default();
    format!("tidings/{} ({link}terminal feed reader; polls at most every 30 minutes)", env!("CARGO_PKG_VERSION"))
}

/// The headers of every hop.
pub(super) fn of_kind(accept: Accept) -> HeaderMap {
    let accept = match accept {
        Accept::Feed => FEED,
        Accept::Page => PAGE,
        Accept::Picture => PICTURE,
        Accept::File => "*/*",
    };
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static(accept));
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(ENCODINGS));
    if let Ok(agent) = HeaderValue::from_str(&user_agent()) {
        headers.insert(USER_AGENT, agent);
    }
    headers
}

/// Says that the connection is not needed any more. The client leaves it out where connections carry many requests, HTTP/2.
pub(super) fn close_after(headers: &mut HeaderMap) {
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
}

/// Adds the validators byte for byte; those that no header can hold are left out.
pub(super) fn add_validators(headers: &mut HeaderMap, validators: &Validators) {
    let pairs = [(IF_NONE_MATCH, &validators.etag), (IF_MODIFIED_SINCE, &validators.last_modified)];
    for (name, value) in pairs {
        if let Some(value) = value.as_deref().and_then(|bytes| HeaderValue::from_bytes(bytes).ok()) {
            headers.insert(name, value);
        }
    }
}

/// The user's own headers, which go in place of ours of the same name.
///
/// # Errors
/// `Failed`, naming the header but not its value.
pub(super) fn own(given: &[(String, String)]) -> Result<HeaderMap, FetchError> {
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let fail = |why: &str| FetchError::Failed(format!("the feed's header {} {why}", plain(name)));
        let name = HeaderName::from_bytes(name.trim().as_bytes()).map_err(|_| fail("is not a header name"))?;
        if RESERVED.contains(&name) {
            return Err(fail("cannot be set"));
        }
        let mut value =
            HeaderValue::from_bytes(value.trim().as_bytes()).map_err(|_| fail("has a value that cannot be sent"))?;
        value.set_sensitive(true);
        headers.append(name, value);
    }
    Ok(headers)
}

/// Puts `own` in place of what `headers` has under the same names.
pub(super) fn replace(headers: &mut HeaderMap, own: &HeaderMap) {
    for name in own.keys() {
        headers.remove(name);
        for value in own.get_all(name) {
            headers.append(name.clone(), value.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_header_is_named_without_its_value() {
        for (name, value, word) in [
            ("bad name", "secret", "not a header name"),
            ("X-Key", "sec\nret", "cannot be sent"),
            ("Host", "secret", "cannot be set"),
            ("Accept-Encoding", "secret", "cannot be set"),
        ] {
            let words = own(&[(name.into(), value.into())]).unwrap_err().to_string();
            assert!(words.contains(word) && words.contains(name) && !words.contains("sec"), "{words}");
        }
    }

    #[test]
    fn the_users_headers_go_first() {
        let mut headers = of_kind(Accept::Feed);
        let pairs = [("accept", "text/x"), ("X-Key", "1"), ("x-key", "2")].map(|(a, b)| (a.to_owned(), b.to_owned()));
        replace(&mut headers, &own(&pairs).unwrap());
        assert_eq!(headers.get_all(ACCEPT).iter().collect::<Vec<_>>(), ["text/x"]);
        assert_eq!(headers.get_all("x-key").iter().collect::<Vec<_>>(), ["1", "2"]);
        assert!(headers[USER_AGENT].to_str().unwrap().starts_with("tidings/"));
    }

    #[test]
    fn validators_that_no_header_can_hold_are_left_out() {
        let mut headers = HeaderMap::new();
        let validators = Validators { etag: Some(b"a\nb".to_vec()), last_modified: Some(b"\xff".to_vec()) };
        add_validators(&mut headers, &validators);
        assert_eq!(headers.get(IF_NONE_MATCH), None);
        assert_eq!(headers[IF_MODIFIED_SINCE].as_bytes(), b"\xff");
    }
}
