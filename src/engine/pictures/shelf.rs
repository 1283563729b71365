//! Decoded pictures in memory, the last ones that were asked for.

use std::sync::{Arc, Mutex, PoisonError};

use super::Decoded;

/// Most bytes of pixels kept. One picture has at most 10 MiB of them.
const MOST: usize = 48 << 20;

/// The pictures by address; the last one asked for stands last.
#[derive(Debug, Default)]
pub(super) struct Shelf(Mutex<Vec<(String, Arc<Decoded>)>>);

impl Shelf {
    /// The picture at an address, if it is here.
    pub(super) fn get(&self, url: &str) -> Option<Arc<Decoded>> {
        let mut pictures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = pictures.iter().position(|(of, _)| of == url)?;
        let found = pictures.remove(at);
        let picture = Arc::clone(&found.1);
        pictures.push(found);
        Some(picture)
    }

    /// Puts a picture here; those that were not asked for the longest make room.
    pub(super) fn put(&self, url: &str, picture: Arc<Decoded>) {
        let mut pictures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pictures.retain(|(of, _)| of != url);
        pictures.push((url.to_owned(), picture));
        let mut total: usize = pictures.iter().map(|(_, picture)| picture.pixels.len()).sum();
        while total > MOST && pictures.len() > 1 {
            total -= pictures.remove(0).1.pixels.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::RgbaImage;

    #[test]
    fn those_not_asked_for_the_longest_make_room() {
        let shelf = Shelf::default();
        let picture = || Arc::new(Decoded { pixels: RgbaImage::new(1_600, 1_600), width: 1_600, height: 1_600 });
        for n in 0..4 {
            shelf.put(&n.to_string(), picture());
        }
        assert!(shelf.get("0").is_some(), "four of 10 MB have room");
        shelf.put("4", picture());
        assert!(shelf.get("1").is_none(), "the one not asked for since it came");
        assert!(["0", "2", "3", "4"].iter().all(|url| shelf.get(url).is_some()));
    }
}
