//! From markup to events, through html5ever's tokenizer: text, opening and closing tags, without what is not for reading.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};

use super::guard::guard;
use super::tags;
use super::work::steps;

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
/// of the article would be lost with it, and when all text is hidden, the article; then everything is read again and
/// nothing is passed over.
pub(super) fn read<L: Listener>(html: &str, new: impl Fn() -> L) -> L {
    let html = guard(html);
    let state = run(&html, new(), true);
    let lost = state.skip.is_some() && state.skipped_text;
    if lost || (state.hid_text && !state.has_text) { run(&html, new(), false).listener } else { state.listener }
}

fn run<L: Listener>(html: &str, listener: L, skipping: bool) -> State<L> {
    let state = State {
        listener,
        skip: None,
        outer: Vec::new(),
        skipping,
        skipped_text: false,
        hid_text: false,
        has_text: false,
    };
    let tokenizer = Tokenizer::new(Sink(RefCell::new(state)), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

struct Sink<L>(RefCell<State<L>>);

#[expect(clippy::struct_excessive_bools, reason = "independent facts about one pass")]
struct State<L> {
    listener: L,
    /// The element that is being passed over.
    skip: Option<Skip>,
    /// Drawings around HTML that stands in them: passed over again behind it.
    outer: Vec<Skip>,
    /// Whether to pass over elements at all; scripts and styles always are.
    skipping: bool,
    /// Whether text was passed over since `skip` began.
    skipped_text: bool,
    /// Whether text was passed over that was there to be read, but hidden.
    hid_text: bool,
    /// Whether any text was not passed over.
    has_text: bool,
}

/// What is passed over.
struct Skip {
    element: String,
    /// How many of its name are open.
    depth: usize,
    /// Because it is hidden, not because of what it is.
    hidden: bool,
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
        steps(1);
        let is_text = !text.trim_ascii().is_empty();
        if let Some(skip) = &self.skip {
            self.skipped_text |= is_text;
            self.hid_text |= is_text && skip.hidden;
        } else {
            self.has_text |= is_text;
            self.listener.text(text);
        }
    }

    fn open(&mut self, tag: &Tag) {
        steps(1);
        let name = &*tag.name;
        if self.skip.as_ref().is_some_and(|skip| skip.hidden && skip.element == "p" && tags::ends_paragraph(name)) {
            // The end of a paragraph is often left out.
            self.skip = None;
        }
        if let Some(skip) = &mut self.skip {
            if skip.element == name && !tag.self_closing {
                skip.depth = skip.depth.saturating_add(1);
            }
            if name == "foreignobject" && skip.element == "svg" && !tag.self_closing {
                self.outer.extend(self.skip.take());
                return;
            }
            // The address of a video may stand within it; that of a picture that a script loads, beside it.
            let within = (name, &*skip.element);
            if matches!(within, ("source", "video" | "audio") | ("img", "noscript")) {
                self.listener.open(tag);
            }
            return;
        }
        let script = matches!(name, "script" | "style");
        if !script {
            self.listener.open(tag);
        }
        // What is there for those without scripts is there twice where scripts work; here it may be all there is.
        let hidden = is_hidden(tag) || name == "noscript";
        if (script || (self.skipping && (tags::is_skipped(name) || hidden))) && !tag.self_closing {
            self.skip = Some(Skip { element: name.to_owned(), depth: 1, hidden });
            self.skipped_text = false;
        }
    }

    fn close(&mut self, name: &str) {
        steps(1);
        if name == "foreignobject"
            && let Some(drawing) = self.outer.pop()
        {
            self.skip = Some(drawing);
            return;
        }
        let Some(skip) = &mut self.skip else { return self.listener.close(name) };
        if skip.element == name {
            skip.depth -= 1;
            if skip.depth == 0 {
                self.skip = None;
                self.listener.close(name);
            }
        }
    }
}

/// Whether the publisher hides it from readers: the preheaders of newsletters mostly, signs that only decorate, and what is
/// there twice. Only elements that are nearly always closed count.
fn is_hidden(tag: &Tag) -> bool {
    if !tags::can_be_hidden(&tag.name) || tag.attrs.is_empty() {
        return false;
    }
    attribute(tag, "hidden").is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
        || attribute(tag, "aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"))
        || attribute(tag, "style").is_some_and(is_hiding)
}

/// Whether a style leaves nothing to see.
fn is_hiding(style: &str) -> bool {
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    style.to_ascii_lowercase().split(';').any(|rule| {
        let rule = rule.trim_end_matches("!important");
        matches!(rule, "display:none" | "visibility:hidden" | "font-size:0" | "font-size:0px")
    })
}
