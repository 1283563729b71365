//! OPML: what lists of subscriptions smuggle, through the engine's import. Holds R17 and R3 for lists.

use crate::support::library::Library;
use crate::support::server::{Reply, TestServer};

/// A list around these outlines.
fn list(outlines: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><opml version=\"2.0\"><head><title>Mine</title></head><body>{outlines}</body></opml>"
    )
}

/// The addresses that come of a list; none when it is refused.
async fn imported(bytes: &[u8]) -> Option<Vec<String>> {
    let library = Library::new(&[]).await;
    let file = library.dir.path().join("in.opml");
    std::fs::write(&file, bytes).unwrap();
    let before = std::fs::read(library.dir.path().join("config.toml")).unwrap();
    let added = library.engine.import_opml(file.clone()).await;
    let feeds = library.engine.feeds().await.unwrap();
    if added.is_err() {
        let after = std::fs::read(library.dir.path().join("config.toml")).unwrap();
        assert_eq!(before, after, "a list that is refused changed the config");
        return None;
    }
    for status in &feeds {
        assert_eq!(tidings::text::clean_line(&status.feed.name), status.feed.name, "a name is not clean");
    }
    // What was written must be a config that can be read again.
    let loaded = tidings::config::load(&library.dir.path().join("config.toml"));
    assert_eq!(loaded.diagnostics, [], "the config is broken");
    assert_eq!(loaded.config.feeds.len(), feeds.len());
    Some(feeds.into_iter().map(|status| status.feed.url).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_gives_web_addresses_and_nothing_is_run_or_fetched() {
    let server = TestServer::start(|_| Reply::ok(list("<outline text='x' xmlUrl='https://smuggled.example/'/>")));
    let good = "<outline type='rss' text='Quay' xmlUrl='https://quay.example/rss'/>";
    let mut lists: Vec<(String, Vec<u8>, usize)> = Vec::new();
    let odd = [
        "exec:touch x",
        "|touch x",
        "filter:touch x:https://a.example/",
        "query:x:unread = \"yes\"",
        "$(touch x)",
        "`touch x`",
        "file:///etc/passwd",
        "FILE:/etc/passwd",
        "javascript:alert(1)",
        "data:text/xml,<rss/>",
        "ftp://a.example/",
        "feed://",
        "feed:https://",
        "--help",
        "-x",
        "",
        " ",
        "http://",
        "https://[",
        "http://%5b/",
        "feed.xml",
        "/feed.xml",
        "//",
        "http:///",
        "http://\u{0}/",
        "ssh://-oProxyCommand=x/",
        "smb://h/s",
        "http://a b/",
        "http://:80/",
        "unix:/x",
        "exec%3atouch",
        "\u{1b}]0;x\u{7}",
        "https",
        "about:blank",
    ];
    for (n, url) in odd.into_iter().enumerate() {
        let url = crate::feeds::escape(url);
        lists.push((
            format!("odd-{n}"),
            list(&format!("<outline type='rss' text='Odd' xmlUrl=\"{url}\"/>{good}")).into(),
            1,
        ));
    }
    for (id, outlines, feeds) in [
        ("twice", good.repeat(30), 1),
        ("many-folders", (0..200).map(|n| format!("<outline text='f{n}'>{good}</outline>")).collect(), 1),
        ("deep", "<outline text='d'>".repeat(30_000) + good + &"</outline>".repeat(30_000), 1),
        ("deep-open", "<outline text='d'>".repeat(30_000) + good, 1),
        ("closing", "</outline>".repeat(30_000) + good, 1),
        ("include", format!("<outline type='include' text='more' url='{}'/>{good}", server.url("/list")), 1),
        ("link", format!("<outline type='link' text='more' url='{}'/>{good}", server.url("/list")), 1),
        ("command", good.replace("/>", " filtercmd='touch x' exec='touch x' onclick='x()'/>"), 1),
        ("escapes", good.replace("Quay", "Quay &#27;]0;x&#7;\u{9b}31m\u{202e}"), 1),
        ("line-ends", good.replace("Quay", "Quay&#10;[network]&#10;proxy = &quot;evil&quot;&#13;"), 1),
        ("quotes", good.replace("Quay", "&quot;&quot;&quot; ''' \\ \\u0000 # ] }"), 1),
        ("toml", good.replace("https://quay.example/rss", "https://quay.example/&quot;&#10;name = &quot;x"), 1),
        ("long-name", good.replace("Quay", &"Q".repeat(1 << 20)), 1),
        ("long-address", good.replace("rss'", &format!("{}'", "r".repeat(1 << 20))), 0),
        (
            "long-folder",
            format!(
                "<outline text='{}'>{}</outline>",
                "f".repeat(1 << 20),
                (0..300).map(|n| format!("<outline xmlUrl='https://a.example/{n}'/>")).collect::<String>()
            ),
            300,
        ),
        (
            "many-categories",
            good.replace(
                "/>",
                &format!(" category='{}'/>", (0..50_000).map(|n| format!("/c{n},")).collect::<String>()),
            ),
            1,
        ),
        (
            "many-attributes",
            good.replace("/>", &format!(" {}/>", (0..50_000).map(|n| format!("a{n}='1' ")).collect::<String>())),
            1,
        ),
        ("many-bad", "<outline text='x' xmlUrl='exec:x'/>".repeat(20_000) + good, 1),
        ("upper", good.to_uppercase().replace("HTTPS://QUAY.EXAMPLE", "https://quay.example"), 1),
        ("single", good.replace('\'', "\""), 1),
        ("no-quotes", "<outline type=rss text=Quay xmlUrl=https://quay.example/rss />".to_owned(), 1),
        ("userinfo", good.replace("https://", "https://me:secret@"), 1),
        ("entities", good.replace("Quay", "&x;&amp;&#0;&#xD800;&#99999999;&copy;"), 1),
        ("comment", format!("<!-- <outline xmlUrl='https://smuggled.example/'/> -->{good}"), 1),
        ("open-comment", format!("{good}<!-- <outline xmlUrl='https://after.example/'/>"), 2),
        ("cdata", format!("<![CDATA[<outline xmlUrl='https://inside.example/'/>]]>{good}"), 2),
        ("title-only", "<outline title='Quay' xmlUrl='https://quay.example/rss'/>".to_owned(), 1),
        ("no-name", "<outline xmlUrl='https://quay.example/rss'/>".to_owned(), 1),
        ("private", good.replace("quay.example", "127.0.0.1:1"), 1),
        ("look-alike", good.replace("quay.example", "аррӏе.example"), 1),
    ] {
        lists.push((id.to_owned(), list(&outlines).into(), feeds));
    }
    let entities =
        (1..25).fold("<!ENTITY e0 'x'>".to_owned(), |all, n| format!("{all}<!ENTITY e{n} '&e{};&e{};'>", n - 1, n - 1));
    let bomb = list(&good.replace("Quay", "&e24;")).replacen("?>", &format!("?><!DOCTYPE opml [{entities}]>"), 1);
    let external = list(&good.replace("Quay", "&x;")).replacen(
        "?>",
        &format!("?><!DOCTYPE opml [<!ENTITY x SYSTEM '{}'>]>", server.url("/x")),
        1,
    );
    let whole = list(good);
    lists.extend([
        ("entity-bomb".to_owned(), bomb.into_bytes(), 1),
        ("external".to_owned(), external.into_bytes(), 1),
        (
            "utf-16".to_owned(),
            [b"\xff\xfe".to_vec(), whole.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
            1,
        ),
        (
            "latin".to_owned(),
            whole.replace("Quay", "K@").into_bytes().into_iter().map(|b| if b == b'@' { 0xe4 } else { b }).collect(),
            1,
        ),
        (
            "invalid".to_owned(),
            whole.replace("Quay", "K@").into_bytes().into_iter().map(|b| if b == b'@' { 0xff } else { b }).collect(),
            1,
        ),
        ("mark".to_owned(), [b"\xef\xbb\xbf", whole.as_bytes()].concat(), 1),
        ("junk".to_owned(), format!("junk {whole} junk").into_bytes(), 1),
        ("nulls".to_owned(), whole.replace("Quay", "Q\0u\0ay").into_bytes(), 1),
        ("version".to_owned(), whole.replace("2.0", "99").into_bytes(), 1),
        ("no-opml".to_owned(), good.as_bytes().to_vec(), 1),
    ]);
    for cut in 1..12 {
        lists.push((format!("cut-{cut}"), whole.as_bytes()[..whole.len() * cut / 12].to_vec(), 2));
    }
    for (id, bytes) in [
        ("empty", Vec::new()),
        ("blank", b" \n".to_vec()),
        ("html", b"<html><body>no</body></html>".to_vec()),
        ("json", b"{}".to_vec()),
        ("binary", (0..=255).collect()),
        ("rss", crate::feeds::rss("").into_bytes()),
    ] {
        lists.push((id.to_owned(), bytes, 0));
    }
    println!("{} lists", lists.len());
    for (id, bytes, feeds) in lists {
        let came = imported(&bytes).await.unwrap_or_default();
        for url in &came {
            assert!(url.starts_with("http://") || url.starts_with("https://"), "{id}: {url}");
            assert!(!url.contains("smuggled"), "{id}: {url}");
        }
        // What is cut may have the one feed in it or not.
        assert!(
            came.len() == feeds || (feeds == 2 && came.len() <= 2),
            "{id}: {} feeds, {feeds} were wanted",
            came.len()
        );
    }
    assert_eq!(server.seen().len(), 0, "something in a list was fetched");
}
