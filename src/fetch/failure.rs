//! reqwest's errors in words of our own: what happened, to what; without addresses' secrets or foreign bytes.

use std::error::Error;
use std::io;

use url::Url;

use super::FetchError;
use super::clients::Gate;
use super::guard::{PrivateName, refused};
use super::mask::plain;

/// The words for `error`, which happened on the way to or from `url`, by the proxy `gate` if there was one.
pub(super) fn of(error: &reqwest::Error, url: &Url, gate: Option<&Gate>) -> FetchError {
    let host = plain(url.host_str().unwrap_or_default());
    if let Some(private) = find::<PrivateName>(error) {
        return refused(&plain(&private.0));
    }
    let by = gate.map(|gate| format!(", by the proxy {}", plain(&gate.place))).unwrap_or_default();
    let unreachable = |reason: String| FetchError::Unreachable { host: host.clone(), reason: reason + &by };
    if error.is_dns() {
        return unreachable(format!("its name cannot be found ({})", deepest(error)));
    }
    if let Some(words) = tls_words(error, &tls_peer(&host, url, gate)) {
        return FetchError::Failed(words);
    }
    if error.is_connect() {
        if error.is_timeout() {
            return unreachable("no connection came about in time".to_owned());
        }
        if gate.is_some() && all_words(error).contains("proxy authorization required") {
            return unreachable("the user name and password for it are not the right ones".to_owned());
        }
        return unreachable(deepest(error));
    }
    FetchError::Failed(exchange_words(error, &host))
}

/// Who may have failed at TLS: a proxy that is asked over TLS does it first, and the error does not tell which it was.
fn tls_peer(host: &str, url: &Url, gate: Option<&Gate>) -> String {
    match gate.filter(|gate| gate.secure) {
        None => host.to_owned(),
        Some(gate) if url.scheme() == "https" => format!("{host} or the proxy {}", plain(&gate.place)),
        Some(gate) => format!("the proxy {}", plain(&gate.place)),
    }
}

/// The words for an answer that cannot be unpacked.
pub(super) fn damaged(error: &io::Error, url: &Url) -> FetchError {
    let host = plain(url.host_str().unwrap_or_default());
    FetchError::Failed(if error.kind() == io::ErrorKind::UnexpectedEof {
        format!("the answer of {host} ended before it began")
    } else {
        format!("the answer of {host} is damaged ({})", plain(&error.to_string()))
    })
}

/// Whether the connection ended, in good order, before the end of the body that it announced.
pub(super) fn ended_early(error: &reqwest::Error) -> bool {
    io_kinds(error).any(|kind| kind == io::ErrorKind::UnexpectedEof)
}

/// The innermost cause in plain words.
pub(super) fn deepest(error: &(dyn Error + 'static)) -> String {
    causes(error).last().map(|cause| plain(&cause.to_string())).unwrap_or_default()
}

/// What rustls says, told for people. Its types are not ours to name, so its words are looked at.
fn tls_words(error: &reqwest::Error, host: &str) -> Option<String> {
    let said = all_words(error);
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if has(&["invalid peer certificate", "certificate"]) {
        let why = if has(&["notvalidforname", "not valid for name"]) {
            "is for another name"
        } else if has(&["notvalidyet", "not valid yet"]) {
            "is not valid yet; is this machine's clock right?"
        } else if has(&["expired"]) {
            "has expired"
        } else if has(&["revoked"]) {
            "was revoked"
        } else {
            "is not trusted; where SSL_CERT_FILE names your own authority's certificate, it is"
        };
        return Some(format!("the TLS certificate of {host} {why} ({})", deepest(error)));
    }
    has(&["tls", "handshake", "received fatal alert", "corrupt message"])
        .then(|| format!("no secure connection to {host}: {}", deepest(error)))
}

fn exchange_words(error: &reqwest::Error, host: &str) -> String {
    let said = all_words(error);
    let has = |word: &str| said.contains(word);
    if io_kinds(error).any(|kind| kind == io::ErrorKind::ConnectionReset) {
        return format!("{host} broke the connection off");
    }
    if has("message head is too large") {
        return format!("the headers of the answer of {host} are too large");
    }
    if has("connection closed before message completed") {
        return format!("{host} closed the connection without an answer");
    }
    if has("invalid http") {
        return format!("{host} does not answer in HTTP");
    }
    if ended_early(error) {
        return format!("the answer of {host} ended before it began");
    }
    if error.is_decode() {
        return format!("the answer of {host} is damaged ({})", deepest(error));
    }
    format!("the exchange with {host} failed ({})", deepest(error))
}

/// The error and its causes, outermost first. An `io::Error` hides the error that it carries from `source`.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&cause: &&'a (dyn Error + 'static)| {
        match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(carried) => Some(carried as &(dyn Error + 'static)),
            None => cause.source(),
        }
    })
}

fn find<T: Error + 'static>(error: &reqwest::Error) -> Option<&T> {
    causes(error).find_map(|cause| cause.downcast_ref())
}

fn io_kinds(error: &reqwest::Error) -> impl Iterator<Item = io::ErrorKind> {
    causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind)
}

/// Everything that the chain of causes says, but not the address; in lower case.
fn all_words(error: &reqwest::Error) -> String {
    causes(error).skip(1).map(|cause| cause.to_string().to_lowercase()).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::clients::{Clients, Route};
    use crate::fetch::guard::Reach;

    #[tokio::test]
    async fn a_name_that_leads_home_is_refused_when_it_is_looked_up() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://localhost:{}/", listener.local_addr().unwrap().port())).unwrap();
        let client =
            Clients::new(&[], std::time::Duration::from_secs(20)).get(Reach::PublicOnly, &Route::Direct).await.unwrap();
        let error = client.get(url.clone()).send().await.unwrap_err();
        let told = of(&error, &url, None);
        assert!(matches!(&told, FetchError::Refused(words) if words.contains("localhost")), "{told:?}");
        let nobody = tokio::time::timeout(std::time::Duration::ZERO, listener.accept()).await;
        assert!(nobody.is_err(), "no connection was made");
    }
}
