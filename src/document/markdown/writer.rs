//! Lines of Markdown with what stands at their left: the marks of quotes and list items.

/// Most marks at the left of a line; what is nested deeper stands as if it were not.
const MAX_NESTED: usize = 12;

/// What stands at the left of lines.
struct Left {
    /// On the next line only.
    first: Option<String>,
    /// On all others.
    rest: String,
}

/// Markdown while it is written.
#[derive(Default)]
pub(super) struct Writer {
    text: String,
    left: Vec<Left>,
    /// How many blocks are open around what is written.
    pub(super) depth: usize,
    last_is_blank: bool,
}

impl Writer {
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Writes within something that has `first` at the left of its first line and `rest` at the left of all others.
    pub(super) fn nest(&mut self, first: &str, rest: &str, write: impl FnOnce(&mut Self)) {
        if self.left.len() >= MAX_NESTED {
            self.blank();
            return write(self);
        }
        self.left.push(Left { first: Some(first.to_owned()), rest: rest.to_owned() });
        write(self);
        if self.left.last().is_some_and(|left| left.first.is_some()) {
            // Nothing came: the mark stands by itself.
            self.line("");
        }
        self.left.pop();
    }

    /// Writes one line.
    pub(super) fn line(&mut self, line: &str) {
        let from = self.text.len();
        for left in &mut self.left {
            match left.first.take() {
                Some(first) => self.text.push_str(&first),
                None => self.text.push_str(&left.rest),
            }
        }
        self.text.push_str(line);
        if line.is_empty() {
            let end = self.text[from..].trim_end().len();
            self.text.truncate(from + end);
        }
        self.text.push('\n');
        self.last_is_blank = line.is_empty();
    }

    /// Writes lines.
    pub(super) fn lines(&mut self, lines: &str) {
        if !lines.is_empty() {
            lines.split('\n').for_each(|line| self.line(line));
        }
    }

    /// A blank line, unless there is one, or nothing to part.
    pub(super) fn blank(&mut self) {
        let waits = self.left.last().is_some_and(|left| left.first.is_some());
        if !self.text.is_empty() && !self.last_is_blank && !waits {
            self.line("");
            self.last_is_blank = true;
        }
    }
}
