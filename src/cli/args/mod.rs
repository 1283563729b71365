//! What may be written on the command line, as data: the whole of `tidings --help`.
//!
//! Descriptions are the documentation of the shell; what the commands do is in the file of their name.

mod keeping;
mod upkeep;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(super) use keeping::{ClipArguments, ExportArguments, ExportFormat, ReadArguments};
pub(super) use upkeep::{
    BackupCommand, ConfigCommand, DoctorArguments, FeedCommand, ImportCommand, KeysArguments, OpmlCommand,
};

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
