//! The invented news day as it is written down in `assets/demo/`, one file a publication.
//!
//! ```text
//! # a comment
//! publication: Quayside
//! about: Ports and the ships that call there
//! site: https://quayside.example/
//! format: rss                               or atom, json
//! topics: ocean, ports                      default topics of the feed; may be left out
//!
//! == 1:25                                   an article, this old (hours:minutes) when the demo begins;
//! title: ...                                `== held` for one that comes later, while somebody looks
//! by: ...                                   author, may be left out
//! tags: Ocean, Disruption                   the publication's own categories
//! story: canal                              articles with the same word tell the same story; never shown
//! lang: es                                  when it is not English
//! teaser: ...                               the summary, as plain text
//! file: audio/mpeg 18400000 https://...     an enclosure: type, bytes, address
//! <p>...                                    from the first line that begins with < on: the text as HTML
//! ```

use jiff::SignedDuration;

use crate::model::TopicId;

/// How a publication's feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Rss,
    Atom,
    Json,
}

/// An invented publication and all that it will write.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Publication {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) site: &'static str,
    pub(super) format: Format,
    pub(super) topics: Vec<TopicId>,
    pub(super) articles: Vec<Article>,
}

/// An invented article.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Article {
    /// How old it is when the demo begins; none: held back until later.
    pub(super) age: Option<SignedDuration>,
    pub(super) title: &'static str,
    pub(super) author: Option<&'static str>,
    pub(super) tags: Vec<&'static str>,
    /// Shared by the articles about one event.
    pub(super) story: Option<&'static str>,
    pub(super) language: Option<&'static str>,
    pub(super) teaser: &'static str,
    pub(super) file: Option<File>,
    /// HTML; empty when the feed has only the teaser.
    pub(super) body: String,
}

/// A file that comes with an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct File {
    pub(super) mime: &'static str,
    pub(super) bytes: u64,
    pub(super) url: &'static str,
}

const SCRIPTS: [&str; 8] = [
    include_str!("../../assets/demo/quayside.txt"),
    include_str!("../../assets/demo/twistlock.txt"),
    include_str!("../../assets/demo/apron.txt"),
    include_str!("../../assets/demo/kingpin.txt"),
    include_str!("../../assets/demo/wagonload.txt"),
    include_str!("../../assets/demo/doorstep.txt"),
    include_str!("../../assets/demo/bonded.txt"),
    include_str!("../../assets/demo/halyard.txt"),
];

/// The publications of the demo, or what is wrong with their files.
pub(super) fn publications() -> Result<Vec<Publication>, String> {
    SCRIPTS.into_iter().map(parse).collect()
}

/// Reads one file; the error names publication or line.
fn parse(text: &'static str) -> Result<Publication, String> {
    let mut publication =
        Publication { name: "", about: "", site: "", format: Format::Rss, topics: Vec::new(), articles: Vec::new() };
    for (number, line) in (1..).zip(text.lines()) {
        let wrong = || format!("{}, line {number}: {line}", publication.name);
        if let Some(age) = line.strip_prefix("== ") {
            let age = if age == "held" { None } else { Some(parse_age(age).ok_or_else(wrong)?) };
            publication.articles.push(Article { age, ..Article::default() });
            continue;
        }
        match publication.articles.last_mut() {
            Some(article) if !article.body.is_empty() || line.starts_with('<') => {
                article.body.push_str(line);
                article.body.push('\n');
            }
            _ if line.is_empty() || line.starts_with('#') => {}
            article => {
                let (key, value) = line.split_once(": ").ok_or_else(|| format!("line {number}: {line}"))?;
                let known = match article {
                    Some(article) => article.set(key, value),
                    None => publication.set(key, value),
                };
                known.ok_or_else(|| format!("line {number}: {line}"))?;
            }
        }
    }
    Ok(publication)
}

impl Publication {
    fn set(&mut self, key: &str, value: &'static str) -> Option<()> {
        match key {
            "publication" => self.name = value,
            "about" => self.about = value,
            "site" => self.site = value,
            "topics" => self.topics = value.split(", ").map(TopicId::from_id).collect::<Option<_>>()?,
            "format" => {
                self.format = match value {
                    "rss" => Format::Rss,
                    "atom" => Format::Atom,
                    "json" => Format::Json,
                    _ => return None,
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// The address of one of its articles, made of the title and its number.
    pub(super) fn address(&self, number: usize) -> String {
        let title = self.articles.get(number).map_or("", |article| article.title);
        let words = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).take(8);
        let slug: String = words.map(|word| word.to_ascii_lowercase() + "-").collect();
        format!("{}{slug}{}", self.site, number.saturating_add(1))
    }

    /// Name of its feed's file.
    pub(super) fn file_name(&self) -> String {
        let stem: String =
            self.name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        match self.format {
            Format::Rss => stem + ".rss",
            Format::Atom => stem + ".atom",
            Format::Json => stem + ".json",
        }
    }
}

impl Article {
    fn set(&mut self, key: &str, value: &'static str) -> Option<()> {
        match key {
            "title" => self.title = value,
            "by" => self.author = Some(value),
            "tags" => self.tags = value.split(", ").collect(),
            "story" => self.story = Some(value),
            "lang" => self.language = Some(value),
            "teaser" => self.teaser = value,
            "file" => {
                let mut parts = value.split(' ');
                self.file = Some(File { mime: parts.next()?, bytes: parts.next()?.parse().ok()?, url: parts.next()? });
            }
            _ => return None,
        }
        Some(())
    }
}

/// `hours:minutes`
fn parse_age(text: &str) -> Option<SignedDuration> {
    let (hours, minutes) = text.split_once(':')?;
    let minutes = hours.parse::<i64>().ok()?.checked_mul(60)?.checked_add(minutes.parse().ok()?)?;
    Some(SignedDuration::from_mins(minutes))
}
