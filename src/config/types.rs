//! What the config says, once it is read: plain types with the defaults.

use crate::command::{CommandId, Key, Preset};
use crate::model::TopicId;
use crate::query::Order;
use crate::topic::Rules;

/// Everything the config says, with defaults filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Days an article is kept after it was last in its feed; 0 keeps everything.
    pub keep_days: u32,
    /// Opening an article marks it read.
    pub mark_on_open: bool,
    /// `[network]`
    pub network: Network,
    /// `[[feeds]]`, in the order of the file.
    pub feeds: Vec<FeedSpec>,
    /// `[topics.*]` and `[[entities]]`
    pub rules: Rules,
    /// `[ui]`
    pub ui: Ui,
    /// `[programs]`
    pub programs: Programs,
    /// `[keep]`
    pub keep: Keep,
    /// `[keys.*]`: per command its keys in place of the defaults (of the preset); empty unbinds.
    pub keys: Vec<(CommandId, Vec<Key>)>,
}

/// `[network]`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// One deadline for a poll of one feed, everything in.
    pub timeout_seconds: u64,
    /// Feeds asked at once.
    pub concurrency: usize,
    /// Requests to one host at once.
    pub per_host: usize,
    /// Between the starts of two requests to one host.
    pub host_spacing_ms: u64,
    /// `host` or `host:port`: private hosts that redirects may reach.
    pub allow_private: Vec<String>,
    /// Proxy URL for all feeds (http, https, socks5, socks5h), or `none` for no proxy; none: the system's (environment).
    pub proxy: Option<String>,
    /// Default of `poll_minutes`; at least 30 unless the feed's own setting says less.
    pub poll_minutes: u64,
}

/// One `[[feeds]]` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedSpec {
    /// Name shown; none: the feed's own title.
    pub name: Option<String>,
    /// Address.
    pub url: String,
    /// Default topics.
    pub topics: Vec<TopicId>,
    /// Poll interval in place of the default.
    pub poll_minutes: Option<u64>,
    /// Extra request headers; stay with this origin.
    pub headers: Vec<(String, String)>,
    /// User name for basic authentication.
    pub username: Option<String>,
    /// Argument vector whose first line of output is the password. Run without a shell.
    pub password_command: Option<Vec<String>>,
    /// Proxy for this feed in place of the general one; `none`: no proxy.
    pub proxy: Option<String>,
    /// False: shown, not polled.
    pub enabled: bool,
    /// Whether the pages of its articles are fetched for their text.
    pub full_text: FullTextMode,
    /// Whether pictures of its articles are shown, in place of `[ui] images`.
    pub images: Option<ImageMode>,
}

/// Whether the pages of a feed's articles are fetched for their text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FullTextMode {
    /// As its articles arrive, within bounds.
    Auto,
    /// When the user asks for it.
    #[default]
    Ask,
    /// Not even then.
    Never,
}

/// Whether pictures are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ImageMode {
    /// Those of an opened article are fetched and shown.
    Auto,
    /// When the user asks for them.
    #[default]
    Ask,
    /// Not even then.
    Never,
}

/// How pictures are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PictureProtocol {
    /// As the terminal can.
    #[default]
    Auto,
    /// By kitty's graphics protocol.
    Kitty,
    /// By iTerm2's inline images.
    Iterm2,
    /// By Sixel graphics.
    Sixel,
    /// By half-blocks in colours.
    Halfblocks,
}

/// Whether links are given to the terminal, to be opened by it (OSC 8).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LinkMode {
    /// Where the terminal is known to take them.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// `[programs]`: argument vectors, run without a shell; `%s` is replaced, within its argument, by the address or file, which
/// is added at the end where there is no `%s`. Empty: the environment's choice, else the system's.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Programs {
    /// Opens web addresses, in place of `$BROWSER`.
    pub browser: Vec<String>,
    /// Plays enclosures.
    pub player: Vec<String>,
    /// Edits notes and the config, in place of `$VISUAL` and `$EDITOR`.
    pub editor: Vec<String>,
}

/// `[keep]`: where what is taken out of the library goes. `~/` at its beginning is the home directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keep {
    /// The Markdown file of clips.
    pub clips: String,
    /// The folder of downloaded files.
    pub downloads: String,
    /// Longest quotation in a clip, in characters; 0: none.
    pub quote: usize,
}

/// `[ui]`
#[derive(Debug, Clone, PartialEq)]
pub struct Ui {
    /// Theme: `dark`, `light`, `high-contrast` or one of `[themes.*]`.
    pub theme: String,
    /// The user's own themes: name, base theme and colours by role (`accent`, `unread`, `dim`, ...).
    pub themes: Vec<OwnTheme>,
    /// Draw with ASCII only.
    pub ascii: bool,
    /// Listen to the mouse.
    pub mouse: bool,
    /// Show everything (true) or only what is unread (false) at the start.
    pub show_all: bool,
    /// Order at the start.
    pub order: Order,
    /// Longest line of an article, in columns.
    pub measure: u16,
    /// List and article side by side from this many columns on.
    pub side_by_side_from: u16,
    /// How rows tell their date.
    pub dates: DateStyle,
    /// Whether pictures are shown.
    pub images: ImageMode,
    /// How they are shown.
    pub picture_protocol: PictureProtocol,
    /// Whether links are given to the terminal.
    pub links: LinkMode,
    /// Key preset; `[keys] preset` in the file.
    pub preset: Preset,
}

/// A `[themes.<name>]` table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTheme {
    /// Its name.
    pub name: String,
    /// The built-in it starts from.
    pub base: String,
    /// Role and style text such as `bold #ffcc00 on black`; checked by validation.
    pub roles: Vec<(String, String)>,
}

/// How rows tell their date.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum DateStyle {
    /// `40m`, `3h`, `2d`.
    #[default]
    Age,
    /// ISO date, or the time today.
    Date,
}

impl Default for FeedSpec {
    fn default() -> Self {
        Self {
            name: None,
            url: String::new(),
            topics: Vec::new(),
            poll_minutes: None,
            headers: Vec::new(),
            username: None,
            password_command: None,
            proxy: None,
            enabled: true,
            full_text: FullTextMode::default(),
            images: None,
        }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            keep_days: 60,
            mark_on_open: true,
            network: Network::default(),
            feeds: Vec::new(),
            rules: Rules::default(),
            ui: Ui::default(),
            programs: Programs::default(),
            keep: Keep::default(),
            keys: Vec::new(),
        }
    }
}

impl Default for Keep {
    fn default() -> Self {
        Self { clips: "~/tidings-clips.md".into(), downloads: "~/Downloads".into(), quote: 300 }
    }
}

impl Default for Network {
    fn default() -> Self {
        Self {
            timeout_seconds: 30,
            concurrency: 128,
            per_host: 2,
            host_spacing_ms: 200,
            allow_private: Vec::new(),
            proxy: None,
            poll_minutes: 30,
        }
    }
}

impl Default for Ui {
    fn default() -> Self {
        Self {
            theme: "dark".into(),
            themes: Vec::new(),
            ascii: false,
            mouse: true,
            show_all: true,
            order: Order::Date,
            measure: 80,
            side_by_side_from: 170,
            dates: DateStyle::Age,
            images: ImageMode::Ask,
            picture_protocol: PictureProtocol::Auto,
            links: LinkMode::Auto,
            preset: Preset::Tidings,
        }
    }
}
