//! newsboat's `urls` file: an address a line, then tags; `"~Name"` is a name, `!` hides, `#` starts a comment.

use super::{Imported, Outline};
use crate::text::clean_line;

/// Reads a `urls` file. Commands, filters and queries in it are named as skipped.
#[must_use]
pub fn read_newsboat_urls(text: &str) -> Imported {
    let mut imported = Imported::default();
    for line in text.lines() {
        let mut words = words(line).into_iter();
        let Some(url) = words.next() else { continue };
        let (mut name, mut folders) = (String::new(), Vec::new());
        for word in words.map(|word| clean_line(&word)) {
            match word.strip_prefix('~') {
                Some(title) => name = clean_line(title),
                // `!` only says that newsboat does not list it.
                None if word.starts_with('!') || word.is_empty() || folders.contains(&word) => {}
                None => folders.push(word),
            }
        }
        imported.take(Outline { name, url: clean_line(&url), site: None, folders });
    }
    imported
}

/// The words of a line, quotes and backslashes as newsboat has them; none of a comment.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut chars = line.trim().chars().peekable();
    while let Some(&first) = chars.peek() {
        if first.is_whitespace() {
            chars.next();
            continue;
        }
        if first == '#' {
            break;
        }
        let mut word = String::new();
        if first == '"' {
            chars.next();
            while let Some(c) = chars.next() {
                match c {
                    '"' => break,
                    '\\' => word.extend(chars.next()),
                    c => word.push(c),
                }
            }
        } else {
            while let Some(c) = chars.next_if(|c| !c.is_whitespace()) {
                word.push(c);
            }
        }
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_names_and_comments_are_read() {
        let text = "# my feeds\n\nhttps://ledger.example/feed ocean \"port news\" \"~Harbour \\\"Ledger\\\"\" !\n\
            https://quay.example/rss#frag \"~  Quay\" a a # later\nhttps://ledger.example/feed rates\n";
        let imported = read_newsboat_urls(text);
        assert_eq!(imported.skipped, []);
        assert_eq!(imported.outlines.len(), 2);
        assert_eq!(imported.outlines[0].name, "Harbour \"Ledger\"");
        assert_eq!(imported.outlines[0].folders, ["ocean", "port news", "rates"]);
        assert_eq!(imported.outlines[1].url, "https://quay.example/rss#frag");
        assert_eq!((imported.outlines[1].name.as_str(), imported.outlines[1].folders.len()), ("Quay", 1));
    }

    #[test]
    fn commands_are_never_taken() {
        let text = "\"exec:~/bin/feed.sh\" tag\nfilter:~/bin/f:https://a.example/\n\"query:Unread:unread = \\\"yes\\\"\"\n|cmd\n";
        let imported = read_newsboat_urls(text);
        assert_eq!((imported.outlines.len(), imported.skipped.len()), (0, 4));
    }
}
