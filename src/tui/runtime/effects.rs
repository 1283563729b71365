//! Carrying out effects: each in a task of its own, so that no key waits for any of them.

use std::collections::HashMap;

use crossterm::clipboard::CopyToClipboard;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use super::browser::{Surroundings, Way};
use super::player::Player;
use super::program::Argv;
use super::write::{Writer, answer, write};
use super::{browser, clipboard, load, player, program};
use crate::engine::EngineHandle;
use crate::tui::effect::{Effect, Write};
use crate::tui::event::{Answer, Event};
use crate::tui::request::{BrowseSlot, RequestId, Slot};

/// What the user is told when a task of ours panicked.
pub(super) const PANICKED: &str = "something went wrong inside tidings; the log has more, and nothing was changed";

/// What only the event loop itself can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LoopTask {
    /// Run the editor on the config.
    EditConfig,
    /// Run the editor on a note.
    EditNote(String),
    /// Give the terminal to a program, then answer.
    Foreground(RequestId, Argv),
    /// Stop until continued.
    Suspend,
    /// Find out how the terminal shows pictures.
    ProbePictures,
    /// Draw everything again.
    Redraw,
    /// End.
    Quit,
}

/// Carries out effects and sends their answers as events.
pub(super) struct Effects {
    engine: EngineHandle,
    events: mpsc::UnboundedSender<Event>,
    writer: Writer,
    /// The newest reading task of each slot: an older one is of no use any more.
    reading: HashMap<Slot, AbortHandle>,
    player: Player,
}

impl Effects {
    pub(super) fn new(engine: EngineHandle, events: mpsc::UnboundedSender<Event>) -> Self {
        let writer = Writer::start(engine.clone(), events.clone());
        Self { engine, events, writer, reading: HashMap::new(), player: Player::default() }
    }

    /// Carries out an effect, or gives it back as a task for the event loop.
    pub(super) fn carry_out(&mut self, effect: Effect) -> Option<LoopTask> {
        match effect {
            Effect::Load(id, wanted) => {
                let engine = self.engine.clone();
                // What is shown anew must know of the marks that were made before: what was read a moment ago is not unread.
                let written = follows_writes(id.slot).then(|| self.writer.written());
                let task = self.spawn(id, async move {
                    if let Some(written) = written {
                        written.await;
                    }
                    answer(id, load::load(&engine, wanted).await)
                });
                if let Some(old) = self.reading.insert(id.slot, task) {
                    old.abort();
                }
            }
            // What asks the network runs beside the queue.
            Effect::Write(id, wish @ (Write::AddFeed { .. } | Write::FullText(_) | Write::Download { .. })) => {
                let engine = self.engine.clone();
                self.spawn(id, async move { answer(id, write(&engine, wish).await) });
            }
            // A clip may have to wait for another program; it tells the note that was just written.
            Effect::Write(id, wish @ (Write::Clip(_) | Write::ClipStory(_))) => {
                let (engine, written) = (self.engine.clone(), self.writer.written());
                self.spawn(id, async move {
                    written.await;
                    answer(id, write(&engine, wish).await)
                });
            }
            Effect::Picture(url) => self.picture(url),
            Effect::ProbePictures => return Some(LoopTask::ProbePictures),
            Effect::Write(id, Write::CancelDownload(url)) => {
                self.engine.cancel_download(&url);
                self.answer(Event::Loaded(id, Box::new(Answer::Done(String::new()))));
            }
            Effect::Write(id, write) => self.writer.write(id, write),
            Effect::Poll(request) => self.engine.poll(request),
            Effect::Browse(id, url) => return self.browse(id, &url),
            Effect::Play(id, url) => self.play(id, &url),
            Effect::StopPlaying(id) => {
                let words = if self.player.stop() { "stopped" } else { "nothing is playing or on its way" };
                self.answer(Event::Loaded(id, Box::new(Answer::Done(words.to_owned()))));
            }
            Effect::EditNote(text) => return Some(LoopTask::EditNote(text)),
            Effect::Copy(text) => self.copy(&text),
            Effect::EditConfig => return Some(LoopTask::EditConfig),
            Effect::Suspend => return Some(LoopTask::Suspend),
            Effect::Redraw => return Some(LoopTask::Redraw),
            Effect::Quit => return Some(LoopTask::Quit),
        }
        None
    }

    /// Waits for all writes that were asked for.
    pub(super) async fn finish(self) {
        self.writer.finish().await;
    }

    fn spawn(&self, id: RequestId, work: impl Future<Output = Event> + Send + 'static) -> AbortHandle {
        let task = tokio::spawn(work);
        let abort = task.abort_handle();
        let events = self.events.clone();
        tokio::spawn(async move {
            let event = match task.await {
                Ok(event) => event,
                Err(error) if error.is_cancelled() => return,
                Err(_) => Event::Failed(id, PANICKED.to_owned()),
            };
            events.send(event).ok();
        });
        abort
    }

    /// Fetches a picture; the engine keeps its pixels, the model learns its size.
    #[cfg(feature = "images")]
    fn picture(&self, url: String) {
        let (engine, events) = (self.engine.clone(), self.events.clone());
        let fetched = tokio::spawn(async move { (engine.picture(&url).await, url) });
        tokio::spawn(async move {
            // One that panicked has no answer; it stays under way, and nothing waits for it.
            let Ok((picture, url)) = fetched.await else { return };
            let outcome = picture.map(|picture| (picture.width, picture.height)).map_err(|error| error.to_string());
            events.send(Event::Picture { url, outcome }).ok();
        });
    }

    #[cfg(not(feature = "images"))]
    #[expect(clippy::unused_self, reason = "it has the shape of the one that fetches")]
    fn picture(&self, _url: String) {}

    /// Opens an address: beside the desk, in the terminal, or not at all, and then its link is copied.
    fn browse(&self, id: RequestId, address: &str) -> Option<LoopTask> {
        let url = match program::web_url(address) {
            Ok(url) => url,
            Err(error) => {
                self.answer(Event::Failed(id, error));
                return None;
            }
        };
        match browser::way(&url, &self.engine.config().programs.browser, &Surroundings::of_process()) {
            Way::Terminal(argv) => return Some(LoopTask::Foreground(id, argv)),
            Way::Beside(commands) => {
                self.spawn(id, async move {
                    match browser::open(&url, commands).await {
                        Ok(words) => Event::Loaded(id, Box::new(Answer::Done(words))),
                        Err(error) => Event::Failed(id, error),
                    }
                });
            }
            Way::Nowhere(why) => self.copy_instead(id, &url, why),
        }
        None
    }

    /// Nothing can open it here: the link is copied, so that it can be opened where the user sits.
    fn copy_instead(&self, id: RequestId, url: &url::Url, why: &str) {
        self.copy(url.as_str());
        let words = format!("{why}: link copied, {url}");
        self.answer(Event::Loaded(id, Box::new(Answer::Done(words))));
    }

    fn play(&mut self, id: RequestId, address: &str) {
        let config = self.engine.config();
        // What was downloaded is played from here.
        let here = self.engine.downloaded(address).and_then(|path| url::Url::from_file_path(path).ok());
        match here.map_or_else(|| program::web_url(address), Ok) {
            Err(error) => self.answer(Event::Failed(id, error)),
            Ok(url) => match player::way(&url, &config.programs.player, &Surroundings::of_process()) {
                Way::Beside(commands) => self.player.play(id, &url, commands, &self.events),
                Way::Terminal(_) => {}
                Way::Nowhere(why) => self.copy_instead(id, &url, why),
            },
        }
    }

    fn answer(&self, event: Event) {
        self.events.send(event).ok();
    }

    /// The terminal puts it on the clipboard of the machine that the user sits at (OSC 52). Not every terminal does: where
    /// the user sits at this machine, its own program is asked as well.
    fn copy(&self, text: &str) {
        clipboard::give(text);
        if let Err(error) = crossterm::execute!(std::io::stdout(), CopyToClipboard::to_clipboard_from(text)) {
            self.events.send(Event::Trouble(format!("the terminal did not take the text: {error}"))).ok();
        }
    }
}

/// Whether an answer in this slot depends on the marks.
fn follows_writes(slot: Slot) -> bool {
    let of_list = |slot| matches!(slot, BrowseSlot::Window | BrowseSlot::Total | BrowseSlot::Seek);
    match slot {
        Slot::Desk(slot) | Slot::Search(slot) | Slot::Story(slot) => of_list(slot),
        Slot::Note | Slot::Files | Slot::Counts | Slot::Feeds | Slot::StoryPage | Slot::EntityPage | Slot::Why => true,
        Slot::Health | Slot::Completion | Slot::Suggestion | Slot::Preview | Slot::Place | Slot::Action => false,
    }
}
