//! What integration tests share. Use it with `#[path = "../support/mod.rs"] mod support;` in a `main.rs` that allows
//! `clippy::unwrap_used`, `clippy::panic` and `clippy::print_stdout`: Clippy knows only `#[test]` functions as tests.
#![allow(dead_code, unreachable_pub, reason = "no test binary uses all of it, and each compiles its own copy")]

pub mod library;
pub mod packed;
pub mod server;
pub mod silent;
