//! The names that a config may use.

/// Every key by its section (`topics`: of each `[topics.<id>]`). Tables of the user's own names (`[themes.<name>]`,
/// `[keys.<scope>]`) and the keys in them have rules instead of lists.
pub const KEYS: &[(&str, &[&str])] = &[
    (
        "",
        &[
            "keep_days",
            "mark_on_open",
            "network",
            "feeds",
            "topics",
            "entities",
            "ui",
            "programs",
            "keep",
            "themes",
            "keys",
        ],
    ),
    (
        "network",
        &["timeout_seconds", "concurrency", "per_host", "host_spacing_ms", "allow_private", "proxy", "poll_minutes"],
    ),
    (
        "feeds",
        &[
            "name",
            "url",
            "topics",
            "poll_minutes",
            "headers",
            "username",
            "password_command",
            "proxy",
            "enabled",
            "full_text",
            "images",
        ],
    ),
    ("topics", &["cues", "never", "ignore", "always_for", "not_for"]),
    ("entities", &["name", "kind", "aliases", "ignore", "topics", "code"]),
    (
        "ui",
        &[
            "theme",
            "ascii",
            "mouse",
            "show",
            "order",
            "measure",
            "side_by_side_from",
            "dates",
            "images",
            "picture_protocol",
            "links",
        ],
    ),
    ("programs", &["browser", "player", "editor"]),
    ("keep", &["clips", "downloads", "quote"]),
];

/// Themes that are always there.
pub const BUILTIN_THEMES: [&str; 3] = ["dark", "light", "high-contrast"];

/// The roles that a theme gives a style to.
pub const ROLES: [&str; 16] = [
    "text",
    "dim",
    "unread",
    "read",
    "accent",
    "selection",
    "topic",
    "saved",
    "warning",
    "error",
    "link",
    "heading",
    "quote",
    "code",
    "hit",
    "rule",
];

/// The keys of a section.
pub(super) fn keys(section: &str) -> &'static [&'static str] {
    KEYS.iter().find(|(name, _)| *name == section).map_or(&[], |(_, keys)| keys)
}
