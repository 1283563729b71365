//! Plain-text craft: cleaning foreign text, widths in columns, wrapping, cutting, words, numbers for people.
//!
//! Pure, and imports nothing of ours.

mod ascii;
mod clean;
mod fold;
pub mod humanize;
mod width;
mod words;
mod wrap;

pub use ascii::{even_run, has_controls};
pub use clean::{clean_block, clean_line, is_clean};
pub use fold::fold;
pub use width::{clusters, cut, pad, width};
pub use words::{highlights, tokens, word_count};
pub use wrap::{fit, line_ranges, wrap};
