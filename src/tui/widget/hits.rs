//! Parting a text into what a search found and what it did not.

use crate::text::highlights;

/// Parts of `text` in order, each with whether it is a hit. `terms` are folded.
#[must_use]
pub fn split<'a>(text: &'a str, terms: &[String]) -> Vec<(bool, &'a str)> {
    let mut parts = Vec::new();
    let mut plain = 0;
    for hit in highlights(text, terms) {
        if plain < hit.start {
            parts.push((false, &text[plain..hit.start]));
        }
        parts.push((true, &text[hit.clone()]));
        plain = hit.end;
    }
    if plain < text.len() {
        parts.push((false, &text[plain..]));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_text_is_lost() {
        let terms = ["hapag".to_owned(), "zurich".to_owned()];
        let shown = |text| {
            let parts = split(text, &terms);
            parts.iter().map(|(hit, t)| if *hit { format!("«{t}»") } else { (*t).to_owned() }).collect::<String>()
        };
        assert_eq!(shown("Hapag-Lloyd and ZÜRICH"), "«Hapag»-Lloyd and «ZÜRICH»");
        assert_eq!(shown("集装箱 — hapag"), "集装箱 — «hapag»");
        assert_eq!(shown(""), "");
    }
}
