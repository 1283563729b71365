//! What keys, mouse and answers do on the page of a story.

use ratatui::layout::Position;

use super::State;
use super::lines::lines;
use super::state::{no_articles, regions};
use crate::engine::StoryPage;
use crate::model::Headline;
use crate::tui::browse::window::Window;
use crate::tui::effect::{Effect, Load, Write};
use crate::tui::event::{Answer, Mouse, MouseKind};
use crate::tui::intent::{ArticleIntent, Motion, PageIntent, SelectedIntent, StoryIntent};
use crate::tui::model::Shared;
use crate::tui::request::Slot;
use crate::tui::route::{Go, Step, StoryAim};
use crate::tui::status::Level;
use crate::tui::widget::outline;

/// A story is to be shown; `from_here`: the user comes from another story's page, and goes back to it.
pub fn open(state: &mut State, shared: &mut Shared, aim: StoryAim, from_here: bool) -> Vec<Effect> {
    let trail = match state.aim {
        Some(before) if from_here => {
            let article = state.browse.list.current().map(|row| row.id);
            let mut trail = std::mem::take(&mut state.trail);
            trail.push(StoryAim { article, open: state.browse.full, ..before });
            trail
        }
        Some(_) | None => Vec::new(),
    };
    let effects = show(state, shared, aim);
    state.trail = trail;
    effects
}

fn show(state: &mut State, shared: &mut Shared, aim: StoryAim) -> Vec<Effect> {
    let effects = state.browse.leave(shared);
    shared.requests.forget(Slot::StoryPage);
    *state = State { aim: Some(aim), direct: aim.open, ..State::new() };
    effects
}

/// Asks for what is lacking.
pub fn settle(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    let mut effects = Vec::new();
    if let Some(aim) = state.aim.filter(|_| !state.asked)
        && let Some(id) = shared.requests.want(Slot::StoryPage)
    {
        state.asked = true;
        effects.push(Effect::Load(id, Load::Story(aim.story)));
    }
    if state.browse.full {
        effects.extend(state.browse.settle(shared));
    }
    effects
}

/// Marks, labels or stories have changed: it is asked for again when it is shown.
pub fn changed(state: &mut State) {
    state.asked = false;
    state.browse.article.company_of = None;
}

/// The story came; the cursor stays on its article.
pub fn answer(state: &mut State, shared: &mut Shared, answer: Answer) -> Vec<Effect> {
    let Answer::Story(page) = answer else { return Vec::new() };
    if shared.requests.take_again(Slot::StoryPage) {
        state.asked = false;
    }
    let Some(page) = page else {
        state.gone = true;
        state.page = None;
        state.browse = no_articles();
        return Vec::new();
    };
    take(state, shared, *page)
}

fn take(state: &mut State, shared: &mut Shared, page: StoryPage) -> Vec<Effect> {
    let first_time = state.page.is_none();
    let keep = match state.aim {
        Some(aim) if first_time => aim.article,
        Some(_) | None => state.browse.list.current().map(|row| row.id),
    };
    let rows: Vec<Headline> = page.lines.iter().map(|line| line.headline.clone()).collect();
    state.browse.list.total = Some(rows.len() as u64);
    state.browse.list.window = Window::top(rows, usize::MAX);
    let at = keep.and_then(|id| state.browse.list.window.position(id));
    state.browse.list.selected = at.unwrap_or(0);
    state.earlier = state.earlier.filter(|n| *n < page.earlier.len());
    state.gone = false;
    state.page = Some(page);
    if first_time && state.direct { read(state, shared) } else { Vec::new() }
}

/// Opens the selected article, marking it read.
fn read(state: &mut State, shared: &mut Shared) -> Vec<Effect> {
    state.browse.full = true;
    state.browse.open(shared)
}

/// Carries out what a key means.
pub fn page_intent(state: &mut State, shared: &mut Shared, intent: PageIntent) -> Step {
    match intent {
        PageIntent::Move(motion) => {
            move_by(state, shared, motion);
            Step::none()
        }
        PageIntent::Open => match (&state.page, state.earlier) {
            (Some(page), Some(n)) => match page.earlier.get(n) {
                Some((lead, _)) => Step::go(Go::Story(StoryAim { story: lead.story, article: None, open: false })),
                None => Step::none(),
            },
            (Some(_), None) => read(state, shared).into(),
            (None, _) => Step::none(),
        },
        PageIntent::Back => match state.trail.pop() {
            Some(before) => {
                let trail = std::mem::take(&mut state.trail);
                let effects = show(state, shared, StoryAim { open: false, ..before });
                state.trail = trail;
                effects.into()
            }
            None => Step::go(Go::Back),
        },
    }
}

fn move_by(state: &mut State, shared: &Shared, motion: Motion) {
    let height = usize::from(regions(shared).0.height);
    state.select(outline::moved(state.selected(), motion, state.rows(), height));
}

/// Carries out what only this page can do.
pub fn story_intent(state: &mut State, shared: &mut Shared, intent: StoryIntent) -> Step {
    match intent {
        StoryIntent::ReadNext => {
            state.earlier = None;
            state.browse.read_next(shared).into()
        }
    }
}

/// What the keys of the article do; going back from one that was opened from elsewhere leads there.
pub fn article_intent(state: &mut State, shared: &mut Shared, intent: ArticleIntent) -> Step {
    if matches!(intent, ArticleIntent::Back | ArticleIntent::Focus) && !state.browse.zen {
        if state.direct {
            return page_intent(state, shared, PageIntent::Back);
        }
        state.browse.close_article();
        return Step::none();
    }
    state.browse.article_intent(shared, intent)
}

/// What can be done with the selected article.
pub fn selected_intent(state: &mut State, shared: &mut Shared, intent: SelectedIntent) -> Step {
    if state.earlier.is_some() {
        shared.say(Level::Note, "this is an earlier story; Enter shows it");
        return Step::none();
    }
    if intent == SelectedIntent::Story {
        // It is here already: the timeline comes to light.
        state.browse.close_article();
        state.direct = false;
        return Step::none();
    }
    if let (SelectedIntent::Clip, false, Some(aim)) = (intent, state.browse.full, state.aim) {
        return Step::effect(Effect::Write(shared.requests.open(Slot::Action), Write::ClipStory(aim.story)));
    }
    state.browse.selected_intent(shared, intent)
}

/// Takes a mouse event: a click selects, one on the selected row opens it.
pub fn mouse(state: &mut State, shared: &mut Shared, mouse: Mouse) -> Step {
    if state.browse.full {
        return state.browse.mouse(shared, mouse).into();
    }
    let area = regions(shared).0;
    match mouse.kind {
        MouseKind::WheelDown => move_by(state, shared, Motion::Down),
        MouseKind::WheelUp => move_by(state, shared, Motion::Up),
        MouseKind::Click => {
            let at = Position { x: mouse.column, y: mouse.row };
            let lines = lines(state, shared, area);
            match outline::row_at(area, &lines, state.selected(), at) {
                Some(row) if row == state.selected() => return page_intent(state, shared, PageIntent::Open),
                Some(row) => state.select(row),
                None => {}
            }
        }
    }
    Step::none()
}
