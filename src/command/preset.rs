//! Key presets for people who come from another program: where their keys differ from the table's.

use super::CommandId as Id;

/// A set of default keys.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Preset {
    /// The table's own keys.
    #[default]
    Tidings,
    /// As newsboat has them, as far as tidings has what they do.
    Newsboat,
    /// As vim and less have them.
    Vim,
}

/// A command and its keys in place of the table's.
type Replaced = (Id, &'static [&'static str]);

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 3] = [Self::Tidings, Self::Newsboat, Self::Vim];

    /// Name in the config.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Tidings => "tidings",
            Self::Newsboat => "newsboat",
            Self::Vim => "vim",
        }
    }

    /// The preset called `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// The keys of a command in this preset, in the notation of the config.
    #[must_use]
    pub fn keys(self, command: Id) -> &'static [&'static str] {
        let replaced = match self {
            Self::Tidings => &[],
            Self::Newsboat => NEWSBOAT,
            Self::Vim => VIM,
        };
        replaced.iter().find(|(id, _)| *id == command).map_or(command.spec().keys, |(_, keys)| *keys)
    }
}

/// newsboat's defaults: `N` toggles read, `n` and `p` go to unread ones, `g` sorts, `l` shows and hides, `u` lists links.
/// It has no undo; `Ctrl-u` is free there, as it has no half pages.
const NEWSBOAT: &[Replaced] = &[
    (Id::ListDown, &["j", "Down", "J"]),
    (Id::ListUp, &["k", "Up", "K"]),
    (Id::ListTop, &["Home"]),
    (Id::ListBottom, &["End"]),
    (Id::ListHalfDown, &[]),
    (Id::ListHalfUp, &[]),
    (Id::ListOpen, &["Enter", "Right"]),
    (Id::ListPreviousUnread, &["p"]),
    (Id::ListToggleRead, &["l", "H"]),
    (Id::ListOrder, &["g", "v"]),
    (Id::ListFeeds, &["P"]),
    (Id::ArticleHalfDown, &[]),
    (Id::ArticleHalfUp, &[]),
    (Id::ArticleTop, &["Home"]),
    (Id::ArticleBottom, &["End"]),
    (Id::ArticlePreviousUnread, &["p"]),
    (Id::ArticleLinks, &["u"]),
    (Id::ArticleToggleRead, &["N", "m"]),
    (Id::ArticleSave, &["s", "Ctrl-e"]),
    (Id::ArticleJoin, &["Alt-j"]),
    (Id::ArticleFiles, &["Alt-p"]),
    (Id::AppUndo, &["Ctrl-u"]),
    (Id::AppQuit, &["Ctrl-c", "Q"]),
    (Id::FeedsTop, &["Home"]),
    (Id::FeedsBottom, &["End"]),
    (Id::FeedsPoll, &["r", "p"]),
    (Id::PageNext, &["j", "Down", "J"]),
    (Id::PagePrevious, &["k", "Up", "K"]),
    (Id::PageTop, &["Home"]),
    (Id::PageBottom, &["End"]),
    (Id::PageHalfUp, &["PgUp"]),
];

/// vim's: whole pages with `Ctrl-f` and `Ctrl-b`, lines with `Ctrl-e` and `Ctrl-y`, `Ctrl-n` and `Ctrl-p`; `Ctrl-r` redoes.
const VIM: &[Replaced] = &[
    (Id::ListDown, &["j", "Down", "Ctrl-n", "Ctrl-e"]),
    (Id::ListUp, &["k", "Up", "Ctrl-p", "Ctrl-y"]),
    (Id::ListPageDown, &["Ctrl-f", "PgDn"]),
    (Id::ListPageUp, &["Ctrl-b", "PgUp"]),
    (Id::ListBack, &["q", "Esc", "h", "Left", "Ctrl-o"]),
    (Id::ArticleDown, &["j", "Down", "Ctrl-n", "Ctrl-e"]),
    (Id::ArticleUp, &["k", "Up", "Ctrl-p", "Ctrl-y"]),
    (Id::ArticlePageDown, &["Space", "Ctrl-f", "PgDn"]),
    (Id::ArticlePageUp, &["Ctrl-b", "PgUp", "Shift-Space"]),
    (Id::ArticleBack, &["q", "Esc", "h", "Left", "Ctrl-o"]),
    (Id::AppPalette, &[":"]),
    (Id::AppRedo, &["Ctrl-r", "U"]),
    (Id::FeedsDown, &["j", "Down", "Ctrl-n"]),
    (Id::FeedsUp, &["k", "Up", "Ctrl-p"]),
    (Id::FeedsBack, &["q", "Esc", "h", "Left", "Ctrl-o"]),
    (Id::PageNext, &["j", "Down", "Ctrl-n"]),
    (Id::PagePrevious, &["k", "Up", "Ctrl-p"]),
    (Id::PageBack, &["q", "Esc", "h", "Left", "Ctrl-o"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preset_replaces_each_command_once_and_names_read_back() {
        for table in [NEWSBOAT, VIM] {
            for (n, (id, _)) in table.iter().enumerate() {
                assert!(!table[..n].iter().any(|(before, _)| before == id), "{id:?} is there twice");
            }
        }
        for preset in Preset::ALL {
            assert_eq!(Preset::from_name(preset.name()), Some(preset));
        }
        assert_eq!(Preset::Vim.keys(Id::AppRedo), ["Ctrl-r", "U"]);
        assert_eq!(Preset::Vim.keys(Id::AppUndo), Id::AppUndo.spec().keys);
    }
}
