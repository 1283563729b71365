//! Whether the clock may be trusted with clearing away what is old (THREATS F22). One that leapt, by years or because
//! nobody looked for two months, is believed when a later look, a day on, finds it where it then should be.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction};

use super::actor::Turn;
use super::columns::millis;
use super::{Store, StoreError, quickly, setting};

const DAY: i64 = 24 * 60 * 60 * 1000;
/// From one look to the next, a step of the clock up to this (ms) is believed at once: a wrong one makes articles no more
/// than a week older than they are.
const STEP: i64 = 7 * DAY;
/// A leap is believed so long after it was first seen (ms), by the clock itself,
const CONFIRMED_AFTER: i64 = DAY;
/// and no later than this (ms), which would be a leap of its own.
const CONFIRMED_BEFORE: i64 = 60 * DAY;

/// Rows of the table `setting`, in milliseconds; 0 or missing: none.
const KNOWN: &str = "clock_known";
const LEAPT: &str = "clock_leapt";

/// What is remembered of the clock, in milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Sightings {
    /// Where it stood when it was last believed.
    known: Option<i64>,
    /// Where it stood when it was first seen to have leapt from there.
    leapt: Option<i64>,
}

impl Sightings {
    fn read(conn: &Connection) -> rusqlite::Result<Self> {
        let sighted = |name| setting::get(conn, name).map(|at| at.filter(|at| *at != 0));
        Ok(Self { known: sighted(KNOWN)?, leapt: sighted(LEAPT)? })
    }

    fn write(self, tx: &Transaction<'_>) -> rusqlite::Result<()> {
        setting::set(tx, KNOWN, self.known.unwrap_or_default())?;
        setting::set(tx, LEAPT, self.leapt.unwrap_or_default())
    }

    /// Whether a clock that says `now` is believed, and what is remembered from then on.
    fn look(self, now: i64) -> (bool, Self) {
        let believed = (true, Self { known: Some(now), leapt: None });
        if self.known.is_some_and(|known| now.abs_diff(known) <= STEP.unsigned_abs()) {
            return believed;
        }
        match self.leapt.map(|leapt| now.saturating_sub(leapt)) {
            Some(CONFIRMED_AFTER..=CONFIRMED_BEFORE) => believed,
            Some(0..CONFIRMED_AFTER) => (false, self),
            _ => (false, Self { leapt: Some(now), ..self }),
        }
    }
}

/// Where the clock stood when it was last believed, in milliseconds; the least number when it never was. What is noted by
/// a clock that was set back is noted as of then, so that it is not all at once old when the clock is put right.
pub(super) fn known(conn: &Connection) -> rusqlite::Result<i64> {
    Ok(Sightings::read(conn)?.known.unwrap_or(i64::MIN))
}

impl Store {
    /// Looks at the clock: whether what is old by it may be removed. It may when the clock stands within a week of where
    /// it was last believed, or when it leapt, once that is a day ago and not contradicted since.
    pub async fn believes(&self, now: Timestamp) -> Result<bool, StoreError> {
        let now = millis(now);
        let look = move |tx: &Transaction<'_>| {
            let before = Sightings::read(tx)?;
            let (believed, after) = before.look(now);
            if after != before {
                after.write(tx)?;
            }
            Ok(believed)
        };
        self.write(Turn::InOrder, "saving the time", move |conn| quickly(conn, look)).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days at which the clock is looked at, and whether it is believed.
    fn history(looks: &[(i64, bool)]) {
        let mut seen = Sightings::default();
        for (at, (day, expected)) in looks.iter().enumerate() {
            let (believed, after) = seen.look(20_000 * DAY + day * DAY);
            assert_eq!(believed, *expected, "look {at}, on day {day} of {looks:?}: {seen:?}");
            seen = after;
        }
    }

    #[test]
    fn a_clock_that_goes_on_is_believed_from_its_second_day() {
        history(&[(0, false), (1, true), (1, true), (2, true), (9, true), (16, true)]);
    }

    #[test]
    fn two_months_without_a_look_are_believed_a_day_later() {
        history(&[(0, false), (1, true), (61, false), (61, false), (62, true), (63, true)]);
        // Who looks once a fortnight, too.
        history(&[(0, false), (14, true), (28, false), (42, true), (56, false)]);
    }

    #[test]
    fn a_clock_that_leaps_ahead_and_back_is_never_believed_ahead() {
        history(&[(0, false), (1, true), (3651, false), (1, true), (3652, false), (2, true), (3653, false), (3, true)]);
        // Nor when it leaps on and on.
        history(&[(0, false), (1, true), (400, false), (800, false), (1200, false), (2, true)]);
        history(&[(0, false), (1, true), (-400, false), (2, true)]);
    }

    #[test]
    fn the_end_of_time_is_only_a_leap() {
        let seen = Sightings { known: Some(20_000 * DAY), leapt: Some(-20_000 * DAY) };
        for now in [i64::MAX, i64::MIN] {
            assert!(!seen.look(now).0, "{now}");
        }
    }
}
