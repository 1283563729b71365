//! The texts of an article, packed into one column: the text without markup repeats the one with it, and both shrink to a
//! fifth (an article of 6.5 KB takes 1.3 KB), so that less is written, read and kept.

use std::borrow::Cow;
use std::cell::RefCell;
use std::io;

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, ffi};
use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::CParameter;

/// The level of compression; on articles the next two take longer and gain two parts of a hundred.
const LEVEL: i32 = 1;
/// Texts of so few bytes in all are kept as they are: compression gains nothing on them.
const SHORT: usize = 64;
/// What is longer once it is unpacked was not packed by us: articles are bounded far below.
const LONGEST: usize = 1 << 30;

/// What a column begins with: how it goes on.
const AS_IT_IS: u8 = 0;
const ZSTD: u8 = 1;
/// Then come the lengths of the first two texts, in bytes, as 4 bytes each (little endian).
const HEADER: usize = 9;

/// What the column holds of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Texts {
    /// Text without markup and without the title: what is indexed.
    pub(super) plain: String,
    /// HTML of the summary.
    pub(super) summary: String,
    /// HTML of the content.
    pub(super) content: String,
}

/// Packs texts. It holds some hundred kilobytes: one is made for all that arrive together.
pub(super) struct Packer(Compressor<'static>);

impl Packer {
    /// # Errors
    /// When there is no memory for it.
    pub(super) fn new() -> io::Result<Self> {
        let mut compressor = Compressor::new(LEVEL)?;
        // So that a damaged column is told from a sound one.
        compressor.set_parameter(CParameter::ChecksumFlag(true))?;
        Ok(Self(compressor))
    }

    /// The column of these texts; nothing where all are empty.
    ///
    /// # Errors
    /// When a text is longer than 4 GiB, or there is no memory.
    pub(super) fn pack(&mut self, plain: &str, summary: &str, content: &str) -> io::Result<Vec<u8>> {
        let whole = [plain, summary, content].concat();
        if whole.is_empty() {
            return Ok(Vec::new());
        }
        let packed = if whole.len() <= SHORT { None } else { Some(self.0.compress(whole.as_bytes())?) };
        let mut column = Vec::with_capacity(HEADER + packed.as_ref().map_or(whole.len(), Vec::len));
        column.push(if packed.is_some() { ZSTD } else { AS_IT_IS });
        for text in [plain, summary] {
            column.extend_from_slice(&u32::try_from(text.len()).map_err(io::Error::other)?.to_le_bytes());
        }
        column.extend_from_slice(packed.as_deref().unwrap_or(whole.as_bytes()));
        Ok(column)
    }
}

/// Room for texts of more bytes is given back at once.
const ROOM_KEPT: usize = 64 * 1024;

thread_local! {
    /// Of each thread that reads columns. None until it does, and where there was no memory for it.
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
    /// Where a thread unpacks what it copies from.
    static ROOM: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// What `take` takes of the text without markup of a column, the rest of which is not copied; nothing of a damaged one, which
/// is noted.
pub(super) fn of_plain(column: &[u8], take: impl FnOnce(&str) -> String) -> String {
    if column.is_empty() {
        return String::new();
    }
    ROOM.with_borrow_mut(|room| {
        let plain = plain_in(column, room);
        let taken = plain.map(take);
        if room.capacity() > ROOM_KEPT {
            *room = Vec::new();
        }
        taken.unwrap_or_else(|| {
            tracing::warn!(
                "the text of an article is not as it was written; `tidings doctor` tells how many there are"
            );
            String::new()
        })
    })
}

/// The text without markup of a column, unpacked into `room`.
fn plain_in<'r>(column: &'r [u8], room: &'r mut Vec<u8>) -> Option<&'r str> {
    let (header, packed) = column.split_at_checked(HEADER)?;
    let length = u32::from_le_bytes(header.get(1..5)?.try_into().ok()?);
    let whole = match *header.first()? {
        AS_IT_IS => packed,
        ZSTD => {
            decompress(packed, room)?;
            room
        }
        _ => return None,
    };
    std::str::from_utf8(whole.get(..usize::try_from(length).ok()?)?).ok()
}

/// The texts of a column.
///
/// # Errors
/// [`ffi::SQLITE_CORRUPT`] when it is not as it was written.
pub(super) fn unpack(column: &[u8]) -> rusqlite::Result<Texts> {
    if column.is_empty() {
        return Ok(Texts::default());
    }
    parts(column).ok_or_else(|| {
        let words = "the text of an article is not as it was written".to_owned();
        rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CORRUPT), Some(words))
    })
}

/// As [`unpack`], but of a damaged column nothing, which is noted: what reads many articles does not stop at one.
pub(super) fn unpack_or_none(column: &[u8]) -> Texts {
    unpack(column).unwrap_or_else(|error| {
        tracing::warn!(%error, "`tidings doctor` tells how many there are");
        Texts::default()
    })
}

fn parts(column: &[u8]) -> Option<Texts> {
    let (header, packed) = column.split_at_checked(HEADER)?;
    let length = |at: usize| {
        let bytes: [u8; 4] = header.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_le_bytes(bytes)).ok()
    };
    let (plain, summary) = (length(1)?, length(5)?);
    let whole = match *header.first()? {
        AS_IT_IS => packed.to_vec(),
        ZSTD => {
            let mut whole = Vec::new();
            decompress(packed, &mut whole)?;
            whole
        }
        _ => return None,
    };
    let mut text = String::from_utf8(whole).ok()?;
    let ends = plain.checked_add(summary).filter(|end| text.is_char_boundary(*end))?;
    let content = text.split_off(ends);
    let summary = text.is_char_boundary(plain).then(|| text.split_off(plain))?;
    text.shrink_to_fit();
    Some(Texts { plain: text, summary, content })
}

/// Unpacks into an emptied `whole`.
fn decompress(packed: &[u8], whole: &mut Vec<u8>) -> Option<()> {
    let bound = Decompressor::upper_bound(packed).filter(|bound| *bound <= LONGEST)?;
    whole.clear();
    whole.reserve_exact(bound);
    UNPACKER.with_borrow_mut(|unpacker| {
        if unpacker.is_none() {
            *unpacker = Decompressor::new().ok();
        }
        unpacker.as_mut()?.decompress_to_buffer(packed, whole).ok().map(drop)
    })
}

/// Lets SQL of this connection use columns of texts, which the tables and views of a library need:
///
/// - `plain_of(column)`: the text without markup; empty where the column is damaged, so that one article does not keep all
///   others out of the index;
/// - `is_sound(column)`: whether it can be unpacked;
/// - `pack_texts(plain, summary, content)`: such a column.
///
/// # Errors
/// When SQLite does not take them.
pub fn teach_texts(conn: &Connection) -> rusqlite::Result<()> {
    // Views use them, which is allowed to what does nothing but compute (<https://www.sqlite.org/c3ref/c_deterministic.html>).
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_INNOCUOUS;
    let column = |context: &Context<'_>| context.get_raw(0).as_blob().map(unpack);
    conn.create_scalar_function("plain_of", 1, flags, |context| {
        Ok(of_plain(context.get_raw(0).as_blob()?, str::to_owned))
    })?;
    conn.create_scalar_function("is_sound", 1, flags, move |context| Ok(column(context)?.is_ok()))?;
    let packer = RefCell::new(None);
    conn.create_scalar_function("pack_texts", 3, flags, move |context| {
        // What is not UTF-8, or missing in a damaged row, is still a row.
        let text = |at: usize| match context.get_raw(at) {
            ValueRef::Text(bytes) | ValueRef::Blob(bytes) => String::from_utf8_lossy(bytes),
            _ => Cow::Borrowed(""),
        };
        let failed = |error: io::Error| rusqlite::Error::UserFunctionError(error.into());
        let mut packer = packer.borrow_mut();
        let packer = match &mut *packer {
            Some(packer) => packer,
            none => none.insert(Packer::new().map_err(failed)?),
        };
        packer.pack(&text(0), &text(1), &text(2)).map_err(failed)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn packed(plain: &str, summary: &str, content: &str) -> Vec<u8> {
        Packer::new().unwrap().pack(plain, summary, content).unwrap()
    }

    #[test]
    fn texts_that_repeat_each_other_take_little_room() {
        let plain = "Berths in the invented port are full, and boxes wait for days. ".repeat(20);
        let content = format!("<p>{plain}</p>");
        let column = packed(&plain, "Berths are full.", &content);
        assert!(column.len() < plain.len() / 4, "{} bytes", column.len());
        assert!(packed("", "", "").is_empty());
        assert_eq!(packed("Łódź", "", "").len(), HEADER + "Łódź".len());
    }

    #[test]
    fn no_damaged_column_is_taken_for_a_text() {
        let plain = "Yard full. ".repeat(30);
        let column = packed(&plain, "Short", "<p>Long</p>");
        for at in 0..column.len() {
            let mut damaged = column.clone();
            damaged[at] ^= 0x10;
            // What shifts the borders between the texts, or is a bit without a meaning, is not noticed and loses nothing.
            if let Ok(Texts { plain: a, summary: b, content: c }) = unpack(&damaged) {
                assert_eq!([a, b, c].concat(), [&plain, "Short", "<p>Long</p>"].concat(), "byte {at}");
            }
            let whole = [&plain, "Short", "<p>Long</p>"].concat();
            assert!(whole.starts_with(&of_plain(&damaged, str::to_owned)), "byte {at}");
            assert!(unpack(&column[..at]).is_err() || at == 0, "{at} bytes of it");
            assert_eq!(of_plain(&column[..at], str::to_owned), "", "{at} bytes of it");
        }
    }

    #[test]
    fn sql_reads_and_writes_columns_and_survives_damaged_ones() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("PRAGMA trusted_schema = 0").unwrap();
        teach_texts(&conn).unwrap();
        let plain: String =
            conn.query_row("SELECT plain_of(pack_texts('Berth full', '<b>x</b>', ''))", [], |row| row.get(0)).unwrap();
        assert_eq!(plain, "Berth full");
        let of_damaged: (String, bool, bool) = conn
            .query_row("SELECT plain_of(x'0102'), is_sound(x'0102'), is_sound(x'')", [], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .unwrap();
        assert_eq!(of_damaged, (String::new(), false, true));
    }

    proptest! {
        #[test]
        fn every_text_comes_back(plain in "\\PC{0,90}", summary in "\\PC{0,60}", content in "(\\PC{0,20}){0,30}") {
            let column = packed(&plain, &summary, &content);
            prop_assert_eq!(of_plain(&column, str::to_owned), plain.clone());
            prop_assert_eq!(unpack(&column).unwrap(), Texts { plain, summary, content });
        }

        #[test]
        fn no_bytes_are_too_much(column in prop::collection::vec(any::<u8>(), 0..200)) {
            unpack(&column).ok();
            of_plain(&column, str::to_owned);
        }
    }
}
