//! Tables: as wide as they are where there is room, then with narrower columns, then each row as lines of its own.

use super::flow::Flow;
use super::page::Page;
use crate::document::blocks::{Span, Style};
use crate::text::width;

/// A column gets at least the longest of its words, but no more than this for it.
const MAX_WORD: usize = 16;
/// Columns between two columns.
const GAP: usize = 3;

/// Lays a table out.
pub(super) fn lay_table(page: &mut Page<'_>, header: bool, rows: &[Vec<Vec<Span>>]) {
    let flow = |(at, row): (usize, &Vec<Vec<Span>>)| -> Vec<Flow> {
        let style = if header && at == 0 { Style::BOLD } else { Style::default() };
        row.iter().map(|cell| Flow::new(cell, style)).collect()
    };
    let cells: Vec<Vec<Flow>> = rows.iter().enumerate().map(flow).collect();
    match column_widths(&cells, page.room()) {
        Some(widths) => lay_grid(page, header, &cells, &widths),
        None => lay_stacked(page, header, rows, &cells),
    }
}

/// The width of each column; none when they do not fit beside each other.
fn column_widths(cells: &[Vec<Flow>], room: usize) -> Option<Vec<usize>> {
    let columns = cells.iter().map(Vec::len).max().filter(|columns| *columns > 0)?;
    let room = room.checked_sub(GAP * (columns - 1)).filter(|room| *room >= columns)?;
    let (mut natural, mut least) = (vec![1; columns], vec![1; columns]);
    for row in cells {
        for (at, cell) in row.iter().enumerate() {
            natural[at] = natural[at].max(cell.natural_width());
            least[at] = least[at].max(cell.longest_word().min(MAX_WORD));
        }
    }
    if natural.iter().sum::<usize>() <= room {
        return Some(natural);
    }
    let mut left = room.checked_sub(least.iter().sum())?;
    // Whoever needs least is served first; what is left is shared among the others.
    let mut order: Vec<usize> = (0..columns).collect();
    order.sort_by_key(|at| natural[*at].saturating_sub(least[*at]));
    let mut widths = least;
    for (served, at) in order.into_iter().enumerate() {
        let more = natural[at].saturating_sub(widths[at]).min(left / (columns - served));
        widths[at] += more;
        left -= more;
    }
    Some(widths)
}

fn lay_grid(page: &mut Page<'_>, header: bool, cells: &[Vec<Flow>], widths: &[usize]) {
    let (bar, rule, cross) = if page.ascii { (" | ", "-", "-+-") } else { (" │ ", "─", "─┼─") };
    let body = &cells[usize::from(header).min(cells.len())..];
    let is_number = |at: usize| {
        let mut filled = body.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty()).peekable();
        filled.peek().is_some() && filled.all(Flow::is_number)
    };
    let right: Vec<bool> = (0..widths.len()).map(is_number).collect();
    for (row, flows) in cells.iter().enumerate() {
        if page.is_full() {
            return;
        }
        let most = page.lines_left();
        let mut columns: Vec<std::vec::IntoIter<Vec<Span>>> = widths
            .iter()
            .enumerate()
            .map(|(at, wide)| flows.get(at).map_or_else(Vec::new, |flow| flow.lines(*wide, most)).into_iter())
            .collect();
        while columns.iter().any(|lines| lines.len() > 0) && !page.is_full() {
            let mut line = Vec::new();
            for (at, lines) in columns.iter_mut().enumerate() {
                if at > 0 {
                    line.push(Span::styled(bar, Style::DIM));
                }
                let spans = lines.next().unwrap_or_default();
                let taken: usize = spans.iter().map(|span| width(&span.text)).sum();
                let fill = Span::styled(" ".repeat(widths[at].saturating_sub(taken)), Style::default());
                if right[at] {
                    line.push(fill);
                    line.extend(spans);
                } else {
                    line.extend(spans);
                    if at + 1 < widths.len() {
                        line.push(fill);
                    }
                }
            }
            line.retain(|span| !span.text.is_empty());
            page.put(line, None);
        }
        if header && row == 0 {
            let parts: Vec<String> = widths.iter().map(|wide| rule.repeat(*wide)).collect();
            page.put(vec![Span::styled(parts.join(cross), Style::DIM)], None);
        }
    }
}

/// Each row as lines `header: value`. Without a header, a table of two columns has its headers at the left.
fn lay_stacked(page: &mut Page<'_>, header: bool, rows: &[Vec<Vec<Span>>], cells: &[Vec<Flow>]) {
    let pairs = !header && cells.iter().all(|row| row.len() <= 2);
    for (at, row) in rows.iter().enumerate().skip(usize::from(header)) {
        if at > usize::from(header) && !pairs {
            page.blank();
        }
        if pairs {
            lay_value(page, row.first(), row.get(1));
            continue;
        }
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let name = if header { rows.first().and_then(|names| names.get(column)) } else { None };
            lay_value(page, name, Some(cell));
        }
    }
}

fn lay_value(page: &mut Page<'_>, name: Option<&Vec<Span>>, value: Option<&Vec<Span>>) {
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
