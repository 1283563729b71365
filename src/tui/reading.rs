//! An article made ready for the pane: read, its pictures found, laid out with room for those that are to be seen.

use super::browse::pictures::Sizes;
use super::event::Reading;
use crate::document::{self, Block, Document};
use crate::model::Article;

/// Reads and lays out an article; the pictures whose sizes are given get room.
#[must_use]
pub fn lay_out(article: Article, width: u16, ascii: bool, sizes: &Sizes) -> Reading {
    let base = Some(article.base_url()).filter(|base| !base.is_empty());
    let mut read = document::read_html(article.html(), base);
    let mut pictures: Vec<String> = Vec::new();
    if let Some(lead) = lead(&article) {
        put_first(&mut read, &mut pictures, lead, sizes);
    }
    let placed: Vec<_> = read.figures().into_iter().map(|url| of(sizes, url?)).collect();
    for url in read.figures().into_iter().flatten() {
        if !pictures.iter().any(|known| known == url) {
            pictures.push(url.to_owned());
        }
    }
    let room = placed.iter().map(|place| place.as_ref().map(|(_, size)| *size)).collect();
    let setting = document::Setting { width: usize::from(width), ascii, pictures: room };
    let lines = document::layout(&read, &setting);
    Reading { article, width, ascii, lines, links: read.links, pictures, placed, plain_because: None }
}

fn of(sizes: &Sizes, url: &str) -> Option<(String, (u16, u16))> {
    sizes.iter().find(|(of, _)| of == url).cloned()
}

/// The picture that stands for the whole article: its page's, else the first one attached to it.
fn lead(article: &Article) -> Option<Block> {
    if let Some(picture) = article.full_text.as_ref().and_then(|full| full.picture.as_ref()) {
        let caption = picture.credit.iter().map(|credit| dim(credit)).collect();
        return Some(Block::Figure { alt: picture.alt.clone(), caption, url: Some(picture.url.clone()) });
    }
    let attached = article.enclosures.iter().find(|file| file.mime.to_ascii_lowercase().starts_with("image/"))?;
    let caption = attached.title.iter().map(|title| dim(title)).collect();
    Some(Block::Figure { alt: String::new(), caption, url: Some(attached.url.clone()) })
}

fn dim(text: &str) -> document::Span {
    let style = document::Style { dim: true, ..document::Style::default() };
    document::Span { text: text.to_owned(), style, link: None }
}

/// Puts the lead picture above the text, unless the text has it. Without words of its own it is there only while it is
/// seen: a line that says nothing is none.
fn put_first(read: &mut Document, pictures: &mut Vec<String>, lead: Block, sizes: &Sizes) {
    let Block::Figure { alt, caption, url: Some(url) } = &lead else { return };
    if read.figures().contains(&Some(url.as_str())) {
        return;
    }
    pictures.push(url.clone());
    if !alt.is_empty() || !caption.is_empty() || of(sizes, url).is_some() {
        read.blocks.insert(0, lead);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(url: &str, alt: &str) -> Block {
        Block::Figure { alt: alt.to_owned(), caption: Vec::new(), url: Some(url.to_owned()) }
    }

    #[test]
    fn the_lead_picture_stands_first_once_and_never_as_an_empty_line() {
        let of_text = "<p>Text.</p><img src=https://a.example/2.png alt=Quay>";
        for (lead, size, blocks, pictures) in [
            (figure("https://a.example/1.png", "A crane"), None, 3, 1),
            (figure("https://a.example/1.png", ""), None, 2, 1),
            (figure("https://a.example/1.png", ""), Some((10, 5)), 3, 1),
            (figure("https://a.example/2.png", "Quay"), None, 2, 0),
        ] {
            let mut read = document::read_html(of_text, None);
            let sizes: Sizes = size.map(|size| ("https://a.example/1.png".to_owned(), size)).into_iter().collect();
            let mut found = Vec::new();
            put_first(&mut read, &mut found, lead.clone(), &sizes);
            assert_eq!((read.blocks.len(), found.len()), (blocks, pictures), "{lead:?} {size:?}");
        }
    }
}
