//! Notes, clips, attached files: what keys do, and what it looks like.

use insta::assert_snapshot;
use tidings::engine::{Downloading, Notice};
use tidings::model::{Enclosure, Mark};
use tidings::tui::effect::{Effect, Write};
use tidings::tui::event::Event;
use tidings::tui::update::leave;
use tidings::tui::words;

use super::harness::{Harness, Setup};

const TALK: &str = "https://quay.example/audio/harbour-talk.mp3?source=feed";

fn with_files(columns: u16, rows: u16) -> Harness {
    let mut setup = Setup::news().size(columns, rows);
    let talk = Enclosure {
        url: TALK.into(),
        mime: "audio/mpeg".into(),
        bytes: Some(22_000_000),
        title: None,
        seconds: Some(1_810),
    };
    let notice = Enclosure {
        url: "https://quay.example/notice.pdf".into(),
        mime: "application/pdf".into(),
        bytes: Some(120_000),
        title: Some("Notice to shippers of 28 April".into()),
        seconds: None,
    };
    setup.library.articles[1].enclosures = vec![talk, notice];
    setup.open()
}

fn notes(desk: &Harness) -> Vec<Option<String>> {
    let written = desk.library.written.iter();
    written.filter_map(|w| if let Write::Mark(_, Mark::Note(note)) = w { Some(note.clone()) } else { None }).collect()
}

#[test]
fn a_note_and_the_files_look_as_drawn() {
    for (columns, rows) in [(120, 36), (80, 24), (40, 12)] {
        let mut desk = Setup::news().size(columns, rows).open();
        desk.keys("jcAsk compliance whether the Norrvik calls are affected.<Enter>Then call the agent");
        assert_snapshot!(format!("note_{columns}x{rows}"), desk.screen());
        let mut desk = with_files(columns, rows);
        desk.keys("jP");
        let (url, name) = (TALK.to_owned(), "harbour-talk.mp3".to_owned());
        desk.notice(Notice::Downloading(Downloading { url, name, received: 7_480_000, total: Some(22_000_000) }));
        assert_snapshot!(format!("files_{columns}x{rows}"), desk.screen());
    }
    assert_snapshot!("files_under_article_80x24", with_files(80, 24).keys("j<Enter>G").screen());
}

#[test]
fn a_note_is_kept_shown_undone_and_done_again() {
    let mut desk = Setup::news().size(120, 36).open();
    desk.keys("cAsk A about it, s or q<Esc>");
    assert_eq!(notes(&desk), [Some("Ask A about it, s or q".to_owned())], "letters are letters");
    assert!(desk.text().contains("noted: Pilots") && desk.text().contains("u undo"), "{}", desk.text());
    desk.keys("<Enter>G");
    assert!(desk.text().contains("Ask A about it, s or q"), "under the article: {}", desk.text());
    desk.keys("c!<Esc>");
    assert_eq!(notes(&desk).last(), Some(&Some("Ask A about it, s or q!".to_owned())));
    assert!(desk.text().contains("s or q!"), "{}", desk.text());
    desk.keys("u");
    assert!(!desk.text().contains("s or q!") && desk.text().contains("s or q"), "{}", desk.text());
    desk.keys("U");
    assert!(desk.text().contains("s or q!"), "{}", desk.text());
    desk.keys("c<Ctrl-c>");
    assert_eq!(notes(&desk).last(), Some(&None));
    assert!(!desk.text().contains("s or q"), "{}", desk.text());
    assert!(desk.asked.is_empty(), "Ctrl-c in a note does not end the desk: {:?}", desk.asked);
}

#[test]
fn what_was_typed_before_the_note_came_goes_into_it() {
    let mut desk = Setup::news().size(40, 12).open();
    desk.keys("cFirst.<Esc>");
    desk.held = Some(Vec::new());
    desk.keys("c Ask<Enter>AA").release();
    desk.keys("<Ctrl-s>");
    assert_eq!(notes(&desk).last(), Some(&Some("First. Ask\nAA".to_owned())));
    assert_eq!(desk.library.counts().unread, Setup::news().open().library.counts().unread, "no key went to the list");
}

#[test]
fn a_note_that_is_opened_again_at_once_is_the_newest() {
    let mut desk = Setup::news().size(120, 36).open();
    desk.keys("cFirst.<Esc>");
    desk.keys("c Second.");
    desk.held = Some(Vec::new());
    desk.keys("<Esc>c Third.<Esc>").release();
    assert_eq!(notes(&desk).last(), Some(&Some("First. Second. Third.".to_owned())));
}

#[test]
fn nothing_typed_is_lost() {
    let mut desk = Setup::news().open();
    desk.library.refuse = Some("the disk is full: marks not saved".into());
    desk.keys("cimportant<Esc>");
    assert!(desk.text().contains("the note is not kept: the disk is full"), "{}", desk.text());
    desk.library.refuse = None;
    desk.keys("c<Esc>");
    assert_eq!(notes(&desk).last(), Some(&Some("important".to_owned())), "it was there again");
    desk.keys("jcdropped<Ctrl-c>");
    assert!(desk.text().contains("note dropped; c has its text"), "{}", desk.text());
    desk.keys("c<Esc>");
    assert_eq!(notes(&desk).last(), Some(&Some("dropped".to_owned())));
    desk.keys("jctyping");
    let effects = leave(&mut desk.model);
    let kept =
        effects.iter().any(|e| matches!(e, Effect::Write(_, Write::Mark(_, Mark::Note(Some(t)))) if t == "typing"));
    assert!(kept, "a signal ends the desk, not the note: {effects:?}");
}

#[test]
fn the_editor_has_the_note_and_gives_it_back() {
    let mut desk = Setup::news().open();
    desk.keys("cdraft<Ctrl-e>");
    assert!(matches!(&desk.asked[..], [Effect::EditNote(text)] if text == "draft"), "{:?}", desk.asked);
    desk.send(Event::NoteEdited(Err("`vim` ended with exit status 1".into())));
    assert!(desk.text().contains("exit status 1"), "{}", desk.text());
    desk.send(Event::NoteEdited(Ok("longer draft\nof two lines\n".into())));
    desk.keys("<Esc>");
    assert_eq!(notes(&desk), [Some("longer draft\nof two lines".to_owned())]);
}

#[test]
fn a_read_only_library_takes_no_note() {
    let mut setup = Setup::news();
    setup.read_only = true;
    let mut desk = setup.open();
    desk.keys("c");
    assert!(desk.model.overlay.is_none() && desk.text().contains("nothing can be saved"), "{}", desk.text());
}

#[test]
fn an_article_is_clipped_and_on_the_page_of_a_story_the_story() {
    let mut desk = Setup::stories().open();
    desk.keys("e");
    assert!(matches!(desk.library.written.last(), Some(Write::Clip(_))), "{:?}", desk.library.written);
    assert!(desk.text().contains("clipped to ~/tidings-clips.md"), "{}", desk.text());
    desk.keys("Se");
    assert!(matches!(desk.library.written.last(), Some(Write::ClipStory(_))), "{:?}", desk.library.written);
    desk.keys("<Enter>e");
    assert!(matches!(desk.library.written.last(), Some(Write::Clip(_))), "an article that is open: itself");
}

#[test]
fn files_are_played_downloaded_given_up_and_copied_only_by_keys() {
    let mut desk = with_files(80, 24);
    desk.keys("jPjk");
    assert!(desk.asked.is_empty() && desk.library.written.is_empty(), "nothing before a key: {:?}", desk.asked);
    desk.keys("<Enter>d");
    assert!(matches!(&desk.asked[..], [Effect::Play(_, url)] if url == TALK), "{:?}", desk.asked);
    assert!(matches!(desk.library.written.last(), Some(Write::Download { url, .. }) if url == TALK));
    let (url, name) = (TALK.to_owned(), "harbour-talk.mp3".to_owned());
    desk.notice(Notice::Downloading(Downloading { url, name, received: 11_000_000, total: Some(22_000_000) }));
    desk.keys("x");
    assert!(matches!(desk.library.written.last(), Some(Write::CancelDownload(url)) if url == TALK));
    desk.keys("y<Esc>").later(60);
    assert_eq!(desk.copied, [TALK]);
    assert!(desk.text().contains("harbour-talk.mp3 50 % of 21 MiB"), "in the status line: {}", desk.text());
    desk.notice(Notice::DownloadEnded { url: TALK.into(), kept: Some("harbour-talk.mp3".into()) });
    assert!(!desk.text().contains("50 %"), "{}", desk.text());
    desk.keys("P");
    assert!(desk.text().contains("downloaded"), "{}", desk.text());
}

#[test]
fn an_article_without_files_says_so() {
    for (columns, rows) in [(120, 36), (40, 12)] {
        let mut desk = Setup::news().size(columns, rows).open();
        desk.keys("P");
        assert!(desk.model.overlay.is_none() && desk.text().contains("no files"), "{}", desk.text());
    }
}

#[test]
fn what_came_of_a_file_is_told_in_the_chooser_and_when_the_desk_ends() {
    let mut desk = with_files(80, 24);
    let part =
        Downloading { url: TALK.into(), name: "harbour-talk.mp3".into(), received: 7_480_000, total: Some(22_000_000) };
    desk.library.parts = vec![part.clone()];
    desk.keys("jP");
    assert!(desk.text().contains("34 % of 21 MiB is here"), "from an earlier day: {}", desk.text());
    desk.library.parts.clear();
    desk.keys("<Esc>P");
    assert!(!desk.text().contains("is here"), "{}", desk.text());
    desk.notice(Notice::Downloading(part));
    assert!(desk.text().contains("34 % of 21 MiB") && !desk.text().contains("is here"), "{}", desk.text());
    let left = words::unfinished(&desk.model.shared);
    assert_eq!(left, ["harbour-talk.mp3 is not whole (34 % of 21 MiB is here): P in its article goes on with it"]);
    desk.notice(Notice::DownloadEnded { url: TALK.into(), kept: None });
    assert!(desk.text().contains("34 % of 21 MiB is here"), "given up: {}", desk.text());
    assert_eq!(words::unfinished(&desk.model.shared), Vec::<String>::new());
    desk.notice(Notice::DownloadEnded { url: TALK.into(), kept: Some("harbour-talk.mp3".into()) });
    assert!(desk.text().contains("downloaded") && !desk.text().contains("is here"), "{}", desk.text());
}

#[test]
fn an_invented_address_is_not_opened_and_that_is_said() {
    let mut setup = Setup::news();
    setup.invented = true;
    let mut desk = setup.open();
    desk.keys("o<Enter>o");
    assert_eq!(desk.opened, Vec::<String>::new());
    assert!(desk.text().contains("the news and addresses of the demo are invented"), "{}", desk.text());
}
