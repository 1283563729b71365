//! Reads which articles newsboat had read, from its cache; the cache is only read.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::StoreError;
use super::open::uri;

/// The addresses of articles that newsboat has marked read. Blocking. Rows that cannot be read are left out, and of a
/// damaged cache everything that comes before the damage is given.
///
/// # Errors
/// When the file is no newsboat cache at all.
pub fn newsboat_read_urls(path: &Path) -> Result<Vec<String>, StoreError> {
    if !path.is_file() {
        return Err(StoreError::other(path.display().to_string(), "there is no such file"));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    // A running newsboat may hold it, and its folder may not be writable: then it is read as it lies there.
    let mut last = StoreError::Closed;
    for option in ["mode=ro", "immutable=1"] {
        match Connection::open_with_flags(uri(path, option), flags)
            .map_err(StoreError::from)
            .and_then(|conn| read(&conn))
        {
            Ok(urls) => return Ok(urls),
            Err(error) => last = error,
        }
    }
    Err(last.placed(path, "reading newsboat's cache"))
}

fn read(conn: &Connection) -> Result<Vec<String>, StoreError> {
    conn.busy_timeout(std::time::Duration::from_secs(2))?;
    let mut select = conn.prepare("SELECT url FROM rss_item WHERE unread = 0")?;
    let mut rows = select.query([])?;
    let mut urls = Vec::new();
    loop {
        match rows.next() {
            Ok(Some(row)) => {
                if let Ok(url) = row.get::<_, String>(0)
                    && !url.is_empty()
                {
                    urls.push(url);
                }
            }
            Ok(None) => return Ok(urls),
            Err(error) if urls.is_empty() => return Err(error.into()),
            Err(error) => {
                tracing::warn!(%error, "newsboat's cache is damaged; {} read articles were found before that", urls.len());
                return Ok(urls);
            }
        }
    }
}
