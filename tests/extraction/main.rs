//! The article of a web page: invented pages for every rule, hostile ones, and, where they are at hand, real ones.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    reason = "this is all test code"
)]

mod barriers;
mod cleaning;
mod corpus;
mod facts;
mod hostile;
mod page;
