//! From the file to its text, with words for everything that can be in its place.

use std::io::Read;
use std::path::Path;

use super::diagnostic::Diagnostic;
use super::excerpt::excerpt;
use super::types::Config;

/// A config has thousands of feeds at most; a larger file is something else.
const MAX_BYTES: u64 = 4 * 1024 * 1024;

/// A config file as it is now.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// What it means; defaults where it is wrong or missing.
    pub config: Config,
    /// Everything that is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// Its text, for edits; none when there is no file.
    pub text: Option<String>,
}

/// Reads the config file. That it does not exist is no fault.
#[must_use]
pub fn load(file: &Path) -> Loaded {
    match read_text(file) {
        Ok(Some(text)) => {
            let (config, diagnostics) = super::validate::parse(&text, file);
            Loaded { config, diagnostics, text: Some(text) }
        }
        Ok(None) => Loaded { config: Config::default(), diagnostics: Vec::new(), text: None },
        Err(fault) => Loaded { config: Config::default(), diagnostics: vec![*fault], text: None },
    }
}

/// The text of the file; none when it does not exist.
///
/// # Errors
/// When it is no readable file, larger than 4 MiB, or not UTF-8.
pub fn read_text(file: &Path) -> Result<Option<String>, Box<Diagnostic>> {
    let fault = |message: String| {
        Box::new(Diagnostic { file: file.to_path_buf(), line: 1, column: 1, message, excerpt: String::new() })
    };
    let unreadable = |error: std::io::Error| fault(format!("the file cannot be read: {error}"));
    // Asked before it is opened: opening a pipe would wait for its writer.
    let metadata = match std::fs::metadata(file) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(unreadable(error)),
    };
    if metadata.is_dir() {
        return Err(fault("this is a directory; move it away, so that a file of that name can be there".into()));
    }
    if !metadata.is_file() {
        return Err(fault("this is not an ordinary file; put the config's text into one".into()));
    }
    let mut bytes = Vec::new();
    let open = std::fs::File::open(file).map_err(unreadable)?;
    open.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MAX_BYTES) {
        return Err(fault("the file is larger than 4 MiB; a config never is: is this the right file?".into()));
    }
    String::from_utf8(bytes).map(Some).map_err(|error| {
        let (before, rest) = error.as_bytes().split_at(error.utf8_error().valid_up_to());
        let line_start = before.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let line = before.split(|b| *b == b'\n').count();
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
        let byte = rest.first().copied().unwrap_or_default();
        let message = format!("the byte 0x{byte:02x} is not UTF-8; save the file as UTF-8 (with LF or CRLF line ends)");
        let text = String::from_utf8_lossy(error.as_bytes());
        let start = String::from_utf8_lossy(&before[..line_start]).len();
        Box::new(Diagnostic { line, column, excerpt: excerpt(&text, start, column), ..*fault(message) })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_place_of_the_file_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("config.toml");
        assert_eq!(load(&file), Loaded { config: Config::default(), diagnostics: vec![], text: None });
        let message = |file: &Path| load(file).diagnostics.first().map(ToString::to_string).unwrap_or_default();
        assert!(message(dir.path()).contains("directory"));

        std::fs::write(&file, "keep_days = 1\n# caf\u{e9} ").unwrap();
        assert_eq!(load(&file).config.keep_days, 1);
        std::fs::write(&file, b"keep_days = 1\n# caf\xe9 ").unwrap();
        assert!(message(&file).contains("config.toml:2:6: the byte 0xe9 is not UTF-8"), "{}", message(&file));
        std::fs::write(&file, "#".repeat(5 * 1024 * 1024)).unwrap();
        assert!(message(&file).contains("larger than 4 MiB"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_not_waited_for() {
        let dir = tempfile::tempdir().unwrap();
        let pipe = dir.path().join("config.toml");
        rustix::fs::mkfifoat(rustix::fs::CWD, &pipe, rustix::fs::Mode::RUSR).unwrap();
        assert!(load(&pipe).diagnostics[0].message.contains("not an ordinary file"));
    }
}
