//! The sentences of the desk: toasts, notes and the words for things, in one place so that they sound alike.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::intent::Direction;
use super::model::Shared;
use super::times;
use super::waiting::Asked;
use crate::command::CommandId;
use crate::config::ImageMode;
use crate::engine::{Downloading, FeedEdit, Kinship};
use crate::model::{Change, Enclosure, Genre, Headline, Mark, TopicId};
use crate::query::{Order, Rows, Scope};
use crate::text::{clean_line, cut, humanize};

/// Why a mark is refused.
pub const READ_ONLY: &str = "nothing can be saved: the directory of tidings cannot be written";

/// Said when there is room on a disk that was full.
pub const WRITABLE: &str = "there is room on the disk again: marks and articles are saved";
/// No unread row was found.
pub const NO_UNREAD: &str = "no further unread article";
/// The article has been removed.
pub const ARTICLE_GONE: &str = "this article is not in the library any more";

/// Addresses of the demo lead nowhere.
pub const INVENTED: &str = "the news and addresses of the demo are invented: there is nothing to open";

/// The heading of the list of what is covered most.
pub const COVERED: &str = "Most covered of the last 48 hours, by number of sources";
/// Why rows are not stories here.
pub const NO_STORIES_HERE: &str = "a row is an article here; everything and the topics can be shown as stories";

/// What rows stand for, said when it changes and told in the status line.
#[must_use]
pub fn rows(rows: Rows) -> &'static str {
    match rows {
        Rows::Stories => "stories",
        Rows::Articles => "every article",
    }
}

/// The first of two stories to be joined was marked.
#[must_use]
pub fn joining(shared: &Shared) -> String {
    let key = shared.key(CommandId::ArticleJoin);
    format!("{key} on an article of another story makes them one; Esc leaves them")
}

/// The host of an address, without what every host may have before its name.
#[must_use]
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    host.strip_prefix("www.").unwrap_or(host)
}

/// Who publishes an article, and whom it is taken from.
#[must_use]
pub fn source(headline: &Headline) -> String {
    match &headline.via {
        Some(via) => format!("{}, via {via}", headline.feed_name),
        None => headline.feed_name.clone(),
    }
}

/// A genre, as a meta line has it.
#[must_use]
pub fn genre(genre: Genre) -> &'static str {
    Genre::ALL[genre as usize].2
}

/// What can be taught from the page of reasons.
#[must_use]
pub fn lessons(shared: &Shared) -> String {
    let key = |command| shared.key(command);
    format!(
        "{} never by this cue, {} wrong topic, {} always for this feed, {} not this name",
        key(CommandId::WhyNever),
        key(CommandId::WhyWrong),
        key(CommandId::WhyAlways),
        key(CommandId::WhyNotEntity)
    )
}

/// Share of a text that is worth telling.
const SAME_TEXT: f64 = 0.3;

/// A text in quotation marks.
#[must_use]
pub fn quoted(text: &str, ascii: bool) -> String {
    if ascii { format!("\"{text}\"") } else { format!("“{text}”") }
}

/// Why an article is in its story, the most telling first; `name` gives the names of entities.
#[must_use]
pub fn kinship(kinship: &Kinship, name: impl Fn(&String) -> String) -> Vec<String> {
    let names = |ids: &[String]| ids.iter().map(&name).collect::<Vec<_>>().join(", ");
    let mut parts = Vec::new();
    match kinship.by_hand {
        Some(true) => parts.push("joined by hand".to_owned()),
        Some(false) => parts.push("split by hand".to_owned()),
        None => {}
    }
    if kinship.same_text >= SAME_TEXT {
        parts.push(format!("{:.0} % of the text is the same", kinship.same_text * 100.0));
    }
    if !kinship.words.is_empty() {
        parts.push(format!("words of the titles: {}", kinship.words.join(", ")));
    }
    if !kinship.entities.is_empty() {
        parts.push(format!("names: {}", names(&kinship.entities)));
    }
    if !kinship.saturated.is_empty() {
        parts.push(format!("not counted, for they are everywhere: {}", names(&kinship.saturated)));
    }
    parts.push(format!("alike by {:.2} ({:.2} joins)", kinship.score, kinship.threshold));
    parts
}

/// `1 source`, `4 sources`.
#[must_use]
pub fn sources(n: u32) -> String {
    if n == 1 { "1 source".to_owned() } else { format!("{n} sources") }
}

/// `1 article`, `14 articles`.
#[must_use]
pub fn articles(n: u64) -> String {
    if n == 1 { "1 article".to_owned() } else { format!("{} articles", humanize::count(n)) }
}

/// No unread row lies in that direction.
#[must_use]
pub fn no_unread(direction: Direction, shared: &Shared) -> String {
    match direction {
        Direction::Next => format!(
            "no unread article below; {} looks above, {} goes to the top",
            shared.key(CommandId::ListPreviousUnread),
            shared.key(CommandId::ListTop)
        ),
        Direction::Previous => "no unread article above".to_owned(),
    }
}

/// What a change of marks did, or undid.
#[must_use]
pub fn change(change: &Change) -> String {
    let did = match &change.mark {
        Mark::Read(true) => "marked read",
        Mark::Read(false) => "marked unread",
        Mark::Saved(true) => "saved",
        Mark::Saved(false) => "no longer saved",
        Mark::Note(Some(_)) => "noted",
        Mark::Note(None) => "note removed",
    };
    match &change.title {
        Some(title) => match change.articles.len() {
            0 | 1 => format!("{did}: {title}"),
            2 => format!("{did}: {title} and 1 copy"),
            n => format!("{did}: {title} and {} copies", n - 1),
        },
        None => format!("{did}: {}", articles(change.articles.len() as u64)),
    }
}

/// No feed can be reached: since when, and what can be done nevertheless.
#[must_use]
pub fn offline(since: Timestamp, shared: &Shared) -> String {
    let at = times::clock_time(since, &shared.zone);
    let saved = match shared.counts.articles {
        1 => "1 saved article".to_owned(),
        n => format!("{} saved articles", humanize::count(n)),
    };
    let key = shared.key(CommandId::ArticleBrowse);
    let queued = if key.is_empty() { String::new() } else { format!("; {key} is queued until back") };
    format!("Offline since {at}. Showing {saved}{queued}.")
}

/// What became of a page asked for while offline; none when it opens all the same.
#[must_use]
pub fn waits(asked: Asked, shared: &Shared) -> Option<String> {
    match asked {
        Asked::Queued(1) => Some("queued until back online (quitting drops it); again opens it now".to_owned()),
        Asked::Queued(n) => {
            Some(format!("queued until back online ({n} wait, quitting drops them); again opens it now"))
        }
        Asked::Full(n) => {
            let copy = shared.key(CommandId::ArticleCopyLink);
            Some(format!("not queued: {n} pages wait already; {copy} copies the link"))
        }
        Asked::Insisted => None,
    }
}

/// The network is back, and with it what waited.
#[must_use]
pub fn back_online(pages: usize) -> String {
    match pages {
        1 => "online again: opening the page that waited".to_owned(),
        n => format!("online again: opening the {n} pages that waited"),
    }
}

/// How a round of polls that the user asked for ended.
#[must_use]
pub fn polled(new: u64, failed: usize) -> String {
    let new = if new == 0 { "nothing new".to_owned() } else { format!("{} new", humanize::count(new)) };
    match failed {
        0 => format!("polled: {new}"),
        1 => format!("polled: {new}; 1 feed failed"),
        n => format!("polled: {new}; {n} feeds failed"),
    }
}

/// What became of feeds that were added together.
#[must_use]
pub fn feeds_added(n: usize) -> String {
    match n {
        0 => "no feed was new".to_owned(),
        1 => "added 1 feed".to_owned(),
        n => format!("added {n} feeds"),
    }
}

/// What an edit of the subscriptions did.
#[must_use]
pub fn feed_edit(edit: &FeedEdit, shared: &Shared) -> String {
    let name = |id| {
        let feed = shared.feeds.iter().find(|f| f.feed.id == id);
        feed.map_or_else(|| "the feed".to_owned(), |f| f.feed.name.clone())
    };
    match edit {
        FeedEdit::Rename(_, to) => format!("renamed to {to}"),
        FeedEdit::Move(id, _) => format!("moved to its new address: {}", name(*id)),
        FeedEdit::Enable(id, true) => format!("no longer muted: {}", name(*id)),
        FeedEdit::Enable(id, false) => format!("muted: {}", name(*id)),
        FeedEdit::Remove(id) => format!("removed: {}", name(*id)),
    }
}

/// The short name of a topic, for running text: `Ocean` of `Ocean & liner`.
#[must_use]
pub fn topic(topic: TopicId) -> &'static str {
    let name = topic.get().name;
    name.split(['&', ',']).next().unwrap_or(name).trim()
}

/// The scope of these topics; of none: everything.
#[must_use]
pub fn topics_scope(mut topics: Vec<TopicId>) -> Scope {
    topics.sort();
    topics.dedup();
    match topics.as_slice() {
        [] => Scope::All,
        [one] => Scope::Topic(*one),
        [_, _, ..] => Scope::Topics(topics),
    }
}

/// The name of an order.
#[must_use]
pub fn order(order: Order) -> &'static str {
    match order {
        Order::Date => "newest first",
        Order::Source => "by source",
        Order::Topic => "by topic",
    }
}

/// What a list is about.
#[must_use]
pub fn scope(scope: &Scope, shared: &Shared) -> String {
    match scope {
        Scope::All => "All".to_owned(),
        Scope::Topic(topic) => topic.get().name.to_owned(),
        Scope::Feed(id) => {
            let feed = shared.feeds.iter().find(|f| f.feed.id == *id);
            feed.map_or_else(|| "One feed".to_owned(), |f| f.feed.name.clone())
        }
        Scope::Saved => "Saved".to_owned(),
        Scope::Search(_) => "Search".to_owned(),
        Scope::Topics(topics) => topics.iter().map(|topic| self::topic(*topic)).collect::<Vec<_>>().join(" + "),
        Scope::Entity(id) => shared.names.get(id).unwrap_or(id).clone(),
        Scope::Covered => "Most covered".to_owned(),
        Scope::OffTopic => "Off-topic".to_owned(),
    }
}

/// The date of an article itself: a row that stands for a story is dated by the newest of its articles.
#[must_use]
pub fn date(headline: &Headline) -> Timestamp {
    headline.published.map_or(headline.fetched, |published| published.min(headline.fetched))
}

/// An article has no files.
pub const NO_FILES: &str = "this article has no files";

/// The last part of an address, as a file is called; its host where it has none.
#[must_use]
pub fn file_name(url: &str) -> String {
    let rest = url.split(['?', '#']).next().unwrap_or(url);
    let path = rest.split_once("://").map_or(rest, |(_, rest)| rest).split_once('/').map_or("", |(_, path)| path);
    let last = path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_else(|| host(url));
    clean_line(last)
}

/// What a file is called: its title, else its name.
#[must_use]
pub fn file_label(file: &Enclosure) -> String {
    file.title.clone().unwrap_or_else(|| file_name(&file.url))
}

/// What is known of a file before it is here: its kind, how long it plays, its size.
#[must_use]
pub fn file_facts(file: &Enclosure) -> Vec<String> {
    let mut facts = Vec::new();
    if !file.mime.is_empty() {
        facts.push(file.mime.clone());
    }
    facts.extend(file.seconds.map(playing_time));
    facts.extend(file.bytes.map(humanize::bytes));
    facts
}

/// `4:05`, `30:10`, `1:02:03`.
#[must_use]
pub fn playing_time(seconds: u32) -> String {
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes}:{seconds:02}") }
}

/// An attached file under its article: what it is called, what it is, whose it is.
#[must_use]
pub fn enclosure(file: &Enclosure, dot: &str) -> String {
    let mut parts = vec![file_label(file)];
    parts.extend(file_facts(file));
    parts.push(host(&file.url).to_owned());
    parts.join(&format!(" {dot} "))
}

/// How far a file is: `34 % of 21 MiB`, `7.1 MiB`.
#[must_use]
pub fn progress(file: &Downloading) -> String {
    match file.total.filter(|total| *total > 0) {
        Some(total) => {
            let percent = u128::from(file.received.min(total)) * 100 / u128::from(total);
            format!("{percent} % of {}", humanize::bytes(total))
        }
        None => humanize::bytes(file.received),
    }
}

/// The downloads that end with the desk, a line each.
#[must_use]
pub fn unfinished(shared: &Shared) -> Vec<String> {
    let key = shared.key(CommandId::ArticleFiles);
    let line = |file: &Downloading| {
        let (name, here) = (&file.name, progress(file));
        format!("{name} is not whole ({here} is here): {key} in its article goes on with it")
    };
    shared.downloads.values().map(line).collect()
}

/// The files on their way, in the status line.
#[must_use]
pub fn downloads(files: &BTreeMap<String, Downloading>) -> Option<String> {
    let first = files.values().next()?;
    let more = files.len() - 1;
    let more = if more > 0 { format!(", {more} more") } else { String::new() };
    Some(format!("{} {}{more}", cut(&first.name, 24, ".."), progress(first)))
}

/// Why pictures of an article are not shown, when they cannot be or shall not be.
#[must_use]
pub fn no_pictures(shared: &Shared, headline: &Headline) -> Option<String> {
    if !cfg!(feature = "images") {
        return Some("this tidings was built without pictures".to_owned());
    }
    let off = |whose: &str| Some(format!("pictures are off: images = \"never\" {whose} of config.toml"));
    match shared.images_of(headline.feed) {
        Some(ImageMode::Never) => off(&format!("for {} in [[feeds]]", headline.feed_name)),
        None if shared.settings.ui.images == ImageMode::Never => off("in [ui]"),
        None | Some(_) => terminal_without_pictures(shared),
    }
}

/// Why this terminal shows no pictures, as far as that is known.
#[must_use]
pub fn terminal_without_pictures(shared: &Shared) -> Option<String> {
    let settings = &shared.settings;
    let characters = shared.pictures.canvas().is_some_and(|canvas| canvas.characters);
    if characters && settings.glyphs.ascii {
        Some("this terminal shows pictures with block characters only, and it is asked for ASCII".to_owned())
    } else if characters && settings.no_color {
        Some("this terminal shows pictures with colours only, and NO_COLOR is set".to_owned())
    } else {
        None
    }
}

/// That pictures were asked for; none when there is nothing to wait for.
#[must_use]
pub fn pictures_come(n: usize) -> Option<String> {
    match n {
        0 => None,
        1 => Some("fetching a picture".to_owned()),
        n => Some(format!("fetching {n} pictures")),
    }
}

/// Why a picture is not shown. Its address is foreign: of it only the host is told, as the text under the place has the rest.
#[must_use]
pub fn picture_failed(url: &str, why: &str) -> String {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = host.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    format!("a picture of {} is not shown: {why}", clean_line(host))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ArticleId;

    #[test]
    fn changes_read_well() {
        let one = Change {
            id: None,
            mark: Mark::Read(true),
            articles: vec![ArticleId(1)],
            title: Some("Quay cranes ordered".into()),
        };
        assert_eq!(change(&one), "marked read: Quay cranes ordered");
        let copied = Change { articles: vec![ArticleId(1), ArticleId(2)], ..one.clone() };
        assert_eq!(change(&copied), "marked read: Quay cranes ordered and 1 copy");
        let many = Change { articles: vec![ArticleId(1); 14], title: None, ..one };
        assert_eq!(change(&many), "marked read: 14 articles");
    }

    #[test]
    fn a_picture_that_failed_is_told_by_its_host() {
        let told = picture_failed("https://me:secret@img.example:8080/a?token=1", "it is gone");
        assert_eq!(told, "a picture of img.example:8080 is not shown: it is gone");
    }
}
