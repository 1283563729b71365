//! Everything that is known of the feed under the cursor.

use super::condition::{Condition, gap_words, story};
use crate::command::CommandId;
use crate::engine::FeedHealth;
use crate::text::humanize;
use crate::tui::model::Shared;
use crate::tui::theme::Role;
use crate::tui::times;

/// One thing that is known: a label, and its words.
pub(super) type Detail = (&'static str, Role, String);

/// The details, the most important first where there is little room, in the order of reading where there is enough.
pub(super) fn details(feed: &FeedHealth, shared: &Shared, roomy: bool) -> Vec<Detail> {
    let condition = Condition::of(feed, shared.now);
    let role = if condition.is_problem() { condition.sign(false).1 } else { Role::Text };
    let state = ("State", role, story(feed, shared));
    let next = ("Next poll", Role::Text, next_poll(feed, shared));
    if !roomy {
        return vec![state, next];
    }
    let facts = &feed.status.facts;
    let mut details = vec![("Address", Role::Text, feed.address.clone())];
    details.extend(feed.status.feed.site.clone().map(|site| ("Site", Role::Text, site)));
    if condition != Condition::Well {
        details.push(state);
    }
    details.push(next);
    details.push(("Last", Role::Text, last(feed, shared)));
    let saved = format!(
        "{} by {} of {} polls answered “not modified”",
        humanize::bytes(facts.saved_bytes),
        humanize::count(facts.not_modified),
        humanize::count(facts.polls)
    );
    details.push((
        "Saved",
        Role::Text,
        if shared.settings.glyphs.ascii { saved.replace(['“', '”'], "\"") } else { saved },
    ));
    if let Some(to) = &facts.moved_to {
        let asked = if facts.moved_polls >= 2 { "asked there now" } else { "asked there after one more good poll" };
        let key = shared.key(CommandId::FeedsMove);
        details.push(("Moved", Role::Warning, format!("for good to {to}, {asked}; {key} writes it to config.toml")));
    }
    if let Some(gap) = facts.gap.as_ref().filter(|_| condition != Condition::Gap) {
        details.push(("Gap", Role::Text, gap_words(gap, shared)));
    }
    details
}

/// When it is asked next, and why then.
fn next_poll(feed: &FeedHealth, shared: &Shared) -> String {
    match feed.next_poll {
        Some(next) => {
            let at = times::short_date(next, shared.now, &shared.zone);
            format!("{at} ({}): {}", humanize::until(times::seconds(shared.now, next)), feed.why)
        }
        None => format!("none: {}", feed.why),
    }
}

fn last(feed: &FeedHealth, shared: &Shared) -> String {
    let facts = &feed.status.facts;
    let at = |time| times::short_date(time, shared.now, &shared.zone);
    let mut parts = vec![match facts.last_success {
        Some(time) => format!("good {}", at(time)),
        None => "never good so far".to_owned(),
    }];
    parts.extend(facts.last_new.map(|time| format!("new {}", at(time))));
    parts.extend(facts.last_attempt.map(|time| format!("asked {}", at(time))));
    parts.join(&format!(" {} ", shared.settings.glyphs.dot))
}
