//! `file:` feeds.

use std::fs;

use tidings::fetch::{FetchError, Request, Response};
use tidings::model::Validators;

use crate::{fetcher, get, policy, refusal, subscribed};

async fn again(url: &str, validators: Validators) -> Response {
    fetcher(policy()).get(Request { validators, ..subscribed(url) }).await.unwrap()
}

fn failure(answer: Result<Response, FetchError>) -> String {
    match answer {
        Err(FetchError::Failed(words)) => words,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_is_read_and_read_again_only_when_it_changed() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a feed.xml");
    let url = url::Url::from_file_path(&path).unwrap().to_string();
    fs::write(&path, "one").unwrap();
    let first = get(url.clone()).await.unwrap();
    assert_eq!((first.status, &first.body[..]), (200, &b"one"[..]));
    let second = again(&url, first.validators.clone()).await;
    assert_eq!((second.status, second.body.len()), (304, 0));
    assert_eq!(second.validators, first.validators);
    // Replaced by another file of the same length, as editors do.
    let new = dir.path().join("new");
    fs::write(&new, "two").unwrap();
    fs::rename(&new, &path).unwrap();
    let third = again(&url, second.validators).await;
    assert_eq!((third.status, &third.body[..]), (200, &b"two"[..]));
    fs::write(&path, "three").unwrap();
    assert_eq!(again(&url, third.validators).await.body, "three");
}

#[tokio::test]
async fn only_regular_files_of_bounded_size_are_read() {
    let dir = tempfile::tempdir().unwrap();
    let url = |name: &str| url::Url::from_file_path(dir.path().join(name)).unwrap().to_string();
    fs::create_dir(dir.path().join("folder")).unwrap();
    fs::write(dir.path().join("big"), vec![b'x'; (1 << 20) + 1]).unwrap();
    let fifo = dir.path().join("fifo");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.unwrap().success());
    assert!(failure(get(url("folder")).await).contains("directory"));
    assert!(failure(get(url("fifo")).await).contains("not a regular file"));
    assert!(failure(get("file:///dev/zero").await).contains("not a regular file"));
    assert!(failure(get(url("missing")).await).contains("missing"));
    assert_eq!(get(url("big")).await.unwrap_err(), FetchError::TooLarge { limit_mib: 1 });
    refusal(get("file://elsewhere.example/feed.xml").await);
}

#[tokio::test]
async fn only_a_subscription_reads_files() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("feed.xml");
    fs::write(&path, "secret").unwrap();
    let url = url::Url::from_file_path(&path).unwrap().to_string();
    refusal(fetcher(policy()).get(Request { url, ..Request::default() }).await);
}
