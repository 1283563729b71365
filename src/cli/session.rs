//! A command at work: the engine opened, signals heeded, and everything closed again whatever happens.

use std::path::Path;
use std::time::Duration;

use tokio::sync::{oneshot, watch};
use tokio::time::timeout;

use super::exit::{CliError, Kind, Outcome};
use super::output::Output;
use crate::clock::Clock;
use crate::config::{self, Config, Diagnostic, Paths};
use crate::engine::{Answer, EngineHandle};

/// Opens the library in a directory; called inside of a tokio runtime.
pub type OpenEngine = Box<dyn FnOnce(Paths, Config) -> Answer<EngineHandle> + Send>;

/// After a signal the work has this long to come to an end before the process leaves it behind.
const GRACE: Duration = Duration::from_millis(1500);

/// What `main` knows before a command runs.
pub struct Launch {
    /// The directory's files, or why there is none.
    pub paths: Result<Paths, String>,
    /// The config, with defaults where the file says nothing (or nothing right).
    pub config: Config,
    /// All that is wrong with the config file.
    pub diagnostics: Vec<Diagnostic>,
    /// The clock.
    pub clock: Clock,
    /// Opens the library.
    pub open: OpenEngine,
}

impl Launch {
    /// Reads what is known before a command runs: where the files are (`dir` is `--dir`) and what the config says.
    #[must_use]
    pub fn read(dir: Option<&Path>, clock: Clock, open: OpenEngine) -> Self {
        let paths = Paths::find(dir).map_err(|error| error.to_string());
        let (config, diagnostics) = match &paths {
            Ok(paths) => {
                let loaded = config::load(&paths.config);
                (loaded.config, loaded.diagnostics)
            }
            Err(_) => (Config::default(), Vec::new()),
        };
        Self { paths, config, diagnostics, clock, open }
    }

    /// Where the files are.
    ///
    /// # Errors
    /// When no directory could be found; the words say what to set.
    pub fn paths(&self) -> Result<&Paths, CliError> {
        self.paths.as_ref().map_err(CliError::usage)
    }

    /// Refuses to go on with a config that is wrong.
    ///
    /// # Errors
    /// All diagnostics, a line each; exit code 2.
    pub fn refuse_broken_config(&self) -> Outcome {
        if self.diagnostics.is_empty() {
            return Ok(());
        }
        Err(CliError { kind: Kind::Usage, message: config::told(&self.diagnostics), hints: Vec::new() })
    }
}

/// Runs `work` with an open engine.
///
/// # Errors
/// A broken config, a library that cannot be opened, and whatever `work` says.
pub(super) fn with_engine(
    launch: Launch,
    output: Output,
    work: impl AsyncFnOnce(&EngineHandle, &mut Output) -> Outcome + Send + 'static,
) -> (Option<Output>, Outcome) {
    if let Err(error) = launch.refuse_broken_config().and_then(|()| launch.paths().map(|_| ())) {
        return (Some(output), Err(error));
    }
    with_runtime(output, async move |output: &mut Output, mut stop: Stop| {
        let paths = launch.paths.map_err(CliError::usage)?;
        paths.create().map_err(|error| CliError::failed(error.to_string()))?;
        let engine = (launch.open)(paths, launch.config)?;
        let done = stop
            .unless(async {
                engine.adopt_config().await?;
                for line in engine.lost().into_iter().flatten() {
                    output.tell(&line);
                }
                work(&engine, output).await
            })
            .await;
        engine.shutdown().await;
        done
    })
}

/// Tells work that a signal asks it to end.
pub(super) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Drops `work` where it is when the process shall end.
    ///
    /// # Errors
    /// What `work` says.
    pub(super) async fn unless(&mut self, work: impl Future<Output = Outcome>) -> Outcome {
        tokio::select! {
            outcome = work => outcome,
            _ = self.0.wait_for(|stop| *stop) => Ok(()),
        }
    }
}

/// Runs `work` on a thread of its own while this thread heeds signals: work that is stuck (in a full pipe, say) cannot
/// keep the process from ending. The output comes back unless it is stuck with the work.
///
/// # Errors
/// What `work` says, or the signal that ended it.
pub(super) fn with_runtime(
    output: Output,
    work: impl AsyncFnOnce(&mut Output, Stop) -> Outcome + Send + 'static,
) -> (Option<Output>, Outcome) {
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return (Some(output), Err(CliError::failed(format!("cannot start: {error}")))),
    };
    let (stop, stopped) = watch::channel(false);
    let (done, mut result) = oneshot::channel();
    let handle = runtime.handle().clone();
    let worker = std::thread::Builder::new().name("command".into()).spawn(move || {
        let mut output = output;
        let outcome = handle.block_on(work(&mut output, Stop(stopped)));
        // Fails only when the process ends already and nobody listens.
        done.send((output, outcome)).ok();
    });
    if let Err(error) = worker {
        return (None, Err(CliError::failed(format!("cannot start: {error}"))));
    }
    let ended = runtime.block_on(async {
        tokio::select! {
            ended = &mut result => match ended {
                Ok((output, outcome)) => (Some(output), outcome),
                Err(_) => (None, Err(CliError::failed("a part of the program failed; tidings.log says more"))),
            },
            number = interrupted() => {
                stop.send_replace(true);
                let output = timeout(GRACE, result).await.ok().and_then(Result::ok).map(|(output, _)| output);
                (output, Err(CliError::quiet(Kind::Signal(number))))
            }
        }
    });
    runtime.shutdown_background();
    ended
}

/// Waits for a signal that ends the process; gives its number.
#[cfg(unix)]
async fn interrupted() -> u8 {
    use tokio::signal::unix::{SignalKind, signal};
    let listen = |kind| signal(kind).ok();
    let (mut hup, mut int, mut term) =
        (listen(SignalKind::hangup()), listen(SignalKind::interrupt()), listen(SignalKind::terminate()));
    tokio::select! {
        () = one(&mut hup) => 1,
        () = one(&mut int) => 2,
        () = one(&mut term) => 15,
    }
}

/// Waits for one signal; for ever when it cannot be listened to.
#[cfg(unix)]
async fn one(listener: &mut Option<tokio::signal::unix::Signal>) {
    match listener {
        Some(listener) => {
            listener.recv().await;
        }
        None => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn interrupted() -> u8 {
    match tokio::signal::ctrl_c().await {
        Ok(()) => 2,
        Err(_) => std::future::pending().await,
    }
}
