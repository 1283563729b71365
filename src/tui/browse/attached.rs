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
    pub(super) fn write_note(&self, shared: &mut Shared, headline: Headline) -> Step {
        if shared.read_only {
            shared.say(Level::Error, words::READ_ONLY);
            return Step::none();
        }
        let article = headline.id;
        let loaded = self.article.reading().filter(|reading| reading.wanted.article == article);
        // What was just written may not have come back yet: then it is asked for.
        let loaded = loaded.filter(|reading| reading.article.note.is_some() == headline.state.noted);
        let note = match loaded {
            _ if !headline.state.noted => Some(String::new()),
            Some(reading) if self.article.outdated.is_none() => reading.article.note.clone(),
            Some(_) | None => None,
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
