//! All cues and names by their letters. Nearly all of them begin with a word, so a text is looked through word by word: the
//! first four letters tell of most words that they begin none, and what a text costs hardly grows with the number of rules.

use super::beginnings::{BEGINNING, Beginnings, beginning};

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
    /// Patterns that are shorter than a beginning, by their letters.
    short: Beginnings,
    /// A bit for each two letters that one of those may begin with, or with a letter behind it: hardly any word does.
    short_heads: Box<[u64]>,
    /// The nodes that beginnings lead to.
    long: Beginnings,
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
    /// Of these patterns, none of them empty or with a 0 in it; they are told by their place here.
    pub(super) fn new(patterns: &[&[u8]]) -> Self {
        let mut sorted: Vec<(&[u8], u32)> = patterns.iter().copied().zip(0..).collect();
        sorted.sort_unstable();
        sorted.dedup_by_key(|(text, _)| *text);
        let mut trie = Self {
            texts: Vec::new(),
            begins: vec![0],
            nodes: Vec::new(),
            short: Beginnings::default(),
            short_heads: vec![0; 1 << 10].into(),
            long: Beginnings::default(),
        };
        for text in patterns {
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
        let (short, long): (Vec<_>, Vec<_>) = sorted.iter().partition(|(text, _)| text.len() < BEGINNING);
        for (text, _) in &short {
            let head = beginning(text) >> 16;
            // Behind a single letter any other may stand.
            let heads = if text.len() == 1 { head..=head | 0xff } else { head..=head };
            heads.for_each(|head| trie.short_heads[head as usize / 64] |= 1 << (head % 64));
        }
        trie.short = Beginnings::new(short.iter().map(|(text, number)| (beginning(text), *number)));
        trie.long = Beginnings::new(long.iter().map(|(text, _)| (beginning(text), trie.led_to(text))));
        // Kept as long as the program runs.
        trie.nodes.shrink_to_fit();
        trie.texts.shrink_to_fit();
        trie.begins.shrink_to_fit();
        trie
    }

    fn count(&self) -> u32 {
        u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }

    fn add(&mut self, letter: u8) {
        self.nodes.push(Node { child: NONE, children: 0, letter, pattern: NONE });
    }

    /// The child of a node that a letter leads to.
    fn child(&self, node: &Node, letter: u8) -> Option<u32> {
        let first = node.child as usize;
        let children = self.nodes.get(first..first + usize::from(node.children))?;
        children.iter().position(|child| child.letter == letter).and_then(|at| u32::try_from(first + at).ok())
    }

    /// The node that the beginning of a pattern leads to: one without children may come sooner.
    fn led_to(&self, pattern: &[u8]) -> u32 {
        let step = |node: u32, letter: &u8| self.child(&self.nodes[node as usize], *letter).unwrap_or(node);
        pattern.iter().take(BEGINNING).fold(0, step)
    }

    /// Tells the patterns that `text` begins with, the shortest first: which, and how long.
    pub(super) fn find(&self, text: &[u8], mut tell: impl FnMut(usize, usize)) {
        let beginning = beginning(text);
        let head = beginning >> 16;
        let may_be_short = self.short_heads[head as usize / 64] >> (head % 64) & 1 != 0;
        for length in 1..if may_be_short { BEGINNING.min(text.len() + 1) } else { 1 } {
            // What is left of the letters is what a pattern of that length would begin with, were it one.
            let letters = beginning & u32::MAX << (8 * (BEGINNING - length));
            if let Some(pattern) = self.short.get(letters) {
                tell(pattern as usize, length);
            }
        }
        let Some(mut node) = self.long.get(beginning).and_then(|node| self.nodes.get(node as usize)) else { return };
        let mut depth = BEGINNING;
        while node.children > 0 {
            if node.pattern != NONE {
                tell(node.pattern as usize, depth);
            }
            let child = text.get(depth).and_then(|letter| self.child(node, *letter));
            let Some(next) = child.and_then(|child| self.nodes.get(child as usize)) else { return };
            node = next;
            depth += 1;
        }
        let pattern = self.pattern(node.pattern);
        if !pattern.is_empty() && text.get(depth..).is_some_and(|rest| rest.starts_with(&pattern[depth..])) {
            tell(node.pattern as usize, pattern.len());
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
