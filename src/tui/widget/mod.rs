//! Stateless pieces of the picture: what is told goes in, cells come out.

pub mod chooser;
pub mod frame;
pub mod fuzzy;
pub mod hits;
pub mod input;
pub mod list_cursor;
pub mod outline;
pub mod paint;
pub mod sparkline;
pub mod status_line;
pub mod topic_bar;
