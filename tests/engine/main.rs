//! The engine against a loopback server: what goes over the wire, what is stored, what is told.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "this is all test code")]

#[path = "../support/mod.rs"]
mod support;

mod background;
mod beat;
mod clock;
mod conditional;
mod corpus;
mod demo;
mod downloads;
mod full_text;
mod gaps;
mod labels;
mod library;
mod live_config;
mod moving;
mod notes;
mod outcomes;
#[cfg(feature = "images")]
mod pictures;
mod politeness;
mod spread;
mod stories;
mod subscribing;
mod undo;
