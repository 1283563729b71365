//! "Did you mean": the known name that is nearest to a misspelt one.

/// The candidate that differs from `name` in the fewest letters, if it is near enough to be meant.
///
/// Near enough: a third of the longer name's letters, at least one; or one name begins with the other (3 letters or more).
/// Case does not count. The first of equals wins. Distance is Damerau's with adjacent transpositions (optimal string alignment).
#[must_use]
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Longer ones are not misspelt names, and the distance is quadratic.
    const LONGEST: usize = 64;
    let name: Vec<char> = name.chars().take(LONGEST + 1).flat_map(char::to_lowercase).collect();
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let letters: Vec<char> = candidate.chars().flat_map(char::to_lowercase).collect();
        let shorter = name.len().min(letters.len());
        let begins_alike = shorter >= 3 && name[..shorter] == letters[..shorter];
        let distance = distance(&name, &letters);
        let near = distance <= (name.len().max(letters.len()) / 3).max(1);
        let rank = if begins_alike { distance.min(1) } else { distance };
        if (near || begins_alike) && best.is_none_or(|(least, _)| rank < least) {
            best = Some((rank, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn distance(a: &[char], b: &[char]) -> usize {
    let mut two_back = vec![0; b.len() + 1];
    let mut back: Vec<usize> = (0..=b.len()).collect();
    let mut row = vec![0; b.len() + 1];
    for i in 1..=a.len() {
        row[0] = i;
        for j in 1..=b.len() {
            let change = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (back[j] + 1).min(row[j - 1] + 1).min(back[j - 1] + change);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(two_back[j - 2] + 1);
            }
        }
        std::mem::swap(&mut two_back, &mut back);
        std::mem::swap(&mut back, &mut row);
    }
    back[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_the_finger_are_recognised_and_strangers_are_not() {
        let names = ["topic", "source", "author", "title", "is", "has", "since", "before", "on"];
        for (typed, meant) in
            [("tpoic", "topic"), ("topics", "topic"), ("Sorce", "source"), ("auth", "author"), ("sinc", "since")]
        {
            assert_eq!(nearest(typed, names), Some(meant), "{typed}");
        }
        for typed in ["", "entity", "zzzzzz", &"x".repeat(1000)] {
            assert_eq!(nearest(typed, names), None, "{typed}");
        }
    }
}
