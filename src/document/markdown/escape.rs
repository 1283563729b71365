//! Foreign text made harmless in Markdown (CommonMark 0.31, sections 2.4 and 2.5).

/// What stands around a text where it goes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// It begins a line.
    pub(super) line_start: bool,
    /// The character before, if any on the line.
    pub(super) before: Option<char>,
    /// The character that follows.
    pub(super) after: Option<char>,
    /// A bar would end a table's cell.
    pub(super) in_table: bool,
}

impl Edge {
    /// A line of its own.
    pub(super) const LINE: Self = Self { line_start: true, before: None, after: None, in_table: false };
}

/// The text with a backslash before whatever would be markup. White space is collapsed, as Markdown would.
pub(super) fn text(text: &str, edge: Edge) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut before = edge.before;
    let mut chars = text.chars().peekable();
    if edge.line_start {
        out.push_str(&line_start(text));
        // What it wrote is done with.
        let done = out.chars().filter(|c| *c != '\\').count();
        for _ in 0..done {
            before = chars.next();
        }
    }
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().or(edge.after);
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let escaped = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => !(is_word(before) && is_word(next)),
            '&' => may_be_reference(chars.clone()),
            // Before a link it would make a picture of it.
            '!' => chars.peek().is_none() && edge.after == Some('['),
            '|' => edge.in_table,
            '#' => chars.peek().is_none() && edge.after.is_none(),
            _ => false,
        };
        if escaped {
            out.push('\\');
        }
        match c {
            '\n' | '\t' | '\r' => out.push(' '),
            _ => out.push(c),
        }
        before = Some(c);
    }
    out
}

/// Whether what follows `&` makes a character reference of it, or may with what follows the text.
fn may_be_reference(mut rest: impl Iterator<Item = char>) -> bool {
    rest.find(|c| !c.is_ascii_alphanumeric() && *c != '#').is_none_or(|end| end == ';')
}

/// The beginning of a line, escaped, when it would be the mark of a heading, quote, list, rule or table.
fn line_start(text: &str) -> String {
    let ends = |rest: &str| rest.chars().next().is_none_or(char::is_whitespace);
    let digits: String = text.chars().take_while(char::is_ascii_digit).take(10).collect();
    match text.chars().next() {
        Some(c @ ('#' | '>' | '=' | '|' | '-' | '+' | ':')) => {
            let rest = &text[1..];
            let run = rest.trim_start_matches(c);
            let is_mark = match c {
                '#' | '-' | '+' => ends(run) || ends(rest) || run.starts_with(['|', ':']),
                ':' => rest.starts_with('-'),
                _ => true,
            };
            if is_mark { format!("\\{c}") } else { String::new() }
        }
        Some(c) if c.is_ascii_digit() && digits.len() < 10 => {
            let rest = &text[digits.len()..];
            match rest.chars().next() {
                Some(mark @ ('.' | ')')) if ends(&rest[1..]) => format!("{digits}\\{mark}"),
                _ => String::new(),
            }
        }
        _ => String::new(),
    }
}

/// Finished lines, where a number that several texts make together would be a list's.
pub(super) fn numbers(lines: &str) -> String {
    let escaped = |line: &str| {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        match (digits, line_start(line)) {
            (1.., start) if !start.is_empty() => start + &line[digits + 1..],
            _ => line.to_owned(),
        }
    };
    lines.split('\n').map(escaped).collect::<Vec<_>>().join("\n")
}

/// Text as code.
pub(super) fn code(text: &str) -> String {
    let text = text.replace(['\n', '\t', '\r'], " ");
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let blank = text.trim_matches(' ').is_empty();
    let pad = if !blank && (text.starts_with(['`', ' ']) || text.ends_with(['`', ' '])) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The length of the longest run of a character.
pub(super) fn longest_run(text: &str, sought: char) -> usize {
    let (mut longest, mut run) = (0, 0);
    for c in text.chars() {
        run = if c == sought { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    longest
}

/// An address as the target of a link: a serialised URL has no spaces, and what would end the target is percent-encoded.
pub(super) fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let has_reference = url.contains('&') && url.contains(';');
    for c in url.chars() {
        match c {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '|' => out.push_str("%7C"),
            '\\' => out.push_str("%5C"),
            '`' => out.push_str("%60"),
            '*' => out.push_str("%2A"),
            ' ' => out.push_str("%20"),
            // A reference such as `&lt;` would be resolved.
            '&' if has_reference => out.push_str("&amp;"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
