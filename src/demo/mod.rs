//! `tidings demo`: an invented news day, in a directory that is gone afterwards.
//!
//! The invented publications are written as feed files, a config subscribes to them by `file://`, and the engine
//! polls them as it polls everything: from the bytes on, the demo is the desk. No network is used.

mod newsroom;
mod render;
mod script;

#[cfg(test)]
mod tests;

use std::fs;
use std::future::Future;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use tempfile::TempDir;

use crate::clock::Clock;
use crate::config::Paths;
use crate::engine::{EngineHandle, PollRequest};

use newsroom::Newsroom;

/// Between two arrivals of held-back news.
const PAUSE: Duration = Duration::from_secs(20);

/// A prepared demo. Dropping it removes its directory and everything that was kept there, so it must outlive the desk.
#[derive(Debug)]
pub struct Demo {
    /// Only held: it removes the directory when it is dropped.
    _dir: TempDir,
    paths: Paths,
    newsroom: Newsroom,
}

/// Writes the feeds and the config of the demo into a new temporary directory.
///
/// # Errors
/// When the directory cannot be written.
pub fn prepare(clock: Clock) -> Result<Demo> {
    let dir = tempfile::Builder::new()
        .prefix("tidings-demo-")
        .tempdir()
        .context("cannot make a temporary directory for the demo; set TMPDIR to one that can be written")?;
    let (feeds, paths) = (dir.path().join("feeds"), Paths::in_dir(dir.path().join("tidings")));
    for path in [&feeds, &paths.dir] {
        fs::create_dir(path).with_context(|| format!("cannot make {}", path.display()))?;
    }
    let publications = script::publications().map_err(|fault| anyhow!("the demo's news cannot be read: {fault}"))?;
    let newsroom = Newsroom::open(publications, feeds, clock)?;
    let config = newsroom.config()?;
    fs::write(&paths.config, config).with_context(|| format!("cannot write {}", paths.config.display()))?;
    Ok(Demo { _dir: dir, paths, newsroom })
}

impl Demo {
    /// Where the demo's config and database are, for as long as it lives.
    #[must_use]
    pub fn paths(&self) -> &Paths {
        &self.paths
    }

    /// Lets held-back news arrive, a little every twenty seconds, until there is none left; to be spawned.
    ///
    /// # Errors
    /// When a feed cannot be written any more.
    pub fn news(&self, engine: EngineHandle) -> impl Future<Output = Result<()>> + Send + use<> {
        let mut newsroom = self.newsroom.clone();
        async move {
            loop {
                tokio::time::sleep(PAUSE).await;
                if newsroom.publish_next()? == 0 {
                    return Ok(());
                }
                engine.poll(PollRequest::Now);
            }
        }
    }
}
