//! Feeds to hide attacks in: small, invented, and whole but for the place of the attack.

use serde_json::{Value, json};

/// An RSS document around these items.
pub(crate) fn rss(items: &str) -> String {
    channel("<title>Slipway Notes</title><link>https://slipway.example/</link>", items)
}

/// An RSS document with a head and items of its own.
pub(crate) fn channel(head: &str, items: &str) -> String {
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel>{head}{items}</channel></rss>")
}

/// An RSS item with this title, as markup.
pub(crate) fn titled(title: &str) -> String {
    item(1, title, "The tug left at six.")
}

/// An RSS item with this text, as HTML that is escaped here.
pub(crate) fn told(html: &str) -> String {
    item(1, "Tugs return to the north basin", &escape(html))
}

/// An RSS item of this number: title and text as markup.
pub(crate) fn item(n: usize, title: &str, text: &str) -> String {
    with(
        n,
        &format!(
            "<title>{title}</title><link>https://slipway.example/{n}</link><description>{text}</description>\
             <pubDate>{:02} May 2026 08:00:00 GMT</pubDate>",
            1 + n % 28
        ),
    )
}

/// An RSS item of a guid of its own and these elements.
pub(crate) fn with(n: usize, elements: &str) -> String {
    format!("<item><guid isPermaLink=\"false\">slip-{n}</guid>{elements}</item>")
}

/// Whole items, numbered from 1.
pub(crate) fn items(count: usize) -> String {
    (1..=count).map(|n| item(n, &format!("Lock {n} opens again"), "The gate was mended.")).collect()
}

/// An Atom document around these entries.
pub(crate) fn atom(entries: &str) -> String {
    format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Slipway Notes</title><id>urn:slip</id>\
         <updated>2026-05-02T08:00:00Z</updated>{entries}</feed>"
    )
}

/// An Atom entry with these elements.
pub(crate) fn entry(elements: &str) -> String {
    format!(
        "<entry><id>urn:slip:1</id><title>Pilots meet on Monday</title><updated>2026-05-02T08:00:00Z</updated>\
         <link href=\"https://slipway.example/a\"/>{elements}</entry>"
    )
}

/// A JSON Feed with these items.
pub(crate) fn json_feed(items: Value) -> Value {
    json!({"version": "https://jsonfeed.org/version/1.1", "title": "Slipway Notes", "items": items})
}

/// A JSON Feed whose items are this text.
pub(crate) fn json_text(items: &str) -> String {
    format!("{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Slipway Notes\",\"items\":{items}}}")
}

/// An item of a JSON Feed with these members, as text.
pub(crate) fn json_item(members: &str) -> String {
    let comma = if members.is_empty() { "" } else { "," };
    format!(
        "{{\"id\":\"slip-1\",\"url\":\"https://slipway.example/1\",\"content_text\":\"The tug left.\"{comma}{members}}}"
    )
}

/// Text as the content of an element or an attribute.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
