//! Writing for the desk. Marks, undo and edits happen one after another in the order of the keys; what asks the network
//! does not hold them up.

use std::path::PathBuf;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::config::FeedSpec;
use crate::engine::{Answer as EngineAnswer, EngineHandle};
use crate::tui::effect::Write;
use crate::tui::event::{Answer, Event};
use crate::tui::request::RequestId;

/// The queue of writes.
pub(super) struct Writer {
    queue: mpsc::UnboundedSender<(RequestId, Write)>,
    task: JoinHandle<()>,
    /// How many were asked for, and how many of those have been carried out or have failed.
    asked: u64,
    done: watch::Receiver<u64>,
}

impl Writer {
    /// A writer that sends its answers to `events`.
    pub(super) fn start(engine: EngineHandle, events: mpsc::UnboundedSender<Event>) -> Self {
        let (queue, mut writes) = mpsc::unbounded_channel::<(RequestId, Write)>();
        let (count, done) = watch::channel(0_u64);
        let task = tokio::spawn(async move {
            while let Some((id, write)) = writes.recv().await {
                let (engine, events_of_this) = (engine.clone(), events.clone());
                let one = tokio::spawn(async move {
                    events_of_this.send(answer(id, self::write(&engine, write).await)).ok();
                });
                if one.await.is_err() {
                    events.send(Event::Failed(id, super::effects::PANICKED.to_owned())).ok();
                }
                count.send_modify(|done| *done = done.saturating_add(1));
            }
        });
        Self { queue, task, asked: 0, done }
    }

    /// Writes when what was asked before is written.
    pub(super) fn write(&mut self, id: RequestId, write: Write) {
        self.asked = self.asked.saturating_add(1);
        self.queue.send((id, write)).ok();
    }

    /// Waits until all that has been asked for so far is written.
    pub(super) fn written(&self) -> impl Future<Output = ()> + Send + use<> {
        let (asked, mut done) = (self.asked, self.done.clone());
        async move {
            // The writer is gone only when everything ends.
            done.wait_for(|done| *done >= asked).await.ok();
        }
    }

    /// Waits for all that was asked.
    pub(super) async fn finish(self) {
        drop(self.queue);
        self.task.await.ok();
    }
}

/// The event of an answer.
pub(super) fn answer(id: RequestId, answer: EngineAnswer<Answer>) -> Event {
    match answer {
        Ok(answer) => Event::Loaded(id, Box::new(answer)),
        Err(error) => Event::Failed(id, error.to_string()),
    }
}

/// Carries out a request to write.
pub(super) async fn write(engine: &EngineHandle, write: Write) -> EngineAnswer<Answer> {
    Ok(match write {
        Write::Mark(articles, mark) => Answer::Marked(engine.mark(articles, mark).await?),
        Write::MarkAll(request, mark) => Answer::Marked(engine.mark_all(request, mark).await?),
        Write::Undo => Answer::Undone(engine.undo().await?),
        Write::Redo => Answer::Redone(engine.redo().await?),
        Write::AddFeed { address, name } => {
            let spec = FeedSpec { url: address, name, enabled: true, ..FeedSpec::default() };
            Answer::FeedAdded(engine.add_feed(spec).await?)
        }
        Write::AddFeeds(feeds) => Answer::FeedsAdded(engine.add_feeds(feeds).await?),
        Write::EditFeed(edit) => {
            engine.edit_feed(edit.clone()).await?;
            Answer::FeedEdited(edit)
        }
        Write::Teach(lesson) => Answer::Taught(engine.teach(lesson).await?),
        Write::StoryRead(story) => Answer::Marked(engine.mark_story_read(story).await?),
        Write::Split(article) => Answer::Regrouped(engine.split(article).await?),
        Write::Merge { article, into } => Answer::Regrouped(engine.merge(article, into).await?),
        Write::Clip(article) => Answer::Done(engine.clip(article).await?),
        Write::ClipStory(story) => Answer::Done(engine.clip_story(story).await?),
        Write::Download { article, url } => Answer::Done(engine.download(article, url).await?),
        Write::CancelDownload(url) => {
            engine.cancel_download(&url);
            Answer::Done(String::new())
        }
        Write::FullText(article) => Answer::FullText(article, engine.full_text(article).await?),
        Write::Place { article, place } => {
            engine.set_place(article, place).await?;
            Answer::Done(String::new())
        }
        Write::ImportOpml(path) => Answer::FeedsAdded(engine.import_opml(at_home(path)).await?),
    })
}

/// A path as a shell would read it: `~/` at its beginning is the home directory.
fn at_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), directories::BaseDirs::new()) {
        (Ok(rest), Some(dirs)) => dirs.home_dir().join(rest),
        (Ok(_), None) | (Err(_), _) => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tilde_is_the_home_directory_only_where_it_stands_alone() {
        let home = directories::BaseDirs::new().map(|dirs| dirs.home_dir().to_owned());
        let expected = home.map_or_else(|| PathBuf::from("~/my feeds.opml"), |home| home.join("my feeds.opml"));
        assert_eq!(at_home("~/my feeds.opml".into()), expected);
        for path in ["~ada/feeds.opml", "/srv/~/feeds.opml", "feeds.opml"] {
            assert_eq!(at_home(path.into()), PathBuf::from(path));
        }
    }
}
