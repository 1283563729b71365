//! What a prompt remembers.

use tui_input::Input;

use crate::tui::request::RequestId;
use crate::tui::route::PromptKind;

/// The state of a prompt.
#[derive(Debug, Clone)]
pub struct State {
    /// What it asks for.
    pub kind: PromptKind,
    /// What is typed.
    pub input: Input,
    /// The request that what was typed became; the prompt stays until it is answered.
    pub waiting: Option<RequestId>,
    /// Why it did not work.
    pub error: Option<String>,
}

impl State {
    /// A prompt, filled with what there is.
    #[must_use]
    pub fn new(kind: PromptKind) -> Self {
        let input = match &kind {
            PromptKind::RenameFeed(_, name) => Input::new(name.clone()),
            PromptKind::MoveFeed(_, _, address) => Input::new(address.clone()),
            PromptKind::AddFeed | PromptKind::ImportOpml => Input::default(),
        };
        Self { kind, input, waiting: None, error: None }
    }
}
