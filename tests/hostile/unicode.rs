//! Unicode: characters that hide, turn around, pile up or pretend. Holds R2.

use std::fmt::Write as _;

use crate::case::Case;
use crate::feeds::{escape, item, json_text, rss, titled, told, with};
use crate::run::hold;

#[tokio::test(flavor = "multi_thread")]
async fn text_stays_where_it_stands() {
    let mut cases = Vec::new();
    // Controls of direction, each at the beginning, in the middle and at the end, in title and text.
    for c in "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}".chars() {
        let text = format!("{c}Tug {c}{c}fdp.exe{c} left{c}");
        cases.push(
            Case::body(format!("direction-{:x}", u32::from(c)), rss(&item(1, &text, &text)))
                .lacks(c.to_string())
                .has("fdp.exe"),
        );
    }
    // Titles that look like nothing, each of one kind of it.
    for c in "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{34f}\u{115f}\u{1160}\u{3164}\u{ffa0}\u{2800}\u{180e}\u{17b4}\u{2061}\u{2063}\u{e0041}\u{e0100}\u{fe0f}\u{301}\u{20dd}\u{fff9}\u{fffb}\u{1d173}\u{206f}\u{a0}\u{3000}\u{2003}\u{1680}\u{202f}\u{180b}\u{13430}\u{1bca0}\u{16fe4}\u{1d159}".chars() {
        let title = c.to_string().repeat(40);
        cases.push(Case::body(format!("nothing-{:x}", u32::from(c)), rss(&titled(&title))).has("The tug left at six."));
    }
    // One of them between any two letters.
    for c in "\u{200b}\u{200d}\u{2060}\u{feff}\u{ad}\u{34f}\u{e0061}\u{fe0e}\u{302}".chars() {
        let title: String = "Pilotage".chars().flat_map(|letter| [letter, c]).collect();
        let mut case = Case::body(format!("between-{:x}", u32::from(c)), rss(&titled(&title)));
        if !"\u{302}\u{fe0e}".contains(c) {
            case = case.has("Pilotage");
        }
        cases.push(case);
    }
    for (id, title) in [
        ("piled-up", format!("Tug{}s", "\u{301}\u{323}\u{489}".repeat(3_000))),
        ("piled-thai", format!("ก{}", "\u{e34}\u{e49}\u{e33}".repeat(2_000))),
        ("piled-tibetan", format!("ཀ{}", "\u{f71}\u{f90}\u{f91}".repeat(2_000))),
        ("piled-first", "\u{301}\u{301}\u{301}Tug".to_owned()),
        ("joined", ["👩"; 3_000].join("\u{200d}")),
        ("joined-letters", ["क"; 2_000].join("\u{94d}\u{200d}")),
        ("joiners-alone", "Tug \u{200d}\u{200d}\u{200c} left".to_owned()),
        ("skin", format!("👍{}", "🏽".repeat(2_000))),
        ("flags", "🇩".repeat(3_001)),
        ("keycaps", "1\u{fe0f}\u{20e3}".repeat(1_000)),
        ("hangul", format!("{}{}", "ᄀ".repeat(1_000), "ᅡ".repeat(1_000))),
        ("wide", "\u{fdfd}\u{12031}\u{a9c5}".repeat(300)),
        ("private", "\u{e000}\u{f8ff}\u{f0000}\u{10fffd}".repeat(200)),
        ("unassigned", "\u{378}\u{2fe0}\u{e1000}".repeat(200)),
        ("no-characters", "Tug\u{fffe}\u{ffff}\u{1ffff}\u{10ffff}\u{fdd0}".to_owned()),
        ("one-word", "x".repeat(200_000)),
        ("lines", "Tug\n\n\n\t\t\r\rleft\u{85}at\u{2028}six\u{b}\u{c}".to_owned()),
        ("arabic", "ميناء الرصيف يزيد طاقته 2026 TEU".to_owned()),
        ("persian", "کشتی\u{200c}ها می\u{200c}رسند".to_owned()),
        ("hebrew", "נמל (חיפה) מרחיב".to_owned()),
        ("numbers", "\u{600}١٢٣\u{605} \u{6dd}٤\u{70f}".to_owned()),
        ("composed", "\u{1d160}\u{fb1d}\u{2f868}\u{212b}\u{fa10}".repeat(100)),
        ("half-wide", "ｶﾞﾌﾟ｢tug｣".repeat(200)),
        ("boxes", "│──┐\u{2588}\u{25a0}╳".repeat(100)),
        ("look-alike", "раурal.example ｔｕｇ".to_owned()),
    ] {
        cases.push(Case::body(id, rss(&item(1, &escape(&title), &escape(&title)))));
    }
    for (id, text) in [
        ("kept-arabic", "ميناء"),
        ("kept-hebrew", "חיפה"),
        ("kept-persian", "می\u{200c}رسند"),
        ("kept-emoji", "👩\u{200d}🔧"),
    ] {
        cases.push(Case::body(id, rss(&item(1, text, text))).has(text));
    }
    hold(cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn half_characters_and_look_alike_hosts_are_told_as_they_are() {
    let mut cases = Vec::new();
    for (n, escape) in [
        "\\ud800",
        "\\udc00",
        "\\udfff\\ud800",
        "\\ud83d\\u0041",
        "\\uD83D",
        "\\ud83d\\\\u",
        "\\ud83d\\",
        "\\ud8",
        "\\uZZZZ",
    ]
    .into_iter()
    .enumerate()
    {
        let text = json_text(&format!(
            "[{{\"id\":\"1\",\"title\":\"Tug {escape} left\"}},{{\"id\":\"2\",\"title\":\"Second\"}}]"
        ));
        let case = Case::body(format!("half-{n}"), text);
        cases.push(if n < 6 { case.articles(2).has("Tug").has("Second") } else { case.at_most(2) });
    }
    for (n, host) in
        ["аррӏе.example", "ｅxample.com", "exa\u{ad}mple.com", "例え.テスト", "faß.example", "xn--80ak6aa92e.example"]
            .into_iter()
            .enumerate()
    {
        let text = format!("<a href='https://{host}/pay'>https://bank.example/pay</a>");
        let elements =
            format!("<title>Pay here</title><link>https://{host}/x</link><description>{}</description>", escape(&text));
        let case = Case::body(format!("host-{n}"), rss(&with(1, &elements)));
        cases.push(if host.is_ascii() || n == 1 || n == 2 { case } else { case.has("https://xn--").lacks(host) });
    }
    for host in
        ["xn--a", "xn--", "xn--0000000000", "a..b", "-a-.example", "a\u{338}.example", "\u{200d}.example", "☃.example"]
    {
        let id = format!("no-host-{}", cases.len());
        cases.push(Case::body(id, rss(&with(1, &format!("<title>Tug</title><link>https://{host}/x</link>")))));
    }
    let mut marks = String::new();
    for c in ('\u{80}'..='\u{2fff}').step_by(3).filter(|c| !c.is_control()) {
        write!(marks, "{c}").unwrap();
    }
    cases.push(Case::body("one-of-each", rss(&told(&marks))));
    hold(cases).await;
}
