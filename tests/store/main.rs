//! The store as the engine uses it: through its handle, on real files.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::format_collect,
    clippy::needless_for_each,
    clippy::assigning_clones,
    clippy::too_many_lines,
    reason = "this is all test code"
)]

mod arrivals;
mod backups;
mod damaged_text;
mod desk;
mod files;
mod fixture;
mod full_text;
mod identity;
mod journal;
mod kills;
mod labels;
mod migration;
mod paging;
mod random;
mod retention;
mod search;
mod sharing;
mod stories;
