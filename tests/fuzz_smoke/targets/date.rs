//! Dates as feeds write them, read through a feed document; and days as queries write them.

use jiff::Timestamp;
use jiff::civil::date;
use tidings::{feed, query};

/// The text of a date.
pub fn run(data: &[u8]) {
    let raw = String::from_utf8_lossy(data);
    let published = read(&raw);
    if let Some(moment) = published {
        // The epoch and what is before it are placeholders.
        assert!(moment.as_second() >= 86_400, "{raw:?} gives {moment}");
        // Parts of seconds are kept of Unix times only.
        let written = moment.to_string();
        let again = read(&written).map(Timestamp::as_second);
        assert_eq!(again, Some(moment.as_second()), "{raw:?} gives {written}, which reads as another moment");
    }
    assert_eq!(read(&format!(" {raw}\n")), published, "white space around {raw:?} changes it");
    if raw.is_ascii() {
        let (upper, lower) = (raw.to_ascii_uppercase(), raw.to_ascii_lowercase());
        assert_eq!(read(&upper), read(&lower), "the case of {raw:?} changes it");
    }
    for field in ["since", "before", "on"] {
        let asked = format!("{field}:{}", query::quote_value(&raw));
        for today in [date(2026, 11, 23), date(-9999, 1, 1), date(9999, 12, 31)] {
            if let Err(error) = query::parse(&asked, today) {
                assert!(error.at.end <= asked.chars().count(), "{error:?} of {asked:?}");
            }
        }
    }
}

/// What a feed makes of a publication date, by RSS and by JSON Feed.
fn read(raw: &str) -> Option<Timestamp> {
    let text: String = raw.chars().map(|c| if c.is_control() && c != '\n' { '?' } else { c }).collect();
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let rss = format!(
        "<rss version=\"2.0\"><channel><title>Q</title><item><guid>1</guid><title>Berth</title><pubDate>{text}</pubDate>\
         </item></channel></rss>"
    );
    let feed =
        feed::parse(rss.as_bytes(), None, "https://quay.example/rss").expect("a feed with an odd date is a feed");
    assert_eq!(feed.entries.len(), 1, "an odd date costs the entry");
    feed.entries[0].published
}
