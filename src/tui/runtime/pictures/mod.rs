//! Drawing pictures: after the view has drawn its frame, the visible part of each is put over the room left for it.
//!
//! `protocol` finds out how this terminal shows pictures, `query` asks it, `encode` makes of pixels what it understands. An
//! encoding is made once for each size, away from the drawing thread, and kept; the frame that shows a picture unmoved
//! sends nothing to the terminal, because nothing in its cells differs.

mod encode;
mod protocol;
#[cfg(unix)]
mod query;

use std::collections::HashMap;
use std::io::Write;

use ratatui::buffer::Buffer;
use ratatui::widgets::Widget;
use ratatui_image::sliced::{SignedPosition, SlicedImage, SlicedProtocol};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use crate::config::PictureProtocol;
use crate::engine::EngineHandle;
use crate::tui::browse::pictures::InSight;
use crate::tui::pictures::Canvas;

use encode::encode;
use protocol::Means;

/// Encodings kept; beyond it those go that were not in sight for the longest. One of a whole pane is about a megabyte.
const MOST_KEPT: usize = 24;

/// What an encoding is of: the picture's address, and its columns and rows.
type Key = (String, (u16, u16));

/// An encoding, or its place while it is made.
struct Kept {
    /// None while it is made, or when it could not be.
    encoding: Option<SlicedProtocol>,
    /// The number by which the terminal knows it (kitty).
    number: u32,
    /// The frame it was in sight last.
    seen: u64,
}

/// Draws pictures.
pub(super) struct Painter {
    engine: EngineHandle,
    means: Option<Means>,
    kept: HashMap<Key, Kept>,
    made: mpsc::UnboundedSender<(Key, u32, Option<SlicedProtocol>)>,
    ready: mpsc::UnboundedReceiver<(Key, u32, Option<SlicedProtocol>)>,
    frame: u64,
    number: u32,
    /// What the terminal shall forget, in its own words.
    farewell: Vec<u8>,
}

impl Painter {
    pub(super) fn new(engine: EngineHandle) -> Self {
        let (made, ready) = mpsc::unbounded_channel();
        // Other programs may have given pictures to the same terminal: numbers of one process are those of no other.
        let number = std::process::id().wrapping_shl(10) & 0x7fff_ffff;
        Self { engine, means: None, kept: HashMap::new(), made, ready, frame: 0, number, farewell: Vec::new() }
    }

    /// Finds out how the terminal shows pictures. `asking`: nobody else reads from it now, so that it can be asked itself.
    pub(super) fn probe(&mut self, chosen: PictureProtocol, asking: bool) -> Option<Canvas> {
        let means = protocol::probe(chosen, asking);
        tracing::info!("pictures are shown by {means:?}");
        self.set(means)
    }

    /// Whether the terminal itself has to be asked.
    pub(super) fn must_ask(chosen: PictureProtocol) -> bool {
        protocol::must_ask(chosen)
    }

    /// The terminal has another size, and its cells may have: what they measure now, when that is something else.
    pub(super) fn measure(&mut self) -> Option<Canvas> {
        let means = self.means?.measured();
        if Some(means) == self.means { None } else { self.set(means) }
    }

    fn set(&mut self, means: Means) -> Option<Canvas> {
        if self.means != Some(means) {
            self.forget();
            self.means = Some(means);
        }
        Some(means.canvas())
    }

    /// Waits until an encoding was made that is still wanted.
    pub(super) async fn ready(&mut self) {
        loop {
            match self.ready.recv().await {
                Some((key, number, encoding)) => {
                    if let Some(kept) = self.kept.get_mut(&key).filter(|kept| kept.number == number) {
                        kept.encoding = encoding;
                        return;
                    }
                }
                // Never closed: a sender is here.
                None => std::future::pending().await,
            }
        }
    }

    /// Puts the pictures in sight into the frame. Those that are not encoded yet are begun, and leave their room blank.
    pub(super) fn paint(&mut self, sights: &[InSight], buffer: &mut Buffer) {
        let Some(means) = self.means else { return };
        self.frame = self.frame.wrapping_add(1);
        for sight in sights {
            let key = (sight.url.clone(), sight.size);
            if let Some(kept) = self.kept.get_mut(&key) {
                kept.seen = self.frame;
                if let Some(encoding) = &kept.encoding {
                    put(encoding, sight, buffer);
                }
            } else {
                self.begin(key, means);
            }
        }
        self.make_room();
    }

    fn begin(&mut self, key: Key, means: Means) {
        self.number = self.number.wrapping_add(1).max(1);
        let (engine, made, number) = (self.engine.clone(), self.made.clone(), self.number);
        self.kept.insert(key.clone(), Kept { encoding: None, number, seen: self.frame });
        tokio::spawn(async move {
            let encoding = match engine.picture(&key.0).await {
                Ok(picture) => spawn_blocking(move || encode(&picture, key.1, means, number)).await.ok(),
                Err(error) => Some(Err(error.to_string())),
            };
            let encoding = match encoding {
                Some(Ok(encoding)) => Some(encoding),
                Some(Err(why)) => {
                    tracing::warn!("a picture could not be drawn: {why}");
                    None
                }
                None => None,
            };
            made.send((key, number, encoding)).ok();
        });
    }

    fn make_room(&mut self) {
        while self.kept.len() > MOST_KEPT {
            let oldest = self.kept.iter().filter(|(_, kept)| kept.seen != self.frame).min_by_key(|(_, kept)| kept.seen);
            let Some(key) = oldest.map(|(key, _)| key.clone()) else { return };
            if let Some(kept) = self.kept.remove(&key) {
                self.bury(&kept);
            }
        }
    }

    fn bury(&mut self, kept: &Kept) {
        if matches!(kept.encoding, Some(SlicedProtocol::Kitty(_))) {
            // kitty's graphics protocol: delete the picture of this number and its data, and do not answer.
            write!(self.farewell, "\x1b_Ga=d,d=I,i={},q=2\x1b\\", kept.number).ok();
        }
    }

    /// Forgets all encodings: the terminal was cleared, given away, or shows pictures in another way.
    pub(super) fn forget(&mut self) {
        let kept: Vec<Kept> = self.kept.drain().map(|(_, kept)| kept).collect();
        for one in &kept {
            self.bury(one);
        }
    }

    /// What is to be written to the terminal before the next frame, so that it keeps no pictures that nobody wants.
    pub(super) fn farewell(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.farewell)
    }
}

/// Puts the visible part of a picture into the frame.
fn put(encoding: &SlicedProtocol, sight: &InSight, buffer: &mut Buffer) {
    // A picture has at most some hundred rows, so its place is within 16 bits in both directions.
    let above = i16::try_from(sight.above).unwrap_or(i16::MAX);
    let size = encoding.size();
    if size.width > sight.area.width || sight.above >= size.height {
        return;
    }
    SlicedImage::new(encoding, SignedPosition { x: 0, y: -above }).render(sight.area, buffer);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Decoded;
    use image::{Rgba, RgbaImage};
    use ratatui::layout::Rect;
    use ratatui::style::Color;

    const HALVES: Means = Means::halves((10, 20));

    /// Four rows of cells: red, green, blue, white.
    fn striped() -> Decoded {
        let colours = [[200, 0, 0, 255], [0, 200, 0, 255], [0, 0, 200, 255], [255, 255, 255, 255]];
        // As many pixels as half-blocks make of it, so that none is mixed.
        let pixels = RgbaImage::from_fn(8, 8, |_, y| Rgba(colours[(y / 2) as usize]));
        Decoded { width: 8, height: 8, pixels }
    }

    fn sight(area: Rect, above: u16) -> InSight {
        InSight { url: "https://a.example/1.png".into(), size: (8, 4), area, above }
    }

    #[test]
    fn half_blocks_show_the_part_in_sight_where_it_belongs() {
        let encoding = encode(&striped(), (8, 4), HALVES, 1).expect("an encoding");
        let (red, green, blue, white) =
            (Color::Rgb(200, 0, 0), Color::Rgb(0, 200, 0), Color::Rgb(0, 0, 200), Color::Rgb(255, 255, 255));
        for (area, above, expected) in [
            (Rect::new(1, 0, 8, 4), 0, vec![red, green, blue, white]),
            (Rect::new(1, 2, 8, 2), 0, vec![Color::Reset, Color::Reset, red, green]),
            (Rect::new(1, 0, 8, 2), 2, vec![blue, white, Color::Reset, Color::Reset]),
        ] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 10, 4));
            put(&encoding, &sight(area, above), &mut buffer);
            let column = |x: u16| (0..4).map(|y| buffer[(x, y)].bg).collect::<Vec<_>>();
            assert_eq!(column(4), expected, "{area:?} with {above} rows above");
            assert_eq!((column(0), column(9)), (vec![Color::Reset; 4], vec![Color::Reset; 4]), "nothing beside it");
        }
    }

    #[test]
    fn every_protocol_puts_its_pictures_into_its_own_cells_and_sends_nothing_twice() {
        for means in [Means::kitty((10, 20)), Means::sixel((10, 20)), Means::iterm2((10, 20)), HALVES] {
            let encoding = encode(&striped(), (8, 4), means, 7).expect("an encoding");
            let mut frames: Vec<Buffer> = Vec::new();
            for _ in 0..3 {
                let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 6));
                buffer.set_string(0, 0, "text below", ratatui::style::Style::new());
                put(&encoding, &sight(Rect::new(2, 1, 8, 4), 0), &mut buffer);
                frames.push(buffer);
            }
            let first = Buffer::empty(Rect::new(0, 0, 12, 6)).diff(&frames[0]).len();
            assert!(first > 9, "{means:?}: text and picture are drawn");
            assert!(frames[0].diff(&frames[1]).len() <= 1, "{means:?}: at most the cell that carried the data");
            assert_eq!(frames[1].diff(&frames[2]), [], "{means:?}: what did not move is not drawn again");
            // The picture goes: each of its cells is written over.
            let gone = Buffer::empty(Rect::new(0, 0, 12, 6));
            let cleared = frames[2].diff(&gone);
            for (x, y) in (1..5).flat_map(|y| (2..10).map(move |x| (x, y))) {
                assert!(cleared.iter().any(|(a, b, _)| (*a, *b) == (x, y)), "{means:?}: ({x}, {y}) is left over");
            }
        }
    }
}
