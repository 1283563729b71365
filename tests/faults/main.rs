//! Local faults against the real binary: every row F1 to F28 of the threat table is a test whose name begins with it.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::too_many_lines,
    dead_code,
    reason = "this is all test code; not all of the shared harness is used here"
)]

#[path = "../support/mod.rs"]
mod support;

#[path = "../e2e/newsroom.rs"]
mod newsroom;
#[path = "../e2e/place.rs"]
mod place;
#[path = "../e2e/polled.rs"]
mod polled;
#[path = "../e2e/terminal.rs"]
mod terminal;

// F1 to F11, F27 and F28: files and disks.
mod article;
mod beside;
mod damaged;
mod disk;
mod full;
mod full_start;
mod kills;
mod log;
mod newer;
mod paper;
mod power;
mod read_only;
mod replay;
mod streams;
mod upgrade;
mod users;

// F12 to F26: config, environment, terminal, processes.
mod clock;
mod endings;
mod limits;
mod network;
mod panics;
mod programs;
mod screens;
mod settings;
mod shell;
mod sizes;
mod surroundings;
mod typing;

/// How often a test does what it does at random: so often, or as `variable` says for longer runs by hand.
fn times(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}
