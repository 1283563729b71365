//! Reads the bytes of the terminal in a thread that can be stopped at any moment.

use std::io;
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::stdio::stdin;
use tokio::sync::mpsc::{self, error::TrySendError};

use super::Read;
use super::decode::Decoder;

/// How long the thread may take to let go of the terminal. It lets go at once.
const LET_GO: Duration = Duration::from_secs(1);

/// While more events wait than are taken, it is tried again this often.
const FULL: Duration = Duration::from_millis(5);

/// The thread that reads.
pub(super) struct Reader {
    /// Closed: it shall end.
    stop: UnixStream,
    /// Closes when it has let go of the terminal.
    ended: std::sync::mpsc::Receiver<()>,
}

impl Reader {
    /// Starts it.
    pub(super) fn start(events: mpsc::Sender<Read>, _again: bool) -> io::Result<Self> {
        let (stop, stopped) = UnixStream::pair()?;
        let (ending, ended) = std::sync::mpsc::channel();
        let read = move || {
            forward(&events, &stopped);
            drop(ending);
        };
        thread::Builder::new().name("keys".into()).spawn(read)?;
        Ok(Self { stop, ended })
    }

    /// Stops it, and waits until it has let go of the terminal.
    pub(super) fn stop(self) {
        drop(self.stop);
        // Nothing is ever sent: it ends by being closed.
        self.ended.recv_timeout(LET_GO).ok();
    }
}

/// Sends what the terminal brings until it is told to stop or the terminal is gone.
fn forward(events: &mpsc::Sender<Read>, stopped: &UnixStream) {
    let mut decoder = Decoder::default();
    let mut bytes = [0; 4_096];
    let mut heard = Instant::now();
    loop {
        let wait = decoder.patience().map(|patience| patience.saturating_sub(heard.elapsed()));
        let Ok((readable, stop)) = wait_for(stopped, wait) else {
            send(events, Read::Gone, stopped);
            return;
        };
        if stop {
            return;
        }
        let mut read = Vec::new();
        if readable {
            match rustix::io::read(stdin(), &mut bytes) {
                Ok(0) => read.push(Read::Gone),
                Ok(n) => decoder.take(&bytes[..n], &mut |event| read.push(Read::Event(event))),
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => read.push(Read::Gone),
            }
            heard = Instant::now();
        } else {
            decoder.silence(heard.elapsed(), &mut |event| read.push(Read::Event(event)));
        }
        for one in read {
            let gone = matches!(one, Read::Gone);
            if !send(events, one, stopped) || gone {
                return;
            }
        }
    }
}

/// Waits for bytes, for the wish to stop, and for no longer than `wait`. Says which of the two came.
fn wait_for(stopped: &UnixStream, wait: Option<Duration>) -> Result<(bool, bool), Errno> {
    let wait = wait.map(|wait| Timespec {
        tv_sec: i64::try_from(wait.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: i64::from(wait.subsec_nanos()),
    });
    let mut both = [PollFd::from_borrowed_fd(stdin(), PollFlags::IN), PollFd::new(stopped, PollFlags::IN)];
    match poll(&mut both, wait.as_ref()) {
        Ok(_) => Ok((!both[0].revents().is_empty(), !both[1].revents().is_empty())),
        Err(Errno::INTR) => Ok((false, false)),
        Err(error) => Err(error),
    }
}

/// Sends one event. While there is no room it waits, and what follows stays in the terminal. False: nobody listens.
fn send(events: &mpsc::Sender<Read>, mut read: Read, stopped: &UnixStream) -> bool {
    loop {
        match events.try_send(read) {
            Ok(()) => return true,
            Err(TrySendError::Closed(_)) => return false,
            Err(TrySendError::Full(back)) => read = back,
        }
        let mut stop = [PollFd::new(stopped, PollFlags::IN)];
        let wait = Timespec { tv_sec: 0, tv_nsec: i64::from(FULL.subsec_nanos()) };
        if poll(&mut stop, Some(&wait)).is_ok_and(|told| told > 0) {
            return false;
        }
    }
}
