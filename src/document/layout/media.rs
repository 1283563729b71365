//! Pictures, videos and frames: never loaded, only named.

use super::flow::Flow;
use super::page::Page;
use crate::document::blocks::{Span, Style};

/// A picture as its description and caption.
pub(super) fn lay_figure(page: &mut Page<'_>, alt: &str, caption: &[Span]) {
    let ascii = page.ascii;
    page.leave_room();
    let said: String = caption.iter().map(|span| &*span.text).collect();
    let mut flow = Flow::default();
    if ascii {
        flow.push("[image: ", Style::DIM, None);
    }
    // Many publishers repeat the one in the other.
    let alt = if said.contains(alt) { "" } else { alt };
    flow.push(alt, Style::DIM, None);
    if !alt.is_empty() && !caption.is_empty() {
        flow.push(if ascii { " - " } else { " — " }, Style::DIM, None);
    }
    flow.push_all(caption, Style::DIM);
    if alt.is_empty() && caption.is_empty() {
        flow.push("no description", Style::DIM, None);
    }
    if ascii {
        flow.push("]", Style::DIM, None);
    }
    lay_marked(page, "▣ ", &flow);
}

/// A video, audio or frame as its kind and address.
pub(super) fn lay_embed(page: &mut Page<'_>, kind: &str, link: Option<usize>) {
    let address = link.and_then(|link| page.links.get(link)).map(|link| link.url.as_str());
    let address = address.map(|url| url.split_once("://").map_or(url, |(_, rest)| rest));
    let mut text = kind.to_owned();
    if let Some(address) = address {
        text = format!("{kind}: {address}");
    }
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
