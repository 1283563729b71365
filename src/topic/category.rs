//! Categories as feeds write them, mapped to topics by a plain table.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::model::TopicId;
use crate::text::fold;

const TABLE: &str = include_str!("../../assets/topics/categories.tsv");

static TOPICS: LazyLock<HashMap<&'static str, TopicId>> = LazyLock::new(|| {
    let rows = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    rows.filter_map(|(topic, category)| Some((category, TopicId::from_id(topic)?))).collect()
});

/// What separates several sections in one category: `Ocean / Rates`, `News > Ports`, `Air, Road`.
const SEPARATORS: [char; 6] = ['/', '>', ',', ';', '|', ':'];

/// The topics that a category names: as a whole, else by its parts.
pub(super) fn topics_named(category: &str) -> Vec<TopicId> {
    let category = fold(category);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").replace('_', " ");
    if let Some(topic) = TOPICS.get(words(&category).as_str()) {
        return vec![*topic];
    }
    let parts = category.split(SEPARATORS).flat_map(|part| part.split(" & ")).flat_map(|part| part.split(" and "));
    parts.filter_map(|part| TOPICS.get(words(part).as_str()).copied()).collect()
}

/// The line of the table that has the category, or the first of its parts that it has; 0 when none.
pub(super) fn line_of(category: &str) -> u32 {
    let category = fold(category);
    let has = |line: &str| line.split_once('\t').is_some_and(|(_, known)| !line.starts_with('#') && known == category);
    let part =
        |line: &str| line.split_once('\t').is_some_and(|(_, known)| !line.starts_with('#') && category.contains(known));
    let lines = || (1..).zip(TABLE.lines());
    lines().find(|(_, line)| has(line)).or_else(|| lines().find(|(_, line)| part(line))).map_or(0, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(category: &str) -> Vec<&'static str> {
        topics_named(category).into_iter().map(|topic| topic.get().id).collect()
    }

    #[test]
    fn the_table_is_sound() {
        let mut seen = HashMap::new();
        let mut topics = std::collections::BTreeSet::new();
        for (number, line) in (1..).zip(TABLE.lines()).filter(|(_, line)| !line.starts_with('#')) {
            let (topic, category) = line.split_once('\t').unwrap_or_else(|| panic!("line {number} has no tab"));
            assert!(TopicId::from_id(topic).is_some(), "line {number}: no topic {topic}");
            assert_eq!(category, fold(category.trim()), "line {number}: not as it is looked up");
            assert_eq!(seen.insert(category, topic), None, "line {number}: {category} stands twice");
            topics.insert(topic);
        }
        assert_eq!(topics.len(), crate::model::ALL_TOPICS.len(), "a topic without any category");
    }

    #[test]
    fn categories_are_found_whatever_their_case_accents_and_company() {
        assert_eq!(ids("AIR CARGO"), ["air"]);
        assert_eq!(ids("Häfen"), ["ports"]);
        assert_eq!(ids("Fret aérien"), ["air"]);
        assert_eq!(ids("News > Ports / Rates"), ["ports", "rates"]);
        assert_eq!(ids("Ocean & Air"), ["ocean", "air"]);
        assert_eq!(ids("Mergers & Acquisitions"), ["deals"], "the whole comes before its parts");
        assert_eq!(ids("Airlie Beach"), Vec::<&str>::new());
    }
}
