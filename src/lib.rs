//! tidings, a terminal news desk for people who move freight.
//!
//! Layers, each importing only from above itself in this list (`tests/architecture.rs` holds it):
//!
//! ```text
//! words    model  text  clock  command            the nouns; clean/width/wrap; now(); the one table of commands and keys
//! rules    feed  document  topic  query  opml      pure: bytes or records in, records out
//! edges    config  store  fetch                    each alone touches the outside; none imports another
//! engine   poller, ingest, maintenance; EngineHandle and the Notices it publishes
//! faces    tui  cli                                never import each other
//! main.rs  the composition root
//! ```

pub mod cli;
pub mod clock;
pub mod command;
pub mod config;
pub mod demo;
pub mod document;
pub mod engine;
pub mod feed;
pub mod fetch;
pub mod model;
pub mod opml;
pub mod query;
pub mod store;
pub mod text;
pub mod topic;
pub mod tui;
