//! Where a clip goes in the user's file. What the user wrote stays, between the clips and within them.
//!
//! A clip stands between `<!-- tidings:clip KEY HASHES -->` and `<!-- /tidings:clip KEY -->`. There is a hash of each part
//! that is ours: a part that it fits was changed by nobody else and is replaced; one that somebody changed is kept below
//! the clip, unless it is told anew.

use sha2::{Digest, Sha256};

use super::entry::LABELS;
use super::{Clip, Item, ItemKind};
use crate::export::key::hex;

/// What became of a clip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placed {
    /// It was appended.
    Added,
    /// It was there, and is told anew at its place.
    Updated,
}

/// A line that is a marker.
#[derive(Debug, PartialEq, Eq)]
enum Marker<'a> {
    Begin { key: &'a str, hashes: &'a str },
    End { key: &'a str },
}

/// The user's file with a clip in it: at its old place, else at the end.
#[must_use]
pub fn place_clip(text: &str, clip: &Clip) -> (String, Placed) {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: Vec<&str> = text.lines().collect();
    let Some((begin, end, hashes)) = find(&lines, &clip.key) else {
        let mut whole = text.to_owned();
        if !whole.is_empty() {
            // Exactly one blank line before it.
            whole.truncate(whole.trim_end_matches(['\n', '\r']).len());
            whole.push_str(newline);
            whole.push_str(newline);
        }
        whole.push_str(&block(clip, &[]).join(newline));
        whole.push_str(newline);
        return (whole, Placed::Added);
    };
    let kept = kept(&lines[begin + 1..end], hashes, clip);
    let block = block(clip, &kept);
    let written: Vec<&str> = lines[..begin]
        .iter()
        .copied()
        .chain(block.iter().map(String::as_str))
        .chain(lines[end + 1..].iter().copied())
        .collect();
    let mut whole = written.join(newline);
    if text.ends_with('\n') {
        whole.push_str(newline);
    }
    (whole, Placed::Updated)
}

/// The lines of the markers of a clip that is whole, and its hashes: its end is the first marker after its beginning.
fn find<'a>(lines: &[&'a str], key: &str) -> Option<(usize, usize, &'a str)> {
    let mut markers = lines.iter().enumerate().filter_map(|(at, line)| Some((at, marker(line)?))).peekable();
    while let Some((begin, marker)) = markers.next() {
        let Marker::Begin { key: found, hashes } = marker else { continue };
        if found == key
            && let Some((end, Marker::End { key: ended })) = markers.peek()
            && *ended == key
        {
            return Some((begin, *end, hashes));
        }
    }
    None
}

fn marker(line: &str) -> Option<Marker<'_>> {
    let inner = line.trim_end().strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let mut words = inner.split_whitespace();
    let name = words.next()?;
    let key = words.next()?;
    match name {
        "tidings:clip" => Some(Marker::Begin { key, hashes: words.next().unwrap_or_default() }),
        "/tidings:clip" => Some(Marker::End { key }),
        _ => None,
    }
}

/// The lines of a clip, markers and all.
fn block(clip: &Clip, kept: &[String]) -> Vec<String> {
    let mut lines = vec![format!("<!-- tidings:clip {} {} -->", clip.key, hashes_of(&clip.items))];
    let mut last = None;
    for item in &clip.items {
        if last.is_some_and(|last| last != ItemKind::Fact || item.kind != ItemKind::Fact) {
            lines.push(String::new());
        }
        lines.extend(item.lines.iter().cloned());
        last = Some(item.kind);
    }
    lines.push(String::new());
    if !kept.is_empty() {
        lines.extend(kept.iter().cloned());
        lines.push(String::new());
    }
    lines.push(format!("<!-- /tidings:clip {} -->", clip.key));
    lines
}

/// What of the lines between the markers is the user's.
fn kept(lines: &[&str], hashes: &str, clip: &Clip) -> Vec<String> {
    let (ours, theirs) = apart(lines);
    let mut kept: Vec<String> = Vec::new();
    for item in ours {
        let is_as_written = hashes.split(BETWEEN).any(|hash| hash == hash_of(&item));
        // A bare day of retrieval is nobody's own words.
        let is_retrieval = item
            .lines
            .iter()
            .all(|line| line.strip_prefix("- Retrieved: ").is_some_and(|day| day.parse::<jiff::civil::Date>().is_ok()));
        if !is_as_written && !is_retrieval && !clip.items.contains(&item) {
            kept.extend(item.lines);
            // What follows would otherwise be drawn into it, as Markdown reads it.
            kept.push(String::new());
        }
    }
    if theirs.is_empty() {
        kept.pop();
    }
    kept.extend(theirs);
    kept
}

/// Lines that look like ours, as parts, and the others. After the quotation all lines are the user's.
fn apart(lines: &[&str]) -> (Vec<Item>, Vec<String>) {
    let mut ours: Vec<Item> = Vec::new();
    let mut theirs: Vec<String> = Vec::new();
    let has = |ours: &[Item], kind| ours.iter().any(|item: &Item| item.kind == kind);
    // Whether the line before was of our last part, and may go on.
    let mut open = false;
    for line in lines.iter().map(|line| line.trim_end()) {
        let kind = kind_of(line).filter(|kind| match kind {
            ItemKind::Heading => ours.is_empty(),
            _ => !has(&ours, ItemKind::Quote),
        });
        let goes_on = open
            && ours.last().is_some_and(|last| match last.kind {
                ItemKind::Heading => false,
                ItemKind::Fact => line.starts_with("  ") && !line.trim().is_empty(),
                ItemKind::Quote => line.starts_with('>'),
            });
        open = true;
        if goes_on {
            if let Some(last) = ours.last_mut() {
                last.lines.push(line.to_owned());
            }
        } else if let Some(kind) = kind {
            ours.push(Item { kind, lines: vec![line.to_owned()] });
        } else {
            open = false;
            // Blank lines part what is the user's; those around our lines are ours.
            if !line.is_empty() || theirs.last().is_some_and(|last| !last.is_empty()) {
                theirs.push(line.to_owned());
            }
        }
    }
    while theirs.last().is_some_and(String::is_empty) {
        theirs.pop();
    }
    (ours, theirs)
}

fn kind_of(line: &str) -> Option<ItemKind> {
    if line.starts_with("## ") {
        return Some(ItemKind::Heading);
    }
    if line.starts_with('>') {
        return Some(ItemKind::Quote);
    }
    let (label, _) = line.strip_prefix("- ")?.split_once(':')?;
    LABELS.contains(&label).then_some(ItemKind::Fact)
}

/// Between the hashes of the parts.
const BETWEEN: &str = "-";

/// The hashes of the parts of a clip.
fn hashes_of(items: &[Item]) -> String {
    items.iter().map(hash_of).collect::<Vec<_>>().join(BETWEEN)
}

/// A short hash of a part, white space at the ends of its lines not counted.
fn hash_of(item: &Item) -> String {
    let mut hash = Sha256::new();
    for line in &item.lines {
        hash.update(line.trim_end());
        hash.update(b"\n");
    }
    hex(&hash.finalize(), 4)
}

#[cfg(test)]
pub(super) fn is_marker(line: &str) -> bool {
    marker(line).is_some()
}
