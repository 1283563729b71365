//! The composition root: arguments to config to store to engine to a face, and an exit code.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Duration;

use tidings::cli::{self, Arguments, CliError, Command, Kind, Launch, Updating};
use tidings::clock::Clock;
use tidings::config::{self, Config, Paths};
use tidings::demo;
use tidings::engine::{Answer, EngineError, EngineHandle, EngineOptions};
use tidings::store::Store;
use tidings::text::clean_block;
use tidings::tui::{self, Pack, Settings, Start};
use tracing::Level;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// A log larger than this, in bytes, starts anew.
const LARGEST_LOG: u64 = 1 << 20;

/// How long the process waits at its end for work that cannot be called back, such as a name look-up.
const FAREWELL: Duration = Duration::from_millis(500);

fn main() -> ExitCode {
    let arguments = match cli::parse() {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    if let Err(error) = cli::fit_into_limits() {
        return cli::refuse(error, arguments.ascii);
    }
    let clock = Clock::system();
    let opened = match arguments.command.clone() {
        Some(Command::Shell(command)) => {
            let open_clock = clock.clone();
            let ascii = arguments.ascii;
            let open = Box::new(move |paths, config| {
                open_engine(paths, config, open_clock, ascii, true).map(|(engine, _)| engine)
            });
            return cli::run(command, Launch::read(arguments.dir.as_deref(), clock, open), arguments.ascii);
        }
        Some(Command::Demo) => open_demo(&arguments, &clock),
        None => open_desk(&arguments, &clock),
    };
    opened.unwrap_or_else(|error| cli::refuse(error, arguments.ascii))
}

/// The desk on the user's own library.
fn open_desk(arguments: &Arguments, clock: &Clock) -> Result<ExitCode, CliError> {
    tui::require_terminal().map_err(|error| CliError::usage(error.to_string()))?;
    let paths = Paths::find(arguments.dir.as_deref()).map_err(|error| CliError::usage(error.to_string()))?;
    let loaded = config::load(&paths.config);
    if !loaded.diagnostics.is_empty() {
        return Err(CliError::usage(config::told(&loaded.diagnostics)));
    }
    run_desk(arguments, clock, paths, loaded.config, true, |_, _| ())
}

/// The desk on an invented news day, in a directory that goes away with it.
fn open_demo(arguments: &Arguments, clock: &Clock) -> Result<ExitCode, CliError> {
    tui::require_terminal().map_err(|error| CliError::usage(error.to_string()))?;
    let demo = demo::prepare(clock.clone()).map_err(|error| CliError::failed(format!("{error:#}")))?;
    let paths = demo.paths().clone();
    let loaded = config::load(&paths.config);
    run_desk(arguments, clock, paths, loaded.config, false, |runtime, engine| {
        let news = demo.news(engine);
        // When the demo's directory is taken away from under it, no more news arrives; the desk goes on.
        runtime.spawn(async move { news.await.ok() });
    })
}

/// Opens everything in the order in which the first frame needs it, and runs the desk to its end.
fn run_desk(
    arguments: &Arguments,
    clock: &Clock,
    paths: Paths,
    config: Config,
    asks_servers: bool,
    while_open: impl FnOnce(&tokio::runtime::Handle, EngineHandle),
) -> Result<ExitCode, CliError> {
    // Finding the system's time zone reads some hundred directory entries: meanwhile the library is opened.
    let zone = std::thread::spawn(jiff::tz::TimeZone::system);
    paths.create().map_err(|error| CliError::failed(error.to_string()))?;
    let _log = start_log(&paths.log);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| CliError::failed(format!("cannot start: {error}")))?;
    let first_run = config.feeds.is_empty();
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let settings = Settings::of(&config, arguments.ascii, no_color);
    let (engine, store) = open_engine(paths.clone(), config, clock.clone(), arguments.ascii, asks_servers)?;
    let start = runtime.block_on(async {
        engine.adopt_config().await?;
        let counts = engine.counts().await?;
        let first = tui::first_request(&settings.ui, counts.newest);
        Ok::<_, EngineError>(Start {
            now: clock.now(),
            zone: zone.join().unwrap_or(jiff::tz::TimeZone::UTC),
            size: (80, 24),
            first_rows: store.headlines_now(&first).map_err(EngineError::from)?,
            counts,
            feeds: engine.feeds().await?,
            settings,
            first_run: first_run.then(packs),
            read_only: engine.is_read_only(),
            invented: !engine.asks_servers(),
            paths: Some(paths),
            troubles: troubles(&engine),
        })
    })?;
    let background = engine.clone();
    let handle = runtime.handle().clone();
    while_open(&handle, engine.clone());
    let options = tui::Options {
        engine,
        start,
        ascii: arguments.ascii,
        after_first_frame: Box::new(move || {
            let _in_runtime = handle.enter();
            background.start();
        }),
    };
    let ended = runtime.block_on(tui::run(options));
    runtime.shutdown_timeout(FAREWELL);
    match ended {
        Ok(ended) => {
            for line in &ended.unfinished {
                // Nobody may be there any more to read it.
                writeln!(std::io::stderr(), "tidings: {line}").ok();
            }
            Ok(ExitCode::from(ended.exit.code()))
        }
        Err(error) => Err(CliError { kind: Kind::Failed, message: error.to_string(), hints: Vec::new() }),
    }
}

/// Opens the library of a directory. Words on standard error say how it goes when an older one has to be updated first.
fn open_engine(
    paths: Paths,
    config: Config,
    clock: Clock,
    ascii: bool,
    asks_servers: bool,
) -> Answer<(EngineHandle, Store)> {
    paths.create().map_err(|error| EngineError(error.to_string()))?;
    let mut updating = Updating::new(ascii);
    let store =
        Store::open_watched(&paths.database, &paths.backups, clock.clone(), &mut |update| updating.tell(update))?;
    drop(updating);
    let options = EngineOptions { paths: Some(paths), config, store: store.clone(), clock, asks_servers };
    Ok((EngineHandle::new(options), store))
}

/// What the desk says when it opens.
fn troubles(engine: &EngineHandle) -> Vec<String> {
    let full = engine.waits_for_room().then(|| {
        "the disk is full: this is for reading only, and nothing is saved, until there is room again".to_owned()
    });
    engine.lost().into_iter().flatten().chain(full).collect()
}

/// The starter packs, as the first run offers them.
fn packs() -> Vec<Pack> {
    config::packs::desks().iter().map(|desk| Pack { name: desk.name.to_owned(), feeds: desk.subscriptions() }).collect()
}

/// Writes what goes wrong to `tidings.log`; `TIDINGS_LOG` says how much (`debug`, or `warn,tidings::fetch=trace`; default
/// `warn`). Without a log the desk runs on.
fn start_log(path: &Path) -> Option<()> {
    let large = path.metadata().is_ok_and(|log| log.len() > LARGEST_LOG);
    let mut options = OpenOptions::new();
    options.create(true).append(!large).write(true).truncate(large);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file: File = options.open(path).ok()?;
    let said = std::env::var("TIDINGS_LOG").ok().and_then(|said| said.parse().ok());
    let filter: Targets = said.unwrap_or_else(|| Targets::new().with_default(Level::WARN));
    // A log without room must not complain on the standard error, where the desk is drawn.
    let quiet = tracing_subscriber::fmt::layer().log_internal_errors(false);
    let log = quiet.with_ansi(false).with_writer(Mutex::new(CleanLog(file)));
    tracing_subscriber::registry().with(log).with(filter).try_init().ok()
}

/// A log in which nothing stands that a terminal would act on when somebody looks at it (THREATS R1).
struct CleanLog(File);

impl Write for CleanLog {
    /// One event at a time.
    fn write(&mut self, event: &[u8]) -> std::io::Result<usize> {
        self.0.write_all(clean_block(&String::from_utf8_lossy(event)).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_log_acts_on_a_terminal() {
        let mut file = tempfile::tempfile().unwrap();
        let mut log = CleanLog(file.try_clone().unwrap());
        log.write_all("WARN a\u{1b}]0;x\u{7} \u{9b}31m\u{202e}b\n".as_bytes()).unwrap();
        log.write_all(b"WARN \xff\n").unwrap();
        std::io::Seek::rewind(&mut file).unwrap();
        assert_eq!(std::io::read_to_string(file).unwrap(), "WARN a]0;x 31mb\nWARN \u{fffd}\n");
    }
}
