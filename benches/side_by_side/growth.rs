//! How our own figures grow with the library and with the feeds: what was measured at several sizes, side by side, and the
//! exponent from each size to the next (1 is in proportion, 0 is not at all).

use crate::programs::Kind;
use crate::table::{Row, number};

/// Rows of the same name but for the number at its end, as a table in Markdown; none of what was measured once.
pub(crate) fn lines(rows: &[Row]) -> Vec<String> {
    let mut lines = vec!["| what | size: figure | exponents |".to_owned(), "|---|---|---|".to_owned()];
    let mut told: Vec<&str> = Vec::new();
    for (name, row) in rows.iter().filter_map(|row| Some((series(&row.what)?.0, row))) {
        if told.contains(&name) {
            continue;
        }
        told.push(name);
        let mut points: Vec<(f64, f64)> = rows
            .iter()
            .filter_map(|row| series(&row.what).filter(|(its, _)| *its == name).map(|(_, size)| (size, row)))
            .filter_map(|(size, row)| Some((size, row.of(Kind::Tidings)?)))
            .collect();
        points.sort_by(|one, other| one.0.total_cmp(&other.0));
        if points.len() < 2 {
            continue;
        }
        let figures: Vec<String> = points.iter().map(|(size, figure)| format!("{size}: {}", number(*figure))).collect();
        let exponents: Vec<String> = points.windows(2).filter_map(exponent).map(|e| format!("{e:.2}")).collect();
        lines.push(format!("| {name}, {} | {} | {} |", row.unit, figures.join(", "), exponents.join(", ")));
    }
    lines
}

/// The name of a row without the number at its end, and that number.
fn series(what: &str) -> Option<(&str, f64)> {
    let (name, size) = what.rsplit_once(' ')?;
    Some((name, size.parse().ok()?))
}

/// By which power of the size the figure grew between two of them.
fn exponent(points: &[(f64, f64)]) -> Option<f64> {
    let [(size, figure), (larger, its)] = points else { return None };
    let power = (its / figure).ln() / (larger / size).ln();
    power.is_finite().then_some(power)
}
