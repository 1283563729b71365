//! The built-in themes, on the terminal's own 16 colours.

use ratatui::style::{Color, Modifier, Style};

use super::Role;

/// Names of the built-in themes, in the order in which the theme key goes through them.
pub(super) const NAMES: [&str; 3] = ["dark", "light", "high-contrast"];

/// The styles of a built-in theme; of `dark` when there is none of that name.
pub(super) fn named(name: &str) -> fn(Role) -> Style {
    match name {
        "light" => light,
        "high-contrast" => high_contrast,
        _ => dark,
    }
}

fn dark(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text => plain,
        Role::Dim | Role::Read | Role::Rule => plain.fg(Color::DarkGray),
        Role::Unread | Role::Headline | Role::Heading | Role::Key => plain.add_modifier(Modifier::BOLD),
        Role::Accent | Role::Pill => plain.fg(Color::Cyan).add_modifier(Modifier::BOLD),
        Role::Selected => plain.fg(Color::Black).bg(Color::Cyan),
        Role::Marked => plain.fg(Color::White).bg(Color::DarkGray),
        Role::Saved | Role::Warning => plain.fg(Color::Yellow),
        // The underline is what is left of it in the row under the cursor.
        Role::Hit => plain.fg(Color::Black).bg(Color::Yellow).add_modifier(Modifier::UNDERLINED),
        Role::Link => plain.fg(Color::Cyan),
        Role::Quote => plain.add_modifier(Modifier::ITALIC),
        Role::Code | Role::Good => plain.fg(Color::Green),
        Role::Error => plain.fg(Color::Red).add_modifier(Modifier::BOLD),
    }
}

fn light(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Accent | Role::Pill => plain.fg(Color::Blue).add_modifier(Modifier::BOLD),
        Role::Selected => plain.fg(Color::White).bg(Color::Blue),
        Role::Marked => plain.fg(Color::Black).bg(Color::Gray),
        Role::Saved | Role::Warning => plain.fg(Color::Magenta),
        Role::Link => plain.fg(Color::Blue),
        Role::Text
        | Role::Dim
        | Role::Read
        | Role::Rule
        | Role::Unread
        | Role::Headline
        | Role::Heading
        | Role::Key
        | Role::Hit
        | Role::Quote
        | Role::Code
        | Role::Good
        | Role::Error => dark(role),
    }
}

/// The terminal's own two colours and modifiers; red and yellow only beside a sign that says the same.
fn high_contrast(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text | Role::Read | Role::Dim | Role::Rule | Role::Quote | Role::Code => plain,
        Role::Unread | Role::Headline | Role::Heading | Role::Key | Role::Saved | Role::Good => {
            plain.add_modifier(Modifier::BOLD)
        }
        Role::Accent | Role::Pill => plain.add_modifier(Modifier::BOLD | Modifier::REVERSED),
        Role::Selected => plain.add_modifier(Modifier::REVERSED),
        Role::Marked | Role::Link => plain.add_modifier(Modifier::UNDERLINED),
        Role::Hit => plain.fg(Color::Black).bg(Color::Yellow).add_modifier(Modifier::BOLD),
        Role::Warning => plain.fg(Color::Yellow).add_modifier(Modifier::BOLD),
        Role::Error => plain.fg(Color::Red).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
    }
}

/// Modifiers only (<https://no-color.org>).
pub(super) fn no_color(role: Role) -> Style {
    let plain = Style::new();
    match role {
        Role::Text | Role::Code | Role::Good => plain,
        Role::Dim | Role::Read | Role::Rule => plain.add_modifier(Modifier::DIM),
        Role::Unread
        | Role::Headline
        | Role::Heading
        | Role::Key
        | Role::Saved
        | Role::Pill
        | Role::Warning
        | Role::Error => plain.add_modifier(Modifier::BOLD),
        Role::Accent => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        Role::Selected => plain.add_modifier(Modifier::REVERSED),
        Role::Marked | Role::Link => plain.add_modifier(Modifier::UNDERLINED),
        // Underlined, so that a hit is seen in the reversed row under the cursor too.
        Role::Hit => plain.add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
        Role::Quote => plain.add_modifier(Modifier::ITALIC),
    }
}
