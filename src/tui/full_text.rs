//! The wish for the full text of an article: what is under way, what stood in the way, and what is told of it.

use std::collections::BTreeMap;

use super::browse::article::Place;
use super::effect::{Effect, Write};
use super::model::{Model, Shared};
use super::request::{RequestId, Slot};
use super::status::Level;
use super::words;

use crate::command::CommandId;
use crate::document::{clean_url, minutes};
use crate::engine::{Obstacle, PageOutcome};
use crate::model::{ArticleId, Barrier, Headline};
use crate::text::humanize;

/// The pages that were asked for in this session.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// Under way, by request: the article, and the page.
    fetching: BTreeMap<u64, (ArticleId, String)>,
    /// What stands at the addresses of those that gave nothing.
    obstacles: BTreeMap<ArticleId, Obstacle>,
}

impl Pages {
    /// Whether the page of an article is under way.
    #[must_use]
    pub fn is_fetching(&self, article: ArticleId) -> bool {
        self.fetching.values().any(|(fetching, _)| *fetching == article)
    }

    /// What is known of an article's page that gave nothing.
    #[must_use]
    pub fn obstacle(&self, article: ArticleId) -> Option<&Obstacle> {
        self.obstacles.get(&article)
    }

    /// The host that was asked last and has not answered.
    #[must_use]
    pub fn fetching(&self) -> Option<&str> {
        self.fetching.last_key_value().map(|(_, (_, url))| words::host(url))
    }
}

/// Asks for the full text of an article.
pub(super) fn fetch(shared: &mut Shared, headline: &Headline) -> Vec<Effect> {
    let host = words::host(&headline.url).to_owned();
    let refused = if shared.read_only {
        Some(words::READ_ONLY.to_owned())
    } else if headline.url.is_empty() {
        Some("this article has no link to a page".to_owned())
    } else if shared.invented {
        Some(words::INVENTED.to_owned())
    } else if shared.pages.is_fetching(headline.id) {
        Some(format!("still fetching {host}"))
    } else {
        None
    };
    if let Some(words) = refused {
        shared.say(Level::Note, &words);
        return Vec::new();
    }
    let request = shared.requests.open(Slot::Action);
    let ellipsis = shared.settings.glyphs.ellipsis;
    shared.say(Level::Note, &format!("fetching {host} {ellipsis}"));
    shared.pages.fetching.insert(request.serial, (headline.id, headline.url.clone()));
    vec![Effect::Write(request, Write::FullText(headline.id))]
}

/// It is known what became of it: the text is shown where its article is, from the top.
pub(super) fn came(model: &mut Model, request: RequestId, article: ArticleId, outcome: PageOutcome) -> Vec<Effect> {
    let shared = &mut model.shared;
    let asked = shared.pages.fetching.remove(&request.serial);
    let host = asked.map_or_else(String::new, |(_, url)| words::host(&url).to_owned());
    let open = format!("{} opens it in the browser", shared.key(CommandId::ArticleBrowse));
    let in_words = |barrier: Barrier| barrier.words().to_owned();
    let obstacle = match outcome {
        PageOutcome::Kept { words, barrier } => {
            let count = humanize::count(words as u64);
            match barrier.map(in_words) {
                None => shared.say(Level::Good, &format!("full text, {count} words, {} min", minutes(words))),
                Some(why) => shared.say(
                    Level::Note,
                    &format!("{count} words; the page {why}, so this may be only the beginning; {open}"),
                ),
            }
            None
        }
        PageOutcome::NothingMore(barrier) => {
            let words = barrier.map_or_else(|| "has no more text than the feed".to_owned(), in_words);
            Some(Obstacle { words, is_file: false })
        }
        PageOutcome::NoPage(obstacle) => Some(obstacle),
    };
    if let Some(obstacle) = obstacle {
        let download = if obstacle.is_file { format!(", {}", download(shared)) } else { String::new() };
        shared.say(Level::Note, &format!("the page of {host} {}; {open}{download}", obstacle.words));
        shared.pages.obstacles.insert(article, obstacle);
        return Vec::new();
    }
    shared.pages.obstacles.remove(&article);
    let mut was = shared.places.insert(article, Place::START).map_or(0, |place| place.thousandths);
    for browse in [&mut model.desk.browse, &mut model.search.browse, &mut model.story.browse] {
        if let Some(reading) = browse.article.reading().filter(|reading| reading.wanted.article == article) {
            was = was.max(reading.article.place);
            browse.article.renew();
        }
    }
    if was == 0 {
        return Vec::new();
    }
    vec![Effect::Write(model.shared.requests.open(Slot::Place), Write::Place { article, place: 0 })]
}

/// How a page that is a file is downloaded.
pub(super) fn download(shared: &Shared) -> String {
    format!("{} downloads it", shared.key(CommandId::ArticleFiles))
}

/// A full text came that nobody pressed a key for. What is being read does not change under the eyes of the reader.
pub(super) fn arrived(model: &mut Model, article: ArticleId) {
    if model.shared.pages.is_fetching(article) {
        return;
    }
    for browse in [&mut model.desk.browse, &mut model.search.browse, &mut model.story.browse] {
        browse.article.renew_unread(article);
    }
}

/// It failed; false: this was no such wish.
pub(super) fn failed(shared: &mut Shared, request: RequestId, error: &str) -> bool {
    let Some((_, url)) = shared.pages.fetching.remove(&request.serial) else { return false };
    let key = shared.key(CommandId::ArticleBrowse);
    // The address is on the screen already, and would take the room of the reason.
    let host = words::host(&url);
    let error = error.replace(&clean_url(&url), host).replace(&url, host);
    let of = if error.contains(host) { String::new() } else { format!("{host}: ") };
    shared.say(Level::Error, &format!("no full text, {key} opens it in the browser: {of}{error}"));
    true
}
