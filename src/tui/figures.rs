//! The pictures of an article in its layout: which there are, and the room that is left for those to be seen.

use super::browse::pictures::Sizes;
use super::reading::{Shown, Wanted};
use crate::document::{self, Block, Document, Figure, Line, LineKind, Setting};
use crate::model::Article;
use crate::text::width;

/// The picture that has room in a document by the number of its figure, with its columns and rows.
pub type Placed = Vec<Option<(String, (u16, u16))>>;

/// A layout with its pictures.
#[derive(Debug)]
pub(super) struct LaidOut {
    pub(super) lines: Vec<Line>,
    /// The addresses of all pictures, from the top, each once.
    pub(super) pictures: Vec<String>,
    pub(super) placed: Placed,
}

/// Lays a document out with the picture that stands for the whole article, and with room for those whose sizes are wanted.
pub(super) fn lay_out(read: &mut Document, article: &Article, wanted: &Wanted) -> LaidOut {
    let mut pictures: Vec<String> = Vec::new();
    if let Some(lead) = lead(article, wanted.shown) {
        put_first(read, &mut pictures, lead, &wanted.pictures);
    }
    for url in read.figures().into_iter().filter_map(|figure| figure.url.as_ref()) {
        if !pictures.contains(url) {
            pictures.push(url.clone());
        }
    }
    let place = |figure: &Figure| of(&wanted.pictures, figure.url.as_ref()?).cloned();
    let mut placed: Placed = read.figures().into_iter().map(place).collect();
    let mut lines = document::layout(read, &with_room(&wanted.setting, &placed));
    if shrink(&mut placed, &lines) {
        lines = document::layout(read, &with_room(&wanted.setting, &placed));
    }
    LaidOut { lines, pictures, placed }
}

fn with_room(setting: &Setting, placed: &Placed) -> Setting {
    let pictures = placed.iter().map(|place| place.as_ref().map(|(_, size)| *size)).collect();
    Setting { pictures, ..setting.clone() }
}

/// Makes the pictures narrower that stand in a list or a quotation with less room than the page has. True: there are some.
fn shrink(placed: &mut Placed, lines: &[Line]) -> bool {
    let mut shrunk = false;
    for line in lines {
        let LineKind::Picture { figure, row: 0 } = line.kind else { continue };
        let room = u16::try_from(line.spans.last().map_or(0, |span| width(&span.text))).unwrap_or(u16::MAX);
        let Some(place) = placed.get_mut(figure) else { continue };
        if let Some((_, (columns, rows))) = place
            && *columns > room
        {
            let fewer = u32::from(*rows) * u32::from(room) / u32::from(*columns);
            (*columns, *rows) = (room, u16::try_from(fewer).unwrap_or(*rows).max(1));
            shrunk = true;
        }
    }
    shrunk
}

fn of<'a>(sizes: &'a Sizes, url: &str) -> Option<&'a (String, (u16, u16))> {
    sizes.iter().find(|(of, _)| of == url)
}

/// The picture that stands for the whole article: its page's, else the first one attached to it.
fn lead(article: &Article, shown: Shown) -> Option<Figure> {
    let page = article.full_text.as_ref().filter(|_| shown == Shown::Text);
    if let Some(picture) = page.and_then(|full| full.picture.as_ref()) {
        let (alt, credit) = (picture.alt.clone(), picture.credit.clone());
        return Some(Figure { alt, caption: Vec::new(), credit, url: Some(picture.url.clone()) });
    }
    let attached = article.enclosures.iter().find(|file| file.mime.to_ascii_lowercase().starts_with("image/"))?;
    let credit = attached.title.clone();
    Some(Figure { alt: String::new(), caption: Vec::new(), credit, url: Some(attached.url.clone()) })
}

/// Puts the lead picture above the text while it is seen, unless the text has it. Its words stand below the text in any
/// case.
fn put_first(read: &mut Document, pictures: &mut Vec<String>, lead: Figure, sizes: &Sizes) {
    let Some(url) = &lead.url else { return };
    if read.figures().into_iter().any(|figure| figure.url.as_ref() == Some(url)) {
        return;
    }
    pictures.push(url.clone());
    if of(sizes, url).is_some() {
        read.blocks.insert(0, Block::Figure(lead));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(url: &str, alt: &str) -> Figure {
        Figure { alt: alt.to_owned(), caption: Vec::new(), credit: None, url: Some(url.to_owned()) }
    }

    #[test]
    fn a_picture_in_a_quotation_has_the_room_that_is_there() {
        let quoted = "<p>a</p><blockquote><p>b</p><img src=https://a.example/1.png alt=Quay width=400></blockquote>";
        let read = document::read_html(quoted, None);
        let setting = Setting { width: 40, ..Setting::default() };
        let mut placed: Placed = vec![Some(("https://a.example/1.png".to_owned(), (40, 20)))];
        let lines = document::layout(&read, &with_room(&setting, &placed));
        assert!(shrink(&mut placed, &lines), "40 columns of 40 are taken already");
        assert_eq!(placed[0].as_ref().map(|(_, size)| *size), Some((38, 19)));
        let lines = document::layout(&read, &with_room(&setting, &placed));
        assert!(!shrink(&mut placed, &lines));
    }

    #[test]
    fn the_lead_picture_stands_first_while_it_is_seen_and_once() {
        let of_text = "<p>Text.</p><img src=https://a.example/2.png alt=Quay>";
        for (lead, size, blocks, pictures) in [
            (figure("https://a.example/1.png", "A crane"), None, 2, 1),
            (figure("https://a.example/1.png", "A crane"), Some((10, 5)), 3, 1),
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
