//! `tidings export`: articles as files for other programs, on standard output, as one file, or as one for each article.

mod destination;
mod format;

use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;

use super::args::{ExportArguments, ExportFormat, Limit};
use super::exit::{CliError, Outcome};
use super::list::scope;
use super::moment::counted;
use super::output::Output;
use super::record::Addresses;
use super::show;
use crate::engine::EngineHandle;
use crate::export::{Setting, file_stem, slug};
use crate::model::{Article, ArticleId};
use crate::query::{Cursor, ListRequest, Order, Page, Rows};
use crate::text::clean_line;
use destination::Destination;
use format::Writer;

/// Rows asked for at once.
const PAGE: usize = 500;
/// Characters of a query in the title of what it found.
const LONGEST_TITLE: usize = 120;

/// Runs the command.
///
/// # Errors
/// Kind `Usage` for a query that cannot be read and for a book at a terminal, `Failed` for a number that is no article's
/// and for a file that exists or cannot be written.
pub(super) async fn run(arguments: ExportArguments, engine: &EngineHandle, output: &mut Output) -> Outcome {
    let path = arguments.output.as_deref().filter(|path| path.as_os_str() != "-");
    if path.is_none() && arguments.one_per_article {
        return Err(CliError::usage("--one-per-article needs a folder").hint("name it with --output DIR"));
    }
    if path.is_none() && arguments.format == ExportFormat::Epub && output.columns().is_some() {
        return Err(CliError::usage("an EPUB is no text for a terminal").hint("name a file: --output news.epub"));
    }
    let found = find(&arguments, engine).await?;
    if found.is_empty() {
        output.tell(if path.is_some() { "no article found; nothing was written" } else { "no article found" });
        if path.is_some() {
            return Ok(());
        }
    }
    let setting = Setting {
        title: title(&arguments),
        made: engine.clock().now(),
        zone: TimeZone::system(),
        quote: engine.config().keep.quote,
        alone: found.len() == 1,
    };
    let addresses = Addresses::of(engine).await?;
    let export = Export { arguments: &arguments, setting, addresses, engine };
    match path {
        None => export.to_standard_output(&found, output).await,
        Some(folder) if arguments.one_per_article => export.to_folder(folder, &found, output).await,
        Some(path) => export.to_file(path, &found, output).await,
    }
}

/// What all ways to write have in common.
struct Export<'a> {
    arguments: &'a ExportArguments,
    setting: Setting,
    addresses: Addresses,
    engine: &'a EngineHandle,
}

impl Export<'_> {
    async fn to_standard_output(&self, found: &[ArticleId], output: &mut Output) -> Outcome {
        // An EPUB of nothing would not be valid.
        if found.is_empty() && self.arguments.format == ExportFormat::Epub {
            return Ok(());
        }
        let mut writer = Writer::new(self.arguments.format, self.setting.clone())?;
        for id in found {
            if output.is_closed() {
                return Ok(());
            }
            if let Some(article) = self.engine.article(*id).await? {
                output.file(&writer.add(&article, &self.addresses)?);
            }
        }
        output.file(&writer.finish()?);
        Ok(())
    }

    async fn to_file(&self, path: &Path, found: &[ArticleId], output: &mut Output) -> Outcome {
        let path = self.file_in(path, found).await?;
        let destination = Destination::new(path, self.arguments.force);
        destination.refuse_what_exists()?;
        let mut file = destination.begin()?;
        let mut writer = Writer::new(self.arguments.format, self.setting.clone())?;
        for (done, id) in found.iter().enumerate() {
            if let Some(article) = self.engine.article(*id).await? {
                file.write(&writer.add(&article, &self.addresses)?)?;
            }
            if done.is_multiple_of(PAGE) {
                output.progress(&format!("{done} of {}", counted(found.len() as u64, "article")));
            }
        }
        file.write(&writer.finish()?)?;
        let path = file.end()?;
        output.tell(&format!("wrote {} to {}", counted(found.len() as u64, "article"), path.display()));
        Ok(())
    }

    /// A file for each article; none is written when one of them exists and may not be replaced.
    async fn to_folder(&self, folder: &Path, found: &[ArticleId], output: &mut Output) -> Outcome {
        let extension = format::extension(self.arguments.format);
        let mut files: Vec<(ArticleId, Destination)> = Vec::with_capacity(found.len());
        for id in found {
            if let Some(article) = self.engine.article(*id).await? {
                let path = folder.join(format!("{}.{extension}", file_stem(&article, &self.setting.zone)));
                files.push((*id, Destination::new(path, self.arguments.force)));
            }
        }
        destination::refuse_what_exists(files.iter().map(|(_, destination)| destination))?;
        destination::create_folder(folder)?;
        let setting = Setting { alone: true, ..self.setting.clone() };
        let count = files.len();
        for (done, (id, destination)) in files.into_iter().enumerate() {
            let Some(article) = self.engine.article(id).await? else { continue };
            let mut file = destination.begin()?;
            let mut writer = Writer::new(self.arguments.format, setting.clone())?;
            file.write(&writer.add(&article, &self.addresses)?)?;
            file.write(&writer.finish()?)?;
            file.end()?;
            output.progress(&format!("{done} of {}", counted(count as u64, "file")));
        }
        output.tell(&format!("wrote {} to {}", counted(count as u64, "file"), folder.display()));
        Ok(())
    }

    /// The path itself; in a folder, a file named after the day, or after the only article.
    async fn file_in(&self, path: &Path, found: &[ArticleId]) -> Result<PathBuf, CliError> {
        let is_folder = path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/");
        if !is_folder {
            return Ok(path.to_path_buf());
        }
        destination::create_folder(path)?;
        let only: Option<Article> = match found {
            [only] => self.engine.article(*only).await?,
            _ => None,
        };
        let stem = only.map_or_else(
            || {
                let day = self.setting.made.to_zoned(self.setting.zone.clone()).strftime("%Y-%m-%d").to_string();
                format!("{day}-{}", slug(&self.setting.title, 60))
            },
            |only| file_stem(&only, &self.setting.zone),
        );
        Ok(path.join(format!("{stem}.{}", format::extension(self.arguments.format))))
    }
}

/// The numbers of the articles, in the order in which they are written.
async fn find(arguments: &ExportArguments, engine: &EngineHandle) -> Result<Vec<ArticleId>, CliError> {
    let most = match arguments.limit {
        Limit::All => usize::MAX,
        Limit::Most(most) => most,
    };
    let mut found: Vec<ArticleId> = Vec::new();
    if !arguments.ids.is_empty() {
        for id in &arguments.ids {
            let article = ArticleId(*id);
            if engine.article(article).await?.is_none() {
                return Err(show::unknown(*id));
            }
            if !found.contains(&article) {
                found.push(article);
            }
        }
        found.truncate(most);
        return Ok(found);
    }
    let scope = scope(&arguments.query.join(" "), false, engine.clock().now())?;
    let mut page = Page::First;
    while found.len() < most {
        let limit = PAGE.min(most - found.len());
        let request = ListRequest {
            scope: scope.clone(),
            unread_only: false,
            rows: Rows::Articles,
            order: Order::Date,
            up_to: None,
            page,
            limit,
        };
        let rows = engine.headlines(request).await?;
        found.extend(rows.iter().map(|row| row.id));
        match rows.last() {
            Some(last) if rows.len() == limit => page = Page::After(Cursor::of(last)),
            _ => break,
        }
    }
    Ok(found)
}

/// What several articles together are called: after what was looked for.
fn title(arguments: &ExportArguments) -> String {
    let query = clean_line(&arguments.query.join(" "));
    if query.is_empty() {
        return "News kept by tidings".to_owned();
    }
    format!("News: {}", query.chars().take(LONGEST_TITLE).collect::<String>())
}
