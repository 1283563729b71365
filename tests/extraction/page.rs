//! Builds invented news pages.

use tidings::document::{Extraction, extract, plain_text};

/// Where the invented pages come from.
pub(crate) const URL: &str = "https://www.harbourpost.example/news/crane-falls";

/// The paragraphs of the invented article.
pub(crate) const PARAGRAPHS: [&str; 6] = [
    "A crane fell across two berths of the outer harbour on Tuesday night, and the terminal has been shut to trucks ever since.",
    "Nobody was hurt, the harbour master said, but eleven vessels wait in the roads, and three of them carry fruit that will not keep.",
    "The operator hopes to open the eastern gate by Friday, if the surveyors agree, and to work the remaining berth in two shifts.",
    "Forwarders have been told to expect delays of four days at least, and to send reefers by way of the inland depot instead.",
    "It is the second accident of its kind in a year, after a spreader came down on an empty barge in March, also in high wind.",
    "An inquiry will begin next week, the ministry said, and its findings are to be published before the end of the summer.",
];

/// The article's paragraphs as markup.
pub(crate) fn paragraphs(count: usize) -> String {
    PARAGRAPHS.iter().take(count).map(|text| format!("<p>{text}</p>\n")).collect()
}

/// A page of the Harbour Post: `head` goes into its head, `body` where its article stands.
pub(crate) fn page(head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en-GB\"><head><title>Crane falls at the quay - Harbour Post</title>{head}</head><body>
        <header><a href=\"/\">Harbour Post</a><nav><ul><li><a href=\"/news\">News</a><li><a href=\"/ports\">Ports</a></ul></nav></header>
        <main><article><h1>Crane falls at the quay</h1><div class=\"text\">{body}</div></article></main>
        <footer><p>Harbour Post, Quay Street 1. <a href=\"/imprint\">Imprint</a> <a href=\"/privacy\">Privacy</a></p></footer>
        </body></html>"
    )
}

/// The invented page read.
pub(crate) fn read(head: &str, body: &str) -> Extraction {
    extract(&page(head, body), URL)
}

/// The text of the invented page.
pub(crate) fn text(head: &str, body: &str) -> String {
    plain_text(&read(head, body).html)
}

/// The whole article is in the text.
pub(crate) fn assert_whole(text: &str, count: usize) {
    for paragraph in PARAGRAPHS.iter().take(count) {
        assert!(text.contains(paragraph), "lost: {paragraph}\nin: {text}");
    }
}
