//! Resemblance of texts by a sketch of their shingles: the smallest hashes of all runs of five characters.

use super::stem::fold_into;

/// Characters of a shingle (DOMAIN: headline-length text needs shingles of characters).
const SHINGLE: usize = 5;

/// Hashes kept: resemblance is right to about five hundredths near 0.85.
const KEPT: usize = 64;

/// Bytes of folded text below which nothing is said about resemblance.
const SHORTEST: usize = 160;

/// Bytes that are looked at.
const LONGEST: usize = 480;

/// The sketch of title and text; empty for what is too short.
pub(super) fn sketch(title: &str, text: &str) -> Box<[u32]> {
    let mut letters = Vec::with_capacity(LONGEST + 8);
    let mut folded = String::new();
    'parts: for part in [title, text] {
        for word in part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            // Words of machines go on forever; a bite of them is enough.
            let bite = word.char_indices().nth(40).map_or(word, |(end, _)| &word[..end]);
            fold_into(bite, &mut folded);
            letters.extend_from_slice(folded.as_bytes());
            letters.push(b' ');
            if letters.len() >= LONGEST {
                break 'parts;
            }
        }
    }
    letters.truncate(LONGEST);
    if letters.len() < SHORTEST {
        return Box::default();
    }
    let mut hashes: Vec<u32> = letters.windows(SHINGLE).map(mix).collect();
    if hashes.len() > 2 * KEPT {
        // Most shingles occur once: a few more than wanted leave enough when the repeated are out.
        hashes.select_nth_unstable(2 * KEPT);
        hashes.truncate(2 * KEPT);
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(KEPT);
    hashes.into_boxed_slice()
}

fn mix(shingle: &[u8]) -> u32 {
    let packed = shingle.iter().fold(0u64, |packed, byte| packed << 8 | u64::from(*byte));
    let mixed = (packed ^ packed >> 17).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    // The upper half is the well mixed one.
    u32::try_from(mixed >> 32).unwrap_or_default()
}

/// Estimated share of common shingles, 0 to 1; none when one of them was too short.
pub(super) fn resemblance(one: &[u32], other: &[u32]) -> Option<f32> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    // The smallest hashes of the union are a fair sample of it.
    let most = one.len().min(other.len());
    let (mut a, mut b, mut taken, mut both) = (0, 0, 0u16, 0u16);
    while usize::from(taken) < most && a < one.len() && b < other.len() {
        match one[a].cmp(&other[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => {
                both += 1;
                a += 1;
                b += 1;
            }
        }
        taken += 1;
    }
    Some(f32::from(both) / f32::from(taken.max(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Dockers at the invented port of Northwick laid down work on Monday morning after talks about a new roster \
        ended without a result, and eleven ships lie at anchor off the breakwater. The union says the stoppage lasts until Friday.";

    #[test]
    fn one_text_resembles_itself_and_small_edits_of_it() {
        let one = sketch("Dockers stop work", TEXT);
        assert_eq!(resemblance(&one, &one), Some(1.0));
        let edited = sketch("Dockers stop work", &TEXT.replace("eleven", "twelve"));
        assert!(resemblance(&one, &edited).is_some_and(|r| (0.85..1.0).contains(&r)));
    }

    #[test]
    fn another_text_does_not() {
        let other = "Airfreight rates out of the east rose for a third week as shippers hurried goods away before the holidays, an index of the \
            trade shows; forwarders expect little relief until new freighters enter service late in the spring.";
        let found = resemblance(&sketch("Dockers stop work", TEXT), &sketch("Rates rise", other));
        assert!(found.is_some_and(|r| r < 0.25), "{found:?}");
    }

    #[test]
    fn short_texts_say_nothing_and_long_ones_cost_the_same() {
        assert_eq!(
            resemblance(&sketch("Dockers stop work", "At Northwick."), &sketch("Dockers stop work", "At Northwick.")),
            None
        );
        assert_eq!(
            sketch("", &"ab cd ef ".repeat(1_000_000)).len().min(KEPT + 1),
            sketch("", &"ab cd ef ".repeat(60)).len()
        );
        assert!(sketch("", &"x".repeat(5_000_000)).is_empty(), "one word is no text");
    }
}
