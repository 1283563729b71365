//! That beginnings taken apart find what FTS5's star finds, and that common words are asked for by name.

use rusqlite::Connection;

use super::*;

/// An index as a library has it, on small pages, so that a common word fills several.
fn index() -> Connection {
    let conn = Connection::open_in_memory().expect("SQLite starts");
    conn.execute_batch(
        "CREATE VIRTUAL TABLE article_fts USING fts5 (title, body, tokenize = 'unicode61 remove_diacritics 2');
         CREATE VIRTUAL TABLE word USING fts5vocab (article_fts, row);
         INSERT INTO article_fts (article_fts, rank) VALUES ('pgsz', 64), ('automerge', 0), ('crisismerge', 1500), ('usermerge', 4);",
    )
    .expect("made");
    conn
}

fn words(conn: &Connection) -> Vec<String> {
    let mut select = conn.prepare("SELECT term FROM word").expect("prepared");
    let words = select.query_map([], |row| row.get(0)).expect("read");
    words.collect::<rusqlite::Result<_>>().expect("read")
}

/// Words with common and rare beginnings, in all kinds of letters; the first are in most of the articles.
const WORDS: [&str; 40] = [
    "container",
    "con",
    "port",
    "ports",
    "contract",
    "Österreich",
    "contracts",
    "Zürich",
    "café",
    "12",
    "120",
    "1240",
    "porto",
    "portal",
    "Łódź",
    "straße",
    "x-ray",
    "tx",
    "t0",
    "货运",
    "運賃",
    "порт",
    "портал",
    "λιμάνι",
    "contra",
    "cont",
    "conté",
    "CONTRARY",
    "c",
    "co2",
    "naïve",
    "naive",
    "Ærø",
    "portée",
    "portobello",
    "contrast",
    "1241",
    "zebra",
    "zim",
    "ñandú",
];

fn insert(conn: &Connection, articles: std::ops::Range<i64>) {
    for id in articles {
        let number = usize::try_from(id).expect("small");
        let holds = |at: usize| {
            number.wrapping_mul(2_654_435_761) >> (at % 11) & 0x1f >= at || (number + at).is_multiple_of(97)
        };
        let body: Vec<String> = (0..WORDS.len()).filter(|at| holds(*at)).map(|at| WORDS[at].to_owned()).collect();
        // A tail of words that are in one article each.
        let title = format!("conrare{id} {} port{id}", WORDS[number % WORDS.len()]);
        conn.execute("INSERT INTO article_fts (rowid, title, body) VALUES (?1, ?2, ?3)", (id, title, body.join(" ")))
            .expect("inserted");
    }
}

fn hits(conn: &Connection, expression: &str) -> Vec<i64> {
    let mut select =
        conn.prepare("SELECT rowid FROM article_fts WHERE article_fts MATCH ?1 ORDER BY rowid DESC").expect("prepared");
    let rows = select.query_map([expression], |row| row.get(0)).unwrap_or_else(|error| panic!("{expression}: {error}"));
    rows.collect::<rusqlite::Result<_>>().unwrap_or_else(|error| panic!("{expression}: {error}"))
}

fn quoted(part: &Part, before: &str) -> String {
    match part {
        Part::Word(word) => format!("\"{before}{word}\""),
        Part::Beginning(beginning) => format!("\"{before}{beginning}\" *"),
    }
}

/// Taken apart within these limits, else those of the index.
fn parts_of(conn: &Connection, beginning: &str, limits: Option<Limits>) -> Option<Vec<Part>> {
    let found = leaves(conn, beginning).expect("read");
    assert!(found.all);
    let limits = limits.unwrap_or_else(|| Limits::of(found.segments));
    let mut reader = Reader { conn, beginning, leaves: &found.pages };
    let few = reader.few_words(limits).expect("read");
    if few.is_some() { few } else { reader.taken_apart(limits).expect("read") }
}

const WIDE: Limits = Limits { words: 3, common: 8, parts: 200 };

/// Every beginning of every word, as typed.
fn beginnings() -> BTreeSet<String> {
    let of =
        |word: &str| (1..=word.chars().count()).map(|n| word.chars().take(n).collect::<String>()).collect::<Vec<_>>();
    WORDS.iter().flat_map(|word| of(word)).chain(["q", "conrare1", "port30", "9"].map(String::from)).collect()
}

fn assert_same_hits(conn: &Connection, from: usize, every: usize) -> [usize; 3] {
    let mut ways = [0; 3];
    let beginnings = beginnings();
    for typed in beginnings.into_iter().skip(from).step_by(every) {
        let Some(folded) = as_indexed(&typed) else { continue };
        for limits in [None, Some(WIDE), Some(Limits { words: 0, common: 2, parts: 40 })] {
            let Some(parts) = parts_of(conn, &folded, limits) else {
                ways[0] += 1;
                continue;
            };
            ways[if parts.iter().any(|part| matches!(part, Part::Beginning(_))) { 1 } else { 2 }] += 1;
            for (field, before) in [("", ""), ("title : ", ""), ("", "container ")] {
                let star = format!("{field}\"{before}{typed}\" *");
                let wanted = hits(conn, &star);
                let any = parts.iter().map(|part| quoted(part, before)).collect::<Vec<_>>().join(" OR ");
                let found = if parts.is_empty() { Vec::new() } else { hits(conn, &format!("{field}({any})")) };
                assert_eq!(found, wanted, "{star} as {any}");
            }
        }
    }
    ways
}

#[test]
fn the_hits_are_those_of_the_star() {
    let conn = index();
    for part in 0..5 {
        conn.execute_batch("BEGIN").expect("begun");
        insert(&conn, part * 20..part * 20 + 20);
        conn.execute_batch("COMMIT").expect("committed");
    }
    let ways = assert_same_hits(&conn, 0, 1);
    assert!(ways.iter().all(|times| *times > 20), "stars, taken apart, word by word: {ways:?}");
    // Articles go, and the index is merged step by step: pages of segments that are merged half are gone.
    conn.execute_batch("DELETE FROM article_fts WHERE rowid % 7 = 0").expect("deleted");
    for step in 0..6 {
        conn.execute_batch("INSERT INTO article_fts (article_fts, rank) VALUES ('merge', 25)").expect("merged");
        assert_same_hits(&conn, step, 6);
    }
    conn.execute_batch("INSERT INTO article_fts (article_fts) VALUES ('optimize')").expect("merged");
    assert_same_hits(&conn, 0, 2);
}

#[test]
fn what_is_common_is_asked_for_by_name() {
    let conn = index();
    insert(&conn, 0..600);
    conn.execute_batch("INSERT INTO article_fts (article_fts) VALUES ('optimize')").expect("merged");
    let parts = parts_of(&conn, "con", Some(WIDE)).expect("taken apart");
    assert!(
        parts.contains(&Part::Word("container".into())) && parts.contains(&Part::Word("contract".into())),
        "{parts:?}"
    );
    // A star may take in nothing that is in many articles: its list is made whole before the first hit.
    for part in parts {
        if let Part::Beginning(beginning) = part {
            let sql = "SELECT coalesce(max(doc), 0) FROM word WHERE substr(term, 1, length(?1)) = ?1";
            let most: i64 = conn.query_row(sql, [&beginning], |row| row.get(0)).expect("counted");
            assert!(most < 60, "{beginning}* takes in a word of {most} articles");
        }
    }
}

#[test]
fn letters_are_folded_as_the_index_folds_them() {
    let conn = index();
    let letters: Vec<char> = ('\0'..'\u{250}').filter(|c| as_indexed(&c.to_string()).is_some()).collect();
    assert!(letters.len() > 180, "{letters:?}");
    for letter in letters {
        let insert = "INSERT INTO article_fts (rowid, body) VALUES (1, ?1)";
        conn.execute(insert, [format!("a{letter}b")]).expect("inserted");
        assert_eq!(words(&conn), [format!("a{}b", as_indexed(&letter.to_string()).expect("known"))], "{letter}");
        conn.execute_batch("DELETE FROM article_fts").expect("emptied");
    }
}

#[test]
fn a_word_of_the_index_is_found_by_its_own_name() {
    // Were a word cut or folded anew when it is asked for, its articles would be missed.
    let conn = index();
    // Not Han and Hangul, which are thousands of the same kind.
    let alike = |c: char| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{20000}'..);
    let every: String = ('\u{1}'..=char::MAX).filter(|c| !alike(*c)).flat_map(|c| ['a', c, 'a', ' ']).collect();
    conn.execute_batch("INSERT INTO article_fts (article_fts, rank) VALUES ('pgsz', 4050)").expect("set");
    conn.execute("INSERT INTO article_fts (rowid, body) VALUES (1, ?1)", [every]).expect("inserted");
    let first = words(&conn);
    assert!(first.len() > 10_000, "{}", first.len());
    conn.execute_batch("DELETE FROM article_fts").expect("emptied");
    conn.execute("INSERT INTO article_fts (rowid, body) VALUES (1, ?1)", [first.join(" ")]).expect("inserted");
    let again = words(&conn);
    let lost: Vec<&String> = first.iter().filter(|word| again.binary_search(word).is_err()).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn what_most_articles_have_is_looked_for_in_the_newest() {
    let conn = index();
    conn.execute_batch("CREATE TABLE article (id INTEGER PRIMARY KEY)").expect("made");
    let words: Vec<String> = (0..400).map(|n| format!("con{n}")).collect();
    for id in 0..60 {
        conn.execute("INSERT INTO article_fts (rowid, body) VALUES (?1, ?2)", (id, words.join(" "))).expect("inserted");
        conn.execute("INSERT INTO article (id) VALUES (?1)", [id]).expect("inserted");
    }
    conn.execute_batch("INSERT INTO article_fts (article_fts) VALUES ('optimize')").expect("merged");
    let con = || Query::Text(Text { words: vec!["Con".to_owned()], prefix: true });
    let everywhere = |query: &Query, rows| {
        let beginnings = Beginnings::of(&conn, query, rows).expect("read");
        let alone = beginnings.everywhere(&con()).map(str::to_owned);
        (alone, beginnings.parts("Con").is_some())
    };
    assert_eq!(everywhere(&con(), 200), (Some("con".to_owned()), false));
    assert_eq!(everywhere(&Query::And(vec![Query::Unread, con()]), 200), (Some("con".to_owned()), false));
    // Whoever counts looks at every hit, and a part of a phrase or of an alternative is not looked for article by article.
    assert_eq!(everywhere(&con(), 10_000).0, None);
    assert_eq!(everywhere(&Query::Or(vec![Query::Unread, con()]), 200).0, None);
    assert_eq!(everywhere(&Query::And(vec![con(), Query::Not(Box::new(con()))]), 200).0, None);
    conn.execute_batch("INSERT INTO article (id) VALUES (1000000000)").expect("inserted");
    assert_eq!(everywhere(&con(), 200).0, None, "few of so many have it");
}
