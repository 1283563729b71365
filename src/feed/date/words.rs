//! Names of months in the languages that feeds are written in.

/// Beginnings of month names, lower case without diacritics. Longer beginnings stand where shorter ones would be ambiguous.
const MONTHS: [(&str, &[&str]); 12] = [
    ("jan", &["ene", "gen", "sty", "ιαν", "янв", "oca"]),
    ("feb", &["fev", "lut", "φεβ", "фев", "sub"]),
    ("mar", &["mrz", "mrt", "maar", "μαρ", "мар"]),
    ("apr", &["avr", "abr", "kwi", "απρ", "апр", "nis"]),
    ("may", &["mai", "mei", "maj", "mag", "μαι", "мая", "май"]),
    ("jun", &["juin", "giu", "cze", "ιουν", "июн", "haz"]),
    ("jul", &["juil", "lug", "lip", "ιουλ", "июл", "tem"]),
    ("aug", &["aou", "ago", "sie", "αυγ", "авг", "agu"]),
    ("sep", &["set", "sze", "wrz", "σεπ", "сен", "eyl"]),
    ("oct", &["okt", "ott", "out", "paz", "οκτ", "окт", "eki"]),
    ("nov", &["lis", "νοε", "ноя", "kas"]),
    ("dec", &["dez", "dic", "gru", "δεκ", "дек", "ara"]),
];

/// The month, 1 to 12, that a folded word names.
pub(super) fn month(word: &str) -> Option<i64> {
    let at = MONTHS.iter().position(|(main, others)| {
        word.starts_with(main) || others.iter().any(|beginning| word.starts_with(beginning))
    })?;
    i64::try_from(at).ok().map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn knows_months_in_many_languages() {
        for (name, expected) in [
            ("October", 10),
            ("Sept.", 9),
            ("März", 3),
            ("Dezember", 12),
            ("août", 8),
            ("juin", 6),
            ("juillet", 7),
            ("février", 2),
            ("enero", 1),
            ("luglio", 7),
            ("settembre", 9),
            ("outubro", 10),
            ("maart", 3),
            ("május", 5),
            ("szeptember", 9),
            ("października", 10),
            ("октября", 10),
            ("Ιουλίου", 7),
        ] {
            assert_eq!(month(&fold(name)), Some(expected), "{name}");
        }
        for name in ["Mon", "Tuesday", "zzz", "", "maandag", "dim", "sáb"] {
            assert_eq!(month(&fold(name)), None, "{name}");
        }
    }
}
