//! Reading for the desk: asks the engine. Off the drawing thread, all of it.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::spawn_blocking;

use crate::document;
use crate::engine::{Answer as EngineAnswer, EngineHandle};
use crate::model::{Article, Entity, EntityKind};
use crate::query::{EntityField, Rows, Scope};
use crate::tui::effect::Load;
use crate::tui::event::Answer;
use crate::tui::reading::{Reading, Wanted};

use super::event_loop::{TEST_PANIC, panic_is_wanted};

/// What is asked for the foot of an article costs more than all else that it shows: it is asked once the selection rests.
/// A request that comes meanwhile takes the place of this one.
const REST: Duration = Duration::from_millis(120);

/// Carries out a request to read.
pub(super) async fn load(engine: &EngineHandle, load: Load) -> EngineAnswer<Answer> {
    Ok(match load {
        Load::Headlines(request) => Answer::Headlines(engine.headlines(request).await?),
        Load::Count { scope, rows, up_to, most } => {
            let (all, unread) = engine.count(scope, rows, up_to, most).await?;
            Answer::Count { all, unread }
        }
        Load::Newer { scope, rows, than } => Answer::Newer(engine.newer(scope, rows, than).await?),
        Load::Counts => Answer::Counts(engine.counts().await?),
        Load::Feeds => Answer::Feeds(engine.feeds().await?),
        Load::Health => Answer::Health(engine.health().await?),
        Load::Article(wanted) => Answer::Article(article(engine, wanted).await?),
        Load::Authors(prefix) => Answer::Completions(engine.complete_author(prefix).await?),
        Load::Vias(prefix) => Answer::Completions(engine.complete_via(prefix).await?),
        Load::EntityNames(field, part) => {
            let known = engine.entities_like(&part).into_iter().map(|entry| entry.entity);
            Answer::Completions(known.filter(|entity| takes(field, entity.kind)).map(|entity| entity.name).collect())
        }
        Load::Suggestion(words) => Answer::Suggestion(suggestion(engine, &words).await?),
        Load::Story(id) => Answer::Story(engine.story(id).await?.map(Box::new)),
        Load::Entity(id) => Answer::Entity(engine.entity(id).await?.map(Box::new)),
        Load::Why(id) => Answer::Why(engine.why(id).await?.map(Box::new)),
        Load::Company(id) => {
            tokio::time::sleep(REST).await;
            Answer::Company(Box::new(engine.company(id).await?))
        }
        Load::Whole(id) => Answer::Whole(engine.article(id).await?.map(Box::new)),
        Load::Parts(id, urls) => Answer::Parts(engine.download_parts(id, urls).await?),
        Load::Preview(lesson) => Answer::Preview(engine.preview(lesson).await?),
    })
}

/// Whether a field of the search asks for entities of this kind.
fn takes(field: EntityField, kind: EntityKind) -> bool {
    match field {
        EntityField::Any => true,
        EntityField::Carrier => kind.is_carrier(),
        EntityField::Port => matches!(kind, EntityKind::Port | EntityKind::Terminal | EntityKind::Airport),
        EntityField::Lane => kind == EntityKind::Lane,
        EntityField::Chokepoint => kind == EntityKind::Chokepoint,
    }
}

/// The best known entity that these words may mean, where any article names it.
async fn suggestion(engine: &EngineHandle, words: &str) -> EngineAnswer<Option<(Entity, u64)>> {
    let Some(entry) = engine.entities_like(words).into_iter().next() else { return Ok(None) };
    let scope = Scope::Entity(entry.entity.id.clone());
    let (all, _) = engine.count(scope, Rows::Articles, None, u64::MAX).await?;
    Ok((all > 0).then_some((entry.entity, all)))
}

async fn article(engine: &EngineHandle, wanted: Wanted) -> EngineAnswer<Option<Box<Reading>>> {
    let Some(article) = engine.article(wanted.article).await? else {
        return Ok(None);
    };
    let (article, wanted) = (Arc::new(article), Arc::new(wanted));
    let (one, setting) = (Arc::clone(&article), Arc::clone(&wanted));
    let breaks = panic_is_wanted("reader");
    let laid_out = spawn_blocking(move || {
        assert!(!breaks, "asked to panic by {TEST_PANIC}");
        Reading::of(one, &setting)
    });
    let laid_out = laid_out.await;
    // An article that brings the reader down is shown plain; it must not make the library unusable (THREATS F27).
    Ok(Some(Box::new(match laid_out {
        Ok(reading) => reading,
        Err(_) => plain(article, &wanted).await,
    })))
}

const PLAIN: &str = "This article could not be laid out and is shown as plain text; the log has more.";

async fn plain(article: Arc<Article>, wanted: &Wanted) -> Reading {
    let html = article.html().to_owned();
    let text = spawn_blocking(move || document::plain_text(&html)).await.unwrap_or_default();
    Reading::plain(article, wanted, &text, PLAIN)
}
