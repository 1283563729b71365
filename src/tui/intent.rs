//! What each command means to the part of the desk that carries it out.
//!
//! The match is exhaustive on purpose: a command that is added to the table does not compile until it does something.

use crate::command::CommandId;

/// A command, sorted by who carries it out. The matches over the inner enums are exhaustive as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// To the list of the desk or the search.
    List(ListIntent),
    /// To the article beside it.
    Article(ArticleIntent),
    /// To the selected article.
    Selected(SelectedIntent),
    /// To the feed health screen.
    Feeds(FeedsIntent),
    /// To the page of a story, an entity or reasons.
    Page(PageIntent),
    /// To the page of a story.
    Story(StoryIntent),
    /// To the page of reasons.
    Why(WhyIntent),
    /// To the desk as a whole.
    App(AppIntent),
}

/// A movement in something that scrolls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One on.
    Down,
    /// One back.
    Up,
    /// Half a page on.
    HalfDown,
    /// Half a page back.
    HalfUp,
    /// A page on.
    PageDown,
    /// A page back.
    PageUp,
    /// To the beginning.
    Top,
    /// To the end.
    Bottom,
}

/// A direction in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Down the list.
    Next,
    /// Up the list.
    Previous,
}

/// What a list can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListIntent {
    /// Move the selection.
    Move(Motion),
    /// Open the selected article, marking it read.
    Open,
    /// Mark it read and go to the next unread.
    ReadNext,
    /// Go to an unread row (a hit, while searching).
    Unread(Direction),
    /// Mark all shown read.
    MarkAllRead,
    /// Hide or show what is read.
    ToggleShown,
    /// The next order.
    Order,
    /// Show what arrived.
    ShowNew,
    /// Focus the article.
    Focus,
    /// Rows are stories, or every article.
    Stories,
    /// Show the most covered stories.
    Covered,
    /// Show all topics.
    All,
    /// Show a topic of the bar, from 1.
    Topic(usize),
    /// Add a topic of the bar to those shown, or drop it.
    AddTopic(usize),
    /// Pick a topic.
    Topics,
    /// Pick a feed.
    Feeds,
    /// Show what is saved.
    Saved,
    /// Back.
    Back,
}

/// What the article pane can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArticleIntent {
    /// Scroll; a page down at the end reads on in the next unread.
    Scroll(Motion),
    /// Open an unread one (a hit, while searching).
    Unread(Direction),
    /// Open the next or the previous article of its story.
    InStory(Direction),
    /// Label the links in sight.
    Hints,
    /// Find something in the text.
    Find,
    /// Make lines shorter.
    Narrower,
    /// Make lines longer.
    Wider,
    /// Show nothing but the article.
    Zen,
    /// Show the feed's text, or the source.
    Source,
    /// Focus the list.
    Focus,
    /// Open a link, from 1.
    Link(usize),
    /// Pick a link.
    Links,
    /// Show or hide the pictures.
    Pictures,
    /// Back to the list.
    Back,
}

/// What can be done with the selected article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectedIntent {
    /// Read or unread.
    ToggleRead,
    /// Save or unsave.
    ToggleSaved,
    /// Open in the browser.
    Browse,
    /// Open the original that it is taken from.
    Original,
    /// Fetch the text of its page.
    FullText,
    /// Show its story.
    Story,
    /// Show why it is here.
    Why,
    /// Pick one of its names.
    Names,
    /// Mark its whole story read.
    StoryRead,
    /// Split it off its story.
    Split,
    /// Join its story with another one.
    Join,
    /// Write a note on it.
    Note,
    /// Clip it to a file of the user's.
    Clip,
    /// Show the files attached to it.
    Files,
    /// Copy its link.
    CopyLink,
    /// Copy title, source, date and link.
    CopyCitation,
}

/// What the feed health screen can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedsIntent {
    /// Move the selection.
    Move(Motion),
    /// Show its articles.
    Open,
    /// Add a feed.
    Add,
    /// Rename it.
    Rename,
    /// Change its address.
    Readdress,
    /// Mute or unmute it.
    Mute,
    /// Remove it.
    Remove,
    /// Poll it now.
    Poll,
    /// Poll it even if it asked us to wait.
    Force,
    /// Copy its address.
    Copy,
    /// Back.
    Back,
}

/// What a page with rows can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageIntent {
    /// Move the selection.
    Move(Motion),
    /// Open what the row is about.
    Open,
    /// Back.
    Back,
}

/// What the page of a story can do besides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoryIntent {
    /// Mark the article read and go to the next.
    ReadNext,
}

/// What can be taught from the page of reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyIntent {
    /// Never by this cue.
    Never,
    /// Always this topic for this feed.
    Always,
    /// Wrong topic for this article.
    Wrong,
    /// This name is not this entity.
    NotEntity,
}

/// What the desk as a whole can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppIntent {
    /// Help.
    Help,
    /// Palette.
    Palette,
    /// Search.
    Search,
    /// Poll all feeds.
    Poll,
    /// Undo.
    Undo,
    /// Redo.
    Redo,
    /// Feed health.
    Health,
    /// Past messages.
    Log,
    /// Add a feed.
    AddFeed,
    /// Import OPML.
    Import,
    /// Edit the config.
    EditConfig,
    /// Next theme.
    Theme,
    /// Suspend.
    Suspend,
    /// Redraw.
    Redraw,
    /// Quit.
    Quit,
}

/// What a command means.
#[must_use]
#[expect(clippy::too_many_lines, reason = "a table: one line for each command")]
pub fn intent(command: CommandId) -> Intent {
    use AppIntent as App;
    use ArticleIntent as Article;
    use FeedsIntent as Feeds;
    use ListIntent as List;
    use PageIntent as Page;
    use SelectedIntent as Selected;
    match command {
        CommandId::ListDown => Intent::List(List::Move(Motion::Down)),
        CommandId::ListUp => Intent::List(List::Move(Motion::Up)),
        CommandId::ListTop => Intent::List(List::Move(Motion::Top)),
        CommandId::ListBottom => Intent::List(List::Move(Motion::Bottom)),
        CommandId::ListHalfDown => Intent::List(List::Move(Motion::HalfDown)),
        CommandId::ListHalfUp => Intent::List(List::Move(Motion::HalfUp)),
        CommandId::ListPageDown => Intent::List(List::Move(Motion::PageDown)),
        CommandId::ListPageUp => Intent::List(List::Move(Motion::PageUp)),
        CommandId::ListOpen => Intent::List(List::Open),
        CommandId::ListReadNext => Intent::List(List::ReadNext),
        CommandId::ListNextUnread => Intent::List(List::Unread(Direction::Next)),
        CommandId::ListPreviousUnread => Intent::List(List::Unread(Direction::Previous)),
        CommandId::ListMarkAllRead => Intent::List(List::MarkAllRead),
        CommandId::ListToggleRead => Intent::List(List::ToggleShown),
        CommandId::ListOrder => Intent::List(List::Order),
        CommandId::ListShowNew => Intent::List(List::ShowNew),
        CommandId::ListFocus => Intent::List(List::Focus),
        CommandId::ListStories => Intent::List(List::Stories),
        CommandId::ListCovered => Intent::List(List::Covered),
        CommandId::ListAll => Intent::List(List::All),
        CommandId::ListTopic1 => Intent::List(List::Topic(1)),
        CommandId::ListTopic2 => Intent::List(List::Topic(2)),
        CommandId::ListTopic3 => Intent::List(List::Topic(3)),
        CommandId::ListTopic4 => Intent::List(List::Topic(4)),
        CommandId::ListTopic5 => Intent::List(List::Topic(5)),
        CommandId::ListTopic6 => Intent::List(List::Topic(6)),
        CommandId::ListTopic7 => Intent::List(List::Topic(7)),
        CommandId::ListTopic8 => Intent::List(List::Topic(8)),
        CommandId::ListTopic9 => Intent::List(List::Topic(9)),
        CommandId::ListAddTopic1 => Intent::List(List::AddTopic(1)),
        CommandId::ListAddTopic2 => Intent::List(List::AddTopic(2)),
        CommandId::ListAddTopic3 => Intent::List(List::AddTopic(3)),
        CommandId::ListAddTopic4 => Intent::List(List::AddTopic(4)),
        CommandId::ListAddTopic5 => Intent::List(List::AddTopic(5)),
        CommandId::ListAddTopic6 => Intent::List(List::AddTopic(6)),
        CommandId::ListAddTopic7 => Intent::List(List::AddTopic(7)),
        CommandId::ListAddTopic8 => Intent::List(List::AddTopic(8)),
        CommandId::ListAddTopic9 => Intent::List(List::AddTopic(9)),
        CommandId::ListTopics => Intent::List(List::Topics),
        CommandId::ListFeeds => Intent::List(List::Feeds),
        CommandId::ListSaved => Intent::List(List::Saved),
        CommandId::ListBack => Intent::List(List::Back),
        CommandId::ArticleDown => Intent::Article(Article::Scroll(Motion::Down)),
        CommandId::ArticleUp => Intent::Article(Article::Scroll(Motion::Up)),
        CommandId::ArticlePageDown => Intent::Article(Article::Scroll(Motion::PageDown)),
        CommandId::ArticlePageUp => Intent::Article(Article::Scroll(Motion::PageUp)),
        CommandId::ArticleHalfDown => Intent::Article(Article::Scroll(Motion::HalfDown)),
        CommandId::ArticleHalfUp => Intent::Article(Article::Scroll(Motion::HalfUp)),
        CommandId::ArticleTop => Intent::Article(Article::Scroll(Motion::Top)),
        CommandId::ArticleBottom => Intent::Article(Article::Scroll(Motion::Bottom)),
        CommandId::ArticleNextUnread => Intent::Article(Article::Unread(Direction::Next)),
        CommandId::ArticlePreviousUnread => Intent::Article(Article::Unread(Direction::Previous)),
        CommandId::ArticleFocus => Intent::Article(Article::Focus),
        CommandId::ArticleLink1 => Intent::Article(Article::Link(1)),
        CommandId::ArticleLink2 => Intent::Article(Article::Link(2)),
        CommandId::ArticleLink3 => Intent::Article(Article::Link(3)),
        CommandId::ArticleLink4 => Intent::Article(Article::Link(4)),
        CommandId::ArticleLink5 => Intent::Article(Article::Link(5)),
        CommandId::ArticleLink6 => Intent::Article(Article::Link(6)),
        CommandId::ArticleLink7 => Intent::Article(Article::Link(7)),
        CommandId::ArticleLink8 => Intent::Article(Article::Link(8)),
        CommandId::ArticleLink9 => Intent::Article(Article::Link(9)),
        CommandId::ArticleLinks => Intent::Article(Article::Links),
        CommandId::ArticlePictures => Intent::Article(Article::Pictures),
        CommandId::ArticleHints => Intent::Article(Article::Hints),
        CommandId::ArticleFind => Intent::Article(Article::Find),
        CommandId::ArticleNarrower => Intent::Article(Article::Narrower),
        CommandId::ArticleWider => Intent::Article(Article::Wider),
        CommandId::ArticleZen => Intent::Article(Article::Zen),
        CommandId::ArticleSource => Intent::Article(Article::Source),
        CommandId::ArticleNextInStory => Intent::Article(Article::InStory(Direction::Next)),
        CommandId::ArticlePreviousInStory => Intent::Article(Article::InStory(Direction::Previous)),
        CommandId::ArticleBack => Intent::Article(Article::Back),
        CommandId::ArticleToggleRead => Intent::Selected(Selected::ToggleRead),
        CommandId::ArticleSave => Intent::Selected(Selected::ToggleSaved),
        CommandId::ArticleBrowse => Intent::Selected(Selected::Browse),
        CommandId::ArticleOriginal => Intent::Selected(Selected::Original),
        CommandId::ArticleFullText => Intent::Selected(Selected::FullText),
        CommandId::ArticleStory => Intent::Selected(Selected::Story),
        CommandId::ArticleWhy => Intent::Selected(Selected::Why),
        CommandId::ArticleNames => Intent::Selected(Selected::Names),
        CommandId::ArticleStoryRead => Intent::Selected(Selected::StoryRead),
        CommandId::ArticleSplit => Intent::Selected(Selected::Split),
        CommandId::ArticleJoin => Intent::Selected(Selected::Join),
        CommandId::ArticleNote => Intent::Selected(Selected::Note),
        CommandId::ArticleClip => Intent::Selected(Selected::Clip),
        CommandId::ArticleFiles => Intent::Selected(Selected::Files),
        CommandId::ArticleCopyLink => Intent::Selected(Selected::CopyLink),
        CommandId::ArticleCopyCitation => Intent::Selected(Selected::CopyCitation),
        CommandId::AppHelp => Intent::App(App::Help),
        CommandId::AppPalette => Intent::App(App::Palette),
        CommandId::AppSearch => Intent::App(App::Search),
        CommandId::AppPoll => Intent::App(App::Poll),
        CommandId::AppUndo => Intent::App(App::Undo),
        CommandId::AppRedo => Intent::App(App::Redo),
        CommandId::AppHealth => Intent::App(App::Health),
        CommandId::AppLog => Intent::App(App::Log),
        CommandId::AppAddFeed => Intent::App(App::AddFeed),
        CommandId::AppImport => Intent::App(App::Import),
        CommandId::AppConfig => Intent::App(App::EditConfig),
        CommandId::AppTheme => Intent::App(App::Theme),
        CommandId::AppSuspend => Intent::App(App::Suspend),
        CommandId::AppRedraw => Intent::App(App::Redraw),
        CommandId::AppQuit => Intent::App(App::Quit),
        CommandId::FeedsDown => Intent::Feeds(Feeds::Move(Motion::Down)),
        CommandId::FeedsUp => Intent::Feeds(Feeds::Move(Motion::Up)),
        CommandId::FeedsTop => Intent::Feeds(Feeds::Move(Motion::Top)),
        CommandId::FeedsBottom => Intent::Feeds(Feeds::Move(Motion::Bottom)),
        CommandId::FeedsOpen => Intent::Feeds(Feeds::Open),
        CommandId::FeedsAdd => Intent::Feeds(Feeds::Add),
        CommandId::FeedsRename => Intent::Feeds(Feeds::Rename),
        CommandId::FeedsMove => Intent::Feeds(Feeds::Readdress),
        CommandId::FeedsMute => Intent::Feeds(Feeds::Mute),
        CommandId::FeedsRemove => Intent::Feeds(Feeds::Remove),
        CommandId::FeedsPoll => Intent::Feeds(Feeds::Poll),
        CommandId::FeedsForce => Intent::Feeds(Feeds::Force),
        CommandId::FeedsCopy => Intent::Feeds(Feeds::Copy),
        CommandId::FeedsBack => Intent::Feeds(Feeds::Back),
        CommandId::PageNext => Intent::Page(Page::Move(Motion::Down)),
        CommandId::PagePrevious => Intent::Page(Page::Move(Motion::Up)),
        CommandId::PageTop => Intent::Page(Page::Move(Motion::Top)),
        CommandId::PageBottom => Intent::Page(Page::Move(Motion::Bottom)),
        CommandId::PageHalfDown => Intent::Page(Page::Move(Motion::HalfDown)),
        CommandId::PageHalfUp => Intent::Page(Page::Move(Motion::HalfUp)),
        CommandId::PageOpen => Intent::Page(Page::Open),
        CommandId::PageBack => Intent::Page(Page::Back),
        CommandId::StoryReadNext => Intent::Story(StoryIntent::ReadNext),
        CommandId::WhyNever => Intent::Why(WhyIntent::Never),
        CommandId::WhyAlways => Intent::Why(WhyIntent::Always),
        CommandId::WhyWrong => Intent::Why(WhyIntent::Wrong),
        CommandId::WhyNotEntity => Intent::Why(WhyIntent::NotEntity),
    }
}
