//! `[themes.<name>]`, and the theme that `[ui]` chooses.

use toml::de::DeValue;

use crate::config::diagnostic::Report;
use crate::config::schema::{BUILTIN_THEMES, ROLES};
use crate::config::section::{Section, kind, unknown};
use crate::config::style::parse_style;
use crate::config::types::OwnTheme;

pub(super) fn themes(report: &mut Report<'_>, section: Section<'_, '_>) -> Vec<OwnTheme> {
    let mut themes = Vec::new();
    for ((name, place), value) in section.entries() {
        if BUILTIN_THEMES.contains(&name) {
            report.add(&place, format!("{name} is a theme of tidings; give yours a name of its own"));
            continue;
        }
        if name.is_empty() || name.chars().any(char::is_control) {
            report.add(&place, "the name of a theme is one line without control characters");
            continue;
        }
        match value.get_ref() {
            DeValue::Table(table) => themes.push(theme(report, name, Section { name: "themes", table })),
            other => report
                .add(&value.span(), format!("write [themes.{name}] on a line of its own; this is {}", kind(other))),
        }
    }
    themes
}

fn theme(report: &mut Report<'_>, name: &str, section: Section<'_, '_>) -> OwnTheme {
    let known: Vec<&str> = std::iter::once("base").chain(ROLES).collect();
    section.report_unknown(report, &known);
    let bases = BUILTIN_THEMES.map(|name| (name, name));
    let base = section.choice(report, "base", &bases).unwrap_or("dark").to_owned();
    let mut roles = Vec::new();
    for role in ROLES {
        let Some((text, place)) = section.string(report, role) else { continue };
        match parse_style(text) {
            Ok(_) => roles.push((role.to_owned(), text.to_owned())),
            Err(fault) => report.add(&place, fault),
        }
    }
    OwnTheme { name: name.to_owned(), base, roles }
}

/// The chosen theme must be there.
pub(super) fn check_chosen(report: &mut Report<'_>, ui: Section<'_, '_>, own: &[OwnTheme]) {
    let Some(DeValue::String(chosen)) = ui.table.get("theme").map(toml::Spanned::get_ref) else { return };
    let names: Vec<&str> = BUILTIN_THEMES.into_iter().chain(own.iter().map(|theme| theme.name.as_str())).collect();
    if !names.contains(&&**chosen)
        && let Some(place) = ui.place("theme")
    {
        report.add(&place, unknown("there is no theme", chosen, &names));
    }
}
