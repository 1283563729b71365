//! Outline tags of an OPML text, found leniently: quotes and angle brackets that other programs forget to escape inside
//! of attributes, missing ends and cut tails cost no more than the outline they are in. Takes time in proportion to the text.

/// An outline tag.
#[derive(Debug, PartialEq)]
pub(super) enum Tag<'t> {
    /// `<outline ...>`, or `<outline .../>` when `is_empty`.
    Open { attributes: Vec<(&'t str, &'t str)>, is_empty: bool },
    /// `</outline>`
    Close,
}

/// The outline tags of a text, in order; a last one that the text ends inside of is left out.
pub(super) fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let last_comment = text.rfind("-->").unwrap_or(0);
    let mut place = next_mark(text, 0, last_comment);
    while let Some(mark) = place {
        let next = next_mark(text, mark.inside, last_comment);
        let end = next.as_ref().map_or(text.len(), |next| next.start);
        if !mark.opens {
            tags.push(Tag::Close);
        } else if let Some(tag) = open(&text[mark.inside..end], next.is_none()) {
            tags.push(tag);
        }
        place = next;
    }
    tags
}

/// Where an outline tag begins, and where what is inside of it does.
struct Mark {
    start: usize,
    inside: usize,
    opens: bool,
}

/// The next outline tag outside of comments, the last of which ends at `last_comment`: later ones never end, and so are none.
fn next_mark(text: &str, from: usize, last_comment: usize) -> Option<Mark> {
    let mut at = from;
    loop {
        let start = at + text[at..].find('<')?;
        at = start + 1;
        if text[start..].starts_with("<!--") && start + 4 <= last_comment {
            at = start + 4 + text[start + 4..].find("-->")? + 3;
        } else if let Some(mark) = mark_at(text.as_bytes(), start) {
            return Some(mark);
        }
    }
}

fn mark_at(bytes: &[u8], start: usize) -> Option<Mark> {
    const NAME: &[u8] = b"outline";
    let opens = bytes.get(start + 1) != Some(&b'/');
    let begin = start + if opens { 1 } else { 2 };
    let inside = begin + NAME.len();
    let is_name = bytes.get(begin..inside).is_some_and(|found| found.eq_ignore_ascii_case(NAME));
    let ends = bytes.get(inside).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
    (is_name && ends).then_some(Mark { start, inside, opens })
}

/// The attributes of a tag in the text up to the next tag. None when the document ends before the tag does.
fn open(text: &str, is_last: bool) -> Option<Tag<'_>> {
    const ADDRESS: &[u8] = b"xmlurl=";
    // Nothing but white space stands between two tags: what looks like this one's end before its address is not.
    let address = text.as_bytes().windows(ADDRESS.len()).rposition(|found| found.eq_ignore_ascii_case(ADDRESS));
    let before_address = |rest: &str| address.is_some_and(|address| text.len() - rest.len() < address);
    let mut attributes = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return (!is_last).then_some(Tag::Open { attributes, is_empty: true });
        }
        if (rest.starts_with('>') || rest.starts_with("/>")) && !before_address(rest) {
            return Some(Tag::Open { attributes, is_empty: rest.starts_with('/') });
        }
        let length =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '"' | '\'')).unwrap_or(rest.len());
        let (name, after) = rest.split_at(length);
        if name.is_empty() {
            // A stray sign.
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        rest = after;
        let Some(value) = after.trim_start().strip_prefix('=').map(str::trim_start) else { continue };
        let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
            let length = value.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(value.len());
            attributes.push((name, &value[..length]));
            rest = &value[length..];
            continue;
        };
        let value = &value[1..];
        let Some(end) = closing_quote(value, quote) else {
            // The text ends in it, or the next tag begins: what is known so far is all.
            return (!is_last).then_some(Tag::Open { attributes, is_empty: true });
        };
        attributes.push((name, &value[..end]));
        rest = &value[end + 1..];
    }
}

/// The quote that closes a value: the first one that is followed by the end of the tag or another attribute. Other quotes
/// in between belong to the value, unescaped as they are.
fn closing_quote(value: &str, quote: char) -> Option<usize> {
    value.match_indices(quote).map(|(at, _)| at).find(|at| {
        let after = &value.as_bytes()[at + 1..];
        // Bounds keep a text of nothing but quotes and spaces from being looked at again and again.
        let spaces = after.iter().take(1024).take_while(|b| b.is_ascii_whitespace()).count();
        let rest = &after[spaces..];
        let name = rest.iter().take(64).take_while(|b| b.is_ascii_alphanumeric() || b"_-.:".contains(b)).count();
        let equals = rest[name..].iter().take(64).find(|b| !b.is_ascii_whitespace());
        let is_attribute = spaces > 0 && name > 0 && equals == Some(&b'=');
        rest.is_empty() || rest.starts_with(b">") || rest.starts_with(b"/>") || is_attribute
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        let words = |tag| match tag {
            Tag::Close => "/".to_owned(),
            Tag::Open { attributes, is_empty } => {
                let attributes: Vec<String> =
                    attributes.iter().map(|(name, value)| format!("{name}:{value}")).collect();
                format!("{}{}", attributes.join(" "), if is_empty { "." } else { "" })
            }
        };
        tags(text).into_iter().map(words).collect()
    }

    #[test]
    fn tags_and_attributes_are_found_in_any_dress() {
        assert_eq!(
            values("<opml><Outline a='1' b = \"2\"><OUTLINE c=3/></outline\n></body>"),
            ["a:1 b:2", "c:3/", "/"]
        );
        assert_eq!(values("<outline\n\ta=\"x\"/><outlines b='y'/><outline/>"), ["a:x.", "."]);
        assert_eq!(
            values("<!-- <outline a='old'/> --><outline a='new'/><!-- <outline a='open'/>"),
            ["a:new.", "a:open."]
        );
    }

    #[test]
    fn what_was_not_escaped_stays_in_its_value() {
        assert_eq!(
            values("<outline a=\"by <a href=\"x\" rel=\"y\">Z</a>. So.\" xmlUrl=\"u\" />"),
            ["a:by <a href=\"x rel:y xmlUrl:u."]
        );
        assert_eq!(
            values("<outline a=\"he said \"never\" twice.\"\" b=\"<p>1 > 0</p>\" c='it's'/>"),
            ["a:he said \"never\" twice.\" b:<p>1 > 0</p> c:it's."]
        );
    }

    #[test]
    fn a_tag_without_its_end_costs_only_what_is_missing() {
        assert_eq!(values("<outline a='1' b='2<outline c='3'/>"), ["a:1.", "c:3."]);
        assert_eq!(values("<outline a='1'<outline c='3'/><outline d='4'"), ["a:1.", "c:3."]);
        assert_eq!(values("<outline"), Vec::<String>::new());
    }

    /// Each of these is quadratic in a scanner that looks back or ahead without bounds.
    #[test]
    fn the_scan_is_linear() {
        for piece in ["<outline a=\"", "<", "<!--", "<!--<outline/>", "\" ", "<outline a=\"\" \" ", "</outline "] {
            let text = piece.repeat(500_000 / piece.len());
            assert!(tags(&text).len() <= text.len(), "{piece}");
            let inside = format!("<outline a=\"{text}\"/>");
            assert!(!tags(&inside).is_empty(), "{piece}");
        }
    }
}
