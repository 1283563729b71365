//! What hostile servers send, from our own loopback server through the real engine: tables of cases by category. Each case
//! says what must come of it; good feeds stand among them and must be delivered; whatever is stored or told must be clean.
//!
//! Holds R5 and R7 for every case, and what the tables name besides.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, reason = "this is all test code")]

#[path = "../support/mod.rs"]
mod support;

mod case;
mod charset;
mod feeds;
mod framing;
mod html;
mod identity;
mod json;
mod links;
mod opml;
mod packing;
mod redirect;
mod run;
mod status;
mod terminal;
mod unicode;
mod xml;
