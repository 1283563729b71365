//! Articles of made-up words that are as unlike each other as those of a real desk: the usual case.

use jiff::Timestamp;
use tidings::model::{ArticleId, FeedId};
use tidings::story::Telling;

use crate::dice::Dice;

/// Articles of a month.
pub(crate) const A_MONTH: i64 = 100_000;

/// A made-up vocabulary in which the word of rank n occurs about 1/n as often as the first, as in real text.
fn word(dice: &mut Dice, text: &mut String) {
    const SYLLABLES: [&str; 16] =
        ["ba", "ren", "to", "mi", "gas", "ke", "lun", "so", "pra", "wex", "do", "fir", "na", "cro", "ze", "hu"];
    let even = dice.number(1_000_000) as f64 / 1_000_000.0;
    let mut rank = (60_000f64.powf(even)) as usize;
    loop {
        text.push_str(SYLLABLES[rank % 16]);
        rank /= 16;
        if rank == 0 {
            break;
        }
    }
    text.push(' ');
}

/// The article of a number: one of three tells an event that others of the hour tell too.
pub(crate) fn article(dice: &mut Dice, n: i64) -> Telling {
    let event = if n % 3 == 0 { n / 12 } else { n + 10_000_000 };
    let mut subject = Dice::new(event.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let (mut title, mut text) = (String::new(), String::new());
    for _ in 0..5 {
        word(&mut subject, &mut title);
    }
    for _ in 0..10 {
        word(&mut subject, &mut text);
    }
    for _ in 0..5 {
        word(dice, &mut title);
    }
    for _ in 0..30 {
        word(dice, &mut text);
    }
    Telling {
        article: ArticleId(n),
        feed: FeedId(n % 150),
        date: Timestamp::from_second(1_900_000_000 + n * 30 * 86_400 / A_MONTH).expect("a date in range"),
        url: format!("https://feed{}.example/{n}", n % 150),
        title,
        text,
        entities: vec![format!("oc:{}", dice.number(2_000)), format!("pt:{}", dice.number(2_000))],
        language: None,
    }
}
