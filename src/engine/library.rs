//! In what state the library was found when it was opened.

use super::EngineHandle;

impl EngineHandle {
    /// True when nothing can be saved (read-only directory).
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.shared.store.is_read_only()
    }

    /// True when nothing can be saved because the disk was full when the library was opened. A desk tries again by itself
    /// and tells [`super::Notice::Writable`].
    #[must_use]
    pub fn waits_for_room(&self) -> bool {
        self.shared.store.waits_for_room()
    }

    /// The library was not there and a new one was begun although there are copies of it: in two lines, what brings it
    /// back, and how long this is said.
    #[must_use]
    pub fn lost(&self) -> Option<[String; 2]> {
        self.shared.store.begun_beside().map(|copy| {
            [
                format!(
                    "tidings.db was missing and a new one was begun; `tidings backup restore {copy}` brings the old one back"
                ),
                "this is said until you do, or until you take that copy out of the folder backups".to_owned(),
            ]
        })
    }
}
