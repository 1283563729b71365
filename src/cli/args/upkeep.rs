//! The command line of what keeps the desk in order: `feed`, `opml`, `import`, `config`, `keys`, `doctor`, `backup`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

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
    /// Make a copy of all that can still be read of a damaged database, which stays as it is
    Salvage,
    /// Put a copy in the place of the database; what was there becomes a copy first
    Restore {
        /// Its name, as `tidings backup list` prints it
        name: String,
    },
}
