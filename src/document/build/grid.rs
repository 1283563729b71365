//! A table while it is read: rows, cells that span, and the question whether it is a table at all.

use crate::document::blocks::{Block, Cell, Span, Style, Table};
use crate::document::flatten::flatten;

/// Most columns of a table (THREATS R6).
pub(super) const MAX_COLUMNS: usize = 200;
/// Most rows that a cell spans.
const MAX_ROW_SPAN: usize = 1_000;

/// Most places at the ends of rows that are kept for the cells above that cover them.
const MAX_FILLED: usize = 10_000;

/// A cell while it is read.
#[derive(Debug, Default)]
struct Open {
    blocks: Vec<Block>,
    header: bool,
    /// So many columns; 0 for a place that another cell covers.
    columns: usize,
    /// The place is covered from above.
    above: bool,
}

/// A table that is open.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Open>>,
    /// Whether the last of `rows` takes more cells.
    row_open: bool,
    /// For each column, how many rows a cell from above still covers.
    covered: Vec<usize>,
    /// Whether rows that begin stand in `thead`.
    in_head: bool,
    /// How many rows stood in it.
    head: usize,
    /// How many places at the ends of rows were filled.
    filled: usize,
    /// `caption`
    pub(super) caption: Vec<Span>,
}

impl Grid {
    /// A group of rows begins; `head` when it is `thead`.
    pub(super) fn begin_group(&mut self, head: bool) {
        self.in_head = head && self.rows.len() == self.head;
    }

    /// A new row begins.
    pub(super) fn begin_row(&mut self) {
        self.row_open = true;
        let end = match self.rows.last() {
            Some(row) if row.is_empty() => return,
            Some(row) => row.len(),
            None => 0,
        };
        self.fill();
        self.covered.iter_mut().skip(end).for_each(|left| *left = left.saturating_sub(1));
        if self.in_head {
            self.head += 1;
        }
        self.rows.push(Vec::new());
    }

    /// Puts places that are covered from above at the end of the last row.
    fn fill(&mut self) {
        let Some(row) = self.rows.last_mut().filter(|row| !row.is_empty()) else { return };
        let covered = self.covered.iter().skip(row.len()).take_while(|left| **left > 0);
        let filled = covered.count().min(MAX_FILLED.saturating_sub(self.filled));
        self.filled += filled;
        row.extend(std::iter::repeat_with(|| Open { above: true, ..Open::default() }).take(filled));
    }

    /// The row ends.
    pub(super) fn end_row(&mut self) {
        self.row_open = false;
    }

    /// Whether the row that is open has no room for more cells beside those `coming`.
    pub(super) fn is_row_full(&self, coming: usize) -> bool {
        let taken = if self.row_open { self.rows.last().map_or(0, Vec::len) } else { 0 };
        taken.saturating_add(coming) >= MAX_COLUMNS
    }

    /// Adds a cell and gives the number of places that it took, those of the cells that it or others cover included.
    pub(super) fn add(&mut self, blocks: Vec<Block>, header: bool, columns: usize, rows: usize) -> usize {
        if !self.row_open {
            self.begin_row();
        }
        let Some(row) = self.rows.last_mut() else { return 0 };
        let before = row.len();
        while row.len() + 1 < MAX_COLUMNS
            && let Some(left) = self.covered.get_mut(row.len()).filter(|left| **left > 0)
        {
            *left -= 1;
            row.push(Open { above: true, ..Open::default() });
        }
        let first = row.len();
        let end = first.saturating_add(columns.max(1)).min(MAX_COLUMNS).max(first + 1);
        row.push(Open { blocks, header, columns: end - first, above: false });
        row.resize_with(end, Open::default);
        if self.covered.len() < end {
            self.covered.resize(end, 0);
        }
        // A span of 0 rows means all that follow; it counts as one, as nothing is written in covered places anyway.
        self.covered[first..end].fill(rows.clamp(1, MAX_ROW_SPAN) - 1);
        end - before
    }

    /// What came of it: a table, or its content in order when it only served to place things.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.fill();
        let is_full = |row: &Vec<Open>| row.iter().any(|cell| !cell.blocks.is_empty());
        let head = self.rows.iter().take(self.head).filter(|row| is_full(row)).count();
        self.rows.retain(is_full);
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let used: Vec<usize> = (0..columns)
            .filter(|at| self.rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.blocks.is_empty())))
            .collect();
        // A single row of long cells is two columns of prose.
        let prose = self.rows.len() == 1 && self.rows.iter().flatten().any(|cell| cell.blocks.len() > 1);
        let big = || self.rows.iter().flatten().flat_map(|cell| &cell.blocks).any(is_big);
        if used.len() < 2 || prose || big() || self.shows_pictures() {
            for span in &mut self.caption {
                span.style = span.style.and(Style::BOLD);
            }
            let caption = (!self.caption.is_empty()).then_some(Block::Paragraph(self.caption));
            return caption.into_iter().chain(self.rows.into_iter().flatten().flat_map(|cell| cell.blocks)).collect();
        }
        let header = match head.min(self.rows.len() - 1) {
            0 => usize::from(self.has_header_row()),
            head => head,
        };
        let rows = self.rows.into_iter().map(|row| places(row, &used)).collect();
        vec![Block::Table(Table { caption: self.caption, header, rows })]
    }
}

impl Grid {
    /// Whether half of its cells are pictures with nothing else: it is there to place them.
    fn shows_pictures(&self) -> bool {
        let cells = || self.rows.iter().flatten().filter(|cell| !cell.blocks.is_empty());
        let pictures = cells().filter(|cell| cell.blocks.iter().all(|block| matches!(block, Block::Figure(_)))).count();
        pictures > 0 && pictures * 2 >= cells().count()
    }

    /// Whether the first row is one of headers: of `th`, or of cells in bold over cells that are not.
    fn has_header_row(&self) -> bool {
        match self.rows.as_slice() {
            [first, second, ..] => {
                is_header(first)
                    || (is_bold(first) && !self.rows[1..].iter().any(|row| is_bold(row)) && second.len() > 1)
            }
            _ => false,
        }
    }
}

/// Whether all text of a row is bold, and more than one cell has some.
fn is_bold(row: &[Open]) -> bool {
    let text = |block: &Block| match block {
        Block::Paragraph(spans) => spans.iter().all(|span| span.style.bold || span.text.trim().is_empty()),
        Block::Heading(..) => true,
        _ => false,
    };
    let mut full = row.iter().filter(|cell| !cell.blocks.is_empty()).peekable();
    full.peek().is_some()
        && row.iter().filter(|cell| !cell.blocks.is_empty()).count() > 1
        && full.all(|cell| cell.blocks.iter().all(text))
}

fn is_header(row: &[Open]) -> bool {
    row.iter().any(|cell| cell.header) && row.iter().all(|cell| cell.header || cell.blocks.is_empty())
}

/// The cells of a row in the columns that are `used`.
fn places(row: Vec<Open>, used: &[usize]) -> Vec<Cell> {
    let mut cells: Vec<Option<Open>> = row.into_iter().map(Some).collect();
    let place = |at: &usize| {
        let open = cells.get_mut(*at).and_then(Option::take).unwrap_or_default();
        let end = at.saturating_add(open.columns);
        let columns = used.iter().filter(|other| *other >= at && **other < end).count();
        Cell { spans: flatten(open.blocks), columns: columns.max(1), above: open.above }
    };
    used.iter().map(place).collect()
}

/// What does not fit into a cell of text: where it occurs, the table is there for the page's layout.
fn is_big(block: &Block) -> bool {
    matches!(block, Block::Table(_) | Block::Quote(_) | Block::Code(_) | Block::Embed { .. } | Block::Heading(1..=3, _))
}
