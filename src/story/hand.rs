//! What the user said about pairs of articles.

use std::collections::HashMap;

use crate::model::{ArticleId, HandRule};

/// Rules by pair.
#[derive(Debug, Default)]
pub(super) struct Hand {
    rules: HashMap<(ArticleId, ArticleId), bool>,
    /// Articles that a rule joins or parts an article from.
    others: HashMap<ArticleId, Vec<ArticleId>>,
}

fn pair(one: ArticleId, other: ArticleId) -> (ArticleId, ArticleId) {
    (one.min(other), one.max(other))
}

impl Hand {
    /// Takes in a rule; a later one about the same two replaces the earlier.
    pub(super) fn add(&mut self, rule: HandRule) {
        if rule.article == rule.other {
            return;
        }
        if self.rules.insert(pair(rule.article, rule.other), rule.together).is_none() {
            self.others.entry(rule.article).or_default().push(rule.other);
            self.others.entry(rule.other).or_default().push(rule.article);
        }
    }

    /// Takes a rule back, if it is the one that holds.
    pub(super) fn remove(&mut self, rule: HandRule) {
        let key = pair(rule.article, rule.other);
        if self.rules.get(&key) != Some(&rule.together) {
            return;
        }
        self.rules.remove(&key);
        for (one, other) in [(rule.article, rule.other), (rule.other, rule.article)] {
            if let Some(others) = self.others.get_mut(&one) {
                others.retain(|o| *o != other);
                if others.is_empty() {
                    self.others.remove(&one);
                }
            }
        }
    }

    /// What was said about two articles.
    pub(super) fn about(&self, one: ArticleId, other: ArticleId) -> Option<bool> {
        if self.rules.is_empty() { None } else { self.rules.get(&pair(one, other)).copied() }
    }

    /// The articles that something was said about together with one.
    pub(super) fn others(&self, article: ArticleId) -> &[ArticleId] {
        self.others.get(&article).map_or(&[], Vec::as_slice)
    }
}
