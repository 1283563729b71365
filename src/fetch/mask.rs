//! Makes addresses and foreign words fit to be shown: no secrets, no control characters, not endless.

use url::Url;

/// Longest piece of foreign text in an error, in characters.
const MAX_SHOWN: usize = 160;

/// The address with `***` in place of user name and password, to be shown, logged or exported.
#[must_use]
pub fn mask_userinfo(url: &str) -> String {
    if let Ok(mut parsed) = Url::parse(url)
        && parsed.has_authority()
    {
        if parsed.username().is_empty() && parsed.password().is_none() {
            return url.to_owned();
        }
        let removed = parsed.set_password(None).is_ok() && parsed.set_username("***").is_ok();
        return if removed { parsed.into() } else { "***".to_owned() };
    }
    // Not a URL (yet): whatever stands before an `@` in the place of the host may be a secret.
    let (scheme, rest) = url.split_once("://").map_or(("", url), |(scheme, rest)| (scheme, rest));
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..end].rfind('@') {
        Some(at) if scheme.is_empty() => format!("***{}", &rest[at..]),
        Some(at) => format!("{scheme}://***{}", &rest[at..]),
        None => url.to_owned(),
    }
}

/// Scheme, host, port and path, for an error: a query may carry a key.
pub(super) fn shown(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.set_fragment(None);
    plain(&mask_userinfo(url.as_str()))
}

/// As [`shown`], for an address that may be none.
pub(super) fn loggable(url: &str) -> String {
    Url::parse(url).map_or_else(|_| plain(&mask_userinfo(url)), |url| shown(&url))
}

/// One line of letters, digits and ASCII signs, shortened: for the few foreign words that stand in our errors.
pub(super) fn plain(text: &str) -> String {
    let kept: String =
        text.chars().map(|c| if c.is_alphanumeric() || c.is_ascii_graphic() { c } else { ' ' }).collect();
    let mut line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = line.char_indices().nth(MAX_SHOWN) {
        line.truncate(cut);
        line.push_str("...");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn userinfo_is_masked_in_every_spelling() {
        for (given, masked) in [
            ("https://example.com/feed?a=b@c", "https://example.com/feed?a=b@c"),
            ("https://social.example/@user/feed", "https://social.example/@user/feed"),
            ("https://me:secret@example.com/feed", "https://***@example.com/feed"),
            ("https://secret@example.com/", "https://***@example.com/"),
            ("https://:secret@example.com/", "https://***@example.com/"),
            ("http:\\\\me:secret@example.com\\feed", "http://***@example.com/feed"),
            ("https:me:secret@example.com/feed", "https://***@example.com/feed"),
            ("socks5://me:secret@proxy:1080", "socks5://***@proxy:1080"),
            ("me:secret@example.com/feed", "***@example.com/feed"),
            ("http://me:se@cret@:bad port/", "http://***@:bad port/"),
        ] {
            assert_eq!(mask_userinfo(given), masked, "{given}");
        }
    }

    #[test]
    fn errors_show_neither_query_nor_controls() {
        let url = Url::parse("https://me:pw@example.com/a?token=1#x").unwrap();
        assert_eq!(shown(&url), "https://***@example.com/a");
        assert_eq!(plain("\u{1b}]0;x\u{7} \u{202e}Größe\n ok"), "]0;x Größe ok");
        assert_eq!(plain(&"x".repeat(500)).len(), MAX_SHOWN + 3);
    }
}
