//! Folding for comparison: case and diacritics away, as the search index does.

use unicode_normalization::UnicodeNormalization;

/// Lower case without diacritics: `Mærsk Zürich` becomes `mærsk zurich`, as FTS5's `remove_diacritics 2` has it.
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}
