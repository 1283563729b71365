//! Character sets: wrong, mixed, missing, ancient and dangerous encodings. Holds R7 for bytes.

use crate::case::Case;
use crate::feeds::{item, rss, titled};
use crate::run::hold;

/// A feed with bytes of its own in its title, whatever it says of itself.
fn bytes(declared: &str, title: &[u8]) -> Vec<u8> {
    let whole = rss(&titled("@@")).replacen(
        "?>",
        &format!("{}?>", if declared.is_empty() { String::new() } else { format!(" encoding=\"{declared}\"") }),
        1,
    );
    let (before, after) = whole.split_once("@@").unwrap();
    [before.as_bytes(), title, after.as_bytes()].concat()
}

fn said(id: &str, label: &str, title: &[u8]) -> Case {
    Case::typed(id, &format!("application/rss+xml; charset={label}"), bytes("", title))
}

fn declared(id: &str, label: &str, title: &[u8]) -> Case {
    Case::body(id, bytes(label, title))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_encoding_is_read_whoever_names_it() {
    let mut cases = Vec::new();
    let samples: [(&str, &str, &[u8]); 14] = [
        ("windows-1251", "Порт", b"\xcf\xee\xf0\xf2"),
        ("koi8-r", "Порт", b"\xf0\xcf\xd2\xd4"),
        ("iso-8859-5", "Порт", b"\xbf\xde\xe0\xe2"),
        ("iso-8859-2", "Łódź", b"\xa3\xf3d\xbc"),
        ("windows-1252", "Zürich – “Kai”", b"Z\xfcrich \x96 \x93Kai\x94"),
        ("iso-8859-1", "Zürich – “Kai”", b"Z\xfcrich \x96 \x93Kai\x94"),
        ("iso-8859-15", "5 €", b"5 \xa4"),
        ("windows-1256", "ميناء", b"\xe3\xed\xe4\xc7\xc1"),
        ("shift_jis", "港の便り", b"\x8d`\x82\xcc\x95\xd6\x82\xe8"),
        ("euc-jp", "港の便り", b"\xb9\xc1\xa4\xce\xca\xd8\xa4\xea"),
        ("gb2312", "港口", b"\xb8\xdb\xbf\xda"),
        ("gb18030", "港口", b"\xb8\xdb\xbf\xda"),
        ("big5", "港口", b"\xb4\xe4\xa4f"),
        ("euc-kr", "항구", b"\xc7\xd7\xb1\xb8"),
    ];
    for (label, text, title) in samples {
        cases.push(said(&format!("said-{label}"), label, title).has(text));
        cases.push(said(&format!("quoted-{label}"), &format!("\"{}\"", label.to_uppercase()), title).has(text));
        cases.push(declared(&format!("declared-{label}"), label, title).has(text));
        cases.push(
            Case::typed(format!("both-{label}"), &format!("text/xml;charset={label}"), bytes(label, title)).has(text),
        );
    }
    let text = rss(&titled("Zürich 港口 Порт"));
    let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let le32: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_le_bytes()).collect();
    let be32: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    for (id, mark, body) in [
        ("utf-16-le", b"\xff\xfe".as_slice(), &le),
        ("utf-16-be", b"\xfe\xff", &be),
        ("utf-32-le", b"\xff\xfe\0\0", &le32),
        ("utf-32-be", b"\0\0\xfe\xff", &be32),
        ("utf-8", b"\xef\xbb\xbf", &text.clone().into_bytes()),
    ] {
        cases.push(Case::body(format!("{id}-marked"), [mark, body].concat()).has("Zürich 港口 Порт"));
        cases.push(Case::body(format!("{id}-bare"), body.clone()).has("Zürich 港口 Порт"));
        cases.push(
            Case::typed(format!("{id}-lied"), "text/xml; charset=iso-8859-1", [mark, body].concat())
                .has("Zürich 港口 Порт"),
        );
        cases.push(Case::body(format!("{id}-odd"), [mark, &body[..body.len() - 1]].concat()).at_most(1));
        cases.push(Case::body(format!("{id}-twice"), [mark, mark, body].concat()).between(0..=1).at_most(1));
    }
    for label in [
        "utf-8",
        "UTF8",
        "utf8mb4",
        "unicode",
        "utf-16",
        "utf-16le",
        "utf-32",
        "x-user-defined",
        "replacement",
        "none",
        "",
        "\"",
        "utf-8; charset=koi8-r",
        "binary",
        "us-ascii",
        "cp65001",
        "%s",
        "ＵＴＦ-8",
    ] {
        let id = format!("label-{}", cases.len());
        cases.push(said(&id, label, "Zürich 港口".as_bytes()).has("Zürich 港口"));
        cases.push(Case::body(format!("{id}-declared"), bytes(label, "Zürich 港口".as_bytes())).has("Zürich 港口"));
    }
    cases.push(said("label-long", &"x".repeat(30_000), b"Tug").has("Tug"));
    hold(cases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_that_are_no_text_do_no_harm() {
    let long = |title: &str| rss(&(1..=3).map(|n| item(n, title, "x")).collect::<String>());
    let mut cases = vec![
        declared("invalid", "utf-8", b"Tug \xff\xfe\xc0\xaf\xed\xa0\x80\xf5\x80\x80\x80 left").has("Tug").has("left"),
        declared("overlong", "utf-8", b"Tug \xc1\x9b\xe0\x80\x9b\xf0\x80\x80\x9b[31m left").has("left"),
        declared("surrogates", "utf-8", b"Tug \xed\xa0\xbd\xed\xb8\x80 left").has("left"),
        declared("cut-character", "utf-8", b"Tug \xe6\xb8").has("Tug"),
        declared("controls-in-1252", "windows-1252", b"Tug \x81\x8d\x8f\x90\x9d left").has("left"),
        declared("controls-in-latin", "iso-8859-1", b"Tug \x9b31m\x9d0;x\x9c left").has("left"),
        declared("controls-in-koi8", "koi8-r", b"Tug \x9b\x1b[31m left").has("left"),
        said("utf-7", "utf-7", b"+ADw-script+AD4-SMUGGLED()+ADw-/script+AD4- Tug").lacks("<script>").at_most(1),
        declared("utf-7-declared", "utf-7", b"+AGIAYQ-").at_most(1),
        said("iso-2022-jp", "iso-2022-jp", b"\x1b$B9A\x1b(B Tug \x1b[31m\x1b(J\\ left").at_most(1),
        said("iso-2022-kr", "iso-2022-kr", b"\x1b$)C\x0e9A\x0f Tug left").at_most(1),
        said("hz", "hz-gb-2312", b"~{\x3b\x5b~} Tug left").at_most(1),
        said("ebcdic", "cp037", b"Tug").at_most(1),
        declared("ebcdic-declared", "IBM037", b"Tug").at_most(1),
        Case::body("ebcdic-bytes", b"\x4c\x6f\xa7\x94\x93\x40".to_vec()).at_most(0),
        declared("shift-jis-broken", "shift_jis", b"Tug \x81 \x82\xff \xfd left").has("left"),
        declared("gb18030-broken", "gb18030", b"Tug \x81\x30\x81 \xff left").at_most(1),
        declared("big5-broken", "big5", b"Tug \x81\x20 \xff\xff left").has("left"),
        // A lead byte must not eat the angle bracket behind it.
        declared("lead-eats-tag", "shift_jis", b"Tug \x82").at_most(1),
        declared("lead-eats-tag-gb", "gbk", b"Tug \x82").at_most(1),
        Case::body("mixed", [&bytes("", "Zürich".as_bytes())[..120], b"Z\xfcrich \xe6\xb8\xaf"].concat()).at_most(1),
        Case::body("mixed-items", [long("Zürich").replacen("Zürich", "@", 1).replace('@', "Z").as_bytes(), b"\xfc"].concat()).between(3..=3),
        Case::body("latin-in-utf-8", rss("").replace("</channel></rss>", "").into_bytes().into_iter().chain(*b"<item><title>Stra\xdfe nach Z\xfcrich gesperrt, Umleitung \xfcber K\xf6ln</title></item></channel></rss>").collect::<Vec<u8>>()).has("Zürich").has("Köln"),
        Case::body("twice-utf-8", rss(&titled("ZÃ¼rich Ã©tÃ©"))).has("Z"),
        Case::body("marks-inside", rss(&titled("\u{feff}Tug\u{feff} left\u{feff}"))).has("Tug left"),
        Case::body("all-bytes", bytes("utf-8", &(0..=255).filter(|b| !b"<&".contains(b)).collect::<Vec<u8>>())).at_most(1),
        Case::body("all-bytes-latin", bytes("iso-8859-1", &(0..=255).filter(|b| !b"<&".contains(b)).collect::<Vec<u8>>())).at_most(1),
        Case::body("only-mark", b"\xef\xbb\xbf".to_vec()).error("empty"),
        Case::body("only-mark-16", b"\xff\xfe".to_vec()).error("empty"),
        Case::body("only-mark-32", b"\0\0\xfe\xff".to_vec()).error("empty"),
        Case::body("nulls", vec![0; 100_000]).at_most(0),
        Case::body("ones", vec![0xff; 100_000]).at_most(0),
        Case::body("marks-only", b"\xef\xbb\xbf".repeat(30_000)).at_most(0),
        Case::body("half-pairs", [b"\xff\xfe".to_vec(), b"\x3d\xd8".repeat(10_000)].concat()).at_most(0),
        Case::body("utf-32-beyond", [b"\0\0\xfe\xff".to_vec(), b"\0\x11\0\0\xff\xff\xff\xff".repeat(1_000)].concat()).at_most(0),
    ];
    cases.extend((0..32).map(|n| {
        // Noise, another one each time, but the same at every run.
        let noise: Vec<u8> = (0u32..600)
            .map(|i| (i.wrapping_mul(2_654_435_761).rotate_left(n) >> 13).to_le_bytes()[0])
            .filter(|b| !b"<>&".contains(b))
            .collect();
        Case::body(format!("noise-{n}"), bytes(["", "utf-8", "shift_jis", "gb18030"][n as usize % 4], &noise))
            .at_most(1)
    }));
    hold(cases).await;
}
