//! The real binary in a real terminal: a whole day by keyboard, signals, kills, odd sizes.

#![cfg(unix)]

#[path = "../support/mod.rs"]
mod support;

mod kills;
mod terminal;
