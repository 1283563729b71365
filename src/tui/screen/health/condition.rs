//! How a feed is doing, as a sign and in words: the thing, the reason, what still works, and a key.

use jiff::{SignedDuration, Timestamp};

use crate::command::CommandId;
use crate::engine::FeedHealth;
use crate::model::Gap;
use crate::text::{clean_line, humanize};
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::{times, words};

/// How a feed is doing; of several conditions the one that the user should know first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    /// It is not polled, as the user wished.
    Muted,
    /// The server said that it is gone for good.
    Gone,
    /// The server asked to be left alone for a while.
    Waiting,
    /// The last polls failed.
    Failing,
    /// Articles passed between two polls, lately.
    Gap,
    /// It was never asked.
    Unasked,
    /// All is well.
    Well,
}

/// How long a gap counts as news; after that only the details tell of it.
const GAP_IS_NEWS: SignedDuration = SignedDuration::from_hours(24);

impl Condition {
    /// How a feed is doing now.
    pub(super) fn of(feed: &FeedHealth, now: Timestamp) -> Self {
        let facts = &feed.status.facts;
        let gap_is_news = |gap: &Gap| now.duration_since(gap.to) < GAP_IS_NEWS;
        if !feed.status.feed.enabled {
            Self::Muted
        } else if facts.gone {
            Self::Gone
        } else if facts.retry_after.is_some_and(|until| until > now) {
            Self::Waiting
        } else if facts.failures > 0 {
            Self::Failing
        } else if facts.last_attempt.is_none() {
            Self::Unasked
        } else if facts.gap.as_ref().is_some_and(gap_is_news) {
            Self::Gap
        } else {
            Self::Well
        }
    }

    /// Whether it needs the user.
    pub(super) fn is_problem(self) -> bool {
        match self {
            Self::Gone | Self::Waiting | Self::Failing => true,
            Self::Muted | Self::Gap | Self::Unasked | Self::Well => false,
        }
    }

    /// Its sign, one column wide and another shape for each, with its role.
    pub(super) fn sign(self, ascii: bool) -> (&'static str, Role) {
        let (unicode, plain, role) = match self {
            Self::Muted => ("–", "-", Role::Dim),
            Self::Gone => ("✗", "x", Role::Error),
            Self::Waiting => ("…", "~", Role::Warning),
            Self::Failing => ("⚠", "!", Role::Warning),
            Self::Gap => ("◌", "?", Role::Warning),
            Self::Unasked => ("·", ".", Role::Dim),
            Self::Well => ("✓", "+", Role::Good),
        };
        (if ascii { plain } else { unicode }, role)
    }
}

/// One line about a feed.
pub(super) fn story(feed: &FeedHealth, shared: &Shared) -> String {
    let facts = &feed.status.facts;
    let at = |time| times::short_date(time, shared.now, &shared.zone);
    let key = |command| shared.key(command);
    let mut parts = Vec::new();
    match Condition::of(feed, shared.now) {
        Condition::Muted => parts.push(format!("muted; {} unmutes it", key(CommandId::FeedsMute))),
        Condition::Gone => {
            parts.push("410 Gone".to_owned());
            parts.push(format!("{} removes it, its {} age out", key(CommandId::FeedsRemove), kept(feed)));
            parts.push(format!("{} keeps them, muted", key(CommandId::FeedsMute)));
            parts.push(format!("{} asks once more", key(CommandId::FeedsForce)));
        }
        Condition::Waiting => {
            parts.push(error(feed).unwrap_or_else(|| "asked us to wait".to_owned()));
            parts.extend(facts.retry_after.map(|until| format!("retry {}", at(until))));
            parts.push(last_good(feed, shared));
        }
        Condition::Failing => {
            match named(feed) {
                // The key comes before the address, which may be long.
                Some(named) => {
                    parts.push("a web page, not a feed".to_owned());
                    parts.push(format!("{} takes the feed it names: {named}", key(CommandId::FeedsMove)));
                }
                None => parts.push(error(feed).unwrap_or_else(|| "failed".to_owned())),
            }
            parts.extend(feed.next_poll.map(|next| format!("retry {}", at(next))));
            parts.push(last_good(feed, shared));
        }
        Condition::Gap => parts.extend(facts.gap.map(|gap| gap_words(&gap, shared))),
        Condition::Unasked => parts.push("not asked yet".to_owned()),
        Condition::Well => parts.push(feed.why.clone()),
    }
    parts.join(&format!(" {} ", shared.settings.glyphs.dot))
}

fn kept(feed: &FeedHealth) -> String {
    words::articles(feed.status.articles)
}

/// Words for the last failure; the status where there are none.
fn error(feed: &FeedHealth) -> Option<String> {
    let facts = &feed.status.facts;
    facts.last_error.as_deref().map(clean_line).or_else(|| facts.last_status.map(|status| format!("HTTP {status}")))
}

/// The feed that its page names, when that is why it fails.
pub(super) fn named(feed: &FeedHealth) -> Option<String> {
    let named = feed
        .offered
        .as_deref()
        .filter(|named| feed.status.facts.failures > 0 && feed.status.facts.moved_to.as_deref() != Some(*named));
    named.map(clean_line)
}

/// When it last answered well.
fn last_good(feed: &FeedHealth, shared: &Shared) -> String {
    match feed.status.facts.last_success {
        Some(time) => format!("last good {}", times::short_date(time, shared.now, &shared.zone)),
        None => "never good so far".to_owned(),
    }
}

/// What passed between two polls, and what became of it.
pub(super) fn gap_words(gap: &Gap, shared: &Shared) -> String {
    let at = |time| times::short_date(time, shared.now, &shared.zone);
    let dash = if shared.settings.glyphs.ascii { " to " } else { "–" };
    let filled = match (gap.filled, gap.closed) {
        (0, _) => "nothing could be filled in".to_owned(),
        (n, true) => format!("{} filled in", words::articles(u64::from(n))),
        (n, false) => format!("{} filled in, older ones may be missing", words::articles(u64::from(n))),
    };
    let dot = shared.settings.glyphs.dot;
    format!("ran past us {}{dash}{} {dot} {filled}", at(gap.from), at(gap.to))
}

/// What the whole screen comes to: ok, with a problem, muted, saved.
pub(super) fn totals(feeds: &[FeedHealth], shared: &Shared) -> Vec<(Role, String)> {
    let conditions: Vec<Condition> = feeds.iter().map(|f| Condition::of(f, shared.now)).collect();
    let bad = conditions.iter().filter(|c| c.is_problem()).count();
    let muted = conditions.iter().filter(|c| **c == Condition::Muted).count();
    let saved: u64 = feeds.iter().map(|f| f.status.facts.saved_bytes).fold(0, u64::saturating_add);
    let mut totals = vec![(Role::Good, format!("{} ok", feeds.len() - bad - muted))];
    if bad > 0 {
        totals.push((Role::Warning, format!("{bad} with a problem")));
    }
    if muted > 0 {
        totals.push((Role::Dim, format!("{muted} muted")));
    }
    if saved > 0 {
        totals.push((Role::Dim, format!("{} saved by 304", humanize::bytes(saved))));
    }
    totals
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::fixture::{health, minutes_ago, now, shared};

    #[test]
    fn the_words_of_each_condition_name_the_reason_and_what_to_do() {
        let shared = shared(80, 24);
        let told = |change: fn(&mut FeedHealth)| {
            let mut feed = health(1, "Quayside");
            change(&mut feed);
            story(&feed, &shared)
        };
        assert_eq!(told(|_| ()), "every 30 min");
        let waiting = told(|f| {
            f.status.facts.last_error = Some("429 Too Many Requests".into());
            f.status.facts.failures = 1;
            f.status.facts.retry_after = Some(minutes_ago(-106));
            f.status.facts.last_success = Some(minutes_ago(59));
        });
        assert_eq!(waiting, "429 Too Many Requests · retry 11:40 · last good 08:55");
        let failing = told(|f| {
            f.status.facts.last_error = Some("200 but HTML,\u{1b}[31m not a feed".into());
            f.status.facts.failures = 3;
            f.status.facts.last_success = None;
        });
        assert!(failing.starts_with("200 but HTML,") && !failing.contains('\u{1b}'), "{failing}");
        assert!(failing.ends_with("retry 10:12 · never good so far"), "{failing}");
        let named = told(|f| {
            f.status.facts.failures = 2;
            f.status.facts.last_error =
                Some("the answer is a web page, not a feed; it names https://a.example/rss".into());
            f.offered = Some("https://a.example/rss".into());
        });
        let expected = "a web page, not a feed · m takes the feed it names: https://a.example/rss · retry 10:12";
        assert!(named.starts_with(expected), "{named}");
        let gone = told(|f| f.status.facts.gone = true);
        assert_eq!(gone, "410 Gone · d removes it, its 212 articles age out · x keeps them, muted · P asks once more");
        assert_eq!(told(|f| f.status.feed.enabled = false), "muted; x unmutes it");
        let gap = Gap { from: minutes_ago(464), to: minutes_ago(119), filled: 14, closed: true };
        assert_eq!(gap_words(&gap, &shared), "ran past us 02:10–07:55 · 14 articles filled in");
    }

    #[test]
    fn a_gap_is_news_for_a_day() {
        let mut feed = health(1, "Quayside");
        feed.status.facts.gap = Some(Gap { from: minutes_ago(90), to: minutes_ago(60), filled: 0, closed: false });
        assert_eq!(Condition::of(&feed, now()), Condition::Gap);
        let later = now().checked_add(SignedDuration::from_hours(24)).expect("in range");
        assert_eq!(Condition::of(&feed, later), Condition::Well);
    }

    #[test]
    fn every_sign_is_one_column_and_unlike_the_others() {
        let all = [
            Condition::Muted,
            Condition::Gone,
            Condition::Waiting,
            Condition::Failing,
            Condition::Gap,
            Condition::Unasked,
            Condition::Well,
        ];
        for ascii in [false, true] {
            let mut signs: Vec<_> = all.iter().map(|c| c.sign(ascii).0).collect();
            assert!(signs.iter().all(|s| crate::text::width(s) == 1 && (!ascii || s.is_ascii())), "{signs:?}");
            signs.sort_unstable();
            signs.dedup();
            assert_eq!(signs.len(), all.len());
        }
    }
}
