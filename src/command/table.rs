//! The table itself: id, name, scope, default keys and one line of help for each command.

/// Where a command's keys are listened to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// On every screen.
    Everywhere,
    /// In the headline list.
    List,
    /// In the article pane and at full height.
    Article,
    /// On the selected article, in the list and in the article alike.
    Selected,
    /// On the feed health screen.
    Feeds,
}

impl Scope {
    /// Name in `[keys.<scope>]`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::List => "list",
            Self::Article => "article",
            Self::Selected => "selected",
            Self::Feeds => "feeds",
        }
    }
}

/// One command.
#[derive(Debug, Clone, Copy)]
pub struct CommandSpec {
    /// Key of the command.
    pub id: CommandId,
    /// Stable name in configs: `noun.verb`.
    pub name: &'static str,
    /// Where its keys count.
    pub scope: Scope,
    /// Default keys, in the notation of the config; none: palette only.
    pub keys: &'static [&'static str],
    /// One line for the help, the palette and `tidings keys`; at most 48 characters.
    pub help: &'static str,
    /// At most 12 characters for the footer.
    pub short: &'static str,
}

macro_rules! commands {
    ($($scope:ident { $($id:ident $name:literal [$($key:literal)*] $help:literal $short:literal;)* })*) => {
        /// Key of a command.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum CommandId { $($(#[doc = $help] $id,)*)* }

        /// Every command, in the order of the help.
        pub const COMMANDS: &[CommandSpec] = &[$($(CommandSpec {
            id: CommandId::$id, name: $name, scope: Scope::$scope, keys: &[$($key),*], help: $help, short: $short,
        },)*)*];
    };
}

commands! {
    List {
        ListDown "list.down" ["j" "Down"] "next" "next";
        ListUp "list.up" ["k" "Up"] "previous" "previous";
        ListTop "list.top" ["g" "Home"] "top" "top";
        ListBottom "list.bottom" ["G" "End"] "bottom" "bottom";
        ListHalfDown "list.half-down" ["Ctrl-d"] "half a page down" "half page";
        ListHalfUp "list.half-up" ["Ctrl-u"] "half a page up" "half page";
        ListPageDown "list.page-down" ["PgDn"] "a page down" "page";
        ListPageUp "list.page-up" ["PgUp"] "a page up" "page";
        ListOpen "list.open" ["Enter" "l" "Right"] "open, marking it read" "read";
        ListReadNext "list.read-next" ["Space"] "mark read and go to the next unread" "read+next";
        ListNextUnread "list.next-unread" ["n"] "next unread (next hit while searching)" "unread";
        ListPreviousUnread "list.previous-unread" ["N"] "previous unread (hit while searching)" "unread";
        ListMarkAllRead "list.mark-all-read" ["A"] "mark all shown read (u undoes)" "all read";
        ListToggleRead "list.toggle-shown" ["H"] "hide or show what is read" "show read";
        ListOrder "list.order" ["v"] "order by date, source or topic" "order";
        ListShowNew "list.show-new" ["."] "show the new ones" "new ones";
        ListFocus "list.focus" ["Tab"] "focus the list or the article" "focus";
        ListAll "list.all" ["0"] "all topics" "all";
        ListTopic1 "list.topic-1" ["1"] "first topic of the bar" "topic";
        ListTopic2 "list.topic-2" ["2"] "second topic" "topic";
        ListTopic3 "list.topic-3" ["3"] "third topic" "topic";
        ListTopic4 "list.topic-4" ["4"] "fourth topic" "topic";
        ListTopic5 "list.topic-5" ["5"] "fifth topic" "topic";
        ListTopic6 "list.topic-6" ["6"] "sixth topic" "topic";
        ListTopic7 "list.topic-7" ["7"] "seventh topic" "topic";
        ListTopic8 "list.topic-8" ["8"] "eighth topic" "topic";
        ListTopic9 "list.topic-9" ["9"] "ninth topic" "topic";
        ListTopics "list.topics" ["t"] "pick a topic" "topics";
        ListFeeds "list.feeds" ["p"] "pick a feed" "feeds";
        ListSaved "list.saved" ["'"] "show what is saved" "saved";
        ListBack "list.back" ["q" "Esc" "h" "Left"] "back; q at the top quits" "back";
    }
    Article {
        ArticleDown "article.down" ["j" "Down"] "scroll down" "scroll";
        ArticleUp "article.up" ["k" "Up"] "scroll up" "scroll";
        ArticlePageDown "article.page-down" ["Space" "PgDn"] "scroll; at the end read on in the next unread" "read on";
        ArticlePageUp "article.page-up" ["PgUp" "Shift-Space"] "a page up" "page up";
        ArticleHalfDown "article.half-down" ["Ctrl-d"] "half a page down" "half page";
        ArticleHalfUp "article.half-up" ["Ctrl-u"] "half a page up" "half page";
        ArticleTop "article.top" ["g" "Home"] "start of the article" "start";
        ArticleBottom "article.bottom" ["G" "End"] "end of the article" "end";
        ArticleNextUnread "article.next-unread" ["n"] "open the next unread (hit while searching)" "next unread";
        ArticlePreviousUnread "article.previous-unread" ["N"] "open the previous unread (or hit)" "previous";
        ArticleFocus "article.focus" ["Tab"] "focus the list or the article" "focus";
        ArticleLink1 "article.link-1" ["1"] "open link 1 in the browser" "link";
        ArticleLink2 "article.link-2" ["2"] "open link 2" "link";
        ArticleLink3 "article.link-3" ["3"] "open link 3" "link";
        ArticleLink4 "article.link-4" ["4"] "open link 4" "link";
        ArticleLink5 "article.link-5" ["5"] "open link 5" "link";
        ArticleLink6 "article.link-6" ["6"] "open link 6" "link";
        ArticleLink7 "article.link-7" ["7"] "open link 7" "link";
        ArticleLink8 "article.link-8" ["8"] "open link 8" "link";
        ArticleLink9 "article.link-9" ["9"] "open link 9" "link";
        ArticleLinks "article.links" [";"] "pick one of the links" "links";
        ArticleBack "article.back" ["q" "Esc" "h" "Left"] "back to the list" "back";
    }
    Selected {
        ArticleToggleRead "article.toggle-read" ["m"] "read or unread" "read";
        ArticleSave "article.save" ["s"] "save or unsave" "save";
        ArticleBrowse "article.browse" ["o"] "open in the browser" "browser";
        ArticleCopyLink "article.copy-link" ["y"] "copy the link" "copy link";
        ArticleCopyCitation "article.copy-citation" ["Y"] "copy title, source, date and link" "cite";
    }
    Everywhere {
        AppHelp "app.help" ["?" "F1"] "this help" "help";
        AppPalette "app.palette" [":" "Ctrl-p"] "all commands by name" "commands";
        AppSearch "app.search" ["/"] "search" "search";
        AppPoll "app.poll" ["R"] "poll all feeds now" "poll";
        AppUndo "app.undo" ["u"] "undo" "undo";
        AppRedo "app.redo" ["U"] "redo" "redo";
        AppHealth "app.health" ["F"] "feed health" "feeds";
        AppLog "app.log" [] "read past messages again" "messages";
        AppAddFeed "app.add-feed" ["+"] "add a feed or a site" "add feed";
        AppImport "app.import" [] "import subscriptions from an OPML file" "import";
        AppConfig "app.config" [] "edit config.toml in $EDITOR" "config";
        AppTheme "app.theme" [] "next theme" "theme";
        AppSuspend "app.suspend" ["Ctrl-z"] "suspend to the shell" "suspend";
        AppRedraw "app.redraw" ["Ctrl-l"] "draw the screen again" "redraw";
        AppQuit "app.quit" ["Ctrl-c"] "quit" "quit";
    }
    Feeds {
        FeedsDown "feeds.down" ["j" "Down"] "next feed" "next";
        FeedsUp "feeds.up" ["k" "Up"] "previous feed" "previous";
        FeedsTop "feeds.top" ["g" "Home"] "first feed" "first";
        FeedsBottom "feeds.bottom" ["G" "End"] "last feed" "last";
        FeedsOpen "feeds.open" ["Enter" "l" "Right"] "show its articles" "articles";
        FeedsAdd "feeds.add" ["a"] "add a feed or a site" "add";
        FeedsRename "feeds.rename" ["e"] "rename" "rename";
        FeedsMove "feeds.move" ["m"] "change its address, or take the one it names" "move";
        FeedsMute "feeds.mute" ["x"] "mute or unmute" "mute";
        FeedsRemove "feeds.remove" ["d"] "remove (u undoes)" "remove";
        FeedsPoll "feeds.poll" ["p"] "poll this feed now" "poll";
        FeedsForce "feeds.force" ["P"] "poll it even if it asked us to wait" "force";
        FeedsCopy "feeds.copy" ["y"] "copy its address" "copy";
        FeedsBack "feeds.back" ["q" "Esc" "h" "Left"] "back" "back";
    }
}

impl CommandId {
    /// What the table says of it.
    #[must_use]
    pub fn spec(self) -> &'static CommandSpec {
        // The table and the enum come from one macro, in one order.
        &COMMANDS[self as usize]
    }

    /// The command called `name`.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        COMMANDS.iter().find(|c| c.name == name).map(|c| c.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_in_the_order_of_the_ids_and_names_are_unique() {
        for (n, spec) in COMMANDS.iter().enumerate() {
            assert_eq!(spec.id as usize, n, "{}", spec.name);
            assert_eq!(CommandId::from_name(spec.name), Some(spec.id), "{} occurs twice", spec.name);
            assert!(spec.help.chars().count() <= 48 && spec.short.chars().count() <= 12, "{}: too long", spec.name);
            assert!(spec.name.contains('.') && !spec.name.contains(|c: char| c.is_uppercase() || c == '_'));
        }
    }
}
