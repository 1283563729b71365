-- Schema 1: feeds, articles, states, counters, the undo journal and the text index. Never edited once released.
-- Times are milliseconds since 1970 UTC, but `article.date`, which is whole seconds (see `columns::document`).

CREATE TABLE feed (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    url         TEXT    NOT NULL UNIQUE,
    config_name TEXT,                      -- the user's name for it
    title       TEXT,                      -- its own name for itself
    name        TEXT    NOT NULL,          -- the one that is shown: config_name, else title, else host
    site        TEXT,
    topics      BLOB    NOT NULL,          -- default topics, a byte each
    enabled     INTEGER NOT NULL,
    shown       INTEGER NOT NULL,          -- 0: no longer in the config
    position    INTEGER NOT NULL           -- place in the config
) STRICT;

CREATE TABLE poll (
    feed          INTEGER PRIMARY KEY,
    last_attempt  INTEGER,
    last_success  INTEGER,
    last_new      INTEGER,
    failures      INTEGER NOT NULL,
    last_error    TEXT,
    last_status   INTEGER,
    etag          BLOB,
    last_modified BLOB,
    retry_after   INTEGER,
    gone          INTEGER NOT NULL,
    max_age_s     INTEGER,
    ttl_minutes   INTEGER,
    skip_hours    INTEGER NOT NULL,
    skip_days     INTEGER NOT NULL,
    moved_to      TEXT,
    moved_polls   INTEGER NOT NULL,
    polls         INTEGER NOT NULL,
    not_modified  INTEGER NOT NULL,
    last_bytes    INTEGER NOT NULL,
    saved_bytes   INTEGER NOT NULL,
    gap_from      INTEGER,
    gap_to        INTEGER,
    gap_filled    INTEGER,
    gap_closed    INTEGER
) STRICT;

CREATE TABLE author (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    folded TEXT NOT NULL                   -- lower case, no diacritics
) STRICT;
CREATE INDEX author_folded ON author (folded);

-- One row is one line of a list. Its text is in article_text, so that lists never read it.
CREATE TABLE article (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    feed      INTEGER NOT NULL,
    key       BLOB    NOT NULL,            -- identity within the feed
    alias     BLOB,                        -- the second identity: link and title
    url       TEXT    NOT NULL,
    original  TEXT,
    title     TEXT    NOT NULL,
    author    INTEGER,
    published INTEGER,
    updated   INTEGER,
    fetched   INTEGER NOT NULL,
    date      INTEGER NOT NULL,            -- seconds; what lists are sorted by; never changes
    language  TEXT,
    topics    BLOB    NOT NULL,            -- best first, a byte each
    best      INTEGER NOT NULL,            -- the first of them, or the number of topics
    read      INTEGER NOT NULL,            -- these three are copies of article_state, kept in the same transaction
    saved     INTEGER NOT NULL,
    noted     INTEGER NOT NULL,
    shown     INTEGER NOT NULL,            -- a copy of feed.shown
    in_feed   INTEGER NOT NULL,            -- 1: in the feed's last complete document
    last_seen INTEGER NOT NULL,            -- when it was last in its feed; counts once in_feed is 0
    digest    INTEGER NOT NULL             -- of everything the publisher can change
) STRICT;
CREATE UNIQUE INDEX article_key ON article (feed, key);
CREATE INDEX article_alias ON article (feed, alias) WHERE alias IS NOT NULL;
CREATE INDEX article_in_feed ON article (feed) WHERE in_feed = 1;
CREATE INDEX article_left ON article (last_seen) WHERE in_feed = 0 AND saved = 0 AND noted = 0;
-- The lists. The row id ends every index, so each is sorted by date and id; "all" is read = 0 merged with read = 1.
CREATE INDEX list_date ON article (read, date) WHERE shown = 1;
CREATE INDEX list_feed ON article (feed, read, date) WHERE shown = 1;
CREATE INDEX list_best ON article (best, read, date) WHERE shown = 1;
CREATE INDEX list_saved ON article (date) WHERE shown = 1 AND saved = 1;
CREATE INDEX list_noted ON article (date) WHERE shown = 1 AND noted = 1;
CREATE INDEX list_author ON article (author, date) WHERE shown = 1 AND author IS NOT NULL;

CREATE TABLE article_text (
    article    INTEGER PRIMARY KEY,
    plain      TEXT NOT NULL,              -- text without markup and without the title: what is indexed
    categories TEXT NOT NULL,              -- JSON: [text, ...]
    enclosures TEXT NOT NULL,              -- JSON: [[url, mime, bytes, title], ...]
    summary    TEXT NOT NULL,
    content    TEXT NOT NULL
) STRICT;

-- What the user did to an article, by identity: outlives the article, so that nothing returns as unread.
CREATE TABLE article_state (
    feed  INTEGER NOT NULL,
    key   BLOB    NOT NULL,
    read  INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    note  TEXT,
    PRIMARY KEY (feed, key)
) STRICT, WITHOUT ROWID;

-- Articles of shown feeds by topic; made of article.topics.
CREATE TABLE article_topic (
    topic   INTEGER NOT NULL,
    read    INTEGER NOT NULL,
    date    INTEGER NOT NULL,
    article INTEGER NOT NULL,
    feed    INTEGER NOT NULL,
    best    INTEGER NOT NULL,
    PRIMARY KEY (topic, read, date, article)
) STRICT, WITHOUT ROWID;

-- Kept in the transaction that changes what they count; only shown feeds count.
CREATE TABLE counter (
    kind     INTEGER NOT NULL,             -- 0: all, 1: a feed, 2: a topic
    key      INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    unread   INTEGER NOT NULL,
    saved    INTEGER NOT NULL,
    PRIMARY KEY (kind, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE journal (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    kind     TEXT    NOT NULL,             -- read, saved, note, config
    value    INTEGER NOT NULL,             -- of read and saved: what was set
    articles BLOB    NOT NULL,             -- ids, ascending, as differences (LEB128)
    before   TEXT,                         -- note: JSON, the note of each article before; config: the file before
    after    TEXT,                         -- note: the note; config: the file after
    words    TEXT,                         -- config: the edit in words
    undone   INTEGER NOT NULL
) STRICT;

-- Addresses that another reader had read: their articles arrive as read. The key is a hash of the address.
CREATE TABLE read_elsewhere (
    address INTEGER PRIMARY KEY,
    change  INTEGER NOT NULL,              -- the journal entry that brought it
    active  INTEGER NOT NULL               -- 0: taken back
) STRICT;

-- The text index. Its row ids sort by date (columns::document), so the newest hits come first without sorting.
-- index_queue: still to do. indexed: done, with the feed name it was done under, so that it can be taken out exactly.
CREATE TABLE index_queue (article INTEGER PRIMARY KEY) STRICT;
CREATE TABLE indexed (article INTEGER PRIMARY KEY, source TEXT NOT NULL) STRICT;
CREATE VIEW article_indexed AS
    SELECT (a.date << 29) | a.id AS document, a.title AS title, coalesce(u.name, '') AS author, i.source AS source, t.plain AS body
    FROM indexed i JOIN article a ON a.id = i.article JOIN article_text t ON t.article = i.article
    LEFT JOIN author u ON u.id = a.author;
CREATE VIRTUAL TABLE article_fts USING fts5 (
    title, author, source, body,
    content = 'article_indexed', content_rowid = 'document', tokenize = 'unicode61 remove_diacritics 2'
);
-- Merging is done in steps of bounded length (index::tidy); FTS5's own merges would hold the writer up at unforeseen moments.
INSERT INTO article_fts (article_fts, rank) VALUES ('automerge', 0), ('crisismerge', 1500), ('usermerge', 8);
