//! How values are kept in columns: times, topics, identities, and the key that sorts by date.

use jiff::Timestamp;

use crate::model::{ALL_TOPICS, Score, TopicId};

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

/// Scores of topics as 4 bytes each, little endian.
pub(super) fn scores_to_blob(scores: impl IntoIterator<Item = Score>) -> Vec<u8> {
    scores.into_iter().flat_map(|score| score.0.to_le_bytes()).collect()
}

/// Scores from bytes, as many as there are topics; those that are missing (labelled by an older version) are 0.
pub(super) fn scores_from_blob(blob: &[u8], topics: usize) -> Vec<Score> {
    let (scores, _) = blob.as_chunks::<4>();
    let scores = scores.iter().map(|bytes| Score(i32::from_le_bytes(*bytes)));
    scores.chain(std::iter::repeat(Score(0))).take(topics).collect()
}

/// Numbers in their order, in LEB128: seven bits a byte, the lowest first.
pub(super) fn numbers_to_blob(numbers: &[i64]) -> Vec<u8> {
    let mut blob = Vec::with_capacity(numbers.len() * 2);
    for number in numbers {
        let mut rest = u64::try_from(*number).unwrap_or_default();
        while rest >= 0x80 {
            blob.push(u8::try_from(rest & 0x7f).unwrap_or_default() | 0x80);
            rest >>= 7;
        }
        blob.push(u8::try_from(rest).unwrap_or_default());
    }
    blob
}

/// Numbers from such bytes; an unfinished last one (a damaged row) is left out.
pub(super) fn numbers_from_blob(blob: &[u8]) -> Vec<i64> {
    let (mut numbers, mut rest, mut shift) = (Vec::new(), 0_i64, 0_u32);
    for byte in blob {
        rest |= i64::from(byte & 0x7f).checked_shl(shift).unwrap_or_default();
        shift += 7;
        if byte & 0x80 == 0 {
            numbers.push(rest);
            (rest, shift) = (0, 0);
        }
    }
    numbers
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
    fn numbers_and_scores_survive_their_columns() {
        let numbers = [300, 1, 70_000, i64::MAX, 0];
        assert_eq!(numbers_from_blob(&numbers_to_blob(&numbers)), numbers);
        assert_eq!(numbers_from_blob(&[0x80]), Vec::<i64>::new());
        let scores = [Score(270), Score(-5)];
        assert_eq!(scores_from_blob(&scores_to_blob(scores), 3), [Score(270), Score(-5), Score(0)]);
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
