//! `tidings mark`: marks articles by number or by query. Durable when it returns, and `u` in the desk takes it back.

use serde::Serialize;

use super::args::{MarkArguments, MarkWord};
use super::exit::{CliError, Outcome};
use super::list;
use super::moment::counted;
use super::output::Output;
use super::record::VERSION;
use crate::engine::EngineHandle;
use crate::model::{ArticleId, Mark};
use crate::query::{ListRequest, Order, Page, Rows};

/// Runs the command.
///
/// # Errors
/// Kind `Failed` when a number is no article's (the others are marked), `Usage` for a query that cannot be read.
pub(super) async fn run(arguments: MarkArguments, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let mark = match arguments.mark {
        MarkWord::Read => Mark::Read(true),
        MarkWord::Unread => Mark::Read(false),
        MarkWord::Save => Mark::Saved(true),
        MarkWord::Unsave => Mark::Saved(false),
    };
    let (change, unknown) = if let Some(query) = &arguments.query {
        let scope = list::scope(query, false, engine.clock().now())?;
        let request = ListRequest {
            scope,
            unread_only: false,
            rows: Rows::Articles,
            order: Order::Date,
            up_to: None,
            page: Page::First,
            limit: 0,
        };
        (engine.mark_all(request, mark).await?, Vec::new())
    } else {
        let (known, unknown) = sort(&arguments.ids, engine).await?;
        (engine.mark(known, mark).await?, unknown)
    };
    let changed = change.articles.len() as u64;
    if arguments.json {
        let articles = change.articles.iter().map(|id| id.0).collect();
        output.json(&MarkRecord {
            v: VERSION,
            mark: word(arguments.mark),
            changed,
            articles,
            unknown: unknown.clone(),
        });
    } else {
        output.line(&format!("{} {}", counted(changed, "article"), done(arguments.mark)));
    }
    if unknown.is_empty() {
        return Ok(());
    }
    let numbers: Vec<String> = unknown.iter().map(ToString::to_string).collect();
    Err(CliError::failed(format!("there is no article {}", numbers.join(", ")))
        .hint("`tidings list` prints the numbers"))
}

/// Divides numbers into those of articles and others.
async fn sort(ids: &[i64], engine: &EngineHandle) -> Result<(Vec<ArticleId>, Vec<i64>), CliError> {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for id in ids {
        match engine.article(ArticleId(*id)).await? {
            Some(_) => known.push(ArticleId(*id)),
            None => unknown.push(*id),
        }
    }
    Ok((known, unknown))
}

fn word(mark: MarkWord) -> &'static str {
    match mark {
        MarkWord::Read => "read",
        MarkWord::Unread => "unread",
        MarkWord::Save => "save",
        MarkWord::Unsave => "unsave",
    }
}

fn done(mark: MarkWord) -> &'static str {
    match mark {
        MarkWord::Read => "marked read",
        MarkWord::Unread => "marked unread",
        MarkWord::Save => "saved",
        MarkWord::Unsave => "no longer saved",
    }
}

#[derive(Serialize)]
struct MarkRecord {
    v: u8,
    mark: &'static str,
    changed: u64,
    articles: Vec<i64>,
    unknown: Vec<i64>,
}
