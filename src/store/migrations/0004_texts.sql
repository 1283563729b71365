-- Schema 4: an article's texts in one packed column (`store/texts.rs`). Never edited once released.

-- The table stays where it is, so that a file whose description is lost can still be salvaged.
DROP VIEW article_indexed;
ALTER TABLE article_text ADD COLUMN texts BLOB NOT NULL DEFAULT x'';
-- Run for a span of articles after another.
UPDATE article_text SET texts = pack_texts(plain, summary, content), plain = '', summary = '', content = ''
    WHERE article BETWEEN ?1 AND ?2;
ALTER TABLE article_text DROP COLUMN plain;
ALTER TABLE article_text DROP COLUMN summary;
ALTER TABLE article_text DROP COLUMN content;

CREATE VIEW article_indexed AS
    SELECT (a.date << 29) | a.id AS document, a.title AS title, coalesce(u.name, '') AS author, i.source AS source,
        coalesce(x.plain, plain_of(t.texts)) AS body
    FROM indexed i JOIN article a ON a.id = i.article JOIN article_text t ON t.article = i.article
    LEFT JOIN author u ON u.id = a.author LEFT JOIN full_text x ON x.article = i.article;
