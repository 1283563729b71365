//! Keys, mouse and pastes from the terminal as events of ours. Reading can be stopped: while an editor runs, its keys are
//! not ours to read.
//!
//! On Unix the bytes are read here (`unix`) and made into events by `decode`, which knows what is no key: answers that
//! nobody asked for, pastes that never end. Elsewhere crossterm does both.

#[cfg(any(unix, test))]
mod decode;
#[cfg(not(unix))]
mod other;
#[cfg(any(unix, test))]
mod sequence;
#[cfg(unix)]
mod unix;

use std::io;

use tokio::sync::mpsc;

use crate::tui::event::Event;

#[cfg(not(unix))]
use other::Reader;
#[cfg(unix)]
use unix::Reader;

/// Events that wait to be taken; more stay in the terminal.
const WAITING: usize = 1_024;

/// What reading brought.
#[derive(Debug)]
pub(super) enum Read {
    /// An event.
    Event(Event),
    /// Something that means nothing to the desk.
    #[cfg_attr(unix, expect(dead_code, reason = "only crossterm tells of it"))]
    Nothing,
    /// The terminal is gone.
    Gone,
}

/// Reads the terminal in a thread of its own: nothing that comes from there can hold up the thread that waits for
/// everything.
pub(super) struct Input {
    sender: mpsc::Sender<Read>,
    events: mpsc::Receiver<Read>,
    reader: Option<Reader>,
}

impl Input {
    /// Starts to read. Called inside of a runtime.
    pub(super) fn open() -> io::Result<Self> {
        let (sender, events) = mpsc::channel(WAITING);
        let reader = Some(Reader::start(sender.clone(), false)?);
        Ok(Self { sender, events, reader })
    }

    /// Stops reading: keys stay in the terminal for whoever reads them.
    pub(super) fn close(&mut self) {
        if let Some(reader) = self.reader.take() {
            reader.stop();
        }
    }

    /// Reads again.
    pub(super) fn reopen(&mut self) -> io::Result<()> {
        self.reader = Some(Reader::start(self.sender.clone(), true)?);
        Ok(())
    }

    /// Waits for the next event.
    pub(super) async fn next(&mut self) -> Read {
        // Never closed: a sender is here.
        self.events.recv().await.unwrap_or(Read::Gone)
    }

    /// The next event that is there already.
    pub(super) fn ready(&mut self) -> Option<Read> {
        self.events.try_recv().ok()
    }
}
