//! What things look like: a style for each role. Nothing else in the desk names a colour.
//!
//! The built-in themes use the terminal's own background and foreground and its 16 colours; the user's own ones
//! (`[themes.<name>]`) may use any. Under `NO_COLOR` only modifiers are left. No meaning hangs on colour alone.

mod builtin;
mod parse;

pub use parse::{StyleError, parse_style};

use ratatui::style::{Color, Style};

use crate::config::OwnTheme;

macro_rules! roles {
    ($($role:ident $name:literal $about:literal;)*) => {
        /// What a piece of the screen is, for its style.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $(#[doc = $about] $role,)* }

        /// Every role with its name in `[themes.<name>]`.
        pub const ROLES: &[(Role, &str)] = &[$((Role::$role, $name),)*];
    };
}

roles! {
    Text "text" "Running text.";
    Dim "dim" "Ages, sources, counts: what accompanies.";
    Unread "unread" "The title of an unread row.";
    Read "read" "The title of a read row.";
    Accent "accent" "The active topic, the flag of unread rows.";
    Selected "selected" "The selected row where the keys go.";
    Marked "marked" "The selected row where the keys do not go.";
    Heading "heading" "Headings of days and in texts.";
    Headline "headline" "The title of the open article.";
    Rule "rule" "Thin rules between regions.";
    Saved "saved" "The flag of saved rows.";
    Hit "hit" "What a search found.";
    Link "link" "Links.";
    Quote "quote" "Quotations.";
    Code "code" "Preformatted text.";
    Key "key" "Keys in the footer and the help.";
    Pill "pill" "How many new ones wait.";
    Good "good" "It went well.";
    Warning "warning" "Something wants to be known.";
    Error "error" "Something needs the user.";
}

/// A style for each role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    styles: Vec<Style>,
}

impl Theme {
    /// The theme called `name`: one of the user's own, else a built-in, else `dark`. Roles of an own theme that do not
    /// parse stay as in its base; the config's validation has reported them.
    #[must_use]
    pub fn named(name: &str, own: &[OwnTheme], no_color: bool) -> Self {
        if no_color {
            return Self::from_style(builtin::no_color);
        }
        let Some(theme) = own.iter().find(|t| t.name == name) else {
            return Self::from_style(builtin::named(name));
        };
        let mut made = Self::from_style(builtin::named(&theme.base));
        for (role, text) in &theme.roles {
            let known = ROLES.iter().find(|(_, n)| n == role);
            if let (Some((role, _)), Ok(style)) = (known, parse_style(text)) {
                made.styles[*role as usize] = style;
            }
        }
        made
    }

    /// The names that can be chosen, built-ins first.
    #[must_use]
    pub fn names(own: &[OwnTheme]) -> Vec<String> {
        let builtin = builtin::NAMES.iter().map(ToString::to_string);
        builtin.chain(own.iter().map(|t| t.name.clone())).collect()
    }

    /// The style of a role.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }

    fn from_style(style: fn(Role) -> Style) -> Self {
        Self { styles: ROLES.iter().map(|(role, _)| style(*role)).collect() }
    }

    /// Whether any style has a colour of its own.
    #[must_use]
    pub fn has_colour(&self) -> bool {
        let own = |c: Option<Color>| c.is_some_and(|c| c != Color::Reset);
        self.styles.iter().any(|s| own(s.fg) || own(s.bg))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_color_leaves_no_colour_in_any_theme() {
        let own = [OwnTheme {
            name: "mine".into(),
            base: "dark".into(),
            roles: vec![("accent".into(), "bold #ff0000".into())],
        }];
        for name in Theme::names(&own) {
            assert!(!Theme::named(&name, &own, true).has_colour(), "{name}");
            assert!(Theme::named(&name, &own, false).has_colour() || name == "high-contrast", "{name}");
        }
        assert_eq!(Theme::named("mine", &own, false).style(Role::Accent).fg, Some(Color::Rgb(255, 0, 0)));
        assert_eq!(
            Theme::named("mine", &own, false).style(Role::Dim),
            Theme::named("dark", &[], false).style(Role::Dim)
        );
    }

    #[test]
    fn what_differs_in_meaning_differs_without_colour() {
        let theme = Theme::named("dark", &[], true);
        for (one, other) in [(Role::Unread, Role::Read), (Role::Selected, Role::Marked), (Role::Hit, Role::Text)] {
            assert_ne!(theme.style(one), theme.style(other), "{one:?} looks like {other:?}");
        }
    }
}
