//! Groups articles into stories: agglomeration, the most alike first, within what the user's rules and time allow.
//!
//! Two groups are as alike as half the mean and half the least likeness between their articles: the mean alone lets an article
//! of another event in by the back door, the least alone keeps large stories from growing. A function of the set alone: the
//! order in which articles came does not matter.

/// A square of likenesses between articles, and which pairs must never meet.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    size: usize,
    /// 0 or more where two articles would be one story.
    likeness: Vec<f32>,
    apart: Vec<bool>,
}

impl Pairs {
    /// Of `size` articles that nothing is known of yet.
    pub(super) fn new(size: usize) -> Self {
        Self { size, likeness: vec![f32::MIN; size * size], apart: vec![false; size * size] }
    }

    /// Sets what is known of two articles.
    pub(super) fn set(&mut self, one: usize, other: usize, likeness: f32, apart: bool) {
        for at in [one * self.size + other, other * self.size + one] {
            self.likeness[at] = likeness;
            self.apart[at] = apart;
        }
    }
}

/// Groups of articles, the articles in order and the groups by their first. `tied` are pairs that are one from the start
/// (copies, what the user put together), unless that would join what must stay apart.
pub(super) fn agglomerate(pairs: Pairs, tied: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let size = pairs.size;
    let mut state = Groups {
        size,
        members: (0..size).map(|n| vec![n]).collect(),
        least: pairs.likeness.clone(),
        sums: pairs.likeness,
        apart: pairs.apart,
        nearest: vec![None; size],
    };
    let mut home: Vec<usize> = (0..size).collect();
    for (one, other) in tied {
        let (a, b) = (home[*one].min(home[*other]), home[*one].max(home[*other]));
        if a != b && !state.apart[a * size + b] {
            home.iter_mut().filter(|h| **h == b).for_each(|h| *h = a);
            state.join(a, b);
        }
    }
    for group in 0..size {
        state.nearest[group] = state.find_nearest(group);
    }
    while let Some((a, b)) = state.closest() {
        state.join(a, b);
        state.mend_nearest(a, b);
    }
    let mut groups: Vec<Vec<usize>> = state.members.into_iter().filter(|group| !group.is_empty()).collect();
    for group in &mut groups {
        group.sort_unstable();
    }
    groups
}

/// Groups as they join, with what is known between any two of them.
struct Groups {
    size: usize,
    /// Empty for one that went into another.
    members: Vec<Vec<usize>>,
    sums: Vec<f32>,
    least: Vec<f32>,
    apart: Vec<bool>,
    /// Of the groups behind each the one it is most alike and may and should be one with; of equals the first.
    nearest: Vec<Option<(f32, usize)>>,
}

impl Groups {
    /// How alike two groups are, where they may and should be one.
    fn alike(&self, a: usize, b: usize) -> Option<f32> {
        let at = a * self.size + b;
        if self.apart[at] || self.members[b].is_empty() {
            return None;
        }
        let mean = self.sums[at] / (self.members[a].len() * self.members[b].len()) as f32;
        Some(f32::midpoint(mean, self.least[at])).filter(|alike| *alike > -f32::EPSILON)
    }

    fn find_nearest(&self, a: usize) -> Option<(f32, usize)> {
        if self.members[a].is_empty() {
            return None;
        }
        let mut nearest: Option<(f32, usize)> = None;
        for b in a + 1..self.size {
            if let Some(alike) = self.alike(a, b)
                && nearest.is_none_or(|(most, _)| alike > most)
            {
                nearest = Some((alike, b));
            }
        }
        nearest
    }

    /// The two that are most alike and may and should be one; of equals the first.
    fn closest(&self) -> Option<(usize, usize)> {
        let mut best: Option<(f32, usize, usize)> = None;
        for (a, nearest) in self.nearest.iter().enumerate() {
            if let Some((alike, b)) = *nearest
                && best.is_none_or(|(most, ..)| alike > most)
            {
                best = Some((alike, a, b));
            }
        }
        best.map(|(_, a, b)| (a, b))
    }

    /// Puts `b` into `a`.
    fn join(&mut self, a: usize, b: usize) {
        let joining = std::mem::take(&mut self.members[b]);
        self.members[a].extend(joining);
        for other in 0..self.size {
            if other == a || self.members[other].is_empty() {
                continue;
            }
            let (to, from, back) = (a * self.size + other, b * self.size + other, other * self.size + a);
            self.sums[to] += self.sums[from];
            self.sums[back] = self.sums[to];
            self.least[to] = self.least[to].min(self.least[from]);
            self.least[back] = self.least[to];
            self.apart[to] |= self.apart[from];
            self.apart[back] = self.apart[to];
        }
    }

    /// Finds the nearest anew where `b` going into `a` changed it, and nowhere else: that is what keeps the work from growing
    /// with the cube of the articles.
    fn mend_nearest(&mut self, a: usize, b: usize) {
        self.nearest[a] = self.find_nearest(a);
        self.nearest[b] = None;
        for before in 0..b {
            if before == a || self.members[before].is_empty() {
                continue;
            }
            let nearest = self.nearest[before];
            if nearest.is_some_and(|(_, at)| at == a || at == b) {
                self.nearest[before] = self.find_nearest(before);
            } else if before < a
                && let Some(alike) = self.alike(before, a)
                && nearest.is_none_or(|(most, at)| alike.total_cmp(&most).then(at.cmp(&a)).is_gt())
            {
                self.nearest[before] = Some((alike, a));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All pairs unlike, save those given.
    fn pairs(size: usize, likes: &[(usize, usize, f32)]) -> Pairs {
        let mut pairs = Pairs::new(size);
        for one in 0..size {
            for other in 0..one {
                pairs.set(one, other, -4.0, false);
            }
        }
        for (one, other, likeness) in likes {
            pairs.set(*one, *other, *likeness, false);
        }
        pairs
    }

    #[test]
    fn a_chain_of_likeness_does_not_make_a_story() {
        assert_eq!(agglomerate(pairs(3, &[(0, 1, 3.0), (1, 2, 2.0)]), &[]), [vec![0, 1], vec![2]]);
        assert_eq!(agglomerate(pairs(3, &[(0, 1, 3.0), (1, 2, 2.0), (0, 2, -0.5)]), &[]), [vec![0, 1, 2]]);
    }

    #[test]
    fn what_is_apart_never_meets_and_what_is_tied_does() {
        let mut all = pairs(4, &[(0, 1, 3.0), (1, 2, 3.0), (0, 2, 3.0), (2, 3, 3.0), (0, 3, 3.0), (1, 3, 3.0)]);
        all.set(0, 1, 8.0, true);
        let never = |groups: Vec<Vec<usize>>| groups.iter().all(|g| !(g.contains(&0) && g.contains(&1)));
        assert!(never(agglomerate(all.clone(), &[])));
        // Tied in a chain to what is apart: apart wins.
        assert!(never(agglomerate(all.clone(), &[(0, 2), (1, 2)])));
        assert_eq!(agglomerate(pairs(3, &[]), &[(0, 2)]), [vec![0, 2], vec![1]]);
    }
}
