//! HTML made readable: guard (size, attributes, raw text) -> tokens -> [`Block`]s -> [`Line`]s at a width, and plain text.
//!
//! Pure, and never an error: whatever comes in, text comes out, in time linear in what came in. To read no tree is built:
//! the tokens of html5ever fold straight into blocks, so that depth, which costs tree builders quadratic time, costs
//! nothing. Only [`extract`], which tells the article of a web page from what is around it, builds one, of markup whose
//! elements are counted and whose depth is bounded before.

mod blocks;
mod build;
mod credit;
mod echo;
mod extract;
mod find;
mod flatten;
mod guard;
mod layout;
mod links;
mod markdown;
mod numbering;
mod plain;
mod prose;
mod reading_time;
mod sink;
mod sloppy;
mod tag;
mod tags;
mod work;

pub use blocks::{Block, Cell, Definition, Document, Figure, Link, Span, Style, Table};
pub use build::read_html;
pub use extract::{Extraction, extract};
pub use find::{Hit, find};
pub use layout::{Line, LineKind, Setting, layout};
pub use links::{clean_url, is_web_url, may_lead_elsewhere};
pub use markdown::markdown;
pub use numbering::{NumberStyle, Numbering};
pub use plain::plain_text;
pub use prose::text;
pub use reading_time::{minutes, words};
