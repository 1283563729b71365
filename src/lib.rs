//! tidings, a terminal news desk for people who move freight.
//!
//! # Bird's-eye view
//!
//! A background task polls the RSS, Atom and JSON feeds that the user's `config.toml` names; a terminal front end shows
//! one line an article, the article under it, and topic filters; what was read, saved and noted is kept in one local
//! SQLite database. The shell commands do the same work without a screen, beside an open desk.
//!
//! The way of an article is one way, with no way back:
//!
//! ```text
//! fetch (conditional, bounded) -> feed (repair, parse, clean, identity, dates) -> topic (labels)
//!       -> store (one transaction a feed) -> story (placed in the background, written back) -> Notice -> the face asks again
//! ```
//!
//! A face never gets pushed rows: it learns *what changed* and asks again for what it shows. So the desk and the shell
//! share one path and cannot disagree.
//!
//! # Layers
//!
//! Each imports only from above itself in this list; `tests/architecture` holds the table and more rules.
//!
//! ```text
//! words    model  text  clock  command            the nouns; clean/width/wrap; now(); the one table of commands and keys
//! rules    feed  document  topic  story  query  opml  export   pure: bytes or records in, records out
//! edges    config  store  fetch                    each alone touches the outside; none imports another
//! engine   rounds, ingest, care; EngineHandle and the Notices it publishes
//! faces    tui  cli  demo                          never import each other
//! main.rs  the composition root
//! ```
//!
//! # Where to begin
//!
//! * What the words mean: [`model`]. What a user can do: [`command::COMMANDS`].
//! * From bytes to articles: [`feed::parse`]. When a feed is asked: [`feed::due`].
//! * What goes over the wire: [`fetch::Fetcher`]. What is kept: [`store::Store`].
//! * One round of polls: the `round` and `poll_feed` modules of [`engine`].
//! * A key's way: `tui::runtime` makes it an [`tui::Event`], [`tui::update()`] changes the [`tui::Model`] and gives
//!   [`tui::Effect`]s, the runtime carries them out and their answers come back as events, [`tui::view()`] draws.
//!
//! # What is deliberately not there
//!
//! * No shell, anywhere. Programs (browser, editor, password command) are argument vectors.
//! * No request that the user did not cause or configure; reading makes none.
//! * No clock but [`clock::Clock`], no terminal and no async runtime in the pure rooms: their tests need neither.
//! * No foreign text on the screen, in a log or in an error that did not pass [`text::clean_line`] or its like.
//! * No stored schedule: facts are stored, [`feed::due`] decides from them.
//! * No list in memory that grows with the library: lists are windows, counts are kept by the store.

pub mod cli;
pub mod clock;
pub mod command;
pub mod config;
pub mod demo;
pub mod document;
pub mod engine;
pub mod export;
pub mod feed;
pub mod fetch;
pub mod model;
pub mod opml;
pub mod query;
pub mod store;
pub mod story;
pub mod text;
pub mod topic;
pub mod tui;
