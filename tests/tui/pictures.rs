//! Pictures of an article: asked for by key or by the config, sized, hidden again, and gone when anything lies over them.

use ratatui::layout::Rect;
use tidings::config::ImageMode;
use tidings::model::Enclosure;
use tidings::tui::browse::pictures::InSight;
use tidings::tui::effect::Effect;
use tidings::tui::event::Event;
use tidings::tui::pictures::Canvas;
use tidings::tui::pictures_in_sight;

use super::harness::{Harness, Setup};

const OF_TEXT: &str = "https://quayside.example/a.jpg";
const LEAD: &str = "https://quayside.example/lead.png";
const CANVAS: Canvas = Canvas { cell: (10, 20), characters: true };

impl Harness {
    /// The pictures that were asked for since the last time.
    fn fetched(&mut self) -> Vec<String> {
        let asked = std::mem::take(&mut self.asked);
        asked
            .into_iter()
            .filter_map(|effect| if let Effect::Picture(url) = effect { Some(url) } else { None })
            .collect()
    }

    fn came(&mut self, url: &str, width: u32, height: u32) -> &mut Self {
        self.send(Event::Picture { url: url.to_owned(), outcome: Ok((width, height)) })
    }

    fn seen(&self) -> Vec<InSight> {
        pictures_in_sight(&self.model)
    }
}

/// An article at full height, with its pictures shown.
fn shown() -> Harness {
    let mut desk = Setup::news().size(100, 90).open();
    desk.keys("j<Enter>I").send(Event::Canvas(Some(CANVAS)));
    desk.came(OF_TEXT, 300, 150);
    desk
}

/// Columns and rows that the first picture was laid out with last.
fn sized(desk: &Harness) -> (u16, u16) {
    desk.model.desk.browse.article.wanted.as_ref().expect("an article").pictures[0].1
}

#[test]
fn nothing_is_fetched_before_the_key_and_once_after_it() {
    let mut desk = Setup::news().open();
    desk.keys("jjkkj<Enter>jjkk");
    assert_eq!(desk.asked, [], "reading asks nobody for anything");
    desk.keys("I");
    assert_eq!(desk.asked, [Effect::ProbePictures, Effect::Picture(OF_TEXT.into())]);
    assert_eq!(
        desk.model.shared.status.toast(desk.model.shared.now).map(|m| m.text.as_str()),
        Some("fetching a picture")
    );
    desk.fetched();
    desk.keys("II").send(Event::Canvas(Some(CANVAS)));
    assert_eq!(desk.fetched(), Vec::<String>::new(), "it is under way");
    desk.came(OF_TEXT, 400, 200).keys("II");
    assert_eq!(desk.fetched(), Vec::<String>::new(), "it is here");
}

#[test]
fn it_stands_above_its_caption_as_large_as_the_pane_allows() {
    let mut desk = shown();
    let seen = desk.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].url.as_str(), seen[0].size, seen[0].above), (OF_TEXT, (60, 15), 0), "twice its size");
    assert_eq!((seen[0].area.width, seen[0].area.height), (60, 15));
    let caption = desk.rows()[usize::from(seen[0].area.bottom())].clone();
    assert!(caption.contains("Container ship in the canal") && caption.contains("© J. Doe"), "{caption}");
    desk.keys("I");
    assert_eq!(desk.seen(), [], "hidden");
    assert!(desk.rows().iter().any(|line| line.contains("© J. Doe")), "its words stay");
    desk.keys("I");
    assert_eq!(desk.seen(), seen);
}

#[test]
fn a_part_is_in_sight_at_the_edges_of_the_pane() {
    let mut desk = shown();
    desk.resize(100, 24);
    let size = sized(&desk);
    let mut parts: Vec<(u16, u16)> = Vec::new();
    for _ in 0..60 {
        for InSight { area, above, .. } in desk.seen() {
            let screen = Rect::new(0, 0, 100, 24);
            assert_eq!(area.intersection(screen), area, "within the screen");
            assert!(above + area.height <= size.1, "no more of it than there is");
            parts.push((above, area.height));
        }
        desk.keys("j");
    }
    assert!(parts.contains(&(0, size.1)), "whole: {parts:?}");
    assert!(parts.iter().any(|(above, rows)| *above == 0 && *rows < size.1), "its upper part: {parts:?}");
    assert!(parts.iter().any(|(above, _)| *above > 0), "its lower part: {parts:?}");
}

#[test]
fn pictures_are_gone_when_the_article_is_left_or_anything_lies_over_them() {
    let mut desk = shown();
    for (keys, back) in [("?", "<Esc>"), (":", "<Esc>"), ("F", "q")] {
        desk.keys(keys);
        assert_eq!(desk.seen(), [], "under {keys}");
        desk.keys(back);
        assert_eq!(desk.seen().len(), 1, "back from {keys}");
    }
    desk.keys("qk<Enter>");
    assert_eq!(desk.seen(), [], "another article is another wish");
    desk.resize(3, 1);
    assert_eq!(desk.seen(), []);
}

#[test]
fn a_picture_is_sized_anew_when_the_terminal_is() {
    let mut desk = shown();
    let before = desk.seen()[0].size;
    desk.resize(60, 30);
    let after = desk.seen().first().map_or_else(|| sized(&desk), |seen| seen.size);
    assert!(after.0 < before.0 && after.0 <= 60 && after.1 <= 30 * 60 / 100, "{before:?} became {after:?}");
    desk.send(Event::Canvas(Some(Canvas { cell: (20, 40), characters: true })));
    let zoomed = sized(&desk);
    assert!(zoomed.0 <= 40, "larger cells, fewer of them: {zoomed:?}");
}

#[test]
fn what_fails_says_why_and_is_tried_again_by_the_key() {
    let mut desk = Setup::news().open();
    desk.keys("j<Enter>I").send(Event::Canvas(Some(CANVAS)));
    assert_eq!(desk.fetched(), [OF_TEXT]);
    let why = "not a picture that can be shown (SVG)".to_owned();
    desk.send(Event::Picture { url: OF_TEXT.into(), outcome: Err(why) });
    let told = desk.text();
    assert!(told.contains("a picture of quayside.example is not shown: not a picture"), "{told}");
    desk.keys("jk");
    assert_eq!(desk.fetched(), Vec::<String>::new(), "not again by itself");
    desk.keys("II");
    assert_eq!(desk.fetched(), [OF_TEXT]);
}

#[test]
fn auto_shows_what_is_opened_and_not_what_the_cursor_passes() {
    let mut desk = Setup::news().ui(|ui| ui.images = ImageMode::Auto).size(100, 60).open();
    desk.keys("jjk");
    assert_eq!(desk.fetched(), Vec::<String>::new());
    desk.keys("<Enter>");
    assert_eq!(desk.fetched(), [OF_TEXT]);
    desk.send(Event::Canvas(Some(CANVAS))).came(OF_TEXT, 400, 200);
    assert_eq!(desk.seen().len(), 1);
    desk.keys("I");
    assert_eq!(desk.seen(), [], "the key hides them all the same");
}

#[test]
fn a_feeds_own_setting_goes_before_the_general_one() {
    // The second article of the list is the second feed's.
    let open = |own: ImageMode, general: ImageMode| {
        let mut setup = Setup::news().ui(|ui| ui.images = general);
        let feed = setup.library.articles[1].headline.feed;
        let status = setup.library.feeds.iter().find(|status| status.feed.id == feed).expect("its feed");
        setup.feed_images.insert(status.feed.url.clone(), own);
        let mut desk = setup.open();
        desk.keys("j<Enter>");
        desk
    };
    let mut auto = open(ImageMode::Auto, ImageMode::Never);
    assert_eq!(auto.fetched(), [OF_TEXT], "shown although the others' are off");
    auto.send(Event::Canvas(Some(CANVAS)));
    assert!(!auto.text().contains("pictures are off"), "{}", auto.text());
    let mut ask = open(ImageMode::Ask, ImageMode::Auto);
    assert_eq!(ask.fetched(), Vec::<String>::new());
    assert_eq!(ask.keys("I").fetched(), [OF_TEXT]);
    let mut never = open(ImageMode::Never, ImageMode::Auto);
    never.keys("I");
    assert_eq!(never.fetched(), Vec::<String>::new());
    assert!(never.text().contains("images = \"never\" for "), "{}", never.text());
    never.resize(120, 36);
    assert!(never.text().contains("in [[feeds]] of config.toml"), "{}", never.text());
}

#[test]
fn where_there_are_none_the_key_says_so() {
    let mut never = Setup::news().ui(|ui| ui.images = ImageMode::Never).open();
    never.keys("<Enter>I");
    assert_eq!(never.asked, []);
    assert!(never.text().contains("pictures are off: images = \"never\""));

    let mut setup = Setup::news();
    for article in &mut setup.library.articles {
        article.content_html = "<p>Words alone.</p>".into();
    }
    let mut wordy = setup.open();
    wordy.keys("<Enter>I");
    assert_eq!(wordy.asked, []);
    assert!(wordy.text().contains("this article has no pictures"));

    let mut colourless = Setup::news().no_color().open();
    colourless.keys("j<Enter>I").send(Event::Canvas(Some(CANVAS))).came(OF_TEXT, 400, 200);
    assert_eq!(colourless.seen(), []);
    assert!(colourless.text().contains("NO_COLOR is set"));
}

#[test]
fn an_attached_picture_leads_and_what_is_read_stays_where_it_is() {
    let mut setup = Setup::news();
    for article in &mut setup.library.articles {
        let lead = Enclosure { url: LEAD.into(), mime: "image/png".into(), bytes: None, seconds: None, title: None };
        article.enclosures = vec![lead];
    }
    let mut desk = setup.size(80, 20).open();
    desk.keys("j<Enter>I").send(Event::Canvas(Some(CANVAS)));
    assert_eq!(desk.fetched(), [LEAD, OF_TEXT]);
    desk.keys("jjjjjjj");
    let top = desk.rows()[1].clone();
    assert!(!top.trim().is_empty(), "a line of text is at the top");
    desk.came(LEAD, 800, 400);
    assert_eq!(desk.rows()[1], top, "a picture above it does not push it away");
    desk.keys("g");
    assert_eq!(desk.seen()[0].url, LEAD);
    desk.keys("jjjjjjj").came(OF_TEXT, 10, 10).keys("I");
    assert!(desk.seen().is_empty());
}
