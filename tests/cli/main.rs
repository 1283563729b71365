//! The real binary in a home of its own: what each command prints, where, and with which exit status.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "in a test a panic is the message")]

#[path = "../support/mod.rs"]
mod support;

mod arrivals;
mod feeds;
mod home;
mod marks;
mod printing;
mod reading;
mod subscriptions;
mod upkeep;
