//! What an `img` element stands for: a picture, a sign within the text, or a tracking pixel.

use std::borrow::Cow;

use html5ever::tokenizer::Tag;
use url::Url;

use super::inline::clean;
use crate::document::blocks::{Figure, Span, Style};
use crate::document::plain::plain_text;
use crate::document::sink::attribute;

/// Classes of pictures that stand for a sign within the text: emoji and formulas.
const SIGNS: [&str; 5] = ["emoji", "wp-smiley", "latex", "mwe-math-fallback-image-inline", "ql-img-inline-formula"];
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
        figure: Figure,
        /// Whether it has words or a size: without either it may well be nothing.
        certain: bool,
    },
}

/// Where the address of a picture may stand, the best first: one that loads late has a placeholder in `src`.
const LATE: [&str; 5] = ["data-src", "data-lazy-src", "data-original", "data-orig-src", "data-hi-res-src"];
/// The same for several sizes of it.
const LATE_SETS: [&str; 2] = ["data-srcset", "data-lazy-srcset"];
/// Where publishers say whose it is.
const CREDITS: [&str; 5] = ["data-credit", "data-image-credit", "data-photo-credit", "data-copyright", "copyright"];
/// Wider pictures than this are taken only when there is no other (pixels).
const ENOUGH: u64 = 1_600;
/// Most sizes that are looked at.
const MAX_SIZES: usize = 40;

/// Reads an `img`; `resolve` makes addresses absolute, `other` is one from around it.
pub(super) fn picture(tag: &Tag, resolve: impl Fn(&str) -> Option<Url>, other: Option<Url>) -> Picture {
    let (width, height) = (size(tag, "width"), size(tag, "height"));
    if width.is_some_and(|width| width <= 1) || height.is_some_and(|height| height <= 1) {
        return Picture::Pixel;
    }
    let named = line(attribute(tag, "alt").unwrap_or_default());
    let alt = if is_file_name(&named) { String::new() } else { named.clone() };
    let class = attribute(tag, "class").unwrap_or_default();
    if !named.is_empty() && is_sign_class(class) {
        return Picture::Sign(formula(&named).to_owned());
    }
    let title = Some(line(attribute(tag, "title").unwrap_or_default())).filter(|title| !is_file_name(title));
    let title = title.unwrap_or_default();
    let caption = if title.is_empty() || title == alt { Vec::new() } else { vec![Span::styled(title, Style::DIM)] };
    let credit = CREDITS.iter().filter_map(|name| attribute(tag, name)).map(line).find(|credit| !credit.is_empty());
    let certain = !named.is_empty() || !caption.is_empty() || width.is_some() || height.is_some();
    let url = address(tag, resolve).or(other).map(String::from);
    Picture::Figure { figure: Figure { alt, caption, credit, url }, certain }
}

/// The address of a picture.
pub(super) fn address(tag: &Tag, resolve: impl Fn(&str) -> Option<Url>) -> Option<Url> {
    let one = |name: &&str| attribute(tag, name).filter(|value| !value.contains('{')).and_then(&resolve);
    let set = |name: &&str| attribute(tag, name).and_then(best_of_set).and_then(&resolve);
    LATE.iter()
        .find_map(one)
        .or_else(|| LATE_SETS.iter().find_map(set))
        .or_else(|| one(&"src"))
        .or_else(|| set(&"srcset"))
}

/// The address in a `srcset` (WHATWG HTML 4.8.4.2.1) that is large enough and no larger than it has to be.
fn best_of_set(set: &str) -> Option<&str> {
    let mut best: Option<(&str, u64)> = None;
    let mut rest = set;
    for _ in 0..MAX_SIZES {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == ',');
        if rest.is_empty() {
            break;
        }
        let (address, more) = rest.split_at(rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()));
        let (descriptor, more) = match address.strip_suffix(',') {
            Some(_) => ("", more),
            None => more.split_once(',').unwrap_or((more, "")),
        };
        let descriptor = descriptor.trim();
        let size = leading_number(descriptor).unwrap_or(1);
        let pixels = if descriptor.ends_with('w') { size } else { size.saturating_mul(ENOUGH / 2) };
        let better = best.is_none_or(|(_, so_far)| {
            if pixels <= ENOUGH { so_far > ENOUGH || pixels > so_far } else { so_far > ENOUGH && pixels < so_far }
        });
        if better {
            best = Some((address.trim_end_matches(','), pixels));
        }
        rest = more;
    }
    best.map(|(address, _)| address)
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

/// Whether a class says that a picture stands for a sign within the text.
pub(super) fn is_sign_class(class: &str) -> bool {
    class.split_ascii_whitespace().any(|class| SIGNS.contains(&class))
}

/// A formula in TeX without what Wikipedia wraps around each.
fn formula(alt: &str) -> &str {
    alt.strip_prefix("{\\displaystyle ").and_then(|alt| alt.strip_suffix('}')).map_or(alt, str::trim)
}

/// Whether a description is only the name of a file: `0226-quay_crane-02`, `IMG4711.jpg`.
fn is_file_name(alt: &str) -> bool {
    let joined = alt.len() > 4 && !alt.contains(char::is_whitespace);
    let extension = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"];
    joined
        && (alt.matches(['_', '-']).count() >= 2
            || (alt.contains('_') && alt.is_ascii())
            || extension.iter().any(|end| alt.to_ascii_lowercase().ends_with(end)))
}

/// One clean line of an attribute; some put markup into it.
fn line(value: &str) -> String {
    let value = &value[..value.floor_char_boundary(MAX_ALT)];
    let bare = if value.contains("</") { Cow::Owned(plain_text(value)) } else { clean(value) };
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{best_of_set, formula, is_file_name, line};

    #[test]
    fn a_description_is_made_of_words() {
        for name in ["0226-SUB-quay-crane-02", "update_graphic_red_bar", "IMG4711.JPG"] {
            assert!(is_file_name(name), "{name}");
        }
        for words in ["The east gate", "Quay-side", "Crane", "re-opening", "岸壁_クレーン"] {
            assert!(!is_file_name(words), "{words}");
        }
        assert_eq!(line("<span style=\"x\">Quay &amp; Press</span>"), "Quay & Press");
        assert_eq!(formula("{\\displaystyle a<b}"), "a<b");
        assert_eq!(formula("a"), "a");
    }

    #[test]
    fn takes_the_best_size_of_a_set() {
        for (set, best) in [
            ("a.jpg", Some("a.jpg")),
            ("a.jpg 320w, b,c.jpg 1200w, d.jpg 4000w", Some("b,c.jpg")),
            ("big.jpg 4000w, bigger.jpg 8000w", Some("big.jpg")),
            ("a.jpg, b.jpg 2x", Some("b.jpg")),
            ("a.jpg 1x,b.jpg 3x", Some("a.jpg")),
            (" , ", None),
            ("", None),
        ] {
            assert_eq!(best_of_set(set), best, "{set}");
        }
    }
}
