//! Playing, downloading and giving up, and what the chooser looks like.

use super::{State, draw, on_files, on_key};
use crate::engine::Downloading;
use crate::model::{ArticleId, Enclosure};
use crate::tui::effect::{Effect, Write};
use crate::tui::fixture::{SIZES, key, picture, plain, shared, text};
use crate::tui::model::Shared;
use crate::tui::route::Go;

fn files() -> State {
    let talk = Enclosure {
        url: "https://quay.example/a/harbour-talk.mp3?x=1".into(),
        mime: "audio/mpeg".into(),
        bytes: Some(22_000_000),
        title: None,
        seconds: Some(1_810),
    };
    let notice = Enclosure {
        url: "https://quay.example/notice.pdf".into(),
        mime: "application/pdf".into(),
        bytes: None,
        title: Some("Notice to shippers".into()),
        seconds: None,
    };
    State::new(ArticleId(7), Some(vec![talk, notice]))
}

fn drawn(state: &State, shared: &Shared) -> String {
    text(&picture(shared, |buffer| {
        draw(state, shared, buffer);
    }))
}

fn coming(shared: &mut Shared, state: &State) {
    let url = state.files.as_ref().expect("files")[0].url.clone();
    let file =
        Downloading { url: url.clone(), name: "harbour-talk.mp3".into(), received: 7_480_000, total: Some(22_000_000) };
    shared.downloads.insert(url, file);
}

#[test]
fn each_key_does_its_thing_to_the_selected_file_and_nothing_before() {
    let mut shared = shared(80, 24);
    let mut state = files();
    let step = on_key(&mut state, &mut shared, key("j"));
    assert!(step.effects.is_empty(), "moving asks for nothing");
    let step = on_key(&mut state, &mut shared, key("Enter"));
    assert!(
        matches!(&step.effects[..], [Effect::Play(_, url)] if url == "https://quay.example/notice.pdf"),
        "{step:?}"
    );
    let _ = on_key(&mut state, &mut shared, key("k"));
    let step = on_key(&mut state, &mut shared, key("d"));
    let [Effect::Write(_, Write::Download { article: ArticleId(7), url })] = step.effects.as_slice() else {
        panic!("{step:?}")
    };
    assert!(url.ends_with("harbour-talk.mp3?x=1"));
    let step = on_key(&mut state, &mut shared, key("x"));
    assert!(matches!(&step.effects[..], [Effect::StopPlaying(_)]), "nothing is on its way: {step:?}");
    coming(&mut shared, &state);
    let step = on_key(&mut state, &mut shared, key("d"));
    assert!(step.effects.is_empty(), "once is enough");
    let step = on_key(&mut state, &mut shared, key("x"));
    assert!(matches!(&step.effects[..], [Effect::Write(_, Write::CancelDownload(_))]), "{step:?}");
    let step = on_key(&mut state, &mut shared, key("y"));
    assert!(matches!(&step.effects[..], [Effect::Copy(_)]), "{step:?}");
    for closing in ["Esc", "q", "P"] {
        assert_eq!(on_key(&mut state, &mut shared, key(closing)).go, Some(Go::CloseOverlay), "{closing}");
    }
}

#[test]
fn a_key_before_its_files_came_does_its_thing_when_they_come() {
    let come = |keys: &[&str]| {
        let (mut shared, mut state) = (shared(80, 24), State::new(ArticleId(7), None));
        for pressed in keys {
            let step = on_key(&mut state, &mut shared, key(pressed));
            assert!(step.effects.is_empty() && step.go.is_none(), "{pressed}: there is nothing yet: {step:?}");
        }
        let came = files().files.expect("files");
        let step = on_files(&mut state, &mut shared, came.clone());
        assert_eq!((state.files, state.early), (Some(came), None), "{keys:?}");
        step.effects
    };
    assert!(matches!(&come(&["Enter"])[..], [Effect::Play(_, url)] if url.ends_with("harbour-talk.mp3?x=1")));
    assert!(matches!(&come(&["Enter", "d"])[..], [Effect::Write(_, Write::Download { .. })]), "the last one counts");
    assert!(come(&[]).is_empty() && come(&["j"]).is_empty());
}

#[test]
fn it_tells_kind_length_size_and_how_far_it_is() {
    let mut shared = shared(80, 24);
    let state = files();
    let before = drawn(&state, &shared);
    for told in ["harbour-talk.mp3", "audio/mpeg", "30:10", "21 MiB", "Notice to shippers", "d downloads"] {
        assert!(before.contains(told), "{told}: {before}");
    }
    coming(&mut shared, &state);
    assert!(drawn(&state, &shared).contains("34 % of 21 MiB"), "{}", drawn(&state, &shared));
}

#[test]
fn it_bears_any_size() {
    for (columns, rows) in SIZES {
        let shared = shared(columns, rows);
        for shared in [plain(shared.clone()), shared] {
            picture(&shared, |buffer| {
                let at = draw(&files(), &shared, buffer);
                assert!(at.is_none_or(|at| buffer.area.contains(at)), "{columns}x{rows}: {at:?}");
                draw(&State::new(ArticleId(7), None), &shared, buffer);
            });
        }
    }
}
