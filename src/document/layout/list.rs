//! Lists: a mark or a number at the left of each item, and its text hanging beside it; terms with their text below.

use super::flow::Flow;
use super::{LineKind, Page, lay_blocks};
use crate::document::blocks::{Block, Definition, Span, Style};
use crate::document::numbering::Numbering;
use crate::text::width;

/// Columns of the indent below a term.
const INDENT: &str = "  ";

/// Lays a list out.
pub(super) fn lay_list(page: &mut Page<'_>, numbering: Option<&Numbering>, items: &[Vec<Block>]) {
    let labels: Vec<String> = (0..items.len())
        .take(page.lines_left())
        .map(|index| match numbering {
            Some(numbering) => numbering.label(index),
            None => if page.ascii { "*" } else { "•" }.to_owned(),
        })
        .collect();
    let columns = labels.iter().map(|label| width(label)).max().unwrap_or(0);
    let outer = page.tight;
    let tight = items.iter().all(|item| item.iter().filter(|block| !matches!(block, Block::List { .. })).count() <= 1);
    for (index, (item, label)) in items.iter().zip(labels).enumerate() {
        if page.is_full() {
            break;
        }
        if index > 0 && !tight {
            page.blank();
        }
        let first = format!("{}{label} ", " ".repeat(columns - width(&label)));
        let rest = " ".repeat(columns + 1);
        // Where there is no room for a mark at the left, it stands on a line of its own.
        let mark = Span::styled(first, Style::default());
        let pushed = page.push_prefix(mark.clone(), Span::styled(rest, Style::default()));
        if !pushed && numbering.is_some() {
            page.write(&Flow::new(&[Span::styled(mark.text.trim(), Style::default())], Style::default()), None);
        }
        page.tight = tight;
        lay_blocks(page, item);
        page.tight = outer;
        page.pop_prefix(pushed);
    }
}

/// Lays terms out, each with what it means below it.
pub(super) fn lay_definitions(page: &mut Page<'_>, list: &[Definition]) {
    let outer = page.tight;
    let tight = list.iter().all(|definition| definition.text.len() <= 1);
    for (index, definition) in list.iter().enumerate() {
        if index > 0 && !tight {
            page.blank();
        }
        for term in &definition.terms {
            page.write(&Flow::new(term, Style::BOLD), Some(LineKind::Text));
        }
        let indent = Span::styled(INDENT, Style::default());
        let pushed = page.push_prefix(indent.clone(), indent);
        page.tight = true;
        if let Some((first, rest)) = definition.text.split_first() {
            lay_blocks(page, std::slice::from_ref(first));
            page.tight = tight;
            lay_blocks(page, rest);
        }
        page.tight = outer;
        page.pop_prefix(pushed);
    }
}
