//! Clipping: an article or a story goes into the user's Markdown file, whole or not at all, one writer at a time.

use std::fs::File;
use std::io;
use std::path::Path;
use std::time::Duration;

use jiff::tz::TimeZone;

use super::computing::computed;
use super::own_file::{followed, path_of, replace};
use super::shared::Shared;
use super::{Answer, EngineError, pages};
use crate::config;
use crate::export::{Clip, ClipSetting, Placed, place_clip};
use crate::model::{ArticleId, Headline, StoryId};

/// Larger files are not for clips: each clip reads and writes the whole file.
const LARGEST: u64 = 64 << 20;
/// How often another writer is waited for, and for how long each time.
const PATIENCE: u32 = 100;
const RETRY: Duration = Duration::from_millis(20);

/// Clips an article; gives words for the toast.
pub(super) async fn article(shared: &Shared, id: ArticleId) -> Answer<String> {
    let article = shared.store.article(id).await?.ok_or_else(gone)?;
    keep(shared, move |setting| Clip::of_article(&article, setting)).await
}

/// Clips a story with all its sources; likewise.
pub(super) async fn story(shared: &Shared, id: StoryId) -> Answer<String> {
    let page = pages::story(shared, id).await?.ok_or_else(gone)?;
    let mut told: Vec<Headline> = page.lines.into_iter().map(|line| line.headline).collect();
    let lead = told.first().map(|lead| lead.id).ok_or_else(gone)?;
    let lead = shared.store.article(lead).await?.ok_or_else(gone)?;
    told.sort_by_key(|headline| headline.date);
    keep(shared, move |setting| Clip::of_story(&lead, &told, page.sources, setting)).await
}

fn gone() -> EngineError {
    EngineError("this article is not in the library any more".into())
}

async fn keep(shared: &Shared, clip: impl FnOnce(&ClipSetting) -> Clip + Send + 'static) -> Answer<String> {
    let keep = shared.config().keep.clone();
    let setting = ClipSetting { quote: keep.quote, zone: TimeZone::system() };
    computed(move || {
        let placed = write(&path_of(&keep.clips)?, &clip(&setting)).map_err(|fault| {
            let EngineError(fault) = fault;
            EngineError(format!("not clipped to {}: {fault}", keep.clips))
        })?;
        Ok(match placed {
            Placed::Added => format!("clipped to {}", keep.clips),
            Placed::Updated => format!("updated in {}", keep.clips),
        })
    })
    .await?
}

/// Puts a clip into a file; makes the file and its folder where there are none.
fn write(file: &Path, clip: &Clip) -> Answer<Placed> {
    let file = followed(file);
    let folder = file.parent().unwrap_or(Path::new("/"));
    create_folder(folder).map_err(|error| {
        EngineError(format!("{} cannot be created ({error}); choose another file in [keep] clips", folder.display()))
    })?;
    let _alone = alone(&file)?;
    let before = read(&file)?;
    let (after, placed) = place_clip(&before, clip);
    if after != before {
        replace(&file, after.as_bytes()).map_err(|error| {
            EngineError(format!(
                "it cannot be written ({error}) and is as it was; make room or choose another file in [keep] clips"
            ))
        })?;
    }
    Ok(placed)
}

/// A folder that is not there yet is for the user alone.
fn create_folder(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Waits until no other desk writes there. Where folders cannot be locked one goes on without.
fn alone(file: &Path) -> Answer<Option<File>> {
    for _ in 0..PATIENCE {
        match config::hold(file) {
            Ok(None) => std::thread::sleep(RETRY),
            Ok(held) => return Ok(held),
            Err(_) => return Ok(None),
        }
    }
    Err(EngineError("another program holds its folder; try again".into()))
}

/// What stands there; nothing where there is no file.
fn read(file: &Path) -> Answer<String> {
    let fault = |words: &str| Err(EngineError(format!("{words}; choose another file in [keep] clips")));
    let about = match std::fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(String::new()),
        Err(error) => return fault(&format!("it cannot be read ({error})")),
        Ok(about) => about,
    };
    if !about.is_file() {
        return fault("it is not a file");
    }
    if about.len() > LARGEST {
        return fault(&format!("it is larger than {} MiB", LARGEST >> 20));
    }
    match std::fs::read(file).map(String::from_utf8) {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(_)) => fault("it is not UTF-8 text"),
        Err(error) => fault(&format!("it cannot be read ({error})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::Clip;
    use crate::model::Article;

    fn clip(n: i64) -> Clip {
        let article: Article = crate::export::fixture::article(n);
        Clip::of_article(&article, &ClipSetting { quote: 300, zone: TimeZone::UTC })
    }

    #[test]
    fn clips_are_added_once_and_the_folder_is_made() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("notes/clips.md");
        assert_eq!(write(&file, &clip(1)), Ok(Placed::Added));
        assert_eq!(write(&file, &clip(2)), Ok(Placed::Added));
        let both = std::fs::read_to_string(&file).unwrap();
        assert_eq!(write(&file, &clip(1)), Ok(Placed::Updated));
        assert_eq!(std::fs::read_to_string(&file).unwrap(), both, "nothing changed, so nothing is written differently");
        assert_eq!(std::fs::read_dir(dir.path().join("notes")).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_a_file_of_clips_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let words = |file: &Path| write(file, &clip(1)).unwrap_err().0;
        assert!(words(dir.path()).contains("not a file"));
        let binary = dir.path().join("binary");
        std::fs::write(&binary, b"\xff\xfe").unwrap();
        assert!(words(&binary).contains("not UTF-8"));
        assert_eq!(std::fs::read(&binary).unwrap(), b"\xff\xfe");
        assert!(words(&binary.join("clips.md")).contains("[keep] clips"), "{}", words(&binary.join("clips.md")));
    }

    #[test]
    fn two_desks_lose_no_clip() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("clips.md");
        std::thread::scope(|scope| {
            for desk in 0..4 {
                let file = &file;
                scope.spawn(move || {
                    for n in 0..10 {
                        assert_eq!(write(file, &clip(desk * 10 + n)), Ok(Placed::Added));
                    }
                });
            }
        });
        let text = std::fs::read_to_string(&file).unwrap();
        assert_eq!(text.matches("<!-- tidings:clip ").count(), 40);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let (link, real) = (dir.path().join("clips.md"), dir.path().join("real.md"));
        std::os::unix::fs::symlink("real.md", &link).unwrap();
        write(&link, &clip(1)).unwrap();
        write(&link, &clip(2)).unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(std::fs::read_to_string(&real).unwrap().contains("Quay 2 reopens"));
    }
}
