//! `tidings show`: an article as text, with its links.

use std::panic::catch_unwind;

use super::args::ShowArguments;
use super::exit::{CliError, Outcome};
use super::moment::{counted, local};
use super::output::Output;
use super::record::{Addresses, ArticleRecord};
use crate::document::{self, Document, Setting};
use crate::engine::{EngineHandle, PageOutcome};
use crate::model::{Article, ArticleId, Barrier, FullText, Headline};
use crate::text::humanize::bytes;

/// Set to `reader` by a test of what happens when an article brings the reader down.
const TEST_PANIC: &str = "TIDINGS_TEST_PANIC";

/// Longest line of text, in columns.
const MEASURE: usize = 80;

/// Runs the command.
///
/// # Errors
/// Kind `Failed` when no article has the number.
pub(super) async fn run(arguments: ShowArguments, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let id = ArticleId(arguments.id);
    let Some(mut article) = engine.article(id).await? else {
        return Err(unknown(arguments.id));
    };
    if arguments.fetch {
        match engine.full_text(id).await? {
            PageOutcome::Kept { .. } => {}
            PageOutcome::NothingMore(barrier) => {
                let why = barrier.map_or("has no more than is here already", Barrier::words);
                output.tell(&format!("the page {why}"));
            }
            PageOutcome::NoPage(obstacle) => {
                let page = document::clean_url(&article.headline.url);
                output.tell(&format!("the page {}; a browser may open {page}", obstacle.words));
            }
        }
        article = engine.article(id).await?.unwrap_or(article);
    }
    if arguments.json {
        output.json(&ArticleRecord::of_article(&article, &Addresses::of(engine).await?));
        return Ok(());
    }
    for line in head(&article.headline).into_iter().chain(article.full_text.as_ref().map(origin)) {
        output.line(&line);
    }
    output.line("");
    let document = print_text(&article, output, "");
    for line in tail(&article, &document) {
        output.line(&line);
    }
    Ok(())
}

/// What is said of a number that no article has.
#[must_use]
pub(super) fn unknown(id: i64) -> CliError {
    CliError::failed(format!("there is no article {id}")).hint("`tidings list` prints the numbers")
}

/// Prints an article's text, each line after `indent`.
pub(super) fn print_text(article: &Article, output: &mut Output, indent: &str) -> Document {
    print_html(article.html(), Some(article.base_url()), output, indent)
}

/// Prints HTML as text, each line after `indent`; `base` is what its links start from.
///
/// An article that brings the reader down is printed plain, with a word about it: the others can be read (THREATS F27).
pub(super) fn print_html(html: &str, base: Option<&str>, output: &mut Output, indent: &str) -> Document {
    let measure = output.columns().map_or(MEASURE, |columns| columns.min(MEASURE)).saturating_sub(indent.len()).max(1);
    let setting = Setting { width: measure, ascii: output.ascii(), ..Setting::default() };
    let laid_out = catch_unwind(|| {
        let asked = cfg!(debug_assertions) && std::env::var_os(TEST_PANIC).is_some_and(|what| what == "reader");
        assert!(!asked, "asked to panic by {TEST_PANIC}");
        let document = document::read_html(html, base);
        let lines = document::layout(&document, &setting);
        (document, lines)
    });
    let Ok((document, lines)) = laid_out else {
        output.tell("this article could not be laid out and is printed as plain text");
        for line in catch_unwind(|| document::plain_text(html)).unwrap_or_default().lines() {
            output.line(format!("{indent}{line}").trim_end());
        }
        return Document::default();
    };
    for line in lines {
        let text: String = line.spans.iter().map(|span| span.text.as_str()).collect();
        output.line(format!("{indent}{text}").trim_end());
    }
    document
}

/// Where the full text is from.
fn origin(text: &FullText) -> String {
    let mut facts = vec![format!("full text of {}", text.url), format!("fetched {}", local(text.fetched))];
    if text.pages > 1 {
        facts.push(format!("{} pages", text.pages));
    }
    facts.extend(text.barrier.map(|barrier| format!("the page {}", barrier.words())));
    facts.join(" | ")
}

/// Title, then where it is from and when.
fn head(headline: &Headline) -> Vec<String> {
    let mut facts = vec![headline.feed_name.clone()];
    facts.push(match headline.published {
        Some(published) => local(published),
        None => format!("{} (found; the feed gives no date)", local(headline.fetched)),
    });
    facts.extend(headline.via.as_ref().map(|via| format!("via {via}")));
    facts.extend(headline.author.as_ref().map(|author| format!("by {author}")));
    if !headline.topics.is_empty() {
        let topics: Vec<&str> = headline.topics.iter().map(|topic| topic.get().id).collect();
        facts.push(topics.join(", "));
    }
    facts.extend(headline.genres.iter().map(|genre| genre.id().to_owned()));
    facts.push(if headline.state.read { "read" } else { "unread" }.to_owned());
    if headline.state.saved {
        facts.push("saved".to_owned());
    }
    let mut lines = vec![headline.title.clone(), facts.join(" | ")];
    lines.extend((!headline.url.is_empty()).then(|| headline.url.clone()));
    lines.extend(headline.original.as_ref().map(|original| format!("first at {original}")));
    let names: Vec<&str> = headline.entities.iter().map(|entity| entity.name.as_str()).collect();
    lines.extend((!names.is_empty()).then(|| format!("names {}", names.join(", "))));
    lines.extend(headline.copy_of.map(|first| format!("the same text as {first}")));
    if headline.coverage.others > 0 {
        let (others, sources) = (u64::from(headline.coverage.others), u64::from(headline.coverage.sources));
        let (others, sources) = (counted(others, "other article"), counted(sources, "source"));
        lines.push(format!("story {}: {others}, {sources}", headline.story.0));
    }
    lines
}

/// Links, attached files and the note.
fn tail(article: &Article, document: &Document) -> Vec<String> {
    let mut lines = Vec::new();
    section(&mut lines, "Links", targets(document));
    let files = article.enclosures.iter().map(|file| {
        let facts =
            [Some(file.mime.clone()).filter(|mime| !mime.is_empty()), file.bytes.map(bytes), file.title.clone()];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        format!("{}  {}", file.url, facts.join(", ")).trim_end().to_owned()
    });
    section(&mut lines, "Files", files.collect());
    let note = article.note.iter().flat_map(|note| note.lines()).map(str::to_owned);
    section(&mut lines, "Note", note.collect());
    lines
}

/// The addresses of a document's links, by their numbers.
pub(super) fn targets(document: &Document) -> Vec<String> {
    document.links.iter().zip(1..).map(|(link, number)| format!("[{number}] {}", link.url)).collect()
}

/// A part with a title, after an empty line; nothing where it has no lines.
pub(super) fn section(lines: &mut Vec<String>, title: &str, body: Vec<String>) {
    if !body.is_empty() {
        lines.extend([String::new(), title.to_owned()]);
        lines.extend(body);
    }
}
