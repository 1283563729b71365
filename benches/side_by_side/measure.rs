//! What is measured of one program: opening, keys, rest, search, refreshes.

use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::loads::{Load, RARE};
use crate::process::{bytes_of, memory, processor_ms};
use crate::programs::{Kind, Program};
use crate::terminal::Terminal;

/// The slowest of the programs takes minutes to open a large library.
const PATIENCE: Duration = Duration::from_mins(5);
/// Time for work that a program does after its first screen.
const WARM: Duration = Duration::from_secs(2);
/// How long a program is watched while nobody touches it.
const REST: Duration = Duration::from_secs(10);
/// A quick reader's pause between two keys.
const BETWEEN_KEYS: Duration = Duration::from_millis(30);

/// A program that was opened.
pub(crate) struct Opened {
    pub(crate) first_screen_ms: f64,
    /// From the first screen to the answer to a key typed just then.
    pub(crate) first_key_ms: Option<f64>,
    pub(crate) memory_mib: f64,
}

/// Opens it once.
pub(crate) fn opened(program: &Program, load: &Load) -> Result<Opened> {
    let (mut terminal, first_screen_ms) = first_screen(program, load)?;
    let first_key_ms = terminal.answer("j")?.map(|(changed, _)| changed);
    terminal.pass(WARM);
    let (memory_mib, _) = memory(terminal.process()).context("/proc tells the memory of a process")?;
    Ok(Opened { first_screen_ms, first_key_ms, memory_mib })
}

/// How many keys in a row may stay without an answer before the program is asked no more.
const UNANSWERED: usize = 3;

/// Milliseconds to the first change after each of so many `j` down a list of articles; at its end `k` leads up again, and the
/// key at the end does not count. Any other key that changed nothing in five seconds counts as five seconds.
pub(crate) fn keys(program: &Program, load: &Load, count: usize) -> Result<Vec<f64>> {
    let (mut terminal, _) = first_screen(program, load)?;
    if let Some(enter) = program.to_list() {
        terminal.press(enter)?;
    }
    terminal.pass(WARM);
    pressed(program, &mut terminal, count)
}

/// So many keys fall within the two or three seconds in which a hundred feeds are fetched.
const KEYS_AMID_NEWS: usize = 60;

/// The same from the moment at which all feeds are asked anew, on the first screen: newsboat asks all from its list of feeds.
pub(crate) fn keys_amid_news(program: &Program, load: &Load) -> Result<Vec<f64>> {
    let (mut terminal, _) = first_screen(program, load)?;
    terminal.pass(WARM);
    terminal.press("R")?;
    pressed(program, &mut terminal, KEYS_AMID_NEWS)
}

/// What so many keys took of a program whose list is on the screen.
fn pressed(program: &Program, terminal: &mut Terminal, count: usize) -> Result<Vec<f64>> {
    let mut times = Vec::with_capacity(count);
    let (mut way, mut unanswered) = (["j", "k"], 0);
    while times.len() < count {
        match terminal.answer(way[0])? {
            Some((changed, _)) => {
                unanswered = 0;
                times.push(changed);
            }
            None if unanswered == 0 => {
                // The end of the list, or so it seems; the other way there must be more.
                unanswered = 1;
                way.reverse();
            }
            None => {
                unanswered += 1;
                times.push(5_000.0);
                if unanswered == UNANSWERED {
                    let name = program.kind.name();
                    println!("{name}: {unanswered} keys changed nothing; the screen shows:\n{}", terminal.text());
                    break;
                }
            }
        }
        terminal.pass(BETWEEN_KEYS);
    }
    Ok(times)
}

/// Milliseconds of processor a second while nothing happens.
pub(crate) fn rest(program: &Program, load: &Load) -> Result<f64> {
    let (mut terminal, _) = first_screen(program, load)?;
    terminal.pass(WARM * 2);
    let before = processor_ms(terminal.process()).context("/proc tells the time of a process")?;
    terminal.pass(REST);
    let after = processor_ms(terminal.process()).context("/proc tells the time of a process")?;
    Ok((after - before) / REST.as_secs_f64())
}

/// Milliseconds from the last key of a search for a rare word to its result. tidings finds while it is typed: its figure is
/// the slowest answer to one of the letters.
pub(crate) fn search(program: &Program, load: &Load) -> Result<Option<f64>> {
    let Some((open, go)) = program.search() else { return Ok(None) };
    let (mut terminal, _) = first_screen(program, load)?;
    terminal.pass(WARM);
    terminal.press(open)?;
    terminal.pass(Duration::from_millis(300));
    if program.kind == Kind::Tidings {
        let mut slowest: f64 = 0.0;
        for (at, letter) in RARE.char_indices() {
            let typed = format!("{}{letter}", RARE.get(..at).unwrap_or_default());
            terminal.press(&letter.to_string())?;
            // The line of the search shows what was typed at once; the count beside it is of that text's hits.
            let answered = terminal.until("the hits", PATIENCE, |screen| {
                screen.lines().next().is_some_and(|line| line.contains(&typed)) && !screen.contains("searching")
            })?;
            slowest = slowest.max(answered);
            terminal.pass(Duration::from_millis(100));
        }
        return Ok(Some(slowest));
    }
    terminal.press(RARE)?;
    terminal.pass(Duration::from_millis(300));
    terminal.press(go)?;
    terminal.until("the hits", PATIENCE, |screen| program.has_found(screen)).map(Some)
}

/// Milliseconds from the start with an empty library to the first headline on the screen.
pub(crate) fn first_headline(program: &Program, load: &Load) -> Result<f64> {
    program.make_ready(load)?;
    start(program)?.until("the first headline", PATIENCE, |screen| load.shows(screen))
}

/// What its library takes on the disk, in MiB.
pub(crate) fn disk_mib(program: &Program) -> f64 {
    let database = program.database();
    let beside = ["-wal", "-shm"].map(|suffix| {
        let mut name = database.clone().into_os_string();
        name.push(suffix);
        bytes_of(name.as_ref())
    });
    (bytes_of(&database) + beside.iter().sum::<u64>()) as f64 / 1_048_576.0
}

/// A program at its first screen, and after how many milliseconds it was there.
fn first_screen(program: &Program, load: &Load) -> Result<(Terminal, f64)> {
    let mut terminal = start(program)?;
    let first_screen_ms = terminal.until("the first screen", PATIENCE, |screen| program.is_open(load, screen))?;
    Ok((terminal, first_screen_ms))
}

fn start(program: &Program) -> Result<Terminal> {
    let home = program.home.to_string_lossy().into_owned();
    // Programs that keep more than they are told to do so in a home of their own.
    let environment = [("HOME".to_owned(), home), ("SFEED_AUTOCMD".to_owned(), String::new())];
    Terminal::start(&program.open()?, &environment)
}
