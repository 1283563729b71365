//! What is raised or lowered within a line: in characters of its own where there are such, else behind `^` or `_`, so that
//! 10⁶ does not read as 106 and the transpose of a matrix not as AT.

use super::builder::Builder;
use super::inline::Place;
use crate::document::work::steps;

/// Most that are open within each other; further ones are text.
const MAX_OPEN: usize = 64;
/// Longer text in bytes is no exponent: it stays as it is.
const MAX_BYTES: usize = 60;
/// The same for what has no characters of its own, in characters.
const MAX_MARKED: usize = 16;

/// Something raised or lowered that is open.
#[derive(Debug)]
pub(super) struct Raised {
    lowered: bool,
    place: Place,
    /// How many containers were open.
    frames: usize,
    /// A link is in it or around it: it leads to a note.
    linked: bool,
}

impl Builder {
    /// `sup` or `sub` begins.
    pub(super) fn open_raised(&mut self, lowered: bool) {
        if self.raised.len() < MAX_OPEN {
            let linked = self.formats.link.is_some() || self.formats.local;
            let frames = self.frames.len();
            let place = self.top().inline.place();
            self.raised.push(Raised { lowered, place, frames, linked });
        }
    }

    /// A link begins: what is raised around it leads to a note.
    pub(super) fn link_raised(&mut self) {
        if let Some(raised) = self.raised.last_mut() {
            raised.linked = true;
        }
    }

    /// `sup` or `sub` ends: its text is set.
    pub(super) fn close_raised(&mut self, lowered: bool) {
        steps(self.raised.len());
        let Some(at) = self.raised.iter().rposition(|open| open.lowered == lowered) else { return };
        let open = self.raised.remove(at);
        if open.frames == self.frames.len() {
            self.set_raised(open.place, |before, text| shape(lowered, before, text, open.linked));
        }
    }

    /// Sets the text since `place` as `shape` says of what is before it and of itself.
    pub(super) fn set_raised(&mut self, place: Place, shape: impl Fn(&str, &str) -> Shape) {
        let inline = &mut self.top().inline;
        let Some((before, text)) = inline.around(place, MAX_BYTES) else { return };
        match shape(&before, &text) {
            Shape::Same => {}
            Shape::Figures(forms) => inline.change(place, |c| figure(c, forms)),
            Shape::Sign(sign) => {
                let mut sign = Some(sign);
                inline.change(place, |_| sign.take());
            }
            Shape::Behind(mark, closed) => {
                let signs: &[char] = if closed { &[mark, '('] } else { &[mark] };
                if inline.insert(place, signs) && closed {
                    inline.append(')');
                }
            }
        }
    }
}

/// How something raised or lowered is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// As it is.
    Same,
    /// In characters of its own.
    Figures(&'static Forms),
    /// As one sign.
    Sign(char),
    /// Behind a mark, in brackets or not.
    Behind(char, bool),
}

/// How a part of a formula is set.
pub(super) fn formula(lowered: bool, text: &str) -> Shape {
    let text = text.trim();
    if text.is_empty() || matches!(text, "′" | "'" | "″" | "*" | "∗" | "†") {
        return Shape::Same;
    }
    let forms = if lowered { &SUBSCRIPT } else { &SUPERSCRIPT };
    if has_figures(text, forms) { Shape::Figures(forms) } else { behind(lowered, text) }
}

fn behind(lowered: bool, text: &str) -> Shape {
    Shape::Behind(if lowered { '_' } else { '^' }, !text.chars().all(char::is_alphanumeric))
}

/// How `sup` or `sub` is set after the text `before`.
fn shape(lowered: bool, before: &str, text: &str, linked: bool) -> Shape {
    let forms = if lowered { &SUBSCRIPT } else { &SUPERSCRIPT };
    let bare = text.trim();
    // The number of a note is raised, and has no brackets: those are for links.
    let number = bare.trim_start_matches('[').trim_end_matches(']');
    let note = !lowered && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if note || has_figures(bare, forms) {
        return Shape::Figures(forms);
    }
    match bare {
        "TM" | "tm" if !lowered => return Shape::Sign('™'),
        "SM" if !lowered => return Shape::Sign('℠'),
        "(R)" | "(r)" if !lowered => return Shape::Sign('®'),
        _ => {}
    }
    let attached = !text.starts_with(char::is_whitespace)
        && before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '}' | '|' | '′' | '’'));
    let apart = linked
        || !attached
        || bare.starts_with('[')
        || bare.chars().count() > MAX_MARKED
        || !bare.contains(char::is_alphanumeric)
        || (!lowered && is_ordinal(before, bare));
    if apart { Shape::Same } else { behind(lowered, bare) }
}

/// Whether letters are raised because they end a number or a shortened word: 1st, XVIe, Mme, no.
fn is_ordinal(before: &str, text: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "st", "nd", "rd", "th", "e", "er", "ers", "re", "res", "ère", "ères", "ème", "èmes", "eme", "ième", "nde",
        "de", "ste", "te", "o", "os", "a", "as", "h",
    ];
    const SHORTENED: &[(&str, &[&str])] = &[
        ("n", &["o", "os", "r"]),
        ("N", &["o", "os", "r"]),
        ("M", &["me", "mes", "lle", "lles", "gr", "r", "rs"]),
        ("D", &["r", "rs"]),
        ("S", &["t", "te"]),
        ("V", &["ve"]),
        ("C", &["ie"]),
    ];
    let ending = text.trim_end_matches('.').to_lowercase();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let roman = !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C' | 'D' | 'M'));
    let counts = word.ends_with(|c: char| c.is_ascii_digit()) || (roman && !matches!(&*ending, "h" | "a" | "o"));
    (counts && ENDINGS.contains(&&*ending))
        || SHORTENED.iter().any(|(begin, endings)| word == *begin && endings.contains(&&*ending))
}

/// Characters that have a raised or a lowered form, and that form.
type Forms = [(char, char); 18];

const SUPERSCRIPT: Forms = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
    ('n', 'ⁿ'),
    (',', ','),
];
const SUBSCRIPT: Forms = [
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('−', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
    ('n', 'ₙ'),
    (',', ','),
];

/// Whether each character of a text has a form of its own.
fn has_figures(text: &str, forms: &Forms) -> bool {
    text.chars().all(|c| c == ' ' || forms.iter().any(|(plain, _)| *plain == c))
}

/// A character in its form; brackets go, what has none stays.
fn figure(c: char, forms: &Forms) -> Option<char> {
    if matches!(c, '[' | ']') {
        return None;
    }
    Some(forms.iter().find(|(plain, _)| *plain == c).map_or(c, |(_, form)| *form))
}

/// A word that is the number of a note in brackets, raised.
pub(super) fn note_number(word: &str) -> Option<String> {
    let bare = word.trim_start_matches('[').trim_end_matches(']');
    let is_note = bare.len() < word.len() && !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
    is_note.then(|| bare.chars().filter_map(|c| figure(c, &SUPERSCRIPT)).collect())
}

#[cfg(test)]
mod tests {
    use crate::document::{read_html, text};

    #[test]
    fn what_is_raised_keeps_its_meaning() {
        for (html, shown) in [
            ("10<sup>6</sup> boxes of CO<sub>2</sub>", "10⁶ boxes of CO₂"),
            ("the product AA<sup>H</sup> of", "the product AA^H of"),
            ("the entry H<sub>ij</sub>.", "the entry H_ij."),
            ("<i>A</i><sup><i>T</i></sup>B", "A^TB"),
            ("x<sup>k+1</sup> and y<sub>i,j</sub>", "x^(k+1) and y_(i,j)"),
            ("e<sup>−<i>kt</i></sup>", "e^(−kt)"),
            ("10<sup>0.5</sup>", "10^(0.5)"),
            ("x<sup>n−1</sup>", "xⁿ⁻¹"),
        ] {
            assert_eq!(text(&read_html(html, None)), shown, "{html}");
        }
    }

    #[test]
    fn ordinals_marks_and_notes_have_no_sign_before_them() {
        for (html, shown) in [
            ("the 1<sup>st</sup> and 22<sup>nd</sup> berth", "the 1st and 22nd berth"),
            ("au XVI<sup>e</sup> siècle, le 1<sup>er</sup> mai", "au XVIe siècle, le 1er mai"),
            ("M<sup>me</sup> Exemple, n<sup>o</sup> 5", "Mme Exemple, no 5"),
            ("QuayBox<sup>TM</sup> and Dock<sup>(R)</sup>", "QuayBox™ and Dock®"),
            ("QuayBox<sup>®</sup> and a star<sup>*</sup>", "QuayBox® and a star*"),
            ("rates fell<sup><a href=\"#n1\">[1]</a></sup> again", "rates fell¹ again"),
            ("rates fell<sup>[2]</sup>", "rates fell²"),
            ("rates fell<sup><a href=\"#na\">[a]</a></sup> again", "rates fell[a] again"),
            ("rates fell<sup><a href=\"#nb\">b</a></sup>", "rates fellb"),
            ("<sup>a</sup> Of containers.", "a Of containers."),
            ("rates fell <sup>by half</sup>", "rates fell by half"),
        ] {
            assert_eq!(text(&read_html(html, None)), shown, "{html}");
        }
    }

    #[test]
    fn what_is_raised_and_not_closed_or_not_short_is_text() {
        for (html, shown) in [
            ("A<sup>H and more", "AH and more"),
            ("A<sup>x<p>B</sup>C", "Ax\nBC"),
            ("rates<sup>this is a remark of the editors</sup>", "ratesthis is a remark of the editors"),
            ("x<sup>a<sup>b</sup></sup>", "x^(a^b)"),
            ("x</sup>y</sub>", "xy"),
        ] {
            assert_eq!(text(&read_html(html, None)).replace("\n\n", "\n"), shown, "{html}");
        }
    }
}
