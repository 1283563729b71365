//! One page of HTML that needs nothing else: no script, nothing loaded, fit for print, light and dark.

use std::fmt::Write as _;

use super::Setting;
use super::markup::{escape, markup};
use super::piece::{Piece, day, minute};
use super::sheet::sheet;
use crate::model::Article;

/// What a browser may do with the page: show it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// How it looks.
pub(super) const STYLE: &str = "\
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fdfdfb; --quiet: #595959; --line: #c9c9c4; --link: #0b4f8a; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e2e2de; --paper: #161616; --quiet: #a3a39d; --line: #45453f; --link: #8fc1ee; }
}
body { margin: 2rem auto; padding: 0 1rem; max-width: 40rem; color: var(--ink); background: var(--paper);
  font: 1.05rem/1.55 Georgia, 'Times New Roman', serif; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; margin: 1.6em 0 .5em; }
a { color: var(--link); }
article + article, nav + article { border-top: 1px solid var(--line); margin-top: 3rem; padding-top: 1rem; }
article > h1 + p, article > h2 + p, nav small { color: var(--quiet); font-size: .9rem; }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 3px solid var(--line); }
pre { overflow-x: auto; padding: .7em; border: 1px solid var(--line); }
table { border-collapse: collapse; display: block; overflow-x: auto; }
th, td { border: 1px solid var(--line); padding: .25em .6em; text-align: start; vertical-align: top; }
figure { margin: 1em 0; padding: .5em 1em; border: 1px dashed var(--line); color: var(--quiet); }
figure p { margin: 0; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .85rem; }
@media print {
  :root { --ink: #000; --paper: #fff; --quiet: #333; --line: #999; --link: #000; }
  body { margin: 0; max-width: none; font-size: 11pt; }
  article + article, nav + article { break-before: page; border: 0; }
  h1, h2, h3 { break-after: avoid; } pre, table, figure, blockquote { break-inside: avoid; }
}
";

/// The articles so far.
#[derive(Debug, Default)]
pub(super) struct Page {
    contents: String,
    articles: String,
    /// Title and language of the only one.
    only: Option<(String, Option<String>)>,
}

impl Page {
    /// Adds an article.
    pub(super) fn add(&mut self, article: &Article, piece: &Piece, setting: &Setting) {
        let level = if setting.alone { 1 } else { 2 };
        let language = piece.language.as_ref().map(|tag| format!(" lang=\"{}\"", escape(tag))).unwrap_or_default();
        let text = markup(&sheet(article, piece, level, &setting.zone));
        // Writing to a string cannot fail.
        writeln!(self.articles, "<article id=\"article-{}\" dir=\"auto\"{language}>\n{text}</article>", piece.id).ok();
        writeln!(
            self.contents,
            "<li><a href=\"#article-{}\"><bdi>{}</bdi></a> <small>{}, {}</small></li>",
            piece.id,
            escape(&piece.title),
            escape(&piece.source),
            day(piece.date, &setting.zone)
        )
        .ok();
        self.only = Some((piece.title.clone(), piece.language.clone()));
    }

    /// The page.
    pub(super) fn finish(self, setting: &Setting) -> String {
        let (title, language) = match self.only {
            Some((title, language)) if setting.alone => (title, language),
            _ => (setting.title.clone(), None),
        };
        let language = language.unwrap_or_else(|| "en".to_owned());
        let title = escape(&title);
        let contents = if setting.alone || self.contents.is_empty() {
            String::new()
        } else {
            format!("<h1>{title}</h1>\n<nav>\n<ol>\n{}</ol>\n</nav>\n", self.contents)
        };
        format!(
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\"/>\n\
             <meta name=\"referrer\" content=\"no-referrer\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{contents}{}\
             <footer><p>Kept by tidings, {}</p></footer>\n</body>\n</html>\n",
            escape(&language),
            self.articles,
            minute(setting.made, &setting.zone)
        )
    }
}
