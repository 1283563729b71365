//! The hostile feed server of `../shared/hostile`, where it is at hand: every case about the network gives an answer or an
//! error in words, in time. It also has the one thing our own server lacks: TLS with a certificate nobody trusts.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tidings::fetch::{FetchError, Policy};

use crate::{fetcher, policy, subscribed};

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/hostile/hostile_server.py");

struct Hostile {
    process: Child,
    ready: serde_json::Value,
}

impl Drop for Hostile {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn start() -> Option<Hostile> {
    if !std::path::Path::new(SCRIPT).exists() {
        println!("skipped: no corpus");
        return None;
    }
    let started = Command::new("python3").args([SCRIPT, "--ttl", "120"]).stdout(Stdio::piped()).spawn();
    let Ok(mut process) = started else {
        println!("skipped: no python3");
        return None;
    };
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let ready = serde_json::from_str(&line).unwrap();
    Some(Hostile { process, ready })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_hostile_answer_ends_in_time_and_in_words() {
    let Some(hostile) = start() else { return };
    let base = hostile.ready["base"].as_str().unwrap();
    let fetcher = fetcher(Policy { timeout: Duration::from_secs(5), max_bytes: 16 << 20, per_host: 8, ..policy() });
    let index = fetcher.get(subscribed(format!("{base}/cases.json"))).await.unwrap();
    let index: serde_json::Value = serde_json::from_slice(&index.body).unwrap();
    let cases = index["cases"].as_array().or(index.as_array()).unwrap();
    let mut tasks = tokio::task::JoinSet::new();
    for case in cases {
        let text = |key: &str| case[key].as_str().unwrap().to_owned();
        let network = ["compression", "timing", "framing", "redirect", "status", "tls"];
        if network.contains(&text("category").as_str()) {
            let (fetcher, id, url, expect) = (fetcher.clone(), text("id"), text("url"), text("expect"));
            tasks.spawn(async move { (id, expect, fetcher.get(subscribed(url)).await) });
        }
    }
    let mut answers = tasks.join_all().await;
    answers.sort_by(|one, other| one.0.cmp(&other.0));
    assert!(answers.len() >= 30, "{} cases", answers.len());
    for (id, expect, answer) in answers {
        let told = match &answer {
            Ok(answer) => format!("{} bytes, truncated {}", answer.body.len(), answer.truncated),
            Err(error) => error.to_string(),
        };
        println!("{id:20} {expect:16} {told}");
        assert!(!told.chars().any(char::is_control), "{id}: {told:?}");
        // What only a parser can refuse is an answer here; what is good must be one.
        assert!(expect == "error" || answer.is_ok() || id == "redir-auth-leak", "{id}: {told}");
        match id.as_str() {
            "gz-bomb" | "br-bomb" | "deflate-bomb" | "endless-body" | "cl-huge" => {
                assert_eq!(answer.unwrap_err(), FetchError::TooLarge { limit_mib: 16 }, "{id}");
            }
            "slow-drip" | "hang-before-headers" | "hang-mid-body" | "slow-headers" => {
                assert_eq!(answer.unwrap_err(), FetchError::TimedOut { seconds: 5 }, "{id}");
            }
            "tls-selfsigned" => assert!(answer.is_err() && told.contains("certificate"), "{id}: {told}"),
            _ if id.starts_with("redir-") && expect == "error" => {
                assert!(matches!(answer, Err(FetchError::Refused(_))), "{id}: {told}");
            }
            _ => {}
        }
    }
}
