//! Eight bytes of ASCII at a time, as one number: quick whether or not the compiler puts several bytes of a loop together.

/// The lowest bit of each byte.
const LOW: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Whether all 32 bytes are printable ASCII.
pub(super) fn are_printable(bytes: &[u8; 32]) -> bool {
    let word = |at: usize| bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(HIGH, |word| u64::from_le_bytes(*word));
    (odd(word(0)) | odd(word(8)) | odd(word(16)) | odd(word(24))) & HIGH == 0
}

/// How many bytes of the text, from its beginning, are ASCII.
pub(super) fn ascii_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (words, _) = bytes.as_chunks::<8>();
    let at = 8 * words.iter().take_while(|word| u64::from_le_bytes(**word) & HIGH == 0).count();
    at + bytes[at..].iter().take_while(|byte| byte.is_ascii()).count()
}

/// How many bytes of the text, from its beginning, are printable ASCII without two spaces in a row.
#[must_use]
pub fn even_run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(word) = bytes[at..].first_chunk() {
        let word = u64::from_le_bytes(*word);
        // Below 0x80, only zero leaves the highest bit standing when it is taken away.
        let spaces = HIGH.wrapping_sub((word ^ (LOW * 0x20)) & !HIGH);
        if (odd(word) | (spaces & (spaces << 8))) & HIGH != 0 {
            break;
        }
        // The last may be a space: the next eight begin with it.
        at += 7;
    }
    let rest = &bytes[at..];
    let nexts = rest.iter().skip(1).chain([&b'x']);
    let is_odd = |(one, next): (&u8, &u8)| !matches!(one, b' '..=b'~') || (*one == b' ' && *next == b' ');
    at + rest.iter().zip(nexts).position(is_odd).unwrap_or(rest.len())
}

/// Whether there is a control character of ASCII below the space that is neither a tab nor of a line's end.
#[must_use]
pub fn has_controls(text: &str) -> bool {
    let is_control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let mut words = words.iter().filter(|word| {
        let word = u64::from_le_bytes(**word);
        word.wrapping_sub(LOW * 0x20) & !word & HIGH != 0
    });
    words.any(|word| word.iter().any(is_control)) || rest.iter().any(is_control)
}

/// Has a byte's highest bit set somewhere when one of the eight is no printable ASCII: it is beyond ASCII, or adding one
/// takes it there (0x7F), or taking 0x20 away takes it below zero. What is carried to the next byte comes from one that is
/// found already.
const fn odd(word: u64) -> u64 {
    word | word.wrapping_add(LOW) | word.wrapping_sub(LOW * 0x20)
}

#[cfg(test)]
mod tests {
    use super::{are_printable, even_run, has_controls};

    #[test]
    fn every_byte_in_every_place_is_told_apart() {
        for place in 0..32 {
            for byte in 0..=u8::MAX {
                for around in [b' ', b'a', b'~'] {
                    let mut bytes = [around; 32];
                    bytes[place] = byte;
                    let wanted = (b' '..=b'~').contains(&byte);
                    assert_eq!(are_printable(&bytes), wanted, "{byte:#x} at {place} among {around:#x}");
                }
            }
        }
    }

    #[test]
    fn even_text_goes_to_its_first_odd_character_or_the_first_of_two_spaces() {
        for length in 0..40 {
            let line: String = "a ".chars().cycle().take(length).collect();
            assert_eq!(even_run(&line), length, "{line:?}");
            for place in 0..length {
                let with = |c: char| format!("{}{c}{}", &line[..place], &line[place + 1..]);
                for c in ['\0', '\t', '\n', '\x1f', '\x7f', '\u{80}', 'é', '\u{a0}', '\u{ffff}'] {
                    assert_eq!(even_run(&with(c)), place, "{c:?} at {place} of {length}");
                }
                let spaced = with(' ');
                assert_eq!(even_run(&spaced), spaced.find("  ").unwrap_or(length), "{spaced:?}");
                assert_eq!(even_run(&with('~')), length, "{place} of {length}");
            }
        }
    }

    #[test]
    fn a_control_character_is_found_wherever_it_is() {
        for place in 0..20 {
            for byte in 0..0x80_u8 {
                let mut line = "a\té\nÿ\r~\u{7f} ~".repeat(2).into_bytes();
                line.insert(place, byte);
                let Ok(line) = String::from_utf8(line) else { continue };
                let wanted = byte < b' ' && !b"\t\n\r".contains(&byte);
                assert_eq!(has_controls(&line), wanted, "{line:?}");
            }
        }
    }
}
