//! An article made ready for its row on the caller's thread, so that the writer only writes.

use std::io;

use serde_json::{Value, json};

use super::StoreError;
use super::columns::millis;
use super::labels::LabelColumns;
use super::texts::Packer;
use crate::model::{Enclosure, NewArticle};

/// A [`NewArticle`] with the columns that are computed from it.
pub(super) struct Arrival {
    pub(super) article: NewArticle,
    /// Columns of its labels.
    pub(super) labels: LabelColumns,
    /// JSON of the categories.
    pub(super) categories: String,
    /// JSON of the enclosures.
    pub(super) enclosures: String,
    /// Its texts, packed; in `article` they are no more.
    pub(super) texts: Vec<u8>,
    /// Of everything the publisher can change: tells an edit without reading the stored text.
    pub(super) digest: i64,
}

impl Arrival {
    /// What arrives together.
    pub(super) fn all(articles: Vec<NewArticle>) -> Result<Vec<Self>, StoreError> {
        let made = || {
            let mut packer = Packer::new()?;
            articles.into_iter().map(|article| Self::new(article, &mut packer)).collect::<io::Result<_>>()
        };
        made().map_err(|error| StoreError::other("packing articles", error))
    }

    fn new(mut article: NewArticle, packer: &mut Packer) -> io::Result<Self> {
        // The title has a column of its own in the index; here it would only take room.
        if let Some(rest) = article.plain_text.strip_prefix(article.title.as_str()) {
            let from = article.plain_text.len() - rest.trim_start().len();
            article.plain_text.drain(..from);
        }
        let categories = json!(article.categories).to_string();
        let enclosures = enclosures_to_json(&article.enclosures);
        let digest = digest(&article, &categories, &enclosures);
        // Taken, so that what waits for the writer is small.
        let [plain, summary, content] =
            [&mut article.plain_text, &mut article.summary_html, &mut article.content_html].map(std::mem::take);
        let texts = packer.pack(&plain, &summary, &content)?;
        Ok(Self { labels: LabelColumns::new(&article.labels), categories, enclosures, texts, digest, article })
    }
}

/// FNV-1a, 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>): stable over versions and platforms, and quick.
struct Fnv(u64);

impl Fnv {
    /// Adds a field; its length keeps neighbours apart.
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain(&bytes.len().to_le_bytes()) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

/// A stable hash of some fields, as a column has it.
pub(super) fn hash(fields: &[&[u8]]) -> i64 {
    let mut fnv = Fnv(0xcbf2_9ce4_8422_2325);
    for field in fields {
        fnv.add(field);
    }
    i64::from_le_bytes(fnv.0.to_le_bytes())
}

fn digest(article: &NewArticle, categories: &str, enclosures: &str) -> i64 {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let moment = |time: Option<jiff::Timestamp>| time.map_or(i64::MIN, millis).to_le_bytes();
    hash(&[
        article.title.as_bytes(),
        article.url.as_bytes(),
        text(&article.original).as_bytes(),
        text(&article.author).as_bytes(),
        &moment(article.published),
        &moment(article.updated),
        text(&article.language).as_bytes(),
        article.summary_html.as_bytes(),
        article.content_html.as_bytes(),
        categories.as_bytes(),
        enclosures.as_bytes(),
    ])
}

fn enclosures_to_json(enclosures: &[Enclosure]) -> String {
    // A file whose length is not told is written as it was before lengths were kept: its article is no other one for that.
    let row = |file: &Enclosure| match file.seconds {
        None => json!([file.url, file.mime, file.bytes, file.title]),
        Some(seconds) => json!([file.url, file.mime, file.bytes, file.title, seconds]),
    };
    Value::from(enclosures.iter().map(row).collect::<Vec<_>>()).to_string()
}

/// The enclosures of a stored article; a damaged column gives none.
pub(super) fn enclosures_from_json(text: &str) -> Vec<Enclosure> {
    let rows: Vec<Vec<Value>> = serde_json::from_str(text).unwrap_or_default();
    let file = |row: Vec<Value>| {
        let text = |n: usize| row.get(n).and_then(Value::as_str).map(str::to_owned);
        let number = |n: usize| row.get(n).and_then(Value::as_u64);
        Some(Enclosure {
            url: text(0)?,
            mime: text(1).unwrap_or_default(),
            bytes: number(2),
            title: text(3),
            seconds: number(4).and_then(|seconds| u32::try_from(seconds).ok()),
        })
    };
    rows.into_iter().filter_map(file).collect()
}

/// The categories of a stored article; a damaged column gives none.
pub(super) fn categories_from_json(text: &str) -> Vec<String> {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enclosures_survive_their_column() {
        let files = vec![
            Enclosure {
                url: "https://a/x.mp3".into(),
                mime: "audio/mpeg".into(),
                bytes: Some(7),
                title: None,
                seconds: Some(1_810),
            },
            Enclosure {
                url: "https://a/\"q\".jpg".into(),
                mime: String::new(),
                bytes: None,
                title: Some("Kai".into()),
                seconds: None,
            },
        ];
        assert_eq!(enclosures_from_json(&enclosures_to_json(&files)), files);
        assert_eq!(enclosures_to_json(&files[1..]), r#"[["https://a/\"q\".jpg","",null,"Kai"]]"#, "as it always was");
        assert_eq!(enclosures_from_json("[1"), []);
    }

    #[test]
    fn a_hash_keeps_fields_apart() {
        assert_ne!(hash(&[b"ab", b"c"]), hash(&[b"a", b"bc"]));
        // The value is stored: it must never change.
        assert_eq!(hash(&[b"freight"]), -3_893_477_400_833_576_597);
    }
}
