//! Cuts a document into tags and text, whatever state it is in.
//!
//! An XML reader stops at the first thing that is not XML, and starting it again behind each fault takes quadratic time.
//! This one never stops: what is no markup is text. Each part of the document is looked at a bounded number of times.

/// A piece of the document. Comments, declarations, document types and processing instructions are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::feed) enum Token<'a> {
    /// Text with its references as they are.
    Text(&'a str),
    /// The inside of a CDATA section.
    CData(&'a str),
    /// A start tag, or an empty element.
    Start(Tag<'a>),
    /// The name of an end tag.
    End(&'a str),
}

/// A start tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::feed) struct Tag<'a> {
    /// Its name with any prefix.
    pub(in crate::feed) name: &'a str,
    /// What stands between the name and the end of the tag.
    pub(in crate::feed) attributes: &'a str,
    /// True for `<name/>`.
    pub(in crate::feed) empty: bool,
}

/// See the module.
#[derive(Debug)]
pub(in crate::feed) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Where the next `]]>` is, once it has been looked for; the text's length when there is none.
    cdata_end: Option<usize>,
    /// There is no `-->` any more.
    no_comment_end: bool,
    /// There is no `]>` of a document type any more.
    no_subset_end: bool,
    /// Name of the last start tag, whose end tag also ends a CDATA section that was not closed.
    last_start: &'a str,
}

impl<'a> Lexer<'a> {
    pub(in crate::feed) fn new(text: &'a str) -> Self {
        Self { text, at: 0, cdata_end: None, no_comment_end: false, no_subset_end: false, last_start: "" }
    }

    /// Goes on behind the end tag with this name (in lower case), as after `<script>`.
    pub(in crate::feed) fn skip_raw(&mut self, name: &str) {
        let mut rest = self.text[self.at..].match_indices("</");
        let end = rest.find(|(at, _)| {
            let behind = self.text.as_bytes().get(self.at + at + 2..self.at + at + 2 + name.len());
            behind.is_some_and(|behind| behind.eq_ignore_ascii_case(name.as_bytes()))
        });
        self.at = end.map_or(self.text.len(), |(at, _)| self.at + at);
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn locate(&self, what: &str, from: usize) -> Option<usize> {
        memchr::memmem::find(self.text.as_bytes().get(from..)?, what.as_bytes()).map(|at| from + at)
    }

    /// The document ends within a tag.
    fn end(&mut self) -> Option<Token<'a>> {
        self.at = self.text.len();
        None
    }

    /// Text up to the next `<`; the first character is text whatever it is.
    fn text(&mut self) -> Option<Token<'a>> {
        let first = self.rest().chars().next()?.len_utf8();
        let end =
            memchr::memchr(b'<', &self.rest().as_bytes()[first..]).map_or(self.text.len(), |at| self.at + first + at);
        let text = &self.text[self.at..end];
        self.at = end;
        Some(Token::Text(text))
    }

    fn start(&mut self) -> Option<Token<'a>> {
        let open = self.at + 1;
        let behind = &self.text.as_bytes()[open..];
        let name_end =
            behind.iter().position(|byte| is_name_end(char::from(*byte))).map_or(self.text.len(), |at| open + at);
        let name = &self.text[open..name_end];
        match self.tag_end(name_end) {
            TagEnd::At(end) => {
                let inside = &self.text[name_end..end];
                let (attributes, empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
                self.at = end + 1;
                self.last_start = name;
                Some(Token::Start(Tag { name, attributes, empty }))
            }
            TagEnd::Never => self.text(),
            TagEnd::Cut => self.end(),
        }
    }

    /// Finds the `>` of a tag, stepping over quoted values.
    fn tag_end(&self, from: usize) -> TagEnd {
        let bytes = self.text.as_bytes();
        let (mut at, mut after_equals) = (from, false);
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'>' => return TagEnd::At(at),
                b'<' => return TagEnd::Never,
                quote @ (b'"' | b'\'') if after_equals => {
                    after_equals = false;
                    // A quote that closes in the middle of something else was not closed where it should have been.
                    let close = bytes[at + 1..].iter().position(|byte| byte == quote).map(|close| at + 1 + close);
                    if let Some(close) = close
                        && matches!(bytes.get(close + 1), Some(b' ' | b'\t' | b'\n' | b'\r' | b'/' | b'>' | b'?'))
                    {
                        at = close;
                    }
                }
                b'=' => after_equals = true,
                byte if byte.is_ascii_whitespace() => {}
                _ => after_equals = false,
            }
            at += 1;
        }
        TagEnd::Cut
    }

    fn end_tag(&mut self) -> Option<Token<'a>> {
        let open = self.at + 2;
        let inside = self.text[open..].find(['>', '<']).map_or(self.text.len(), |at| open + at);
        let name = self.text[open..inside].trim();
        let name = name.split(is_name_end).next().unwrap_or(name);
        if !name.starts_with(is_name_start) {
            return self.text();
        }
        if inside == self.text.len() {
            return self.end();
        }
        self.at = if self.text.as_bytes()[inside] == b'>' { inside + 1 } else { inside };
        Some(Token::End(name))
    }

    fn cdata(&mut self) -> Token<'a> {
        const OPEN: &str = "<![CDATA[";
        let start = self.at + OPEN.len();
        let end = match self.cdata_end.filter(|end| *end >= start) {
            Some(end) => end,
            None => self.locate("]]>", start).unwrap_or(self.text.len()),
        };
        self.cdata_end = Some(end);
        let inside = &self.text[start..end];
        // Another section that opens before this one closes: this one was not closed, if its element was.
        let reach = if end == self.text.len() {
            Some(inside.len())
        } else {
            self.locate(OPEN, start).filter(|at| *at < end).map(|at| at - start)
        };
        let element_end = reach.and_then(|reach| self.element_end(&inside[..reach]));
        let (inside, next) = match element_end {
            Some(close) => (&inside[..close], start + close),
            None => (inside, end + "]]>".len()),
        };
        self.at = next.min(self.text.len());
        Token::CData(inside)
    }

    /// Where the end tag of the element that was opened last is.
    fn element_end(&self, within: &str) -> Option<usize> {
        let mut ends = within.match_indices("</").map(|(at, _)| at);
        ends.find(|at| {
            let behind = &within[at + 2..];
            behind.strip_prefix(self.last_start).is_some_and(|behind| behind.starts_with(is_name_end))
        })
    }

    /// Steps over `<!-- -->`, `<!DOCTYPE>` and `<? ?>`.
    fn skip_declaration(&mut self) {
        if self.rest().starts_with("<!--") {
            let end = if self.no_comment_end { None } else { self.locate("-->", self.at + 4) };
            self.no_comment_end = end.is_none();
            self.at = end.map_or(self.at + 4, |end| end + 3);
            return;
        }
        let Some(mut close) = self.locate(">", self.at) else {
            self.end();
            return;
        };
        if self.rest().starts_with("<!") && self.text[self.at..close].contains('[') && !self.no_subset_end {
            let mut brackets = self.text[close..].match_indices(']').map(|(at, _)| close + at);
            let end = brackets.find(|at| self.text[at + 1..].trim_start().starts_with('>'));
            self.no_subset_end = end.is_none();
            close = end.and_then(|end| self.locate(">", end)).unwrap_or(close);
        }
        self.at = close + 1;
    }
}

enum TagEnd {
    At(usize),
    /// Another tag starts first: this is no tag.
    Never,
    /// The document ends first.
    Cut,
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

/// All of these are ASCII, so that bytes can be asked as well.
fn is_name_end(c: char) -> bool {
    c.is_ascii_whitespace() || matches!(c, '>' | '/' | '<' | '=' | '"' | '\'')
}

impl<'a> Iterator for Lexer<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let mut chars = rest.chars();
            if chars.next()? != '<' {
                return self.text();
            }
            match chars.next() {
                Some('!') if rest.starts_with("<![CDATA[") => return Some(self.cdata()),
                Some('!' | '?') => self.skip_declaration(),
                Some('/') => return self.end_tag(),
                Some(c) if is_name_start(c) => return self.start(),
                _ => return self.text(),
            }
        }
    }
}
