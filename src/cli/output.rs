//! The only place of the shell's face that prints: data to standard output, words to standard error, each line clean.
//!
//! A reader that goes away (`| head -1`) is a good end; a full disk (`> /dev/full`) is a failure that is told.

use std::fmt::Write as _;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use serde::Serialize;

use super::exit::{CliError, Outcome};
use crate::text::{clean_block, pad, width};

/// Where a command prints.
pub struct Output {
    data: Box<dyn Write + Send>,
    words: Box<dyn Write + Send>,
    /// Columns of standard output when it is a terminal.
    columns: Option<usize>,
    words_columns: Option<usize>,
    ascii: bool,
    /// Columns that the progress line takes now.
    progress: usize,
    closed: bool,
    fault: Option<io::Error>,
}

impl Output {
    /// The process's own standard output and standard error.
    #[must_use]
    pub fn standard(ascii: bool) -> Self {
        let columns = io::stdout().is_terminal().then(|| terminal_columns(&io::stdout()));
        let words_columns = io::stderr().is_terminal().then(|| terminal_columns(&io::stderr()));
        let data = Box::new(BufWriter::with_capacity(1 << 16, io::stdout()));
        Self { columns, words_columns, ascii, ..Self::to(data, Box::new(io::stderr())) }
    }

    /// Prints into `data` and `words` as into pipes.
    #[must_use]
    pub fn to(data: Box<dyn Write + Send>, words: Box<dyn Write + Send>) -> Self {
        Self { data, words, columns: None, words_columns: None, ascii: false, progress: 0, closed: false, fault: None }
    }

    /// Columns of standard output when it is a terminal, at least 20.
    #[must_use]
    pub fn columns(&self) -> Option<usize> {
        self.columns
    }

    /// True when words are read by a person at a terminal.
    #[must_use]
    pub fn is_watched(&self) -> bool {
        self.words_columns.is_some()
    }

    /// True when only ASCII shall be drawn by us.
    #[must_use]
    pub fn ascii(&self) -> bool {
        self.ascii
    }

    /// What stands for text that was cut off.
    #[must_use]
    pub fn ellipsis(&self) -> &'static str {
        if self.ascii { "..." } else { "…" }
    }

    /// True when nobody reads standard output any more: what only prints may stop.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.closed || self.fault.is_some()
    }

    /// Prints a line of data.
    pub fn line(&mut self, line: &str) {
        self.clear_progress();
        let line = clean(line);
        self.write(line.as_bytes());
        self.write(b"\n");
    }

    /// Prints a record as one line of JSON that has no control character and no bidi control in it.
    pub fn json(&mut self, record: &impl Serialize) {
        self.clear_progress();
        match json_line(record) {
            Ok(line) => self.write(line.as_bytes()),
            Err(error) => self.fault = Some(io::Error::other(error)),
        }
    }

    /// Prints a document of our own making as it is (OPML, a script, the example config), line ends and tabs included.
    pub fn document(&mut self, document: &str) {
        self.write(clean_block(document).as_bytes());
    }

    /// Prints a file for other programs: byte for byte in a pipe or a file, clean at a terminal.
    pub fn file(&mut self, bytes: &[u8]) {
        match self.columns {
            Some(_) => self.document(&String::from_utf8_lossy(bytes)),
            None => self.write(bytes),
        }
    }

    /// Prints a path: byte for byte in a pipe, because a program reads it there; clean at a terminal.
    pub fn path(&mut self, path: &Path) {
        if self.columns.is_some() {
            self.line(&path.display().to_string());
        } else {
            self.write(path.as_os_str().as_encoded_bytes());
            self.write(b"\n");
        }
    }

    /// Hands on what was printed so far.
    pub fn flush(&mut self) {
        if !self.is_closed() {
            let done = self.data.flush();
            self.note(done);
        }
    }

    /// Tells words on standard error; several lines are told as such.
    pub fn tell(&mut self, words: &str) {
        self.flush();
        self.clear_progress();
        let mut text = String::new();
        for line in words.lines() {
            text.push_str(&clean(line));
            text.push('\n');
        }
        self.write_words(&text);
    }

    /// Shows how far long work is, in place, when a person watches; otherwise nothing.
    pub fn progress(&mut self, words: &str) {
        let Some(columns) = self.words_columns else { return };
        let line = pad(&clean(words), columns.saturating_sub(1), self.ellipsis());
        let line = line.trim_end();
        let blank = " ".repeat(self.progress.saturating_sub(width(line)));
        self.write_words(&format!("\r{line}{blank}"));
        self.progress = width(line);
    }

    /// Takes the progress line away.
    pub fn clear_progress(&mut self) {
        if self.progress > 0 {
            self.flush();
            let blank = " ".repeat(self.progress);
            self.write_words(&format!("\r{blank}\r"));
            self.progress = 0;
        }
    }

    /// Hands on the rest, and says whether all of it could be written.
    ///
    /// # Errors
    /// When something could not be written for another reason than that the reader went away.
    pub fn finish(&mut self) -> Outcome {
        self.clear_progress();
        self.flush();
        match self.fault.take() {
            None => Ok(()),
            Some(fault) => Err(CliError::failed(format!("the output could not be written: {fault}"))),
        }
    }

    fn write(&mut self, bytes: &[u8]) {
        if !self.is_closed() {
            let done = self.data.write_all(bytes);
            self.note(done);
        }
    }

    fn write_words(&mut self, text: &str) {
        let done = self.words.write_all(text.as_bytes()).and_then(|()| self.words.flush());
        if let Err(fault) = done
            && fault.kind() != io::ErrorKind::BrokenPipe
        {
            self.fault.get_or_insert(fault);
        }
    }

    fn note(&mut self, done: io::Result<()>) {
        match done {
            Err(fault) if fault.kind() == io::ErrorKind::BrokenPipe => self.closed = true,
            Err(fault) => {
                self.fault.get_or_insert(fault);
            }
            Ok(()) => {}
        }
    }
}

/// One line without anything that a terminal would act on; runs of spaces stay, so that columns do.
fn clean(line: &str) -> String {
    clean_block(line).replace(['\n', '\t'], " ")
}

/// A record as [`Output::json`] prints it, for a file.
pub(super) fn json_line(record: &impl Serialize) -> serde_json::Result<String> {
    serde_json::to_string(record).map(|json| escape_json(&json) + "\n")
}

/// Escapes what JSON allows to stand as it is and a terminal or a reader would act on: DEL, C1, line separators, bidi
/// controls and tag characters. All of them occur within strings only, where `\u` is the same text.
fn escape_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if acts(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing into a String cannot fail.
                write!(escaped, "\\u{unit:04x}").ok();
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

fn acts(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}' | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(unix)]
fn terminal_columns(terminal: &impl std::os::fd::AsFd) -> usize {
    let columns = rustix::termios::tcgetwinsize(terminal).map_or(0, |size| usize::from(size.ws_col));
    if columns == 0 { 80 } else { columns.max(20) }
}

#[cfg(not(unix))]
fn terminal_columns<T>(_terminal: &T) -> usize {
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).map_or(80, |columns: usize| columns.max(20))
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Sink {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    struct Broken(io::ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Err(self.0.into())
        }
    }

    #[test]
    fn lines_keep_their_columns_and_lose_what_a_terminal_acts_on() {
        let (data, words) = (Sink::default(), Sink::default());
        let mut output = Output::to(Box::new(data.clone()), Box::new(words.clone()));
        output.line("12  a\u{1b}[31m\tb\u{9b}2J\nc");
        output.tell("one\r\ntwo\u{7}");
        output.progress("nobody watches");
        assert!(output.finish().is_ok());
        assert_eq!(data.text(), "12  a[31m b2J c\n");
        assert_eq!(words.text(), "one\ntwo\n");
    }

    #[test]
    fn json_has_no_raw_control_and_is_the_same_text() {
        let data = Sink::default();
        let mut output = Output::to(Box::new(data.clone()), Box::new(io::sink()));
        let text = "a\u{1b}\u{7f}\u{9b}\u{202e}\u{2066}\u{e0041}é集\"\\\n";
        output.json(&text);
        let line = data.text();
        assert!(line.trim_end().chars().all(|c| !c.is_control() && !acts(c)), "{line:?}");
        assert_eq!(serde_json::from_str::<String>(&line).unwrap(), text);
    }

    #[test]
    fn a_reader_that_left_is_a_good_end_and_a_full_disk_is_not() {
        let mut output = Output::to(Box::new(Broken(io::ErrorKind::BrokenPipe)), Box::new(io::sink()));
        output.line("x");
        assert!(output.is_closed() && output.finish().is_ok());
        let mut output = Output::to(Box::new(Broken(io::ErrorKind::StorageFull)), Box::new(io::sink()));
        output.line("x");
        let error = output.finish().unwrap_err();
        assert_eq!(error.kind.code(), 1);
    }

    #[test]
    fn progress_is_drawn_in_place_and_taken_away_before_a_line() {
        let (data, words) = (Sink::default(), Sink::default());
        let mut output = Output::to(Box::new(data), Box::new(words.clone()));
        output.words_columns = Some(12);
        output.progress("1 of 2 feeds, Harbour");
        output.progress("2 of 2");
        output.line("done");
        assert_eq!(words.text(), "\r1 of 2 fee…\r2 of 2     \r      \r");
    }
}
