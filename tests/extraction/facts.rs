//! What a page tells of its article.

use tidings::document::extract;

use crate::page::{URL, page, paragraphs, read};

#[test]
fn json_ld_tells_all() {
    let head = r#"<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"},
        {"@type": "NewsArticle", "headline": "Crane falls at the quay", "datePublished": "2026-03-04T10:15:00+01:00",
         "author": [{"@type": "Person", "name": "Ann Example"}, {"@type": "Person", "name": "Bo Sample"}],
         "publisher": {"@type": "Organization", "name": "Harbour Post"}, "image": {"url": "/i/crane.jpg", "creditText": "Cy Instance"}}]}</script>"#;
    let found = read(head, &paragraphs(6));
    assert_eq!(found.title, "Crane falls at the quay");
    assert_eq!(found.author.as_deref(), Some("Ann Example, Bo Sample"));
    assert_eq!(found.published.map(|at| at.to_string()).as_deref(), Some("2026-03-04T09:15:00Z"));
    assert_eq!(found.site.as_deref(), Some("Harbour Post"));
    assert_eq!(found.language.as_deref(), Some("en-GB"));
    let picture = found.picture.unwrap();
    assert_eq!(picture.url, "https://www.harbourpost.example/i/crane.jpg");
    assert_eq!(picture.credit.as_deref(), Some("Cy Instance"));
    assert_eq!(found.barrier, None);
}

#[test]
fn meta_elements_and_marks_tell_when_data_does_not() {
    for (head, body) in [
        (
            "<meta property=\"article:published_time\" content=\"2026-03-04T10:15:00Z\"><meta name=author content=\"By Ann Example\">",
            "",
        ),
        ("<meta name=\"dc.date\" content=\"2026-03-04 10:15\"><meta name=\"dc.creator\" content=\"Ann Example\">", ""),
        (
            "",
            "<p>By <a rel=author href=/ann>Ann Example</a> <time datetime=\"2026-03-04T10:15:00Z\">Wednesday</time></p>",
        ),
        (
            "<meta property=\"article:publicationdate\" content=\"2026-03-04T10:15:00Z\">",
            "<p class=\"article-byline\">BY: Ann Example</p>",
        ),
        ("", "<span itemprop=author>Ann Example</span><meta itemprop=datePublished content=\"2026-03-04T10:15:00Z\">"),
    ] {
        let found = read(head, &format!("{body}{}", paragraphs(6)));
        assert_eq!(found.author.as_deref(), Some("Ann Example"), "{head}{body}");
        assert_eq!(found.published.map(|at| at.to_string()).as_deref(), Some("2026-03-04T10:15:00Z"), "{head}{body}");
    }
}

#[test]
fn the_publication_is_no_part_of_the_title() {
    for title in [
        "Crane falls at the quay | Harbour Post",
        "Crane falls at the quay - Harbour Post",
        "Harbour Post: Crane falls at the quay",
    ] {
        let html = page("<meta property=\"og:site_name\" content=\"Harbour Post\">", &paragraphs(6))
            .replace("Crane falls at the quay - Harbour Post", title);
        assert_eq!(extract(&html, URL).title, "Crane falls at the quay", "{title}");
    }
}

#[test]
fn the_title_is_what_heads_the_article() {
    let titled = |title: &str, head: &str| {
        let html = page(head, &paragraphs(6)).replace("Crane falls at the quay - Harbour Post", title);
        extract(&html, URL).title
    };
    let og = "<meta property=\"og:title\" content=\"Crane falls at the quay | Ann Example\">";
    assert_eq!(titled("Crane falls at the quay | Ann Example | Ports | Harbour Post", og), "Crane falls at the quay");
    assert_eq!(titled("Crane falls at the quay [HarbourPost.example]", ""), "Crane falls at the quay");
    let html = page("", &paragraphs(6))
        .replace(
            "Crane falls at the quay - Harbour Post",
            "Outer harbour: crane falls at the quay again · Harbour Post",
        )
        .replace("<h1>Crane falls at the quay", "<h1>Outer harbour: crane falls at the quay again");
    assert_eq!(extract(&html, URL).title, "Outer harbour: crane falls at the quay again");
}

#[test]
fn further_pages_and_versions_are_found() {
    let pager = "<div class=pager><span>1</span> <a href=\"/news/crane-falls/2\">2</a> <a href=\"/news/crane-falls?view=all\">View as single page</a></div>";
    let found = read(
        "<link rel=canonical href=\"https://harbourpost.example/news/crane-falls\">",
        &format!("{}{pager}", paragraphs(6)),
    );
    assert_eq!(found.canonical.as_deref(), Some("https://harbourpost.example/news/crane-falls"));
    assert_eq!(found.next.as_deref(), Some("https://www.harbourpost.example/news/crane-falls/2"));
    assert_eq!(found.whole.as_deref(), Some("https://www.harbourpost.example/news/crane-falls?view=all"));

    let other = read(
        "<link rel=canonical href=\"https://elsewhere.example/a\"><link rel=next href=\"/news/barge-sinks\">",
        &paragraphs(6),
    );
    assert_eq!((other.canonical, other.next, other.whole), (None, None, None));
}

#[test]
fn an_address_that_is_none_does_no_harm() {
    for url in ["", "not an address", "file:///tmp/page.html", "https://"] {
        let found = extract(&page("", &paragraphs(6)), url);
        assert!(found.html.contains("eleven vessels"), "{url}");
    }
}
