//! Lists in brackets: new elements in the shape the list has.

use std::fmt::Write;

use toml::Spanned;
use toml::de::DeValue;

use super::text::Source;

/// The text with new elements at the end of `list`: on lines of their own where it has several lines.
pub(super) fn appended(source: &Source<'_>, list: &Spanned<DeValue<'_>>, new: Vec<String>) -> String {
    let list_span = list.span();
    let tail = list.get_ref().as_array().and_then(|array| array.iter().last());
    let after = tail.map_or(list_span.start + 1, |tail| tail.span().end);
    let rest = &source.text[after..list_span.end];
    let comma = place_of_comma(rest).map(|at| after + at + 1);
    if !source.text[list_span.clone()].contains('\n') {
        let at = comma.unwrap_or(after);
        let lead = match (tail, comma) {
            (None, _) => "",
            (Some(_), Some(_)) => " ",
            (Some(_), None) => ", ",
        };
        return source.spliced(vec![(at..at, format!("{lead}{}", new.join(", ")))]);
    }
    let indent = tail.map_or("    ", |tail| source.indent(tail.span().start));
    let mut lines = String::new();
    for element in new {
        // Writing into a String cannot fail.
        let _ = write!(lines, "{}{indent}{element},", source.newline);
    }
    let line_end = source.line_end(comma.unwrap_or(after));
    // The bracket may close on the line of the last element.
    let at = if line_end >= list_span.end { list_span.end - 1 } else { line_end };
    let mut parts = vec![(at..at, lines)];
    if comma.is_none() && tail.is_some() {
        parts.insert(0, (after..after, ",".to_owned()));
    }
    source.spliced(parts)
}

/// The comma in what follows an element, comments left aside.
pub(super) fn place_of_comma(rest: &str) -> Option<usize> {
    let mut at = 0;
    for line in rest.split_inclusive('\n') {
        let code = line.split('#').next().unwrap_or_default();
        if let Some(comma) = code.find(',') {
            return Some(at + comma);
        }
        at += line.len();
    }
    None
}
