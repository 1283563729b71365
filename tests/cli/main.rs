//! The real binary in a home of its own: what each command prints, where, and with which exit status.

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
