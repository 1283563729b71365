//! The database: whether it opens, whether it is sound, how large it is.

use std::fs;

use super::Finding;
use crate::cli::moment::counted;
use crate::cli::session::Launch;
use crate::config::Paths;
use crate::engine::{EngineHandle, list_backups};
use crate::text::humanize::bytes;

/// What brings a database back.
const RESTORE: &str = "`tidings backup list`, then `tidings backup restore NAME`";

/// Opens and checks the database, if there is one. The engine comes back for further looks.
pub(super) async fn look(paths: &Paths, launch: Launch) -> (Vec<Finding>, Option<EngineHandle>) {
    let shown = paths.database.display();
    if !paths.database.exists() {
        if list_backups(&paths.backups).is_ok_and(|copies| !copies.is_empty()) {
            let message = format!("{shown} is missing, but there are copies of it");
            return (vec![Finding::wrong("database.file", message, RESTORE)], None);
        }
        let found = Finding::ok("database.file", format!("{shown} is not there yet; it is made at the first start"));
        return (vec![found], None);
    }
    if let Err(error) = fs::File::open(&paths.database) {
        let advice = "give yourself the right to read it";
        return (vec![Finding::wrong("database.file", format!("{shown}: {error}"), advice)], None);
    }
    let engine = match (launch.open)(paths.clone(), launch.config) {
        Ok(engine) => engine,
        Err(error) => {
            let advice = "`tidings backup list` shows what can be restored; the file stays as it is until you do";
            return (vec![Finding::wrong("database.opens", error.0, advice)], None);
        }
    };
    let mut findings = vec![size(paths, &engine).await];
    findings.push(match engine.check().await {
        Ok(faults) if faults.is_empty() => Finding::ok("database.sound", "the database is sound"),
        Ok(faults) => Finding::wrong("database.sound", faults.join("\n"), RESTORE),
        Err(error) => Finding::wrong("database.sound", error.0, RESTORE),
    });
    if let Some([lost, until]) = engine.lost() {
        findings.push(Finding::warning("database.file", lost, until));
    }
    if engine.waits_for_room() {
        findings.push(Finding::wrong("database.rights", "the disk is full: nothing can be saved", "make room on it"));
    } else if engine.is_read_only() {
        let advice = format!("`chmod u+w {shown}`");
        findings.push(Finding::wrong("database.rights", "the database is read-only: nothing can be saved", advice));
    }
    (findings, Some(engine))
}

async fn size(paths: &Paths, engine: &EngineHandle) -> Finding {
    let size = fs::metadata(&paths.database).map_or(0, |file| file.len());
    let articles = engine.counts().await.map_or(0, |counts| counts.articles);
    let message = format!("{}: {}, {}", paths.database.display(), bytes(size), counted(articles, "article"));
    Finding::ok("database.file", message)
}
