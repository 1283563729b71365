//! Formulas in MathML on one line: powers behind `^` where they have no characters of their own, fractions with a slash,
//! roots with their sign. What the rest of the markup says of its shape is not told.

use html5ever::tokenizer::Tag;

use super::builder::Builder;
use super::inline::Place;
use super::raised::formula;
use crate::document::work::steps;

/// Most elements of a formula within each other; deeper ones are text.
const MAX_DEPTH: usize = 64;
/// Longer parts of a fraction or of a root are put in brackets without being looked at, in bytes.
const MAX_PART: usize = 400;

/// An element of a formula that is open.
#[derive(Debug)]
pub(super) struct Part {
    name: String,
    /// How many children it had so far.
    children: usize,
    place: Place,
    /// How many containers were open.
    frames: usize,
}

impl Builder {
    /// An element begins: within a formula it may have a place in it.
    pub(super) fn open_math(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if (self.math.is_empty() && name != "math") || self.math.len() >= MAX_DEPTH {
            return;
        }
        let frames = self.frames.len();
        let inline = &mut self.frames.last_mut().expect("the root frame is never popped").inline;
        if let Some(above) = self.math.last_mut() {
            above.children = above.children.saturating_add(1);
            match (&*above.name, above.children) {
                ("mfrac", 2) => inline.push_word("/", self.formats.style(), None),
                ("mtr" | "mtable" | "mtd", 2..) => inline.push_space(self.formats.style(), None),
                _ => {}
            }
        }
        let place = inline.place();
        self.math.push(Part { name: name.to_owned(), children: 0, place, frames });
        if tag.self_closing {
            self.close_math(name);
        }
    }

    /// An element ends: what it is to the one around it is written.
    pub(super) fn close_math(&mut self, name: &str) {
        steps(self.math.len());
        let Some(at) = self.math.iter().rposition(|part| part.name == name) else { return };
        self.math.truncate(at + 1);
        let Some(part) = self.math.pop() else { return };
        if part.frames != self.frames.len() {
            return;
        }
        if matches!(&*part.name, "msqrt" | "mroot") {
            self.enclose(part.place);
            self.top().inline.insert(part.place, &['√']);
        }
        let Some((above, child)) = self.math.last().map(|above| (above.name.clone(), above.children)) else { return };
        match (&*above, child) {
            ("msup" | "mover", 2) | ("msubsup" | "munderover", 3) => {
                self.set_raised(part.place, |_, text| formula(false, text));
            }
            ("msub" | "munder" | "msubsup" | "munderover", 2) => {
                self.set_raised(part.place, |_, text| formula(true, text));
            }
            ("mfrac", 1 | 2) => self.enclose(part.place),
            _ => {}
        }
    }

    /// Text within a formula: the spaces of its markup are none, but relations stand apart.
    pub(super) fn write_math(&mut self, text: &str) -> bool {
        let Some(part) = self.math.last() else { return false };
        if part.name == "mtext" {
            return false;
        }
        let word = text.trim_matches(|c: char| c.is_ascii_whitespace());
        let apart =
            part.name == "mo" && matches!(word, "=" | "≠" | "<" | ">" | "≤" | "≥" | "≈" | "≡" | "→" | "⇒" | "∈");
        let style = self.formats.style();
        if apart {
            self.top().inline.push_space(style, None);
        }
        if !word.is_empty() {
            self.write_words(word);
        }
        if apart {
            self.top().inline.push_space(style, None);
        }
        true
    }

    /// Puts the text since `place` in brackets unless it is one number or name.
    fn enclose(&mut self, place: Place) {
        let inline = &mut self.top().inline;
        let simple = match inline.around(place, MAX_PART) {
            Some((_, text)) => text.trim().chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ',')),
            None => false,
        };
        if !simple && inline.insert(place, &['(']) {
            inline.append(')');
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::document::{read_html, text};

    #[test]
    fn formulas_keep_their_meaning_on_one_line() {
        for (html, shown) in [
            ("<msup><mi>x</mi> <mn>2</mn></msup>", "x²"),
            ("<msup> <mi>A</mi> <mi>H</mi> </msup>", "A^H"),
            ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", "a/b"),
            ("<mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac>", "(a+1)/b"),
            ("<msqrt><mi>x</mi></msqrt>", "√x"),
            ("<msqrt><mrow><mi>x</mi><mo>−</mo><mn>1</mn></mrow></msqrt>", "√(x−1)"),
            ("<msub><mi>a</mi><mi>i</mi></msub>", "a_i"),
            ("<msubsup><mi>a</mi><mi>k</mi><mn>2</mn></msubsup>", "a_k²"),
            ("<mi>a</mi>\n<mo>=</mo>\n<mi>b</mi>", "a = b"),
            (
                "<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>0</mn></mrow><mi>m</mi></munderover><mi>i</mi>",
                "∑_(i = 0)^mi",
            ),
        ] {
            let html = format!("<p>so <math>{html}</math> holds</p>");
            assert_eq!(text(&read_html(&html, None)), format!("so {shown} holds"), "{html}");
        }
    }

    #[test]
    fn formulas_that_are_broken_are_text() {
        for (html, shown) in [
            ("<math><msup><mi>x</mi></math> and so", "x and so"),
            ("<math><mfrac><mi>a</mfrac></math>", "a"),
            ("<msup><mi>x</mi><mn>2</mn></msup>", "x2"),
            ("<math><mi>x</mi><p>y</math>z", "x\n\nyz"),
        ] {
            assert_eq!(text(&read_html(html, None)), shown, "{html}");
        }
    }
}
