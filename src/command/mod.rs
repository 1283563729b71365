//! The one table of everything a user can do.
//!
//! From [`COMMANDS`] come the keymap, the config's `[keys.*]` validation, the help overlay, the footer, the palette,
//! `tidings keys` and the tests. A command is introduced in `table.rs` and nowhere else.

mod keymap;
mod keys;
mod preset;
mod table;

pub use keymap::{
    ARTICLE_CHAIN, CHAINS, Conflict, ENTITY_CHAIN, FEEDS_CHAIN, Keymap, LIST_CHAIN, STORY_CHAIN, WHY_CHAIN,
    explain_unbound,
};
pub use keys::{Key, KeyCode, KeyError};
pub use preset::Preset;
pub use table::{COMMANDS, CommandId, CommandSpec, Scope};
