//! `tidings clip`: articles or stories into the user's Markdown file, as `e` in the desk does.

use super::args::ClipArguments;
use super::exit::{CliError, Outcome};
use super::output::Output;
use super::show;
use crate::engine::EngineHandle;
use crate::model::ArticleId;

/// Runs the command.
///
/// # Errors
/// Kind `Failed` when a number is no article's (those before it are clipped), or the file cannot be written.
pub(super) async fn run(arguments: ClipArguments, engine: &EngineHandle, output: &mut Output) -> Outcome {
    for id in arguments.ids {
        let article: Result<_, CliError> = engine.article(ArticleId(id)).await.map_err(CliError::from);
        let headline = article?.ok_or_else(|| show::unknown(id))?.headline;
        let words =
            if arguments.story { engine.clip_story(headline.story).await? } else { engine.clip(headline.id).await? };
        output.line(&format!("{words}: {}", headline.title));
    }
    Ok(())
}
