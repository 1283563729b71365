//! Running text as Markdown: emphasis where its marks are sure to be seen as such, links, code.

use super::escape::{self, Edge};
use crate::document::blocks::{Link, Span, Style};

/// Where running text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Lines of its own; forced breaks are backslashes.
    Paragraph,
    /// One line.
    Heading,
    /// One line, where bars end the text; forced breaks are `<br>`.
    Cell,
}

/// The spans as Markdown.
pub(super) fn spans(spans: &[Span], links: &[Link], place: Place) -> String {
    write(spans, links, place, Style::default())
}

/// The spans as Markdown, in bold.
pub(super) fn bold(spans: &[Span], links: &[Link]) -> String {
    write(spans, links, Place::Paragraph, Style::BOLD)
}

fn write(spans: &[Span], links: &[Link], place: Place, style: Style) -> String {
    let mut text = Inline { out: String::new(), place, begins: true };
    let mut at = 0;
    while let Some(span) = spans.get(at) {
        let link = span.link.and_then(|link| links.get(link));
        let end = match link {
            Some(_) => {
                at + spans[at..].iter().take_while(|other| other.link == span.link && !other.is_line_break()).count()
            }
            None => at + 1,
        };
        if span.is_line_break() {
            text.line_break(spans.get(at + 1).is_some());
            at += 1;
            continue;
        }
        let after = spans.get(end);
        match link {
            Some(link) => text.link(&spans[at..end], link, style),
            None => text.span(span, style, next_char(after)),
        }
        at = end;
    }
    text.out.truncate(text.out.trim_end_matches([' ', '\n']).len());
    if place == Place::Paragraph { escape::numbers(&text.out) } else { text.out }
}

/// What follows a span on its line.
fn next_char(after: Option<&Span>) -> Option<char> {
    let after = after.filter(|after| !after.is_line_break())?;
    if after.link.is_some() { Some('[') } else { after.text.chars().next() }
}

struct Inline {
    out: String,
    place: Place,
    /// A line begins.
    begins: bool,
}

impl Inline {
    fn line_break(&mut self, more: bool) {
        self.out.truncate(self.out.trim_end_matches(' ').len());
        match self.place {
            Place::Paragraph if more && !self.begins => {
                self.out.push_str("\\\n");
                self.begins = true;
            }
            Place::Paragraph => {}
            Place::Heading => self.out.push(' '),
            Place::Cell => self.out.push_str("<br>"),
        }
    }

    fn link(&mut self, spans: &[Span], link: &Link, style: Style) {
        // Without emphasis around it, a link's marks have nothing to be mistaken for.
        self.out.push('[');
        self.begins = false;
        for (at, span) in spans.iter().enumerate() {
            let next = spans.get(at + 1).map_or(Some(']'), |next| next.text.chars().next());
            self.span(span, style, next);
        }
        self.out.push_str("](");
        self.out.push_str(&escape::address(&link.url));
        self.out.push(')');
    }

    fn span(&mut self, span: &Span, style: Style, after: Option<char>) {
        let style = span.style.and(style);
        let text = &*span.text;
        let inner = text.trim();
        if inner.is_empty() {
            return self.gap(!text.is_empty());
        }
        let (lead, trail) = (text.len() > text.trim_start().len(), text.len() > text.trim_end().len());
        self.gap(lead);
        let after = if trail { Some(' ') } else { after };
        let in_table = self.place == Place::Cell;
        // A bracket with a colon would make a link's definition of the line, code or not.
        let as_code = style.code && !(in_table && inner.contains('|')) && !inner.contains("]:");
        let marks = marks(style);
        let before = self.out.chars().next_back().filter(|c| *c != '\n');
        if !marks.is_empty() && flanks(before, inner, after, as_code || is_stacked(&marks)) {
            let edge =
                Edge { line_start: false, before: marks.chars().next_back(), after: marks.chars().next(), in_table };
            let text = if as_code { escape::code(inner) } else { escape::text(inner, edge) };
            let back: String = marks.chars().rev().collect();
            self.out.extend([&*marks, &*text, &*back]);
        } else if as_code && before != Some('`') && after != Some('`') {
            self.out.push_str(&escape::code(inner));
        } else {
            // Only the first line of all could begin with a mark; in a cell or a heading nothing does.
            let line_start = self.begins && self.place == Place::Paragraph;
            self.out.push_str(&escape::text(inner, Edge { line_start, before, after, in_table }));
        }
        self.begins = false;
        self.gap(trail);
    }

    /// A space, where there is none and none would begin a line.
    fn gap(&mut self, wanted: bool) {
        if wanted && !self.begins && !self.out.ends_with(' ') && !self.out.is_empty() {
            self.out.push(' ');
        }
    }
}

/// The marks of emphasis, the outer ones first.
fn marks(style: Style) -> String {
    let mut marks = String::new();
    for (on, mark) in [(style.struck, "~~"), (style.bold, "**"), (style.italic, "*")] {
        if on {
            marks.push_str(mark);
        }
    }
    marks
}

/// Whether the outer of the marks stand beside other marks, not beside the text.
fn is_stacked(marks: &str) -> bool {
    marks.contains('~') && marks.contains('*')
}

/// Whether marks around `text` are sure to be read as marks (CommonMark 6.2, left- and right-flanking runs). What Unicode
/// counts as punctuation is not known here, so that in doubt there is no emphasis. `covered`: between the outer marks and
/// the text stands punctuation.
fn flanks(before: Option<char>, text: &str, after: Option<char>, covered: bool) -> bool {
    let parts = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
    // Marks that touch other marks make longer runs.
    let touches = |c: Option<char>| matches!(c, Some('*' | '~' | '`' | '\\'));
    let inner =
        |c: Option<char>, outer: Option<char>| parts(outer) || (!covered && c.is_some_and(char::is_alphanumeric));
    !touches(before) && !touches(after) && inner(text.chars().next(), before) && inner(text.chars().next_back(), after)
}
