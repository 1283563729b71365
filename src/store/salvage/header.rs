//! The beginning of a damaged file, made readable: <https://www.sqlite.org/fileformat.html#the_database_header>.

use std::fs;
use std::path::Path;

use crate::store::StoreError;

/// How a file is made readable, from the gentlest way to the boldest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// As it lies there, but that its length is what its header says.
    AsItIs,
    /// The header is that of a new database; the rest of the first page, which says where the tables are, is its own.
    NewHeader,
    /// All pages that say where the tables are are those of a new database, whose tables begin where those of every one do.
    NewSchema,
}

/// Bytes of the header.
const HEADER: usize = 100;
/// Page sizes that a header may have begin here.
const SMALLEST: usize = 512;

/// Changes the copy `damaged` as `attempt` says; `model` is a new database of the same kind.
pub(super) fn prepare(damaged: &Path, attempt: Attempt, model: &Path) -> Result<(), StoreError> {
    let read = |path: &Path| fs::read(path).map_err(|error| StoreError::io("reading", path, &error));
    let (mut bytes, model) = (read(damaged)?, read(model)?);
    let page = page_size(&model).unwrap_or(4096);
    if bytes.len() < HEADER || model.len() < page {
        return Ok(());
    }
    let said = usize::try_from(be(&bytes, 28)).unwrap_or(0);
    match attempt {
        Attempt::AsItIs => {}
        Attempt::NewHeader => bytes[..HEADER].copy_from_slice(&model[..HEADER]),
        Attempt::NewSchema => {
            for from in schema_pages(&model, page) {
                let until = from + page;
                let whole = bytes.len().max(until);
                bytes.resize(whole, 0);
                bytes[from..until].copy_from_slice(&model[from..until]);
            }
        }
    }
    let page = page_size(&bytes).unwrap_or(page);
    // Whole pages, as many as there are or are said to be: a table that begins beyond the end would spoil all of them. No
    // free ones, which nobody needs; no log.
    let pages = bytes.len().div_ceil(page).max(said.min(bytes.len() / page * 8));
    bytes.resize(pages * page, 0);
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).to_be_bytes();
    bytes[18..20].copy_from_slice(&[1, 1]);
    let counter = [bytes[24], bytes[25], bytes[26], bytes[27]];
    bytes[28..32].copy_from_slice(&number(pages));
    bytes[32..40].fill(0);
    bytes[92..96].copy_from_slice(&counter);
    fs::write(damaged, bytes).map_err(|error| StoreError::io("writing", damaged, &error))
}

/// Four bytes as a number; 0 where there are none.
fn be(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map_or(0, u32::from_be_bytes)
}

/// Where the pages of the table of tables begin, which is rooted in the first page: that one and, where it only points to
/// others (type 5), those.
fn schema_pages(model: &[u8], page: usize) -> Vec<usize> {
    let mut begins = vec![0];
    if model.get(HEADER) == Some(&5) {
        let cells = usize::from(u16::from_be_bytes([model[HEADER + 3], model[HEADER + 4]]));
        let pointers = (0..cells).map(|cell| HEADER + 12 + cell * 2);
        let at = |pointer: usize| usize::from(u16::from_be_bytes([model[pointer], model[pointer + 1]]));
        let children = pointers.filter(|pointer| pointer + 1 < page).map(|pointer| be(model, at(pointer)));
        for child in children.chain([be(model, HEADER + 8)]) {
            begins.extend(usize::try_from(child).ok().and_then(|n| n.checked_sub(1)).map(|n| n.saturating_mul(page)));
        }
    }
    begins.retain(|begin| begin.saturating_add(page) <= model.len());
    begins
}

/// The page size that a header tells; none when it is none.
fn page_size(bytes: &[u8]) -> Option<usize> {
    let size = match usize::from(u16::from_be_bytes([*bytes.get(16)?, *bytes.get(17)?])) {
        1 => 65_536,
        size => size,
    };
    (size >= SMALLEST && size.is_power_of_two()).then_some(size)
}
