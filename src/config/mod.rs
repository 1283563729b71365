//! The one config file: what it means, where it is, and edits that keep the user's comments.
//!
//! `paths` finds the directory, `load` reads the file, `validate` makes a [`Config`] of its text and reports everything
//! that is wrong at once, `edit` changes the text without touching the rest of it, `write` puts it back whole or not at all.

mod diagnostic;
mod edit;
mod excerpt;
mod load;
pub mod packs;
mod paths;
mod rule_place;
mod schema;
mod section;
mod style;
mod types;
mod validate;
mod write;

pub use crate::command::Preset;
pub use diagnostic::{Diagnostic, told};
pub use edit::{
    EditError, RuleEdit, TopicList, add_feeds, add_rule, remove_feed, rename_feed, set_address, set_enabled,
};
pub use load::{Loaded, load, read_text};
pub use packs::{Desk, PackFeed};
pub use paths::{Paths, PathsError};
pub use rule_place::rule_faults;
pub use schema::{BUILTIN_THEMES, KEYS, ROLES};
pub use style::{Colour, StyleSpec, parse_style};
pub use types::{
    Config, DateStyle, FeedSpec, FullTextMode, ImageMode, Keep, LinkMode, Network, OwnTheme, PictureProtocol, Programs,
    Ui,
};
pub use validate::parse;
pub use write::{WriteError, hold, replace, write};

/// The documented example, `config.example.toml`: every key, commented out, at its default.
pub const EXAMPLE: &str = include_str!("../../config.example.toml");
