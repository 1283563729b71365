//! From pixels to what the terminal understands.

use image::imageops::{self, FilterType};
use image::{DynamicImage, Rgba, RgbaImage};
use ratatui::layout::Size;
use ratatui_image::picker::{Picker, ProtocolType};
use ratatui_image::protocol::Protocol as Encoded;
use ratatui_image::protocol::halfblocks::Halfblocks;
use ratatui_image::protocol::iterm2::Iterm2;
use ratatui_image::sliced::SlicedProtocol;
use ratatui_image::{FontSize, Resize};

use super::kitty;
use super::protocol::{Means, Protocol};
use crate::engine::Decoded;

/// What shows through where a picture is transparent: publishers make theirs for white pages.
const PAGE: u8 = 255;

/// A picture in the words of a terminal.
pub(super) enum Encoding {
    /// For the cells of a frame.
    Cells(SlicedProtocol),
    /// For the terminal to keep.
    Kitty(kitty::Picture),
}

/// Makes an encoding for so many columns and rows; `number` is unique in this process. Errors say why it could not be.
pub(super) fn encode(picture: &Decoded, size: (u16, u16), means: Means, number: u32) -> Result<Encoding, String> {
    let cells = Size::new(size.0, size.1);
    let mut pixels = on_page(picture.pixels.clone());
    if means.protocol != Protocol::Halves {
        let room = (u32::from(size.0) * u32::from(means.cell.0), u32::from(size.1) * u32::from(means.cell.1));
        // Sixels are six pixels high; of the last ones only whole ones are drawn.
        let high = if means.protocol == Protocol::Sixel { (room.1 / 6 * 6).max(1) } else { room.1 };
        pixels = sized(&pixels, (room.0, high));
    }
    if means.protocol == Protocol::Kitty {
        return kitty::Picture::new(&pixels, number).map(Encoding::Kitty).map_err(|error| error.to_string());
    }
    let picture = DynamicImage::ImageRgba8(pixels);
    let cells = match means.protocol {
        Protocol::Halves | Protocol::Kitty => Halfblocks::new(picture, cells).map(SlicedProtocol::Halfblocks),
        Protocol::Iterm2 => rows(&picture, cells, means.cell.1).map(SlicedProtocol::Sliced),
        Protocol::Sixel => sixel(picture, cells, means.cell),
    };
    cells.map(Encoding::Cells).map_err(|error| error.to_string())
}

/// The largest size of the same proportions within so much room.
fn sized(pixels: &RgbaImage, room: (u32, u32)) -> RgbaImage {
    let (width, height) = (u64::from(pixels.width().max(1)), u64::from(pixels.height().max(1)));
    let high = (u64::from(room.0) * height / width).clamp(1, u64::from(room.1.max(1)));
    let wide = (high * width / height).clamp(1, u64::from(room.0.max(1)));
    // Whole pixels of one side decide the other; where the width decides, it is the whole room.
    let wide = if high < u64::from(room.1) { u64::from(room.0.max(1)) } else { wide };
    let fitting = |side: u64| u32::try_from(side).unwrap_or(u32::MAX);
    imageops::resize(pixels, fitting(wide), fitting(high), FilterType::Triangle)
}

/// Puts a transparent picture on a page.
fn on_page(mut pixels: RgbaImage) -> RgbaImage {
    for Rgba([red, green, blue, alpha]) in pixels.pixels_mut() {
        let over = |colour: u8| {
            let sum = u16::from(colour) * u16::from(*alpha) + u16::from(PAGE) * u16::from(255 - *alpha);
            u8::try_from(sum / 255).unwrap_or(PAGE)
        };
        (*red, *green, *blue) = (over(*red), over(*green), over(*blue));
        *alpha = 255;
    }
    pixels
}

/// A picture of its own for each row of cells: any of them can be left out.
fn rows(picture: &DynamicImage, cells: Size, cell_height: u16) -> Result<Vec<Encoded>, ratatui_image::errors::Errors> {
    let high = u32::from(cell_height.max(1));
    let tops = (0..u32::from(cells.height)).map(|row| row * high).take_while(|top| *top < picture.height());
    tops.map(|top| {
        let row = picture.crop_imm(0, top, picture.width(), high.min(picture.height() - top));
        Iterm2::new(row, Size::new(cells.width, 1), false).map(Encoded::ITerm2)
    })
    .collect()
}

fn sixel(
    picture: DynamicImage,
    cells: Size,
    cell: (u16, u16),
) -> Result<SlicedProtocol, ratatui_image::errors::Errors> {
    #[expect(deprecated, reason = "the others ask the terminal, which is done already, or take a cell of their own")]
    let mut picker = Picker::from_fontsize(FontSize::new(cell.0, cell.1));
    picker.set_protocol_type(ProtocolType::Sixel);
    SlicedProtocol::new_with_resize(&picker, picture, cells, Resize::Fit(None))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_sized_within_its_room_in_its_own_proportions() {
        let of = |width, height, room| sized(&RgbaImage::new(width, height), room).dimensions();
        assert_eq!(of(400, 200, (800, 800)), (800, 400));
        assert_eq!(of(400, 200, (800, 100)), (200, 100));
        assert_eq!(of(3, 1_600, (800, 400)), (1, 400));
        assert_eq!(of(1_600, 1, (80, 20)), (80, 1));
    }

    #[test]
    fn what_is_transparent_shows_the_page() {
        let pixels = on_page(RgbaImage::from_fn(3, 1, |x, _| Rgba([0, 100, 200, [0, 51, 255][x as usize]])));
        let seen: Vec<_> = pixels.pixels().map(|pixel| pixel.0).collect();
        assert_eq!(seen, [[255, 255, 255, 255], [204, 224, 244, 255], [0, 100, 200, 255]]);
    }
}
