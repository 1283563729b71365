//! The pages of the text index that tell its words, as FTS5 keeps them: <https://www.sqlite.org/fts5.html#internals>.
//!
//! Read where FTS5's own table of words (`fts5vocab`) would read every page of a common word to come to the next.

use rusqlite::Connection;

/// A page at which words begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Its row in `article_fts_data`.
    pub(super) id: i64,
    /// Pages that the list of its last word goes on for without another word.
    pub(super) runs_on: i64,
}

/// Bits of a row id of `article_fts_data` below the number of its segment.
const BELOW_SEGMENT: u32 = 37;
/// More pages than this (16 MiB) are not looked through.
const MOST: usize = 4_096;

/// The pages with words that have a beginning.
#[derive(Debug, Default)]
pub(super) struct Leaves {
    /// Segments of the index.
    pub(super) segments: usize,
    /// Segment by segment.
    pub(super) pages: Vec<Leaf>,
    /// False where there are more than are looked through.
    pub(super) all: bool,
}

/// Finds the pages with words that have a beginning.
pub(super) fn leaves(conn: &Connection, beginning: &str) -> rusqlite::Result<Leaves> {
    let from = [b"0", beginning.as_bytes()].concat();
    // No byte of UTF-8 is the highest.
    let mut to = from.clone();
    if let Some(last) = to.last_mut() {
        *last = last.saturating_add(1);
    }
    let mut next_segment = conn.prepare_cached("SELECT min(segid) FROM article_fts_idx WHERE segid > ?1")?;
    // Each row is the least that tells the first word of a page from the word before.
    let mut select = conn.prepare_cached(
        "SELECT pgno >> 1, term < ?3 FROM article_fts_idx WHERE segid = ?1
         AND term >= coalesce((SELECT max(term) FROM article_fts_idx WHERE segid = ?1 AND term <= ?2), x'') ORDER BY term",
    )?;
    let (mut segments, mut segment, mut leaves) = (0, 0_i64, Vec::<Leaf>::new());
    while let Some(next) = next_segment.query_row([segment], |row| row.get::<_, Option<i64>>(0))? {
        segment = next;
        segments += 1;
        let mut rows = select.query((segment, &from, &to))?;
        let mut before: Option<i64> = None;
        while let Some(row) = rows.next()? {
            let (page, within): (i64, bool) = (row.get(0)?, row.get(1)?);
            if let (Some(before), Some(leaf)) = (before, leaves.last_mut()) {
                let Leaf { runs_on, .. } = leaf;
                *runs_on = (page - before - 1).max(0);
            }
            if !within {
                break;
            }
            if leaves.len() >= MOST {
                return Ok(Leaves { segments, pages: leaves, all: false });
            }
            leaves.push(Leaf { id: (segment << BELOW_SEGMENT) | page, runs_on: 0 });
            before = Some(page);
        }
    }
    Ok(Leaves { segments, pages: leaves, all: true })
}

/// Gives the words that begin on a page to `take`, in their order, until it says no. None: it did, or the page is not as FTS5
/// writes it.
///
/// A page has two bytes that do not matter here, two with the length of what is before its footer, then words with their
/// lists. The footer has the places of the words, each as its distance from the one before; a word is the length that it
/// shares with the one before (not told of the first), the length of the rest, and the rest.
pub(super) fn words_of(page: &[u8], mut take: impl FnMut(&[u8]) -> bool) -> Option<()> {
    let end = usize::from(u16::from_be_bytes(page.get(2..4)?.try_into().ok()?));
    let (body, mut footer) = page.split_at_checked(end)?;
    let (mut at, mut word) = (0_usize, Vec::new());
    let mut is_first = true;
    while !footer.is_empty() {
        at = at.checked_add(number(&mut footer)?)?;
        let mut rest = body.get(at..)?;
        let shared = if is_first { 0 } else { number(&mut rest)? };
        let length = number(&mut rest)?;
        if shared > word.len() {
            return None;
        }
        word.truncate(shared);
        word.extend_from_slice(rest.get(..length)?);
        is_first = false;
        if !take(&word) {
            return None;
        }
    }
    Some(())
}

/// The last word that begins on a page.
pub(super) fn last_word(page: &[u8]) -> Option<Vec<u8>> {
    let mut last = None;
    words_of(page, |word| {
        last = Some(word.to_vec());
        true
    })?;
    last
}

/// Takes a number off: seven bits a byte, the highest first. What FTS5 counts on a page has few of them.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let mut number = 0_usize;
    for _ in 0..5 {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number = (number << 7) | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_damaged_page_is_read_past_its_end() {
        let whole = [0, 0, 0, 12, 2, b'0', b'a', 9, 1, 2, b'b', b'c', 4, 4];
        let mut words = Vec::new();
        let read = words_of(&whole, |word| {
            words.push(word.to_vec());
            true
        });
        assert_eq!((read, words), (Some(()), vec![b"0a".to_vec(), b"0bc".to_vec()]));
        assert_eq!(last_word(&whole).as_deref(), Some(&b"0bc"[..]));
        for at in 0..whole.len() {
            for byte in [0, 1, 0x7f, 0x80, 0xff] {
                let mut damaged = whole;
                damaged[at] = byte;
                let _ = words_of(&damaged, |word| word.len() < 64);
                let _ = words_of(&damaged[..at], |_| true);
            }
        }
    }
}
