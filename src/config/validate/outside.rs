//! `[programs]` and `[keep]`: what runs and what is written outside of the library.

use crate::config::diagnostic::Report;
use crate::config::schema;
use crate::config::section::Section;
use crate::config::types::{Keep, Programs};

pub(super) fn programs(report: &mut Report<'_>, section: Section<'_, '_>) -> Programs {
    section.report_unknown(report, schema::keys("programs"));
    Programs {
        browser: program(report, section, "browser"),
        player: program(report, section, "player"),
        editor: program(report, section, "editor"),
    }
}

/// An argument vector. Without its program it is reported and counts as none.
fn program(report: &mut Report<'_>, section: Section<'_, '_>, key: &str) -> Vec<String> {
    let Some(words) = section.strings(report, key) else { return Vec::new() };
    match words.first() {
        Some((program, _)) if !program.trim().is_empty() => {
            words.into_iter().map(|(word, _)| word.to_owned()).collect()
        }
        Some((_, place)) => {
            report.add(place, format!("{key} begins with the name of a program"));
            Vec::new()
        }
        None => Vec::new(),
    }
}

pub(super) fn keep(report: &mut Report<'_>, section: Section<'_, '_>) -> Keep {
    section.report_unknown(report, schema::keys("keep"));
    let default = Keep::default();
    Keep {
        clips: path(report, section, "clips").unwrap_or(default.clips),
        downloads: path(report, section, "downloads").unwrap_or(default.downloads),
        quote: section
            .number(report, "quote", &(0..=5_000))
            .and_then(|n| usize::try_from(n).ok())
            .unwrap_or(default.quote),
    }
}

/// A path: absolute, or from the home directory, so that it does not depend on where tidings was started.
fn path(report: &mut Report<'_>, section: Section<'_, '_>, key: &str) -> Option<String> {
    let (text, place) = section.string(report, key)?;
    if text.starts_with("~/") || std::path::Path::new(text).is_absolute() {
        return Some(text.to_owned());
    }
    report.add(&place, format!("{key} must be a whole path, such as \"~/{}\"", text.trim_start_matches("./")));
    None
}
