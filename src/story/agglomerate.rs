//! Groups articles into stories: average-link agglomeration, the most alike first, within what the user's rules and time allow.
//!
//! A function of the set alone: the order in which articles came does not matter.

/// Likeness that two groups have at least, on average over their articles, to be one story.
pub(super) const THRESHOLD: f32 = 0.5;

/// A square of likenesses between articles, and which pairs must never meet.
#[derive(Debug)]
pub(super) struct Pairs {
    size: usize,
    likeness: Vec<f32>,
    apart: Vec<bool>,
}

impl Pairs {
    /// Of `size` articles that have nothing in common yet.
    pub(super) fn new(size: usize) -> Self {
        Self { size, likeness: vec![0.0; size * size], apart: vec![false; size * size] }
    }

    /// Sets what is known of two articles.
    pub(super) fn set(&mut self, one: usize, other: usize, likeness: f32, apart: bool) {
        for at in [one * self.size + other, other * self.size + one] {
            self.likeness[at] = likeness;
            self.apart[at] = apart;
        }
    }

    /// True when two articles must never be in one story.
    pub(super) fn are_apart(&self, one: usize, other: usize) -> bool {
        self.apart[one * self.size + other]
    }

    /// The likeness of two articles.
    pub(super) fn likeness(&self, one: usize, other: usize) -> f32 {
        self.likeness[one * self.size + other]
    }
}

/// Groups of articles, the articles in order and the groups by their first. `tied` are pairs that are one from the start
/// (copies, what the user put together), unless that would join what must stay apart.
pub(super) fn agglomerate(pairs: &Pairs, tied: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Option<Vec<usize>>> = (0..pairs.size).map(|n| Some(vec![n])).collect();
    // Sums of likenesses between groups, and whether any pair of them is apart; kept as groups join.
    let mut sums = pairs.likeness.clone();
    let mut apart = pairs.apart.clone();
    let mut home: Vec<usize> = (0..pairs.size).collect();
    for (one, other) in tied {
        let (a, b) = (home[*one].min(home[*other]), home[*one].max(home[*other]));
        if a != b && !apart[a * pairs.size + b] {
            join(a, b, pairs.size, &mut groups, &mut sums, &mut apart, &mut home);
        }
    }
    while let Some((a, b)) = closest(pairs.size, &groups, &sums, &apart) {
        join(a, b, pairs.size, &mut groups, &mut sums, &mut apart, &mut home);
    }
    groups
        .into_iter()
        .flatten()
        .map(|mut group| {
            group.sort_unstable();
            group
        })
        .collect()
}

fn closest(size: usize, groups: &[Option<Vec<usize>>], sums: &[f32], apart: &[bool]) -> Option<(usize, usize)> {
    let mut best = None;
    let mut most = THRESHOLD;
    for a in 0..size {
        let Some(one) = &groups[a] else { continue };
        for b in a + 1..size {
            let Some(other) = &groups[b] else { continue };
            let mean = sums[a * size + b] / (one.len() * other.len()) as f32;
            if (mean > most || best.is_none() && mean >= most) && !apart[a * size + b] {
                most = mean;
                best = Some((a, b));
            }
        }
    }
    best
}

fn join(
    a: usize,
    b: usize,
    size: usize,
    groups: &mut [Option<Vec<usize>>],
    sums: &mut [f32],
    apart: &mut [bool],
    home: &mut [usize],
) {
    let Some(joining) = groups[b].take() else { return };
    for member in &joining {
        home[*member] = a;
    }
    if let Some(group) = &mut groups[a] {
        group.extend(joining);
    }
    for other in 0..size {
        sums[a * size + other] += sums[b * size + other];
        sums[other * size + a] = sums[a * size + other];
        apart[a * size + other] |= apart[b * size + other];
        apart[other * size + a] = apart[a * size + other];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(size: usize, likes: &[(usize, usize, f32)]) -> Pairs {
        let mut pairs = Pairs::new(size);
        for (one, other, likeness) in likes {
            pairs.set(*one, *other, *likeness, false);
        }
        pairs
    }

    #[test]
    fn the_mean_over_members_decides() {
        // A chain does not make a story: 0 and 2 have nothing in common.
        let chain = pairs(3, &[(0, 1, 0.9), (1, 2, 0.8)]);
        assert_eq!(agglomerate(&chain, &[]), [vec![0, 1], vec![2]]);
        let triangle = pairs(3, &[(0, 1, 0.9), (1, 2, 0.8), (0, 2, 0.3)]);
        assert_eq!(agglomerate(&triangle, &[]), [vec![0, 1, 2]]);
    }

    #[test]
    fn what_is_apart_never_meets_and_what_is_tied_does() {
        let mut all = pairs(4, &[(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.9), (2, 3, 0.9), (0, 3, 0.9), (1, 3, 0.9)]);
        all.set(0, 1, 1.0, true);
        for group in agglomerate(&all, &[]) {
            assert!(!(group.contains(&0) && group.contains(&1)), "{group:?}");
        }
        // Tied in a chain to what is apart: apart wins.
        assert!(agglomerate(&all, &[(0, 2), (1, 2)]).iter().all(|g| !(g.contains(&0) && g.contains(&1))));
        assert_eq!(agglomerate(&pairs(3, &[]), &[(0, 2)]), [vec![0, 2], vec![1]]);
    }
}
