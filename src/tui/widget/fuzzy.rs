//! Finding what is meant by a few letters typed, best first, with the letters that match.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use super::paint::Run;

/// A text that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which of the texts.
    pub index: usize,
    /// The clusters of it that match, in order.
    pub clusters: Vec<u32>,
}

/// The texts that match `typed` (words in any order), best first; all of them in their order while nothing is typed.
#[must_use]
pub fn ranked<'a>(typed: &str, texts: impl IntoIterator<Item = &'a str>) -> Vec<Found> {
    let texts = texts.into_iter().enumerate();
    if typed.trim().is_empty() {
        return texts.map(|(index, _)| Found { index, clusters: Vec::new() }).collect();
    }
    let pattern = Pattern::new(typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut characters = Vec::new();
    let mut found: Vec<(u32, usize, Found)> = texts
        .filter_map(|(index, text)| {
            let mut clusters = Vec::new();
            let score = pattern.indices(Utf32Str::new(text, &mut characters), &mut matcher, &mut clusters)?;
            clusters.sort_unstable();
            clusters.dedup();
            Some((score, text.len(), Found { index, clusters }))
        })
        .collect();
    // What matches equally well: the shorter text first, for more of it is what was typed; then the order of the texts.
    found.sort_by_key(|(score, length, _)| (Reverse(*score), *length));
    found.into_iter().map(|(_, _, found)| found).collect()
}

/// `text` in runs, the clusters that match in their own style. `text` may be the beginning of what was matched.
#[must_use]
pub fn runs(text: &str, clusters: &[u32], plain: Style, hit: Style) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (n, cluster) in text.graphemes(true).enumerate() {
        let matches = u32::try_from(n).is_ok_and(|n| clusters.binary_search(&n).is_ok());
        let style = if matches { hit } else { plain };
        match runs.last_mut() {
            Some((last, so_far)) if *last == style => so_far.push_str(cluster),
            _ => runs.push((style, cluster.to_owned())),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::*;

    #[test]
    fn the_best_comes_first_and_order_is_kept_while_nothing_is_typed() {
        let texts = ["read past messages again", "mark all shown read", "redo", "search"];
        let of = |typed| ranked(typed, texts).into_iter().map(|f| texts[f.index]).collect::<Vec<_>>();
        assert_eq!(of(" "), texts);
        assert_eq!(of("redo").first(), Some(&"redo"));
        assert_eq!(of("all read"), ["mark all shown read"]);
        assert_eq!(of("zzz"), Vec::<&str>::new());
    }

    #[test]
    fn what_matches_is_marked_by_cluster() {
        let text = "Zürich 集装箱";
        let found = ranked("zur集", [text]);
        let (plain, hit) = (Style::new(), Style::new().add_modifier(Modifier::BOLD));
        let shown: String = runs(text, &found[0].clusters, plain, hit)
            .into_iter()
            .map(|(style, text)| if style == hit { format!("<{text}>") } else { text })
            .collect();
        assert_eq!(shown, "<Zür>ich <集>装箱");
    }
}
