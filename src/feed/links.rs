//! Addresses as feeds give them, made absolute; only http and https pass.

use url::Url;

/// Characters of an address; longer ones are attacks or data.
const LONGEST: usize = 8_192;

/// An absolute http or https address, as the URL standard writes it. None for anything else.
pub(super) fn absolute(address: &str, base: Option<&Url>) -> Option<Url> {
    let address = address.trim();
    if address.is_empty() || address.len() > LONGEST {
        return None;
    }
    let url = match base {
        Some(base) => base.join(address),
        None => Url::parse(address),
    };
    url.ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

/// As [`absolute`], for addresses that are complete already.
pub(super) fn complete(address: &str) -> Option<Url> {
    absolute(address, None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_web_passes() {
        let base = Url::parse("https://desk.example/news/").unwrap();
        let read = |address: &str| absolute(address, Some(&base)).map(String::from);
        assert_eq!(read(" one\n").as_deref(), Some("https://desk.example/news/one"));
        assert_eq!(read("//cdn.example/x").as_deref(), Some("https://cdn.example/x"));
        assert_eq!(read("HTTP://Example.ORG/a b").as_deref(), Some("http://example.org/a%20b"));
        for bad in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "mailto:a@b", "", "http://"] {
            assert_eq!(read(bad), None, "{bad}");
        }
        assert_eq!(complete("--help"), None);
    }
}
