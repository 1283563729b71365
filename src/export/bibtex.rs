//! BibTeX, with the fields that BibLaTeX adds to it: `@article` in a journal, `@misc` for what is no article.

use std::fmt::Write as _;

use super::Setting;
use super::csl::summary;
use super::key::key;
use super::people::{Person, people};
use super::piece::{Piece, day};
use crate::model::{Article, Genre};

/// The macros of the months, which every style knows.
const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The entry of an article.
pub(super) fn entry(article: &Article, piece: &Piece, setting: &Setting) -> String {
    let is_article = !piece.genres.iter().any(|genre| !matches!(genre, Genre::Opinion | Genre::Analysis));
    let date = piece.date.to_zoned(setting.zone.clone());
    let mut fields: Vec<(&str, String)> = Vec::new();
    // Two pairs of braces: the letters of the title stay as large as they are.
    fields.push(("title", format!("{{{{{}}}}}", escape(&piece.title))));
    if let Some(author) = &piece.author {
        let names: Vec<String> = people(author).into_iter().map(name).collect();
        fields.push(("author", format!("{{{}}}", names.join(" and "))));
    }
    fields.push((if is_article { "journal" } else { "howpublished" }, braced(&piece.source)));
    fields.push(("year", format!("{{{:04}}}", date.year())));
    let month = usize::from(date.month().unsigned_abs()).checked_sub(1).and_then(|month| MONTHS.get(month));
    fields.extend(month.map(|month| ("month", (*month).to_owned())));
    fields.push(("date", format!("{{{}}}", day(piece.date, &setting.zone))));
    fields.extend(piece.url.as_ref().map(|url| ("url", format!("{{{url}}}"))));
    fields.push(("urldate", format!("{{{}}}", day(piece.retrieved, &setting.zone))));
    fields.extend(piece.language.as_ref().map(|language| ("language", braced(language))));
    fields.extend(piece.genre().map(|genre| ("type", braced(&genre))));
    fields.extend((!piece.topics.is_empty()).then(|| ("keywords", braced(&piece.topics.join(", ")))));
    fields.extend(summary(article, setting).map(|summary| ("abstract", braced(&summary))));
    fields.extend(piece.via.as_ref().map(|via| ("note", braced(&format!("via {via}")))));
    fields.extend(piece.note.as_ref().map(|note| ("annote", braced(note))));
    let mut entry = format!("@{}{{{},\n", if is_article { "article" } else { "misc" }, key(piece));
    for (field, value) in fields {
        // Writing to a string cannot fail.
        writeln!(entry, "  {field} = {value},").ok();
    }
    entry.push_str("}\n\n");
    entry
}

fn name(person: Person) -> String {
    match person {
        Person::Named { family, given } => format!("{}, {}", escape(&family), escape(&given)),
        Person::Literal(literal) => braced(&literal),
    }
}

fn braced(text: &str) -> String {
    format!("{{{}}}", escape(text))
}

/// Text for TeX. Braces become commands, because BibTeX counts them even behind a backslash.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => escaped.push_str("\\textbackslash{}"),
            '{' => escaped.push_str("\\textbraceleft{}"),
            '}' => escaped.push_str("\\textbraceright{}"),
            '~' => escaped.push_str("\\textasciitilde{}"),
            '^' => escaped.push_str("\\textasciicircum{}"),
            '<' => escaped.push_str("\\textless{}"),
            '>' => escaped.push_str("\\textgreater{}"),
            '|' => escaped.push_str("\\textbar{}"),
            '"' => escaped.push_str("\\textquotedbl{}"),
            '#' | '$' | '%' | '&' | '_' => {
                escaped.push('\\');
                escaped.push(c);
            }
            // Some readers take a line that begins with it for the next entry.
            '@' => escaped.push_str("{@}"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// What [`escape`] was given.
#[cfg(test)]
pub(super) fn unescape(text: &str) -> String {
    let mut text = text.to_owned();
    for (command, c) in [
        ("\\textbraceleft{}", "\u{1}"),
        ("\\textbraceright{}", "\u{2}"),
        ("\\textasciitilde{}", "~"),
        ("\\textasciicircum{}", "^"),
        ("\\textless{}", "<"),
        ("\\textgreater{}", ">"),
        ("\\textbar{}", "|"),
        ("\\textquotedbl{}", "\""),
        ("{@}", "@"),
        ("\\#", "#"),
        ("\\$", "$"),
        ("\\%", "%"),
        ("\\&", "&"),
        ("\\_", "_"),
        ("\\textbackslash{}", "\\"),
    ] {
        text = text.replace(command, c);
    }
    text.replace('\u{1}', "{").replace('\u{2}', "}")
}
