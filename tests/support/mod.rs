//! What integration tests share. Use it with `#[path = "../support/mod.rs"] mod support;`.
#![allow(dead_code, unreachable_pub, reason = "no test binary uses all of it, and each compiles its own copy")]

pub mod library;
pub mod server;
