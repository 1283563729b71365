//! Tables as GFM has them: one header row, no spans.

use super::inline::{Place, bold, spans};
use super::writer::Writer;
use crate::document::blocks::{Cell, Link, Table};
use crate::document::layout::{is_no_number, is_number};

/// Writes a table. A table without a header gets an empty one; further header rows are rows.
pub(super) fn write(writer: &mut Writer, table: &Table, links: &[Link]) {
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    if !table.caption.is_empty() {
        writer.lines(&bold(&table.caption, links));
        writer.blank();
    }
    if columns == 0 {
        return;
    }
    let (head, body) = table.rows.split_at(usize::from(table.header > 0).min(table.rows.len()));
    row(writer, head.first().map_or(&[][..], Vec::as_slice), columns, links);
    let aligned: Vec<&str> = (0..columns).map(|at| if is_numbers(body, at) { "---:" } else { "---" }).collect();
    writer.line(&format!("| {} |", aligned.join(" | ")));
    for cells in body {
        row(writer, cells, columns, links);
    }
}

fn row(writer: &mut Writer, cells: &[Cell], columns: usize, links: &[Link]) {
    let texts: Vec<String> = (0..columns)
        .map(|at| cells.get(at).map(|cell| spans(&cell.spans, links, Place::Cell)).unwrap_or_default())
        .collect();
    writer.line(&format!("| {} |", texts.join(" | ")));
}

/// Whether a column has numbers and nothing else.
fn is_numbers(body: &[Vec<Cell>], at: usize) -> bool {
    let texts = body
        .iter()
        .filter_map(|row| row.get(at))
        .map(|cell| cell.spans.iter().map(|span| &*span.text).collect::<String>());
    let mut filled = texts.filter(|text| !is_no_number(text)).peekable();
    filled.peek().is_some() && filled.all(|text| is_number(&text))
}
