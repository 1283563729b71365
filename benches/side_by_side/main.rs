//! tidings beside other readers and beside the floor, in one run on one machine: a table of figures, each with its goal.
//! `benches/side-by-side` gets the programs and runs this; `cargo bench --bench side_by_side` runs it with those that are here.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]

mod growth;
mod loads;
mod measure;
mod process;
mod programs;
mod server;
mod table;
mod terminal;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Parser;

use crate::loads::Load;
use crate::programs::{Kind, Program};
use crate::server::Server;
use crate::table::{Goal, Row};

/// Times tidings beside newsboat, sfeed and a program that does the least.
#[derive(Parser)]
struct Arguments {
    /// Sizes of libraries, in articles.
    #[arg(long, value_delimiter = ',', default_value = "1000,2000,10000,100000")]
    sizes: Vec<usize>,
    /// Numbers of feeds of ten articles, for how polls grow.
    #[arg(long, value_delimiter = ',', default_value = "10,100,1000")]
    feeds: Vec<usize>,
    /// How often each thing is measured; the median counts.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Keys pressed for a figure of keys.
    #[arg(long, default_value_t = 200)]
    keys: usize,
    /// Other readers are opened on libraries of up to so many articles: they take minutes beyond.
    #[arg(long, default_value_t = 100_000)]
    readers_up_to: usize,
    /// The program that paints 50 rows out of SQLite and nothing else.
    #[arg(long)]
    floor: Option<PathBuf>,
    /// The script that generates feeds; without it the loads are ours.
    #[arg(long)]
    generator: Option<PathBuf>,
    /// Where loads and libraries are made; they stay there for the next run.
    #[arg(long, default_value = "target/side-by-side")]
    work: PathBuf,
    /// Given by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

/// Everything that a run needs.
struct Run {
    arguments: Arguments,
    rows: Vec<Row>,
}

fn main() -> Result<()> {
    let mut arguments = Arguments::parse();
    std::fs::create_dir_all(&arguments.work)?;
    arguments.work = arguments.work.canonicalize()?;
    let mut run = Run { arguments, rows: Vec::new() };
    run.libraries()?;
    run.refreshes()?;
    run.keys_amid_news()?;
    run.many_feeds()?;
    for line in table::lines(&run.rows).iter().chain(&[String::new()]).chain(&growth::lines(&run.rows)) {
        println!("{line}");
    }
    Ok(())
}

/// A round that asks for what has not changed and finds nothing to place is over in so many seconds, of a thousand feeds, too.
const IDLE_ROUND_S: f64 = 1.0;

/// Seconds until all that a first refresh left has its place in a story: each round places for half a minute at most.
fn placed_s(program: &Program) -> Result<f64> {
    let mut all = 0.0;
    loop {
        let round = program.refresh()?;
        let taken = round.stored_s.unwrap_or(round.wall_s);
        if taken < IDLE_ROUND_S {
            return Ok(all);
        }
        all += taken;
    }
}

impl Run {
    /// Opening, keys, rest, search and disk, for each size of library.
    fn libraries(&mut self) -> Result<()> {
        for size in self.arguments.sizes.clone() {
            let feeds = (size / 1_000).max(1);
            let load = self.load(feeds, size / feeds)?;
            let _server = Server::start(&load.directory, load.feeds)?;
            let programs: Vec<Program> = self
                .programs("kept", &load)
                .into_iter()
                .filter(|program| !program.kind.is_other_reader() || size <= self.arguments.readers_up_to)
                .collect();
            for program in &programs {
                tell(&format!("{}: a library of {size} articles", program.kind.name()));
                if !program.database().exists() {
                    program.make_ready(&load)?;
                    if program.kind != Kind::Floor {
                        let filled = program.refresh()?;
                        if program.kind == Kind::Tidings {
                            let taken = filled.stored_s.unwrap_or(filled.wall_s) + placed_s(program)?;
                            let figure = vec![(program.kind, taken)];
                            self.row(&format!("filling an empty library {size}"), "s", Goal::None, figure);
                        }
                    }
                }
            }
            self.opened(size, &load, &programs)?;
            if size == 10_000 {
                self.at_ten_thousand(&load, &programs)?;
            }
            let goal = if size == 10_000 { Goal::AtMost(60.0) } else { Goal::None };
            self.each(&format!("disk {size}"), "MiB", goal, &programs, |program| Ok(Some(measure::disk_mib(program))))?;
            let goal = Goal::AtMost(if size > 100_000 { 20.0 } else { 10.0 });
            self.each(&format!("search {size}"), "ms", goal, &programs, |program| measure::search(program, &load))?;
        }
        Ok(())
    }

    fn opened(&mut self, size: usize, load: &Load, programs: &[Program]) -> Result<()> {
        let (mut first, mut key, mut memory) = (Vec::new(), Vec::new(), Vec::new());
        for program in programs {
            let runs = if program.kind == Kind::Newsboat && size > 10_000 { 1 } else { self.arguments.runs };
            let mut taken = Vec::new();
            // The first opening reads the files into the system's cache and is not counted.
            for counted in std::iter::once(false).chain(std::iter::repeat_n(true, runs)) {
                let opened = measure::opened(program, load)?;
                if counted {
                    taken.push(opened);
                }
            }
            first.push((program.kind, median(taken.iter().map(|opened| opened.first_screen_ms))));
            key.push((program.kind, median(taken.iter().filter_map(|opened| opened.first_key_ms))));
            memory.push((program.kind, median(taken.iter().map(|opened| opened.memory_mib))));
        }
        let goal = if size > 100_000 { Goal::TimesRow(1.2, "start 10000") } else { Goal::Times(2.5, Kind::Floor) };
        let ours = first.iter().copied().find(|(kind, _)| *kind == Kind::Tidings);
        self.row(&format!("start {size}"), "ms", goal, first);
        if let Some(ours) = ours.filter(|_| size == 100_000) {
            self.row("start with the larger library", "ms", Goal::TimesRow(1.1, "start 10000"), vec![ours]);
        }
        self.row(&format!("first key {size}"), "ms", Goal::None, key);
        self.row(&format!("memory {size}"), "MiB", Goal::AtMost(20.0), memory);
        Ok(())
    }

    fn at_ten_thousand(&mut self, load: &Load, programs: &[Program]) -> Result<()> {
        let (mut middle, mut late) = (Vec::new(), Vec::new());
        for program in programs {
            let times = measure::keys(program, load, self.arguments.keys)?;
            middle.push((program.kind, share(times.clone(), 50)));
            late.push((program.kind, share(times, 99)));
        }
        self.row("key to paint, half of all", "ms", Goal::Times(2.0, Kind::Floor), middle);
        self.row("key to paint, 99 of 100", "ms", Goal::AtMost(3.0), late);
        self.each("at rest", "ms of processor a second", Goal::AtMost(0.5), programs, |program| {
            measure::rest(program, load).map(Some)
        })
    }

    /// Keys while a hundred feeds bring nine thousand articles to a library of one thousand.
    fn keys_amid_news(&mut self) -> Result<()> {
        // The addresses are those of the larger load; what they answer is new.
        let (before, after) = (self.load(100, 10)?, self.load(100, 100)?);
        let (mut middle, mut late) = (Vec::new(), Vec::new());
        for program in self.programs("amid-news", &before) {
            if !matches!(program.kind, Kind::Tidings | Kind::Newsboat) {
                continue;
            }
            tell(&format!("{}: keys amid news", program.kind.name()));
            let mut times = Vec::new();
            for _ in 0..self.arguments.runs {
                program.make_ready(&before)?;
                let old = Server::start(&before.directory, before.feeds)?;
                program.refresh()?;
                drop(old);
                let new = Server::start(&after.directory, after.feeds)?;
                times.extend(measure::keys_amid_news(&program, &before)?);
                let (brought, _) = new.take_counts();
                println!("{}: {brought} feeds with news", program.kind.name());
            }
            middle.push((program.kind, share(times.clone(), 50)));
            late.push((program.kind, share(times, 99)));
        }
        self.row("key to paint amid news, half of all", "ms", Goal::None, middle);
        self.row("key to paint amid news, 99 of 100", "ms", Goal::AtMost(5.0), late);
        Ok(())
    }

    /// Our own refreshes of few and many feeds.
    fn many_feeds(&mut self) -> Result<()> {
        for feeds in self.arguments.feeds.clone() {
            let load = self.load(feeds, 10)?;
            let _server = Server::start(&load.directory, load.feeds)?;
            let programs = self.programs("many", &load);
            let Some(ours) = programs.iter().find(|program| program.kind == Kind::Tidings) else { continue };
            tell(&format!("{feeds} feeds of ten articles"));
            let (mut cold, mut again) = (Vec::new(), Vec::new());
            for _ in 0..self.arguments.runs {
                ours.make_ready(&load)?;
                cold.push(ours.refresh()?);
                again.push(ours.refresh()?.wall_s);
            }
            let one = |figure: f64| vec![(Kind::Tidings, figure)];
            let stored = median(cold.iter().map(|one| one.stored_s.unwrap_or(one.wall_s)));
            let peak = median(cold.iter().filter_map(|one| one.peak_mib));
            let goal = if feeds == 1_000 { Goal::AtMost(96.0) } else { Goal::None };
            self.row(&format!("cold refresh, feeds {feeds}"), "s", Goal::None, one(stored));
            self.row(&format!("memory of the cold refresh, feeds {feeds}"), "MiB", goal, one(peak));
            self.row(&format!("unchanged refresh, feeds {feeds}"), "s", Goal::None, one(median(again.into_iter())));
        }
        Ok(())
    }

    /// Cold and unchanged refreshes of a hundred feeds, near and far.
    fn refreshes(&mut self) -> Result<()> {
        let load = self.load(100, 100)?;
        let server = Server::start(&load.directory, load.feeds)?;
        let programs: Vec<Program> =
            self.programs("asked", &load).into_iter().filter(|program| program.kind != Kind::Floor).collect();
        for (latency, cold_goal, unchanged_goal) in [(0, 0.19, 0.10), (200, 0.31, 0.14)] {
            server.set_latency(latency);
            let (mut stored, mut whole, mut peak, mut unchanged) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
            for program in &programs {
                tell(&format!("{}: 100 feeds at {latency} ms", program.kind.name()));
                let (mut cold, mut again) = (Vec::new(), Vec::new());
                for _ in 0..self.arguments.runs {
                    program.make_ready(&load)?;
                    cold.push(program.refresh()?);
                }
                // newsboat sends conditional requests from its third refresh on.
                program.refresh()?;
                server.take_counts();
                for _ in 0..self.arguments.runs {
                    again.push(program.refresh()?.wall_s);
                }
                let (asked_whole, asked_unchanged) = server.take_counts();
                println!("{}: {asked_unchanged} of {} answers 304", program.kind.name(), asked_whole + asked_unchanged);
                stored.push((program.kind, median(cold.iter().map(|one| one.stored_s.unwrap_or(one.wall_s)))));
                whole.push((program.kind, median(cold.iter().map(|one| one.wall_s))));
                peak.push((program.kind, median(cold.iter().filter_map(|one| one.peak_mib))));
                unchanged.push((program.kind, median(again.into_iter())));
            }
            self.row(
                &format!("cold refresh, {latency} ms away, all stored"),
                "s",
                Goal::Times(cold_goal, Kind::Newsboat),
                stored,
            );
            self.row(&format!("cold refresh, {latency} ms away, to its end"), "s", Goal::None, whole);
            self.row(&format!("memory of the cold refresh, {latency} ms away"), "MiB", Goal::AtMost(64.0), peak);
            self.row(
                &format!("unchanged refresh, {latency} ms away"),
                "s",
                Goal::Times(unchanged_goal, Kind::Newsboat),
                unchanged,
            );
        }
        let desk: Vec<Program> = programs.into_iter().filter(|program| program.kind == Kind::Tidings).collect();
        let goal = Goal::AtMost(450.0);
        self.each("first headline of an empty library, 200 ms away", "ms", goal, &desk, |program| {
            measure::first_headline(program, &load).map(Some)
        })?;
        Ok(())
    }

    /// A row of something that is measured several times of each program.
    fn each(
        &mut self,
        what: &str,
        unit: &'static str,
        goal: Goal,
        programs: &[Program],
        of: impl Fn(&Program) -> Result<Option<f64>>,
    ) -> Result<()> {
        let mut figures = Vec::new();
        for program in programs {
            let runs = if program.kind == Kind::Newsboat { 1 } else { self.arguments.runs };
            let taken: Vec<Option<f64>> = (0..runs).map(|_| of(program)).collect::<Result<_>>()?;
            if taken.iter().any(Option::is_some) {
                figures.push((program.kind, median(taken.into_iter().flatten())));
            }
        }
        self.row(what, unit, goal, figures);
        Ok(())
    }

    fn row(&mut self, what: &str, unit: &'static str, goal: Goal, figures: Vec<(Kind, f64)>) {
        self.rows.push(Row { what: what.to_owned(), unit, goal, figures });
        // Told at once: a run takes long, and its table is at its end.
        if let Some(line) = table::lines(&self.rows).last() {
            println!("{line}");
        }
    }

    fn load(&self, feeds: usize, each: usize) -> Result<Load> {
        Load::of(&self.arguments.work, self.arguments.generator.as_deref(), feeds, each)
    }

    /// The programs that are on this machine.
    fn programs(&self, purpose: &str, load: &Load) -> Vec<Program> {
        let home = |kind: Kind| {
            self.arguments.work.join(format!("{}-{purpose}-{}x{}", kind.name(), load.feeds, load.articles / load.feeds))
        };
        let mut programs =
            vec![Program::new(Kind::Tidings, Path::new(env!("CARGO_BIN_EXE_tidings")), home(Kind::Tidings))];
        if installed("newsboat") {
            programs.push(Program::new(Kind::Newsboat, Path::new("newsboat"), home(Kind::Newsboat)));
        }
        if installed("sfeed_update") {
            programs.push(Program::new(Kind::Sfeed, Path::new("sfeed_update"), home(Kind::Sfeed)));
        }
        if let Some(floor) = &self.arguments.floor {
            programs.push(Program::new(Kind::Floor, floor, home(Kind::Floor)));
        }
        programs
    }
}

fn installed(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|directory| directory.join(program).is_file()))
}

/// What is going on, for whoever waits.
#[allow(clippy::print_stderr, reason = "figures go to standard output, progress does not")]
fn tell(what: &str) {
    eprintln!("# {what}");
}

fn median(figures: impl Iterator<Item = f64>) -> f64 {
    share(figures.collect(), 50)
}

/// The figure that so many in a hundred stay below; not a number when there is none.
fn share(mut figures: Vec<f64>, percent: usize) -> f64 {
    figures.sort_by(f64::total_cmp);
    let at = figures.len() * percent / 100;
    figures.get(at.min(figures.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}
