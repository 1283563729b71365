//! What a query asks for, as the store can answer it: names of entities become the ids that the lexicon has for them.

use super::Answer;
use super::labelling::ready;
use super::shared::Shared;
use crate::query::{EntityWanted, Query, Scope};
use crate::text::fold;
use crate::topic::Classifier;

/// Entities of one name.
const NAMESAKES: usize = 20;

/// Fills in the ids of the entities that a scope asks for.
pub(super) async fn resolve(shared: &Shared, scope: &mut Scope) -> Answer<()> {
    if let Scope::Search(query) = scope
        && names_entities(query)
    {
        let labelling = ready(shared).await?;
        fill(query, labelling.classifier());
    }
    Ok(())
}

fn names_entities(query: &Query) -> bool {
    match query {
        Query::Entity(_) => true,
        Query::And(parts) | Query::Or(parts) => parts.iter().any(names_entities),
        Query::Not(part) => names_entities(part),
        _ => false,
    }
}

fn fill(query: &mut Query, classifier: &Classifier) {
    match query {
        Query::Entity(wanted) => wanted.ids = ids(wanted, classifier),
        Query::And(parts) | Query::Or(parts) => parts.iter_mut().for_each(|part| fill(part, classifier)),
        Query::Not(part) => fill(part, classifier),
        _ => {}
    }
}

/// The entity of this name, alias or code; where several have it, all of them.
fn ids(wanted: &EntityWanted, classifier: &Classifier) -> Vec<String> {
    if let Some(entry) = classifier.entity(&wanted.name) {
        return vec![entry.entity.id.clone()];
    }
    let name = fold(wanted.name.trim());
    let same = |other: &str| fold(other) == name;
    let near = classifier.entities_like(&wanted.name, NAMESAKES).into_iter();
    let named = near.filter(|entry| {
        let aliases = entry.aliases.iter().map(|alias| alias.trim_matches(['=', '?']));
        same(&entry.entity.name) || aliases.into_iter().any(same) || entry.code.as_deref().is_some_and(same)
    });
    named.map(|entry| entry.entity.id.clone()).collect()
}
