//! JSON Feed: wrong types, depth, numbers, keys that come twice, what is almost JSON. Holds R7 for JSON.

use crate::case::Case;
use crate::feeds::{json_item, json_text};
use crate::run::hold;

/// A value of each kind that JSON has, and some that it has not quite.
const VALUES: [&str; 18] = [
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e400",
    "-1e-400",
    "123456789012345678901234567890",
    "\"\"",
    "\" \"",
    "[]",
    "{}",
    "[[]]",
    "[null]",
    "{\"a\":{}}",
    "\"\\u0000\"",
    "[\"x\",1,null,{\"name\":[]}]",
];

#[tokio::test(flavor = "multi_thread")]
async fn a_member_of_a_wrong_type_costs_no_more_than_itself() {
    let mut cases = Vec::new();
    for member in [
        "id",
        "url",
        "external_url",
        "title",
        "content_html",
        "content_text",
        "summary",
        "image",
        "date_published",
        "date_modified",
        "authors",
        "author",
        "tags",
        "language",
        "attachments",
        "_own",
    ] {
        let items: Vec<String> = VALUES
            .iter()
            .enumerate()
            .map(|(n, value)| {
                let whole =
                    format!("\"url\":\"https://slipway.example/v{n}\",\"title\":\"Tug {n}\",\"content_text\":\"x\"");
                format!("{{{whole},\"{member}\":{value}}}")
            })
            .collect();
        // Where the member is what an item is known by, it is none the less one.
        cases.push(
            Case::body(format!("item-{member}"), json_text(&format!("[{}]", items.join(","))))
                .between(VALUES.len() - 4..=VALUES.len()),
        );
    }
    for member in [
        "version",
        "title",
        "home_page_url",
        "feed_url",
        "description",
        "next_url",
        "icon",
        "authors",
        "author",
        "language",
        "expired",
        "hubs",
        "_own",
    ] {
        for (n, value) in VALUES.iter().enumerate() {
            let text = json_text(&format!("[{}]", json_item("\"title\":\"Tug\"")));
            cases.push(
                Case::body(format!("head-{member}-{n}"), format!("{},\"{member}\":{value}}}", &text[..text.len() - 1]))
                    .has("Tug"),
            );
        }
    }
    hold(cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_almost_json_is_read_or_named() {
    let good = json_item("\"title\":\"Tug\"");
    let second = json_item("\"title\":\"Lock\"").replace("slip-1", "slip-2").replace("example/1", "example/2");
    let deep = |open: &str, close: &str| format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
    let around = |odd: &str| json_text(&format!("[{good},{odd},{second}]"));
    let mut cases = vec![
        Case::body("deep-arrays-head", json_text("[]").replacen('{', &format!("{{\"_x\":{},", deep("[", "]")), 1)).at_most(0),
        Case::body("deep-objects-item", around(&format!("{{\"id\":\"d\",\"_x\":{}}}", deep("{\"a\":", "}")))).between(2..=3).has("Tug").has("Lock"),
        Case::body("deep-arrays-item", around(&deep("[", "]"))).articles(2).has("Tug").has("Lock"),
        Case::body("deep-items", format!("{}{good}", "{\"items\":[".repeat(50_000))).at_most(0),
        Case::body("numbers", around("{\"id\":1e999,\"title\":\"Third\",\"attachments\":[{\"url\":\"/a\",\"size_in_bytes\":1e999,\"duration_in_seconds\":-5}]}")).articles(3).has("Third"),
        Case::body("long-number", around(&format!("{{\"id\":{},\"title\":\"Third\"}}", "9".repeat(200_000)))).between(2..=3).has("Lock"),
        Case::body("bad-item-types", around("null,1,\"x\",[],true,-0,1.5e3")).articles(2),
        Case::body("same-key-twice", around("{\"id\":\"a\",\"id\":\"b\",\"title\":\"One\",\"title\":\"Two\"}")).articles(3),
        Case::body("items-twice", json_text(&format!("[{good}],\"items\":[{second}]"))).articles(2),
        Case::body("items-null-too", json_text(&format!("null,\"items\":[{good}]"))).articles(1),
        Case::body("items-object", json_text(&format!("{{\"0\":{good}}}"))).at_most(1),
        Case::body("items-string", json_text("\"none\"")).at_most(0),
        Case::body("items-number", json_text("5")).at_most(0),
        Case::body("items-none", "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"S\"}").articles(0),
        Case::body("top-array", format!("[{good}]")).at_most(1),
        Case::body("top-null", "null").at_most(0),
        Case::body("top-string", "\"feed\"").at_most(0),
        Case::body("top-number", "12").at_most(0),
        Case::body("empty-object", "{}").at_most(0),
        Case::body("error-object", "{\"error\":{\"code\":403,\"message\":\"no\"}}").error("JSON"),
        Case::body("two-documents", json_text(&format!("[{good}]")).repeat(2)).between(1..=1),
        Case::body("junk-behind", json_text(&format!("[{good}]")) + "\n<!-- served in 3 ms -->").articles(1),
        Case::body("mark", format!("\u{feff}{}", json_text(&format!("[{good}]")))).articles(1),
        Case::body("blanks", format!("\n\t \r\n{}", json_text(&format!("[{good}]")))).articles(1),
        Case::body("trailing-comma", json_text(&format!("[{good},]"))).between(1..=1),
        Case::body("no-comma", json_text(&format!("[{good}{second}]"))).between(1..=2),
        Case::body("comments", json_text(&format!("[{good} /* x */, // y\n {second}]"))).between(1..=2),
        Case::body("single-quotes", json_text("[{'id':'1'}]")).at_most(1),
        Case::body("bare-keys", json_text("[{id:1}]")).at_most(1),
        Case::body("not-a-number", around("{\"id\":NaN},{\"id\":Infinity},{\"id\":undefined}")).between(1..=4),
        Case::body("raw-lines", around("{\"id\":\"r\",\"title\":\"Line\none\r\n\ttwo\"}")).articles(3).has("Line one two").has("Lock"),
        Case::body("bad-escape", around("{\"id\":\"r\",\"title\":\"C:\\quay \\x41 \\' \\u12\"}")).between(1..=3).has("Tug"),
        Case::body("half-bytes", [json_text(&format!("[{good},")).as_bytes(), b"{\"id\":\"u\",\"title\":\"Third \xff\xc0\xaf\xed\xa0\x80 x\"}]}"].concat()).between(1..=2),
        Case::body("nothing-items", around("{},{},{\"id\":\"\"},{\"id\":null}")).between(2..=3),
        Case::body("markup-in-all", around("{\"id\":\"<b>\",\"title\":\"<script>SMUGGLED()</script>Third <b>tug</b>\",\"authors\":[{\"name\":\"<i>A</i>\"}],\"tags\":[\"<u>t</u>\"]}")).articles(3).has("Third tug").lacks("SMUGGLED"),
        Case::body("addresses", around("{\"id\":\"javascript:alert(1)\",\"url\":\"javascript:alert(1)\",\"external_url\":\"data:text/html,x\",\"title\":\"Third\",\"attachments\":[{\"url\":\"file:///etc/passwd\"}]}")).articles(3).lacks("javascript:").lacks("file:"),
        Case::body("callback", format!("feed({});", json_text(&format!("[{good}]")))).at_most(1),
        Case::body("guard-prefix", format!(")]}}',\n{}", json_text(&format!("[{good}]")))).at_most(1),
        Case::body("many-items", json_text(&format!("[{}]", (0..6_000).map(|n| format!("{{\"id\":\"{n}\",\"title\":\"Tug {n}\"}}")).collect::<Vec<_>>().join(",")))).articles(5_000).polls(1),
        Case::body("many-keys", around(&format!("{{{}\"id\":\"k\"}}", (0..100_000).map(|n| format!("\"k{n}\":1,")).collect::<String>()))).articles(3),
        Case::body("many-tags", around(&format!("{{\"id\":\"k\",\"tags\":[{}\"z\"]}}", "\"x\",".repeat(100_000)))).articles(3),
        Case::body("long-key", around(&format!("{{\"{}\":1,\"id\":\"k\"}}", "k".repeat(1 << 20)))).articles(3),
        Case::body("long-string", around(&format!("{{\"id\":\"k\",\"title\":\"{}\"}}", "Tug ".repeat(1 << 18)))).articles(3),
        Case::body("escapes", around(&format!("{{\"id\":\"k\",\"title\":\"{}\"}}", "\\u0041\\u00e9".repeat(50_000)))).articles(3),
        Case::typed("as-html", "text/html", json_text(&format!("[{good}]"))).articles(1),
        Case::typed("as-xml", "application/rss+xml; charset=utf-16", json_text(&format!("[{good}]"))).articles(1),
        Case::body("lines-of-json", format!("{good}\n{second}\n")).at_most(2),
        Case::body("version-2", json_text(&format!("[{good}]")).replace("version/1.1", "version/99")).articles(1),
        Case::body("no-version", format!("{{\"items\":[{good}]}}")).articles(1),
    ];
    let whole = json_text(&format!("[{good},{second}]"));
    cases.extend((1..24).map(|n| Case::body(format!("cut-{n}"), &whole[..whole.len() * n / 24]).at_most(2)));
    let wide: Vec<u8> = whole.encode_utf16().flat_map(u16::to_le_bytes).collect();
    cases.push(Case::body("utf-16", wide).articles(2));
    let wider: Vec<u8> = whole.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    cases.push(Case::body("utf-32", wider).articles(2));
    hold(cases).await;
}
