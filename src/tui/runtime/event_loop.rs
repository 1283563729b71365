//! The event loop: waits for whatever comes first, lets the model know, carries out what it wants, draws.
//!
//! All ready events are taken before a frame is drawn, save that a key is answered first; frames are drawn as [`Pace`] says,
//! and only when something happened. There is no free-running tick: time is told when it changes something on the screen.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::mpsc;

use super::draw::{Screen, write_out};
use super::editor;
use super::effects::{Effects, LoopTask};
use super::input::{Input, Read};
use super::pace::Pace;
use super::pictures::Painter;
use super::program::{self, Argv};
use super::signals::{Hangup, Signals, Wish, stop_self};
use super::terminal::{self, Guard, Modes, TerminalError, require_terminal};
use super::{Ended, Exit, Options};
use crate::engine::{EngineHandle, Notice};
use crate::tui::event::{Answer, Event};
use crate::tui::model::Model;
use crate::tui::request::RequestId;
use crate::tui::settings::Settings;
use crate::tui::status::Level;
use crate::tui::update::{leave, update};
use crate::tui::words;

/// Most events taken before a frame is drawn all the same.
const MOST_AT_ONCE: usize = 1_000;

/// Set to `ui` to make the desk panic at the first key, to `drop` to make it panic when it ends, to `both` for one panic
/// in the middle of the other: the tests of the real binary see whether the terminal comes back. Not heeded in releases.
pub(super) const TEST_PANIC: &str = "TIDINGS_TEST_PANIC";

/// Whether a test wants a panic there.
pub(super) fn panic_is_wanted(place: &str) -> bool {
    cfg!(debug_assertions) && std::env::var_os(TEST_PANIC).is_some_and(|what| what == place)
}

/// How long the ending may take after a signal.
const LAST_WORDS: Duration = Duration::from_millis(1_500);

/// SIGHUP: what a terminal that went away means.
const HANGUP: u8 = 1;

/// Opens the desk and runs it to its end: the terminal is as it was, what was marked is stored, the engine has ended.
///
/// # Errors
/// No terminal here, or one that cannot be set up.
pub async fn run(options: Options) -> Result<Ended, TerminalError> {
    require_terminal()?;
    let mut signals = Signals::listen()?;
    let log = options.start.paths.as_ref().map(|paths| paths.log.clone());
    let guard = Guard::take(options.start.settings.ui.mouse, log)?;
    let mut screen = Screen::open(options.start.settings.ui.links)?;
    let mut start = options.start;
    let size = screen.size()?;
    start.size = (size.width, size.height);
    let (model, effects) = Model::new(start);
    let mut painter = Painter::new(options.engine.clone());
    screen.draw(&model, &mut painter)?;
    // Listened to before anything can be told.
    let notices = options.engine.notices();
    (options.after_first_frame)();

    let (sender, events) = mpsc::unbounded_channel();
    let mut desk = Desk {
        model,
        guard,
        screen,
        painter,
        input: Input::open()?,
        events,
        notices: Some(notices),
        effects: Effects::new(options.engine.clone(), sender),
        engine: options.engine,
        ascii: options.ascii,
        pace: Pace::new(Instant::now()),
        panics: panic_is_wanted("ui") || panic_is_wanted("both"),
        _last: Last,
    };
    let exit = match desk.carry_out(effects, &mut signals).await {
        ControlFlow::Break(exit) => exit,
        ControlFlow::Continue(()) => desk.turn(&mut signals).await,
    };
    desk.painter.forget();
    write_out(&desk.painter.prepare(&[])).ok();
    // The terminal first: whatever is still to be stored, the user has the shell back.
    terminal::release();
    let Desk { mut model, mut effects, engine, _last, .. } = desk;
    let unfinished = words::unfinished(&model.shared);
    for effect in leave(&mut model) {
        effects.carry_out(effect);
    }
    let ending = async {
        effects.finish().await;
        engine.shutdown().await;
    };
    if exit.signal.is_some() {
        // Whoever sent a signal sends the next one soon.
        tokio::time::timeout(LAST_WORDS, ending).await.ok();
    } else {
        ending.await;
    }
    Ok(Ended { exit, unfinished })
}

struct Desk {
    model: Model,
    guard: Guard,
    screen: Screen,
    painter: Painter,
    input: Input,
    events: mpsc::UnboundedReceiver<Event>,
    notices: Option<broadcast::Receiver<Notice>>,
    effects: Effects,
    engine: EngineHandle,
    ascii: bool,
    pace: Pace,
    /// See [`TEST_PANIC`].
    panics: bool,
    _last: Last,
}

/// Dropped with the desk. See [`TEST_PANIC`].
struct Last;

impl Drop for Last {
    fn drop(&mut self) {
        let wanted = panic_is_wanted("drop") || panic_is_wanted("both");
        assert!(!wanted, "asked to panic at the end by {TEST_PANIC}");
    }
}

/// What woke the loop.
enum Woken {
    Event(Event),
    Signal(Wish),
    Notice(Result<Notice, RecvError>),
    Gone,
    /// A picture can be drawn.
    Picture,
    /// It is time for a frame, or something meaningless came.
    Nothing,
}

impl Desk {
    /// Runs until something ends the desk.
    async fn turn(&mut self, signals: &mut Signals) -> Exit {
        let mut hangup = Hangup::watch();
        loop {
            let woken = self.wait(signals, &mut hangup).await;
            if let ControlFlow::Break(exit) = self.take(woken, signals).await {
                return exit;
            }
            for _ in 0..MOST_AT_ONCE {
                let Some(woken) = self.ready() else { break };
                if let ControlFlow::Break(exit) = self.take(woken, signals).await {
                    return exit;
                }
            }
            if self.pace.is_due(Instant::now()) && self.frame().is_err() {
                return Exit { signal: Some(HANGUP) };
            }
        }
    }

    async fn wait(&mut self, signals: &mut Signals, hangup: &mut Hangup) -> Woken {
        let frame = self.pace.wait(Instant::now());
        let now = self.engine.clock().now();
        let wake = self.model.wakes_at().duration_since(now);
        // A clock that jumped must neither stop the time on the screen nor make it spin.
        let wake =
            Duration::try_from(wake).unwrap_or_default().clamp(Duration::from_millis(250), Duration::from_mins(1));
        let notice = async {
            match &mut self.notices {
                Some(notices) => notices.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            wish = signals.next() => Woken::Signal(wish),
            () = hangup.gone() => Woken::Gone,
            read = self.input.next() => Woken::from(read),
            Some(event) = self.events.recv() => Woken::Event(event),
            notice = notice => Woken::Notice(notice),
            () = self.painter.ready() => Woken::Picture,
            () = tokio::time::sleep(frame.unwrap_or_default()), if frame.is_some() => Woken::Nothing,
            () = tokio::time::sleep(wake) => Woken::Event(Event::Tick(self.engine.clock().now())),
        }
    }

    /// Something that is there already and goes before the next frame.
    fn ready(&mut self) -> Option<Woken> {
        if let Some(read) = self.input.ready() {
            return Some(Woken::from(read));
        }
        if self.pace.owes_an_answer(Instant::now()) {
            return None;
        }
        if let Ok(event) = self.events.try_recv() {
            return Some(Woken::Event(event));
        }
        match self.notices.as_mut()?.try_recv() {
            Ok(notice) => Some(Woken::Notice(Ok(notice))),
            // What was missed, and the end, come by `wait`.
            Err(_) => None,
        }
    }

    async fn take(&mut self, woken: Woken, signals: &mut Signals) -> ControlFlow<Exit> {
        match woken {
            Woken::Event(event) => self.happened(event, signals).await,
            Woken::Signal(Wish::End(signal)) => ControlFlow::Break(Exit { signal: Some(signal) }),
            Woken::Signal(Wish::Stop) => self.suspend(),
            Woken::Signal(Wish::Continue) => self.resume(),
            Woken::Signal(Wish::Resized) => {
                // Of a terminal that cannot be measured any more, the next frame tells.
                let Ok(size) = self.screen.size() else { return ControlFlow::Continue(()) };
                self.happened(Event::Resized { columns: size.width, rows: size.height }, signals).await
            }
            Woken::Notice(Ok(notice)) => {
                if notice == Notice::ConfigChanged {
                    self.reconfigure(signals).await?;
                }
                self.happened(Event::Notice(Box::new(notice)), signals).await
            }
            // Too many to keep: what they told is asked for again.
            Woken::Notice(Err(RecvError::Lagged(_))) => {
                self.reconfigure(signals).await?;
                for notice in self.engine.in_place_of_missed() {
                    self.happened(Event::Notice(Box::new(notice)), signals).await?;
                }
                ControlFlow::Continue(())
            }
            Woken::Notice(Err(RecvError::Closed)) => {
                self.notices = None;
                ControlFlow::Continue(())
            }
            Woken::Gone => ControlFlow::Break(Exit { signal: Some(HANGUP) }),
            Woken::Picture => {
                self.pace.happened(false);
                ControlFlow::Continue(())
            }
            Woken::Nothing => ControlFlow::Continue(()),
        }
    }

    /// Lets the model know, with the time of it.
    async fn happened(&mut self, event: Event, signals: &mut Signals) -> ControlFlow<Exit> {
        assert!(!(self.panics && matches!(event, Event::Key(_))), "asked to panic by {TEST_PANIC}");
        self.model.shared.now = self.engine.clock().now();
        let resized = matches!(event, Event::Resized { .. });
        self.pace.happened(matches!(event, Event::Key(_) | Event::Mouse(_) | Event::Paste(_)));
        let mut effects = update(&mut self.model, event);
        if resized {
            effects.extend(self.measure());
        }
        self.carry_out(effects, signals).await
    }

    /// A terminal of another size was cleared, and may have cells of another size.
    fn measure(&mut self) -> Vec<crate::tui::Effect> {
        self.painter.forget();
        self.painter.measure().map_or_else(Vec::new, |canvas| update(&mut self.model, Event::Canvas(Some(canvas))))
    }

    /// Finds out how the terminal shows pictures, now that the user wants to see some.
    async fn probe_pictures(&mut self, signals: &mut Signals) -> ControlFlow<Exit> {
        let chosen = self.model.shared.settings.ui.picture_protocol;
        let asking = Painter::must_ask(chosen);
        if asking {
            // The answer is for us, not for whoever reads keys.
            self.input.close();
        }
        let canvas = self.painter.probe(chosen, asking);
        if asking && self.input.reopen().is_err() {
            return ControlFlow::Break(Exit { signal: Some(HANGUP) });
        }
        Box::pin(self.happened(Event::Canvas(canvas), signals)).await
    }

    async fn carry_out(&mut self, effects: Vec<crate::tui::Effect>, signals: &mut Signals) -> ControlFlow<Exit> {
        for effect in effects {
            match self.effects.carry_out(effect) {
                None => {}
                Some(LoopTask::Quit) => return ControlFlow::Break(Exit { signal: None }),
                Some(LoopTask::ProbePictures) => self.probe_pictures(signals).await?,
                Some(LoopTask::Redraw) => self.redraw()?,
                Some(LoopTask::Suspend) => self.suspend()?,
                Some(LoopTask::EditConfig) => self.edit_config(signals).await?,
                Some(LoopTask::EditNote(text)) => Box::pin(self.edit_note(&text, signals)).await?,
                Some(LoopTask::Foreground(id, argv)) => Box::pin(self.foreground(id, argv, signals)).await?,
            }
        }
        ControlFlow::Continue(())
    }

    fn frame(&mut self) -> std::io::Result<()> {
        let size = self.screen.size()?;
        let area = self.model.shared.area;
        if (size.width, size.height) != (area.width, area.height) {
            let resized = Event::Resized { columns: size.width, rows: size.height };
            let mut effects = update(&mut self.model, resized);
            effects.extend(self.measure());
            // A resize asks for nothing but an article at another width.
            for effect in effects {
                if self.effects.carry_out(effect) == Some(LoopTask::ProbePictures) {
                    // Not between two frames: it is asked for again.
                    self.model.shared.pictures.forget_canvas();
                }
            }
        }
        self.pace.draws(Instant::now());
        self.screen.draw(&self.model, &mut self.painter)
    }

    /// Draws everything again on a cleared terminal.
    fn redraw(&mut self) -> ControlFlow<Exit> {
        self.painter.forget();
        if self.screen.clear().is_err() {
            return ControlFlow::Break(Exit { signal: Some(HANGUP) });
        }
        self.pace.happened(false);
        ControlFlow::Continue(())
    }

    /// Gives the terminal back and stops; goes on where it was when continued.
    fn suspend(&mut self) -> ControlFlow<Exit> {
        self.input.close();
        terminal::release();
        let stopped = stop_self();
        self.resume()?;
        if let Err(error) = stopped {
            self.model.shared.say(Level::Error, &format!("cannot be suspended: {error}"));
        }
        ControlFlow::Continue(())
    }

    /// Takes the terminal again, whatever became of it meanwhile.
    fn resume(&mut self) -> ControlFlow<Exit> {
        self.input.close();
        terminal::release();
        if self.guard.resume(self.model.shared.settings.ui.mouse).is_err() {
            return ControlFlow::Break(Exit { signal: Some(HANGUP) });
        }
        if self.input.reopen().is_err() {
            return ControlFlow::Break(Exit { signal: Some(HANGUP) });
        }
        self.redraw()
    }

    async fn edit_config(&mut self, signals: &mut Signals) -> ControlFlow<Exit> {
        let Some(paths) = self.engine.paths() else {
            self.model.shared.say(Level::Note, "there is no config file here: nothing is kept");
            return ControlFlow::Continue(());
        };
        let editor = editor::argv(&self.engine.config().programs.editor, &paths.config);
        let outcome = self.lend(editor, signals).await?;
        let reloaded = match outcome {
            Ok(()) => self.engine.reload_config().await.map_err(|error| error.to_string()),
            Err(error) => Err(error),
        };
        if let Err(error) = reloaded {
            self.model.shared.now = self.engine.clock().now();
            self.model.shared.say_lines(Level::Error, &error);
        }
        ControlFlow::Continue(())
    }

    /// Lends the terminal to a program; gives what went wrong, if anything did.
    async fn lend(
        &mut self,
        program: Result<Argv, String>,
        signals: &mut Signals,
    ) -> ControlFlow<Exit, Result<(), String>> {
        let argv = match program {
            Ok(argv) => argv,
            Err(error) => return ControlFlow::Continue(Err(error)),
        };
        self.input.close();
        terminal::release();
        let modes = Modes::now();
        let ended = program::foreground(&argv, signals).await;
        modes.put_back();
        self.resume()?;
        match ended {
            program::Ended::Signal(signal) => ControlFlow::Break(Exit { signal: Some(signal) }),
            program::Ended::Done(outcome) => ControlFlow::Continue(outcome),
        }
    }

    async fn edit_note(&mut self, text: &str, signals: &mut Signals) -> ControlFlow<Exit> {
        let outcome = match editor::Draft::new(text) {
            Err(error) => Err(error),
            Ok(draft) => {
                let editor = editor::argv(&self.engine.config().programs.editor, draft.path());
                let outcome = self.lend(editor, signals).await?;
                outcome.and_then(|()| draft.text())
            }
        };
        self.happened(Event::NoteEdited(outcome), signals).await
    }

    async fn foreground(&mut self, id: RequestId, argv: Argv, signals: &mut Signals) -> ControlFlow<Exit> {
        let event = match self.lend(Ok(argv), signals).await? {
            Ok(()) => Event::Loaded(id, Box::new(Answer::Done(String::new()))),
            Err(error) => Event::Failed(id, error),
        };
        self.happened(event, signals).await
    }

    /// The config was read again: its settings come into force.
    async fn reconfigure(&mut self, signals: &mut Signals) -> ControlFlow<Exit> {
        let no_color = self.model.shared.settings.no_color;
        let settings = Settings::of(&self.engine.config(), self.ascii, no_color);
        self.screen.set_links(settings.ui.links);
        if self.guard.set_mouse(settings.ui.mouse).is_err() {
            return ControlFlow::Break(Exit { signal: Some(HANGUP) });
        }
        Box::pin(self.happened(Event::Reconfigured(Box::new(settings)), signals)).await
    }
}

impl From<Read> for Woken {
    fn from(read: Read) -> Self {
        match read {
            Read::Event(event) => Self::Event(event),
            Read::Nothing => Self::Nothing,
            Read::Gone => Self::Gone,
        }
    }
}
