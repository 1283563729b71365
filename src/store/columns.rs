//! How values are kept in columns: times, topics, identities, and the key that sorts by date.

use jiff::Timestamp;

use crate::model::{ALL_TOPICS, TopicId};

/// Bits of a document key that hold the article's id. 2^29 articles is more than a desk sees in a lifetime.
const ID_BITS: u32 = 29;
/// Takes the id out of a document key.
pub(super) const ID_MASK: i64 = (1 << ID_BITS) - 1;
/// Dates are kept in 0 to 2^34 seconds (1970 to 2514), so that a date and an id fit one row id.
const DATE_MAX: i64 = (1 << 34) - 1;

/// The row id of an article in the text index: sorts by date, then by id, as lists do.
pub(super) fn document(date: i64, id: i64) -> i64 {
    (date.clamp(0, DATE_MAX) << ID_BITS) | (id & ID_MASK)
}

/// A time as milliseconds.
pub(super) fn millis(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// A time from milliseconds; out of range (a damaged row) becomes 1970.
pub(super) fn time(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The date that lists sort by: the publisher's, but never later than when it was fetched; whole seconds.
pub(super) fn list_date(published: Option<Timestamp>, fetched: Timestamp) -> i64 {
    published.map_or(fetched, |published| published.min(fetched)).as_second().clamp(0, DATE_MAX)
}

/// A list date as a time.
pub(super) fn date_time(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// Topics as bytes, best first.
pub(super) fn topics_to_blob(topics: &[TopicId]) -> Vec<u8> {
    topics.iter().filter_map(|topic| u8::try_from(topic.index()).ok()).collect()
}

/// Topics from bytes; those this version does not know are left out.
pub(super) fn topics_from_blob(blob: &[u8]) -> Vec<TopicId> {
    blob.iter().filter_map(|&index| TopicId::from_index(usize::from(index))).collect()
}

/// The column `best`: the first topic, or the number of topics when there is none.
pub(super) fn best_topic(blob: &[u8]) -> i64 {
    blob.first().map_or(i64::try_from(ALL_TOPICS.len()).unwrap_or(i64::MAX), |&index| i64::from(index))
}

/// A count for a column; SQLite's integers are signed.
pub(super) fn signed(count: impl TryInto<i64>) -> i64 {
    count.try_into().unwrap_or(i64::MAX)
}

/// A count from a column; a negative one (a damaged row) is 0.
pub(super) fn count<T: TryFrom<i64> + Default>(column: i64) -> T {
    T::try_from(column).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_keys_sort_by_date_then_id_and_give_the_id_back() {
        let keys = [document(5, 1), document(5, 2), document(6, 1), document(1_790_000_000, 7)];
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(keys.map(|key| key & ID_MASK), [1, 2, 1, 7]);
        assert!(document(i64::MAX, ID_MASK) > 0);
        assert_eq!(document(-9, 3), 3);
    }

    #[test]
    fn a_date_from_the_future_counts_as_the_fetch() {
        let fetched = Timestamp::from_second(1_000).expect("in range");
        let later = Timestamp::from_second(2_000).expect("in range");
        assert_eq!(list_date(Some(later), fetched), 1_000);
        assert_eq!(list_date(Some(Timestamp::MIN), fetched), 0);
        assert_eq!(list_date(None, fetched), 1_000);
    }
}
