//! Links and attached files: what is no web address, what pretends to be another one. Holds R3.

use crate::case::Case;
use crate::feeds::{atom, entry, escape, rss, told, with};
use crate::run::hold;

/// What no browser may be given.
const FOREIGN: [&str; 46] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\u{1}javascript:alert(1)",
    " javascript:alert(1)",
    "javascript&colon;alert(1)",
    "&#106;avascript:alert(1)",
    "vbscript:x",
    "livescript:x",
    "data:text/html,<script>x</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "FILE:/etc/passwd",
    "\\\\host\\share",
    "smb://host/share",
    "ftp://host/x",
    "ssh://-oProxyCommand=x/",
    "telnet://host",
    "vscode://x",
    "ms-word:ofe|u|x",
    "mailto:a@b.example?attach=/etc/passwd",
    "tel:+1",
    "sms:1",
    "intent://x#Intent;end",
    "market://x",
    "itms-services://?x",
    "chrome://settings",
    "about:config",
    "view-source:https://a.example/",
    "blob:https://a.example/1",
    "filesystem:https://a/x",
    "res://ieframe.dll/x",
    "ldap://host",
    "gopher://host",
    "magnet:?xt=urn:x",
    "steam://run/1",
    "x-apple.systempreferences:",
    "--help",
    "-remote openURL(x)",
    "--profile=/tmp/x",
    "$(touch x)",
    "`touch x`",
    "|touch x",
    "exec:touch x",
];

/// What is a web address when all is said and done, in ways that few expect.
const ODD: [&str; 40] = [
    "https://slipway.example/$(touch x)",
    "https://slipway.example/`touch x`",
    "https://slipway.example/;touch${IFS}x;",
    "https://slipway.example/'\"|touch x #",
    "https://slipway.example/&touch x&",
    "https://slipway.example/--help",
    "https://slipway.example/a b\nc\td",
    " \n https://slipway.example/trim \r\n",
    "https://slipway.example/\u{0}nul",
    "https://slipway.example/%00%0a%0d%1b",
    "https://user:pw@slipway.example/",
    "https://bank.example@slipway.example/",
    "https://bank.example%2f@slipway.example/",
    "https://slipway.example\\@bank.example/",
    "https:\\\\slipway.example\\x",
    "https:/slipway.example/x",
    "https:slipway.example/x",
    "//slipway.example/x",
    "///slipway.example/x",
    "/\\slipway.example/x",
    "HTTPS://SLIPWAY.EXAMPLE/X",
    "https://slipway.example./x",
    "https://slipway.example:443/x",
    "https://slipway.example:0443/x",
    "https://slipway.example:/x",
    "https://[2001:db8::1]/x",
    "https://[::ffff:1.2.3.4]/x",
    "https://0x7f.1/x",
    "https://2130706433/x",
    "https://%73lipway.example/x",
    "https://slipway.example/../../../etc/passwd",
    "https://slipway.example/%2e%2e/x",
    "https://slipway.example?x",
    "https://slipway.example#x",
    "https://slipway.example/?a=1&b=2&amp;c=3",
    "https://аррӏе.example/x",
    "https://xn--80ak6aa92e.example/x",
    "https://ｓｌｉｐｗａｙ.example/x",
    "https://slipway。example/x",
    "https://slipway.example/\u{202e}gnp.exe",
];

/// No address at all.
const BROKEN: [&str; 18] = [
    "https://",
    "https:///",
    "https://[",
    "https://[::1",
    "https://[::g]/",
    "https://%/",
    "https://a b/",
    "https://<x>/",
    "https://:80/",
    "https://x:99999/",
    "https://x:-1/",
    "https://x:8o/",
    "https://1.2.3.4.5/",
    "https://999.1.1.1/",
    "https://0x/",
    "http://\u{200b}/",
    "http://xn--/",
    "://",
];

#[tokio::test(flavor = "multi_thread")]
async fn only_web_addresses_are_kept_and_they_say_where_they_lead() {
    let mut cases = Vec::new();
    for (kind, list) in [("foreign", FOREIGN.as_slice()), ("odd", ODD.as_slice()), ("broken", BROKEN.as_slice())] {
        let each = |make: &dyn Fn(&str) -> String| -> String {
            list.iter()
                .enumerate()
                .map(|(n, link)| with(n, &format!("<title>Tug {n}</title>{}", make(&escape(link)))))
                .collect()
        };
        let shell = |id: &str, items: String| Case::body(format!("{kind}-{id}"), rss(&items)).articles(list.len());
        cases.push(shell("link", each(&|link| format!("<link>{link}</link>"))));
        cases.push(shell(
            "file",
            each(&|link| format!("<enclosure url=\"{link}\" type=\"audio/mpeg\" length=\"-1\"/>")),
        ));
        cases.push(shell(
            "media",
            each(&|link| {
                format!("<media:content url=\"{link}\" type=\"video/mp4\"/><media:thumbnail url=\"{link}\"/>")
            }),
        ));
        cases.push(shell("source", each(&|link| format!("<source url=\"{link}\">x</source><feedburner:origLink>{link}</feedburner:origLink><comments>{link}</comments>"))));
        cases.push(shell("text", each(&|link| {
            let html = format!("<a href=\"{link}\">a</a><img src=\"{link}\" srcset=\"{link} 2x\"><video src=\"{link}\" poster=\"{link}\"></video><iframe src=\"{link}\"></iframe><form action=\"{link}\"><button>b</button></form><area href=\"{link}\">");
            format!("<description>{}</description>", escape(&html))
        })));
        let guids = list
            .iter()
            .enumerate()
            .map(|(n, link)| format!("<item><title>Tug {n}</title><guid>{}</guid></item>", escape(link)));
        cases.push(
            Case::body(format!("{kind}-guid"), rss(&guids.collect::<String>())).between(list.len() - 4..=list.len()),
        );
        let json: Vec<_> = list.iter().enumerate().map(|(n, link)| serde_json::json!({"id": format!("{n}"), "title": "Tug", "url": link, "external_url": link, "image": link, "attachments": [{"url": link, "mime_type": "x"}]})).collect();
        cases.push(
            Case::body(format!("{kind}-json"), crate::feeds::json_feed(json.into()).to_string()).articles(list.len()),
        );
        for (n, link) in list.iter().enumerate() {
            let link = escape(link);
            cases.push(Case::body(format!("{kind}-atom-{n}"), atom(&entry(&format!("<link rel=\"related\" href=\"{link}\"/><content type=\"html\" xml:base=\"{link}\">&lt;a href=\"x\"&gt;a&lt;/a&gt;</content>")).replacen("<entry", &format!("<entry xml:base=\"{link}\""), 1))));
        }
    }
    for case in &mut cases {
        case.polls = 1;
        if case.id.starts_with("foreign") {
            for scheme in ["javascript:", "vbscript:", "data:", "file:", "smb:", "ssh:", "vscode:", "mailto:"] {
                case.lacks.push(format!("\n{scheme}"));
            }
        }
    }
    cases.push(
        Case::body("same-text", rss(&told("<a href='https://evil.example/pay'>https://bank.example/pay</a>")))
            .has("https://evil.example/pay"),
    );
    cases.push(
        Case::body("many-links", rss(&told(&(0..20_000).map(|n| format!("<a href=/{n}>l</a> ")).collect::<String>())))
            .polls(1),
    );
    cases.push(
        Case::body(
            "long-link",
            rss(&told(&format!("<a href='https://slipway.example/{}'>l</a>", "x".repeat(1 << 20)))),
        )
        .polls(1),
    );
    cases.push(
        Case::body("base", rss(&told("<base href='https://evil.example/'><a href='/login'>sign in</a>")))
            .lacks("evil.example"),
    );
    hold(cases).await;
}
