//! Labels on the links in sight: a key or two open, or copy, the one that is meant.

use super::rows::Target;
use super::sight::{Spot, spots};
use crate::document::clean_url;
use crate::tui::browse::act::{browse_to, copy, link};
use crate::tui::browse::{Browse, company};
use crate::tui::model::Shared;
use crate::tui::route::Step;
use crate::tui::status::Level;

/// Letters of labels, those under the fingers first. `y` is none of them: it copies.
const LETTERS: &str = "asdfghjklqwertuiopzxcvbnm";

/// Links are labelled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hints {
    /// What was typed of a label.
    pub typed: String,
    /// The link is copied, not opened.
    pub copies: bool,
}

/// A label, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Label {
    pub(super) text: String,
    pub(super) target: Target,
    pub(super) spots: Vec<Spot>,
}

/// Labels for things that have these numbers on the screen: a number of one figure is its own label, the others get letters.
/// No label is the beginning of another one.
fn labels(numbers: &[Option<usize>]) -> Vec<Option<String>> {
    let figure = |number: &Option<usize>| number.filter(|n| (1..=9).contains(n)).map(|n| n.to_string());
    let lettered = numbers.iter().filter(|number| figure(number).is_none()).count();
    let mut letters = letters(lettered).into_iter();
    numbers.iter().map(|number| figure(number).or_else(|| letters.next())).collect()
}

/// So many labels of letters: single ones, and as few pairs as it takes.
fn letters(count: usize) -> Vec<String> {
    let all = LETTERS.len();
    let leading = count.saturating_sub(all).div_ceil(all - 1).min(all);
    let (single, leading) = LETTERS.split_at(all - leading);
    let pairs = leading.chars().flat_map(|first| LETTERS.chars().map(move |second| format!("{first}{second}")));
    single.chars().map(String::from).chain(pairs).take(count).collect()
}

/// The labels of what is in sight.
pub(super) fn in_sight(browse: &Browse, shared: &Shared) -> Vec<Label> {
    let mut targets: Vec<(Target, Vec<Spot>)> = Vec::new();
    for spot in spots(browse, browse.panes(shared).article) {
        match targets.iter_mut().find(|(target, _)| *target == spot.target) {
            Some((_, spots)) => spots.push(spot),
            None => targets.push((spot.target, vec![spot])),
        }
    }
    let links = browse.article.reading().map_or(0, |reading| reading.links.len());
    let number = |(target, _): &(Target, _)| match target {
        Target::Link(n) => Some(n + 1),
        Target::Companion(n) => Some(links + n + 1),
        Target::Page | Target::Original => None,
    };
    let numbers: Vec<_> = targets.iter().map(number).collect();
    let labelled = targets.into_iter().zip(labels(&numbers));
    let label = |((target, mut spots), text): ((Target, Vec<Spot>), Option<String>)| {
        // Where its number stands the label takes its place; else it stands where the link begins.
        if spots.iter().any(|spot| spot.marker) {
            spots.retain(|spot| spot.marker);
        } else {
            spots.truncate(1);
        }
        Some(Label { text: text?, target, spots })
    };
    labelled.filter_map(label).collect()
}

impl Browse {
    /// Labels the links in sight.
    pub(super) fn begin_hints(&mut self, shared: &mut Shared) {
        if in_sight(self, shared).is_empty() {
            shared.say(Level::Note, "no link is in sight");
        } else {
            self.article.hints = Some(Hints::default());
        }
    }

    /// Takes a character typed while links are labelled.
    pub(super) fn hint_typed(&mut self, shared: &mut Shared, typed: char) -> Step {
        let labels = in_sight(self, shared);
        let Some(hints) = &mut self.article.hints else { return Step::none() };
        if typed == 'y' && hints.typed.is_empty() {
            hints.copies = !hints.copies;
            return Step::none();
        }
        hints.typed.push(typed);
        let (begun, copies) = (hints.typed.clone(), hints.copies);
        if let Some(label) = labels.iter().find(|label| label.text == begun) {
            self.article.hints = None;
            return self.follow(shared, label.target, copies);
        }
        if !labels.iter().any(|label| label.text.starts_with(&begun)) {
            // Whoever presses another key wants out: a mode that swallows keys is a trap.
            self.article.hints = None;
            shared.say(Level::Note, &format!("no label {begun} is in sight"));
        }
        Step::none()
    }

    /// Opens what a label stands for, or copies its address.
    fn follow(&mut self, shared: &mut Shared, target: Target, copies: bool) -> Step {
        let Some(current) = self.list.current().cloned() else { return Step::none() };
        let url = match target {
            Target::Link(n) => self.article.reading().and_then(|r| r.links.get(n)).map(|link| link.url.clone()),
            Target::Companion(n) if copies => {
                let companion = self.article.company().and_then(|company| company::companions(company).nth(n));
                companion.and_then(|headline| link(headline, shared))
            }
            Target::Companion(n) => return self.open_companion(n).unwrap_or_default(),
            Target::Page => link(&current, shared),
            Target::Original => current.original.as_deref().map(clean_url),
        };
        match url {
            Some(url) if copies => copy(shared, url),
            Some(url) => browse_to(shared, url),
            None => Step::none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_label_is_the_beginning_of_another_however_many_there_are() {
        for count in [0, 1, 9, 25, 26, 40, 49, 50, 200, 625] {
            let labels = letters(count);
            assert_eq!(labels.len(), count);
            for (n, label) in labels.iter().enumerate() {
                assert!(!label.contains(['y', ';']), "{label}");
                let others = labels.iter().enumerate().filter(|(m, _)| *m != n);
                for (_, other) in others {
                    assert!(!other.starts_with(label.as_str()), "{label} begins {other} of {count}");
                }
            }
        }
        assert_eq!(letters(1_000).len(), 625, "more than that fit on no screen");
        assert_eq!(letters(3).concat(), "asd");
    }

    #[test]
    fn what_has_a_number_of_one_figure_is_labelled_by_it() {
        let labels = labels(&[Some(2), None, Some(10), Some(9), Some(11)]);
        let labels: Vec<_> = labels.iter().map(|label| label.as_deref().unwrap_or_default()).collect();
        assert_eq!(labels, ["2", "a", "s", "9", "d"]);
    }
}
