//! The program without a face: polls, ingests, marks, looks after the library, and tells what changed.
//!
//! Faces hold an [`EngineHandle`] and listen to its [`Notice`]s. The way of an article is one way: `fetch` -> `feed` ->
//! `topic` -> `store` -> [`Notice`] -> the face asks again. `round` is one round of polls, `poll_feed` one feed's part in
//! it, `backfill` pages back over a gap, `poller` decides when a round is due, `labelling` holds the rules and labels the
//! library anew when they change, `stories` puts arrivals into their stories, `pages` puts together what is known,
//! `full_text` fetches the pages of articles, `pictures` their pictures when they are asked for, `background` looks after
//! the library, `clip` writes into the user's file of clips, `download` brings attached files, `subscriptions` edits the
//! config, `config_watch` and `live_config` read it again
//! when it changes.

mod article;
mod backfill;
mod background;
mod change_address;
mod check_feed;
mod clip;
mod computing;
mod config_watch;
mod download;
mod full_text;
mod handle;
mod health;
mod import;
mod keeping;
mod knowledge;
mod labelling;
mod library;
mod live_config;
mod notice;
mod own_file;
mod pages;
#[cfg(feature = "images")]
mod pictures;
mod poll_feed;
mod poller;
mod question;
mod room;
mod round;
mod shared;
mod spread;
mod stories;
mod subscriptions;
mod teach;

pub use crate::export::citation;
pub use crate::store::{
    BackupFile, Counts, Salvaged, StoreError, Update, UpdateStep, list_backups, newsboat_read_urls,
    restore as restore_backup, salvage as salvage_database,
};
pub use crate::story::Kinship;
pub use crate::topic::{Contribution, EntityEntry, EntityReason, Explanation, Home, Place, TopicReason};
pub use check_feed::FeedCheck;
pub use download::Downloading;
pub use full_text::{FailedPage, Obstacle, PageOutcome, PageSource, ReadPage, WantedRound};
pub use handle::{Answer, EngineError, EngineHandle, Undone};
pub use health::FeedHealth;
pub use import::spec_of;
pub use knowledge::{Company, EntityPage, Lesson, Preview, StoryLine, StoryPage, Why};
pub use notice::{FeedPolled, Notice, PollOutcome};
#[cfg(feature = "images")]
pub use pictures::Decoded;
pub use round::{PollRequest, RoundSummary};
pub use shared::EngineOptions;
pub use subscriptions::{AddOutcome, FeedEdit};
