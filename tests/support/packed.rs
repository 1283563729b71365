//! Makes compressed bodies of one repeated byte: honest ones, and bombs that are small on the wire.

/// Writes bits, the lowest first.
#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    used: u32,
}

impl Bits {
    fn put(&mut self, value: u64, count: u32) {
        for bit in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let one = u8::try_from(value >> bit & 1).unwrap();
            *self.bytes.last_mut().unwrap() |= one << (self.used % 8);
            self.used += 1;
        }
    }

    /// Huffman codes of deflate are written from their highest bit.
    fn put_code(&mut self, code: u64, count: u32) {
        for bit in (0..count).rev() {
            self.put(code >> bit & 1, 1);
        }
    }
}

/// A deflate stream (RFC 1951) of `x`, `1 + 258 * matches` times.
fn deflate(matches: usize) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(1, 1); // the last block
    bits.put(1, 2); // fixed codes
    bits.put_code(0x30 + u64::from(b'x'), 8);
    for _ in 0..matches {
        bits.put_code(0b1100_0101, 8); // length 258
        bits.put_code(0, 5); // distance 1
    }
    bits.put_code(0, 7); // end of block
    bits.bytes
}

/// The body that [`gzip`] and [`zlib`] unpack to.
pub fn xs(matches: usize) -> Vec<u8> {
    vec![b'x'; 1 + 258 * matches]
}

/// RFC 1952.
pub fn gzip(matches: usize) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    out.extend(deflate(matches));
    let body = xs(matches);
    out.extend(crc32(&body).to_le_bytes());
    out.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    out
}

/// The sum of RFC 1952, 8.
pub fn crc32(body: &[u8]) -> u32 {
    let table: Vec<u32> = (0..256u32)
        .map(|byte| (0..8).fold(byte, |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }))
        .collect();
    !body.iter().fold(u32::MAX, |crc, byte| crc >> 8 ^ table[usize::from(crc.to_le_bytes()[0] ^ byte)])
}

/// A deflate stream in which `body` is only stored.
pub fn deflate_of(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for piece in body.chunks(65_535) {
        let length = u16::try_from(piece.len()).unwrap();
        out.push(0);
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(piece);
    }
    out.extend([1, 0, 0, 0xff, 0xff]);
    out
}

/// RFC 1952 around `body`.
pub fn gzip_of(body: &[u8]) -> Vec<u8> {
    let mut out = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    out.extend(deflate_of(body));
    out.extend(crc32(body).to_le_bytes());
    out.extend(u32::try_from(body.len()).unwrap().to_le_bytes());
    out
}

/// RFC 8878 around `body`.
pub fn zstd_of(body: &[u8]) -> Vec<u8> {
    let mut out = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38];
    let pieces: Vec<&[u8]> = body.chunks(100_000).collect();
    for (n, piece) in pieces.iter().enumerate() {
        let header = u32::from(n + 1 == pieces.len()) | u32::try_from(piece.len()).unwrap() << 3;
        out.extend(&header.to_le_bytes()[..3]);
        out.extend(*piece);
    }
    out
}

/// RFC 1950, which HTTP calls `deflate`.
pub fn zlib(matches: usize) -> Vec<u8> {
    let mut out = vec![0x78, 0x9c];
    out.extend(deflate(matches));
    let (low, high) = xs(matches).iter().fold((1u32, 0u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65521;
        (low, (high + low) % 65521)
    });
    out.extend((high << 16 | low).to_be_bytes());
    out
}

/// RFC 7932: `x`, `length` times (22,594 to 16,777,216), by one insert command with codes of no bits.
pub fn brotli(length: u64) -> Vec<u8> {
    let mut bits = Bits::default();
    bits.put(0, 1); // window of 64 KiB
    bits.put(0b01, 2); // the last metablock, not empty
    // Its length, without needless nibbles.
    let nibbles = (4..6).find(|nibbles| (length - 1) >> (nibbles * 4) == 0).unwrap_or(6);
    bits.put(u64::from(nibbles - 4), 2);
    bits.put(length - 1, nibbles * 4);
    bits.put(0, 3); // one block type each of literals, commands, distances
    bits.put(0, 6); // no postfix bits, no direct distances
    bits.put(0, 2); // context mode
    bits.put(0, 2); // one literal tree, one distance tree
    for (symbol, width) in [(u64::from(b'x'), 8), (504, 10), (0, 6)] {
        bits.put(0b0001, 4); // a simple code of one symbol
        bits.put(symbol, width);
    }
    bits.put(length - 22_594, 24); // insert code 23
    bits.bytes
}

/// RFC 8878: `x`, 128 KiB for each of `blocks`.
pub fn zstd(blocks: usize) -> Vec<u8> {
    let mut out = vec![0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38];
    for block in 1..=blocks {
        let last = u32::from(block == blocks);
        let header: u32 = last | 1 << 1 | (128 << 10) << 3; // a run
        out.extend(&header.to_le_bytes()[..3]);
        out.push(b'x');
    }
    out
}
