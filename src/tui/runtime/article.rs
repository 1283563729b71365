//! An article for the pane: asked for, and laid out off the drawing thread.

use tokio::task::spawn_blocking;

use crate::document;
use crate::engine::{Answer as EngineAnswer, EngineHandle};
use crate::model::{Article, ArticleId};
use crate::text::wrap;
use crate::tui::browse::pictures::Sizes;
use crate::tui::event::Reading;
use crate::tui::reading::lay_out;

/// What the pane says above an article that broke its reader.
const PLAIN: &str = "This article could not be laid out and is shown as plain text; the log has more.";

/// An article, laid out with room for the pictures whose sizes are given; none when it is gone.
pub(super) async fn read(
    engine: &EngineHandle,
    id: ArticleId,
    width: u16,
    ascii: bool,
    sizes: Sizes,
) -> EngineAnswer<Option<Box<Reading>>> {
    let Some(article) = engine.article(id).await? else {
        return Ok(None);
    };
    let to_read = article.clone();
    let reading = spawn_blocking(move || lay_out(to_read, width, ascii, &sizes)).await;
    // An article that brings the reader down is shown plain; it must not make the library unusable (THREATS F27).
    let reading = match reading {
        Ok(reading) => reading,
        Err(_) => Reading {
            lines: plain(&article, width).await,
            links: Vec::new(),
            pictures: Vec::new(),
            placed: Vec::new(),
            plain_because: Some(PLAIN.to_owned()),
            article,
            width,
            ascii,
        },
    };
    Ok(Some(Box::new(reading)))
}

async fn plain(article: &Article, width: u16) -> Vec<document::Line> {
    let html = article.html().to_owned();
    let text = spawn_blocking(move || document::plain_text(&html)).await.unwrap_or_default();
    let lines = text.lines().flat_map(|line| wrap(line, usize::from(width)));
    let line = |text| document::Line {
        spans: vec![document::Span { text, ..document::Span::default() }],
        kind: document::LineKind::Text,
    };
    lines.map(line).collect()
}
