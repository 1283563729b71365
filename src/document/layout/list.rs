//! Lists: a mark or a number at the left of each item, and its text hanging beside it.

use super::{Page, lay_blocks};
use crate::document::blocks::{Block, Span, Style};

/// Lays a list out; `start` is the first number of a numbered one.
pub(super) fn lay_list(page: &mut Page<'_>, start: Option<i64>, items: &[Vec<Block>]) {
    let number = |index: usize| start.map(|start| start.saturating_add(i64::try_from(index).unwrap_or(i64::MAX)));
    let digits = [0, items.len().saturating_sub(1)]
        .into_iter()
        .filter_map(number)
        .map(|number| number.to_string().len())
        .max()
        .unwrap_or(0);
    let mark = if page.ascii { "* " } else { "• " };
    let outer = page.tight;
    let tight = items.iter().all(|item| item.iter().filter(|block| !matches!(block, Block::List { .. })).count() <= 1);
    for (index, item) in items.iter().enumerate() {
        if page.is_full() {
            break;
        }
        if index > 0 && !tight {
            page.blank();
        }
        let first = number(index).map_or_else(|| mark.to_owned(), |number| format!("{number:>digits$}. "));
        let rest = " ".repeat(crate::text::width(&first));
        let pushed = page.push_prefix(Span::styled(first, Style::default()), Span::styled(rest, Style::default()));
        page.tight = tight;
        lay_blocks(page, item);
        page.tight = outer;
        page.pop_prefix(pushed);
    }
}
