//! Whether the clock can be right. A wrong one makes feeds look new or overdue, and breaks TLS.

use jiff::{SignedDuration, Timestamp};

use super::Finding;
use crate::cli::moment::local;
use crate::engine::EngineHandle;

/// No tidings existed before this second (2026-11-01 UTC), so a clock that is behind it is wrong.
const FIRST_RELEASE: i64 = 1_793_491_200;

const ADVICE: &str = "set the clock, best by network time (`timedatectl set-ntp true`)";

/// Looks at the clock alone.
pub(super) fn look(now: Timestamp) -> Vec<Finding> {
    vec![if now.as_second() < FIRST_RELEASE {
        Finding::wrong("clock.time", format!("the clock says {}, which is before tidings was made", local(now)), ADVICE)
    } else {
        Finding::ok("clock.time", format!("the clock says {}", local(now)))
    }]
}

/// Looks at the clock beside what was remembered of earlier polls.
pub(super) async fn look_at_feeds(engine: &EngineHandle, now: Timestamp) -> Vec<Finding> {
    let Ok(feeds) = engine.feeds().await else { return Vec::new() };
    let latest = feeds.iter().filter_map(|status| status.facts.last_attempt).max();
    match latest {
        Some(latest) if latest.duration_since(now) > SignedDuration::from_mins(5) => {
            vec![Finding::wrong(
                "clock.polls",
                format!("a feed was last asked at {}, which is in the future", local(latest)),
                ADVICE,
            )]
        }
        Some(latest) => vec![Finding::ok("clock.polls", format!("a feed was last asked at {}", local(latest)))],
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::doctor::Level;

    #[test]
    fn a_clock_before_the_first_release_is_wrong() {
        assert_eq!(Timestamp::from_second(FIRST_RELEASE).unwrap().to_string(), "2026-11-01T00:00:00Z");
        let level = |second| look(Timestamp::from_second(second).unwrap())[0].level;
        assert_eq!((level(FIRST_RELEASE - 1), level(FIRST_RELEASE)), (Level::Wrong, Level::Ok));
    }
}
