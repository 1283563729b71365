//! `tidings read`: the article of a web page, or of a file, as text, Markdown or JSON. Nothing is kept.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::Serialize;
use url::Url;

use super::args::ReadArguments;
use super::exit::{CliError, Outcome};
use super::moment::local;
use super::output::Output;
use super::record::VERSION;
use super::show;
use crate::document;
use crate::engine::{EngineHandle, PageSource, ReadPage};
use crate::model::Barrier;

/// Larger files are no pages.
const LARGEST: u64 = 16 << 20;

/// Runs the command.
///
/// # Errors
/// Kind `Usage` for a `--base` that is no address; `Failed` when there is no text, and why.
pub(super) async fn run(arguments: ReadArguments, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let base = arguments.base.as_deref();
    if let Some(wrong) = base.filter(|base| !document::is_web_url(base)) {
        return Err(CliError::usage(format!("--base {wrong} is no web address; it begins with https:// or http://")));
    }
    let page = engine.read_page(source(&arguments.page, base)?).await?;
    if arguments.json {
        output.json(&PageRecord::of(&page));
    }
    let barrier = page.text.barrier;
    if page.plain.is_empty() {
        let why = barrier.unwrap_or(Barrier::NoArticle).words();
        return Err(CliError::failed(format!("{}: the page {why}", arguments.page)));
    }
    if let Some(barrier) = barrier {
        let what = match barrier {
            Barrier::Paywall | Barrier::Registration => "this may be only the beginning",
            _ => "this may not be its article",
        };
        output.tell(&format!("the page {}: {what}", barrier.words()));
    }
    if arguments.markdown {
        print_markdown(&page, output);
    } else if !arguments.json {
        print_text(&page, output);
    }
    Ok(())
}

/// What an argument means: `-`, an address with its scheme, a file, else an address without.
fn source(argument: &str, base: Option<&str>) -> Result<PageSource, CliError> {
    let base = base.map(str::to_owned);
    if argument == "-" {
        let bytes = bounded(std::io::stdin(), "standard input")?;
        return Ok(PageSource::Document { name: "standard input".into(), bytes, base });
    }
    let path = match Url::parse(argument) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => return Ok(PageSource::Address(argument.to_owned())),
        Ok(url) if url.scheme() == "file" => url.to_file_path().map_err(|()| {
            CliError::failed(format!("{argument}: a file: address needs an absolute path on this machine"))
        })?,
        _ => PathBuf::from(argument),
    };
    // A name with a dot and without a slash before it may be a host; a file that is there goes first.
    let is_address = argument.split('/').next().is_some_and(|host| host.contains('.') && !host.starts_with('.'));
    if is_address && !path.exists() {
        return Ok(PageSource::Address(argument.to_owned()));
    }
    let bytes = read_file(&path)?;
    Ok(PageSource::Document { name: path.display().to_string(), bytes, base })
}

fn read_file(path: &Path) -> Result<Vec<u8>, CliError> {
    let failed = |error: std::io::Error| CliError::failed(format!("cannot read {}: {error}", path.display()));
    if path.is_dir() {
        return Err(CliError::failed(format!("cannot read {}: it is a directory", path.display())));
    }
    bounded(std::fs::File::open(path).map_err(failed)?, &path.display().to_string())
}

fn bounded(from: impl Read, name: &str) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    from.take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| CliError::failed(format!("cannot read {name}: {error}")))?;
    if bytes.len() as u64 > LARGEST {
        return Err(CliError::failed(format!("{name} is larger than {} MiB: that is no page", LARGEST >> 20)));
    }
    Ok(bytes)
}

/// What stands under the title: site, author, date; those that the page names.
fn byline(page: &ReadPage) -> Vec<String> {
    let text = &page.text;
    let facts = [text.site.clone(), text.author.clone(), text.published.map(local)];
    facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect()
}

fn print_text(page: &ReadPage, output: &mut Output) {
    let mut head: Vec<String> = page.text.title.iter().cloned().collect();
    let byline = byline(page).join(" | ");
    head.extend(Some(byline).filter(|byline| !byline.is_empty()));
    head.extend(page.canonical.clone().or_else(|| page.address.clone()));
    for line in &head {
        output.line(line);
    }
    if !head.is_empty() {
        output.line("");
    }
    let document = show::print_html(&page.text.html, page.address.as_deref(), output, "");
    let mut lines = Vec::new();
    show::section(&mut lines, "Links", show::targets(&document));
    for line in lines {
        output.line(&line);
    }
}

fn print_markdown(page: &ReadPage, output: &mut Output) {
    let escaped = |text: &str| document::markdown(&document::read_html(&html_text(text), None)).trim().to_owned();
    let mut parts: Vec<String> = page.text.title.iter().map(|title| format!("# {}", escaped(title))).collect();
    let mut facts: Vec<String> = byline(page).iter().map(|fact| escaped(fact)).collect();
    facts.extend(page.canonical.as_ref().or(page.address.as_ref()).map(|url| format!("<{url}>")));
    if !facts.is_empty() {
        parts.push(facts.join(" | "));
    }
    let document = document::read_html(&page.text.html, page.address.as_deref());
    parts.push(document::markdown(&document).trim().to_owned());
    output.document(&format!("{}\n", parts.join("\n\n")));
}

/// Text as HTML.
fn html_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A page as JSON.
#[derive(Debug, Serialize)]
struct PageRecord<'a> {
    v: u8,
    url: Option<&'a str>,
    canonical: Option<&'a str>,
    title: Option<&'a str>,
    author: Option<&'a str>,
    site: Option<&'a str>,
    published: Option<String>,
    language: Option<&'a str>,
    image: Option<&'a str>,
    text: &'a str,
    barrier: Option<&'static str>,
    words: usize,
}

impl<'a> PageRecord<'a> {
    fn of(page: &'a ReadPage) -> Self {
        let text = &page.text;
        Self {
            v: VERSION,
            url: page.address.as_deref(),
            canonical: page.canonical.as_deref(),
            title: text.title.as_deref(),
            author: text.author.as_deref(),
            site: text.site.as_deref(),
            published: text.published.map(|time| time.to_string()),
            language: page.language.as_deref(),
            image: text.picture.as_ref().map(|picture| picture.url.as_str()),
            text: &page.plain,
            barrier: text.barrier.map(Barrier::id),
            words: page.words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_argument_is_an_address_or_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("page.example.html");
        std::fs::write(&file, "<p>Quay").unwrap();
        for address in ["https://dock.example/1", "http://127.0.0.1:8080/", "dock.example/news/1", "dock.example"] {
            assert_eq!(source(address, None), Ok(PageSource::Address(address.to_owned())), "{address}");
        }
        let by_path = file.display().to_string();
        for name in [by_path.clone(), format!("file://{by_path}")] {
            let PageSource::Document { bytes, base, .. } = source(&name, Some("https://a.example/")).unwrap() else {
                panic!("{name} is a file")
            };
            assert_eq!((bytes.as_slice(), base.as_deref()), (b"<p>Quay".as_slice(), Some("https://a.example/")));
        }
        for missing in ["/no/such/file.html", "./missing.html", "missing", "file:///no/such/file", "ftp://a.example/"] {
            assert!(source(missing, None).unwrap_err().message.contains("cannot read"), "{missing}");
        }
        assert!(source(&folder.path().display().to_string(), None).unwrap_err().message.contains("directory"));
    }
}
