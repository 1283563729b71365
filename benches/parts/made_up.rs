//! Invented news in the amounts that benches need.

/// A paragraph of about 350 bytes that differs from number to number.
fn paragraph(number: usize) -> String {
    const PLACES: [&str; 5] = ["Rotterdam", "Singapore", "Santos", "Durban", "Busan"];
    let place = PLACES[number % PLACES.len()];
    format!(
        "<p>Box rates out of {place} rose by {} per cent this week, said the <em>Quay Index</em>, as carriers blanked sailings \
         &amp; ports on both sides reported queues of {} ships; forwarders expect <a href=\"https://quay.example/{number}\">more \
         of it</a> before the holidays, and demurrage for whoever cannot collect in time.</p>",
        number % 37,
        number % 19 + 2
    )
}

/// The body of an article of about 3.5 KB.
pub(crate) fn body(number: usize) -> String {
    (0..10).map(|part| paragraph(number * 10 + part)).collect()
}

/// A title of a usual length.
pub(crate) fn title(number: usize) -> String {
    format!("Maersk and Hapag-Lloyd move loop {number} as queues at Rotterdam grow to {} ships", number % 90)
}

/// An RSS document of so many articles.
pub(crate) fn rss(articles: usize) -> String {
    let items: String = (0..articles)
        .map(|number| {
            format!(
                "<item><title>{}</title><link>https://quay.example/{number}</link><guid>urn:{number}</guid>\
                 <pubDate>Mon, 23 Nov 2026 08:{:02}:00 +0000</pubDate><category>Ports</category>\
                 <description><![CDATA[{}]]></description></item>",
                title(number),
                number % 60,
                body(number)
            )
        })
        .collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Quay</title>{items}</channel></rss>")
}

/// The same news as Atom, with its markup escaped.
pub(crate) fn atom(articles: usize) -> String {
    let entries: String = (0..articles)
        .map(|number| {
            let body = body(number).replace('&', "&amp;").replace('<', "&lt;");
            format!(
                "<entry><title>{}</title><link href=\"https://quay.example/{number}\"/><id>urn:{number}</id>\
                 <updated>2026-11-23T08:{:02}:00Z</updated><content type=\"html\">{body}</content></entry>",
                title(number),
                number % 60,
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Quay</title><id>urn:q</id>{entries}</feed>"
    )
}
