//! The candidate nearest to a mistyped word, by edits.

/// The nearest candidate that a third of edits leads to; the first of equals.
pub(super) fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.chars().take(60).collect();
    let most = word.len().div_ceil(3).min(4);
    let near = candidates.filter(|candidate| candidate.len().abs_diff(word.len()) <= most + 4);
    let counted = near.map(|candidate| (edits(&word, candidate), candidate)).filter(|(edits, _)| *edits <= most);
    counted.min_by_key(|(edits, _)| *edits).map(|(_, candidate)| candidate)
}

/// Insertions, deletions and replacements from one to the other (Levenshtein).
fn edits(from: &[char], to: &str) -> usize {
    let mut row: Vec<usize> = (0..=from.len()).collect();
    for (n, there) in to.chars().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], n + 1);
        for (m, here) in from.iter().enumerate() {
            let replaced = diagonal + usize::from(*here != there);
            diagonal = row[m + 1];
            row[m + 1] = replaced.min(diagonal + 1).min(row[m] + 1);
        }
    }
    row[from.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_seen_through_and_a_stranger_is_not() {
        let names = || ["maersk", "matson", "msc"].into_iter();
        assert_eq!(nearest("mearsk", names()), Some("maersk"));
        assert_eq!(nearest("matsen", names()), Some("matson"));
        assert_eq!(nearest("union pacific", names()), None);
    }
}
