//! The harness, and what most tests need of it.

pub(crate) use crate::support::library::{Library, config_for, rss};
pub(crate) use crate::support::server::{Reply, TestServer};
pub(crate) use crate::support::silent::SilentHost;
