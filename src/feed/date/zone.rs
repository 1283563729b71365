//! What follows a clock time: morning or afternoon, the zone, and sometimes the year.

/// Korea's zone, in seconds.
pub(super) const KOREA: i64 = 9 * 3600;

/// Zone names with their offsets in minutes: RFC 822, section 5, then what feeds write besides. Unknown names are UTC.
const NAMES: [(&str, i64); 60] = [
    ("est", -300),
    ("edt", -240),
    ("et", -300),
    ("cst", -360),
    ("cdt", -300),
    ("ct", -360),
    ("mst", -420),
    ("mdt", -360),
    ("mt", -420),
    ("pst", -480),
    ("pdt", -420),
    ("pt", -480),
    ("ast", -240),
    ("adt", -180),
    ("at", -240),
    ("nst", -210),
    ("ndt", -150),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
    ("hdt", -540),
    ("brt", -180),
    ("art", -180),
    ("clt", -240),
    ("cet", 60),
    ("cest", 120),
    ("met", 60),
    ("mest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("msd", 240),
    ("trt", 180),
    ("sast", 120),
    ("eat", 180),
    ("wat", 60),
    ("cat", 120),
    ("gst", 240),
    ("pkt", 300),
    ("ist", 330),
    ("ict", 420),
    ("wib", 420),
    ("sgt", 480),
    ("hkt", 480),
    ("pht", 480),
    ("awst", 480),
    ("kst", 540),
    ("jst", 540),
    ("acst", 570),
    ("acdt", 630),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("ut", 0),
];

/// Morning or afternoon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// What was read after the clock time.
#[derive(Debug, Default)]
pub(super) struct Tail {
    /// Offset from UTC in seconds.
    pub(super) offset: Option<i64>,
    pub(super) half_day: Option<Half>,
    /// What is not of the time: may hold the date's words and numbers.
    pub(super) rest: String,
}

/// Reads what follows the clock time. None when a numeric zone makes no sense: then the whole date cannot be trusted.
pub(super) fn read(text: &str) -> Option<Tail> {
    let mut tail = Tail::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let token = if c.is_alphabetic() {
            let end = rest.find(|c: char| !(c.is_alphabetic() || c == '.' || c == '/')).unwrap_or(rest.len());
            word(&mut tail, &rest[..end], rest[end..].starts_with(['+', '-']));
            end
        } else if matches!(c, '+' | '-') && tail.offset.is_none() && is_offset_place(&tail, &rest[1..]) {
            let end = rest[1..].find(|c: char| !(c.is_alphanumeric() || c == ':')).map_or(rest.len(), |end| end + 1);
            tail.offset = Some(numeric(&rest[1..end])? * if c == '-' { -1 } else { 1 });
            end
        } else {
            tail.rest.push(c);
            c.len_utf8()
        };
        rest = &rest[token..];
    }
    Some(tail)
}

/// Morning or afternoon where it stands before the clock time, as in Korean.
pub(super) fn half_day_before(text: &str) -> Option<Half> {
    text.split_whitespace().find_map(|word| match word {
        "am" => Some(Half::Am),
        "pm" => Some(Half::Pm),
        _ => None,
    })
}

/// A sign is a zone's unless the date goes on behind it (`08:00 - October 6`).
fn is_offset_place(tail: &Tail, behind: &str) -> bool {
    behind.starts_with(|c: char| c.is_alphanumeric()) && !tail.rest.contains(|c: char| c.is_ascii_digit())
}

fn word(tail: &mut Tail, word: &str, sign_follows: bool) {
    let bare = word.trim_end_matches('.');
    match bare {
        "am" | "a.m" => tail.half_day = Some(Half::Am),
        "pm" | "p.m" => tail.half_day = Some(Half::Pm),
        // `GMT+2`: the number says it.
        _ if sign_follows => {}
        "z" | "utc" | "gmt" => {
            tail.offset.get_or_insert(0);
        }
        _ => {
            if let Some((_, minutes)) = NAMES.iter().find(|(name, _)| *name == bare) {
                tail.offset.get_or_insert(minutes * 60);
            } else {
                tail.rest.push_str(word);
                tail.rest.push(' ');
            }
        }
    }
}

/// `hhmm`, `hh:mm`, `hh` or `h`, in seconds; less than a day.
fn numeric(digits: &str) -> Option<i64> {
    let (hours, minutes) = match digits.split_once(':') {
        Some((hours, minutes)) => (hours, minutes),
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let (hours, minutes) = (hours.parse::<u8>().ok()?, minutes.parse::<u8>().ok()?);
    (hours < 24 && minutes < 60).then_some(i64::from(hours) * 3600 + i64::from(minutes) * 60)
}
