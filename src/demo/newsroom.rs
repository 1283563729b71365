//! What of the invented news is out by now, written as feed files; the rest waits its turn.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use crate::clock::Clock;

use super::render::{self, Published};
use super::script::Publication;

/// Held-back articles that come out at once.
const AT_ONCE: usize = 2;

/// The publications of the demo and what they have published.
#[derive(Debug, Clone)]
pub(super) struct Newsroom {
    publications: Vec<Publication>,
    /// Where the feed files are.
    dir: PathBuf,
    clock: Clock,
    /// By publication: number of an article that is out, and its date.
    out: Vec<Vec<(usize, Timestamp)>>,
    /// What comes later, in this order: number of the publication and of its article.
    held: VecDeque<(usize, usize)>,
}

impl Newsroom {
    /// Publishes everything that is not held back, as files in `dir`.
    pub(super) fn open(publications: Vec<Publication>, dir: PathBuf, clock: Clock) -> Result<Self> {
        let now = clock.now();
        let out = publications
            .iter()
            .map(|publication| {
                let aged = (0..).zip(&publication.articles).filter_map(|(n, article)| Some((n, article.age?)));
                aged.map(|(n, age)| (n, now.checked_sub(age).unwrap_or(now))).collect()
            })
            .collect();
        let held = in_turn(&publications);
        let newsroom = Self { publications, dir, clock, out, held };
        (0..newsroom.publications.len()).try_for_each(|publication| newsroom.write_feed(publication))?;
        Ok(newsroom)
    }

    /// Publishes the next of the held-back articles, dated a moment ago; gives how many.
    pub(super) fn publish_next(&mut self) -> Result<usize> {
        let next: Vec<_> = self.held.drain(..AT_ONCE.min(self.held.len())).collect();
        for &(publication, article) in &next {
            let now = self.clock.now();
            let minute_ago = now.checked_sub(SignedDuration::from_mins(1)).unwrap_or(now);
            if let Some(out) = self.out.get_mut(publication) {
                out.push((article, minute_ago));
            }
            self.write_feed(publication)?;
        }
        Ok(next.len())
    }

    /// A config that subscribes to all of the publications.
    pub(super) fn config(&self) -> Result<String> {
        let mut feeds = Vec::new();
        for publication in &self.publications {
            let path = self.dir.join(publication.file_name());
            let url = Url::from_file_path(&path).map_err(|()| anyhow!("{} has no file:// address", path.display()))?;
            let mut feed = toml::Table::new();
            feed.insert("name".into(), publication.name.into());
            feed.insert("url".into(), url.as_str().into());
            if !publication.topics.is_empty() {
                let topics: Vec<_> = publication.topics.iter().map(|topic| topic.get().id).collect();
                feed.insert("topics".into(), topics.into());
            }
            feeds.push(feed);
        }
        // What is clipped and downloaded goes with the rest when the demo ends.
        let folder = self.dir.parent().unwrap_or(&self.dir);
        let mut keep = toml::Table::new();
        keep.insert("clips".into(), folder.join("clips.md").display().to_string().into());
        keep.insert("downloads".into(), folder.display().to_string().into());
        let mut config = toml::Table::new();
        config.insert("keep".into(), keep.into());
        config.insert("feeds".into(), feeds.into());
        Ok(format!("# The demo's own config; it is removed when the demo ends.\n\n{config}"))
    }

    fn write_feed(&self, publication: usize) -> Result<()> {
        let (Some(source), Some(out)) = (self.publications.get(publication), self.out.get(publication)) else {
            return Ok(());
        };
        let published: Vec<_> = out
            .iter()
            .filter_map(|&(number, at)| Some(Published { article: source.articles.get(number)?, number, at }))
            .collect();
        replace(&self.dir.join(source.file_name()), &render::document(source, &published))
    }
}

/// The held-back articles, one publication after the other.
fn in_turn(publications: &[Publication]) -> VecDeque<(usize, usize)> {
    let mut held = Vec::new();
    for (p, publication) in (0..).zip(publications) {
        let waiting = (0..).zip(&publication.articles).filter(|(_, article)| article.age.is_none());
        held.extend(waiting.enumerate().map(|(round, (a, _))| (round, p, a)));
    }
    held.sort_unstable();
    held.into_iter().map(|(_, p, a)| (p, a)).collect()
}

/// Writes beside it and renames, so that a poll never reads half a document.
fn replace(path: &Path, text: &str) -> Result<()> {
    let half = path.with_extension("half");
    fs::write(&half, text)
        .and_then(|()| fs::rename(&half, path))
        .with_context(|| format!("cannot write {}", path.display()))
}
