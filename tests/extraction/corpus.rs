//! The pages of Mozilla's Readability with what people took for their articles. They are not part of the repository;
//! without them the test says so and passes. `ERRORS=1` names the pages that fall short.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use tidings::document::{extract, plain_text};

const PAGES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus/suites/readability/test/test-pages");

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// The harmonic mean of precision and recall of words.
fn f1(expected: &str, found: &str) -> f64 {
    let (expected, found) = (words(expected), words(found));
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in &expected {
        *left.entry(word).or_default() += 1;
    }
    let mut shared = 0_usize;
    for word in &found {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    if expected.is_empty() && found.is_empty() {
        1.0
    } else {
        2.0 * shared as f64 / (expected.len() + found.len()) as f64
    }
}

#[test]
fn real_pages_give_the_articles_that_people_took_from_them() {
    let Ok(folders) = fs::read_dir(Path::new(PAGES)) else {
        eprintln!("skipped: no corpus");
        return;
    };
    let tell = std::env::var_os("ERRORS").is_some();
    let (mut sum, mut pages, mut titles) = (0.0, 0_usize, 0_usize);
    let mut short = Vec::new();
    for folder in folders {
        let folder = folder.unwrap().path();
        let source = String::from_utf8_lossy(&fs::read(folder.join("source.html")).unwrap()).into_owned();
        let expected = fs::read_to_string(folder.join("expected.html")).unwrap();
        let told: serde_json::Value =
            serde_json::from_str(&fs::read_to_string(folder.join("expected-metadata.json")).unwrap()).unwrap();
        let found = extract(&source, "http://fakehost/test/page.html");
        let score = f1(&plain_text(&expected), &plain_text(&found.html));
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let title = words(told["title"].as_str().unwrap_or_default()) == words(&found.title);
        if tell && (score < 0.98 || !title) {
            println!("{name}: {score:.3}, title {:?}, barrier {:?}", found.title, found.barrier);
        }
        if score < 0.8 {
            short.push((name, score));
        }
        sum += score;
        titles += usize::from(title);
        pages += 1;
    }
    let mean = sum / pages as f64;
    println!("{pages} pages, mean F1 {mean:.4}, {titles} titles");
    assert!(mean >= 0.99, "mean F1 {mean:.4}");
    assert_eq!(short, [], "pages below 0.8");
    assert!(titles * 100 >= pages * 95, "{titles} titles of {pages} are right");
}
