//! A database that was begun beside copies of another one: it was lost, or somebody took it away. That is told until the
//! newest of those copies is put back or taken away too, and until then it is not rotated away.

use std::path::Path;

use rusqlite::Connection;

use super::backup::{self, newest_copy};
use super::columns::{millis, time};
use super::{Store, StoreError, setting};

/// The row of the table `setting`: when the newest copy was made, in milliseconds.
const BESIDE: &str = "begun_beside";

/// The name of the newest copy that was there when the database was begun, if it is there still. `is_new`: it is begun now.
pub(super) fn beside(conn: &Connection, backups: &Path, is_new: bool) -> Result<Option<String>, StoreError> {
    if is_new {
        let newest = newest_copy(backups);
        if let Some((made, name)) = newest {
            setting::set(conn, BESIDE, millis(made))?;
            return Ok(Some(name));
        }
        return Ok(None);
    }
    let Some(made) = setting::get(conn, BESIDE)? else { return Ok(None) };
    Ok(backup::copies(backups).find(|(of, _)| *of == time(made)).map(|(_, name)| name))
}

impl Store {
    /// The name of the newest copy in the folder of backups, where this database was begun although there were some. None:
    /// there were none, or that one is there no more.
    #[must_use]
    pub fn begun_beside(&self) -> Option<&str> {
        self.0.begun_beside.as_deref()
    }
}
