//! What may be written on the command line, as data: the whole of `tidings --help`.
//!
//! Descriptions are the documentation of the shell; what the commands do is in the file of their name.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// The command line.
#[derive(Debug, Clone, Parser)]
#[command(
    name = "tidings",
    version,
    about = "A terminal news desk for people who move freight",
    after_help = "Without a command the desk opens.\n\
        Exit status: 0 all well, 1 failed, 2 usage or config, 3 one or more feeds failed, 128+n by signal n."
)]
pub struct Arguments {
    /// Directory of config.toml and tidings.db [default: $TIDINGS_DIR, else the system's place for configs]
    #[arg(long, global = true, value_name = "DIR")]
    pub dir: Option<PathBuf>,
    /// Draw with ASCII characters only
    #[arg(long, global = true)]
    pub ascii: bool,
    /// What to do; none opens the desk.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What to do other than to open the desk.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Open the desk on an invented news day: no network, nothing kept
    Demo,
    /// A command of the shell.
    #[command(flatten)]
    Shell(ShellCommand),
}

/// The commands of the shell: they print and end.
#[derive(Debug, Clone, Subcommand)]
pub enum ShellCommand {
    /// Ask the feeds that are due for news
    Poll(PollArguments),
    /// List articles, newest first
    List(ListArguments),
    /// Print an article
    Show(ShowArguments),
    /// Print the article of a web page, or of a file
    Read(ReadArguments),
    /// Say why an article has its topics, its names and its story
    Why(WhyArguments),
    /// Print what is known of a carrier, a port, a lane or any other name of the trade
    Entity(EntityArguments),
    /// Mark articles read or unread, save or unsave them
    Mark(MarkArguments),
    /// Write articles as Markdown, HTML, EPUB, JSON, references or mail
    Export(ExportArguments),
    /// Clip articles or stories to the Markdown file that config.toml names
    Clip(ClipArguments),
    /// Add, edit, list and check feeds
    #[command(subcommand)]
    Feed(FeedCommand),
    /// Take in or give out subscriptions as OPML
    #[command(subcommand)]
    Opml(OpmlCommand),
    /// Take over subscriptions and read marks from another reader
    #[command(subcommand)]
    Import(ImportCommand),
    /// Look at the config file
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print every command with its keys
    Keys(KeysArguments),
    /// Check terminal, config, database, directory, clock and network
    Doctor(DoctorArguments),
    /// Make, list and restore copies of the database
    #[command(subcommand)]
    Backup(BackupCommand),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// `tidings poll`
#[derive(Debug, Clone, Args)]
pub struct PollArguments {
    /// Ask all feeds whatever their interval; a Retry-After and a 410 still hold
    #[arg(long)]
    pub now: bool,
    /// Ask even against a Retry-After or a 410
    #[arg(long)]
    pub force: bool,
    /// Print a JSON object a feed and a last one with the totals
    #[arg(long)]
    pub json: bool,
    /// Ask only these, whatever their interval: address, name, or how one of them begins
    #[arg(value_name = "FEED")]
    pub feeds: Vec<String>,
}

/// `tidings list`
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
#[derive(Debug, Clone, Args)]
#[command(
    after_help = "The search language: words, \"phrases\", -not, OR, parentheses, and topic: source: author: title: \
    entity: carrier: port: lane: choke: genre: via: is:unread is:saved has:note has:fulltext since: before: on:. Quote it for the shell: tidings list 'rotterdam -strike since:yesterday'"
)]
pub struct ListArguments {
    /// What to look for, in the search language; all articles without it
    #[arg(value_name = "QUERY")]
    pub query: Vec<String>,
    /// At most so many, or `all`
    #[arg(long, value_name = "N|all", default_value = "50", value_parser = parse_limit)]
    pub limit: Limit,
    /// Only unread ones
    #[arg(long)]
    pub unread: bool,
    /// Only saved ones
    #[arg(long)]
    pub saved: bool,
    /// One row a story, by the first article of it
    #[arg(long)]
    pub stories: bool,
    /// The most covered stories of the last 48 hours, most publications first
    #[arg(long, conflicts_with_all = ["query", "unread", "saved", "stories"])]
    pub covered: bool,
    /// Print a JSON object an article
    #[arg(long)]
    pub json: bool,
    /// With the text of each article
    #[arg(long)]
    pub text: bool,
}

/// How many rows to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Every one.
    All,
    /// At most so many.
    Most(usize),
}

fn parse_limit(text: &str) -> Result<Limit, String> {
    if text.eq_ignore_ascii_case("all") {
        return Ok(Limit::All);
    }
    text.parse().map(Limit::Most).map_err(|_| "give a number, or `all`".to_owned())
}

/// `tidings show`
#[derive(Debug, Clone, Args)]
pub struct ShowArguments {
    /// Number of the article, as `tidings list` prints it
    pub id: i64,
    /// Fetch its page first, and keep its full text
    #[arg(long)]
    pub fetch: bool,
    /// Print a JSON object
    #[arg(long)]
    pub json: bool,
}

/// `tidings read`
#[derive(Debug, Clone, Args)]
pub struct ReadArguments {
    /// Address of the page, or a file; `-` reads standard input
    #[arg(value_name = "URL|FILE")]
    pub page: String,
    /// Address that the links of a file start from
    #[arg(long, value_name = "URL")]
    pub base: Option<String>,
    /// Print Markdown
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,
    /// Print a JSON object
    #[arg(long)]
    pub json: bool,
}

/// `tidings export`
#[derive(Debug, Clone, Args)]
#[command(after_help = "Newest first. The search language is that of `tidings list`.\n\
    tidings export 'topic:rates since:monday' --format epub --output rates.epub\n\
    tidings export is:saved --format md --output notes/ --one-per-article\n\
    tidings export --ids 12 34 --format bibtex >>sources.bib")]
pub struct ExportArguments {
    /// What to look for, in the search language; all articles without it
    #[arg(value_name = "QUERY", conflicts_with = "ids")]
    pub query: Vec<String>,
    /// The format
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// Write to this file, or into this folder; without it, or for `-`, to standard output
    #[arg(long, short, value_name = "FILE|DIR")]
    pub output: Option<PathBuf>,
    /// A file for each article, named after its date and title, in the folder of --output
    #[arg(long, requires = "output")]
    pub one_per_article: bool,
    /// At most so many, or `all`
    #[arg(long, value_name = "N|all", default_value = "all", value_parser = parse_limit)]
    pub limit: Limit,
    /// Numbers of articles, as `tidings list` prints them
    #[arg(long, value_name = "ID", num_args = 1.., value_delimiter = ',')]
    pub ids: Vec<i64>,
    /// Replace files that exist
    #[arg(long)]
    pub force: bool,
}

/// What `tidings export` can write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Markdown with front matter
    #[value(alias = "markdown")]
    Md,
    /// One page of HTML that loads nothing
    Html,
    /// An EPUB 3 book, a chapter an article
    Epub,
    /// A JSON object a line, as `tidings show --json` prints it
    #[value(alias = "ndjson")]
    Json,
    /// CSL-JSON references
    CslJson,
    /// BibTeX and BibLaTeX references
    #[value(alias = "biblatex")]
    Bibtex,
    /// A mail message, as text and HTML
    Eml,
}

/// `tidings clip`
#[derive(Debug, Clone, Args)]
pub struct ClipArguments {
    /// Numbers of articles, as `tidings list` prints them
    #[arg(value_name = "ID", required = true)]
    pub ids: Vec<i64>,
    /// The stories that they belong to, with all their sources
    #[arg(long)]
    pub story: bool,
}

/// `tidings why`
#[derive(Debug, Clone, Args)]
pub struct WhyArguments {
    /// Number of the article, as `tidings list` prints it
    pub id: i64,
    /// Print a JSON object
    #[arg(long)]
    pub json: bool,
}

/// `tidings entity`
#[derive(Debug, Clone, Args)]
pub struct EntityArguments {
    /// Its name, another name of it, its code or its id
    #[arg(value_name = "NAME", required = true)]
    pub name: Vec<String>,
    /// Print a JSON object
    #[arg(long)]
    pub json: bool,
}

/// `tidings mark`
#[derive(Debug, Clone, Args)]
pub struct MarkArguments {
    /// What to do to them
    pub mark: MarkWord,
    /// Numbers of articles, as `tidings list` prints them
    #[arg(value_name = "ID", required_unless_present = "query", conflicts_with = "query")]
    pub ids: Vec<i64>,
    /// All articles that match, in the search language
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Print a JSON object
    #[arg(long)]
    pub json: bool,
}

/// What `tidings mark` can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MarkWord {
    /// Mark read
    Read,
    /// Mark unread
    Unread,
    /// Save: it never ages out
    Save,
    /// Drop from the saved ones
    Unsave,
}

/// `tidings feed`
#[derive(Debug, Clone, Subcommand)]
pub enum FeedCommand {
    /// Subscribe to a feed, or to the feed of a site
    Add {
        /// Address of a feed or of any page of its site
        url: String,
        /// Name to show in place of the feed's own
        #[arg(long)]
        name: Option<String>,
        /// Topic of all its articles, such as `ocean`; may be given again
        #[arg(long = "topic", value_name = "TOPIC")]
        topics: Vec<String>,
    },
    /// Unsubscribe; its articles are hidden and age out
    Remove {
        /// Address, name, or how one of them begins
        feed: String,
    },
    /// Give a feed another name
    Rename {
        /// Address, name, or how one of them begins
        feed: String,
        /// The new name
        name: String,
    },
    /// Give a feed another address; its articles and marks stay
    Move {
        /// Address, name, or how one of them begins
        feed: String,
        /// The new address
        url: String,
    },
    /// Stop polling a feed, and keep showing it
    Mute {
        /// Address, name, or how one of them begins
        feed: String,
    },
    /// Poll a muted feed again
    Unmute {
        /// Address, name, or how one of them begins
        feed: String,
    },
    /// List the feeds and how they are
    List {
        /// Print a JSON object a feed
        #[arg(long)]
        json: bool,
    },
    /// Fetch a feed once and say what is found; nothing is stored
    Check {
        /// A subscribed feed (address, name, or how one of them begins) or any address
        feed: String,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// List the feeds of a site
    Discover {
        /// Address of any page of the site
        url: String,
        /// Print a JSON object a feed
        #[arg(long)]
        json: bool,
    },
}

/// `tidings opml`
#[derive(Debug, Clone, Subcommand)]
pub enum OpmlCommand {
    /// Subscribe to the feeds of an OPML file
    Import {
        /// The file; `-` reads standard input
        file: PathBuf,
    },
    /// Print the subscriptions as OPML
    Export,
}

/// `tidings import`
#[derive(Debug, Clone, Subcommand)]
pub enum ImportCommand {
    /// Take over newsboat's feeds, tags and read marks
    Newsboat {
        /// Its urls file [default: ~/.newsboat/urls, else newsboat/urls in the config directory]
        #[arg(long, value_name = "FILE")]
        urls: Option<PathBuf>,
        /// Its cache.db [default: ~/.newsboat/cache.db, else newsboat/cache.db in the data directory]
        #[arg(long, value_name = "FILE")]
        cache: Option<PathBuf>,
        /// Do not poll the feeds first: only articles that are stored already are marked read
        #[arg(long)]
        no_poll: bool,
    },
}

/// `tidings config`
#[derive(Debug, Clone, Subcommand)]
pub enum ConfigCommand {
    /// Print where the config file is
    Path,
    /// Say everything that is wrong with it
    Check,
    /// Print an example with every key at its default
    Example,
}

/// `tidings keys`
#[derive(Debug, Clone, Args)]
pub struct KeysArguments {
    /// As tables in Markdown
    #[arg(long, conflicts_with = "json")]
    pub markdown: bool,
    /// Print a JSON object a command
    #[arg(long)]
    pub json: bool,
}

/// `tidings doctor`
#[derive(Debug, Clone, Args)]
pub struct DoctorArguments {
    /// Also fetch the first feed once, to see whether the network answers
    #[arg(long)]
    pub network: bool,
    /// Print a JSON object a finding
    #[arg(long)]
    pub json: bool,
}

/// `tidings backup`
#[derive(Debug, Clone, Subcommand)]
pub enum BackupCommand {
    /// Copy the database now, also while a desk is open
    Create,
    /// List the copies, newest first
    List {
        /// Print a JSON object a copy
        #[arg(long)]
        json: bool,
    },
    /// Put a copy in the place of the database; what was there becomes a copy first
    Restore {
        /// Its name, as `tidings backup list` prints it
        name: String,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_definition_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn flags_may_follow_the_query_and_the_command() {
        let parsed = Arguments::try_parse_from([
            "tidings",
            "list",
            "rotterdam",
            "strike",
            "--json",
            "--limit",
            "ALL",
            "--dir",
            "x",
        ]);
        let parsed = parsed.expect("valid");
        assert_eq!(parsed.dir, Some(PathBuf::from("x")));
        let Some(Command::Shell(ShellCommand::List(list))) = parsed.command else { panic!("not list") };
        assert_eq!((list.query.join(" ").as_str(), list.limit, list.json), ("rotterdam strike", Limit::All, true));
    }

    #[test]
    fn mark_wants_articles_or_a_query_but_not_both() {
        assert!(Arguments::try_parse_from(["tidings", "mark", "read"]).is_err());
        assert!(Arguments::try_parse_from(["tidings", "mark", "read", "1", "--query", "x"]).is_err());
        assert!(Arguments::try_parse_from(["tidings", "mark", "read", "1", "2"]).is_ok());
    }
}
