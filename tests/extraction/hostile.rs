//! Pages that were made to break programs end in text, on the small stack of a worker.
//!
//! Holds R6 and R15.

use tidings::document::extract;

/// Extracts on a thread with the stack of a pool's worker; a fault there is a fault of the test.
fn survives(name: &str, html: String) -> String {
    let worker = std::thread::Builder::new().stack_size(2 * 1024 * 1024);
    let run = worker.spawn(move || extract(&html, "https://www.harbourpost.example/a").html).unwrap();
    run.join().unwrap_or_else(|_| panic!("{name} broke it"))
}

#[test]
fn depth_does_not_break_it() {
    for tag in [
        "div",
        "ul><li",
        "blockquote",
        "table><tr><td",
        "span",
        "b",
        "font color=red",
        "section",
        "dl><dd",
        "form",
        "select",
        "object",
    ] {
        let html = survives(tag, format!("<{tag}>x ").repeat(30_000));
        assert!(html.len() < 8 * 1024 * 1024, "{tag}: {}", html.len());
    }
    let deep = survives(
        "divs",
        format!("{}<p>deep text, at the bottom of it all, that somebody may want to read</p>", "<div>".repeat(100_000)),
    );
    assert!(deep.contains("deep text"), "{deep}");
}

#[test]
fn breadth_does_not_break_it() {
    survives("cells", format!("<table><tr>{}</table>", "<td>x</td>".repeat(300_000)));
    survives("links", "<a href=/x>a link</a> ".repeat(100_000));
    survives("attributes", format!("<p {}>text", (0..100_000).map(|n| format!(" a{n}=1")).collect::<String>()));
    survives("unclosed", "<p><b><i class=x><table><tr><td><div><span>x".repeat(10_000));
    survives("fonts", (0..20_000).map(|n| format!("<font size={n}><p>text, and more of it")).collect());
    survives("comments", "<!--".repeat(200_000));
    survives("frames", "<iframe><title><textarea>".repeat(50_000));
    survives("angles", "<".repeat(500_000));
    survives(
        "boxes",
        format!(
            "{}{}",
            "<div class=share><div class=related>".repeat(90),
            "<p>some text, that is a paragraph".repeat(5_000)
        ),
    );
}

#[test]
fn odd_characters_do_not_break_it() {
    for html in [
        "\0\u{1b}[31m<p>\u{202e}x</p>",
        "<p>\u{feff}</p>",
        "<é>",
        "</",
        "<p title='",
        "<!doctype",
        "<![CDATA[",
        "&#x110000;",
        "<script type=application/ld+json>{\"a\":",
        "<html amp><link rel=canonical href='https://['>",
    ] {
        survives(html, html.to_owned());
    }
    let nested = format!("<script type=\"application/ld+json\">{}</script><p>x", "[".repeat(100_000));
    survives("nested data", nested);
}
