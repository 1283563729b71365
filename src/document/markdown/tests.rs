//! Markdown: what it looks like, and that the text comes back through another reader of Markdown.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::markdown;
use crate::document::blocks::{Block, Document, Span};
use crate::document::read_html;

fn of(html: &str) -> String {
    markdown(&read_html(html, Some("https://q.example/")))
}

#[test]
fn writes_each_block() {
    for (html, expected) in [
        (
            "<h2>Rates</h2><p>Up <b>5 %</b> <i>again</i> and <s>gone</s> <code>x</code></p>",
            "## Rates\n\nUp **5 %** *again* and ~~gone~~ `x`\n",
        ),
        ("<p>one<br>two</p><hr>", "one\\\ntwo\n\n___\n"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c\n"),
        ("<ol start=9><li><p>a</p><p>b</p><li>c</ol>", "9. a\n\n   b\n\n10. c\n"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n* b\n"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n"),
        ("<pre>a\n```\nb</pre>", "````\na\n```\nb\n````\n"),
        ("<a href='/x_(y)?a=1'>the <b>lane</b></a>", "[the **lane**](https://q.example/x_%28y%29?a=1)\n"),
        (
            "<table><tr><th>Lane<th>USD<tr><td>A|B<td>1,200<tr><td>C<br>D<td>3</table>",
            "| Lane | USD |\n| --- | ---: |\n| A\\|B | 1,200 |\n| C<br>D | 3 |\n",
        ),
        (
            "<figure><img src=/a.jpg alt='A [ship]'><figcaption>At sea. © J. Doe</figcaption></figure>",
            "![A \\[ship\\]](https://q.example/a.jpg)\n\nAt sea.\n\n© J. Doe\n",
        ),
        ("<dl><dt>TEU<dd>a box</dl>", "- **TEU**\n\n  a box\n"),
        ("<iframe src='https://www.youtube.com/embed/x'></iframe>", "[video](https://www.youtube.com/watch?v=x)\n"),
        ("", ""),
    ] {
        assert_eq!(of(html), expected, "{html}");
    }
}

#[test]
fn escapes_what_would_be_markup() {
    for (text, expected) in [
        ("# 1. rates", "\\# 1. rates"),
        ("#rates", "#rates"),
        ("1. rates", "1\\. rates"),
        ("1.200 rates", "1.200 rates"),
        ("- a - b", "\\- a - b"),
        ("> a", "\\> a"),
        ("a*b_c_d _e_", "a\\*b_c_d \\_e\\_"),
        ("[a](b) ![c]", "\\[a\\](b) !\\[c\\]"),
        ("&amp;amp; R&amp;D & <script>", "\\&amp; R&D & \\"),
        ("| a |", "\\| a |"),
    ] {
        let html = format!("<p>{}", text.replace("<script>", "&lt;").replace("> a", "&gt; a"));
        assert_eq!(of(&html).trim_end().trim_end_matches('<'), expected, "{text}");
    }
}

/// The text of a document in the order in which Markdown has it, white space collapsed.
fn told(document: &Document) -> String {
    let mut text = String::new();
    tell(&document.blocks, &mut text);
    collapsed(&text)
}

fn tell(blocks: &[Block], text: &mut String) {
    let spans = |spans: &[Span], text: &mut String| {
        for span in spans {
            text.push_str(&span.text);
        }
        text.push('\n');
    };
    for block in blocks {
        match block {
            Block::Heading(_, inner) | Block::Paragraph(inner) => spans(inner, text),
            Block::List { items, .. } => items.iter().for_each(|item| tell(item, text)),
            Block::Definitions(list) => {
                for definition in list {
                    definition.terms.iter().for_each(|term| spans(term, text));
                    tell(&definition.text, text);
                }
            }
            Block::Quote(inner) => tell(inner, text),
            Block::Code(code) => {
                text.push_str(code);
                text.push('\n');
            }
            Block::Table(table) => {
                spans(&table.caption, text);
                table.rows.iter().flatten().for_each(|cell| spans(&cell.spans, text));
            }
            Block::Figure(figure) => {
                text.push_str(&figure.alt);
                text.push('\n');
                spans(&figure.caption, text);
                text.push_str(figure.credit.as_deref().unwrap_or_default());
                text.push('\n');
            }
            Block::Embed { kind, title, .. } => {
                text.push_str(kind);
                if !title.is_empty() {
                    text.push_str(": ");
                    text.push_str(title);
                }
                text.push('\n');
            }
            Block::Rule => {}
        }
    }
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text that a reader of Markdown sees.
fn seen(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Text(part) | Event::Code(part) => text.push_str(&part),
            Event::InlineHtml(html) if &*html == "<br>" => text.push('\n'),
            Event::Html(html) | Event::InlineHtml(html) => text.extend(["HTML", &*html]),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
            Event::SoftBreak | Event::HardBreak | Event::Start(_) | Event::End(_) => text.push('\n'),
            _ => {}
        }
    }
    collapsed(&text)
}

fn comes_back(html: &str) -> Result<(), TestCaseError> {
    let document = read_html(html, Some("https://q.example/"));
    let written = markdown(&document);
    prop_assert_eq!(seen(&written), told(&document), "{:?} became\n{}", html, written);
    prop_assert!(!written.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')), "{:?}", written);
    Ok(())
}

#[test]
fn what_meets_on_a_line_comes_back() {
    for html in [
        "<s><b>0</b>a</s>",
        "a<s><b>0</b></s>",
        "<s><b>0</b>a<i>b</i></s>",
        "<s><dt>0<b>a",
        "<b><i>0</i>a</b>",
        "0<s><b>1. ",
        "<p><a href=\"https://quay.example/1\"><code>a]:b</code></a>",
        "<p><a href=\"https://quay.example/1\">a<code>]:b</code></a>",
    ] {
        comes_back(html).unwrap();
    }
}

#[test]
fn hostile_titles_come_back() {
    for text in [
        "]",
        "[x]: /y",
        "`",
        "```",
        "``` x",
        "{}",
        "a\u{1b}[31mb",
        "# x",
        "x #",
        "- x",
        "+",
        "1) x",
        "> x",
        "a | b",
        "--- | ---",
        "===",
        "---",
        "* * *",
        "_ _ _",
        "~~~",
        "&lt;script>alert(1)&lt;/script>",
        "&amp;amp;",
        "&amp;#35;",
        "\\",
        "\\\\",
        "a\\|b",
        "!",
        "**x**",
        "__x__",
        "https://x.example/a_b_c*d",
        "&lt;https://x.example>",
        "    indented",
        "a  ",
        "$x$",
        "^x^",
        "1234567890. x",
        "123456789. x",
        ":-- x",
        "|",
    ] {
        for html in [
            format!("<p>{text}"),
            format!("<h1>{text}"),
            format!("<ul><li>{text}<li>{text}<ol><li>{text}</ol></ul>"),
            format!("<blockquote>{text}<br>{text}</blockquote>"),
            format!("<pre>{text}"),
            format!("<code>{text}</code> <b>{text}</b><i>{text}</i><s>{text}</s>!<a href='/x?{text}'>{text}</a>"),
            format!(
                "<table><caption>{text}</caption><tr><th>{text}<th>{text}<tr><td>{text}<td><code>{text}</code><b>{text}</b></table>"
            ),
            format!("<img src=/x alt='{text}'><dl><dt>{text}<dd>{text}</dl>"),
        ] {
            comes_back(&html).unwrap();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn any_text_in_any_markup_comes_back(parts in prop::collection::vec(prop_oneof![
        2 => prop::sample::select(vec![
            "<p>", "<b>", "</b>", "<i>", "</i>", "<s>", "</s>", "<code>", "</code>", "<br>", "<h3>", "<ul>", "</ul>", "<ol>", "<ol start=4>", "</ol>", "<li>",
            "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<hr>", "<a href='/x?a=(b)|c&lt=;d'>", "</a>", "<table>", "</table>", "<tr>", "<td>",
            "<th>", "<dl>", "<dt>", "<dd>", "</dl>", "<img src=/i alt='[a]*b'>", "<figure>", "<figcaption>", "</figure>", "<caption>", "</caption>",
        ]).prop_map(str::to_owned),
        3 => "[-#*_`~>+.0-9|!()=:$^{}\\\\ a-c\u{301}集。”\u{a0}]{1,8}",
        1 => prop::sample::select(vec!["&lt;", "&amp;lt;", "&amp;", "]", "[", " ", "&gt; ", "- ", "1. ", "word "]).prop_map(str::to_owned),
    ], 0..24)) {
        comes_back(&parts.concat())?;
    }
}
