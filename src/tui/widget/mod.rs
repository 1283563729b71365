//! Stateless pieces of the picture: what is told goes in, cells come out.

pub mod frame;
pub mod hits;
pub mod input;
pub mod paint;
pub mod status_line;
pub mod topic_bar;
