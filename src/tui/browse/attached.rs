//! What the user or the publisher attached to the selected article: its note, its files.

use super::Browse;
use crate::model::Headline;
use crate::tui::attached_files;
use crate::tui::model::Shared;
use crate::tui::route::{Go, Noted, Step};
use crate::tui::status::Level;
use crate::tui::words;

impl Browse {
    /// Opens the note on an article, with what is known of it.
    pub(super) fn write_note(shared: &mut Shared, headline: Headline) -> Step {
        if shared.read_only {
            shared.say(Level::Error, words::READ_ONLY);
            return Step::none();
        }
        let article = headline.id;
        // The pane may show an older note: the newest is the one that is being written, or else that of the library.
        let note = match shared.notes.under_way(article) {
            Some(text) => Some(text.to_owned()),
            None if headline.state.noted => None,
            None => Some(String::new()),
        };
        Step::go(Go::Note(Noted { article, title: headline.title, note }))
    }

    /// Shows the files of an article.
    pub(super) fn show_files(&self, shared: &mut Shared, headline: &Headline) -> Step {
        let article = headline.id;
        let loaded = self.article.reading().filter(|reading| reading.wanted.article == article);
        let files = loaded.map(|reading| attached_files::of(&reading.article, shared));
        if files.as_ref().is_some_and(Vec::is_empty) {
            shared.say(Level::Note, words::NO_FILES);
            return Step::none();
        }
        Step::go(Go::Files(article, files))
    }
}
