//! In place of drawing pictures, in a build without them: there are none to draw.

use ratatui::buffer::Buffer;

use crate::config::PictureProtocol;
use crate::engine::EngineHandle;
use crate::tui::browse::pictures::InSight;
use crate::tui::pictures::Canvas;

/// Draws nothing.
pub(super) struct Painter;

#[expect(clippy::unused_self, reason = "it has the shape of the painter that draws")]
impl Painter {
    pub(super) fn new(_engine: EngineHandle) -> Self {
        Self
    }

    pub(super) fn probe(&mut self, _chosen: PictureProtocol, _asking: bool) -> Option<Canvas> {
        None
    }

    pub(super) fn must_ask(_chosen: PictureProtocol) -> bool {
        false
    }

    pub(super) fn measure(&mut self) -> Option<Canvas> {
        None
    }

    pub(super) async fn ready(&mut self) {
        std::future::pending::<()>().await;
    }

    pub(super) fn prepare(&mut self, _sights: &[InSight]) -> String {
        String::new()
    }

    pub(super) fn paint(&self, _sights: &[InSight], _buffer: &mut Buffer) {}

    pub(super) fn forget(&mut self) {}
}
