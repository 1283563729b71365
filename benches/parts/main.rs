//! What each part of the program costs, by criterion: `cargo bench --bench parts`, or some of it by name behind `--`.
//! Stories have a bench of their own (`stories`), and so has the program as a whole (`benches/side-by-side`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_wrap,
    clippy::cast_possible_truncation,
    clippy::format_push_string,
    clippy::format_collect,
    clippy::similar_names,
    dead_code,
    unused_imports,
    missing_docs,
    reason = "benches are test code, on what the tests bring; criterion's macros make functions without words"
)]

mod desk;
#[path = "../../tests/tui/fixture.rs"]
mod fixture;
#[path = "../../tests/tui/harness.rs"]
mod harness;
#[path = "../../tests/tui/knowledge.rs"]
mod knowledge;
#[path = "../../tests/tui/library.rs"]
mod library;
mod made_up;
mod reading;
mod store;
#[path = "../../tests/store/fixture.rs"]
mod store_fixture;
#[path = "../../tests/tui/stories.rs"]
mod stories;

use criterion::{criterion_group, criterion_main};

criterion_group!(
    parts,
    reading::feeds,
    reading::articles,
    reading::labels,
    store::arrivals,
    store::lists,
    store::searches,
    desk::keys
);
criterion_main!(parts);
