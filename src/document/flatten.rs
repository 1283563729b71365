//! Blocks as one run of spans with forced breaks between them: for table cells and captions, which hold no blocks.

use super::blocks::{Block, Figure, Span, Style};

/// The spans of the blocks.
pub(super) fn flatten(blocks: Vec<Block>) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for block in blocks {
        join(&mut spans, one(block));
    }
    spans
}

/// Adds spans on a line of their own.
fn join(spans: &mut Vec<Span>, mut more: Vec<Span>) {
    if !spans.is_empty() && !more.is_empty() {
        spans.push(Span::line_break());
    }
    spans.append(&mut more);
}

fn one(block: Block) -> Vec<Span> {
    match block {
        Block::Paragraph(spans) => spans,
        Block::Heading(_, spans) => bold(spans),
        Block::List { numbering, items } => {
            let mut all = Vec::new();
            for (index, item) in items.into_iter().enumerate() {
                let mark = numbering.as_ref().map_or_else(|| "-".to_owned(), |numbering| numbering.label(index));
                let mut line = vec![Span::styled(mark + " ", Style::default())];
                line.extend(flatten(item));
                join(&mut all, line);
            }
            all
        }
        Block::Definitions(list) => {
            let mut all = Vec::new();
            for definition in list {
                for term in definition.terms {
                    join(&mut all, bold(term));
                }
                join(&mut all, flatten(definition.text));
            }
            all
        }
        Block::Quote(inner) => flatten(inner),
        Block::Code(text) => {
            let mut lines = Vec::new();
            for line in text.lines() {
                join(&mut lines, vec![Span::styled(line.replace('\t', "    "), Style::CODE)]);
            }
            lines
        }
        Block::Table(table) => {
            let mut all = table.caption;
            for cell in table.rows.into_iter().flatten() {
                join(&mut all, cell.spans);
            }
            all
        }
        Block::Rule => Vec::new(),
        Block::Figure(figure) => picture(figure),
        Block::Embed { kind, title, link } => {
            let text = if title.is_empty() { format!("[{kind}]") } else { format!("[{kind}: {title}]") };
            vec![Span { text, style: Style::DIM, link }]
        }
    }
}

fn bold(mut spans: Vec<Span>) -> Vec<Span> {
    for span in &mut spans {
        span.style.bold = true;
    }
    spans
}

fn picture(figure: Figure) -> Vec<Span> {
    let silent = figure.alt.is_empty() && figure.caption.is_empty() && figure.url.is_some();
    let alt = match figure.description() {
        _ if silent => "[picture]".to_owned(),
        "" => String::new(),
        alt => format!("[{alt}]"),
    };
    let parts = [
        vec![Span::styled(alt, Style::DIM)],
        figure.caption,
        vec![Span::styled(figure.credit.unwrap_or_default(), Style::DIM)],
    ];
    let mut spans: Vec<Span> = Vec::new();
    for part in parts.into_iter().filter(|part| part.iter().any(|span| !span.text.is_empty())) {
        if !spans.is_empty() {
            spans.push(Span::styled(" ", Style::DIM));
        }
        spans.extend(part);
    }
    spans
}
