//! Blocks as markup that is HTML and well-formed XML at once, with nothing in it that loads or acts.

use std::fmt::Write as _;

use crate::document::{Block, Cell, Definition, Document, Figure, Link, NumberStyle, Numbering, Span, Table};

/// Text and attribute values: what markup takes for its own is escaped, what XML does not allow is dropped.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(c),
            _ if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            _ => escaped.push(c),
        }
    }
    escaped
}

/// The markup of a document.
pub(super) fn markup(document: &Document) -> String {
    let mut writer = Writer { text: String::new(), links: &document.links };
    writer.blocks(&document.blocks);
    writer.text
}

struct Writer<'a> {
    text: String,
    links: &'a [Link],
}

impl Writer<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, spans) => {
                let level = (*level).clamp(1, 6);
                self.open(&format!("h{level}"));
                self.spans(spans);
                self.close(&format!("h{level}"));
            }
            Block::Paragraph(spans) => self.element("p", spans),
            Block::List { numbering, items } => self.list(numbering.as_ref(), items),
            Block::Definitions(definitions) => self.definitions(definitions),
            Block::Quote(blocks) => {
                self.text.push_str("<blockquote>\n");
                self.blocks(blocks);
                self.text.push_str("</blockquote>\n");
            }
            Block::Code(code) => {
                self.text.push_str("<pre><code>");
                self.text.push_str(&escape(code));
                self.text.push_str("</code></pre>\n");
            }
            Block::Table(table) => self.table(table),
            Block::Rule => self.text.push_str("<hr/>\n"),
            Block::Figure(figure) => self.figure(figure),
            Block::Embed { kind, title, link } => self.embed(kind, title, *link),
        }
    }

    fn open(&mut self, tag: &str) {
        // Writing to a string cannot fail, here and below.
        write!(self.text, "<{tag}>").ok();
    }

    fn close(&mut self, tag: &str) {
        writeln!(self.text, "</{tag}>").ok();
    }

    fn element(&mut self, tag: &str, spans: &[Span]) {
        self.open(tag);
        self.spans(spans);
        self.close(tag);
    }

    fn list(&mut self, numbering: Option<&Numbering>, items: &[Vec<Block>]) {
        if items.is_empty() {
            return;
        }
        let tag = if let Some(numbering) = numbering {
            write!(self.text, "<ol{}>", kind_of(numbering.style)).ok();
            "ol"
        } else {
            self.open("ul");
            "ul"
        };
        self.text.push('\n');
        let mut next: i64 = 1;
        for (at, item) in items.iter().enumerate() {
            let number = numbering.and_then(|numbering| numbering.numbers.get(at)).copied();
            match number.filter(|number| *number != next && i32::try_from(*number).is_ok()) {
                Some(number) => {
                    write!(self.text, "<li value=\"{number}\">").ok();
                }
                None => self.open("li"),
            }
            next = number.unwrap_or(next).saturating_add(1);
            match item.as_slice() {
                [Block::Paragraph(spans)] => self.spans(spans),
                blocks => {
                    self.text.push('\n');
                    self.blocks(blocks);
                }
            }
            self.close("li");
        }
        self.close(tag);
    }

    fn definitions(&mut self, definitions: &[Definition]) {
        if definitions.iter().all(|definition| definition.terms.is_empty()) {
            // Without a term there is nothing that is defined.
            for definition in definitions {
                self.blocks(&definition.text);
            }
            return;
        }
        self.text.push_str("<dl>\n");
        for Definition { terms, text } in definitions {
            for term in terms {
                self.element("dt", term);
            }
            if terms.is_empty() {
                self.text.push_str("<dt></dt>\n");
            }
            self.text.push_str("<dd>\n");
            self.blocks(text);
            self.text.push_str("</dd>\n");
        }
        self.text.push_str("</dl>\n");
    }

    fn table(&mut self, table: &Table) {
        if table.rows.iter().all(Vec::is_empty) {
            return;
        }
        self.text.push_str("<table>\n");
        if !table.caption.is_empty() {
            self.element("caption", &table.caption);
        }
        let header = table.header.min(table.rows.len());
        for (tag, cell, from, to) in [("thead", "th", 0, header), ("tbody", "td", header, table.rows.len())] {
            if from == to {
                continue;
            }
            self.open(tag);
            self.text.push('\n');
            for row in from..to {
                self.row(table, row, to, cell);
            }
            self.close(tag);
        }
        self.text.push_str("</table>\n");
    }

    /// A row; a cell that covers rows below it does so up to row `end`, where its part of the table ends.
    fn row(&mut self, table: &Table, at: usize, end: usize, tag: &str) {
        self.open("tr");
        let row = table.rows.get(at).map_or(&[][..], Vec::as_slice);
        let mut column = 0;
        while let Some(cell) = row.get(column) {
            let columns = cell.columns.clamp(1, row.len() - column);
            // The first row of a part begins its cells anew.
            let is_covered = cell.above && table_part(table, at).start != at;
            if !is_covered {
                let below = (at + 1..end).take_while(|row| covers(table, *row, column)).count();
                self.cell(cell, columns, below + 1, tag);
            }
            column += columns;
        }
        self.close("tr");
    }

    fn cell(&mut self, cell: &Cell, columns: usize, rows: usize, tag: &str) {
        write!(self.text, "<{tag}").ok();
        if columns > 1 {
            write!(self.text, " colspan=\"{columns}\"").ok();
        }
        if rows > 1 {
            write!(self.text, " rowspan=\"{rows}\"").ok();
        }
        self.text.push('>');
        self.spans(&cell.spans);
        write!(self.text, "</{tag}>").ok();
    }

    /// A picture by what it shows; it is linked, and not loaded.
    fn figure(&mut self, figure: &Figure) {
        let label = if figure.alt.is_empty() { "Picture".to_owned() } else { format!("Picture: {}", figure.alt) };
        self.text.push_str("<figure>\n<p>");
        match figure.url.as_deref().and_then(super::piece::web_address) {
            Some(url) => self.anchor(&url, &escape(&label)),
            None => self.text.push_str(&escape(&label)),
        }
        self.text.push_str("</p>\n");
        if !figure.caption.is_empty() || figure.credit.is_some() {
            self.text.push_str("<figcaption>");
            self.spans(&figure.caption);
            if let Some(credit) = &figure.credit {
                let gap = if figure.caption.is_empty() { "" } else { " " };
                write!(self.text, "{gap}<small>{}</small>", escape(credit)).ok();
            }
            self.text.push_str("</figcaption>\n");
        }
        self.text.push_str("</figure>\n");
    }

    fn embed(&mut self, kind: &str, title: &str, link: Option<usize>) {
        let label = if title.is_empty() { kind.to_owned() } else { format!("{kind}: {title}") };
        let address = link.and_then(|link| self.links.get(link)).and_then(|link| super::piece::web_address(&link.url));
        self.text.push_str("<p>");
        match address {
            Some(url) if title.is_empty() => self.anchor(&url, &escape(&format!("{label}: {url}"))),
            Some(url) => self.anchor(&url, &escape(&label)),
            None => self.text.push_str(&escape(&label)),
        }
        self.text.push_str("</p>\n");
    }

    fn anchor(&mut self, url: &str, inner: &str) {
        write!(self.text, "<a href=\"{}\" rel=\"noopener noreferrer\">{inner}</a>", escape(url)).ok();
    }

    fn spans(&mut self, spans: &[Span]) {
        let mut spans = spans.iter().peekable();
        while let Some(first) = spans.next() {
            let mut inner = styled(first);
            // A link in several styles is one link.
            while let Some(next) = spans.next_if(|next| first.link.is_some() && next.link == first.link) {
                inner.push_str(&styled(next));
            }
            let link = first.link.and_then(|link| self.links.get(link));
            match link.and_then(|link| super::piece::web_address(&link.url)) {
                Some(url) => self.anchor(&url, &inner),
                None => self.text.push_str(&inner),
            }
        }
    }
}

/// The rows of the part of a table, head or body, that a row is in.
fn table_part(table: &Table, row: usize) -> std::ops::Range<usize> {
    let header = table.header.min(table.rows.len());
    if row < header { 0..header } else { header..table.rows.len() }
}

/// Whether the cell above covers this place.
fn covers(table: &Table, row: usize, column: usize) -> bool {
    table.rows.get(row).and_then(|row| row.get(column)).is_some_and(|cell| cell.above)
}

fn kind_of(style: NumberStyle) -> &'static str {
    match style {
        NumberStyle::Decimal => "",
        NumberStyle::LowerAlpha => " type=\"a\"",
        NumberStyle::UpperAlpha => " type=\"A\"",
        NumberStyle::LowerRoman => " type=\"i\"",
        NumberStyle::UpperRoman => " type=\"I\"",
    }
}

/// A span without its link.
fn styled(span: &Span) -> String {
    if span.text == "\n" {
        return "<br/>\n".to_owned();
    }
    let style = span.style;
    let mut text = escape(&span.text);
    for (is, tag) in
        [(style.code, "code"), (style.struck, "s"), (style.dim, "small"), (style.italic, "em"), (style.bold, "strong")]
    {
        if is {
            text = format!("<{tag}>{text}</{tag}>");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::read_html;

    fn through(html: &str) -> String {
        markup(&read_html(html, Some("https://a.example/")))
    }

    #[test]
    fn blocks_come_out_as_they_went_in_and_nothing_acts() {
        let html = through(
            "<p onclick=x>A <b>bold <i>both</i></b><br>B &lt;script&gt; <a href='/x?a=1&b=\"2\"'>one <b>link</b></a></p>\
             <ul><li>one<li>two<ol start=3><li>in</ol></ul><pre>a\n  b</pre><hr><img src=/p.png alt='Two \"cranes\"'>\
             <script>alert(1)</script>",
        );
        for part in [
            "<p>A <strong>bold </strong>",
            "<br/>\nB &lt;script&gt; ",
            "rel=\"noopener noreferrer\">one <strong>link</strong></a></p>",
            "<li value=\"3\">in</li>",
            "<pre><code>a\n  b</code></pre>",
            "<hr/>",
            "<a href=\"https://a.example/p.png\" rel=\"noopener noreferrer\">Picture: Two &quot;cranes&quot;</a>",
        ] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
        assert!(!html.contains("<script") && !html.contains("onclick") && !html.contains("<img"), "{html}");
    }

    #[test]
    fn tables_keep_their_spans() {
        let html = through(
            "<table><thead><tr><th colspan=2>Lane<th>Rate</thead><tr><td rowspan=2>A<td>B<td>1<tr><td>C<td>2</table>",
        );
        let flat: String = html.split('\n').collect();
        assert_eq!(
            flat,
            "<table><thead><tr><th colspan=\"2\">Lane</th><th>Rate</th></tr></thead><tbody><tr><td rowspan=\"2\">A</td>\
             <td>B</td><td>1</td></tr><tr><td>C</td><td>2</td></tr></tbody></table>"
        );
    }
}
