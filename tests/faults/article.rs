//! F27: a stored article that brings the reader down.

use crate::newsroom::{Newsroom, title};
use crate::place::{Place, Ran, USUAL, start};

const BREAKS: (&str, &str) = ("TIDINGS_TEST_PANIC", "reader");

#[test]
fn f27_an_article_that_breaks_the_reader_is_shown_plain() {
    if !cfg!(debug_assertions) {
        println!("skipped: a release does not panic on demand");
        return;
    }
    let place = Place::polled(&Newsroom::open(10).feed());
    let mut desk = place.desk_with(USUAL, &[BREAKS]);
    desk.wait_selected(&title(9));
    desk.press("\r");
    desk.wait_for("could not be laid out and is shown as plain text");
    desk.wait_for("Paragraph 1 of 1: entry 9");
    desk.press("q");
    desk.wait_selected(&title(9));
    // The list still opens, and so does the next one.
    desk.press("j");
    desk.wait_selected(&title(8));
    desk.press("\r");
    desk.wait_for("Paragraph 1 of 60: entry 8");
    desk.press("qq");
    assert_eq!(desk.wait_exit(), 0);
    desk.assert_restored();
    let shown = Ran::of(start(place.command(&[], &["show", &place.id_of(&title(9))]).env(BREAKS.0, BREAKS.1))).well();
    assert!(shown.out.contains("Paragraph 1 of 1: entry 9"), "{shown:?}");
    assert!(shown.err.contains("could not be laid out and is printed as plain text"), "{shown:?}");
    let listed = Ran::of(start(place.command(&[], &["list", "--text"]).env(BREAKS.0, BREAKS.1))).well();
    assert!(listed.out.contains(&title(0)) && listed.out.contains("entry 9"), "{listed:?}");
}
