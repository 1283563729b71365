//! A document as Markdown (CommonMark, with the tables of GFM).

use super::blocks::Document;

/// The document as CommonMark with GFM tables; links inline. What foreign text has that would be markup is escaped.
#[must_use]
pub fn markdown(document: &Document) -> String {
    let _ = document;
    todo!()
}
