//! The config as users write it: good and bad files, and the documented example.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::needless_for_each,
    clippy::assigning_clones,
    reason = "this is all test code"
)]

mod example;
mod fixtures;
