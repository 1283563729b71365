//! Unpacks gzip (RFC 1952) as it comes in, of several members too (2.2), of which the HTTP client's own decoder takes the
//! first and calls the others a fault.

use std::io::{self, Write};

use bytes::{Buf, Bytes};
use flate2::write::GzDecoder;
use reqwest::header::{CONTENT_ENCODING, HeaderMap};

/// A body that is being unpacked. At most 32 KiB come out at once, so that whoever counts can stop in time.
#[derive(Debug)]
pub(super) struct Gunzip {
    member: GzDecoder<Vec<u8>>,
    /// Bytes of this member came.
    begun: bool,
    /// Members that ended as they should.
    ended: u64,
    /// What comes now is behind the last member, and no concern of ours.
    behind: bool,
}

impl Gunzip {
    /// For a body with this head; none when it is not packed like this.
    pub(super) fn of(head: &HeaderMap) -> Option<Self> {
        let coding = head.get(CONTENT_ENCODING)?.as_bytes().trim_ascii();
        // "x-gzip" is the same (RFC 9110, 8.4.1.3).
        let is_gzip = [&b"gzip"[..], b"x-gzip"].iter().any(|name| coding.eq_ignore_ascii_case(name));
        is_gzip.then(|| Self { member: GzDecoder::new(Vec::new()), begun: false, ended: 0, behind: false })
    }

    /// Unpacks some of `packed`, and takes that away from it; gives what came out, which may be nothing.
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn unpack(&mut self, packed: &mut Bytes) -> io::Result<Vec<u8>> {
        if self.behind {
            packed.clear();
        }
        if packed.is_empty() {
            return Ok(Vec::new());
        }
        match self.member.write(packed) {
            Ok(0) => {
                // The member has all that is its own.
                self.member.try_finish()?;
                let out = std::mem::take(self.member.get_mut());
                self.member = GzDecoder::new(Vec::new());
                (self.begun, self.ended) = (false, self.ended.saturating_add(1));
                Ok(out)
            }
            Ok(taken) => {
                self.begun = true;
                packed.advance(taken);
                Ok(std::mem::take(self.member.get_mut()))
            }
            // Padding, or whatever a server adds; gzip(1) passes it over, too.
            Err(_) if self.ended > 0 && self.member.header().is_none() => {
                self.behind = true;
                Ok(Vec::new())
            }
            Err(error) => Err(error),
        }
    }

    /// No more comes: what was still held back, and whether that is the whole.
    ///
    /// # Errors
    /// Of kind `UnexpectedEof` when there should have been more, otherwise when it is damaged.
    pub(super) fn finish(&mut self) -> (Vec<u8>, io::Result<()>) {
        let in_head = self.member.header().is_none();
        if self.behind || !self.begun || (in_head && self.ended > 0) {
            return (Vec::new(), Ok(()));
        }
        let done = if in_head { Err(io::ErrorKind::UnexpectedEof.into()) } else { self.member.try_finish() };
        (std::mem::take(self.member.get_mut()), done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use reqwest::header::HeaderValue;

    fn gunzip() -> Gunzip {
        let mut head = HeaderMap::new();
        head.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        Gunzip::of(&head).unwrap()
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut packer = GzEncoder::new(Vec::new(), Compression::default());
        packer.write_all(text).unwrap();
        packer.finish().unwrap()
    }

    /// What comes out of `packed` when it comes in pieces of this size, and how it ended.
    fn unpacked(packed: &[u8], size: usize) -> (Vec<u8>, io::Result<()>) {
        let (mut gunzip, mut out) = (gunzip(), Vec::new());
        for piece in packed.chunks(size) {
            let mut piece = Bytes::copy_from_slice(piece);
            while !piece.is_empty() {
                match gunzip.unpack(&mut piece) {
                    Ok(some) => {
                        assert!(some.len() <= 32 << 10, "{} bytes at once", some.len());
                        out.extend(some);
                    }
                    Err(error) => return (out, Err(error)),
                }
            }
        }
        let (rest, ended) = gunzip.finish();
        out.extend(rest);
        (out, ended)
    }

    #[test]
    fn members_are_one_document_however_the_pieces_fall() {
        let text: Vec<u8> = (0..200_000_u32).map(|n| b'a' + u8::try_from(n % 23).unwrap()).collect();
        let members: Vec<u8> = text.chunks(70_000).flat_map(gzip).collect();
        let with_empty_ones = [gzip(b""), members.clone(), gzip(b"")].concat();
        for packed in [gzip(&text), members.clone(), with_empty_ones] {
            for size in [1, 7, 100, packed.len()] {
                let (out, ended) = unpacked(&packed, size);
                assert!(out == text && ended.is_ok(), "pieces of {size}: {} bytes, {ended:?}", out.len());
            }
        }
        for behind in [&b"\0\0\0\0\0\0\0\0\0\0\0\0"[..], b"<html>", b"\x1f", b"\x1f\x8b"] {
            let (out, ended) = unpacked(&[&members, behind].concat(), 100);
            assert!(out == text && ended.is_ok(), "{behind:?} behind it: {} bytes, {ended:?}", out.len());
        }
    }

    #[test]
    fn what_ends_early_and_what_is_damaged_are_told_apart() {
        let text = b"The berth is free. ".repeat(500);
        let packed = [gzip(&text), gzip(&text)].concat();
        let second = packed.len() / 2;
        for cut in [5, 40, second - 20, second + 40] {
            let (out, ended) = unpacked(&packed[..cut], 16);
            assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::UnexpectedEof, "cut at {cut}");
            assert!(out.len() < 2 * text.len(), "cut at {cut}");
        }
        for at in [0, 2, second - 8, second - 1, packed.len() - 1] {
            let mut changed = packed.clone();
            changed[at] ^= 0xff;
            let ended = unpacked(&changed, 16).1;
            assert!(ended.is_err_and(|error| error.kind() != io::ErrorKind::UnexpectedEof), "changed at {at}");
        }
        assert!(matches!(unpacked(b"", 1), (out, Ok(())) if out.is_empty()), "an empty body is empty");
    }

    #[test]
    fn only_what_is_said_to_be_gzip_is_unpacked() {
        let of = |coding: &'static str| {
            let mut head = HeaderMap::new();
            head.insert(CONTENT_ENCODING, HeaderValue::from_static(coding));
            Gunzip::of(&head).is_some()
        };
        assert!(["gzip", " GZip ", "x-gzip"].into_iter().all(of));
        assert!(!["", "br", "identity", "gzip, gzip", "gzipped"].into_iter().any(of));
        assert!(Gunzip::of(&HeaderMap::new()).is_none());
    }
}
