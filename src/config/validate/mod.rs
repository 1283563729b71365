//! From the text of the file to a [`Config`], with everything that is wrong with it.

mod feed;
mod keys;
mod network;
mod outside;
mod rules;
mod theme;

use std::path::Path;

use toml::Spanned;
use toml::de::DeTable;

use super::diagnostic::{Diagnostic, Report};
use super::schema;
use super::section::Section;
use super::types::{Config, DateStyle, ImageMode, LinkMode, PictureProtocol, Ui};
use crate::query::Order;

/// Reads a config. `file` is its name for the diagnostics.
///
/// What is wrong keeps its default (a wrong feed is left out) and is reported, all of it at once, in the order of the
/// file. Whoever must not lose anything uses the config only when there is no diagnostic.
#[must_use]
pub fn parse(text: &str, file: &Path) -> (Config, Vec<Diagnostic>) {
    let mut report = Report::new(file, text);
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let span = error.span().unwrap_or(text.len()..text.len());
        // One slip makes the parser stumble several times on the same line; the first stumble says it.
        if report.is_clean_at(span.start) {
            report.add(&span, format!("not TOML: {}", error.message()));
        }
    }
    let syntax = report.finish();
    let mut report = Report::new(file, text);
    let config = config(&mut report, &root);
    let mut diagnostics = report.finish();
    if let Some(first) = syntax.first() {
        // What follows a slip may be understood wrongly: only what comes before it is told beside it.
        diagnostics.retain(|diagnostic| diagnostic.line < first.line);
        diagnostics.extend(syntax);
    }
    (config, diagnostics)
}

fn config(report: &mut Report<'_>, root: &Spanned<DeTable<'_>>) -> Config {
    let root = Section { name: "", table: root.get_ref() };
    root.report_unknown(report, schema::keys(""));
    let mut config = Config::default();
    if let Some(days) = root.number(report, "keep_days", &(0..=36_500)) {
        config.keep_days = u32::try_from(days).unwrap_or(config.keep_days);
    }
    config.mark_on_open = root.flag(report, "mark_on_open").unwrap_or(config.mark_on_open);
    if let Some(section) = root.section(report, "network") {
        config.network = network::network(report, section);
    }
    config.feeds = feed::feeds(report, root);
    if let Some(section) = root.section(report, "topics") {
        config.rules.topics = rules::topics(report, section);
    }
    config.rules.entities = rules::entities(report, root);
    if let Some(section) = root.section(report, "ui") {
        config.ui = ui(report, section);
    }
    if let Some(section) = root.section(report, "programs") {
        config.programs = outside::programs(report, section);
    }
    if let Some(section) = root.section(report, "keep") {
        config.keep = outside::keep(report, section);
    }
    if let Some(section) = root.section(report, "themes") {
        config.ui.themes = theme::themes(report, section);
    }
    if let Some(section) = root.section(report, "ui") {
        theme::check_chosen(report, section, &config.ui.themes);
    }
    if let Some(section) = root.section(report, "keys") {
        (config.ui.preset, config.keys) = keys::keys(report, section);
    }
    config
}

/// The names of [`ImageMode`], in `[ui]` and in `[[feeds]]`.
const IMAGES: [(&str, ImageMode); 3] =
    [("auto", ImageMode::Auto), ("ask", ImageMode::Ask), ("never", ImageMode::Never)];

fn ui(report: &mut Report<'_>, section: Section<'_, '_>) -> Ui {
    section.report_unknown(report, schema::keys("ui"));
    let default = Ui::default();
    let columns = |report: &mut Report<'_>, key, range, default| {
        section.number(report, key, &range).and_then(|n| u16::try_from(n).ok()).unwrap_or(default)
    };
    Ui {
        theme: section.string(report, "theme").map_or(default.theme, |(name, _)| name.to_owned()),
        ascii: section.flag(report, "ascii").unwrap_or(default.ascii),
        mouse: section.flag(report, "mouse").unwrap_or(default.mouse),
        show_all: section.choice(report, "show", &[("all", true), ("unread", false)]).unwrap_or(default.show_all),
        order: section
            .choice(report, "order", &[("date", Order::Date), ("source", Order::Source), ("topic", Order::Topic)])
            .unwrap_or(default.order),
        measure: columns(report, "measure", 20..=400, default.measure),
        side_by_side_from: columns(report, "side_by_side_from", 80..=1000, default.side_by_side_from),
        dates: section
            .choice(report, "dates", &[("age", DateStyle::Age), ("date", DateStyle::Date)])
            .unwrap_or(default.dates),
        images: section.choice(report, "images", &IMAGES).unwrap_or(default.images),
        picture_protocol: section
            .choice(
                report,
                "picture_protocol",
                &[
                    ("auto", PictureProtocol::Auto),
                    ("kitty", PictureProtocol::Kitty),
                    ("iterm2", PictureProtocol::Iterm2),
                    ("sixel", PictureProtocol::Sixel),
                    ("halfblocks", PictureProtocol::Halfblocks),
                ],
            )
            .unwrap_or(default.picture_protocol),
        links: section
            .choice(
                report,
                "links",
                &[("auto", LinkMode::Auto), ("always", LinkMode::Always), ("never", LinkMode::Never)],
            )
            .unwrap_or(default.links),
        themes: default.themes,
        preset: default.preset,
    }
}
