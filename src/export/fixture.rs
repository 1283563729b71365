//! An invented article for tests.

use jiff::tz::TimeZone;

use super::{Exporter, Format, Setting};
use crate::model::{
    Article, ArticleId, ArticleState, Coverage, Enclosure, FeedId, Genres, Headline, Score, StoryId, TopicId,
};

/// Article number `n`.
pub(crate) fn article(n: i64) -> Article {
    Article {
        headline: Headline {
            id: ArticleId(n),
            feed: FeedId(1),
            feed_name: "Harbour Gazette".into(),
            url: format!("https://gazette.example/{n}?utm_source=rss"),
            original: None,
            title: format!("Quay {n} reopens after crane repairs"),
            author: Some("Jane Doe".into()),
            published: "2026-05-12T09:14:00Z".parse().ok(),
            updated: None,
            fetched: "2026-05-13T06:00:00Z".parse().unwrap(),
            date: "2026-05-12T09:14:00Z".parse().unwrap(),
            language: Some("en".into()),
            topics: ["ports", "labour"].into_iter().filter_map(TopicId::from_id).collect(),
            scores: vec![Score(310), Score(150)],
            entities: Vec::new(),
            genres: Genres::default(),
            via: Some("Port Wire".into()),
            story: StoryId(1),
            copy_of: None,
            coverage: Coverage::default(),
            state: ArticleState::default(),
        },
        summary_html: String::new(),
        content_html: format!(
            "<p>Berth {n} took its <b>first ship</b>.</p><p>See <a href='/more?a=1&amp;b=2'>more</a>.</p>\
             <figure><img src='/crane.png' alt='Two cranes'><figcaption>On Monday</figcaption></figure>\
             <ul><li>one<li>two</ul><table><tr><th>Lane<th>Rate<tr><td>North<td>1,200</table>"
        ),
        categories: Vec::new(),
        enclosures: vec![Enclosure {
            url: "https://gazette.example/talk.mp3".into(),
            mime: "audio/mpeg".into(),
            bytes: Some(1_258_291),
            title: None,
            seconds: None,
        }],
        note: None,
        full_text: None,
        place: 0,
    }
}

/// How exports are set in tests.
pub(crate) fn setting(alone: bool) -> Setting {
    Setting {
        title: "News: quay".into(),
        made: "2026-05-14T08:00:00Z".parse().unwrap(),
        zone: TimeZone::UTC,
        quote: 300,
        alone,
    }
}

/// The articles in a format.
pub(crate) fn exported(format: Format, articles: &[Article]) -> Vec<u8> {
    let mut exporter = Exporter::new(format, setting(articles.len() == 1)).unwrap();
    let mut bytes: Vec<u8> = articles.iter().flat_map(|article| exporter.add(article).unwrap()).collect();
    bytes.extend(exporter.finish().unwrap());
    bytes
}
