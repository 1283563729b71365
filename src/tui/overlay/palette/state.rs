//! What the palette remembers.

use tui_input::Input;

use crate::command::{COMMANDS, CommandId, CommandSpec, Scope};
use crate::tui::intent::{ArticleIntent, FeedsIntent, Intent, ListIntent, PageIntent, intent};
use crate::tui::widget::fuzzy::{self, Found};
use crate::tui::widget::list_cursor::ListCursor;

/// The state of the palette.
#[derive(Debug, Clone)]
pub struct State {
    /// The commands that can be done where the user is, the most particular first.
    pub commands: Vec<&'static CommandSpec>,
    /// What is typed to filter.
    pub filter: Input,
    /// The cursor among the commands shown.
    pub cursor: ListCursor,
}

impl State {
    /// The palette for a place whose commands are those of `chain`.
    #[must_use]
    pub fn new(chain: &'static [Scope]) -> Self {
        let of = |scope: &Scope| {
            let scope = *scope;
            COMMANDS.iter().filter(move |c| c.scope == scope && c.id != CommandId::AppPalette)
        };
        let mut commands: Vec<_> = chain.iter().flat_map(of).collect();
        // What everybody does by key comes last: nobody looks for it here.
        commands.sort_by_key(|command| is_by_key(command.id));
        Self { commands, filter: Input::default(), cursor: ListCursor::default() }
    }

    /// The commands that match what is typed, best first, with the clusters of [`text`] that match.
    #[must_use]
    pub fn shown(&self) -> Vec<Found> {
        let texts: Vec<String> = self.commands.iter().map(|c| text(c)).collect();
        fuzzy::ranked(self.filter.value(), texts.iter().map(String::as_str))
    }

    /// The command under the cursor.
    #[must_use]
    pub fn selected(&self) -> Option<CommandId> {
        let found = self.shown().into_iter().nth(self.cursor.selected)?;
        self.commands.get(found.index).map(|c| c.id)
    }
}

/// Whether it is a movement, or one of a row of figures.
fn is_by_key(command: CommandId) -> bool {
    match intent(command) {
        Intent::List(of) => {
            matches!(of, ListIntent::Move(_) | ListIntent::Topic(_) | ListIntent::AddTopic(_))
        }
        Intent::Article(of) => matches!(of, ArticleIntent::Scroll(_) | ArticleIntent::Link(_)),
        Intent::Feeds(of) => matches!(of, FeedsIntent::Move(_)),
        Intent::Page(of) => matches!(of, PageIntent::Move(_)),
        Intent::Selected(_) | Intent::Story(_) | Intent::Why(_) | Intent::App(_) => false,
    }
}

/// What a command is found by: its line of help and its name.
pub(super) fn text(command: &CommandSpec) -> String {
    format!("{}  {}", command.help, command.name)
}
