//! Articles that hang together, however loosely, and the stories that they make.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, HashMap, HashSet};

use crate::model::{ArticleId, Placement, StoryId};

use super::agglomerate::{Pairs, agglomerate};
use super::likeness::{MOST_ALIKE, is_copy, likeness};
use super::newsroom::Newsroom;

/// Articles that are clustered together at most: what is nearest to the arrival. The work grows with the square, and more than
/// this changed no story of a labelled set.
const MOST: usize = 32;

/// Articles that are connected, by date.
pub(super) struct Component {
    members: Vec<u32>,
}

/// An article to be visited, the most alike first.
struct Visit {
    likeness: f32,
    slot: u32,
}

impl PartialEq for Visit {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Visit {}

impl PartialOrd for Visit {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Visit {
    fn cmp(&self, other: &Self) -> Ordering {
        self.likeness.total_cmp(&other.likeness).then(other.slot.cmp(&self.slot))
    }
}

impl Component {
    /// All that a seed hangs together with: by likeness, by the story it is in, by the user's rules.
    pub(super) fn around(seed: u32, room: &mut Newsroom) -> Self {
        let mut members = Vec::new();
        let mut met: HashSet<u32> = HashSet::from([seed]);
        let mut queue = BinaryHeap::from([Visit { likeness: 0.0, slot: seed }]);
        while let Some(Visit { slot, .. }) = queue.pop() {
            if members.len() >= MOST {
                break;
            }
            if room.at(slot).is_some_and(|article| article.kin.is_none()) {
                room.find_kin(slot);
            }
            let Some(article) = room.at(slot) else { continue };
            members.push(slot);
            let ruled = room
                .hand
                .others(article.article)
                .iter()
                .filter_map(|other| room.by_article.get(other))
                .map(|other| (*other, f32::MAX));
            let mates = room.stories.get(&article.placement.story).filter(|_| article.placed).into_iter().flatten();
            let kin = article.kin.iter().flatten().copied();
            for (other, likeness) in ruled.chain(mates.map(|mate| (*mate, f32::MAX))).chain(kin) {
                if met.insert(other) {
                    queue.push(Visit { likeness, slot: other });
                }
            }
        }
        members.sort_unstable_by_key(|slot| room.at(*slot).map(|article| (article.date, article.article)));
        Self { members }
    }

    /// The slots of its articles.
    pub(super) fn slots(&self) -> impl Iterator<Item = u32> {
        self.members.iter().copied()
    }

    /// Where its articles belong.
    pub(super) fn placements(&self, room: &Newsroom) -> Vec<(u32, Placement)> {
        let members: Vec<_> =
            self.members.iter().filter_map(|slot| room.at(*slot).map(|article| (*slot, article))).collect();
        let mut pairs = Pairs::new(members.len());
        let mut tied = Vec::new();
        let mut copies = Vec::new();
        for (b, (_, late)) in members.iter().enumerate() {
            for (a, (_, early)) in members[..b].iter().enumerate() {
                let said = room.hand.about(early.article, late.article);
                let alike = likeness(early, late);
                let copy =
                    said != Some(false) && alike.is_some_and(|alike| alike >= MOST_ALIKE) && is_copy(early, late);
                pairs.set(
                    a,
                    b,
                    alike.unwrap_or(-MOST_ALIKE),
                    said == Some(false) || alike.is_none() && said != Some(true),
                );
                if copy {
                    copies.push((a, b));
                }
                if copy || said == Some(true) {
                    tied.push((a, b));
                }
            }
        }
        // What the user put together comes before what looks like a copy.
        tied.sort_by_key(|(a, b)| room.hand.about(members[*a].1.article, members[*b].1.article) != Some(true));
        let groups = agglomerate(&pairs, &tied);
        let may = |original: usize, copy: usize| {
            let (original, copy) = (members[original].1, members[copy].1);
            // What resembles a copy of an article of its own feed is not a copy of that.
            room.hand.about(original.article, copy.article) != Some(false)
                && (original.feed != copy.feed || is_copy(original, copy))
        };
        let originals = originals(members.len(), &copies, may);
        let stories = self.name(&groups, room);
        let mut placements = Vec::with_capacity(members.len());
        for (group, story) in groups.iter().zip(stories) {
            for n in group {
                let copy_of = originals[*n]
                    .filter(|original| group.contains(original))
                    .map(|original| members[original].1.article);
                let (slot, article) = members[*n];
                placements.push((slot, Placement { article: article.article, story, copy_of }));
            }
        }
        placements
    }

    /// The story each group is: the oldest of those that its articles were in and whose founder is not in another group.
    fn name(&self, groups: &[Vec<usize>], room: &Newsroom) -> Vec<StoryId> {
        let here: HashMap<ArticleId, usize> = groups
            .iter()
            .enumerate()
            .flat_map(|(g, group)| group.iter().map(move |n| (g, *n)))
            .filter_map(|(g, n)| room.at(self.members[n]).map(|article| (article.article, g)))
            .collect();
        let mut claimed: HashMap<StoryId, usize> = HashMap::new();
        // Groups come by their first article, so of two that claim the story of an absent founder the earlier has it.
        for (g, group) in groups.iter().enumerate() {
            for article in group.iter().filter_map(|n| room.at(self.members[*n])).filter(|article| article.placed) {
                let story = article.placement.story;
                if here.get(&ArticleId(story.0)).is_none_or(|home| *home == g) {
                    claimed.entry(story).or_insert(g);
                }
            }
        }
        let mut names: Vec<Option<StoryId>> = vec![None; groups.len()];
        for (story, g) in claimed {
            if names[g].is_none_or(|name| age(story, room) < age(name, room)) {
                names[g] = Some(story);
            }
        }
        let founder = |group: &[usize]| {
            group.first().and_then(|n| room.at(self.members[*n])).map_or(StoryId(0), |a| StoryId(a.article.0))
        };
        groups.iter().zip(names).map(|(group, name)| name.unwrap_or_else(|| founder(group))).collect()
    }
}

/// Orders stories by the date they began; those whose founder is forgotten are the oldest.
fn age(story: StoryId, room: &Newsroom) -> (i64, StoryId) {
    let founder = room.by_article.get(&ArticleId(story.0)).and_then(|slot| room.at(*slot));
    (founder.map_or(i64::MIN, |founder| founder.date), story)
}

/// For each article the first with its text, when that is another.
fn originals(size: usize, copies: &[(usize, usize)], may: impl Fn(usize, usize) -> bool) -> Vec<Option<usize>> {
    let mut originals: Vec<Option<usize>> = vec![None; size];
    // Pairs come by the later article, then by the earlier: what is earlier is decided.
    for (early, late) in copies {
        let original = originals[*early].unwrap_or(*early);
        if originals[*late].is_none() && may(original, *late) {
            originals[*late] = Some(original);
        }
    }
    originals
}
