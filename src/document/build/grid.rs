//! A table while it is read: rows, cells that span, and the question whether it is a table at all.

use crate::document::blocks::{Block, Span, Style, flatten};

/// Most columns of a table (THREATS R6).
pub(super) const MAX_COLUMNS: usize = 200;
/// Most rows that a cell spans.
const MAX_ROW_SPAN: usize = 1_000;

#[derive(Debug, Default)]
struct Cell {
    blocks: Vec<Block>,
    header: bool,
}

/// A table that is open.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<Cell>>,
    /// Whether the last of `rows` takes more cells.
    row_open: bool,
    /// For each column, how many rows a cell from above still covers.
    covered: Vec<usize>,
    /// Whether the first row stood in `thead`.
    head: bool,
    /// `caption`
    pub(super) caption: Vec<Span>,
}

impl Grid {
    /// `thead` begins.
    pub(super) fn begin_head(&mut self) {
        self.head |= self.rows.is_empty();
    }

    /// A new row begins.
    pub(super) fn begin_row(&mut self) {
        self.row_open = true;
        let end = match self.rows.last() {
            Some(row) if row.is_empty() => return,
            Some(row) => row.len(),
            None => 0,
        };
        self.covered.iter_mut().skip(end).for_each(|left| *left = left.saturating_sub(1));
        self.rows.push(Vec::new());
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
            row.push(Cell::default());
        }
        let first = row.len();
        row.push(Cell { blocks, header });
        let end = first.saturating_add(columns.max(1)).min(MAX_COLUMNS).max(first + 1);
        row.resize_with(end, Cell::default);
        if self.covered.len() < end {
            self.covered.resize(end, 0);
        }
        // A span of 0 rows means all that follow; it counts as one, as nothing is written in covered places anyway.
        self.covered[first..end].fill(rows.clamp(1, MAX_ROW_SPAN) - 1);
        end - before
    }

    /// What came of it: a table, or its content in order when it only served to place things.
    pub(super) fn finish(mut self) -> Vec<Block> {
        self.rows.retain(|row| row.iter().any(|cell| !cell.blocks.is_empty()));
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let used: Vec<usize> = (0..columns)
            .filter(|at| self.rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.blocks.is_empty())))
            .collect();
        let mut blocks = Vec::new();
        if !self.caption.is_empty() {
            for span in &mut self.caption {
                span.style = span.style.and(Style::BOLD);
            }
            blocks.push(Block::Paragraph(std::mem::take(&mut self.caption)));
        }
        // A single row of long cells is two columns of prose.
        let prose = self.rows.len() == 1 && self.rows.iter().flatten().any(|cell| cell.blocks.len() > 1);
        let big = || self.rows.iter().flatten().flat_map(|cell| &cell.blocks).any(is_big);
        let places_only = used.len() < 2 || prose || big();
        if places_only {
            blocks.extend(self.rows.into_iter().flatten().flat_map(|cell| cell.blocks));
            return blocks;
        }
        let header = self.rows.len() > 1
            && (self.head
                || self.rows.first().is_some_and(|row| {
                    row.iter().any(|cell| cell.header) && row.iter().all(|cell| cell.header || cell.blocks.is_empty())
                }));
        let rows = self.rows.into_iter().map(|row| {
            let mut cells: Vec<Option<Cell>> = row.into_iter().map(Some).collect();
            let take = |at: &usize| cells.get_mut(*at).and_then(Option::take).unwrap_or_default();
            used.iter().map(take).map(|cell| flatten(cell.blocks)).collect()
        });
        blocks.push(Block::Table { header, rows: rows.collect() });
        blocks
    }
}

/// What does not fit into a cell of text: where it occurs, the table is there for the page's layout.
fn is_big(block: &Block) -> bool {
    matches!(
        block,
        Block::Table { .. } | Block::Quote(_) | Block::Code(_) | Block::Embed { .. } | Block::Heading(1..=3, _)
    )
}
