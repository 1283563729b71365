//! The command line of what is read from elsewhere and taken out: `read`, `export`, `clip`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Limit, parse_limit};

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
    #[value(alias = "mail")]
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
