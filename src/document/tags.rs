//! What each HTML element means for reading.

/// The part an element plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A block without a meaning of its own: `p`, `div`, `section` ...
    Break,
    /// `h1` to `h6`.
    Heading(u8),
    /// `ul`, `ol`
    List,
    /// `li`
    Item,
    /// `blockquote`
    Quote,
    /// `pre`
    Pre,
    /// `table`
    Table,
    /// `thead`, `tbody`, `tfoot`
    RowGroup,
    /// `tr`
    Row,
    /// `td`, `th`
    Cell,
    /// `caption`, `figcaption`
    Caption,
    /// `figure`
    Figure,
    /// `img`
    Image,
    /// `video`, `audio`, `iframe`, posts of other sites: what it is called.
    Embed(&'static str),
    /// `source` of a video or of a picture.
    Source,
    /// `br`
    LineBreak,
    /// `hr`
    Rule,
    /// `a`
    Link,
    /// `q`
    InlineQuote,
    /// `summary`: a block in bold.
    Summary,
    /// `dl`
    Definitions,
    /// `dt`
    Term,
    /// `dd`
    Description,
    /// `abbr`, `acronym`
    Abbreviation,
    /// `picture`
    Picture,
    /// `noscript`
    NoScript,
    /// `sup`, `sub`
    Raised {
        /// It is `sub`.
        lowered: bool,
    },
    /// Emphasis.
    Format(Format),
    /// Everything else: only its text counts.
    Other,
}

/// Emphasis within a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// `b`, `strong`
    Bold,
    /// `i`, `em`, `cite`
    Italic,
    /// `code`, `kbd`
    Code,
    /// `s`, `del`
    Struck,
    /// `small`
    Small,
    /// Whose a picture is.
    Credit,
    /// Nothing: an element within one of the same name that means something.
    Plain,
}

/// What the element called `name` (lower case) is for.
pub(super) fn role(name: &str) -> Role {
    match name {
        "h1" => Role::Heading(1),
        "h2" => Role::Heading(2),
        "h3" => Role::Heading(3),
        "h4" => Role::Heading(4),
        "h5" => Role::Heading(5),
        "h6" => Role::Heading(6),
        "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "aside" | "nav" | "address" | "form"
        | "fieldset" | "legend" | "details" | "center" | "hgroup" | "body" | "html" | "search" | "dialog"
        | "optgroup" | "frameset" => Role::Break,
        "ul" | "ol" | "menu" | "dir" => Role::List,
        "li" => Role::Item,
        "blockquote" => Role::Quote,
        "pre" | "listing" | "xmp" => Role::Pre,
        "table" => Role::Table,
        "thead" | "tbody" | "tfoot" => Role::RowGroup,
        "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "caption" | "figcaption" => Role::Caption,
        "figure" => Role::Figure,
        "img" | "image" | "amp-img" => Role::Image,
        "video" | "amp-video" | "amp-youtube" | "lite-youtube" | "amp-vimeo" => Role::Embed("video"),
        "audio" | "amp-audio" => Role::Embed("audio"),
        "amp-twitter" => Role::Embed("post"),
        "iframe" | "embed" | "frame" | "amp-iframe" => Role::Embed("frame"),
        "source" => Role::Source,
        "br" => Role::LineBreak,
        "hr" => Role::Rule,
        "a" => Role::Link,
        "q" => Role::InlineQuote,
        "summary" => Role::Summary,
        "dl" => Role::Definitions,
        "dt" => Role::Term,
        "dd" => Role::Description,
        "abbr" | "acronym" => Role::Abbreviation,
        "picture" => Role::Picture,
        "noscript" => Role::NoScript,
        "b" | "strong" => Role::Format(Format::Bold),
        "i" | "em" | "cite" | "dfn" | "var" => Role::Format(Format::Italic),
        "code" | "kbd" | "samp" | "tt" => Role::Format(Format::Code),
        "s" | "del" | "strike" => Role::Format(Format::Struck),
        "small" => Role::Format(Format::Small),
        "sup" => Role::Raised { lowered: false },
        "sub" => Role::Raised { lowered: true },
        _ => Role::Other,
    }
}

/// Elements that are passed over with all that is in them: programs, form controls, drawings, fallbacks for old browsers.
pub(super) fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "template"
            | "noscript"
            | "svg"
            | "canvas"
            | "button"
            | "select"
            | "datalist"
            | "video"
            | "audio"
            | "annotation"
            | "annotation-xml"
    )
}

/// Elements that hide with all that is in them; others are often not closed.
pub(super) fn can_be_hidden(name: &str) -> bool {
    matches!(
        name,
        "div"
            | "span"
            | "section"
            | "aside"
            | "p"
            | "nav"
            | "header"
            | "footer"
            | "a"
            | "b"
            | "strong"
            | "i"
            | "em"
            | "small"
            | "sup"
            | "sub"
            | "ul"
            | "ol"
            | "table"
            | "figure"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
    )
}

/// What a paragraph ends before, when it was not closed.
pub(super) fn ends_paragraph(name: &str) -> bool {
    use Role::{Break, Definitions, Figure, Heading, Item, List, Pre, Quote, Rule, Table};
    matches!(role(name), Break | Definitions | Figure | Heading(_) | Item | List | Pre | Quote | Rule | Table)
}
