//! What publishers put around and into articles goes; what belongs to the article stays.

use crate::page::{PARAGRAPHS, assert_whole, page, paragraphs, read, text};

/// The article with something between its third and fourth paragraph, and something after its last.
fn with(between: &str, after: &str) -> String {
    let halves: Vec<String> = PARAGRAPHS.iter().map(|text| format!("<p>{text}</p>")).collect();
    text("", &format!("{}{between}{}{after}", halves[..3].concat(), halves[3..].concat()))
}

#[test]
fn furniture_within_the_text_goes() {
    for (markup, gone) in [
        ("<p><strong>Read more: <a href=/x>Barge sinks at the lock</a></strong></p>", "Barge"),
        ("<p>Advertisement</p>", "Advertisement"),
        (
            "<div class=\"newsletter-signup\"><h3>The Quay Letter</h3><p>Every morning in your mailbox.</p></div>",
            "mailbox",
        ),
        (
            "<div class=\"related-articles\"><ul><li><a href=/x>Barge sinks</a><li><a href=/y>Lock shut</a></ul></div>",
            "Barge",
        ),
        ("<div class=\"share-bar\"><a href=/f>Facebook</a> <a href=/m>Mail</a></div>", "Facebook"),
        ("<p>Lesen Sie auch: <a href=/x>Kahn gesunken</a></p>", "Kahn"),
        ("<p>Lire aussi : <a href=/x>Une péniche coule</a></p>", "péniche"),
        ("<p>Lea también: <a href=/x>Se hunde una barcaza</a></p>", "barcaza"),
        ("<p>Lees ook: <a href=/x>Schip gezonken</a></p>", "Schip"),
        ("<p>Leggi anche: <a href=/x>Affonda una chiatta</a></p>", "chiatta"),
        ("<p>Sign up for our newsletter to get the news of the quays.</p>", "Sign up"),
        ("<p>Story continues below</p>", "continues below"),
        ("<p><a href=/x>[Read: Barge sinks at the lock]</a></p>", "Barge"),
        ("<p>Lire : <a href=/x>Une péniche coule</a></p>", "péniche"),
        ("<p>Leia também: <a href=/x>Barcaça afunda</a></p>", "Barcaça"),
        ("<p><em>[Every morning: <a href=/l>Get the Quay Letter in your inbox</a>.]</em></p>", "Letter"),
        ("<p><a href=/x>Barge sinks at the inner lock</a></p>", "Barge"),
        ("<p>Learn more: <a href=/x>Barge sinks at the inner lock</a></p>", "Barge"),
        (
            "<p>The <a href=/x>register<span>Opens a new window </span></a> has the names of all vessels that wait.</p>",
            "new window",
        ),
    ] {
        let text = with(markup, "");
        assert!(!text.contains(gone), "{markup} left {gone} in:\n{text}");
        assert_whole(&text, 6);
    }
}

#[test]
fn furniture_after_the_text_goes() {
    for (markup, gone) in [
        (
            "<h3>Related articles</h3><ul><li><a href=/x>Barge sinks at the lock</a><li><a href=/y>Lock shut again</a></ul>",
            "Barge",
        ),
        ("<p>Tags: <a href=/t/cranes>cranes</a>, <a href=/t/ports>ports</a></p>", "Tags"),
        ("<p>Filed under: Ports</p>", "Filed"),
        (
            "<div id=\"comments\"><h3>Comments</h3><p>I have always said that these cranes are too tall, and now look at it, everybody.</p></div>",
            "always said",
        ),
        (
            "<div class=\"author-bio\"><p>Ann Example writes about quays, and has done so for twenty years, in all weathers.</p></div>",
            "weathers",
        ),
        ("<p>© 2026 Harbour Post</p>", "©"),
        ("<h4>More from Ports</h4>", "More from"),
        ("<ul><li>More about:</li><li><a href=/t/c>Cranes</a></li></ul>", "Cranes"),
        ("<p>A version of this article appears in print on page 22. <a href=/s>Subscribe</a></p>", "in print"),
    ] {
        let text = with("", markup);
        assert!(!text.contains(gone), "{markup} left {gone} in:\n{text}");
        assert_whole(&text, 6);
    }
}

#[test]
fn what_belongs_to_the_article_stays() {
    for (markup, kept) in [
        ("<h2>What comes next</h2>", "What comes next"),
        ("<p>Read the room: nobody wants a third crane there, says the <a href=/u>union</a>.</p>", "Read the room"),
        ("<p>The ministry says:</p><p><a href=/m>Order on tall cranes at night</a></p>", "Order on tall"),
        ("<p>[The name of the vessel was corrected, as <a href=/c>the register</a> has it.]</p>", "corrected"),
        ("<h2 class=\"widget-title share meta\">What comes next</h2>", "What comes next"),
        (
            "<ul><li>Berth one is shut</li><li>Berth two is shut</li><li>Berth three works</li></ul>",
            "Berth two is shut",
        ),
        (
            "<blockquote><p>We have never seen the like of it, and we hope never to see it again.</p></blockquote>",
            "never seen the like",
        ),
        (
            "<table><tr><th>Berth</th><th>Open</th></tr><tr><td>One</td><td>no</td></tr><tr><td>Three</td><td>yes</td></tr></table>",
            "Three yes",
        ),
        (
            "<figure><img src=/crane.jpg alt=crane><figcaption>The crane on Wednesday morning</figcaption></figure>",
            "on Wednesday morning",
        ),
        ("<p>It was loud.</p>", "It was loud."),
        ("<p>Watch out for the reefers, the depot warned.</p>", "Watch out for the reefers"),
        ("<p>The port will share the costs with the operator, it said.</p>", "share the costs"),
    ] {
        let text = with(markup, "");
        assert!(text.contains(kept), "{markup} was lost from:\n{text}");
        assert_whole(&text, 6);
    }
}

#[test]
fn title_byline_and_date_do_not_stand_in_the_text_again() {
    let head = "<meta name=author content=\"Ann Example\">";
    let top = "<h2>Crane falls at the quay</h2><p>By Ann Example</p><p>4 March 2026, 10:15</p><p>Wednesday, 4 March 2026, by Ann Example</p>";
    let text = text(head, &format!("{top}{}", paragraphs(6)));
    assert!(text.starts_with(PARAGRAPHS[0]), "{text}");
}

#[test]
fn a_standfirst_outside_of_the_text_is_kept() {
    let lead = "Eleven vessels wait while surveyors look at what is left of the tallest crane on the coast.";
    let html = page(&format!("<meta name=description content=\"{lead}\">"), &paragraphs(6))
        .replace("<div class=\"text\">", &format!("<div class=intro><span>{lead}</span></div><div class=\"text\">"));
    let found = tidings::document::extract(&html, crate::page::URL);
    let text = tidings::document::plain_text(&found.html);
    assert!(text.contains(lead), "{text}");
    assert_eq!(text.matches(lead).count(), 1, "{text}");
    assert_whole(&text, 6);
}

#[test]
fn builders_names_do_not_cost_the_text() {
    // Page builders wrap every part in a "widget".
    let body = format!(
        "<div class=\"elementor-widget meta-scroll\"><div class=\"widget-container\">{}</div></div>",
        paragraphs(6)
    );
    assert_whole(&text("", &body), 6);
}

#[test]
fn the_text_that_the_data_tells_decides() {
    let told = PARAGRAPHS.join(" ");
    let head = format!(
        "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"articleBody\":\"{told}\"}}</script>"
    );
    let other: String = (0..12)
        .map(|n| format!("<p>Reader {n} writes: in my view, and I have said so before, the harbour, the town, and the state are all to blame.</p>"))
        .collect();
    let body = format!("<div class=\"article-body\">{}</div><div class=\"letters\">{other}</div>", paragraphs(6));
    let text = text(&head, &body);
    assert_whole(&text, 6);
    assert!(!text.contains("Reader 7"), "{text}");
}

#[test]
fn links_and_pictures_are_absolute_and_nothing_runs() {
    let body = format!(
        "{}<p onclick=\"x()\">See <a href=\"../map?a=1\">the map of berths</a>, which the port has made.</p><img src=/c.jpg alt=c><script>x()</script>",
        paragraphs(6)
    );
    let html = read("", &body).html;
    assert!(html.contains("href=\"https://www.harbourpost.example/map?a=1\""), "{html}");
    assert!(!html.contains("onclick") && !html.contains("<script"), "{html}");
}
