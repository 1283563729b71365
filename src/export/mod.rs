//! Articles as files for other programs: Markdown, HTML, EPUB, JSON, CSL-JSON, BibTeX and mail; clips and citations.
//!
//! Pure: articles in, bytes out.
