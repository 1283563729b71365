//! From foreign bytes to pixels (THREATS R13): the kind by its magic bytes, the size by its header, both before anything
//! is decoded, and then the first frame only.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbaImage};

/// Most pixels in a row and in a column, by the header.
const MAX_SIDE: u32 = 4_096;
/// Most memory for decoding one picture, in bytes.
const MAX_MEMORY: u64 = 64 << 20;
/// Pixels kept in a row and in a column: a terminal's pane has no more, and the rest would only cost memory.
const KEPT_SIDE: u32 = 1_600;
/// Where a sign of what a file is may stand, in bytes from its beginning.
const HEAD: usize = 512;

/// A picture ready to be drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded {
    /// Its pixels, upright; at most 1,600 in a row and in a column.
    pub pixels: RgbaImage,
    /// Pixels in a row as it was published, upright.
    pub width: u32,
    /// Pixels in a column, likewise.
    pub height: u32,
}

/// Why bytes are not shown as a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unfit {
    /// Of a kind that is not shown.
    #[error("not a picture that can be shown ({0})")]
    Kind(&'static str),
    /// Its header says so.
    #[error("the picture has {0}x{1} pixels; at most {MAX_SIDE}x{MAX_SIDE} are shown")]
    Large(u32, u32),
    /// It needs more than [`MAX_MEMORY`].
    #[error("the picture needs more than {} MiB of memory", MAX_MEMORY >> 20)]
    Memory,
    /// It is not what its first bytes promise.
    #[error("the picture is damaged or not complete")]
    Damaged,
}

/// Decodes a picture.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Unfit> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format(bytes)?);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| unfit(&error))?;
    let (width, height) = decoder.dimensions();
    if width > MAX_SIDE || height > MAX_SIDE {
        return Err(Unfit::Large(width, height));
    }
    if decoder.total_bytes() > MAX_MEMORY {
        return Err(Unfit::Memory);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| unfit(&error))?;
    if picture.width().max(picture.height()) > KEPT_SIDE {
        picture = picture.thumbnail(KEPT_SIDE, KEPT_SIDE);
    }
    picture.apply_orientation(orientation);
    let turned = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let (width, height) = if turned { (height, width) } else { (width, height) };
    if width == 0 || height == 0 {
        return Err(Unfit::Damaged);
    }
    Ok(Decoded { pixels: picture.into_rgba8(), width, height })
}

fn unfit(error: &ImageError) -> Unfit {
    match error {
        ImageError::Limits(_) => Unfit::Memory,
        _ => Unfit::Damaged,
    }
}

/// The kind of picture, by its first bytes: whatever the server and the address say.
fn format(bytes: &[u8]) -> Result<ImageFormat, Unfit> {
    let after = |at: usize, magic: &[u8]| bytes.get(at..).is_some_and(|rest| rest.starts_with(magic));
    if after(0, b"\x89PNG\r\n\x1a\n") {
        Ok(ImageFormat::Png)
    } else if after(0, b"\xff\xd8\xff") {
        Ok(ImageFormat::Jpeg)
    } else if after(0, b"GIF87a") || after(0, b"GIF89a") {
        Ok(ImageFormat::Gif)
    } else if after(0, b"RIFF") && after(8, b"WEBP") {
        Ok(ImageFormat::WebP)
    } else {
        Err(Unfit::Kind(kind(bytes)))
    }
}

/// What it is instead.
fn kind(bytes: &[u8]) -> &'static str {
    let head = &bytes[..bytes.len().min(HEAD)];
    let brand = if head.get(4..8) == Some(b"ftyp") { head.get(8..12).unwrap_or_default() } else { b"" };
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let begins = |magic: &[u8]| head.starts_with(magic);
    if bytes.is_empty() {
        "empty"
    } else if text.contains("<svg") || text.contains("<!doctype svg") {
        "SVG"
    } else if text.contains("<html") || text.contains("<!doctype html") {
        "a web page"
    } else if matches!(brand, b"avif" | b"avis") {
        "AVIF"
    } else if matches!(brand, b"heic" | b"heix" | b"mif1") {
        "HEIC"
    } else if !brand.is_empty() {
        "a video"
    } else if begins(b"II*\0") || begins(b"MM\0*") {
        "TIFF"
    } else if begins(b"\xff\x0a") || begins(b"\0\0\0\x0cJXL ") {
        "JPEG XL"
    } else if begins(b"BM") {
        "BMP"
    } else if begins(b"\0\0\x01\0") {
        "ICO"
    } else if begins(b"%PDF") {
        "PDF"
    } else {
        "neither PNG, JPEG, GIF nor WebP"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgba;

    fn picture(width: u32, height: u32) -> RgbaImage {
        RgbaImage::from_fn(width, height, |x, y| {
            Rgba([u8::try_from(x % 256).unwrap(), u8::try_from(y % 256).unwrap(), 128, 255])
        })
    }

    fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let picture = DynamicImage::ImageRgba8(picture(width, height));
        if format == ImageFormat::Jpeg {
            picture.into_rgb8().write_to(&mut bytes, format).unwrap();
        } else {
            picture.write_to(&mut bytes, format).unwrap();
        }
        bytes.into_inner()
    }

    /// A PNG header with a right check sum that promises this size, and nothing after it.
    fn png_header(width: u32, height: u32) -> Vec<u8> {
        let mut small = encoded(1, 1, ImageFormat::Png);
        small[16..20].copy_from_slice(&width.to_be_bytes());
        small[20..24].copy_from_slice(&height.to_be_bytes());
        let sum = crc(&small[12..29]);
        small[29..33].copy_from_slice(&sum.to_be_bytes());
        small
    }

    /// The check sum of a PNG chunk (PNG, annex D).
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ if sum & 1 == 1 { 0xedb8_8320 } else { 0 })
        })
    }

    #[test]
    fn the_four_kinds_are_shown_whatever_they_are_called() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let decoded = decode(&encoded(40, 30, format)).unwrap_or_else(|error| panic!("{format:?}: {error}"));
            assert_eq!((decoded.width, decoded.height), (40, 30), "{format:?}");
            assert_eq!(decoded.pixels.dimensions(), (40, 30), "{format:?}");
        }
    }

    #[test]
    fn what_is_no_picture_is_named() {
        let cases: [(&[u8], &str); 8] = [
            (b"<?xml version=\"1.0\"?>\n<!DOCTYPE svg [<!ENTITY a \"aa\">]><svg width='9'/>", "SVG"),
            (b"  <svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG"),
            (b"<!doctype html><p>not found", "a web page"),
            (b"\0\0\0\x1cftypavif\0\0\0\0", "AVIF"),
            (b"II*\0\x08\0\0\0", "TIFF"),
            (b"%PDF-1.7", "PDF"),
            (b"", "empty"),
            (b"plain words", "neither PNG, JPEG, GIF nor WebP"),
        ];
        for (bytes, kind) in cases {
            assert_eq!(decode(bytes), Err(Unfit::Kind(kind)));
        }
    }

    #[test]
    fn a_header_that_promises_too_much_is_refused_before_anything_is_decoded() {
        assert_eq!(decode(&png_header(65_535, 65_535)), Err(Unfit::Large(65_535, 65_535)));
        assert_eq!(decode(&png_header(4_097, 1)), Err(Unfit::Large(4_097, 1)));
        let mut gif = encoded(2, 2, ImageFormat::Gif);
        gif[6..10].copy_from_slice(&[0xff; 4]);
        assert_eq!(decode(&gif), Err(Unfit::Large(65_535, 65_535)), "a small file that unfolds into gigabytes");
    }

    #[test]
    fn what_is_cut_off_or_scrambled_is_damaged_and_never_a_panic() {
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let whole = encoded(64, 64, format);
            for end in (0..whole.len()).step_by(whole.len() / 40 + 1) {
                decode(&whole[..end]).ok();
                let mut scrambled = whole.clone();
                scrambled[end] ^= 0x55;
                decode(&scrambled).ok();
            }
            assert_eq!(decode(&whole[..12]), Err(Unfit::Damaged), "{format:?}: nothing but its first bytes");
        }
    }

    #[test]
    fn a_large_picture_is_kept_small_and_its_size_is_told() {
        let decoded = decode(&encoded(3_200, 800, ImageFormat::Png)).unwrap();
        assert_eq!((decoded.width, decoded.height), (3_200, 800));
        assert_eq!(decoded.pixels.dimensions(), (1_600, 400));
    }

    #[test]
    fn only_the_first_frame_of_a_moving_picture_counts() {
        use image::codecs::gif::GifEncoder;
        use image::{Delay, Frame};
        let mut bytes = Vec::new();
        let mut encoder = GifEncoder::new(&mut bytes);
        for shade in [10, 250] {
            let frame = RgbaImage::from_pixel(8, 8, Rgba([shade, shade, shade, 255]));
            encoder.encode_frame(Frame::from_parts(frame, 0, 0, Delay::from_numer_denom_ms(100, 1))).unwrap();
        }
        drop(encoder);
        assert_eq!(decode(&bytes).unwrap().pixels.get_pixel(4, 4).0[0], 10);
    }

    #[test]
    fn a_photograph_stands_as_its_camera_was_held() {
        // A JPEG with an EXIF block that says: turned by a quarter (orientation 6).
        let plain = encoded(40, 20, ImageFormat::Jpeg);
        let tiff: &[u8] = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let length = u16::try_from(2 + 6 + tiff.len()).unwrap();
        let mut turned = plain[..2].to_vec();
        turned.extend([0xff, 0xe1]);
        turned.extend(length.to_be_bytes());
        turned.extend(b"Exif\0\0");
        turned.extend(tiff);
        turned.extend(&plain[2..]);
        let decoded = decode(&turned).unwrap();
        assert_eq!((decoded.width, decoded.height), (20, 40));
        assert_eq!(decoded.pixels.dimensions(), (20, 40));
    }
}
