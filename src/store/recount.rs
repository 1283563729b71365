//! The recount: everything that is kept incrementally, counted anew from the articles.

use rusqlite::{Connection, Row};

use super::counts::Counted;
use super::entities;
use super::stories;

/// Counters as they should be.
const COUNTERS: &str = "
    WITH topical AS (SELECT t.topic, a.read, a.saved, a.row_date FROM article_topic t JOIN article a ON a.id = t.article),
    truth AS (
        SELECT 0 AS kind, 0 AS key, count(*) AS articles, sum(read = 0) AS unread, sum(saved) AS saved,
            sum(row_date NOT NULL) AS leads, sum(row_date NOT NULL AND read = 0) AS unread_leads
            FROM article WHERE shown = 1 HAVING count(*) > 0
        UNION ALL SELECT 1, feed, count(*), sum(read = 0), sum(saved), sum(row_date NOT NULL), sum(row_date NOT NULL AND read = 0)
            FROM article WHERE shown = 1 GROUP BY feed
        UNION ALL SELECT 2, topic, count(*), sum(read = 0), sum(saved), sum(row_date NOT NULL), sum(row_date NOT NULL AND read = 0)
            FROM topical GROUP BY topic
        UNION ALL SELECT 3, 0, count(*), sum(read = 0), sum(saved), sum(row_date NOT NULL), sum(row_date NOT NULL AND read = 0)
            FROM article WHERE shown = 1 AND topics = x'' HAVING count(*) > 0),
    both AS (SELECT coalesce(c.kind, t.kind) AS kind, coalesce(c.key, t.key) AS key,
        coalesce(c.articles, 0) AS a1, coalesce(t.articles, 0) AS a2, coalesce(c.unread, 0) AS u1, coalesce(t.unread, 0) AS u2,
        coalesce(c.saved, 0) AS s1, coalesce(t.saved, 0) AS s2, coalesce(c.leads, 0) AS l1, coalesce(t.leads, 0) AS l2,
        coalesce(c.unread_leads, 0) AS r1, coalesce(t.unread_leads, 0) AS r2
        FROM counter c FULL JOIN truth t ON t.kind = c.kind AND t.key = c.key)
    SELECT * FROM both WHERE a1 <> a2 OR u1 <> u2 OR s1 <> s2 OR l1 <> l2 OR r1 <> r2";

/// Copies that must agree with what they repeat: what is wrong in words, and the query that counts it.
const COPIES: &[(&str, &str)] = &[
    ("articles whose state differs from its record", "SELECT count(*) FROM article a LEFT JOIN article_state s
        ON s.feed = a.feed AND s.key = a.key WHERE a.read <> coalesce(s.read, 0) OR a.saved <> coalesce(s.saved, 0)
        OR a.noted <> (s.note IS NOT NULL)"),
    ("topic rows that differ from their article", "SELECT count(*) FROM article_topic t LEFT JOIN article a ON a.id = t.article
        WHERE a.id IS NULL OR a.shown = 0 OR a.read <> t.read OR a.date <> t.date OR a.feed <> t.feed OR a.best <> t.best
        OR instr(a.topics, unhex(printf('%02x', t.topic))) = 0"),
    ("articles without text", "SELECT count(*) FROM article WHERE id NOT IN (SELECT article FROM article_text)"),
    ("articles whose text is damaged", "SELECT count(*) FROM article_text WHERE NOT is_sound(texts)"),
    ("articles neither indexed nor waiting for it", "SELECT count(*) FROM article a WHERE NOT EXISTS
        (SELECT 1 FROM indexed i WHERE i.article = a.id) AND NOT EXISTS (SELECT 1 FROM index_queue q WHERE q.article = a.id)"),
    ("articles shown although their feed is hidden, or hidden although it is shown",
        "SELECT count(*) FROM article a JOIN feed f ON f.id = a.feed WHERE a.shown <> f.shown"),
    (
        "topic rows of stories that differ from their lead",
        "SELECT count(*) FROM row_topic t LEFT JOIN article a ON a.id = t.article
         WHERE a.id IS NULL OR a.row_date IS NOT t.date OR a.read <> t.read OR a.feed <> t.feed OR a.best <> t.best
            OR instr(a.topics, unhex(printf('%02x', t.topic))) = 0",
    ),
    (
        "topics of leads without a topic row",
        "SELECT abs((SELECT coalesce(sum(length(topics)), 0) FROM article WHERE row_date IS NOT NULL) - (SELECT count(*) FROM row_topic))",
    ),
    (
        "topics of articles without a topic row",
        "SELECT abs((SELECT coalesce(sum(length(topics)), 0) FROM article WHERE shown = 1) - (SELECT count(*) FROM article_topic))",
    ),
    ("leads that are hidden", "SELECT count(*) FROM article WHERE row_date IS NOT NULL AND shown = 0"),
    (
        "articles alone in their story without a row",
        "SELECT count(*) FROM article WHERE story IS NULL AND shown = 1 AND row_date IS NOT date",
    ),
    ("articles of a story that is not there", "SELECT count(*) FROM article WHERE story IS NOT NULL AND story NOT IN (SELECT id FROM story)"),
    ("stories without articles", "SELECT count(*) FROM story WHERE id NOT IN (SELECT story FROM article WHERE story IS NOT NULL)"),
    ("articles beside the story that bears their id", "SELECT count(*) FROM article WHERE story IS NULL AND id IN (SELECT id FROM story)"),
    ("copies of articles that are gone", "SELECT count(*) FROM article WHERE copy_of IS NOT NULL AND copy_of NOT IN (SELECT id FROM article)"),
    ("articles that are copies of a copy", "SELECT count(*) FROM article a JOIN article b ON b.id = a.copy_of WHERE b.copy_of IS NOT NULL"),
    (
        "rows of entities that differ from their article",
        "SELECT count(*) FROM article_entity e LEFT JOIN article a ON a.id = e.article LEFT JOIN entity n ON n.number = e.entity
         WHERE a.id IS NULL OR n.number IS NULL OR a.date <> e.date",
    ),
    (
        "waiting articles that are gone",
        "SELECT count(*) FROM (SELECT article FROM arrived UNION ALL SELECT article FROM place_again
            UNION ALL SELECT article FROM label_again UNION ALL SELECT article FROM hand_rule UNION ALL SELECT other FROM hand_rule
            UNION ALL SELECT article FROM page_wanted)
         WHERE article NOT IN (SELECT id FROM article)",
    ),
    (
        "full texts that their article does not have",
        "SELECT count(*) FROM full_text x LEFT JOIN article a ON a.id = x.article WHERE a.id IS NULL OR a.date <> x.date",
    ),
    ("reading places of articles that are gone", "SELECT count(*) FROM reading_place WHERE article NOT IN (SELECT id FROM article)"),
];

/// Counts everything anew and tells, in words, what is wrong.
pub(super) fn faults(conn: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut faults: Vec<String> =
        conn.prepare(COUNTERS)?.query_map([], counter_fault)?.collect::<rusqlite::Result<_>>()?;
    for (what, sql) in COPIES {
        let wrong: i64 = conn.query_row(sql, [], |row| row.get(0))?;
        if wrong != 0 {
            faults.push(format!("{wrong} {what}"));
        }
    }
    faults.extend(stories::faults(conn)?);
    faults.extend(entities::faults(conn)?);
    Ok(faults)
}

fn counter_fault(row: &Row<'_>) -> rusqlite::Result<String> {
    let pair = |at: usize| -> rusqlite::Result<String> {
        let (kept, truth): (i64, i64) = (row.get(at)?, row.get(at + 1)?);
        Ok(format!("{kept}, counted {truth}"))
    };
    let what = Counted::words(row.get(0)?, row.get(1)?);
    let (articles, unread, saved, leads, unread_leads) = (pair(2)?, pair(4)?, pair(6)?, pair(8)?, pair(10)?);
    Ok(format!(
        "counter {what}: articles {articles}; unread {unread}; saved {saved}; leads {leads}; unread leads {unread_leads}"
    ))
}
