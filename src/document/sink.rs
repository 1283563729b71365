//! From markup to events, through html5ever's tokenizer: text, opening and closing tags, without what is not for reading.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::guard::guard;
use super::tags;

/// Who listens to a document as it is read.
pub(super) trait Listener {
    /// Decoded text, not yet clean.
    fn text(&mut self, text: &str);
    /// A start tag.
    fn open(&mut self, tag: &Tag);
    /// An end tag.
    fn close(&mut self, name: &str);
}

/// The value of an attribute.
pub(super) fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// Reads `html` to a listener.
///
/// Elements that are not for reading are passed over with all that is in them. When one of them is never closed, the rest
/// of the article would be lost with it; then everything is read again and nothing is passed over.
pub(super) fn read<L: Listener>(html: &str, new: impl Fn() -> L) -> L {
    let html = guard(html);
    let state = run(&html, new(), true);
    if state.skip.is_some() && state.skipped_text { run(&html, new(), false).listener } else { state.listener }
}

fn run<L: Listener>(html: &str, listener: L, skipping: bool) -> State<L> {
    let state = State { listener, skip: None, skipping, skipped_text: false };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(state)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

struct Sink<L>(RefCell<State<L>>);

struct State<L> {
    listener: L,
    /// The element that is being passed over and how many of its name are open.
    skip: Option<(String, usize)>,
    /// Whether to pass over elements at all; scripts and styles always are.
    skipping: bool,
    /// Whether text was passed over since `skip` began.
    skipped_text: bool,
}

impl<L: Listener> TokenSink for Sink<L> {
    type Handle = ();

    fn process_token(&self, token: Token, _line_number: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => state.open(&tag),
            Token::TagToken(tag) => state.close(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl<L: Listener> State<L> {
    fn text(&mut self, text: &str) {
        if self.skip.is_none() {
            self.listener.text(text);
        } else {
            self.skipped_text |= !text.trim_ascii().is_empty();
        }
    }

    fn open(&mut self, tag: &Tag) {
        let name = &*tag.name;
        if let Some((skipped, depth)) = &mut self.skip {
            if skipped == name && !tag.self_closing {
                *depth = depth.saturating_add(1);
            }
            // The address of a video may stand within it.
            if name == "source" && matches!(&**skipped, "video" | "audio") {
                self.listener.open(tag);
            }
            return;
        }
        let script = matches!(name, "script" | "style");
        if !script {
            self.listener.open(tag);
        }
        if (script || (self.skipping && (tags::is_skipped(name) || is_hidden(tag)))) && !tag.self_closing {
            self.skip = Some((name.to_owned(), 1));
            self.skipped_text = false;
        }
    }

    fn close(&mut self, name: &str) {
        let Some((skipped, depth)) = &mut self.skip else { return self.listener.close(name) };
        if skipped == name {
            *depth -= 1;
            if *depth == 0 {
                self.skip = None;
                self.listener.close(name);
            }
        }
    }
}

/// Whether the publisher hides it: the preheaders of newsletters mostly. Only elements that are always closed count.
fn is_hidden(tag: &Tag) -> bool {
    matches!(&*tag.name, "div" | "span" | "section" | "aside")
        && (attribute(tag, "hidden").is_some()
            || attribute(tag, "style").is_some_and(|style| {
                let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
                style.to_ascii_lowercase().contains("display:none")
            }))
}
