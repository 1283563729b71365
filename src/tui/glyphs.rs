//! The characters the desk draws with: Unicode, or ASCII only.

/// The characters in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// True when all of them are ASCII.
    pub ascii: bool,
    /// Flag of an unread row.
    pub unread: &'static str,
    /// Flag of a saved row.
    pub saved: &'static str,
    /// Flag of a row with a note.
    pub noted: &'static str,
    /// What stands for what was cut off.
    pub ellipsis: &'static str,
    /// A thin horizontal rule.
    pub horizontal: &'static str,
    /// A thin vertical rule.
    pub vertical: &'static str,
    /// Between the parts of a meta line.
    pub dot: &'static str,
    /// Before a message that all went well.
    pub good: &'static str,
    /// Before a message that something needs the user.
    pub warning: &'static str,
    /// More to the right.
    pub more: &'static str,
    /// More to the left.
    pub less: &'static str,
    /// The selected row of a picker.
    pub pointer: &'static str,
    /// One of several that were chosen.
    pub chosen: &'static str,
    /// A dash.
    pub dash: &'static str,
    /// Before the name of somebody known: it leads to a page.
    pub name: &'static str,
    /// A copy of another article.
    pub copy: &'static str,
    /// Steps of a sparkline, the lowest first.
    pub steps: [&'static str; 8],
}

impl Glyphs {
    /// Unicode or ASCII.
    #[must_use]
    pub fn new(ascii: bool) -> Self {
        if ascii {
            Self {
                ascii,
                unread: "o",
                saved: "*",
                noted: "#",
                ellipsis: "...",
                horizontal: "-",
                vertical: "|",
                dot: "|",
                good: "ok",
                warning: "!",
                more: ">",
                less: "<",
                pointer: ">",
                chosen: "x",
                dash: "-",
                name: "*",
                copy: "=",
                steps: ["_", ".", ":", "-", "=", "+", "*", "#"],
            }
        } else {
            Self {
                ascii,
                unread: "●",
                saved: "★",
                noted: "✎",
                ellipsis: "…",
                horizontal: "─",
                vertical: "│",
                dot: "·",
                good: "✓",
                warning: "⚠",
                more: "›",
                less: "‹",
                pointer: "▸",
                chosen: "✓",
                dash: "—",
                name: "◆",
                copy: "=",
                steps: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_means_ascii_and_every_flag_is_one_column_wide() {
        let ascii = Glyphs::new(true);
        assert!(format!("{ascii:?}").is_ascii(), "{ascii:?}");
        for glyphs in [ascii, Glyphs::new(false)] {
            for flag in [glyphs.unread, glyphs.saved, glyphs.noted, glyphs.horizontal, glyphs.vertical] {
                assert_eq!(crate::text::width(flag), 1, "{flag} of {glyphs:?}");
            }
        }
    }
}
