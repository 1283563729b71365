//! `tidings why`: every reason for an article's topics and names, and for its story.

use serde::Serialize;

use super::args::WhyArguments;
use super::exit::Outcome;
use super::moment::local;
use super::output::Output;
use super::record::{EntityRecord, VERSION};
use super::show;
use crate::engine::{Contribution, EngineHandle, EntityReason, Home, Kinship, Place, TopicReason, Why};
use crate::model::ArticleId;

/// Runs the command.
///
/// # Errors
/// Kind `Failed` when no article has the number.
pub(super) async fn run(arguments: WhyArguments, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let Some(why) = engine.why(ArticleId(arguments.id)).await? else {
        return Err(show::unknown(arguments.id));
    };
    if arguments.json {
        output.json(&WhyRecord::of(&why));
        return Ok(());
    }
    for line in lines(&why) {
        output.line(&line);
    }
    Ok(())
}

fn lines(why: &Why) -> Vec<String> {
    let (headline, explanation) = (&why.headline, &why.explanation);
    let mut lines = vec![headline.title.clone(), format!("{} | {}", headline.feed_name, local(headline.date))];
    let heading = |lines: &mut Vec<String>, text: String| lines.extend([String::new(), text]);
    heading(&mut lines, format!("Topics (a topic needs {})", explanation.threshold));
    if explanation.topics.is_empty() {
        lines.push("  nothing speaks for any topic".to_owned());
    }
    for reason in &explanation.topics {
        lines.push(topic(reason));
        lines.extend(reason.contributions.iter().map(contribution));
    }
    if !explanation.entities.is_empty() {
        heading(&mut lines, "Names".to_owned());
        lines.extend(explanation.entities.iter().map(entity));
    }
    if !explanation.remarks.is_empty() {
        heading(&mut lines, "Further".to_owned());
        lines.extend(explanation.remarks.iter().map(|remark| format!("  {remark}")));
    }
    heading(&mut lines, format!("Story {}", headline.story.0));
    lines.extend(story(why));
    lines
}

fn topic(reason: &TopicReason) -> String {
    let verdict = if reason.assigned { "yes" } else { "no" };
    let note = if reason.note.is_empty() { String::new() } else { format!("  ({})", reason.note) };
    format!("  {:<11}{:>6}  {verdict}{note}", reason.topic.get().id, reason.score.to_string())
}

fn contribution(part: &Contribution) -> String {
    let by = part.entity.as_ref().map(|entity| format!(", through {}", entity.name)).unwrap_or_default();
    let (matched, place, home) = (&part.matched, in_words(&part.place), home(&part.home));
    format!("    {:>+6.2}  \"{matched}\" {place}: {}{by}  [{} in {home}]", part.weight.value(), part.note, part.rule)
}

fn entity(reason: &EntityReason) -> String {
    let verdict = if reason.named { "" } else { "not " };
    let note = if reason.note.is_empty() { String::new() } else { format!(": {}", reason.note) };
    let (name, kind, place) = (&reason.entity.name, reason.entity.kind.words(), in_words(&reason.place));
    let (matched, rule, home) = (&reason.matched, &reason.rule, home(&reason.home));
    format!("  {verdict}{name} ({kind})  \"{matched}\" {place}{note}  [{rule} in {home}]")
}

fn story(why: &Why) -> Vec<String> {
    let headline = &why.headline;
    let mut lines = Vec::new();
    if let Some(first) = headline.copy_of {
        lines.push(format!("  the same text as article {first}"));
    }
    let Some(kinship) = &why.kinship else {
        let alone = headline.coverage.others == 0;
        let words =
            if alone { "nobody else tells it" } else { "too old to be compared again; its place was decided before" };
        lines.push(format!("  {words}"));
        return lines;
    };
    match kinship.by_hand {
        Some(true) => lines.push("  put together by hand".to_owned()),
        Some(false) => lines.push("  set apart by hand".to_owned()),
        None => {
            lines.push(format!("  likeness {:.2}, and {:.2} is enough", kinship.score, kinship.threshold));
        }
    }
    let listed = |what: &str, words: &[String]| {
        (!words.is_empty())
            .then(|| format!("  {what}: {}", words.iter().map(String::as_str).collect::<Vec<_>>().join(", ")))
    };
    lines.extend(listed("words in common", &kinship.words));
    lines.extend(listed("names in common", &kinship.entities));
    lines.extend(listed("names that are everywhere and do not count", &kinship.saturated));
    if kinship.same_text > 0.0 {
        lines.push(format!("  {:.0} % of the text is the same", kinship.same_text * 100.0));
    }
    lines
}

fn in_words(place: &Place) -> &'static str {
    match place {
        Place::Title(_) => "in the title",
        Place::Text(_) => "in the text",
        Place::Category => "as a category",
        Place::Feed => "as the feed",
        Place::Address => "as the address",
    }
}

fn home(home: &Home) -> String {
    match home {
        Home::Table { file, line } => format!("{file}:{line}"),
        Home::Config(key) => format!("config.toml, {key}"),
    }
}

/// Why, as JSON.
#[derive(Serialize)]
struct WhyRecord<'a> {
    v: u8,
    id: i64,
    title: &'a str,
    url: &'a str,
    threshold: f64,
    topics: Vec<TopicRecord<'a>>,
    entities: Vec<NameRecord<'a>>,
    remarks: &'a [String],
    story: i64,
    copy_of: Option<i64>,
    kinship: Option<KinshipRecord<'a>>,
}

#[derive(Serialize)]
struct TopicRecord<'a> {
    id: &'static str,
    score: f64,
    assigned: bool,
    note: &'a str,
    contributions: Vec<ContributionRecord<'a>>,
}

#[derive(Serialize)]
struct ContributionRecord<'a> {
    weight: f64,
    rule: &'a str,
    entity: Option<&'a str>,
    matched: &'a str,
    place: PlaceRecord,
    home: String,
    note: &'static str,
}

#[derive(Serialize)]
struct NameRecord<'a> {
    #[serde(flatten)]
    entity: EntityRecord<'a>,
    named: bool,
    rule: &'a str,
    matched: &'a str,
    place: PlaceRecord,
    home: String,
    note: &'a str,
}

/// Where, and at which bytes of it.
#[derive(Serialize)]
struct PlaceRecord {
    r#in: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<usize>,
}

#[derive(Serialize)]
struct KinshipRecord<'a> {
    score: f64,
    threshold: f64,
    words: &'a [String],
    entities: &'a [String],
    saturated: &'a [String],
    same_text: f64,
    by_hand: Option<bool>,
}

impl<'a> WhyRecord<'a> {
    fn of(why: &'a Why) -> Self {
        let (headline, explanation) = (&why.headline, &why.explanation);
        Self {
            v: VERSION,
            id: headline.id.0,
            title: &headline.title,
            url: &headline.url,
            threshold: explanation.threshold.value(),
            topics: explanation.topics.iter().map(TopicRecord::of).collect(),
            entities: explanation.entities.iter().map(NameRecord::of).collect(),
            remarks: &explanation.remarks,
            story: headline.story.0,
            copy_of: headline.copy_of.map(|article| article.0),
            kinship: why.kinship.as_ref().map(KinshipRecord::of),
        }
    }
}

impl<'a> TopicRecord<'a> {
    fn of(reason: &'a TopicReason) -> Self {
        Self {
            id: reason.topic.get().id,
            score: reason.score.value(),
            assigned: reason.assigned,
            note: &reason.note,
            contributions: reason.contributions.iter().map(ContributionRecord::of).collect(),
        }
    }
}

impl<'a> ContributionRecord<'a> {
    fn of(part: &'a Contribution) -> Self {
        Self {
            weight: part.weight.value(),
            rule: &part.rule,
            entity: part.entity.as_ref().map(|entity| entity.id.as_str()),
            matched: &part.matched,
            place: PlaceRecord::of(&part.place),
            home: home(&part.home),
            note: part.note,
        }
    }
}

impl<'a> NameRecord<'a> {
    fn of(reason: &'a EntityReason) -> Self {
        Self {
            entity: EntityRecord::from(&reason.entity),
            named: reason.named,
            rule: &reason.rule,
            matched: &reason.matched,
            place: PlaceRecord::of(&reason.place),
            home: home(&reason.home),
            note: &reason.note,
        }
    }
}

impl PlaceRecord {
    fn of(place: &Place) -> Self {
        let (r#in, bytes) = match place {
            Place::Title(bytes) => ("title", Some(bytes)),
            Place::Text(bytes) => ("text", Some(bytes)),
            Place::Category => ("category", None),
            Place::Feed => ("feed", None),
            Place::Address => ("address", None),
        };
        Self { r#in, from: bytes.map(|bytes| bytes.start), to: bytes.map(|bytes| bytes.end) }
    }
}

impl<'a> KinshipRecord<'a> {
    fn of(kinship: &'a Kinship) -> Self {
        Self {
            score: kinship.score,
            threshold: kinship.threshold,
            words: &kinship.words,
            entities: &kinship.entities,
            saturated: &kinship.saturated,
            same_text: kinship.same_text,
            by_hand: kinship.by_hand,
        }
    }
}
