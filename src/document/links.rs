//! The links of a document: absolute, numbered once each, without tracking, and honest about where they go.

use std::collections::HashMap;

use url::Url;

use super::blocks::Link;

/// Most links that a document numbers; the text of further ones stays.
const MAX_LINKS: usize = 5_000;
/// Longest address that is followed.
const MAX_ADDRESS: usize = 8 * 1024;
/// Most bytes of a link's text that are kept in the list of links.
const MAX_TEXT: usize = 300;

/// Query parameters that say who sent the reader, and nothing about what is read.
const TRACKING: [&str; 40] = [
    "_hsenc",
    "_hsmi",
    "_openstat",
    "__hsfp",
    "__hssc",
    "__hstc",
    "dclid",
    "ef_id",
    "epik",
    "fbclid",
    "gad_source",
    "gbraid",
    "gclid",
    "gclsrc",
    "hsctatracking",
    "igsh",
    "igshid",
    "irclickid",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "ml_subscriber",
    "ml_subscriber_hash",
    "msclkid",
    "oly_anon_id",
    "oly_enc_id",
    "rb_clickid",
    "s_kwcid",
    "srsltid",
    "ttclid",
    "twclid",
    "vero_conv",
    "vero_id",
    "wbraid",
    "wickedid",
    "yclid",
    "ysclid",
    "mtm_campaign",
    "mtm_source",
];

/// The address without tracking parameters (`utm_*`, `fbclid` ...); the rest stays byte for byte.
#[must_use]
pub fn clean_url(url: &str) -> String {
    let (rest, fragment) = url.find('#').map_or((url, ""), |at| url.split_at(at));
    let Some((path, query)) = rest.split_once('?') else { return url.to_owned() };
    if !query.split('&').any(is_tracking) {
        return url.to_owned();
    }
    let kept: Vec<&str> = query.split('&').filter(|parameter| !is_tracking(parameter)).collect();
    let mark = if kept.is_empty() { "" } else { "?" };
    format!("{path}{mark}{}{fragment}", kept.join("&"))
}

fn is_tracking(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or_default();
    name.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("utm_"))
        || TRACKING.iter().any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether it is an absolute http or https address with a host: what may be opened in a browser.
#[must_use]
pub fn is_web_url(url: &str) -> bool {
    Url::parse(url).is_ok_and(|url| is_web(&url))
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty())
}

/// Whether a link of this markup may lead to another host than that of `own`, by a look at each `href` and nothing else:
/// false is sure.
#[must_use]
pub fn may_lead_elsewhere(html: &str, own: &str) -> bool {
    let own = plain_host(own);
    memchr::memmem::find_iter(html.as_bytes(), "href").any(|at| {
        let value = html[at + "href".len()..].trim_start();
        let Some(value) = value.strip_prefix('=') else { return false };
        let value = value.trim_start().trim_start_matches(['"', '\'']).trim_start();
        !is_of_same_host(value) && plain_host(value).is_none_or(|host| Some(host) != own)
    })
}

/// Whether an address is sure to have no host of its own: a path, a place in the document, or for mail.
fn is_of_same_host(address: &str) -> bool {
    let is_path = match address.as_bytes() {
        [b'/', next, ..] => !matches!(next, b'/' | b'\\' | b'\t' | b'\r' | b'\n'),
        _ => false,
    };
    is_path || address.starts_with(['#', '?']) || address.starts_with("mailto:")
}

/// The host that a web address begins with, without `www.`; none where only a parser can tell.
fn plain_host(address: &str) -> Option<&str> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
    let end = rest.find(['/', '?', '#', '"', '\'', ' ', '>', '<']).unwrap_or(rest.len());
    let host = &rest[..end];
    let is_plain = host.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b':'));
    (is_plain && !host.is_empty()).then(|| host.strip_prefix("www.").unwrap_or(host))
}

/// The links of a document while it is read.
pub(super) struct LinkTable {
    base: Option<Url>,
    /// The address of the document itself, without what tracks; none when it is that of a whole site.
    own: Option<String>,
    links: Vec<Link>,
    numbers: HashMap<String, usize>,
}

impl LinkTable {
    pub(super) fn new(base: Option<&str>) -> Self {
        let base = base.and_then(|base| Url::parse(base).ok());
        let own = base.as_ref().filter(|base| base.path() != "/").map(without_fragment);
        Self { base, own, links: Vec::new(), numbers: HashMap::new() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.links.len()
    }

    /// The absolute web address that `href` names, if it names one other than the document itself.
    pub(super) fn resolve(&self, href: &str) -> Option<Url> {
        let href = href.trim_matches(|c: char| c.is_whitespace() || c.is_control());
        if href.is_empty() || href.starts_with('#') || href.len() > MAX_ADDRESS {
            return None;
        }
        let url = match &self.base {
            Some(base) => base.join(href).ok()?,
            None => Url::parse(href).ok()?,
        };
        let is_own = self.own.as_ref().is_some_and(|own| *own == without_fragment(&url));
        (is_web(&url) && !is_own && url.as_str().len() <= MAX_ADDRESS).then_some(url)
    }

    /// The number of a link to `url`; none when there are too many. Its text comes by [`Self::name`].
    pub(super) fn number(&mut self, url: &Url) -> Option<usize> {
        let url = clean_url(url.as_str());
        if let Some(number) = self.numbers.get(&url) {
            return Some(*number);
        }
        if self.links.len() >= MAX_LINKS {
            return None;
        }
        self.links.push(Link { url: url.clone(), text: String::new() });
        self.numbers.insert(url, self.links.len() - 1);
        Some(self.links.len() - 1)
    }

    /// Names a link after the text that carried it, unless it has a name.
    pub(super) fn name(&mut self, number: usize, text: &str) {
        if let Some(link) = self.links.get_mut(number)
            && link.text.is_empty()
        {
            let text = text.trim();
            text[..text.floor_char_boundary(MAX_TEXT)].clone_into(&mut link.text);
        }
    }

    /// The first `count` links.
    pub(super) fn finish(mut self, count: usize) -> Vec<Link> {
        self.links.truncate(count);
        self.links
    }
}

/// An address without what tracks and without the place in the document.
fn without_fragment(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    clean_url(url.as_str())
}

/// The real host of a link whose text names another one: `maersk.com` that goes to `evil.example`.
pub(super) fn disguised_host(text: &str, url: &Url) -> Option<String> {
    let real = url.host_str()?;
    let bare = |host: &str| host.strip_prefix("www.").unwrap_or(host).to_ascii_lowercase();
    let mut words = text.split_whitespace().take(8).filter_map(named_host);
    let lie = words.find(|named| {
        let (named, real) = (bare(named), bare(real));
        named != real && !real.ends_with(&format!(".{named}"))
    });
    lie.map(|_| real.to_owned())
}

/// The host that a word names, in punycode: `https://Example.com/x`, `www.example.com`; not a mail address, not `3.5`.
fn named_host(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| c.is_ascii_punctuation() && c != '/');
    let (scheme, rest) = match word.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, word),
    };
    let rest = rest.split(['/', '?', '#', '\\']).next()?;
    let host = match rest.rsplit_once('@') {
        Some(_) if scheme.is_none() => return None,
        Some((_, host)) => host,
        None => rest,
    };
    let host = host.split(':').next()?;
    let top = host.rsplit_once('.')?.1;
    let looks =
        host.split('.').all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-'))
            && top.chars().count() >= 2
            && top.chars().any(char::is_alphabetic);
    if !looks {
        return None;
    }
    Url::parse(&format!("http://{host}/")).ok()?.host_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_at_the_links_misses_none_that_leads_elsewhere() {
        let own = "https://www.own.example/2026/rates?p=1";
        let hosts = |html: &str| -> Vec<String> {
            let links = crate::document::read_html(html, Some(own)).links;
            links.into_iter().filter_map(|link| Url::parse(&link.url).ok()?.host_str().map(str::to_owned)).collect()
        };
        for (href, elsewhere) in [
            ("\"https://own.example/a\"", false),
            ("'http://www.own.example/a'", false),
            ("https://own.example/a", false),
            ("\"/a\"", false),
            ("\"#a\"", false),
            ("\"?a=https://b.example\"", false),
            ("\"mailto:desk@b.example\"", false),
            ("\"https://b.example/a\"", true),
            (" = \" https://b.example\"", true),
            ("\"//b.example/a\"", true),
            ("\"/\\b.example/a\"", true),
            ("\"/\t/b.example/a\"", true),
            ("\"https:b.example/a\"", true),
            ("\"HTTPS://b.example/a\"", true),
            ("\"https://&#98;.example/a\"", true),
            ("\"&#104;ttps://b.example/a\"", true),
            ("\"https://own.example@b.example/a\"", true),
            ("\"https://own.example\\@b.example/a\"", true),
            ("\"\u{1}https://b.example/a\"", true),
        ] {
            let equals = if href.starts_with(' ') { "" } else { "=" };
            let html = format!("<p>Rates <a class=x href{equals}{href}>rise</a></p>");
            let real = hosts(&html).iter().any(|host| !host.ends_with("own.example"));
            assert!(may_lead_elsewhere(&html, own) == elsewhere && (elsewhere || !real), "{html}");
        }
        assert!(!may_lead_elsewhere("<p>No link, but the word href</p>", own));
    }

    #[test]
    fn drops_tracking_and_nothing_else() {
        for (from, to) in [
            ("https://a.example/x?utm_source=rss&id=7&UTM_medium=f#top", "https://a.example/x?id=7#top"),
            ("https://a.example/x?fbclid=1", "https://a.example/x"),
            ("https://a.example/x?fbclid=1#f?utm_a=1", "https://a.example/x#f?utm_a=1"),
            ("https://a.example/x?b=%20&a=+&&c", "https://a.example/x?b=%20&a=+&&c"),
            ("https://a.example/x#?utm_source=1", "https://a.example/x#?utm_source=1"),
            ("https://a.example/?utmost=1&gclid", "https://a.example/?utmost=1"),
            ("", ""),
        ] {
            assert_eq!(clean_url(from), to, "{from}");
        }
    }

    #[test]
    fn knows_web_addresses() {
        for good in ["http://a.example", "HTTPS://a.example/x", "http://[::1]/"] {
            assert!(is_web_url(good), "{good}");
        }
        for bad in ["javascript:alert(1)", "file:///etc/passwd", "//a.example/x", "mailto:a@b.example", "https://", ""]
        {
            assert!(!is_web_url(bad), "{bad}");
        }
    }

    #[test]
    fn tells_a_lying_host() {
        let lies = |text: &str, url: &str| disguised_host(text, &Url::parse(url).unwrap());
        assert_eq!(
            lies("https://www.maersk.example/track", "https://maersk.example@tdx.invalid/").as_deref(),
            Some("tdx.invalid")
        );
        assert_eq!(
            lies("https://apple.example/login", "https://аррӏе.example/login").as_deref(),
            Some("xn--80ak6aa92e.example")
        );
        assert_eq!(lies("see port.example now", "https://evil.invalid/").as_deref(), Some("evil.invalid"));
        for (text, url) in [
            ("maersk.example", "https://www.maersk.example/x"),
            ("Maersk.example/track", "https://track.maersk.example/"),
            ("read the report", "https://any.example/"),
            ("rates rose 3.5 to 4.75", "https://any.example/"),
            ("desk@port.example", "https://any.example/"),
            ("U.S. ports e.g. here", "https://any.example/"),
        ] {
            assert_eq!(lies(text, url), None, "{text}");
        }
    }

    #[test]
    fn numbers_each_target_once() {
        let mut table = LinkTable::new(Some("https://a.example/dir/page"));
        let url = table.resolve("../up?utm_source=x").unwrap();
        assert_eq!(table.number(&url), Some(0));
        let other = table.resolve(" https://b.example ").unwrap();
        assert_eq!(table.number(&other), Some(1));
        let again = table.resolve("/up").unwrap();
        assert_eq!(table.number(&again), Some(0));
        table.name(0, "first");
        table.name(0, "second");
        assert!(table.resolve("#note").is_none());
        assert!(table.resolve("page?utm_source=rss#comments").is_none(), "it leads to where the reader is");
        assert!(table.resolve("page?id=7").is_some());
        assert!(table.resolve("javascript:alert(1)").is_none());
        let links = table.finish(1);
        assert_eq!(links, [Link { url: "https://a.example/up".into(), text: "first".into() }]);
    }
}
