//! The user's editor: `[programs] editor`, else `$VISUAL`, else `$EDITOR`, as an argument vector without a shell.

use std::io::{Read, Write};
use std::path::Path;

use super::program::Argv;

/// A note in the editor is read back up to here; it is cut to its own bound later.
const LONGEST: u64 = 1 << 20;

/// The editor on a file.
pub(super) fn argv(configured: &[String], path: &Path) -> Result<Argv, String> {
    if let (Some(own), Some(path)) = (configured.first(), path.to_str())
        && !own.trim().is_empty()
        && let Some(argv) = Argv::new(configured, path)
    {
        return Ok(argv);
    }
    let set = |name| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let line = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_default();
    let words: Vec<&str> = line.split_whitespace().collect();
    Argv::ending(&words, path.into())
        .ok_or_else(|| format!("no editor: set [programs] editor, $VISUAL or $EDITOR, or edit {}", path.display()))
}

/// A text in a file for the editor: for the user alone, and gone afterwards.
#[derive(Debug)]
pub(super) struct Draft(tempfile::NamedTempFile);

impl Draft {
    /// Writes the text.
    pub(super) fn new(text: &str) -> Result<Self, String> {
        // tempfile creates with mode 0600 on Unix.
        let file = tempfile::Builder::new().prefix("tidings-note-").suffix(".md").tempfile();
        let write = |mut file: tempfile::NamedTempFile| {
            file.write_all(text.as_bytes())?;
            file.flush()?;
            Ok(Self(file))
        };
        file.and_then(write).map_err(|error| {
            format!("the note cannot be given to the editor: {} ({error})", std::env::temp_dir().display())
        })
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    /// What the editor made of it. Editors may put another file in its place, so it is opened anew.
    pub(super) fn text(&self) -> Result<String, String> {
        let mut bytes = Vec::new();
        let file = std::fs::File::open(self.path());
        file.and_then(|file| file.take(LONGEST).read_to_end(&mut bytes))
            .map_err(|error| format!("what the editor wrote cannot be read: {error}"))?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_config_names_the_editor_and_its_file_is_one_argument() {
        let own = ["emacs", "-nw", "--file=%s"].map(str::to_owned);
        let argv = argv(&own, Path::new("/tmp/my note.md")).unwrap();
        assert_eq!(argv.words(), ["emacs", "-nw", "--file=/tmp/my note.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_draft_is_the_users_alone_and_gone_afterwards() {
        use std::os::unix::fs::PermissionsExt;
        let draft = Draft::new("ask\n").unwrap();
        let path = draft.path().to_path_buf();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, b"asked \xff").unwrap();
        assert_eq!(draft.text().as_deref(), Ok("asked \u{fffd}"));
        drop(draft);
        assert!(!path.exists());
    }
}
