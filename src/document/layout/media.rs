//! Pictures, videos and frames: named, never loaded; room is kept for pictures that somebody else draws.

use super::flow::Flow;
use super::page::Page;
use super::{LineKind, MAX_LINES};
use crate::document::blocks::{Figure, Span, Style};

/// Room for a picture, if it takes any, and its description, caption and credit.
pub(super) fn lay_figure(page: &mut Page<'_>, figure: &Figure) {
    let number = page.figure;
    page.figure = page.figure.saturating_add(1);
    if let Some((columns, rows)) = page.pictures.get(number).copied().flatten() {
        let columns = usize::from(columns).min(page.room());
        for row in (0..rows).take(MAX_LINES) {
            let blank = Span::styled(" ".repeat(columns), Style::default());
            page.put(vec![blank], Some(LineKind::Picture { figure: number, row }));
        }
    }
    let (ascii, caption) = (page.ascii, &figure.caption);
    let mut flow = Flow::default();
    if ascii {
        flow.push("[image: ", Style::DIM, None);
    }
    let dash = if ascii { " - " } else { " — " };
    let alt = figure.description();
    flow.push(alt, Style::DIM, None);
    if !alt.is_empty() && !caption.is_empty() {
        flow.push(dash, Style::DIM, None);
    }
    flow.push_all(caption, Style::DIM);
    let told = !alt.is_empty() || !caption.is_empty();
    match &figure.credit {
        Some(credit) => {
            flow.push(if told { dash } else { "" }, Style::DIM, None);
            flow.push(credit, Style::DIM, None);
        }
        None if !told => flow.push("no description", Style::DIM, None),
        None => {}
    }
    if ascii {
        flow.push("]", Style::DIM, None);
    }
    lay_marked(page, "▣ ", &flow);
}

/// A video, audio, post or frame as its kind, its name and its address.
pub(super) fn lay_embed(page: &mut Page<'_>, kind: &str, title: &str, link: Option<usize>) {
    let address = link.and_then(|link| page.links.get(link)).map(|link| link.url.as_str());
    let address = address.map(|url| url.split_once("://").map_or(url, |(_, rest)| rest)).unwrap_or_default();
    let dash = if page.ascii { " - " } else { " — " };
    let mut text = match (title.is_empty(), address.is_empty()) {
        (true, true) => kind.to_owned(),
        (true, false) => format!("{kind}: {address}"),
        (false, true) => format!("{kind}: {title}"),
        (false, false) => format!("{kind}: {title}{dash}{address}"),
    };
    if page.ascii {
        text = format!("[{text}]");
    }
    let flow = Flow::new(&[Span { text, style: Style::DIM, link }], Style::DIM);
    lay_marked(page, "▷ ", &flow);
}

/// Text with a sign before it, and hanging beside it.
fn lay_marked(page: &mut Page<'_>, mark: &str, flow: &Flow) {
    let pushed = !page.ascii && page.push_prefix(Span::styled(mark, Style::DIM), Span::styled("  ", Style::DIM));
    page.write(flow, None);
    page.pop_prefix(pushed);
}
