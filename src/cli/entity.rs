//! `tidings entity`: what is known of a name of the trade, who it appears with, and the newest stories about it.

use serde::Serialize;

use super::args::EntityArguments;
use super::exit::{CliError, Outcome};
use super::list::{pipe_row, terminal_row};
use super::moment::counted;
use super::output::Output;
use super::record::{Addresses, ArticleRecord, EntityRecord, VERSION};
use crate::engine::{EngineHandle, EntityPage};

/// Names offered when the one asked for is not known.
const OFFERED: usize = 5;
/// Companions that are printed for people.
const COMPANIONS: usize = 12;
/// Stories that are printed for people.
const STORIES: usize = 20;
/// Days counted in the line for people.
const WEEK: usize = 7;

/// Runs the command.
///
/// # Errors
/// Kind `Failed` with near names when no entity, or more than one, is called that.
pub(super) async fn run(arguments: EntityArguments, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let name = arguments.name.join(" ");
    let Some(page) = engine.entity(name.clone()).await? else {
        return Err(unknown(&name, engine));
    };
    if arguments.json {
        output.json(&EntityPageRecord::of(&page, &Addresses::of(engine).await?));
        return Ok(());
    }
    for line in head(&page) {
        output.line(&line);
    }
    let now = engine.clock().now();
    if !page.stories.is_empty() {
        output.line("");
    }
    for row in page.stories.iter().take(STORIES) {
        output.line(&match output.columns() {
            Some(columns) => terminal_row(row, "", now, columns, output.ascii()),
            None => pipe_row(row),
        });
    }
    Ok(())
}

fn unknown(name: &str, engine: &EngineHandle) -> CliError {
    let error = CliError::failed(format!("nothing in the trade is known as {name:?}, or several things are"));
    let near: Vec<String> = engine
        .entities_like(name)
        .into_iter()
        .take(OFFERED)
        .map(|entry| format!("{} ({}, {})", entry.entity.name, entry.entity.kind.words(), entry.entity.id))
        .collect();
    if near.is_empty() {
        return error.hint("write it as [[entities]] into config.toml, and articles that name it are found");
    }
    error.hint(format!("did you mean {}?", near.join(", ")))
}

fn head(page: &EntityPage) -> Vec<String> {
    let entry = &page.entry;
    let code = entry.code.as_ref().map(|code| format!(" | {code}")).unwrap_or_default();
    let mut lines =
        vec![entry.entity.name.clone(), format!("{}{code} | {}", entry.entity.kind.words(), entry.entity.id)];
    if !entry.aliases.is_empty() {
        lines.push(format!("also {}", entry.aliases.join(", ")));
    }
    let (all, unread) = page.articles;
    let week: u32 = page.days.iter().rev().take(WEEK).sum();
    let days: u32 = page.days.iter().sum();
    lines.push(format!(
        "{}, {unread} unread; {days} in the last {} days, {week} in the last {WEEK}",
        counted(all, "article"),
        page.days.len()
    ));
    if !page.with.is_empty() {
        let with = page.with.iter().take(COMPANIONS).map(|(entity, count)| format!("{} {count}", entity.name));
        lines.push(format!("with {}", with.collect::<Vec<_>>().join(", ")));
    }
    lines
}

/// The page as JSON.
#[derive(Serialize)]
struct EntityPageRecord<'a> {
    v: u8,
    #[serde(flatten)]
    entity: EntityRecord<'a>,
    aliases: &'a [String],
    code: Option<&'a str>,
    latitude: Option<f64>,
    longitude: Option<f64>,
    articles: u64,
    unread: u64,
    days: &'a [u32],
    until: String,
    with: Vec<CompanionRecord<'a>>,
    stories: Vec<ArticleRecord<'a>>,
}

/// Who it appears with, and in how many articles.
#[derive(Serialize)]
struct CompanionRecord<'a> {
    #[serde(flatten)]
    entity: EntityRecord<'a>,
    articles: u32,
}

impl<'a> EntityPageRecord<'a> {
    fn of(page: &'a EntityPage, addresses: &'a Addresses) -> Self {
        let entry = &page.entry;
        let with = page.with.iter();
        Self {
            v: VERSION,
            entity: EntityRecord::from(&entry.entity),
            aliases: &entry.aliases,
            code: entry.code.as_deref(),
            latitude: entry.position.map(|(latitude, _)| latitude),
            longitude: entry.position.map(|(_, longitude)| longitude),
            articles: page.articles.0,
            unread: page.articles.1,
            days: &page.days,
            until: page.until.to_string(),
            with: with
                .map(|(entity, articles)| CompanionRecord { entity: entity.into(), articles: *articles })
                .collect(),
            stories: page.stories.iter().map(|row| ArticleRecord::of_headline(row, addresses)).collect(),
        }
    }
}
