//! Tables: as wide as they are where there is room, then with narrower columns, then each row as lines of its own.

use super::flow::Flow;
use super::page::Page;
use super::stack::lay_stacked;
use crate::document::blocks::{Cell, Span, Style, Table};
use crate::text::width;

/// A column gets at least the longest of its words, but no more than this for it.
const MAX_WORD: usize = 16;
/// Columns between two columns, with a rule and, where room is short, without.
const GAP: usize = 3;
const NARROW_GAP: usize = 1;

/// A cell that is about to be set.
struct Set {
    flow: Flow,
    /// How many columns of the table it takes.
    columns: usize,
}

/// Lays a table out.
pub(super) fn lay_table(page: &mut Page<'_>, table: &Table) {
    if !table.caption.is_empty() {
        page.write(&Flow::new(&table.caption, Style::BOLD), None);
    }
    let rows = table.rows.iter().enumerate();
    let cells: Vec<Vec<Set>> = rows.map(|(at, row)| set_row(row, at < table.header)).collect();
    let fitting = [GAP, NARROW_GAP]
        .into_iter()
        .find_map(|gap| column_widths(&cells, page.room(), gap).map(|widths| (gap, widths)));
    match fitting {
        Some((gap, widths)) => {
            let body = &cells[table.header.min(cells.len())..];
            Grid::new(page, gap, widths, body).lay(page, table.header, &cells);
        }
        None => lay_stacked(page, table),
    }
}

fn set_row(row: &[Cell], header: bool) -> Vec<Set> {
    let style = if header { Style::BOLD } else { Style::default() };
    let mut set: Vec<Set> = Vec::new();
    let mut at = 0;
    while let Some(cell) = row.get(at) {
        let columns = cell.columns.clamp(1, row.len() - at);
        // What stands in a place that is covered is not lost.
        let mut flow = Flow::new(&cell.spans, style);
        for covered in row[at + 1..at + columns].iter().filter(|covered| !covered.spans.is_empty()) {
            flow.push(if flow.is_empty() { "" } else { " " }, style, None);
            flow.push_all(&covered.spans, style);
        }
        set.push(Set { flow, columns });
        at += columns;
    }
    set
}

/// The width of each column; none when they do not fit beside each other.
fn column_widths(cells: &[Vec<Set>], room: usize, gap: usize) -> Option<Vec<usize>> {
    let columns = cells.iter().map(|row| row.iter().map(|cell| cell.columns).sum()).max().filter(|most| *most > 0)?;
    let room = room.checked_sub(gap * (columns - 1)).filter(|room| *room >= columns)?;
    let (mut natural, mut least) = (vec![1; columns], vec![1; columns]);
    for wide in [false, true] {
        for row in cells {
            let mut at = 0;
            for cell in row {
                let (words, all) = (cell.flow.longest_word().min(MAX_WORD), cell.flow.natural_width());
                if cell.columns == 1 {
                    natural[at] = natural[at].max(all);
                    least[at] = least[at].max(words);
                } else if wide {
                    // A cell over several columns widens the last of them, and only when together they are too narrow.
                    let (span, between) = (at..at + cell.columns, gap * (cell.columns - 1));
                    let lacks = |have: &[usize], need: usize| need.saturating_sub(have.iter().sum::<usize>() + between);
                    let more = lacks(&natural[span.clone()], all);
                    natural[span.end - 1] += more;
                    let more = lacks(&least[span.clone()], words);
                    least[span.end - 1] += more;
                }
                at += cell.columns;
            }
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

/// The columns of a table that fits.
struct Grid {
    widths: Vec<usize>,
    gap: usize,
    /// Columns of numbers are set to the right.
    right: Vec<bool>,
    bar: &'static str,
    rule: &'static str,
    cross: &'static str,
}

impl Grid {
    fn new(page: &Page<'_>, gap: usize, widths: Vec<usize>, body: &[Vec<Set>]) -> Self {
        let (bar, rule, cross) = match (gap, page.ascii) {
            (NARROW_GAP, true) => (" ", "-", " "),
            (NARROW_GAP, false) => (" ", "─", " "),
            (_, true) => (" | ", "-", "-+-"),
            (_, false) => (" │ ", "─", "─┼─"),
        };
        let (mut filled, mut words) = (vec![false; widths.len()], vec![false; widths.len()]);
        for row in body {
            let mut at = 0;
            for cell in row {
                if let Some(number) = cell.flow.is_number()
                    && cell.columns == 1
                {
                    filled[at] = true;
                    words[at] |= !number;
                }
                at += cell.columns;
            }
        }
        let right = filled.into_iter().zip(words).map(|(filled, words)| filled && !words).collect();
        Self { widths, gap, right, bar, rule, cross }
    }

    fn lay(&self, page: &mut Page<'_>, header: usize, cells: &[Vec<Set>]) {
        for (row, sets) in cells.iter().enumerate() {
            if page.is_full() {
                return;
            }
            self.lay_row(page, sets);
            if row + 1 == header {
                let parts: Vec<String> = self.widths.iter().map(|wide| self.rule.repeat(*wide)).collect();
                page.put(vec![Span::styled(parts.join(self.cross), Style::DIM)], None);
            }
        }
    }

    fn lay_row(&self, page: &mut Page<'_>, sets: &[Set]) {
        let most = page.lines_left();
        let mut at = 0;
        let mut columns = Vec::with_capacity(sets.len());
        for set in sets {
            let end = (at + set.columns).min(self.widths.len());
            let wide = self.widths[at..end].iter().sum::<usize>() + self.gap * (end - at).saturating_sub(1);
            let right = set.columns == 1 && self.right[at];
            columns.push((wide, right, set.flow.lines(wide, most).into_iter()));
            at = end;
        }
        while columns.iter().any(|(_, _, lines)| lines.len() > 0) && !page.is_full() {
            let mut line = Vec::new();
            let last = columns.len() - 1;
            for (at, (wide, right, lines)) in columns.iter_mut().enumerate() {
                if at > 0 {
                    line.push(Span::styled(self.bar, Style::DIM));
                }
                let spans = lines.next().unwrap_or_default();
                let taken: usize = spans.iter().map(|span| width(&span.text)).sum();
                let fill = Span::styled(" ".repeat(wide.saturating_sub(taken)), Style::default());
                if *right {
                    line.push(fill);
                    line.extend(spans);
                } else {
                    line.extend(spans);
                    if at < last {
                        line.push(fill);
                    }
                }
            }
            line.retain(|span| !span.text.is_empty());
            page.put(line, None);
        }
    }
}
