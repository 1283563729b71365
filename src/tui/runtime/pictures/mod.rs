//! Drawing pictures: after the view has drawn its frame, the visible part of each is put over the room left for it.
//!
//! `protocol` finds out how this terminal shows pictures, `query` asks it, `encode` makes of pixels what it understands. An
//! encoding is made once for each size, away from the drawing thread, and kept; the frame that shows a picture unmoved
//! sends nothing to the terminal, because nothing in its cells differs.

mod encode;
mod kitty;
mod protocol;
#[cfg(unix)]
mod query;

use std::collections::{BTreeSet, HashMap};
use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::widgets::Widget;
use ratatui_image::sliced::{SignedPosition, SlicedImage};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use crate::config::PictureProtocol;
use crate::engine::EngineHandle;
use crate::tui::browse::pictures::InSight;
use crate::tui::pictures::Canvas;

use encode::{Encoding, encode};
use kitty::Placement;
use protocol::Means;

/// Encodings kept; beyond it those go that were not in sight for the longest. One of a whole pane is about a megabyte.
const MOST_KEPT: usize = 24;

/// What an encoding is of: the picture's address, and its columns and rows.
type Key = (String, (u16, u16));

/// An encoding, or its place while it is made.
struct Kept {
    /// None while it is made, or when it could not be.
    encoding: Option<Encoding>,
    /// The number by which the terminal knows it, where it keeps it.
    number: u32,
    /// The frame it was in sight last.
    seen: u64,
}

/// Draws pictures.
pub(super) struct Painter {
    engine: EngineHandle,
    means: Option<Means>,
    kept: HashMap<Key, Kept>,
    made: mpsc::UnboundedSender<(Key, u32, Option<Encoding>)>,
    ready: mpsc::UnboundedReceiver<(Key, u32, Option<Encoding>)>,
    frame: u64,
    number: u32,
    /// Where pictures stand that the terminal keeps.
    placed: BTreeSet<Placement>,
    /// What is to be written to the terminal before the next frame.
    words: String,
}

/// The cell of a picture that acts on the terminal takes one column, whatever is in it.
const ONE_WIDE: CellDiffOption = CellDiffOption::ForcedWidth(NonZeroU16::MIN);

impl Painter {
    pub(super) fn new(engine: EngineHandle) -> Self {
        let (made, ready) = mpsc::unbounded_channel();
        // Other programs may have given pictures to the same terminal: numbers of one process are those of no other.
        let number = std::process::id().wrapping_shl(10) & 0x7fff_ffff;
        Self {
            engine,
            means: None,
            kept: HashMap::new(),
            made,
            ready,
            frame: 0,
            number,
            placed: BTreeSet::new(),
            words: String::new(),
        }
    }

    /// Finds out how the terminal shows pictures. `asking`: nobody else reads from it now, so that it can be asked itself.
    #[expect(clippy::unnecessary_wraps, reason = "a build without pictures has no canvas")]
    pub(super) fn probe(&mut self, chosen: PictureProtocol, asking: bool) -> Option<Canvas> {
        let means = protocol::probe(chosen, asking);
        tracing::info!("pictures are shown by {means:?}");
        Some(self.set(means))
    }

    /// Whether the terminal itself has to be asked.
    pub(super) fn must_ask(chosen: PictureProtocol) -> bool {
        protocol::must_ask(chosen)
    }

    /// The terminal has another size, and its cells may have: what they measure now, when that is something else.
    pub(super) fn measure(&mut self) -> Option<Canvas> {
        let means = self.means?.measured();
        if Some(means) == self.means { None } else { Some(self.set(means)) }
    }

    fn set(&mut self, means: Means) -> Canvas {
        if self.means != Some(means) {
            self.forget();
            self.means = Some(means);
        }
        means.canvas()
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

    /// Makes ready what is in sight, and gives what is to be written to the terminal before the frame. Pictures that are not
    /// encoded yet are begun, and leave their room blank.
    pub(super) fn prepare(&mut self, sights: &[InSight]) -> String {
        self.frame = self.frame.wrapping_add(1);
        let mut placed = BTreeSet::new();
        for sight in sights {
            let key = (sight.url.clone(), sight.size);
            if let Some(kept) = self.kept.get_mut(&key) {
                kept.seen = self.frame;
                if let Some(Encoding::Kitty(picture)) = &mut kept.encoding {
                    self.words.push_str(picture.give().unwrap_or_default());
                    placed.insert(placement(kept.number, sight));
                }
            } else if let Some(means) = self.means {
                self.begin(key, means);
            }
        }
        for gone in self.placed.difference(&placed) {
            self.words.push_str(&gone.take_away());
        }
        self.placed = placed;
        self.make_room();
        std::mem::take(&mut self.words)
    }

    /// Puts the pictures in sight into the frame.
    pub(super) fn paint(&self, sights: &[InSight], buffer: &mut Buffer) {
        let Some(means) = self.means else { return };
        for sight in sights {
            if let Some(kept) = self.kept.get(&(sight.url.clone(), sight.size))
                && let Some(encoding) = &kept.encoding
            {
                put(encoding, placement(kept.number, sight), sight, means, buffer);
            }
        }
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
        if matches!(kept.encoding, Some(Encoding::Kitty(_))) {
            self.words.push_str(&kitty::delete(kept.number));
            self.placed.retain(|placed| placed.number != kept.number);
        }
    }

    /// Forgets all encodings: the terminal was cleared, given away, or shows pictures in another way.
    pub(super) fn forget(&mut self) {
        let kept: Vec<Kept> = self.kept.drain().map(|(_, kept)| kept).collect();
        for one in &kept {
            self.bury(one);
        }
    }
}

fn placement(number: u32, sight: &InSight) -> Placement {
    Placement { number, figure: u32::try_from(sight.figure).unwrap_or(0).saturating_add(1) }
}

/// Puts the visible part of a picture into the frame.
fn put(encoding: &Encoding, id: Placement, sight: &InSight, means: Means, buffer: &mut Buffer) {
    match encoding {
        Encoding::Cells(cells) => {
            // A picture has at most some hundred rows, so its place is within 16 bits in both directions.
            let above = i16::try_from(sight.above).unwrap_or(i16::MAX);
            let size = cells.size();
            if size.width <= sight.area.width && sight.above < size.height {
                SlicedImage::new(cells, SignedPosition { x: 0, y: -above }).render(sight.area, buffer);
            }
        }
        Encoding::Kitty(picture) => {
            let mut command = picture.place(id, (sight.above, sight.area.height), means.cell.1);
            command.push(' ');
            for (n, position) in sight.area.intersection(buffer.area).positions().enumerate() {
                let cell = &mut buffer[position];
                cell.reset();
                // Only the first one acts; the others are blank, as the terminal draws over them.
                if n == 0 {
                    cell.set_symbol(&command).set_diff_option(ONE_WIDE);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Decoded;
    use image::{Rgba, RgbaImage};
    use ratatui::layout::Rect;
    use ratatui::style::Color;

    const HALVES: Means = Means::halves((10, 20));
    const ID: Placement = Placement { number: 7, figure: 1 };

    /// Four rows of cells: red, green, blue, white.
    fn striped() -> Decoded {
        let colours = [[200, 0, 0, 255], [0, 200, 0, 255], [0, 0, 200, 255], [255, 255, 255, 255]];
        // As many pixels as half-blocks make of it, so that none is mixed.
        let pixels = RgbaImage::from_fn(8, 8, |_, y| Rgba(colours[(y / 2) as usize]));
        Decoded { width: 8, height: 8, pixels }
    }

    fn sight(area: Rect, above: u16) -> InSight {
        InSight { url: "https://a.example/1.png".into(), figure: 0, size: (8, 4), area, above }
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
            put(&encoding, ID, &sight(area, above), HALVES, &mut buffer);
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
                put(&encoding, ID, &sight(Rect::new(2, 1, 8, 4), 0), means, &mut buffer);
                frames.push(buffer);
            }
            let first = Buffer::empty(Rect::new(0, 0, 12, 6)).diff(&frames[0]).len();
            assert!(first > 9, "{means:?}: text and picture are drawn");
            assert!(frames[0].diff(&frames[1]).len() <= 1, "{means:?}: at most the cell that carried the data");
            assert_eq!(frames[1].diff(&frames[2]), [], "{means:?}: what did not move is not drawn again");
            if means.protocol == protocol::Protocol::Kitty {
                // Its places are taken away by their numbers; blank cells lie under it.
                continue;
            }
            // The picture goes: each of its cells is written over.
            let gone = Buffer::empty(Rect::new(0, 0, 12, 6));
            let cleared = frames[2].diff(&gone);
            for (x, y) in (1..5).flat_map(|y| (2..10).map(move |x| (x, y))) {
                assert!(cleared.iter().any(|(a, b, _)| (*a, *b) == (x, y)), "{means:?}: ({x}, {y}) is left over");
            }
        }
    }
}
