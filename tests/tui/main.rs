//! The desk without a terminal: key scripts go in, screens come out. Everything is pure: the library behind it is a list
//! of invented articles.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::similar_names,
    clippy::format_push_string,
    clippy::format_collect,
    reason = "this is all test code, on small numbers"
)]

mod article;
mod desk;
mod fixture;
mod full_text;
mod harness;
mod hostile;
mod keeping;
mod knowledge;
mod library;
mod offline;
mod picture;
#[cfg(feature = "images")]
mod pictures;
mod random;
mod screens;
mod slow;
mod stories;
