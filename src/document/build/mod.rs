//! From events to blocks. Open elements that mean something are frames on a stack; all others cost nothing.
//!
//! HTML's rules for sloppy markup are followed as far as reading needs them: what is not closed closes with what holds it,
//! `li`, `td` and `dd` close the one before, emphasis may overlap blocks.

mod builder;
mod embed;
mod figure;
mod format;
mod frame;
mod grid;
#[cfg(test)]
mod hostile_tests;
mod inline;
mod insert;
mod listen;
mod math;
mod note;
mod picture;
mod raised;
#[cfg(test)]
mod tests;

use self::builder::Builder;
use super::blocks::Document;
use super::{sink, sloppy};

pub(super) use self::inline::{clean, word_ends};
pub(super) use crate::text::even_run;

/// Whether the class of an element tells what it is for: a credit, a caption, a sign within the text.
pub(super) fn is_telling_class(class: &str) -> bool {
    class.contains("wp-caption-text")
        || picture::is_sign_class(class)
        || figure::is_credit_class(&class.to_ascii_lowercase())
}

/// Reads HTML (a fragment or a page). `base` resolves relative links.
#[must_use]
pub fn read_html(html: &str, base: Option<&str>) -> Document {
    if sloppy::is_bare_pointer(html) {
        return Document::default();
    }
    let html = sloppy::unescaped(html);
    if html.contains('<') {
        return sink::read(&html, || Builder::new(base)).finish();
    }
    // Text without any markup: its blank lines are its paragraphs.
    let paragraphs = html.replace("\r\n", "\n").replace("\n\n", "<p>");
    sink::read(&paragraphs, || Builder::new(base)).finish()
}
