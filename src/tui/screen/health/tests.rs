//! What the keys do to subscriptions, what answers and changes do to the screen, and what it looks like.

use super::{State, answer, changed, draw, feeds_intent, mouse, settle};
use crate::engine::{FeedEdit, PollRequest};
use crate::model::{FeedId, Gap};
use crate::query::Scope;
use crate::tui::effect::{Effect, Load, Write};
use crate::tui::event::{Answer, Mouse, MouseKind};
use crate::tui::fixture::{SIZES, health, lines, minutes_ago, picture, plain, shared, text};
use crate::tui::intent::{FeedsIntent, Motion};
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::route::{Go, PromptKind, Step};

fn opened(mut shared: Shared, feeds: Answer) -> (State, Shared) {
    let mut state = State::default();
    let effects = settle(&mut state, &mut shared);
    let [Effect::Load(id, Load::Health)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(shared.requests.close(*id));
    assert_eq!(answer(&mut state, &mut shared, feeds), []);
    (state, shared)
}

fn some_feeds() -> Answer {
    let mut waiting = health(2, "Quayside");
    waiting.status.facts.failures = 1;
    waiting.status.facts.last_error = Some("429 Too Many Requests".into());
    waiting.status.facts.retry_after = Some(minutes_ago(-106));
    waiting.next_poll = Some(minutes_ago(-106));
    waiting.why = "the server asked to wait (Retry-After)".into();
    let mut muted = health(3, "海运日报");
    muted.status.feed.enabled = false;
    muted.next_poll = None;
    muted.why = "muted: not polled".into();
    let mut gone = health(4, "Old Wire");
    gone.status.facts.gone = true;
    Answer::Health(vec![health(1, "Harbour Gazette"), waiting, muted, gone])
}

fn press(state: &mut State, shared: &mut Shared, intent: FeedsIntent) -> Step {
    feeds_intent(state, shared, intent)
}

fn drawn(state: &State, shared: &Shared) -> Vec<String> {
    let picture = picture(shared, |buffer| {
        draw(state, shared, buffer);
    });
    lines(&picture)
}

#[test]
fn keys_edit_the_feed_under_the_cursor() {
    let (mut state, mut shared) = opened(shared(80, 24), some_feeds());
    let down = FeedsIntent::Move(Motion::Down);
    let _ = press(&mut state, &mut shared, down);
    let id = FeedId(2);
    for (intent, edit) in
        [(FeedsIntent::Mute, FeedEdit::Enable(id, false)), (FeedsIntent::Remove, FeedEdit::Remove(id))]
    {
        let step = press(&mut state, &mut shared, intent);
        let expected = Write::EditFeed(edit);
        assert!(matches!(&step.effects[..], [Effect::Write(_, write)] if *write == expected), "{step:?}");
    }
    assert_eq!(press(&mut state, &mut shared, FeedsIntent::Poll).effects, [Effect::Poll(PollRequest::Feed(id))]);
    assert_eq!(press(&mut state, &mut shared, FeedsIntent::Force).effects, [Effect::Poll(PollRequest::ForceFeed(id))]);
    let copied = Effect::Copy("https://feeds.example/2.xml".into());
    assert_eq!(press(&mut state, &mut shared, FeedsIntent::Copy).effects, [copied]);
    let rename = Go::Prompt(PromptKind::RenameFeed(id, "Quayside".into()));
    assert_eq!(press(&mut state, &mut shared, FeedsIntent::Rename).go, Some(rename));
    assert_eq!(press(&mut state, &mut shared, FeedsIntent::Open).go, Some(Go::Desk(Scope::Feed(id))));
    // Muted feeds come last.
    let _ = press(&mut state, &mut shared, FeedsIntent::Move(Motion::Bottom));
    assert_eq!(press(&mut state, &mut shared, FeedsIntent::Poll).effects, [], "a muted feed is not asked");
    let step = press(&mut state, &mut shared, FeedsIntent::Mute);
    let unmute = Write::EditFeed(FeedEdit::Enable(FeedId(3), true));
    assert!(matches!(&step.effects[..], [Effect::Write(_, write)] if *write == unmute), "{step:?}");
    shared.read_only = true;
    assert_eq!(press(&mut state, &mut shared, FeedsIntent::Remove).effects, []);
}

#[test]
fn without_feeds_the_keys_are_bearable() {
    let (mut state, mut shared) = opened(shared(80, 24), Answer::Health(Vec::new()));
    for intent in [FeedsIntent::Open, FeedsIntent::Mute, FeedsIntent::Move(Motion::Bottom), FeedsIntent::Copy] {
        let step = press(&mut state, &mut shared, intent);
        assert!(step.effects.is_empty() && step.go.is_none(), "{intent:?}");
    }
    let text = drawn(&state, &shared).join("\n");
    assert!(text.contains("No subscriptions yet.") && text.contains("a adds a feed or a site."), "{text}");
    assert_eq!(press(&mut state, &mut shared, FeedsIntent::Add).go, Some(Go::Prompt(PromptKind::AddFeed)));
}

#[test]
fn the_cursor_stays_on_its_feed_when_the_feeds_change() {
    let (mut state, mut shared) = opened(shared(80, 24), some_feeds());
    let _ = press(&mut state, &mut shared, FeedsIntent::Move(Motion::Down));
    let asked = changed(&mut state, &mut shared);
    assert!(matches!(asked[..], [Effect::Load(id, Load::Health)] if id.slot == Slot::Health));
    assert_eq!(changed(&mut state, &mut shared), [], "a burst of changes is one more request");
    let [Effect::Load(id, _)] = asked.as_slice() else { panic!("{asked:?}") };
    assert!(shared.requests.close(*id));
    let more = Answer::Health(vec![health(9, "Airfreight Ledger"), health(1, "Gazette"), health(2, "Quayside")]);
    assert_eq!(answer(&mut state, &mut shared, more).len(), 1, "the one that was put off");
    assert_eq!(state.selected().map(|f| f.status.feed.id), Some(FeedId(2)));
}

#[test]
fn a_failure_is_told_and_not_asked_for_without_end() {
    let mut shared = shared(80, 24);
    let mut state = State::default();
    let effects = settle(&mut state, &mut shared);
    let [Effect::Load(id, _)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(!drawn(&state, &shared).join("\n").contains("could not"), "not before it is known");
    assert!(shared.requests.close(*id), "as it failed");
    assert_eq!(settle(&mut state, &mut shared), [], "asking at once would fail at once");
    assert!(drawn(&state, &shared).join("\n").contains("could not be read"));
    let _ = press(&mut state, &mut shared, FeedsIntent::Back);
    assert_eq!(settle(&mut state, &mut shared).len(), 1, "coming again asks again");
}

#[test]
fn a_row_tells_how_a_feed_is_and_the_details_why() {
    let (mut state, mut shared) = opened(shared(120, 36), some_feeds());
    let rows = drawn(&state, &shared);
    assert!(rows[0].contains("Feeds · 1 ok · 2 with a problem · 1 muted · 9.2 MiB saved by 304"), "{}", rows[0]);
    let row = |name: &str| rows.iter().find(|l| l.contains(name)).cloned().unwrap_or_default();
    assert!(row("Harbour").starts_with(" ✓ Harbour Gazette") && row("Harbour").contains("every 30 min"), "{rows:#?}");
    assert!(row("Quayside").contains("429 Too Many Requests · retry 11:40 · last good 09:42"), "{rows:#?}");
    assert!(row("海运日报").starts_with(" – 海运日报"), "{rows:#?}");
    assert!(row("Old Wire").contains("410 Gone · d removes it"), "{rows:#?}");
    let column = |name: &str| crate::text::width(row(name).split("212").next().unwrap_or_default());
    assert_eq!(column("海运日报"), column("Harbour"), "wide names keep the columns true: {rows:#?}");
    let _ = press(&mut state, &mut shared, FeedsIntent::Move(Motion::Down));
    let text = drawn(&state, &shared).join("\n");
    for expected in [
        "Address    https://feeds.example/2.xml",
        "Next poll  11:40 (in 1 h): the server asked to wait (Retry-After)",
        "Saved      2.3 MiB by 31 of 40 polls answered “not modified”",
    ] {
        assert!(text.contains(expected), "{expected} is missing: {text}");
    }
}

#[test]
fn a_gap_and_a_move_are_in_the_details() {
    let mut feed = health(1, "Quayside");
    feed.status.facts.moved_to = Some("https://new.example/feed".into());
    feed.status.facts.moved_polls = 2;
    feed.status.facts.gap = Some(Gap { from: minutes_ago(464), to: minutes_ago(119), filled: 14, closed: false });
    let (state, shared) = opened(shared(120, 36), Answer::Health(vec![feed]));
    let text = drawn(&state, &shared).join("\n");
    assert!(text.contains("Moved      for good to https://new.example/feed, asked there now"), "{text}");
    assert!(text.contains("ran past us 02:10–07:55 · 14 articles filled in, older ones may be missing"), "{text}");
}

#[test]
fn a_small_terminal_still_tells_the_reason() {
    let (mut state, mut shared) = opened(shared(40, 12), some_feeds());
    let _ = press(&mut state, &mut shared, FeedsIntent::Move(Motion::Down));
    let text = drawn(&state, &shared).join("\n");
    assert!(text.contains("429 Too Many Requests"), "{text}");
    assert!(text.contains("Harbour Gazette") && text.contains("Old Wire"), "{text}");
}

#[test]
fn a_click_selects_and_another_opens() {
    let (mut state, mut shared) = opened(shared(80, 24), some_feeds());
    let place = drawn(&state, &shared).iter().position(|l| l.contains("Quayside")).expect("it is drawn");
    let click = Mouse { kind: MouseKind::Click, column: 9, row: u16::try_from(place).expect("small") };
    assert_eq!(mouse(&mut state, &mut shared, click).go, None);
    assert_eq!(state.cursor.selected, 1);
    assert_eq!(mouse(&mut state, &mut shared, click).go, Some(Go::Desk(Scope::Feed(FeedId(2)))));
}

#[test]
fn any_size_is_bearable_in_ascii_too() {
    for (columns, rows) in SIZES {
        for ascii in [false, true] {
            let shared = shared(columns, rows);
            let shared = if ascii { plain(shared) } else { shared };
            let feeds = if ascii { Answer::Health(vec![health(1, "Harbour Gazette")]) } else { some_feeds() };
            let (state, shared) = opened(shared, feeds);
            let drawn = picture(&shared, |buffer| {
                draw(&state, &shared, buffer);
            });
            assert!(!ascii || text(&drawn).is_ascii(), "{columns}x{rows}: {}", text(&drawn));
        }
    }
}
