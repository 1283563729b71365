//! A table that does not fit: each row as lines `header: value`.

use super::flow::Flow;
use super::page::Page;
use crate::document::blocks::{Cell, Span, Style, Table};

/// Between the parts of a header of several rows.
const JOINT: &str = ", ";

/// Lays each row out as lines. Without a header, a table of two columns has its headers at the left.
pub(super) fn lay_stacked(page: &mut Page<'_>, table: &Table) {
    let header = table.header.min(table.rows.len());
    let (head, body) = table.rows.split_at(header);
    let columns = table.rows.iter().map(Vec::len).max().unwrap_or(0);
    let names: Vec<Vec<Span>> = (0..columns).map(|at| name(head, at)).collect();
    let pairs = header == 0 && columns <= 2;
    // What a cell from above says holds for each row that it covers.
    let mut above: Vec<Option<&Cell>> = vec![None; columns];
    let mut said = vec![false; columns];
    for (at, row) in body.iter().enumerate() {
        if page.is_full() {
            return;
        }
        if at > 0 && !pairs {
            page.blank();
        }
        for (column, cell) in row.iter().enumerate() {
            if !cell.above {
                above[column] = Some(cell);
            }
        }
        if pairs {
            lay_value(page, row.first().map(|cell| &*cell.spans), row.get(1).map(|cell| &*cell.spans));
            continue;
        }
        for (column, cell) in row.iter().enumerate() {
            let cell = if cell.above && cell.spans.is_empty() { above[column].unwrap_or(cell) } else { cell };
            // A header over an empty column is told once.
            if !cell.spans.is_empty() || (at + 1 == body.len() && !said[column]) {
                said[column] = true;
                lay_value(page, names.get(column).map(Vec::as_slice), Some(&cell.spans));
            }
        }
        for (name, _) in names.iter().zip(&said).skip(row.len()).filter(|(_, said)| at + 1 == body.len() && !**said) {
            lay_value(page, Some(name), None);
        }
    }
    if body.is_empty() {
        for cell in head.iter().flatten() {
            lay_value(page, Some(&cell.spans), None);
        }
    }
}

/// What stands above a column, in all rows of the header.
fn name(head: &[Vec<Cell>], column: usize) -> Vec<Span> {
    let mut name: Vec<Span> = Vec::new();
    for row in head {
        let Some(cell) = covering(row, column).filter(|cell| !cell.spans.is_empty()) else { continue };
        if !name.is_empty() {
            name.push(Span::styled(JOINT, Style::default()));
        }
        name.extend(cell.spans.iter().filter(|span| !span.is_line_break()).cloned());
    }
    name
}

/// The cell of a row that stands at a column or covers it.
fn covering(row: &[Cell], column: usize) -> Option<&Cell> {
    let mut at = 0;
    loop {
        let cell = row.get(at)?;
        let end = at + cell.columns.max(1);
        if column < end {
            // A covered place may hold text all the same.
            return row.get(column).filter(|own| !own.spans.is_empty()).or(Some(cell));
        }
        at = end;
    }
}

fn lay_value(page: &mut Page<'_>, name: Option<&[Span]>, value: Option<&[Span]>) {
    let mut flow = Flow::default();
    let name = name.filter(|name| !name.is_empty());
    let value = value.filter(|value| !value.is_empty());
    if let Some(name) = name {
        flow.push_all(name, Style::DIM);
        flow.push(if value.is_some() { ": " } else { "" }, Style::DIM, None);
    }
    if let Some(value) = value {
        flow.push_all(value, Style::default());
    }
    if !flow.is_empty() {
        page.write(&flow, None);
    }
}
