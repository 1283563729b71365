//! Addresses of one item: tracking parameters, AMP and mobile variants, scheme and trailing slash do not count.

use url::Url;

/// Parameters that say where a reader came from, not what is read; `utm_*` besides.
const TRACKING: [&str; 16] = [
    "fbclid",
    "gclid",
    "dclid",
    "msclkid",
    "mc_cid",
    "mc_eid",
    "igshid",
    "twclid",
    "yclid",
    "cmpid",
    "ito",
    "ref",
    "ref_src",
    "amp",
    "outputtype",
    "spm",
];

/// A key that is equal for addresses of one item; none for what has no address of its own.
pub(super) fn canonical(address: &str) -> Option<String> {
    if address.len() > 2_048 {
        return None;
    }
    let address = address.trim();
    if let Some((host, path)) = plain(address) {
        let (host, path) = bare(host, path);
        return (!path.is_empty()).then(|| [host, path].concat());
    }
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let (host, path) = bare(url.host_str()?, url.path());
    let kept = |name: &str| {
        let tracking = TRACKING.iter().any(|t| t.eq_ignore_ascii_case(name));
        !tracking && !name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("utm_"))
    };
    let mut query: Vec<(String, String)> =
        url.query_pairs().filter(|(name, _)| kept(name)).map(|(n, v)| (n.into_owned(), v.into_owned())).collect();
    // A front page is no item.
    if path.is_empty() && query.is_empty() {
        return None;
    }
    query.sort_unstable();
    let mut key = format!("{host}{path}");
    for (name, value) in query {
        key.extend(["\u{1}", name.as_str(), "=", value.as_str()]);
    }
    Some(key)
}

/// Host and path without what marks variants of one item.
fn bare<'a>(host: &'a str, path: &'a str) -> (&'a str, &'a str) {
    // Google News wraps addresses in a code that says nothing: each is its own.
    let wrapped = host == "news.google.com";
    let host = ["www.", "m.", "mobile.", "amp."]
        .iter()
        .find_map(|sub| host.strip_prefix(sub).filter(|h| h.contains('.')))
        .unwrap_or(host);
    let mut path = path.trim_end_matches('/');
    if !wrapped {
        for ending in ["/amp", ".amp", "/amp.html"] {
            path = path.strip_suffix(ending).unwrap_or(path);
        }
        path = path.strip_prefix("/amp/").map_or(path, |rest| &path[path.len() - rest.len() - 1..]);
    }
    (host, path)
}

/// Host and path of an address in which nothing needs to be decoded, put into normal form or left out, as most have none:
/// taking them apart by all the rules of URLs costs as much as reading the title.
fn plain(address: &str) -> Option<(&str, &str)> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let (host, path) = rest.split_at(rest.find('/')?);
    let last = host.rsplit('.').next()?.as_bytes();
    let is_name = host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.')
        && host.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric())
        // Not a number, as those of IP are, and not a name in Punycode.
        && last.len() >= 2
        && last.iter().all(u8::is_ascii_lowercase)
        && !host.contains("xn--")
        && !host.contains("..");
    let is_plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.' | b'~'))
        && !path.contains("/.");
    (is_name && is_plain).then_some((host, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_item_has_one_key() {
        let key = canonical("https://harbour.example/news/cranes-stop");
        assert!(key.is_some());
        for address in [
            "http://harbour.example/news/cranes-stop/",
            "https://www.harbour.example/news/cranes-stop?utm_source=rss&utm_medium=feed",
            "https://m.harbour.example/news/cranes-stop#comments",
            "https://amp.harbour.example/news/cranes-stop?fbclid=1",
            "https://harbour.example/news/cranes-stop/amp/",
            "https://harbour.example/amp/news/cranes-stop",
            " https://harbour.example/news/cranes-stop?amp=1",
        ] {
            assert_eq!(canonical(address), key, "{address}");
        }
    }

    #[test]
    fn different_items_differ() {
        let addresses = [
            "https://harbour.example/news/cranes-stop",
            "https://harbour.example/news/cranes",
            "https://harbour.example/?p=12",
            "https://harbour.example/?p=13",
            "https://other.example/news/cranes-stop",
            "https://news.google.com/rss/articles/abc",
            "https://news.google.com/rss/articles/abd",
        ];
        for (n, one) in addresses.iter().enumerate() {
            for other in &addresses[n + 1..] {
                assert_ne!(canonical(one), canonical(other), "{one} {other}");
            }
        }
    }

    #[test]
    fn plain_addresses_are_read_as_all_others_are() {
        for address in [
            "https://harbour.example/news/cranes-stop/",
            "http://www.harbour.example/amp/News_1.2~3.html",
            "https://news.google.com/rss/articles/abc/amp",
            "https://1.harbour.example/a//b/",
        ] {
            let (host, path) = plain(address).expect("a plain address");
            let url = Url::parse(address).unwrap();
            assert_eq!((url.host_str(), url.path()), (Some(host), path), "{address}");
        }
        for address in [
            "https://harbour.example/a/../b",
            "https://Harbour.example/a",
            "https://harbour.example/a?b",
            "https://harbour.example/a#b",
            "https://harbour.example/%61",
            "https://127.0.0.1/a",
            "https://0x7f.1/a",
            "https://desk@harbour.example/a",
            "https://harbour.example:80/a",
            "https://xn--hfen-loa.example/a",
            "https://harbour.example\\a/b",
            "ftp://harbour.example/a",
        ] {
            assert_eq!(plain(address), None, "{address}");
        }
    }

    #[test]
    fn what_is_no_item_has_no_key() {
        for address in [
            "",
            "harbour",
            "mailto:desk@harbour.example",
            "https://harbour.example/",
            "https://harbour.example/?utm_source=x",
        ] {
            assert_eq!(canonical(address), None, "{address}");
        }
        assert_eq!(canonical(&format!("https://harbour.example/{}", "a".repeat(5_000))), None);
    }
}
