//! The pane without a screen: places, pictures.

use std::fmt::Write as _;
use std::sync::Arc;

use ratatui::layout::Rect;

use super::place::Anchor;
use super::{ArticlePane, Place};
use crate::document::{Line, LineKind, Setting, Span};
use crate::model::{Article, ArticleId};
use crate::tui::fixture::headline;
use crate::tui::intent::Motion;
use crate::tui::reading::{Reading, Shown, Wanted};

fn article(html: String) -> Arc<Article> {
    Arc::new(Article {
        headline: headline(1, "Three more strings"),
        summary_html: String::new(),
        content_html: html,
        categories: Vec::new(),
        enclosures: Vec::new(),
        note: None,
        full_text: None,
        place: 0,
    })
}

/// Paragraphs that differ, with a list and a quotation among them.
fn long() -> Arc<Article> {
    let mut html = String::new();
    for n in 0..60 {
        let (open, close) = match n % 5 {
            1 => ("<ul><li>", "</li></ul>"),
            3 => ("<blockquote><p>", "</p></blockquote>"),
            _ => ("<p>", "</p>"),
        };
        write!(
            html,
            "{open}Berth number {n} has been dredged to {} metres, the harbour master’s office said, and the <a \
             href=\"https://site.example/{n}\">notice</a> of that day names {} ships that wait for it.{close}",
            n * 7 + 3,
            n * 3 + 1
        )
        .expect("a string takes all");
    }
    article(html)
}

fn wanted(width: usize) -> Wanted {
    Wanted { article: ArticleId(1), setting: Setting { width, ..Setting::default() }, shown: Shown::Text }
}

/// A pane of 10 rows with this article laid out, 3 rows above the text and 4 below it.
fn lay_out(pane: &mut ArticlePane, article: &Arc<Article>, width: usize) {
    pane.want(wanted(width));
    let reading = Reading::of(Arc::clone(article), &wanted(width));
    let lines = reading.lines.len();
    pane.show(Some(reading));
    pane.settle((3, lines, 4), 10);
}

fn top_line(pane: &ArticlePane) -> String {
    let line = &pane.reading().expect("it is here").lines[pane.scroll - 3];
    line.spans.iter().map(|span| span.text.as_str()).collect()
}

/// Whether the line at the top now has the first word of the one that was there.
fn same_text(before: &str, now: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    before.split_whitespace().map(letters).find(|word| !word.is_empty()).is_none_or(|word| letters(now).contains(&word))
}

#[test]
fn another_width_keeps_the_text_at_the_top_and_the_first_one_brings_back_the_row() {
    let article = long();
    for rows in [0, 1, 2, 40, 97, 133, 180] {
        let mut pane = ArticlePane::default();
        lay_out(&mut pane, &article, 70);
        for _ in 0..rows {
            pane.scroll(Motion::Down);
        }
        let (row, before) = (pane.scroll, (pane.scroll >= 3).then(|| top_line(&pane)));
        for width in [32, 110, 20, 55] {
            lay_out(&mut pane, &article, width);
            let now = (pane.scroll >= 3).then(|| top_line(&pane));
            match (&before, &now) {
                (Some(before), Some(now)) => assert!(same_text(before, now), "{rows} at {width}: {before} / {now}"),
                (before, now) => assert_eq!(before, now, "{rows} at {width}"),
            }
        }
        lay_out(&mut pane, &article, 70);
        assert_eq!(pane.scroll, row, "{rows}: it does not creep");
    }
}

#[test]
fn a_stored_place_leads_to_the_line_that_was_at_the_top() {
    let article = long();
    for rows in [10, 50, 111, 150] {
        let mut pane = ArticlePane::default();
        lay_out(&mut pane, &article, 70);
        for _ in 0..rows {
            pane.scroll(Motion::Down);
        }
        pane.open(None);
        let place = pane.place().expect("it is here");
        let mut stored = Article::clone(&article);
        stored.place = place.thousandths;
        let mut again = ArticlePane::default();
        lay_out(&mut again, &Arc::new(stored), 70);
        again.open(None);
        // A blank line stands for the text that follows it.
        assert!(again.scroll.abs_diff(pane.scroll) <= 1, "{rows}: {} / {}", again.scroll, pane.scroll);
        assert_eq!(again.continued, Some(again.percent()));
        assert_eq!(again.place().map(|place| place.thousandths), Some(place.thousandths), "it does not creep");
        again.scroll(Motion::Down);
        assert_eq!(again.continued, None, "it is told until it is scrolled");
    }
}

#[test]
fn the_end_of_the_text_in_sight_is_the_beginning_next_time() {
    let article = long();
    let mut pane = ArticlePane::default();
    lay_out(&mut pane, &article, 70);
    pane.scroll(Motion::Bottom);
    assert_eq!((pane.percent(), pane.place()), (100, Some(Place::START)));
    pane.scroll(Motion::PageUp);
    assert!(pane.place().is_some_and(|place| place.thousandths > 800), "{:?}", pane.place());
}

#[test]
fn a_place_below_or_above_the_text_is_that_row_at_any_width() {
    let article = long();
    let mut pane = ArticlePane::default();
    lay_out(&mut pane, &article, 70);
    pane.scroll(Motion::Down);
    lay_out(&mut pane, &article, 30);
    assert_eq!(pane.scroll, 1);
    let reading = Reading::of(Arc::clone(&article), &wanted(30));
    let end = Anchor::at_line(&reading, reading.lines.len());
    let Anchor::Text { before, of, letters } = end else { panic!("{end:?}") };
    assert_eq!((before, letters.as_str()), (of, ""));
    assert!(Anchor::line(before, of, &letters, &reading) < reading.lines.len());
}

#[test]
fn an_empty_article_has_no_place_but_its_start() {
    let mut pane = ArticlePane::default();
    lay_out(&mut pane, &article(String::new()), 70);
    pane.open(None);
    assert_eq!((pane.place(), pane.percent(), pane.at_end()), (Some(Place::START), 100, true));
}

#[test]
fn pictures_in_sight_are_where_their_rows_are() {
    let text = |text: &str| Line { spans: vec![Span { text: text.into(), ..Span::default() }], kind: LineKind::Text };
    let picture = |figure, row| Line { spans: Vec::new(), kind: LineKind::Picture { figure, row } };
    let mut lines = vec![text("before")];
    lines.extend((0..4).map(|row| picture(0, row)));
    lines.push(text("between"));
    lines.extend((0..3).map(|row| picture(1, row)));
    // A picture of its own straight below, and one within a quotation.
    lines.extend((0..2).map(|row| picture(2, row)));
    let quoted = |row| Line { spans: text("│ ").spans, ..picture(3, row) };
    lines.extend((0..2).map(quoted));
    let mut pane = ArticlePane::default();
    let mut request = wanted(40);
    request.setting.pictures = vec![Some((30, 4)), Some((200, 3)), Some((10, 2)), Some((10, 2))];
    pane.want(request.clone());
    let count = lines.len();
    pane.show(Some(Reading { lines, ..Reading::of(article(String::new()), &request) }));
    pane.settle((2, count, 9), 8);
    let area = Rect::new(5, 3, 42, 8);
    let at = |y, x, width, height| Rect { x, y, width, height };
    assert_eq!(pane.pictures_in_sight(area), [(0, at(6, 6, 30, 4), 0)]);
    pane.scroll(Motion::PageDown);
    let expected = [(1, at(4, 6, 41, 3), 0), (2, at(7, 6, 10, 2), 0), (3, at(9, 8, 10, 2), 0)];
    assert_eq!(pane.pictures_in_sight(area), expected, "it is scrolled by 7 rows");
    pane.scroll(Motion::Up);
    pane.scroll(Motion::Up);
    assert_eq!(pane.pictures_in_sight(area)[0], (0, at(3, 6, 30, 2), 2), "its first rows are out of sight");
    assert_eq!(ArticlePane::default().pictures_in_sight(area), []);
}
