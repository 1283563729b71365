//! The config file.

use super::Finding;
use crate::cli::config::rule_faults;
use crate::cli::moment::counted;
use crate::cli::session::Launch;

/// Looks at what was read of it.
pub(super) fn look(launch: &Launch) -> Vec<Finding> {
    let paths = match &launch.paths {
        Ok(paths) => paths,
        Err(why) => return vec![Finding::wrong("config.directory", why, "name a directory with --dir or TIDINGS_DIR")],
    };
    let file = paths.config.display();
    if !launch.diagnostics.is_empty() {
        return vec![Finding::wrong(
            "config.file",
            crate::config::told(&launch.diagnostics),
            format!("edit {file}; `tidings config example` shows every key"),
        )];
    }
    if !paths.config.exists() {
        let advice = "open the desk (`tidings`) and choose desks, or `tidings feed add URL`";
        return vec![Finding::warning("config.file", format!("{file} is not there yet"), advice)];
    }
    let idle = rule_faults(launch);
    if !idle.is_empty() {
        return vec![Finding::warning(
            "config.file",
            idle.join("\n"),
            format!("edit {file}; the rest of it is in force"),
        )];
    }
    let feeds = launch.config.feeds.len();
    let off = launch.config.feeds.iter().filter(|feed| !feed.enabled).count();
    let off = if off == 0 { String::new() } else { format!(", {off} of them muted") };
    let message = format!("{file}: {}{off}", counted(feeds as u64, "feed"));
    vec![if feeds == 0 {
        Finding::warning(
            "config.file",
            message,
            "`tidings feed add URL` or `tidings opml import FILE` subscribes to some",
        )
    } else {
        Finding::ok("config.file", message)
    }]
}
