//! The picture that stands for an article, what it shows and whose it is.

use dom_query::{Document, NodeRef};
use serde_json::Value;
use url::Url;

use super::address::absolute;
use super::told::{Told, texts};
use super::tree::{has_label, labels, short_line};
use crate::model::Picture;
use crate::text::clean_line;

/// Longest caption in characters.
const MAX_CAPTION: usize = 600;
/// How a credit begins within a caption.
const CREDIT_MARKS: &[&str] = &[
    "Photo: ",
    "Photograph: ",
    "Image: ",
    "Picture: ",
    "Credit: ",
    "Photo by ",
    "Foto: ",
    "Bild: ",
    "Quelle: ",
    "Photo : ",
    "Crédit : ",
    "Imagen: ",
    "Beeld: ",
    "Immagine: ",
    "(c) ",
    "© ",
];

/// The lead picture, when the page has one.
pub(super) fn picture(page: &Document, told: &Told, url: Option<&Url>) -> Option<Picture> {
    let data = told.property("image");
    let data = data.as_array().and_then(|images| images.first()).unwrap_or(data);
    let named = told.meta(&["og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"]);
    let address =
        named.map(str::to_owned).or_else(|| data.as_str().or_else(|| data["url"].as_str()).map(str::to_owned));
    let address = address.or_else(|| {
        page.select_single("article figure img[src], main figure img[src]").attr("src").map(|src| src.to_string())
    })?;
    let picture = absolute(url, &address)?;
    let shown = shown(page, &picture);
    let caption = shown.as_ref().and_then(caption);
    let alt =
        shown.as_ref().and_then(|image| image.attr("alt")).map(|alt| clean_line(&alt)).filter(|alt| !alt.is_empty());
    let alt = alt.or_else(|| told.meta(&["og:image:alt", "twitter:image:alt"]).map(str::to_owned));
    let described = || data["caption"].as_str().or_else(|| data["description"].as_str()).map(clean_line);
    let credit = credit_of(data)
        .or_else(|| shown.as_ref().and_then(marked_credit))
        .or_else(|| caption.as_deref().and_then(credit_in));
    Some(Picture { url: picture.into(), alt: alt.or(caption).or_else(described).unwrap_or_default(), credit })
}

/// The element that shows the picture: the one of the same file, whatever its size.
fn shown<'a>(page: &'a Document, picture: &Url) -> Option<NodeRef<'a>> {
    let file = picture.path_segments()?.next_back().filter(|file| file.len() > 4)?.to_owned();
    let images = page.select("img");
    images.nodes().iter().take(400).copied().find(|image| {
        ["src", "data-src", "srcset", "data-srcset"]
            .iter()
            .any(|name| image.attr(name).is_some_and(|value| value.contains(&file)))
    })
}

fn figure<'a>(image: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    image.ancestors_it(Some(6)).find(|above| {
        above.has_name("figure") || has_label(&labels(above), &["wp-caption", "image-caption", "article-image"])
    })
}

fn caption(image: &NodeRef) -> Option<String> {
    let figure = figure(image)?;
    let caption = figure
        .descendants_it()
        .find(|inner| inner.has_name("figcaption") || has_label(&labels(inner), &["caption", "wp-caption-text"]))?;
    short_line(&caption, MAX_CAPTION).filter(|text| !text.is_empty())
}

fn marked_credit(image: &NodeRef) -> Option<String> {
    let figure = figure(image)?;
    let credit = figure.descendants_it().find(|inner| {
        inner.is_element()
            && has_label(
                &labels(inner),
                &["credit", "image-credit", "photo-credit", "copyright", "source", "byline", "bildquelle", "credits"],
            )
    })?;
    tidy(&short_line(&credit, 160)?)
}

/// Whose a picture is, from its data.
fn credit_of(data: &Value) -> Option<String> {
    ["creditText", "copyrightHolder", "copyrightNotice", "creator", "author"]
        .iter()
        .find_map(|name| texts(&data[*name]).first().and_then(|text| tidy(text)))
}

/// Whose a picture is, from the end of its caption.
fn credit_in(caption: &str) -> Option<String> {
    let at = CREDIT_MARKS.iter().filter_map(|mark| caption.rfind(mark)).max()?;
    tidy(&caption[at..]).filter(|credit| credit.chars().count() <= 80)
}

fn tidy(credit: &str) -> Option<String> {
    let mut credit = credit.trim().trim_matches(['(', ')', '[', ']']);
    for mark in CREDIT_MARKS {
        credit = credit.strip_prefix(mark).unwrap_or(credit).trim();
    }
    let credit = credit.trim_matches([' ', '.', ',', '|', ':', '(', ')']);
    (!credit.is_empty()).then(|| clean_line(credit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lead_picture_has_its_words_from_the_page() {
        let page = Document::from(
            "<meta property=og:image content='https://example.com/i/crane-1200.jpg'>
            <figure><img src='/i/crane-1200.jpg?w=300' alt='A crane'><figcaption>The crane. Photo: Ann Example</figcaption></figure>",
        );
        let url = Url::parse("https://example.com/a").ok();
        let picture = picture(&page, &Told::read(&page), url.as_ref()).unwrap();
        assert_eq!(picture.url, "https://example.com/i/crane-1200.jpg");
        assert_eq!(picture.alt, "A crane");
        assert_eq!(picture.credit.as_deref(), Some("Ann Example"));
    }

    #[test]
    fn data_tells_whose_it_is() {
        let page = Document::from(
            r#"<script type="application/ld+json">{"@type": "NewsArticle", "image": {"url": "https://example.com/i.jpg", "caption": "A quay", "creditText": "(Photo: Press Office)"}}</script>"#,
        );
        let picture = picture(&page, &Told::read(&page), None).unwrap();
        assert_eq!((picture.alt.as_str(), picture.credit.as_deref()), ("A quay", Some("Press Office")));
        assert_eq!(super::picture(&Document::from("<p>none"), &Told::default(), None), None);
    }
}
