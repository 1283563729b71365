//! The real binary in a home of its own: what each command prints, where, and with which exit status.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::needless_for_each,
    clippy::assigning_clones,
    reason = "this is all test code"
)]
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test a panic is the message")]

#[path = "../support/mod.rs"]
mod support;

mod arrivals;
mod beat;
mod exporting;
mod feeds;
mod full_text;
mod home;
mod marks;
mod printing;
mod reading;
mod subscriptions;
mod upkeep;
