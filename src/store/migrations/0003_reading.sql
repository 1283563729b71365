-- Schema 3: the full text of articles, how far they were read, and the pages that are to be fetched. Never edited once released.

-- The text of an article's page. What is small comes first, so that lists and counts do not read the text.
CREATE TABLE full_text (
    article   INTEGER PRIMARY KEY,
    date      INTEGER NOT NULL,            -- a copy of article.date, which never changes
    fetched   INTEGER NOT NULL,
    published INTEGER,
    pages     INTEGER NOT NULL,
    barrier   TEXT,                        -- Barrier::id
    url       TEXT    NOT NULL,
    title     TEXT,
    author    TEXT,
    site      TEXT,
    picture   TEXT,                        -- JSON: [url, alt, credit]
    plain     TEXT    NOT NULL,            -- without markup: indexed in place of article_text.plain
    html      TEXT    NOT NULL
) STRICT;
CREATE INDEX full_text_date ON full_text (date);

-- How far an article was read, in thousandths of its text; no row: from the beginning.
CREATE TABLE reading_place (article INTEGER PRIMARY KEY, place INTEGER NOT NULL) STRICT;

-- Articles whose page is to be fetched without being asked for: of feeds with full_text = "auto".
CREATE TABLE page_wanted (
    article  INTEGER PRIMARY KEY,
    attempts INTEGER NOT NULL,
    after    INTEGER NOT NULL              -- not to be asked for before this time
) STRICT;

-- The text index holds the full text where there is one.
DROP VIEW article_indexed;
CREATE VIEW article_indexed AS
    SELECT (a.date << 29) | a.id AS document, a.title AS title, coalesce(u.name, '') AS author, i.source AS source,
        coalesce(x.plain, t.plain) AS body
    FROM indexed i JOIN article a ON a.id = i.article JOIN article_text t ON t.article = i.article
    LEFT JOIN author u ON u.id = a.author LEFT JOIN full_text x ON x.article = i.article;

-- Servers that asked not to be asked for pages before this time (Retry-After).
CREATE TABLE host_left_alone (host TEXT PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
