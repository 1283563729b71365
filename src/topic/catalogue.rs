//! Looks entities up by id, name, alias or code: for pages, queries, completion and "did you mean".

use std::collections::HashMap;

use super::EntityEntry;
use super::folded::fold_words;
use super::tables::Known;

/// The ways to an entity.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    /// Folded id, name, alias and code to entities, each once.
    ways: HashMap<String, Vec<u32>>,
    /// Folded name and aliases, in the order of the entities.
    names: Vec<(u32, String)>,
}

/// A name as the tables write it, without its marks.
pub(super) fn bare(written: &str) -> &str {
    written.trim_start_matches(['=', '?', '@', '&']).trim_matches('*')
}

impl Catalogue {
    /// Of these entities.
    pub(super) fn new(entities: &[Known]) -> Self {
        let mut catalogue = Self::default();
        for (index, known) in (0..).zip(entities) {
            let entry = &known.entry;
            catalogue.way(entry.entity.id.to_lowercase(), index);
            if let Some(code) = &entry.code {
                catalogue.way(code.to_lowercase(), index);
            }
            let names =
                std::iter::once(entry.entity.name.as_str()).chain(entry.aliases.iter().map(|alias| bare(alias)));
            for name in names.map(fold_words) {
                catalogue.way(name.clone(), index);
                catalogue.names.push((index, name));
            }
        }
        catalogue
    }

    fn way(&mut self, name: String, index: u32) {
        let ways = self.ways.entry(name).or_default();
        if !ways.contains(&index) {
            ways.push(index);
        }
    }

    /// The one entity called so. An id comes before a name, so that nothing hides it.
    pub(super) fn find<'a>(&self, entities: &'a [Known], name: &str) -> Option<&'a Known> {
        let by_id = self.ways.get(&name.trim().to_lowercase()).filter(|_| name.contains(':'));
        let found = by_id.or_else(|| self.ways.get(&fold_words(name)))?;
        let called_so = |index: &&u32| fold_words(&entities[**index as usize].entry.entity.name) == fold_words(name);
        match found[..] {
            [one] => entities.get(one as usize),
            // Several have the word among their names; it is meant for the one whose usual name it is.
            _ => Some(found.iter().filter(called_so))
                .and_then(|mut named| named.next().filter(|_| named.next().is_none()))
                .and_then(|one| entities.get(*one as usize)),
        }
    }

    /// Entities with a name that begins with this, or holds it at the beginning of a word, or anywhere; the tables' order is that of how well known they are.
    pub(super) fn like<'a>(&self, entities: &'a [Known], part: &str, limit: usize) -> Vec<&'a EntityEntry> {
        let part = fold_words(part);
        if part.is_empty() {
            return Vec::new();
        }
        let rank = |name: &str| match name.find(&part) {
            Some(0) if name.len() == part.len() => Some(0_u8),
            Some(0) => Some(1),
            Some(at) if name.as_bytes()[at - 1] == b' ' => Some(2),
            Some(_) => Some(3),
            None => None,
        };
        let mut ranked: Vec<(u8, u32)> =
            self.names.iter().filter_map(|(index, name)| rank(name).map(|rank| (rank, *index))).collect();
        ranked.sort_unstable_by_key(|(rank, index)| (*index, *rank));
        ranked.dedup_by_key(|(_, index)| *index);
        ranked.sort_unstable();
        ranked
            .into_iter()
            .take(limit)
            .filter_map(|(_, index)| entities.get(index as usize).map(|known| &known.entry))
            .collect()
    }

    /// The name nearest to this one, for "did you mean".
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        super::nearest::nearest(&fold_words(name), self.names.iter().map(|(_, name)| name.as_str()))
    }
}
