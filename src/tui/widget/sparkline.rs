//! Numbers over time in one line of characters.

use crate::tui::glyphs::Glyphs;

/// The numbers in at most `columns` columns; where there are more numbers, each column is the sum of several.
#[must_use]
pub fn sparkline(numbers: &[u32], columns: usize, glyphs: &Glyphs) -> String {
    let each = numbers.len().div_ceil(columns.max(1)).max(1);
    let sums: Vec<u64> = numbers.chunks(each).map(|part| part.iter().map(|n| u64::from(*n)).sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0).max(1);
    let highest = glyphs.steps.len() as u64 - 1;
    // What is more than nothing is seen to be more than nothing.
    let step = |sum: u64| (sum * highest).div_ceil(most);
    sums.into_iter().filter_map(|sum| glyphs.steps.get(usize::try_from(step(sum)).ok()?)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_more_than_nothing_and_the_most_is_the_highest() {
        let glyphs = Glyphs::new(false);
        assert_eq!(sparkline(&[0, 1, 50, 100], 10, &glyphs), "▁▂▅█");
        assert_eq!(sparkline(&[0, 0], 10, &glyphs), "▁▁");
        assert_eq!(sparkline(&[1, 1, 0, 0, 4, 0], 3, &glyphs), "▅▁█", "pairs are added");
        assert_eq!(sparkline(&[], 3, &glyphs), "");
        assert_eq!(sparkline(&[u32::MAX; 90], 30, &Glyphs::new(true)).len(), 30);
    }
}
