//! What is asserted of any input, one module a target. Used by the smoke run beside this and by `fuzz/`.

pub mod clean;
pub mod config;
pub mod date;
pub mod extract;
pub mod feed;
pub mod html;
pub mod keys;
mod material;
pub mod opml;
pub mod query;
pub mod story;
pub mod topic;

/// What a target does with any bytes; it panics where something does not hold.
pub type Target = fn(&[u8]);

/// Every target by its name, which is also that of its folder of seeds and of its cargo-fuzz target.
pub const TARGETS: &[(&str, Target)] = &[
    ("clean", clean::run),
    ("config", config::run),
    ("date", date::run),
    ("extract", extract::run),
    ("feed", feed::run),
    ("html", html::run),
    ("keys", keys::run),
    ("opml", opml::run),
    ("query", query::run),
    ("story", story::run),
    ("topic", topic::run),
];
