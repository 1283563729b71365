//! The table of figures: a row a thing measured, a column a program, and the goal with how far it is.

use crate::programs::Kind;

/// What a figure of ours is held against.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// A number of its own.
    AtMost(f64),
    /// So many times what another program needs in the same run.
    Times(f64, Kind),
    /// So many times our own figure in an earlier row.
    TimesRow(f64, &'static str),
    /// Told beside the others, and wanted nowhere.
    None,
}

/// A thing measured.
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) unit: &'static str,
    pub(crate) goal: Goal,
    pub(crate) figures: Vec<(Kind, f64)>,
}

impl Row {
    /// What a program's figure is.
    pub(crate) fn of(&self, kind: Kind) -> Option<f64> {
        self.figures.iter().find(|(whose, _)| *whose == kind).map(|(_, figure)| *figure)
    }
}

/// The rows as a table in Markdown.
pub(crate) fn lines(rows: &[Row]) -> Vec<String> {
    const KINDS: [Kind; 4] = [Kind::Tidings, Kind::Newsboat, Kind::Sfeed, Kind::Floor];
    let head: Vec<&str> = KINDS.iter().map(|kind| kind.name()).collect();
    let mut lines = vec![
        format!("| what | {} | goal | reached |", head.join(" | ")),
        format!("|---|{}---|---|", "---|".repeat(KINDS.len())),
    ];
    for row in rows {
        let cells: Vec<String> =
            KINDS.iter().map(|kind| row.of(*kind).map_or_else(|| "-".to_owned(), number)).collect();
        let (goal, reached) = judged(row, rows);
        lines.push(format!("| {}, {} | {} | {goal} | {reached} |", row.what, row.unit, cells.join(" | ")));
    }
    lines
}

/// The goal in words, and how our figure stands to it.
fn judged(row: &Row, rows: &[Row]) -> (String, String) {
    let (bound, words) = match row.goal {
        Goal::None => return (String::new(), String::new()),
        Goal::AtMost(bound) => (Some(bound), format!("<= {}", number(bound))),
        Goal::Times(times, kind) => {
            (row.of(kind).map(|figure| figure * times), format!("<= {times} x {}", kind.name()))
        }
        Goal::TimesRow(times, what) => {
            let other = rows.iter().find(|other| other.what == what).and_then(|other| other.of(Kind::Tidings));
            (other.map(|figure| figure * times), format!("<= {times} x its own \"{what}\""))
        }
    };
    let reached = match (row.of(Kind::Tidings), bound) {
        (Some(figure), Some(bound)) if figure <= bound => format!("yes ({:.2} of it)", figure / bound),
        (Some(figure), Some(bound)) => format!("no: {:.2} times it", figure / bound),
        _ => "not measured here".to_owned(),
    };
    (words, reached)
}

/// Three figures that count.
pub(crate) fn number(figure: f64) -> String {
    match figure.abs() {
        size if size.is_nan() => "-".to_owned(),
        size if size >= 100.0 => format!("{figure:.0}"),
        size if size >= 10.0 => format!("{figure:.1}"),
        size if size >= 0.1 || size == 0.0 => format!("{figure:.2}"),
        _ => format!("{figure:.4}"),
    }
}
