//! All cues and names by their letters. Nearly all of them begin with a word, so a text is looked through word by word: most
//! words are no beginning of any after three letters, and what a text costs hardly grows with the number of rules.

/// No node, no pattern.
const NONE: u32 = u32::MAX;

/// Patterns that can be looked for at the beginnings of words.
#[derive(Debug)]
pub(super) struct Trie {
    /// The patterns, one behind the other in their order, and where each begins; one more for the end of the last.
    texts: Vec<u8>,
    begins: Vec<u32>,
    /// Level by level, so that the children of a node stand side by side. The first is the root.
    nodes: Vec<Node>,
    /// The child of the root for each letter.
    first: [u32; 256],
    /// A bit for the first letters of each pattern: tells of most words, without a look at any node, that none begins so.
    beginnings: Box<[u64]>,
}

/// Words of bits for beginnings, a power of two: few enough to stay near the processor.
const BLOCKS: usize = 1 << 11;

/// Letters of a pattern that its beginning is made of; of shorter ones all.
const BEGINNING: usize = 4;

/// Where the bit of a beginning is.
fn place(beginning: &[u8]) -> (usize, u64) {
    let packed = beginning.iter().fold(1u64, |packed, letter| (packed << 8) | u64::from(*letter));
    let mixed = packed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    ((mixed as usize >> 6) & (BLOCKS - 1), 1 << (mixed & 63))
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// Its first child, and how many it has. One without any is the end of one pattern, whose other letters are still to be
    /// compared.
    child: u32,
    children: u16,
    /// The letter that leads here.
    letter: u8,
    /// The pattern that ends here.
    pattern: u32,
}

impl Trie {
    /// Of these patterns, none of them empty; they are told by their place here.
    pub(super) fn new(patterns: &[&[u8]]) -> Self {
        let mut sorted: Vec<(&[u8], u32)> = patterns.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        sorted.dedup_by_key(|(text, _)| *text);
        let mut trie = Self {
            texts: Vec::new(),
            begins: vec![0],
            nodes: Vec::new(),
            first: [NONE; 256],
            beginnings: vec![0; BLOCKS].into(),
        };
        for text in patterns {
            let (block, bit) = place(&text[..text.len().min(BEGINNING)]);
            trie.beginnings[block] |= bit;
            trie.texts.extend_from_slice(text);
            trie.begins.push(u32::try_from(trie.texts.len()).unwrap_or(u32::MAX));
        }
        // Of each node that is made already: the patterns below it, and how many of their letters lead there.
        let mut below = vec![(0..sorted.len(), 0)];
        trie.add(0);
        let mut at = 0;
        while let Some((patterns, depth)) = below.get(at).cloned() {
            trie.nodes[at].child = trie.count();
            match &sorted[patterns.clone()] {
                [] => {}
                [(_, only)] => trie.nodes[at].pattern = *only,
                [(first, number), ..] => {
                    let mut start = patterns.start;
                    if first.len() == depth {
                        trie.nodes[at].pattern = *number;
                        start += 1;
                    }
                    while start < patterns.end {
                        let letter = sorted[start].0[depth];
                        let same = sorted[start..patterns.end].iter().take_while(|(text, _)| text[depth] == letter);
                        let end = start + same.count();
                        below.push((start..end, depth + 1));
                        trie.add(letter);
                        trie.nodes[at].children += 1;
                        start = end;
                    }
                }
            }
            at += 1;
        }
        let root = trie.nodes[0];
        for (number, node) in (0..).zip(&trie.nodes).skip(root.child as usize).take(usize::from(root.children)) {
            trie.first[usize::from(node.letter)] = number;
        }
        trie
    }

    fn count(&self) -> u32 {
        u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }

    fn add(&mut self, letter: u8) {
        self.nodes.push(Node { child: NONE, children: 0, letter, pattern: NONE });
    }

    /// Tells the patterns that `text` begins with, the shortest first: which, and how long.
    pub(super) fn find(&self, text: &[u8], mut tell: impl FnMut(usize, usize)) {
        let begins = |length: usize| {
            text.get(..length).is_some_and(|beginning| {
                let (block, bit) = place(beginning);
                self.beginnings[block] & bit != 0
            })
        };
        if !(1..=BEGINNING).rev().any(begins) {
            return;
        }
        let mut depth = 0;
        let mut node = &self.nodes[0];
        loop {
            if node.children == 0 {
                let pattern = self.pattern(node.pattern);
                if !pattern.is_empty() && text[depth..].starts_with(pattern.get(depth..).unwrap_or_default()) {
                    tell(node.pattern as usize, pattern.len());
                }
                return;
            }
            if node.pattern != NONE {
                tell(node.pattern as usize, depth);
            }
            let Some(letter) = text.get(depth) else { return };
            let next = if depth == 0 {
                self.nodes.get(self.first[usize::from(*letter)] as usize)
            } else {
                let first = node.child as usize;
                self.nodes[first..first + usize::from(node.children)].iter().find(|child| child.letter == *letter)
            };
            let Some(child) = next else { return };
            node = child;
            depth += 1;
        }
    }

    /// The text of a pattern; empty when there is none.
    fn pattern(&self, number: u32) -> &[u8] {
        let number = number as usize;
        match self.begins.get(number..number.saturating_add(2)) {
            Some([begin, end]) => &self.texts[*begin as usize..*end as usize],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_a_text_begins_with_is_found() {
        let patterns: [&[u8]; 7] = [b"rate", b"rates", b"rail", b"r", b"port of call", b"port", b"x"];
        let trie = Trie::new(&patterns);
        for text in ["rates rise", "rat", "rail", "port of calls", "port of", "", "y", "xy", "r"] {
            let mut found = Vec::new();
            trie.find(text.as_bytes(), |pattern, length| found.push((pattern, length)));
            let mut expected: Vec<(usize, usize)> = (0..)
                .zip(patterns)
                .filter(|(_, pattern)| text.as_bytes().starts_with(pattern))
                .map(|(n, pattern)| (n, pattern.len()))
                .collect();
            expected.sort_unstable_by_key(|(_, length)| *length);
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn no_pattern_is_found_nowhere() {
        Trie::new(&[]).find(b"rates", |pattern, _| panic!("{pattern}"));
    }
}
