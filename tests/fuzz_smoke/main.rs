//! The targets of `fuzz/` without a fuzzer: each is run over its seeds, over every input that once broke it, and over
//! some made of those; so the stable toolchain tests what the fuzzer tests. `TIDINGS_FUZZ_CASES` asks for more of them.
//!
//! Holds R20.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::similar_names,
    clippy::format_push_string,
    clippy::format_collect,
    unreachable_pub,
    dead_code,
    reason = "this is all test code, on small numbers, and the desk's harness is shared"
)]

mod smoke;
mod targets;
