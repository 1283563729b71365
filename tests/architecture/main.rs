//! The rules of the house, as tests over the source text: who may import whom, what the pure rooms may not name, how
//! long a file may be, that every file says what it is for, and that every command and every test file is wired up.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "this is all test code")]

mod bounds;
mod commands;
mod floors;
mod imports;
mod purity;
mod requirements;
mod sizes;
mod source;
