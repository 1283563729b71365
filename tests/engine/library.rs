//! The harness, and what most tests need of it.

pub use crate::support::library::{Library, config_for, item, rss};
pub use crate::support::server::{Reply, TestServer};
