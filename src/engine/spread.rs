//! When the polls of one round start: all at once, or spread over a time, which the user's wish may cut short.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

/// When the polls of a round start.
#[derive(Debug, Clone)]
pub(super) struct Spread {
    over: Duration,
    cut: watch::Receiver<bool>,
}

/// Cuts a spread short: polls that did not start yet will not start in that round.
#[derive(Debug)]
pub(super) struct Cutter(watch::Sender<bool>);

impl Cutter {
    /// From now on no further poll of the round starts, unless all were to start at once anyway.
    pub(super) fn cut(&self) {
        self.0.send_replace(true);
    }
}

impl Spread {
    /// All at once.
    pub(super) fn none() -> Self {
        Self::over(Duration::ZERO).1
    }

    /// Evenly over this time; zero: at once. Without the cutter nothing is ever cut.
    pub(super) fn over(time: Duration) -> (Cutter, Self) {
        let (sender, cut) = watch::channel(false);
        (Cutter(sender), Self { over: time, cut })
    }

    /// Waits for the start of poll `turn` (from 0) of so many. False: the spread was cut before, and it should not start.
    pub(super) async fn wait(&mut self, turn: u32, of: usize) -> bool {
        let start = start(self.over, turn, of);
        if start.is_zero() {
            return !self.is_cut();
        }
        tokio::select! {
            biased;
            Ok(_) = self.cut.wait_for(|cut| *cut) => false,
            () = sleep(start) => true,
        }
    }

    /// Whether what did not start yet is to be left.
    pub(super) fn is_cut(&self) -> bool {
        !self.over.is_zero() && *self.cut.borrow()
    }
}

/// How long after the beginning of a round that is spread over this time poll `turn` (from 0) of so many starts.
fn start(over: Duration, turn: u32, of: usize) -> Duration {
    let step = over / u32::try_from(of.max(1)).unwrap_or(u32::MAX);
    step.saturating_mul(turn).min(over)
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Waker};

    use super::*;

    #[test]
    fn a_spread_round_starts_its_share_each_second_and_ends_within_its_time() {
        let over = Duration::from_mins(1);
        for feeds in [1_u32, 2, 7, 60, 139, 1_000, 100_000] {
            let starts: Vec<Duration> =
                (0..feeds).map(|turn| start(over, turn, usize::try_from(feeds).expect("few"))).collect();
            assert_eq!(starts[0], Duration::ZERO, "the first of {feeds} at once");
            assert!(starts.iter().all(|start| *start < over), "{feeds} feeds end in time");
            let share = feeds.div_ceil(60);
            let mut seconds = [0_u32; 60];
            for start in &starts {
                seconds[usize::try_from(start.as_secs()).expect("less than a minute")] += 1;
            }
            // Steps are whole nanoseconds, so that one more may slip into a second.
            assert!(seconds.iter().all(|starts| *starts <= share + 1), "{feeds} feeds: {seconds:?}");
            assert!(feeds < 60 || seconds.iter().all(|starts| *starts > 0), "{feeds} feeds: {seconds:?}");
        }
    }

    #[test]
    fn without_a_spread_all_start_at_once() {
        assert!((0..500).all(|turn| start(Duration::ZERO, turn, 500).is_zero()));
    }

    #[tokio::test]
    async fn a_cut_leaves_what_did_not_start_and_nothing_else() {
        let (cutter, mut spread) = Spread::over(Duration::from_hours(1));
        let mut first = spread.clone();
        assert!(first.wait(0, 2).await, "the first starts at once");
        {
            let mut second = std::pin::pin!(spread.wait(1, 2));
            let mut context = Context::from_waker(Waker::noop());
            assert!(second.as_mut().poll(&mut context).is_pending(), "the second waits half an hour");
            cutter.cut();
            assert!(!second.await, "cut before its time");
        }
        assert!(spread.is_cut());
        let (cutter, mut at_once) = Spread::over(Duration::ZERO);
        cutter.cut();
        assert!(at_once.wait(5, 9).await && !at_once.is_cut(), "a round that is not spread is not cut");
    }

    #[tokio::test]
    async fn without_its_cutter_a_spread_goes_on() {
        let mut spread = Spread::none();
        spread.over = Duration::from_millis(2);
        assert!(spread.wait(1, 2).await, "nobody cut it");
    }
}
