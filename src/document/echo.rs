//! Whether two lines say the same: publishers repeat a picture's description in its caption, cut off or spelled otherwise.

use std::collections::HashMap;

/// Most words of each line that are looked at.
const MAX_WORDS: usize = 120;
/// A line of fewer words has to be in the other as it stands.
const FEW_WORDS: usize = 5;
/// A line that was cut off has at least so many characters, white space not counted.
const MIN_BEGINNING: usize = 24;
/// So many percent of the words of both are the same when they say the same.
const ALIKE: usize = 80;

/// Whether `line` says no more than `other` does.
pub(super) fn echoes(line: &str, other: &str) -> bool {
    let (ours, theirs) = (words(line), words(other));
    if ours.is_empty() || other.contains(line.trim()) {
        return true;
    }
    let (begin, whole) = (ours.concat(), theirs.concat());
    if begin == whole || (begin.chars().count() >= MIN_BEGINNING && whole.starts_with(&begin)) {
        return true;
    }
    if ours.len() < FEW_WORDS {
        return false;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in &theirs {
        *counts.entry(word).or_default() += 1;
    }
    let shared = ours.iter().filter(|word| match counts.get_mut(word.as_str()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    });
    shared.count() * 200 >= (ours.len() + theirs.len()) * ALIKE
}

fn words(line: &str) -> Vec<String> {
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(MAX_WORDS).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::echoes;

    #[test]
    fn an_echo_is_cut_off_or_spelled_otherwise() {
        let caption = "The tallest crane (Big Anna) of the outer harbour, seen from the east gate on Tuesday";
        for line in [
            caption,
            "The tallest crane (Big Anna) of the outer harb",
            "The tallest crane, Big Anna, of the outer harbour seen from the east gate Tuesday.",
            "Big Anna",
            "",
        ] {
            assert!(echoes(line, caption), "{line}");
        }
        for line in ["A crane", "A barge passes the lock of the inner harbour on Tuesday", "Crane, Tuesday"] {
            assert!(!echoes(line, caption), "{line}");
        }
    }
}
