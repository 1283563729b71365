//! The bodies of the targets, shared with the smoke run of the main package (`tests/fuzz_smoke`), which needs no nightly.
#![allow(dead_code, unreachable_pub, reason = "the desk's test harness is shared, and not all of it is used here")]

#[path = "../../tests/fuzz_smoke/targets/mod.rs"]
pub mod targets;
