//! Words on standard error while a library of an older version is brought up to this one, before anything else is said.

use std::mem::{Discriminant, discriminant};
use std::time::{Duration, Instant};

use super::output::Output;
use crate::engine::{Update, UpdateStep};

/// What takes no longer than this is not worth words at a terminal.
const MOMENT: Duration = Duration::from_millis(300);
/// Nor, when nobody watches, what takes no longer than this.
const WHILE: Duration = Duration::from_secs(1);

/// Tells how the update goes; what it wrote at a terminal is taken away when it is dropped.
pub struct Updating {
    output: Output,
    began: Option<Instant>,
    told: Option<Discriminant<UpdateStep>>,
}

impl Updating {
    /// Tells it on the process's own standard error.
    #[must_use]
    pub fn new(ascii: bool) -> Self {
        Self::to(Output::standard(ascii))
    }

    fn to(output: Output) -> Self {
        Self { output, began: None, told: None }
    }

    /// The update has come so far.
    pub fn tell(&mut self, update: Update) {
        let took = self.began.get_or_insert_with(Instant::now).elapsed();
        self.tell_after(took, update);
    }

    fn tell_after(&mut self, took: Duration, update: Update) {
        if self.output.is_watched() {
            if took >= MOMENT {
                self.output.progress(&update.to_string());
            }
        } else if took >= WHILE && self.told.replace(discriminant(&update.step)) != Some(discriminant(&update.step)) {
            // In a log a line a step is enough.
            self.output.tell(&update.to_string());
        }
    }
}

impl Drop for Updating {
    fn drop(&mut self) {
        self.output.clear_progress();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn where_nobody_watches_a_line_a_step_is_told_once_it_takes_long() {
        let page = Page::default();
        let mut updating = Updating::to(Output::to(Box::new(io::sink()), Box::new(page.clone())));
        let backing_up = |percent| Update { to: 2, step: UpdateStep::BackingUp { percent } };
        updating.tell_after(Duration::from_millis(900), backing_up(20));
        updating.tell_after(Duration::from_millis(1_100), backing_up(30));
        updating.tell_after(Duration::from_millis(1_500), backing_up(90));
        updating.tell_after(Duration::from_secs(2), Update { to: 2, step: UpdateStep::Changing });
        drop(updating);
        let told = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 2, "{told}");
        assert!(lines[0].ends_with("backing up, 30 %"), "{told}");
    }
}
