//! The 18 topics of the trade, in the order of the topic bar.

/// A topic: an index into [`ALL_TOPICS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(u8);

/// What is known of a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// Stable name in configs, queries and JSON, such as `ocean`.
    pub id: &'static str,
    /// Full name, such as `Ocean & liner`. It begins with the word that the label shortens, where it is one.
    pub name: &'static str,
    /// At most five characters for list rows and the topic bar.
    pub label: &'static str,
}

const fn topic(id: &'static str, name: &'static str, label: &'static str) -> Topic {
    Topic { id, name, label }
}

/// Every topic; the first nine answer to the keys `1` to `9`.
pub const ALL_TOPICS: [Topic; 18] = [
    topic("ocean", "Ocean & liner", "Ocean"),
    topic("rates", "Freight rates & surcharges", "Rates"),
    topic("ports", "Ports & terminals", "Ports"),
    topic("air", "Air cargo", "Air"),
    topic("road", "Road & trucking", "Road"),
    topic("rail", "Rail & intermodal", "Rail"),
    topic("parcel", "Parcel, post & e-commerce", "Parcl"),
    topic("trade", "Trade, customs & regulation", "Trade"),
    topic("disruption", "Disruption & chokepoints", "Disr"),
    topic("warehouse", "Warehousing & contract logistics", "Wareh"),
    topic("forwarders", "Forwarders & 3PLs", "Forwd"),
    topic("labour", "Labour & seafarers", "Labor"),
    topic("security", "Security, safety & crime", "Secur"),
    topic("green", "Decarbonisation & fuels", "Green"),
    topic("tech", "Technology & data", "Tech"),
    topic("deals", "Deals, results & people", "Deals"),
    topic("bulk", "Bulk, tankers & energy", "Bulk"),
    topic("fleet", "Fleet & shipbuilding", "Fleet"),
];

impl TopicId {
    /// The topic called `id` in configs and queries, whatever its case.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|t| t.get().id.eq_ignore_ascii_case(id))
    }

    /// The topic at `index` of [`ALL_TOPICS`].
    #[must_use]
    pub fn from_index(index: usize) -> Option<Self> {
        (index < ALL_TOPICS.len()).then(|| u8::try_from(index).ok().map(Self)).flatten()
    }

    /// Its place in [`ALL_TOPICS`].
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// What is known of it.
    #[must_use]
    pub fn get(self) -> &'static Topic {
        &ALL_TOPICS[self.index()]
    }

    /// All topics, in the order of the topic bar.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..ALL_TOPICS.len()).filter_map(Self::from_index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_labels_fit_their_column() {
        for (n, topic) in ALL_TOPICS.iter().enumerate() {
            assert_eq!(TopicId::from_id(topic.id).map(TopicId::index), Some(n), "{}", topic.id);
            assert!(topic.label.len() <= 5, "{}", topic.label);
        }
        assert_eq!(TopicId::from_id("OCEAN").map(|t| t.get().label), Some("Ocean"));
        assert_eq!(TopicId::from_index(ALL_TOPICS.len()), None);
    }
}
