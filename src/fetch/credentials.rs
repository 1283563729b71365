//! The user name and password of a feed: from its address, its settings and its `password_command`.

use std::fmt;

use url::Url;

use super::mask::plain;
use super::{FetchError, Request, password};

/// What basic authentication sends (RFC 7617).
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Credentials {
    /// User name.
    pub(super) username: String,
    /// Password; may be empty.
    pub(super) password: String,
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(***)")
    }
}

/// The credentials of a request, none when it has none. Settings go before the address. Runs the `password_command`.
///
/// # Errors
/// `Failed` when the command did not print a password.
pub(super) async fn of(request: &Request, url: &Url) -> Result<Option<Credentials>, FetchError> {
    let in_address = !url.username().is_empty() || url.password().is_some();
    if !in_address && request.username.is_none() && request.password_command.is_none() {
        return Ok(None);
    }
    let password = match &request.password_command {
        Some(command) => password::ask(command).await?,
        None => decoded(url.password().unwrap_or_default()),
    };
    let username = request.username.clone().unwrap_or_else(|| decoded(url.username()));
    if username.contains(':') {
        return Err(FetchError::Failed(format!("a user name cannot hold a colon: {}", plain(&username))));
    }
    Ok(Some(Credentials { username, password }))
}

/// Userinfo without its percent-encoding.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        if let (b'%', Some(high), Some(low)) = (byte, digit(0), digit(1)) {
            bytes.extend(u8::try_from(high * 16 + low));
            rest = &after[2..];
        } else {
            bytes.push(byte);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn given(request: &Request, url: &str) -> Option<(String, String)> {
        let found = of(request, &Url::parse(url).unwrap()).await.unwrap()?;
        Some((found.username, found.password))
    }

    async fn pair(request: &Request, url: &str) -> (String, String) {
        given(request, url).await.expect("credentials")
    }

    fn same(found: &(String, String), username: &str, password: &str) {
        assert_eq!((found.0.as_str(), found.1.as_str()), (username, password));
    }

    #[tokio::test]
    async fn settings_go_before_the_address() {
        let none = Request::default();
        assert_eq!(given(&none, "http://example.com/").await, None);
        same(&pair(&none, "http://m%40e:p%3a%zz%@example.com/").await, "m@e", "p:%zz%");
        same(&pair(&none, "http://:only@example.com/").await, "", "only");
        let named = Request { username: Some("you".into()), ..Request::default() };
        same(&pair(&named, "http://me:pw@example.com/").await, "you", "pw");
        let commanded = Request { password_command: Some(vec!["echo".into(), "fresh".into()]), ..named };
        same(&pair(&commanded, "http://me:pw@example.com/").await, "you", "fresh");
    }

    #[tokio::test]
    async fn a_colon_in_a_user_name_is_an_error() {
        let request = Request { username: Some("a:b".into()), ..Request::default() };
        assert!(of(&request, &Url::parse("http://example.com/").unwrap()).await.is_err());
    }
}
