//! The reading pane: title, meta line, text, links and attachments as one run of rows that scrolls; finding in it, labels on
//! its links, the place in it.

mod act;
mod draw;
mod find;
mod foot;
mod header;
mod hints;
mod keys;
mod leave;
mod measure;
mod pane;
mod place;
mod rows;
mod sight;
mod teaser;
#[cfg(test)]
mod tests;
mod trailer;

pub use draw::{article_bar, draw_article};
pub use find::Find;
pub use foot::draw_footer;
pub use hints::Hints;
pub(super) use measure::text_width;
pub use pane::ArticlePane;
pub use place::Place;
pub use rows::{Around, Parts, Piece, Row, Target};
pub use sight::{Hyperlink, hyperlinks};
