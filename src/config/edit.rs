//! Edits of the config's text that leave everything else as it stands: comments, order, layout.
//!
//! Pure: text in, text out. Feeds are found by their URL, in `[[feeds]]` tables and in an inline `feeds = [{ ... }]` alike.

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use super::FeedSpec;

/// Why the text could not be edited; it is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The file is not TOML.
    #[error("config.toml cannot be edited while it is broken; `tidings config check` tells where: {0}")]
    Broken(String),
    /// No feed has that URL.
    #[error("config.toml has no feed {0}")]
    NoSuchFeed(String),
    /// `feeds` is something else than a list of feeds.
    #[error("`feeds` in config.toml is no list of feeds; write [[feeds]]")]
    NotAList,
}

/// Adds feeds after those that are there.
///
/// # Errors
/// When the text is broken.
pub fn add_feeds(text: &str, feeds: &[FeedSpec]) -> Result<String, EditError> {
    let mut document = read(text)?;
    let list = document.entry("feeds").or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    match list {
        Item::ArrayOfTables(tables) => feeds.iter().for_each(|feed| tables.push(table_of(feed))),
        Item::Value(Value::Array(array)) => {
            for feed in feeds {
                array.push(Value::InlineTable(table_of(feed).into_inline_table()));
            }
        }
        _ => return Err(EditError::NotAList),
    }
    Ok(document.to_string())
}

/// Takes the feed with this URL out, with the comments right above it.
///
/// # Errors
/// When the text is broken or has no such feed.
pub fn remove_feed(text: &str, url: &str) -> Result<String, EditError> {
    let mut document = read(text)?;
    match document.get_mut("feeds") {
        Some(Item::ArrayOfTables(tables)) => {
            let at = tables.iter().position(|table| has_url(table, url)).ok_or_else(|| missing(url))?;
            tables.remove(at);
            if tables.is_empty() {
                document.remove("feeds");
            }
        }
        Some(Item::Value(Value::Array(array))) => {
            let at = array.iter().position(|feed| feed.as_inline_table().is_some_and(|table| has_url(table, url)));
            array.remove(at.ok_or_else(|| missing(url))?);
        }
        _ => return Err(missing(url)),
    }
    Ok(document.to_string())
}

/// Gives the feed with this URL another name.
///
/// # Errors
/// When the text is broken or has no such feed.
pub fn rename_feed(text: &str, url: &str, name: &str) -> Result<String, EditError> {
    change(text, url, |feed| set(feed, "name", name.into()))
}

/// Mutes (false) or unmutes (true) the feed with this URL.
///
/// # Errors
/// When the text is broken or has no such feed.
pub fn set_enabled(text: &str, url: &str, enabled: bool) -> Result<String, EditError> {
    change(text, url, |feed| {
        if enabled {
            // It is the default: the line goes away again.
            feed.remove("enabled");
        } else {
            set(feed, "enabled", false.into());
        }
    })
}

/// Sets a key of the feed, keeping the comment behind its line.
fn set(feed: &mut dyn TableLike, key: &str, new: Value) {
    match feed.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            let decor = old.decor().clone();
            *old = new;
            *old.decor_mut() = decor;
        }
        None => {
            feed.insert(key, value(new));
        }
    }
}

fn change(text: &str, url: &str, edit: impl FnOnce(&mut dyn TableLike)) -> Result<String, EditError> {
    let mut document = read(text)?;
    let feed: &mut dyn TableLike = match document.get_mut("feeds") {
        Some(Item::ArrayOfTables(tables)) => {
            tables.iter_mut().find(|table| has_url(*table, url)).ok_or_else(|| missing(url))?
        }
        Some(Item::Value(Value::Array(array))) => array
            .iter_mut()
            .filter_map(Value::as_inline_table_mut)
            .find(|table| has_url(*table, url))
            .ok_or_else(|| missing(url))?,
        _ => return Err(missing(url)),
    };
    edit(feed);
    Ok(document.to_string())
}

fn read(text: &str) -> Result<DocumentMut, EditError> {
    text.parse().map_err(|error: toml_edit::TomlError| EditError::Broken(error.message().to_owned()))
}

fn has_url(feed: &dyn TableLike, url: &str) -> bool {
    feed.get("url").and_then(Item::as_str).is_some_and(|there| there.trim() == url)
}

fn missing(url: &str) -> EditError {
    EditError::NoSuchFeed(url.to_owned())
}

/// A feed as a table; keys at their defaults are left out.
fn table_of(feed: &FeedSpec) -> Table {
    let mut table = Table::new();
    if let Some(name) = &feed.name {
        table["name"] = value(name);
    }
    table["url"] = value(&feed.url);
    if !feed.topics.is_empty() {
        table["topics"] = value(feed.topics.iter().map(|topic| topic.get().id).collect::<Array>());
    }
    if let Some(minutes) = feed.poll_minutes.and_then(|minutes| i64::try_from(minutes).ok()) {
        table["poll_minutes"] = value(minutes);
    }
    if !feed.headers.is_empty() {
        let headers = feed.headers.iter().map(|(name, text)| (name.as_str(), Value::from(text.as_str())));
        table["headers"] = value(headers.collect::<InlineTable>());
    }
    if let Some(username) = &feed.username {
        table["username"] = value(username);
    }
    if let Some(command) = &feed.password_command {
        table["password_command"] = value(command.iter().collect::<Array>());
    }
    if let Some(proxy) = &feed.proxy {
        table["proxy"] = value(proxy);
    }
    if !feed.enabled {
        table["enabled"] = value(false);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TopicId;

    const DESK: &str = "# my desk\nkeep_days = 0 # all\n\n[[feeds]] # the good one\nname = 'Ledger' # short\nurl = \"https://ledger.example/feed\"\n\n# for Tuesdays\n[[feeds]]\nurl = \"https://quay.example/rss\"\nenabled = false\n\n[ui]\ntheme = \"light\"\n";

    fn feed(url: &str) -> FeedSpec {
        FeedSpec { url: url.into(), ..FeedSpec::default() }
    }

    #[test]
    fn adding_keeps_every_comment_and_every_line() {
        let topics = vec![TopicId::from_id("air").unwrap()];
        let added = FeedSpec { name: Some("“Apron” & co".into()), topics, ..feed("https://apron.example/feed") };
        let text = add_feeds(DESK, &[added.clone()]).unwrap();
        for line in DESK.lines() {
            assert!(text.contains(line), "lost {line:?} in\n{text}");
        }
        let (config, faults) = super::super::parse(&text, std::path::Path::new("config.toml"));
        assert_eq!((faults.len(), config.feeds.len()), (0, 3), "{text}");
        assert_eq!(config.feeds[2], added);
    }

    #[test]
    fn adding_to_nothing_makes_a_file() {
        let text = add_feeds("", &[feed("https://a.example/1"), feed("https://a.example/2")]).unwrap();
        let (config, faults) = super::super::parse(&text, std::path::Path::new("config.toml"));
        assert_eq!((faults.len(), config.feeds.len()), (0, 2), "{text}");
    }

    #[test]
    fn renaming_and_muting_touch_one_line() {
        let text = rename_feed(DESK, "https://ledger.example/feed", "Harbour Ledger").unwrap();
        assert_eq!(text, DESK.replace("'Ledger' # short", "\"Harbour Ledger\" # short"));
        let text = set_enabled(DESK, "https://quay.example/rss", true).unwrap();
        assert_eq!(text, DESK.replace("enabled = false\n", ""));
        let text = set_enabled(DESK, "https://ledger.example/feed", false).unwrap();
        assert!(text.contains("url = \"https://ledger.example/feed\"\nenabled = false\n"), "{text}");
    }

    #[test]
    fn removing_takes_that_feed_only() {
        let text = remove_feed(DESK, "https://quay.example/rss").unwrap();
        assert!(!text.contains("quay") && text.contains("# my desk") && text.contains("[ui]\ntheme"), "{text}");
        let text = remove_feed(&text, "https://ledger.example/feed").unwrap();
        let (config, faults) = super::super::parse(&text, std::path::Path::new("config.toml"));
        assert_eq!((faults.len(), config.feeds.len(), config.ui.theme.as_str()), (0, 0, "light"), "{text}");
        assert_eq!(remove_feed(&text, "https://ledger.example/feed"), Err(missing("https://ledger.example/feed")));
    }

    #[test]
    fn inline_lists_are_edited_too() {
        let text = "feeds = [{ url = \"https://a.example/1\" }] # few\n";
        let text = add_feeds(text, &[feed("https://a.example/2")]).unwrap();
        let text = rename_feed(&text, "https://a.example/1", "One").unwrap();
        let (config, faults) = super::super::parse(&text, std::path::Path::new("config.toml"));
        assert_eq!((faults.len(), config.feeds.len()), (0, 2), "{text}");
        assert_eq!(config.feeds[0].name.as_deref(), Some("One"));
        assert!(remove_feed(&text, "https://a.example/1").unwrap().contains("# few"));
    }

    #[test]
    fn a_broken_file_is_left_alone() {
        assert!(matches!(add_feeds("keep_days = [", &[feed("https://a.example/1")]), Err(EditError::Broken(_))));
        assert_eq!(add_feeds("feeds = 3", &[feed("https://a.example/1")]), Err(EditError::NotAList));
    }
}
