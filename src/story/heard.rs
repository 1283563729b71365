//! What arrives with its words read: that asks nothing of what is known, so that it is done beside the placing of others.

use jiff::Timestamp;

use super::Telling;
use super::reading::{Reading, Scratch, read};
use crate::model::ArticleId;

/// An article whose words are read; [`Newsroom::arrive_heard`](super::Newsroom::arrive_heard) places it.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Its text and its address are no longer in it.
    pub(super) telling: Telling,
    pub(super) reading: Reading,
}

impl Heard {
    /// The article's date.
    #[must_use]
    pub fn date(&self) -> Timestamp {
        self.telling.date
    }

    /// The article.
    #[must_use]
    pub fn article(&self) -> ArticleId {
        self.telling.article
    }
}

/// Reads the words of these articles.
#[must_use]
pub fn hear(tellings: Vec<Telling>) -> Vec<Heard> {
    let mut scratch = Scratch::default();
    let hear = |mut telling: Telling| {
        let reading = read(&telling, &mut scratch);
        // What was read of them is in the reading; many wait to be placed.
        (telling.text, telling.url, telling.language) = (String::new(), String::new(), None);
        Heard { telling, reading }
    };
    tellings.into_iter().map(hear).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::story::Newsroom;
    use crate::story::tests::day;

    #[test]
    fn it_is_the_same_whether_words_are_read_before_or_then() {
        let (mut at_once, mut before) = (Newsroom::new(), Newsroom::new());
        let placements = at_once.arrive(&day());
        assert_eq!(placements.len(), day().len());
        assert_eq!(before.arrive_heard(hear(day())), placements);
        // They are known again, and a changed one is not.
        assert_eq!(before.arrive_heard(hear(day())), []);
        let mut edited = day();
        edited[0].text = "Quite another text about the harvest of hops in Eastern Sorbia this autumn.".into();
        assert_eq!(before.arrive_heard(hear(edited.clone())), at_once.arrive(&edited));
    }
}
