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
    /// Show all topics.
    All,
    /// Show a topic of the bar, from 1.
    Topic(usize),
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
    /// Focus the list.
    Focus,
    /// Open a link, from 1.
    Link(usize),
    /// Pick a link.
    Links,
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
    use CommandId as C;
    use FeedsIntent as Feeds;
    use ListIntent as List;
    use SelectedIntent as Selected;
    match command {
        C::ListDown => Intent::List(List::Move(Motion::Down)),
        C::ListUp => Intent::List(List::Move(Motion::Up)),
        C::ListTop => Intent::List(List::Move(Motion::Top)),
        C::ListBottom => Intent::List(List::Move(Motion::Bottom)),
        C::ListHalfDown => Intent::List(List::Move(Motion::HalfDown)),
        C::ListHalfUp => Intent::List(List::Move(Motion::HalfUp)),
        C::ListPageDown => Intent::List(List::Move(Motion::PageDown)),
        C::ListPageUp => Intent::List(List::Move(Motion::PageUp)),
        C::ListOpen => Intent::List(List::Open),
        C::ListReadNext => Intent::List(List::ReadNext),
        C::ListNextUnread => Intent::List(List::Unread(Direction::Next)),
        C::ListPreviousUnread => Intent::List(List::Unread(Direction::Previous)),
        C::ListMarkAllRead => Intent::List(List::MarkAllRead),
        C::ListToggleRead => Intent::List(List::ToggleShown),
        C::ListOrder => Intent::List(List::Order),
        C::ListShowNew => Intent::List(List::ShowNew),
        C::ListFocus => Intent::List(List::Focus),
        C::ListAll => Intent::List(List::All),
        C::ListTopic1 => Intent::List(List::Topic(1)),
        C::ListTopic2 => Intent::List(List::Topic(2)),
        C::ListTopic3 => Intent::List(List::Topic(3)),
        C::ListTopic4 => Intent::List(List::Topic(4)),
        C::ListTopic5 => Intent::List(List::Topic(5)),
        C::ListTopic6 => Intent::List(List::Topic(6)),
        C::ListTopic7 => Intent::List(List::Topic(7)),
        C::ListTopic8 => Intent::List(List::Topic(8)),
        C::ListTopic9 => Intent::List(List::Topic(9)),
        C::ListTopics => Intent::List(List::Topics),
        C::ListFeeds => Intent::List(List::Feeds),
        C::ListSaved => Intent::List(List::Saved),
        C::ListBack => Intent::List(List::Back),
        C::ArticleDown => Intent::Article(Article::Scroll(Motion::Down)),
        C::ArticleUp => Intent::Article(Article::Scroll(Motion::Up)),
        C::ArticlePageDown => Intent::Article(Article::Scroll(Motion::PageDown)),
        C::ArticlePageUp => Intent::Article(Article::Scroll(Motion::PageUp)),
        C::ArticleHalfDown => Intent::Article(Article::Scroll(Motion::HalfDown)),
        C::ArticleHalfUp => Intent::Article(Article::Scroll(Motion::HalfUp)),
        C::ArticleTop => Intent::Article(Article::Scroll(Motion::Top)),
        C::ArticleBottom => Intent::Article(Article::Scroll(Motion::Bottom)),
        C::ArticleNextUnread => Intent::Article(Article::Unread(Direction::Next)),
        C::ArticlePreviousUnread => Intent::Article(Article::Unread(Direction::Previous)),
        C::ArticleFocus => Intent::Article(Article::Focus),
        C::ArticleLink1 => Intent::Article(Article::Link(1)),
        C::ArticleLink2 => Intent::Article(Article::Link(2)),
        C::ArticleLink3 => Intent::Article(Article::Link(3)),
        C::ArticleLink4 => Intent::Article(Article::Link(4)),
        C::ArticleLink5 => Intent::Article(Article::Link(5)),
        C::ArticleLink6 => Intent::Article(Article::Link(6)),
        C::ArticleLink7 => Intent::Article(Article::Link(7)),
        C::ArticleLink8 => Intent::Article(Article::Link(8)),
        C::ArticleLink9 => Intent::Article(Article::Link(9)),
        C::ArticleLinks => Intent::Article(Article::Links),
        C::ArticleBack => Intent::Article(Article::Back),
        C::ArticleToggleRead => Intent::Selected(Selected::ToggleRead),
        C::ArticleSave => Intent::Selected(Selected::ToggleSaved),
        C::ArticleBrowse => Intent::Selected(Selected::Browse),
        C::ArticleCopyLink => Intent::Selected(Selected::CopyLink),
        C::ArticleCopyCitation => Intent::Selected(Selected::CopyCitation),
        C::AppHelp => Intent::App(App::Help),
        C::AppPalette => Intent::App(App::Palette),
        C::AppSearch => Intent::App(App::Search),
        C::AppPoll => Intent::App(App::Poll),
        C::AppUndo => Intent::App(App::Undo),
        C::AppRedo => Intent::App(App::Redo),
        C::AppHealth => Intent::App(App::Health),
        C::AppLog => Intent::App(App::Log),
        C::AppAddFeed => Intent::App(App::AddFeed),
        C::AppImport => Intent::App(App::Import),
        C::AppConfig => Intent::App(App::EditConfig),
        C::AppTheme => Intent::App(App::Theme),
        C::AppSuspend => Intent::App(App::Suspend),
        C::AppRedraw => Intent::App(App::Redraw),
        C::AppQuit => Intent::App(App::Quit),
        C::FeedsDown => Intent::Feeds(Feeds::Move(Motion::Down)),
        C::FeedsUp => Intent::Feeds(Feeds::Move(Motion::Up)),
        C::FeedsTop => Intent::Feeds(Feeds::Move(Motion::Top)),
        C::FeedsBottom => Intent::Feeds(Feeds::Move(Motion::Bottom)),
        C::FeedsOpen => Intent::Feeds(Feeds::Open),
        C::FeedsAdd => Intent::Feeds(Feeds::Add),
        C::FeedsRename => Intent::Feeds(Feeds::Rename),
        C::FeedsMute => Intent::Feeds(Feeds::Mute),
        C::FeedsRemove => Intent::Feeds(Feeds::Remove),
        C::FeedsPoll => Intent::Feeds(Feeds::Poll),
        C::FeedsForce => Intent::Feeds(Feeds::Force),
        C::FeedsCopy => Intent::Feeds(Feeds::Copy),
        C::FeedsBack => Intent::Feeds(Feeds::Back),
    }
}
