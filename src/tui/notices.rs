//! What the desk does when the engine tells that something changed. Rows never move for it: they are counted, and their
//! marks are brought up to date where they stand.

use jiff::Timestamp;

use super::effect::Effect;
use super::model::{Model, Shared};
use super::request::Slot;
use super::screen::{entity, health, story};
use super::status::{Level, Progress};
use super::{answers, full_text, words};
use crate::engine::{Notice, PollOutcome};

/// The network is back: what was to be opened meanwhile opens now.
fn open_what_waited(shared: &mut Shared) -> Vec<Effect> {
    let pages = shared.waiting.take();
    if !pages.is_empty() {
        shared.say(Level::Good, &words::back_online(pages.len()));
    }
    pages.into_iter().map(|url| Effect::Browse(shared.requests.open(Slot::Action), url)).collect()
}

/// The network is away since then, or back.
fn offline(shared: &mut Shared, since: Option<Timestamp>) -> Vec<Effect> {
    let before = std::mem::replace(&mut shared.status.offline, since);
    match since {
        // It is told again with every try that fails.
        Some(since) if before.is_none() => shared.say(Level::Note, &words::offline(since, shared)),
        Some(_) => {}
        None => return open_what_waited(shared),
    }
    Vec::new()
}

/// Keeps account of the files on their way.
fn download(shared: &mut Shared, notice: Notice) {
    match notice {
        Notice::Downloading(file) => {
            shared.downloads.insert(file.url.clone(), file);
        }
        Notice::DownloadEnded { url, kept } => {
            let came = shared.downloads.remove(&url).filter(|file| file.received > 0);
            match kept {
                Some(name) => {
                    shared.parts.remove(&url);
                    shared.downloaded.insert(url, name);
                }
                None => shared.parts.extend(came.map(|file| (url, file))),
            }
        }
        _ => {}
    }
}

/// Takes a notice.
pub(super) fn take(model: &mut Model, notice: Notice) -> Vec<Effect> {
    let shared = &mut model.shared;
    match notice {
        Notice::PollStarted { feeds } => {
            shared.status.progress = Some(Progress { feeds, ..Progress::default() });
            Vec::new()
        }
        Notice::FeedPolled(polled) => {
            let progress = shared.status.progress.get_or_insert_default();
            progress.done = progress.done.saturating_add(1);
            progress.feeds = progress.feeds.max(progress.done);
            progress.new = progress.new.saturating_add(polled.new);
            if matches!(polled.outcome, PollOutcome::Error) {
                progress.failed = progress.failed.saturating_add(1);
            }
            if polled.new + polled.updated > 0 { shared.reload_facts() } else { Vec::new() }
        }
        Notice::PollFinished { new, failed, next_poll } => {
            shared.status.progress = None;
            shared.status.next_poll = next_poll;
            if std::mem::take(&mut shared.status.poll_asked) {
                shared.say(if failed > 0 { Level::Note } else { Level::Good }, &words::polled(new, failed));
            }
            let mut effects = shared.reload_facts();
            effects.extend(health::changed(&mut model.health, shared));
            if new > 0 {
                effects.extend(rows_changed(model));
            }
            effects
        }
        Notice::MarksChanged => marks_changed(model),
        Notice::ArticleChanged(article) => {
            full_text::arrived(model, article);
            rows_changed(model)
        }
        Notice::ArticlesChanged => {
            let mut effects = shared.reload_facts();
            effects.extend(rows_changed(model));
            effects
        }
        Notice::Labelling { left } => {
            shared.status.labelling = Some(left).filter(|left| *left > 0);
            Vec::new()
        }
        Notice::FeedsChanged => {
            model.desk.stale = true;
            let mut effects = shared.reload_facts();
            effects.extend(health::changed(&mut model.health, shared));
            effects
        }
        // The runtime brings the new settings in an event of their own.
        Notice::ConfigChanged => {
            // What was just done from here and can be undone says more than that.
            if !shared.status.toast(shared.now).is_some_and(|toast| toast.undoable) {
                shared.say(Level::Good, "config read again");
            }
            shared.reload_facts()
        }
        Notice::ConfigBroken(text) => {
            shared.say_lines(Level::Error, &text);
            Vec::new()
        }
        Notice::Offline(since) => offline(shared, since),
        Notice::Writable => {
            shared.read_only = false;
            shared.say(Level::Good, words::WRITABLE);
            shared.reload_facts()
        }
        Notice::Downloading(_) | Notice::DownloadEnded { .. } => {
            download(shared, notice);
            Vec::new()
        }
        Notice::Trouble(text) => {
            shared.say(Level::Error, &text);
            Vec::new()
        }
    }
}

/// Marks may be other ones now: those of the rows are brought up to date.
fn marks_changed(model: &mut Model) -> Vec<Effect> {
    story::changed(&mut model.story);
    entity::changed(&mut model.entity);
    let mut effects = model.desk.browse.refresh(&mut model.shared);
    effects.extend(model.search.browse.refresh(&mut model.shared));
    effects.extend(model.shared.reload_facts());
    effects
}

/// Labels, stories or coverage may be other ones now: rows are brought up to date where they stand.
fn rows_changed(model: &mut Model) -> Vec<Effect> {
    answers::pages_changed(model);
    let mut effects = model.desk.browse.refresh(&mut model.shared);
    effects.extend(model.search.browse.refresh(&mut model.shared));
    effects
}
