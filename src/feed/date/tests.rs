//! Every rung of the ladder, with the moment it stands for.

use proptest::prelude::*;

use super::parse_date;

fn read(raw: &str) -> String {
    parse_date(raw).map_or_else(|| "none".to_owned(), |moment| moment.to_string())
}

#[track_caller]
fn all(expected: &str, forms: &[&str]) {
    for form in forms {
        assert_eq!(read(form), expected, "{form}");
    }
}

#[test]
fn reads_rfc_822_with_odd_zones_and_habits() {
    all(
        "2026-10-06T08:00:00Z",
        &[
            "Tue, 06 Oct 2026 08:00:00 GMT",
            "Tue, 06 Oct 2026 08:00:00 +0000",
            "Tue, 6 Oct 26 08:00:00 UT",
            "06 Oct 2026 08:00 Z",
            "Tue,06 Oct 2026 08:00:00 -0000",
            "Tue, 06 Oct, 2026 08:00:00 UTC",
            "Tuesday, 6 October 2026 10:00:00 CEST",
            "Tue, 06 Oct 2026 10:00:00 +02:00",
            "Tue, 06 Oct 2026 10:00:00 GMT+2",
            "Tue, 06 Oct 2026 10:00:00 +0200 (CEST)",
            "Tue, 06 Oct 2026 04:00:00 EDT",
            "Tue, 06 Oct 2026 03:00:00 EST",
            "Tue, 06 Oct 2026 01:00:00 PDT",
            "Tue, 06 Oct 2026 08:00:00 Etc/GMT",
            "Tue Oct 06 2026 10:00:00 +0200",
            "Tue, 06 Oct 2026 8:00:00",
            "Oct 6, 2026 08:00",
            "06-Oct-2026 08:00",
        ],
    );
    assert_eq!(read("Wed, 19 Feb 2025 22:40:00 GMT-01:01"), "2025-02-19T23:41:00Z");
    assert_eq!(read("Thu, 31 Jun 2004 19:48:21 GMT"), "2004-07-01T19:48:21Z");
    assert_eq!(read("Thu, 01 Jan 2004"), "2004-01-01T00:00:00Z");
}

#[test]
fn reads_iso_forms_whole_and_partial() {
    all(
        "2026-10-06T08:00:00Z",
        &[
            "2026-10-06T08:00:00Z",
            "2026-10-06T08:00:00.123456Z",
            "2026-10-06T08:00Z",
            "2026-10-06T08:00:00",
            "2026-10-06 08:00:00",
            "2026-10-06 10:00:00 +02:00",
            "2026-10-06T10:00:00+0200",
            "2026-10-06T10:00:00+02",
            "20261006T080000Z",
            "20261006T1000+0200",
            "2026-010-06T08:00:00Z",
            "2026/10/06 08:00:00",
            "Tue, 2026/10/06 04:00:00 EDT",
            "1791273600",
            "1791273600000",
        ],
    );
    all("2026-10-06T00:00:00Z", &["2026-10-06", "20261006", "2026-279", "2026279", "26-10-06", "261006"]);
    all("2026-10-01T00:00:00Z", &["2026-10", "-2610", "-26-10", "October 2026"]);
    assert_eq!(read("2026"), "2026-01-01T00:00:00Z");
    assert_eq!(read("2026-10-06T24:00:00Z"), "2026-10-07T00:00:00Z");
    assert_eq!(read("2016-12-31T23:59:60Z"), "2016-12-31T23:59:59Z");
}

#[test]
fn reads_numeric_asctime_and_twelve_hour_forms() {
    all(
        "2026-10-06T08:00:00Z",
        &[
            "06/10/2026 08:00",
            "06.10.2026 08:00",
            "6.10.26 08:00",
            "10/6/2026 8:00 AM",
            "10/06/2026 08:00:00 a.m.",
            "Tue Oct  6 08:00:00 2026",
            "Tue Oct 06 08:00:00 +0000 2026",
            "Tuesday, October 6, 2026 - 08:00",
            "08:00, 6 October 2026",
        ],
    );
    all("2026-10-31T20:00:00Z", &["10/31/2026 8:00 PM", "31/10/2026 20:00", "Oct 31, 2026 8:00pm", "31-10-2026 20:00"]);
    assert_eq!(read("10/31/2026 12:05 AM"), "2026-10-31T00:05:00Z");
}

#[test]
fn reads_other_languages() {
    all(
        "2026-10-06T08:00:00Z",
        &[
            "mar., 06 oct. 2026 08:00:00 +0000",
            "mardi 6 octobre 2026 08h00",
            "Di, 06 Okt 2026 10:00:00 MESZ",
            "Dienstag, 6. Oktober 2026 08:00",
            "6 de outubro de 2026 08:00",
            "Τρί, 06 Οκτ 2026 03:00:00 EST",
            "2026-október-06T3:00-05:00",
            "вт, 06 окт 2026 11:00:00 MSK",
            "2026년 10월 06일  17:00:00",
            "2026-10-06 오후 5:00:00",
            "2026年10月6日 08:00",
        ],
    );
}

#[test]
fn refuses_what_says_no_moment() {
    for nonsense in [
        "",
        "soon",
        "Sun, 16 zzz 2012 11:47:32 GMT",
        "Sun, Dec x 2012 11:47:32 GMT",
        "Sun, 16 Dec zz 11:47:32 GMT",
        "Sun, 16 Dec 2012 1:2:3:4 GMT",
        "Sun, 16 Dec 2012 11:47:32 +zz:00",
        "Sun, 16 Dec 2012 11:47:32 +00:zz",
        "Sun, 99 Jun 2009 12:00:00 GMT",
        "2003-12-31T25:14:55Z",
        "2003-12-31T10:61:55Z",
        "2003-13-31",
        "2013-01-27-01",
        "9999-12-31T23:59:59-99:99",
        "Sun, 31 Dec 9999 23:59:59 -9999",
        "0001-01-01T00:00:00Z",
        "-0001-11-30T00:00:00+0000",
        "Thu, 01 Jan 1970 00:00:00 +0000",
        "99999999999999999999",
        "１２３",
    ] {
        assert_eq!(read(nonsense), "none", "{nonsense}");
    }
}

proptest! {
    #[test]
    fn never_panics(raw in "\\PC{0,60}") {
        let _ = parse_date(&raw);
    }

    #[test]
    fn never_panics_on_what_looks_like_a_date(raw in "[0-9TZ:+ ./,-]{0,40}(oct|pm|오후|年|é)?[0-9:+ -]{0,12}") {
        let _ = parse_date(&raw);
    }

    #[test]
    fn reads_back_what_rfc_3339_wrote(second in 86_400_i64..4_000_000_000) {
        let moment = jiff::Timestamp::from_second(second).unwrap();
        prop_assert_eq!(parse_date(&moment.to_string()), Some(moment));
        prop_assert_eq!(parse_date(&moment.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()), Some(moment));
    }
}
