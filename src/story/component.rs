//! Articles that hang together, however loosely, and the stories that they make.

use crate::model::{ArticleId, Placement, StoryId};

use super::agglomerate::{Pairs, agglomerate};
use super::likeness::{MOST_ALIKE, is_copy};
use super::nearness::Nearness;
use super::newsroom::Newsroom;

/// Articles that are clustered together at most: what is nearest to the arrival. The work grows with the square, and more than
/// this changed no story of a labelled set.
const MOST: usize = 32;

/// Articles that are connected, by date.
pub(super) struct Component {
    members: Vec<u32>,
}

/// Articles to be visited, the most alike last, no more than can still be taken; and all that were met.
#[derive(Debug, Default)]
pub(super) struct Visits {
    waiting: Vec<(f32, u32)>,
    /// The round in which each slot was met last.
    met: Vec<u32>,
    round: u32,
}

impl Visits {
    fn begin(&mut self, slots: usize) {
        self.waiting.clear();
        self.round = self.round.wrapping_add(1);
        if self.round == 0 {
            self.met.clear();
            self.round = 1;
        }
        self.met.resize(slots.max(self.met.len()), 0);
    }

    /// Puts an article in line, unless it was met before or `most` that are more alike are in line.
    fn meet(&mut self, slot: u32, likeness: f32, most: usize) {
        match self.met.get_mut(slot as usize) {
            Some(met) if *met != self.round => *met = self.round,
            _ => return,
        }
        let before = |(alike, other): &(f32, u32)| alike.total_cmp(&likeness).then(slot.cmp(other)).is_lt();
        if self.waiting.len() < most {
            let at = self.waiting.partition_point(before);
            self.waiting.insert(at, (likeness, slot));
        } else if self.waiting.first().is_some_and(before) {
            // The least alike could not be taken any more.
            let at = self.waiting.partition_point(before);
            self.waiting[..at].rotate_left(1);
            self.waiting[at - 1] = (likeness, slot);
        }
    }
}

impl Component {
    /// All that a seed hangs together with: by likeness, by the story it is in, by the user's rules.
    pub(super) fn around(seed: u32, room: &mut Newsroom) -> Self {
        let mut visits = std::mem::take(&mut room.visits);
        visits.begin(room.slots.len());
        visits.meet(seed, 0.0, 1);
        let mut members = Vec::new();
        while let Some((_, slot)) = visits.waiting.pop() {
            if room.at(slot).is_some_and(|article| article.kin.is_none()) {
                room.find_kin(slot);
            }
            let Some(article) = room.at(slot) else { continue };
            members.push(slot);
            let more = MOST - members.len();
            if more == 0 {
                break;
            }
            let ruled = room.hand.others(article.article).iter().filter_map(|other| room.by_article.get(other));
            let mates = room.stories.get(&article.placement.story).filter(|_| article.placed).into_iter().flatten();
            for other in ruled.chain(mates) {
                visits.meet(*other, f32::MAX, more);
            }
            for (other, likeness) in article.kin.iter().flatten() {
                visits.meet(*other, *likeness, more);
            }
        }
        room.visits = visits;
        members.sort_unstable_by_key(|slot| room.at(*slot).map(|article| (article.date, article.article)));
        Self { members }
    }

    /// The slots of its articles.
    pub(super) fn slots(&self) -> impl Iterator<Item = u32> {
        self.members.iter().copied()
    }

    /// Where its articles belong.
    pub(super) fn placements(&self, room: &mut Newsroom) -> Vec<(u32, Placement)> {
        let mut nearness = std::mem::take(&mut room.nearness);
        let placements = self.placed(room, &mut nearness);
        room.nearness = nearness;
        placements
    }

    fn placed(&self, room: &Newsroom, nearness: &mut Nearness) -> Vec<(u32, Placement)> {
        let members: Vec<_> =
            self.members.iter().filter_map(|slot| room.at(*slot).map(|article| (*slot, article))).collect();
        if let [(slot, alone)] = members[..] {
            // Most articles: a story of its own, or what is left of one whose founder is forgotten.
            let story = if alone.placed { alone.placement.story } else { StoryId(alone.article.0) };
            return vec![(slot, Placement { article: alone.article, story, copy_of: None })];
        }
        let mut pairs = Pairs::new(members.len());
        let mut tied = Vec::new();
        let mut copies = Vec::new();
        for (b, (_, late)) in members.iter().enumerate() {
            for (a, (_, early)) in members[..b].iter().enumerate() {
                let said = room.hand.about(early.article, late.article);
                let alike = nearness.likeness(early, late);
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
        let groups = agglomerate(pairs, &tied);
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
        let member = |n: usize| room.at(self.members[n]);
        let home = |story: StoryId| {
            groups.iter().position(|group| {
                group.iter().any(|n| member(*n).is_some_and(|article| article.article == ArticleId(story.0)))
            })
        };
        // Groups come by their first article, so of two that claim the story of an absent founder the earlier has it.
        let mut claimed: Vec<(StoryId, usize)> = Vec::new();
        let mut last = None;
        for (g, group) in groups.iter().enumerate() {
            for article in group.iter().filter_map(|n| member(*n)).filter(|article| article.placed) {
                let story = article.placement.story;
                // Most members of a group were in one story before.
                if last.replace((story, g)) == Some((story, g)) || claimed.iter().any(|(known, _)| *known == story) {
                    continue;
                }
                if home(story).is_none_or(|home| home == g) {
                    claimed.push((story, g));
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
