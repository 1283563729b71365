//! What the preview of a lesson remembers.

use crate::engine::{Lesson, Preview};
use crate::tui::request::RequestId;

/// The state of the preview of a lesson.
#[derive(Debug, Clone)]
pub struct State {
    /// What would be learned.
    pub lesson: Lesson,
    /// What that would change, when it has come.
    pub preview: Option<Preview>,
    /// The request that writes it; the preview stays until it is answered.
    pub waiting: Option<RequestId>,
    /// Why it did not work.
    pub error: Option<String>,
}

impl State {
    /// A lesson whose effects are still being counted.
    #[must_use]
    pub fn new(lesson: Lesson) -> Self {
        Self { lesson, preview: None, waiting: None, error: None }
    }
}
