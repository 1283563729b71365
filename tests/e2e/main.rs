//! The real binary in a real terminal: a whole day by keyboard, signals, odd sizes, several at once. Local faults are in `tests/faults`.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::too_many_lines,
    dead_code,
    reason = "this is all test code; a day is told in one piece; the harness is that of tests/faults too"
)]

#[path = "../support/mod.rs"]
mod support;

mod day;
mod keeping;
mod keys;
mod newsroom;
mod place;
mod polled;
mod programs;
mod terminal;
mod together;
