//! Resemblance of texts by a sketch of their shingles: the smallest hashes of all runs of five characters.

use super::letters::LONGEST;

/// Characters of a shingle (DOMAIN: headline-length text needs shingles of characters).
const SHINGLE: usize = 5;

/// Hashes kept: resemblance is right to about five hundredths near 0.85.
const KEPT: usize = 64;

/// Bytes of folded text below which nothing is said about resemblance.
const SHORTEST: usize = 160;

/// Hashes that are likely below the bound of the first try: between what is kept and twice that, so that the try seldom fails.
const LIKELY: u32 = 92;

/// The sketch of the letters of title and text; empty for what is too short.
pub(super) fn sketch(letters: &[u8]) -> Box<[u32]> {
    if letters.len() < SHORTEST {
        return Box::default();
    }
    few(letters).unwrap_or_else(|| {
        let mut hashes = all(letters);
        hashes.truncate(KEPT);
        hashes.into()
    })
}

/// The smallest hashes found by what they are likely to be below, which spares sorting the others; none when they are not.
fn few(letters: &[u8]) -> Option<Box<[u32]>> {
    let shingles = u32::try_from(letters.len() + 1 - SHINGLE).ok()?;
    let below = (u32::MAX / shingles).saturating_mul(LIKELY);
    let mut hashes = [0; LONGEST];
    let mut found = 0;
    for hash in shingle_hashes(letters) {
        // Nothing branches on whether it is: that is anyone's guess.
        *hashes.get_mut(found)? = hash;
        found += usize::from(hash < below);
    }
    let hashes = hashes.get_mut(..found).filter(|hashes| hashes.len() <= 2 * KEPT)?;
    hashes.sort_unstable();
    let mut kept = [0; KEPT];
    let (mut count, mut last) = (0, None);
    for hash in hashes {
        if last.replace(*hash) != Some(*hash) {
            *kept.get_mut(count)? = *hash;
            count += 1;
            if count == KEPT {
                return Some(kept.into());
            }
        }
    }
    None
}

/// The smallest hashes, whatever they are.
fn all(letters: &[u8]) -> Vec<u32> {
    let mut hashes: Vec<u32> = shingle_hashes(letters).collect();
    if hashes.len() > 2 * KEPT {
        // Most shingles occur once: a few more than wanted leave enough when the repeated are out.
        hashes.select_nth_unstable(2 * KEPT);
        hashes.truncate(2 * KEPT);
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Hashes of all shingles, in order.
fn shingle_hashes(letters: &[u8]) -> impl Iterator<Item = u32> {
    let (first, rest) = letters.split_at(letters.len().min(SHINGLE - 1));
    let pack = |packed: u64, byte: &u8| packed << 8 | u64::from(*byte);
    let mut packed = first.iter().fold(0, pack);
    rest.iter().map(move |byte| {
        packed = pack(packed, byte) & ((1 << (8 * SHINGLE)) - 1);
        let mixed = (packed ^ packed >> 17).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // The upper half is the well mixed one.
        u32::try_from(mixed >> 32).unwrap_or_default()
    })
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
    use crate::story::letters::Letters;

    fn sketch(title: &str, text: &str) -> Box<[u32]> {
        super::sketch(Letters::of(title, text).all())
    }

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
    fn the_first_try_finds_what_looking_at_all_does() {
        let letters = Letters::of("Dockers stop work", TEXT);
        let (few, all) = (few(letters.all()).expect("a text like others"), all(letters.all()));
        assert_eq!(few[..], all[..KEPT]);
        assert_eq!(super::few(&b"ab cd ef ".repeat(50)), None, "few shingles, often");
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
