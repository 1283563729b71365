//! The config file as it changes under the running program: `config_watch` notices, this reads it.

use super::shared::Shared;
use super::{Answer, EngineError, Notice, labelling};
use crate::config::{self, Config};

/// Reads the config again. A wrong one leaves the last good one in force and says so.
pub(super) async fn reload(shared: &Shared) -> Answer<()> {
    let _one_at_a_time = shared.config_file.lock().await;
    let Some(paths) = &shared.paths else { return Ok(()) };
    let loaded = config::load(&paths.config);
    if loaded.text.is_none() && !shared.config().feeds.is_empty() {
        // A file that is gone is not a wish to have no feeds: editors and sync tools take it away for a moment.
        let words = format!("{} is gone; what it said last stays in force", paths.config.display());
        shared.tell(Notice::ConfigBroken(words.clone()));
        return Err(EngineError(words));
    }
    if !loaded.diagnostics.is_empty() {
        let lines: Vec<String> = loaded.diagnostics.iter().map(ToString::to_string).collect();
        let words = lines.join("\n");
        shared.tell(Notice::ConfigBroken(words.clone()));
        return Err(EngineError(words));
    }
    let ours =
        Config { feeds: loaded.config.feeds.clone(), rules: loaded.config.rules.clone(), ..(*shared.config()).clone() };
    let only_ours = ours == loaded.config;
    let changed = *shared.config() != loaded.config;
    take(shared, loaded.config).await?;
    if changed && only_ours {
        shared.tell(Notice::ConfigChanged);
    }
    Ok(())
}

/// Takes a good config into use, telling the faces what that changed.
pub(super) async fn take(shared: &Shared, config: Config) -> Answer<()> {
    let old = shared.config();
    if *old == config {
        return Ok(());
    }
    let feeds_differ = old.feeds != config.feeds;
    // An edit of ours changes feeds or rules only; whatever else is new in the file was written by hand and not read yet.
    let more_differs = Config { feeds: old.feeds.clone(), rules: old.rules.clone(), ..config.clone() } != *old;
    if feeds_differ {
        labelling::adopt_feeds(shared, &config.feeds).await?;
    }
    shared.set_config(config);
    if more_differs {
        shared.tell(Notice::ConfigChanged);
    }
    if feeds_differ {
        shared.tell(Notice::FeedsChanged);
        shared.tell(Notice::ArticlesChanged);
        shared.requests.send(super::PollRequest::Due).ok();
    }
    Ok(())
}
