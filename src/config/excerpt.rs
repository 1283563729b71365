//! The line of the config that a fault is about, fit to be shown: short, without controls, and without its secrets.

/// Characters shown before the fault in a line that is long, and after it in any.
const BEFORE: usize = 60;
const AFTER: usize = 80;
/// A longer line, in bytes, was written by no hand and is not shown.
const LONGEST: usize = 4_096;

/// The line of `text` that begins at byte `start`, and a caret under its `column` (1-based, in characters).
pub(super) fn excerpt(text: &str, start: usize, column: usize) -> String {
    let (above, here) = text.split_at_checked(start).unwrap_or_default();
    let line = here.lines().next().filter(|line| line.len() <= LONGEST).unwrap_or_default();
    let mut line: Vec<char> = line.chars().filter(|c| *c != '\u{feff}').collect();
    star_out_secrets(&mut line, in_headers(above));
    let at = column.saturating_sub(1);
    let first = if at > BEFORE + AFTER { at - BEFORE } else { 0 };
    let dots = if first > 0 { "..." } else { "" };
    // Tabs as one column, so that the caret stands right; other control characters never reach a terminal.
    let plain = |c: &char| if c.is_control() { ' ' } else { *c };
    let shown: String = line.iter().skip(first).map(plain).take(at - first + AFTER).collect();
    if shown.trim().is_empty() {
        return String::new();
    }
    format!("    {dots}{}\n    {}^", shown.trim_end(), " ".repeat(at - first + dots.len()))
}

/// Whether what follows stands in a table of request headers, which carry keys.
fn in_headers(above: &str) -> bool {
    above.lines().rev().find(|line| line.trim_start().starts_with('[')).is_some_and(|line| line.contains("headers"))
}

/// Stars in the place of what headers, the user's part of an address and its query say; as many, so that columns stay.
fn star_out_secrets(line: &mut [char], in_headers: bool) {
    let text: String = line.iter().collect();
    let headers = text.find("headers").map(|byte| text[..byte].chars().count());
    if let Some(from) = headers.or(in_headers.then_some(0))
        && let Some(equals) = line[from..].iter().position(|c| *c == '=')
    {
        // The sign and the quote stay, so that what is missing there can be seen.
        for c in line[from + equals..].iter_mut().filter(|c| c.is_alphanumeric()) {
            *c = '*';
        }
    }
    let mut from = 0;
    while let Some(found) = line[from..].windows(3).position(|three| three == [':', '/', '/']) {
        let address = from + found + 3;
        let ends = |c: &char| matches!(c, '"' | '\'' | ' ' | '\t' | ',');
        let end = line[address..].iter().position(ends).map_or(line.len(), |length| address + length);
        let host = line[address..end].iter().position(|c| matches!(c, '/' | '?' | '#')).map_or(end, |n| address + n);
        if let Some(user) = line[address..host].iter().rposition(|c| *c == '@') {
            line[address..address + user].fill('*');
        }
        if let Some(query) = line[address..end].iter().position(|c| *c == '?') {
            line[address + query + 1..end].fill('*');
        }
        from = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str, column: usize) -> String {
        excerpt(line, 0, column)
    }

    #[test]
    fn the_caret_stands_under_the_column_in_short_and_in_long_lines() {
        assert_eq!(of("mose = true", 1), "    mose = true\n    ^");
        assert_eq!(of("a\t= \u{1b}7", 5), "    a =  7\n        ^");
        let long = format!("x = [{}oops]", "1,".repeat(500));
        let shown = of(&long, 1006);
        let (line, caret) = shown.split_once('\n').expect("two lines");
        assert!(line.starts_with("    ...1,1") && line.ends_with("oops]"), "{line}");
        assert_eq!(line.chars().nth(caret.chars().count() - 1), Some('o'), "{shown}");
        assert!(line.chars().count() < 160, "{line}");
        assert_eq!(excerpt("", 0, 1), "");
        assert_eq!(excerpt("x", 99, 1), "", "a place that is not there");
    }

    #[test]
    fn secrets_are_not_shown() {
        let line = of("url = \"https://me:geheim@quay.example/feed?token=geheim\"", 7);
        assert!(!line.contains("geheim") && line.contains("@quay.example/feed?***"), "{line}");
        let line = of("feeds = [{ url = \"x\", headers = { X-Key = \"geheim\" } }]", 1);
        assert!(!line.contains("geheim") && line.contains("url = \"x\""), "{line}");
        let text = "[feeds.headers]\n# two of them\nX-Key = \"geh\u{e9}im\"\n";
        let line = excerpt(text, text.find("X-Key").expect("it is there"), 9);
        assert!(line.contains("X-Key = \"******\""), "{line}");
        assert_eq!(of("name = \"a://b, c://d@e/\"", 1).lines().next(), Some("    name = \"a://b, c://*@e/\""));
    }
}
