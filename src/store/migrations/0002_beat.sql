-- Schema 2: labels with their scores, entities, genres and attribution; stories. Never edited once released.
-- Articles that are here already are stories of their own until they are labelled and placed.

-- Those that articles are taken from.
CREATE TABLE via (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    folded TEXT NOT NULL                   -- lower case, no diacritics
) STRICT;

CREATE TABLE entity (
    number INTEGER PRIMARY KEY,            -- what articles keep of it
    id     TEXT NOT NULL UNIQUE,           -- in the lexicon
    name   TEXT NOT NULL,
    folded TEXT NOT NULL,
    kind   TEXT NOT NULL
) STRICT;

-- Articles by entity, those of hidden feeds too; made of article.entities.
CREATE TABLE article_entity (
    entity  INTEGER NOT NULL,
    date    INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (entity, date, article)
) STRICT, WITHOUT ROWID;

ALTER TABLE article ADD COLUMN scores   BLOB    NOT NULL DEFAULT x'';  -- of the topics, 4 bytes each, little endian
ALTER TABLE article ADD COLUMN entities BLOB    NOT NULL DEFAULT x'';  -- numbers in the order of mention (LEB128)
ALTER TABLE article ADD COLUMN genres   INTEGER NOT NULL DEFAULT 0;    -- a bit each
ALTER TABLE article ADD COLUMN via      INTEGER;
ALTER TABLE article ADD COLUMN story    INTEGER;                       -- null: a story of its own
ALTER TABLE article ADD COLUMN copy_of  INTEGER;
ALTER TABLE article ADD COLUMN row_date INTEGER;                       -- of the lead of a story: what its row is sorted by
UPDATE article SET row_date = date WHERE shown = 1;

CREATE INDEX article_story ON article (story) WHERE story IS NOT NULL;
CREATE INDEX article_copy ON article (copy_of) WHERE copy_of IS NOT NULL;
CREATE INDEX list_via ON article (via, date) WHERE shown = 1 AND via IS NOT NULL;
-- The lists of stories, as those of articles.
CREATE INDEX row_list ON article (read, row_date) WHERE row_date IS NOT NULL;
CREATE INDEX row_feed ON article (feed, read, row_date) WHERE row_date IS NOT NULL;
CREATE INDEX row_best ON article (best, read, row_date) WHERE row_date IS NOT NULL;
CREATE TABLE row_topic (
    topic   INTEGER NOT NULL,
    read    INTEGER NOT NULL,
    date    INTEGER NOT NULL,              -- article.row_date
    article INTEGER NOT NULL,
    feed    INTEGER NOT NULL,
    best    INTEGER NOT NULL,
    PRIMARY KEY (topic, read, date, article)
) STRICT, WITHOUT ROWID;
INSERT INTO row_topic SELECT topic, read, date, article, feed, best FROM article_topic;

-- Stories of several articles, and what is left of them. All but the id is of its shown articles.
CREATE TABLE story (
    id      INTEGER PRIMARY KEY,           -- of the article it began with
    lead    INTEGER,                       -- null: nothing of it is shown
    members INTEGER NOT NULL,
    unread  INTEGER NOT NULL,
    sources INTEGER NOT NULL,
    latest  INTEGER NOT NULL,              -- date of the newest that is no copy
    newest  INTEGER NOT NULL               -- id of the last that came and is no copy
) STRICT;
CREATE INDEX story_latest ON story (latest);
CREATE INDEX story_newest ON story (newest);

-- What waits for its place: arrivals, and articles to be placed again, by date.
CREATE TABLE arrived (article INTEGER PRIMARY KEY) STRICT;
CREATE TABLE place_again (
    date    INTEGER NOT NULL,
    article INTEGER NOT NULL,
    PRIMARY KEY (date, article)
) STRICT, WITHOUT ROWID;
INSERT INTO place_again SELECT date, id FROM article;

-- What waits for its labels: all articles up to the id `label_below`, the newest first, and then these.
CREATE TABLE label_again (article INTEGER PRIMARY KEY) STRICT;
CREATE TABLE setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO setting (name, value) VALUES ('fingerprint', 0), ('label_below', (SELECT coalesce(max(id), 0) FROM article));

-- What the user said about two articles; article < other.
CREATE TABLE hand_rule (
    article  INTEGER NOT NULL,
    other    INTEGER NOT NULL,
    together INTEGER NOT NULL,
    PRIMARY KEY (article, other)
) STRICT, WITHOUT ROWID;
CREATE INDEX hand_rule_other ON hand_rule (other);

-- Kinds of counters: 3 is the articles without a topic. Leads are the rows of lists of stories.
ALTER TABLE counter ADD COLUMN leads        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE counter ADD COLUMN unread_leads INTEGER NOT NULL DEFAULT 0;
INSERT INTO counter (kind, key, articles, unread, saved)
    SELECT 3, 0, count(*), sum(read = 0), sum(saved) FROM article WHERE shown = 1 AND topics = x'' HAVING count(*) > 0;
UPDATE counter SET leads = articles, unread_leads = unread;
