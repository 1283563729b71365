//! kitty's graphics protocol: a picture is given to the terminal once, then placed, moved and taken away by its number.
//!
//! Placed at the cursor rather than by Unicode placeholders, which kitty knows since 0.28 only and others not at all. Every
//! command asks for no answer (`q=2`): an answer would be taken for keys.

use std::fmt::Write;
use std::io::Cursor;

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageResult, RgbaImage};

/// Most characters of data in one command, by the protocol.
const CHUNK: usize = 4_096;

/// A picture as the terminal is given it.
pub(super) struct Picture {
    /// The commands that give it.
    given: String,
    /// Its size in pixels.
    size: (u32, u32),
    /// The terminal has it.
    sent: bool,
}

impl Picture {
    pub(super) fn new(pixels: &RgbaImage, number: u32) -> ImageResult<Self> {
        let mut png = Cursor::new(Vec::new());
        let (width, height) = pixels.dimensions();
        let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Fast, FilterType::Adaptive);
        encoder.write_image(pixels.as_raw(), width, height, ExtendedColorType::Rgba8)?;
        Ok(Self { given: give(png.get_ref(), number), size: (width, height), sent: false })
    }

    /// What gives it to the terminal; none when it has it.
    pub(super) fn give(&mut self) -> Option<&str> {
        (!std::mem::replace(&mut self.sent, true)).then_some(&self.given)
    }

    /// Places so many `rows` of it at the cursor, those below its first `above` rows; moves the placement when there is one.
    pub(super) fn place(&self, id: Placement, (above, rows): (u16, u16), cell_height: u16) -> String {
        let high = u32::from(cell_height.max(1));
        let top = (u32::from(above) * high).min(self.size.1.saturating_sub(1));
        let height = (u32::from(rows) * high).min(self.size.1 - top).max(1);
        let Placement { number, figure } = id;
        format!("\x1b_Ga=p,i={number},p={figure},x=0,y={top},w={},h={height},C=1,q=2\x1b\\", self.size.0)
    }
}

/// A place of a picture on the screen: its number, and the number of its figure (from 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Placement {
    pub(super) number: u32,
    pub(super) figure: u32,
}

impl Placement {
    /// Takes it off the screen; the terminal keeps the picture.
    pub(super) fn take_away(self) -> String {
        format!("\x1b_Ga=d,d=i,i={},p={},q=2\x1b\\", self.number, self.figure)
    }
}

/// Has the terminal forget a picture and all its places.
pub(super) fn delete(number: u32) -> String {
    format!("\x1b_Ga=d,d=I,i={number},q=2\x1b\\")
}

fn give(png: &[u8], number: u32) -> String {
    let data = base64(png);
    let mut commands = String::with_capacity(data.len() + data.len() / 64 + 64);
    let first = format!("a=t,f=100,i={number},q=2,");
    let mut control = first.as_str();
    let mut rest = data.as_str();
    while !rest.is_empty() {
        let (chunk, after) = rest.split_at(rest.len().min(CHUNK));
        let more = u8::from(!after.is_empty());
        // Writing to a string cannot fail.
        write!(commands, "\x1b_G{control}m={more};{chunk}\x1b\\").ok();
        control = "q=2,";
        rest = after;
    }
    commands
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let at = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4_usize {
            let letter = LETTERS[(bits >> (18 - 6 * n) & 63) as usize];
            text.push(if n > three.len() { '=' } else { char::from(letter) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    #[test]
    fn base64_is_that_of_the_rfc() {
        for (plain, coded) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }

    #[test]
    fn a_picture_is_given_once_in_chunks_and_placed_by_its_rows() {
        let noise = RgbaImage::from_fn(100, 90, |x, y| {
            let n = x.wrapping_mul(2_654_435_761).wrapping_add(y.wrapping_mul(40_503)) >> 7;
            Rgba([(n & 255) as u8, (n >> 8 & 255) as u8, (n >> 16 & 255) as u8, 255])
        });
        let mut picture = Picture::new(&noise, 7).expect("an encoding");
        let given = picture.give().expect("not sent yet").to_owned();
        assert!(given.starts_with("\x1b_Ga=t,f=100,i=7,q=2,m=1;"), "{}", &given[..40]);
        let commands: Vec<_> = given.split_terminator("\x1b\\").collect();
        assert!(commands.len() > 2 && commands.iter().all(|one| one.starts_with("\x1b_G") && one.len() < CHUNK + 64));
        assert!(commands.last().is_some_and(|last| last.starts_with("\x1b_Gq=2,m=0;")));
        assert_eq!(picture.give(), None, "once is enough");
        let id = Placement { number: 7, figure: 1 };
        assert_eq!(picture.place(id, (0, 5), 20), "\x1b_Ga=p,i=7,p=1,x=0,y=0,w=100,h=90,C=1,q=2\x1b\\");
        assert_eq!(picture.place(id, (2, 2), 20), "\x1b_Ga=p,i=7,p=1,x=0,y=40,w=100,h=40,C=1,q=2\x1b\\");
        assert_eq!(picture.place(id, (4, 1), 20), "\x1b_Ga=p,i=7,p=1,x=0,y=80,w=100,h=10,C=1,q=2\x1b\\");
    }
}
