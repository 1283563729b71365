//! What an `img` element stands for: a picture, a sign within the text, or a tracking pixel.

use html5ever::tokenizer::Tag;
use url::Url;

use super::inline::clean;
use crate::document::blocks::{Block, Span, Style};
use crate::document::sink::attribute;

/// Longest description in bytes.
const MAX_ALT: usize = 1_000;

/// What to make of a picture.
pub(super) enum Picture {
    /// Nothing to see.
    Pixel,
    /// An emoji or icon: its text.
    Sign(String),
    /// A picture.
    Figure {
        block: Block,
        /// Whether it has words or a size: without either it may well be nothing.
        certain: bool,
    },
}

/// Reads an `img`; `resolve` makes addresses absolute.
pub(super) fn picture(tag: &Tag, resolve: impl Fn(&str) -> Option<Url>) -> Picture {
    let (width, height) = (size(tag, "width"), size(tag, "height"));
    if width.is_some_and(|width| width <= 1) || height.is_some_and(|height| height <= 1) {
        return Picture::Pixel;
    }
    let alt = line(attribute(tag, "alt").unwrap_or_default());
    let class = attribute(tag, "class").unwrap_or_default();
    if !alt.is_empty() && class.split_ascii_whitespace().any(|class| matches!(class, "emoji" | "wp-smiley")) {
        return Picture::Sign(alt);
    }
    let title = line(attribute(tag, "title").unwrap_or_default());
    let caption = if title.is_empty() || title == alt { Vec::new() } else { vec![Span::styled(title, Style::DIM)] };
    let certain = !alt.is_empty() || !caption.is_empty() || width.is_some() || height.is_some();
    // Pictures that load late have a placeholder in `src`.
    let addresses = ["src", "data-src", "data-lazy-src", "data-original"];
    let url = addresses.iter().filter_map(|name| attribute(tag, name)).find_map(resolve).map(String::from);
    Picture::Figure { block: Block::Figure { alt, caption, url }, certain }
}

/// A size in pixels, from the attribute or from the style.
fn size(tag: &Tag, name: &str) -> Option<u64> {
    if let Some(value) = attribute(tag, name) {
        return leading_number(value);
    }
    let style = attribute(tag, "style")?.to_ascii_lowercase();
    style.split(';').find_map(|part| {
        let (property, value) = part.split_once(':')?;
        if property.trim() == name && value.trim_end().ends_with("px") { leading_number(value) } else { None }
    })
}

/// The whole number that a text begins with; a number too large for the machine is a large one.
pub(super) fn leading_number(text: &str) -> Option<u64> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let digits = &text[..end];
    if digits.is_empty() || text[end..].starts_with('%') { None } else { Some(digits.parse().unwrap_or(u64::MAX)) }
}

/// One clean line of an attribute.
fn line(value: &str) -> String {
    clean(&value[..value.floor_char_boundary(MAX_ALT)]).split_whitespace().collect::<Vec<_>>().join(" ")
}
