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
    /// On the pages of a story, of an entity and of reasons: moving, opening, going back.
    Page,
    /// On the page of a story.
    Story,
    /// On the page of reasons.
    Why,
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
            Self::Page => "page",
            Self::Story => "story",
            Self::Why => "why",
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
        ListStories "list.stories" ["="] "rows are stories, or every article" "stories";
        ListCovered "list.covered" ["C"] "most covered of the last 48 hours" "most covered";
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
        ListAddTopic1 "list.add-topic-1" ["Alt-1" "!"] "add or drop the first topic" "add topic";
        ListAddTopic2 "list.add-topic-2" ["Alt-2" "@"] "add or drop the second topic" "add topic";
        ListAddTopic3 "list.add-topic-3" ["Alt-3" "#"] "add or drop the third topic" "add topic";
        ListAddTopic4 "list.add-topic-4" ["Alt-4" "$"] "add or drop the fourth topic" "add topic";
        ListAddTopic5 "list.add-topic-5" ["Alt-5" "%"] "add or drop the fifth topic" "add topic";
        ListAddTopic6 "list.add-topic-6" ["Alt-6" "^"] "add or drop the sixth topic" "add topic";
        ListAddTopic7 "list.add-topic-7" ["Alt-7" "&"] "add or drop the seventh topic" "add topic";
        ListAddTopic8 "list.add-topic-8" ["Alt-8" "*"] "add or drop the eighth topic" "add topic";
        ListAddTopic9 "list.add-topic-9" ["Alt-9" "("] "add or drop the ninth topic" "add topic";
        ListTopics "list.topics" ["t"] "pick topics; Space takes several" "topics";
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
        ArticleLinks "article.links" [] "pick one of all its links" "all links";
        ArticleHints "article.hints" [";"] "label the links in sight; y first copies" "links";
        ArticleFind "article.find" ["/"] "find in the article; n N go to the hits" "find";
        ArticleNextInStory "article.next-in-story" ["]"] "next article of its story" "next told";
        ArticlePreviousInStory "article.previous-in-story" ["["] "previous article of its story" "told before";
        ArticleNarrower "article.narrower" ["<"] "shorter lines" "narrower";
        ArticleWider "article.wider" [">"] "longer lines" "wider";
        ArticleZen "article.zen" ["z"] "nothing but the article, and back" "zen";
        ArticleSource "article.source" ["\\"] "the feed's text, the source, and back" "source";
        ArticlePictures "article.pictures" ["I"] "show or hide the pictures" "pictures";
        ArticleBack "article.back" ["q" "Esc" "h" "Left"] "back to the list" "back";
    }
    Selected {
        ArticleToggleRead "article.toggle-read" ["m"] "read or unread" "read";
        ArticleSave "article.save" ["s"] "save or unsave" "save";
        ArticleBrowse "article.browse" ["o"] "open in the browser" "browser";
        ArticleFullText "article.full-text" ["f"] "fetch the full text of its page" "full text";
        ArticleOriginal "article.original" ["O"] "open the original that it is taken from" "original";
        ArticleStory "article.story" ["S"] "its story: who tells it, and what is new in each" "story";
        ArticleWhy "article.why" ["i"] "why it is here; teach a rule" "why";
        ArticleNames "article.names" ["E"] "pick one of the names in it" "names";
        ArticleStoryRead "article.story-read" ["a"] "mark its whole story read" "story read";
        ArticleSplit "article.split" ["X"] "split it off its story (u undoes)" "split off";
        ArticleJoin "article.join" ["J"] "join its story with that of a second J" "join";
        ArticleNote "article.note" ["c"] "write a note on it" "note";
        ArticleClip "article.clip" ["e"] "clip it (a story: with all its sources)" "clip";
        ArticleFiles "article.files" ["P"] "play or download its attached files" "files";
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
    Page {
        PageNext "page.next" ["j" "Down"] "next row" "next";
        PagePrevious "page.previous" ["k" "Up"] "previous row" "previous";
        PageTop "page.top" ["g" "Home"] "first row" "first";
        PageBottom "page.bottom" ["G" "End"] "last row" "last";
        PageHalfDown "page.half-down" ["Ctrl-d" "PgDn"] "half a page down" "half page";
        PageHalfUp "page.half-up" ["Ctrl-u" "PgUp"] "half a page up" "half page";
        PageOpen "page.open" ["Enter" "l" "Right"] "open what the row is about" "open";
        PageBack "page.back" ["q" "Esc" "h" "Left"] "back" "back";
    }
    Story {
        StoryReadNext "story.read-next" ["Space"] "mark read and go to the next" "read+next";
    }
    Why {
        WhyNever "why.never" ["n"] "never by this cue" "never by it";
        WhyAlways "why.always" ["f"] "always this topic for this feed" "always";
        WhyWrong "why.wrong" ["w"] "wrong topic for this article" "wrong topic";
        WhyNotEntity "why.not-entity" ["x"] "this name is not this entity" "wrong name";
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
