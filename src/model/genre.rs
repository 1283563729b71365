//! What sort of piece an article is, where it is not plain news.

/// A genre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Genre {
    /// Paid for by whom it is about.
    Sponsored,
    /// Sent out by whom it is about.
    PressRelease,
    /// To be listened to.
    Podcast,
    /// To be watched.
    Video,
    /// Written as things happen.
    Live,
    /// Somebody's view.
    Opinion,
    /// Looks behind the news.
    Analysis,
}

impl Genre {
    /// Every genre with its name in queries and JSON, and in words; the most telling first.
    pub const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Sponsored, "sponsored", "sponsored"),
        (Self::PressRelease, "press-release", "press release"),
        (Self::Podcast, "podcast", "podcast"),
        (Self::Video, "video", "video"),
        (Self::Live, "live", "live"),
        (Self::Opinion, "opinion", "opinion"),
        (Self::Analysis, "analysis", "analysis"),
    ];

    /// Its name in queries and JSON.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The genre called `id`.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|row| row.1 == id).map(|row| row.0)
    }
}

/// The genres of an article: none for plain news, several for a sponsored podcast.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Genres(u8);

impl Genres {
    /// With one more.
    #[must_use]
    pub fn with(self, genre: Genre) -> Self {
        Self(self.0 | 1 << genre as u8)
    }

    /// Whether it is one of them.
    #[must_use]
    pub fn has(self, genre: Genre) -> bool {
        self.0 & 1 << genre as u8 != 0
    }

    /// Those there are, the most telling first.
    pub fn iter(self) -> impl Iterator<Item = Genre> {
        Genre::ALL.into_iter().map(|row| row.0).filter(move |genre| self.has(*genre))
    }

    /// As a number for a column: bit n is genre n.
    #[must_use]
    pub fn bits(self) -> u8 {
        self.0
    }

    /// From such a number; bits that mean nothing are dropped.
    #[must_use]
    pub fn from_bits(bits: u8) -> Self {
        Genre::ALL.into_iter().map(|row| row.0).filter(|genre| Self(bits).has(*genre)).collect()
    }
}

impl FromIterator<Genre> for Genres {
    fn from_iter<T: IntoIterator<Item = Genre>>(genres: T) -> Self {
        genres.into_iter().fold(Self::default(), Self::with)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn genres_are_a_set_that_survives_its_number() {
        let genres: Genres = [Genre::Podcast, Genre::Sponsored].into_iter().collect();
        assert_eq!(genres.iter().map(Genre::id).collect::<Vec<_>>(), ["sponsored", "podcast"]);
        assert_eq!(Genres::from_bits(genres.bits() | 0x80), genres);
        for (n, (genre, id, _)) in Genre::ALL.into_iter().enumerate() {
            assert_eq!((genre as usize, Genre::from_id(id)), (n, Some(genre)));
        }
    }
}
