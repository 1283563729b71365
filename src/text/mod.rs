//! Plain-text craft: cleaning foreign text, widths in columns, wrapping, cutting, words.
//!
//! Pure, and imports nothing of ours.

mod clean;
mod fold;
mod width;

pub use clean::{clean_block, clean_line};
pub use fold::fold;
pub use width::{cut, pad, width};
