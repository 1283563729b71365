//! The feeds that all programs are given: made by the shared generator where it is, else by ours. Each load is a directory with
//! the feeds and each program's list of them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};
use jiff::SignedDuration;

use crate::server::{self, PORT};

/// A word that stands in one article of a thousand.
pub(crate) const RARE: &str = "Kombiverkehr";

/// Feeds on disk.
pub(crate) struct Load {
    /// Where `config.toml`, `urls.txt`, `sfeedrc` and the feeds are.
    pub(crate) directory: PathBuf,
    pub(crate) feeds: usize,
    pub(crate) articles: usize,
    /// The beginnings of the feeds' newest titles: one of them on the screen means that articles are shown.
    pub(crate) first_titles: Vec<String>,
}

/// Letters of a title that are surely not cut on the screen.
const SHOWN: usize = 16;

impl Load {
    /// Makes feeds of so many articles each below `work`, or takes those made before.
    pub(crate) fn of(work: &Path, generator: Option<&Path>, feeds: usize, each: usize) -> Result<Self> {
        let directory = work.join(format!("feeds-{feeds}x{each}"));
        if !directory.join("config.toml").exists() {
            std::fs::create_dir_all(&directory)?;
            match generator {
                Some(script) => generate(script, &directory, feeds, each)?,
                None => make_up(&directory, feeds, each)?,
            }
        }
        let mut first_titles = Vec::new();
        for feed in 0..feeds {
            let text = std::fs::read_to_string(directory.join(format!("feed-{feed:04}.xml")))?;
            let title = text
                .split("<title")
                .nth(2)
                .and_then(|rest| rest.split(['>', '<']).nth(1))
                .context("a feed has articles")?;
            first_titles.push(title.chars().take(SHOWN).collect());
        }
        Ok(Self { directory, feeds, articles: feeds * each, first_titles })
    }

    /// Whether a screen shows one of the newest articles.
    pub(crate) fn shows(&self, screen: &str) -> bool {
        self.first_titles.iter().any(|title| screen.contains(title.as_str()))
    }
}

fn generate(script: &Path, directory: &Path, feeds: usize, each: usize) -> Result<()> {
    let hosts = feeds.min(MOST_HOSTS);
    let numbers = [("--feeds", feeds), ("--items", each), ("--hosts", hosts)];
    let mut command = Command::new("python3");
    command.arg(script).arg("--out").arg(directory).arg("--base-url").arg(format!("http://127.0.0.1:{PORT}"));
    for (name, number) in numbers {
        command.arg(name).arg(number.to_string());
    }
    let status = command.status().context("python3 runs the generator of the loads")?;
    ensure!(status.success(), "the generator {} ended with {status}", script.display());
    if feeds > hosts { spread(directory, feeds) } else { Ok(()) }
}

/// As many hosts as the shared generator knows.
const MOST_HOSTS: usize = 250;

/// Gives each feed in the lists a host of its own: tidings spaces its requests to one host, and the time that takes is not the
/// time that a thousand feeds take.
fn spread(directory: &Path, feeds: usize) -> Result<()> {
    for list in ["urls.txt", "config.toml", "sfeedrc"] {
        let path = directory.join(list);
        let mut text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        for feed in 0..feeds {
            let [there, here] = [feed % MOST_HOSTS, feed].map(|host| address(host, feed));
            text = text.replace(&there, &here);
        }
        std::fs::write(&path, text)?;
    }
    Ok(())
}

/// Where a feed is on a host, hosts being counted from 0.
fn address(host: usize, feed: usize) -> String {
    format!("http://{}:{PORT}/feed-{feed:04}.xml", server::host(host))
}

const PLACES: [&str; 8] = ["Rotterdam", "Singapore", "Santos", "Durban", "Busan", "Savannah", "Piraeus", "Valencia"];
const MATTERS: [&str; 7] = [
    "container rates",
    "dwell times",
    "air cargo capacity",
    "chassis supply",
    "rail volumes",
    "bunker prices",
    "trucking spot rates",
];
const CHANGES: [&str; 5] = ["rise", "ease", "hold steady", "fall back", "tighten"];
const REASONS: [&str; 6] = [
    "after a storm",
    "as a strike ends",
    "before the holidays",
    "on new tonnage",
    "as lanes reopen",
    "after a new tariff",
];

/// Feeds of our own: RSS, about 3 KB an article, the same bytes for the same numbers but for the dates, which end today.
fn make_up(directory: &Path, feeds: usize, each: usize) -> Result<()> {
    let now = tidings::clock::Clock::system().now();
    let (mut urls, mut config, mut sfeed) = (String::new(), "keep_days = 0\n".to_owned(), "feeds() {\n".to_owned());
    for feed in 0..feeds {
        let (name, url) = (format!("Invented Freight Paper {feed:04}"), address(feed, feed));
        writeln!(urls, "{url}")?;
        writeln!(config, "[[feeds]]\nname = \"{name}\"\nurl = \"{url}\"")?;
        writeln!(sfeed, "\tfeed '{name}' '{url}'")?;
        let mut body = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{name}</title>");
        for item in 0..each {
            let number = feed * each + item;
            let date = now.checked_sub(SignedDuration::from_mins(i64::try_from(item * 30 + feed)?))?;
            write_item(&mut body, number, &jiff::fmt::rfc2822::to_string(&date.to_zoned(jiff::tz::TimeZone::UTC))?)?;
        }
        body.push_str("</channel></rss>");
        std::fs::write(directory.join(format!("feed-{feed:04}.xml")), body)?;
    }
    sfeed.push_str("}\n");
    std::fs::write(directory.join("urls.txt"), urls)?;
    std::fs::write(directory.join("sfeedrc"), sfeed)?;
    Ok(std::fs::write(directory.join("config.toml"), config)?)
}

fn write_item(body: &mut String, number: usize, date: &str) -> Result<()> {
    // Strides that share no divisor with the lengths spread the words evenly.
    let word =
        |table: &[&'static str], stride: usize| table.get(number * stride % table.len()).copied().unwrap_or_default();
    let (place, matter, change, reason) = (word(&PLACES, 3), word(&MATTERS, 5), word(&CHANGES, 3), word(&REASONS, 5));
    write!(
        body,
        "<item><title>{place}: {matter} {change} {reason} [{number}]</title><guid isPermaLink=\"false\">urn:{number}</guid>\
         <link>http://127.0.0.1:{PORT}/{number}</link><pubDate>{date}</pubDate><description><![CDATA["
    )?;
    for paragraph in 0..12 {
        let (place, matter) = (word(&PLACES, paragraph + 1), word(&MATTERS, paragraph + 2));
        write!(
            body,
            "<p>Forwarders at {place} say that {matter} will {change} {reason}; case {number} of paragraph {paragraph} costs importers \
             demurrage of {} dollars a day, and nobody in the trade expects that to be the last word about it.</p>",
            number * 7 % 900 + 100
        )?;
    }
    if number % 1_000 == 7 {
        write!(body, "<p>{RARE} did not comment.</p>")?;
    }
    body.push_str("]]></description></item>");
    Ok(())
}
