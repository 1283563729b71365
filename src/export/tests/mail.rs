//! Messages, read back by a small reader of RFC 2047 and RFC 2045.

use proptest::prelude::*;

use super::{clean, exported, hostile, titled};
use crate::export::Format;
use crate::export::fixture::article;

/// The value of a header, unfolded.
fn header(message: &str, name: &str) -> String {
    let head = message.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ").replace("\r\n\t", " ");
    let prefix = format!("{name}: ");
    head.split("\r\n")
        .find_map(|line| line.strip_prefix(&prefix))
        .unwrap_or_else(|| panic!("no {name} in {head}"))
        .to_owned()
}

/// Decodes the encoded words of a header (RFC 2047).
fn decoded(value: &str) -> String {
    let (mut text, mut bytes) = (String::new(), Vec::new());
    let mut last_was_encoded = false;
    for word in value.split(' ') {
        let parts: Vec<&str> =
            word.strip_prefix("=?").and_then(|w| w.strip_suffix("?=")).unwrap_or("").split('?').collect();
        if let [_, encoding, data] = parts.as_slice() {
            if !(last_was_encoded || text.is_empty() && bytes.is_empty()) {
                bytes.push(b' ');
            }
            bytes.extend(match *encoding {
                "b" | "B" => base64(data),
                _ => quoted_printable(&data.replace('_', " ")),
            });
            last_was_encoded = true;
        } else {
            text.push_str(&String::from_utf8(std::mem::take(&mut bytes)).unwrap());
            if last_was_encoded || !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
            last_was_encoded = false;
        }
    }
    text.push_str(&String::from_utf8(bytes).unwrap());
    text
}

fn base64(data: &str) -> Vec<u8> {
    let digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for c in data.chars().filter(|c| *c != '=' && !c.is_whitespace()) {
        bits = bits << 6 | u32::try_from(digits.find(c).unwrap()).unwrap();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    bytes
}

fn quoted_printable(data: &str) -> Vec<u8> {
    let data = data.replace("=\r\n", "");
    let (mut bytes, mut rest) = (Vec::new(), data.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        if *first == b'=' {
            bytes.push(u8::from_str_radix(std::str::from_utf8(&after[..2]).unwrap(), 16).unwrap());
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    bytes
}

#[test]
fn an_address_that_no_line_can_hold_stands_in_the_text_only() {
    let mut article = article(7);
    article.headline.url = format!("https://gazette.example/{}", "p".repeat(2_000));
    let message = String::from_utf8(exported(Format::Mail, &[article])).unwrap();
    let head = message.split("\r\n\r\n").next().unwrap();
    assert!(!head.contains("Archived-At") && head.lines().all(|line| line.len() <= 998), "{head}");
    assert!(message.replace("=\r\n", "").contains(&"p".repeat(2_000)), "the text has it");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn titles_survive_mail(title in hostile()) {
        let message = exported(Format::Mail, &[titled(&title)]);
        let message = String::from_utf8(message).unwrap();
        let head = message.split("\r\n\r\n").next().unwrap();
        prop_assert!(head.is_ascii() && head.lines().all(|line| line.len() <= 998), "{head}");
        prop_assert_eq!(decoded(&header(&message, "Subject")), clean(&title));
        let names: Vec<&str> = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']))
            .map(|line| line.split(':').next().unwrap()).collect();
        prop_assert_eq!(names, ["From", "Subject", "Date", "Message-ID", "Archived-At", "Content-Language",
            "MIME-Version", "Content-Type"], "a title made a header");
        prop_assert!(header(&message, "From").ends_with("<noreply@tidings.invalid>"));
    }
}

#[test]
fn an_address_is_read_once_in_the_text() {
    let message = String::from_utf8(exported(Format::Mail, &[article(7)])).unwrap();
    let text = message.split("Content-Type: text/plain").nth(1).unwrap().split("--=_tidings").next().unwrap();
    let text = text.replace("=\r\n", "");
    assert_eq!(text.matches("https://gazette.example/7").count(), 1, "{text}");
    assert_eq!(text.matches("https://gazette.example/more").count(), 1, "behind words it is listed: {text}");
}

#[test]
fn a_message_has_text_and_html_and_a_name_of_its_own() {
    let message = String::from_utf8(exported(Format::Mail, &[article(7)])).unwrap();
    assert_eq!(header(&message, "Date"), "Tue, 12 May 2026 09:14:00 +0000");
    assert_eq!(header(&message, "Archived-At"), "<https://gazette.example/7>");
    assert!(header(&message, "From").contains("Harbour Gazette"));
    let text = message.find("Content-Type: text/plain").unwrap();
    let html = message.find("Content-Type: text/html").unwrap();
    assert!(text < html, "the last alternative is the best one (RFC 2046, 5.1.4)");
    assert!(!message.contains("<img") && !message.contains("=3Cimg"));
    let again = String::from_utf8(exported(Format::Mail, &[article(7)])).unwrap();
    let other = String::from_utf8(exported(Format::Mail, &[article(8)])).unwrap();
    assert_eq!(header(&message, "Message-ID"), header(&again, "Message-ID"));
    assert_ne!(header(&message, "Message-ID"), header(&other, "Message-ID"));
}
