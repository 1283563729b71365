//! `[network]`, and proxies, which feeds have too.

use url::Url;

use crate::config::diagnostic::Report;
use crate::config::schema;
use crate::config::section::Section;
use crate::config::types::Network;

pub(super) fn network(report: &mut Report<'_>, section: Section<'_, '_>) -> Network {
    section.report_unknown(report, schema::keys("network"));
    let default = Network::default();
    let count = |report: &mut Report<'_>, key, range, default| {
        section.number(report, key, &range).and_then(|n| usize::try_from(n).ok()).unwrap_or(default)
    };
    Network {
        timeout_seconds: section.number(report, "timeout_seconds", &(1..=600)).unwrap_or(default.timeout_seconds),
        concurrency: count(report, "concurrency", 1..=1024, default.concurrency),
        per_host: count(report, "per_host", 1..=64, default.per_host),
        host_spacing_ms: section.number(report, "host_spacing_ms", &(0..=60_000)).unwrap_or(default.host_spacing_ms),
        allow_private: allow_private(report, section).unwrap_or(default.allow_private),
        proxy: proxy(report, section, true),
        poll_minutes: poll_minutes(report, section, default.poll_minutes),
    }
}

fn poll_minutes(report: &mut Report<'_>, section: Section<'_, '_>, default: u64) -> u64 {
    let Some(minutes) = section.number(report, "poll_minutes", &(1..=40_320)) else { return default };
    if minutes >= 30 {
        return minutes;
    }
    if let Some(place) = section.place("poll_minutes") {
        report
            .add(&place, "poll_minutes for all feeds must be 30 or more; a single feed may have less: write it there");
    }
    default
}

fn allow_private(report: &mut Report<'_>, section: Section<'_, '_>) -> Option<Vec<String>> {
    let mut hosts = Vec::new();
    for (text, place) in section.strings(report, "allow_private")? {
        let url = Url::parse(&format!("http://{text}/")).ok();
        let is_host = url.is_some_and(|url| {
            url.path() == "/"
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty()
                && url.password().is_none()
        });
        if is_host && !text.contains(['/', '\\', '@']) && text.trim() == text {
            hosts.push(text.to_lowercase());
        } else {
            report.add(
                &place,
                format!("{text:?} is not a host; write \"10.1.2.3:8080\", \"intranet\" or \"[::1]:8080\""),
            );
        }
    }
    Some(hosts)
}

/// A proxy URL, or `none`. For all feeds `system`, the default, means what the environment says.
pub(super) fn proxy(report: &mut Report<'_>, section: Section<'_, '_>, for_all: bool) -> Option<String> {
    let (text, place) = section.string(report, "proxy")?;
    if text == "none" {
        return Some(text.to_owned());
    }
    if text == "system" && for_all {
        return None;
    }
    // The words do not repeat the address: it may hold a password.
    let fault = match Url::parse(text) {
        Ok(url) if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") => {
            format!(
                "a proxy cannot be spoken to by {:?}; it must begin with http, https, socks5 or socks5h",
                url.scheme()
            )
        }
        Ok(url) if url.host_str().is_none_or(str::is_empty) => "this proxy has no host".to_owned(),
        Ok(_) => return Some(text.to_owned()),
        Err(error) => format!("this is not a proxy address ({error}); write \"socks5h://127.0.0.1:1080\" or \"none\""),
    };
    report.add(&place, fault);
    None
}
