//! What is known of words before any article is counted: how common they are in general and in this trade, and which are
//! forms of one word. The tables are in `assets/stories`.

use std::sync::LazyLock;

use super::lex::Figure;
use super::stem::{TermId, fold_into, hash, term};
use super::termmap::TermMap;
use super::termtable::TermTable;

const FREQUENCY: &str = include_str!("../../assets/stories/frequency.tsv");
const TRADE: &str = include_str!("../../assets/stories/trade.tsv");
const FORMS: &str = include_str!("../../assets/stories/forms.tsv");
const EVENTS: &str = include_str!("../../assets/stories/events.tsv");
/// Kinds in it that are steps of a case at law: one case, but each step is news of its own.
const AT_LAW: [&str; 5] = ["charges", "ruling", "appeal", "settlement", "fine"];

/// Words of an article that are looked at, roughly: makes a share of articles from a frequency of words.
const WORDS: f32 = 50.0;

/// Share of articles that have a word which no table knows: a name, mostly.
const UNKNOWN: f32 = 1.5e-4;

/// The tables, read once.
pub(super) struct Prior {
    /// The share of articles that have a word, in any of its forms.
    shares: TermTable,
    /// For each other form of a word the term that stands for all of them, and the share of articles that have one.
    forms: TermMap<(TermId, f32)>,
    /// First words of those that are two words in a row: the second word, and what stands for both.
    pairs: TermMap<Vec<(TermId, TermId, f32)>>,
    /// Tells of most words that they are no such first word: a bit for the last bits of those that are.
    firsts: [u64; 32],
    /// Kinds of events that a word tells, a bit each.
    events: TermMap<u32>,
    /// The kinds among them that are steps of a case at law.
    steps_at_law: u32,
}

static PRIOR: LazyLock<Prior> = LazyLock::new(Prior::read);

/// The tables.
pub(super) fn prior() -> &'static Prior {
    &PRIOR
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

impl Prior {
    fn read() -> Self {
        let mut folded = String::new();
        let (mut shares, mut forms) = (TermMap::default(), TermMap::default());
        let mut prior = Self {
            shares: TermTable::new([].into_iter()),
            forms: TermMap::default(),
            pairs: TermMap::default(),
            firsts: [0; 32],
            events: TermMap::default(),
            steps_at_law: 0,
        };
        for (word, others) in rows(FORMS) {
            fold_into(word, &mut folded);
            let stands = term(&folded);
            for other in others.split(' ') {
                if let Some((first, second)) = other.split_once('+') {
                    fold_into(first, &mut folded);
                    let first = term(&folded);
                    fold_into(second, &mut folded);
                    let (block, bit) = first_bit(first);
                    prior.firsts[block] |= bit;
                    prior.pairs.entry(first).or_default().push((term(&folded), stands, UNKNOWN));
                } else {
                    fold_into(other, &mut folded);
                    forms.insert(term(&folded), stands);
                }
            }
        }
        let form = |id: TermId| forms.get(&id).copied().unwrap_or(id);
        for (zipf, words) in rows(FREQUENCY) {
            let Ok(zipf) = zipf.parse::<f32>() else { continue };
            // Rounded down to halves: the middle of the half, per word.
            let frequency = 10f32.powf(zipf + 0.25 - 9.0);
            for word in words.split(' ') {
                fold_into(word, &mut folded);
                let share = shares.entry(form(term(&folded))).or_insert(0.0);
                *share = 1.0 - (1.0 - *share) * (-frequency * WORDS).exp();
            }
        }
        for (percent, words) in rows(TRADE) {
            let Ok(percent) = percent.parse::<f32>() else { continue };
            for word in words.split(' ') {
                fold_into(word, &mut folded);
                let share: &mut f32 = shares.entry(form(term(&folded))).or_insert(0.0);
                *share = share.max(percent / 100.0);
            }
        }
        for (kind, (name, words)) in rows(EVENTS).enumerate().take(32) {
            prior.steps_at_law |= u32::from(AT_LAW.contains(&name)) << kind;
            for word in words.split(' ') {
                fold_into(word, &mut folded);
                *prior.events.entry(form(term(&folded))).or_default() |= 1 << kind;
            }
        }
        let share = |id: TermId| shares.get(&id).copied().unwrap_or(UNKNOWN);
        for (_, stands, of_both) in prior.pairs.values_mut().flatten() {
            *of_both = share(*stands);
        }
        prior.forms = forms.iter().map(|(id, stands)| (*id, (*stands, share(*stands)))).collect();
        shares.retain(|id, _| !forms.contains_key(id));
        prior.shares = TermTable::new(shares.into_iter());
        prior
    }

    /// The term that stands for all forms of one, and the share of articles that are assumed to have it.
    pub(super) fn word(&self, id: TermId) -> (TermId, f32) {
        match self.shares.get(id) {
            Some(share) => (id, share),
            None => self.forms.get(&id).copied().unwrap_or((id, UNKNOWN)),
        }
    }

    /// The term that stands for all forms of one.
    pub(super) fn form(&self, id: TermId) -> TermId {
        self.word(id).0
    }

    /// The term for two words in a row that are one, with its share.
    pub(super) fn pair(&self, first: TermId, second: TermId) -> Option<(TermId, f32)> {
        let (block, bit) = first_bit(first);
        if self.firsts[block] & bit == 0 {
            return None;
        }
        self.pairs.get(&first)?.iter().find(|(with, ..)| *with == second).map(|(_, stands, share)| (*stands, *share))
    }

    /// Kinds of events that a word of a title tells, a bit each.
    pub(super) fn events(&self, id: TermId) -> u32 {
        self.events.get(&id).copied().unwrap_or_default()
    }

    /// The kinds of events that are steps of a case at law, a bit each.
    pub(super) fn steps_at_law(&self) -> u32 {
        self.steps_at_law
    }
}

/// Where the bit of a term is among 2,048.
fn first_bit(term: TermId) -> (usize, u64) {
    ((term as usize >> 6) & 31, 1 << (term & 63))
}

/// A figure as a term, with the share of articles that are assumed to have it. Amounts within half a percent of each other
/// are mostly one term.
pub(super) fn figure_term(figure: Figure) -> (TermId, f32) {
    let share = if figure.is_telling() {
        4e-4
    } else if figure.value > 31.0 {
        0.2
    } else {
        0.02
    };
    let text = if figure.percent { format!("{:.1}%", figure.value) } else { format!("#{:.3e}", figure.value) };
    (hash(text.as_bytes()), share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(word: &str) -> f32 {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        prior().word(term(&folded)).1
    }

    #[test]
    fn rarer_words_have_a_smaller_share() {
        let falling = ["the", "vessel", "rotterdam", "concession", "quaylight"];
        for pair in falling.windows(2) {
            assert!(share(pair[0]) > share(pair[1]), "{pair:?}: {} {}", share(pair[0]), share(pair[1]));
        }
        for word in ["und", "les", "niet", "della", "para"] {
            assert!(share(word) > 0.05, "{word}: {}", share(word));
        }
    }

    #[test]
    fn every_row_can_be_read() {
        for (table, name) in [(FREQUENCY, "frequency"), (TRADE, "trade")] {
            for line in table.lines().filter(|line| !line.starts_with('#')) {
                let (number, words) = line.split_once('\t').unwrap_or_else(|| panic!("{name}: {line}"));
                assert!(number.parse::<f32>().is_ok() && words.split(' ').all(|w| !w.is_empty()), "{name}: {line}");
            }
        }
        for line in FORMS.lines().filter(|line| !line.starts_with('#')) {
            assert!(
                line.split_once('\t').is_some_and(|(w, f)| !w.is_empty() && f.split(' ').all(|w| !w.is_empty())),
                "{line}"
            );
        }
    }

    #[test]
    fn forms_stand_for_one_word() {
        for (form, word) in
            [("Japanese", "Japan"), ("seizures", "seize"), ("Deutschland", "germany"), ("ecommerce", "e-commerce")]
        {
            let mut folded = String::new();
            fold_into(form, &mut folded);
            let form = prior().form(term(&folded));
            fold_into(word, &mut folded);
            assert_eq!(form, prior().form(term(&folded)), "{word}");
        }
    }
}
