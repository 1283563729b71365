//! The one table of everything a user can do.
//!
//! From [`COMMANDS`] come the keymap, the config's `[keys.*]` validation, the help overlay, the footer, the palette,
//! `tidings keys` and the tests. A command is introduced in `table.rs` and nowhere else.

mod table;

pub use table::{COMMANDS, CommandId, CommandSpec, Scope};
