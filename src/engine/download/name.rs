//! What a downloaded file is called: as its server or its address says, made safe (THREATS R1: file names are foreign text).

use url::Url;

use crate::text::clean_line;

/// Longest name, in characters and in bytes; what tidings adds to it leaves it below the 255 bytes that file systems take.
const LONGEST: usize = 120;
const LONGEST_BYTES: usize = 180;
/// A longer end is no extension.
const LONGEST_EXTENSION: usize = 10;
/// Where nothing says what it is called.
const NAMELESS: &str = "download";
/// Names that mean devices on some systems.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];

/// Extensions of what is attached to news.
const EXTENSIONS: [(&str, &str); 12] = [
    ("audio/mpeg", "mp3"),
    ("audio/mp4", "m4a"),
    ("audio/x-m4a", "m4a"),
    ("audio/ogg", "ogg"),
    ("audio/wav", "wav"),
    ("video/mp4", "mp4"),
    ("video/webm", "webm"),
    ("application/pdf", "pdf"),
    ("application/zip", "zip"),
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/webp", "webp"),
];

/// The name of a file: from `Content-Disposition` (RFC 6266), else from the first address whose last part looks like one.
pub(super) fn file_name(disposition: Option<&str>, addresses: &[&Url], mime: &str) -> String {
    let said = disposition.and_then(said).map(|name| safe(&name)).filter(|name| !name.is_empty());
    let of_addresses: Vec<String> = addresses.iter().map(|url| safe(&last_part(url))).collect();
    let with_extension = of_addresses.iter().find(|name| extension(name).is_some()).cloned();
    let any = of_addresses.iter().find(|name| !name.is_empty()).cloned();
    let name = said.or(with_extension).or(any).unwrap_or_else(|| NAMELESS.to_owned());
    let kind = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match EXTENSIONS.iter().find(|(known, _)| *known == kind) {
        Some((_, extension)) if self::extension(&name).is_none() => format!("{name}.{extension}"),
        Some(_) | None => name,
    }
}

/// The name with a number from 2 on: `talk (2).mp3`.
pub(super) fn numbered(name: &str, number: u32) -> String {
    if number <= 1 {
        return name.to_owned();
    }
    match extension(name) {
        Some(extension) => {
            let stem = &name[..name.len() - extension.len() - 1];
            format!("{stem} ({number}).{extension}")
        }
        None => format!("{name} ({number})"),
    }
}

fn extension(name: &str) -> Option<&str> {
    let (stem, extension) = name.rsplit_once('.')?;
    let fits = !stem.is_empty() && !extension.is_empty() && extension.len() <= LONGEST_EXTENSION;
    (fits && extension.chars().all(|c| c.is_ascii_alphanumeric())).then_some(extension)
}

/// One part of a path that means nothing to a shell, a file manager or the eye but a name; empty when nothing is left.
fn safe(raw: &str) -> String {
    let last = raw.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = clean_line(last)
        .chars()
        .map(|c| if matches!(c, ':' | '*' | '?' | '"' | '<' | '>' | '|' | '\0') { '_' } else { c })
        .collect();
    let trimmed = kept.trim_start_matches(['.', '-', '~', ' ']).trim_end_matches(['.', ' ']);
    let short = shortened(trimmed);
    let stem = short.split('.').next().unwrap_or_default().to_ascii_lowercase();
    if DEVICES.contains(&stem.as_str()) { format!("_{short}") } else { short }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= LONGEST && name.len() <= LONGEST_BYTES {
        return name.to_owned();
    }
    let end = extension(name).map(|extension| format!(".{extension}")).unwrap_or_default();
    let mut stem = String::new();
    for (n, c) in name.chars().enumerate() {
        if n + end.len() >= LONGEST || stem.len() + c.len_utf8() + end.len() > LONGEST_BYTES {
            break;
        }
        stem.push(c);
    }
    format!("{}{end}", stem.trim_end_matches(['.', ' ']))
}

fn last_part(url: &Url) -> String {
    let last = url.path_segments().and_then(|parts| parts.rev().find(|part| !part.is_empty()));
    decoded(last.unwrap_or_default())
}

/// `%41` as the byte it means; what is no UTF-8 then is replaced.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let pair = (*byte == b'%').then(|| bytes.get(at + 1..at + 3)).flatten();
        let value = pair.and_then(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
        out.push(value.unwrap_or(*byte));
        at += if value.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// `filename*` (RFC 8187) before `filename`.
fn said(header: &str) -> Option<String> {
    let mut plain = None;
    for parameter in parameters(header) {
        let Some((name, value)) = parameter.split_once('=') else { continue };
        let value = value.trim();
        match name.trim().to_ascii_lowercase().as_str() {
            "filename*" => {
                let mut parts = value.splitn(3, '\'');
                let charset = parts.next().unwrap_or_default();
                if let (true, Some(text)) = (charset.eq_ignore_ascii_case("utf-8"), parts.nth(1)) {
                    return Some(decoded(text));
                }
            }
            "filename" => plain = Some(value.to_owned()),
            _ => {}
        }
    }
    plain
}

/// The parts between semicolons, quoted strings taken out of their quotes.
fn parameters(header: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let (mut quoted, mut escaped) = (false, false);
    for c in header.chars() {
        match (c, quoted) {
            (_, true) if escaped => escaped = false,
            ('\\', true) => {
                escaped = true;
                continue;
            }
            ('"', _) => {
                quoted = !quoted;
                continue;
            }
            (';', false) => {
                all.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = all.last_mut() {
            last.push(c);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn named(disposition: Option<&str>, url: &str, mime: &str) -> String {
        file_name(disposition, &[&Url::parse(url).unwrap()], mime)
    }

    #[test]
    fn names_are_those_of_the_server_or_the_address() {
        let at = "https://quay.example/a/harbour%20talk.mp3?x=1";
        assert_eq!(named(None, at, ""), "harbour talk.mp3");
        assert_eq!(named(Some("attachment; filename=\"Talk; no. 5.mp3\""), at, ""), "Talk; no. 5.mp3");
        let both = "attachment; filename=\"x.mp3\"; filename*=UTF-8''H%C3%A4fen.mp3";
        assert_eq!(named(Some(both), at, ""), "Häfen.mp3");
        assert_eq!(named(Some("inline"), at, ""), "harbour talk.mp3");
        assert_eq!(named(None, "https://quay.example/", "audio/mpeg; x=1"), "download.mp3");
        assert_eq!(named(None, "https://quay.example/talk/", "application/pdf"), "talk.pdf");
        let hop =
            [Url::parse("https://t.example/play/77").unwrap(), Url::parse("https://cdn.example/talk.mp3").unwrap()];
        assert_eq!(file_name(None, &hop.iter().collect::<Vec<_>>(), ""), "talk.mp3");
    }

    #[test]
    fn hostile_names_are_names_and_nothing_else() {
        for (said, kept) in [
            ("../../.ssh/authorized_keys", "authorized_keys"),
            ("..\\..\\evil.exe", "evil.exe"),
            ("-rf", "rf"),
            (".bashrc", "bashrc"),
            ("talk\u{202e}3pm.exe", "talk3pm.exe"),
            ("a\u{1b}[31m.mp3", "a[31m.mp3"),
            ("CON.mp3", "_CON.mp3"),
            ("a:b|c?.mp3", "a_b_c_.mp3"),
            ("talk.mp3. . ", "talk.mp3"),
        ] {
            let header = format!("attachment; filename=\"{}\"", said.replace('\\', "\\\\"));
            assert_eq!(named(Some(&header), "https://quay.example/x.mp3", ""), kept, "{said}");
        }
        assert_eq!(named(Some("attachment; filename=\"...\""), "https://quay.example/x.mp3", ""), "x.mp3");
    }

    #[test]
    fn numbers_go_before_the_extension() {
        assert_eq!(numbered("talk.mp3", 1), "talk.mp3");
        assert_eq!(numbered("talk.mp3", 2), "talk (2).mp3");
        assert_eq!(numbered("talk", 12), "talk (12)");
        assert_eq!(numbered("no. five of many", 2), "no. five of many (2)");
    }

    proptest! {
        #[test]
        fn any_name_is_safe(raw in any::<String>(), long in 0..300_usize) {
            let raw = format!("{raw}{}.mp3", "ä".repeat(long));
            let name = safe(&raw);
            prop_assert!(!name.contains(['/', '\\', '\0']) && !name.chars().any(char::is_control), "{name:?}");
            prop_assert!(!name.starts_with(['.', '-', '~']) && name.chars().count() <= LONGEST + 1, "{name:?}");
            prop_assert!(name.len() <= LONGEST_BYTES + 1, "{name:?}");
        }
    }
}
