//! Signals: those that end the desk, those that stop it and let it go on, and a terminal that went away.

use std::io;

/// What a signal wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// End; the number of the signal.
    End(u8),
    /// Stop until continued.
    Stop,
    /// It was continued.
    Continue,
    /// The terminal has another size.
    Resized,
}

#[cfg(unix)]
pub(super) use unix::{Hangup, Signals, stop_self};

#[cfg(unix)]
mod unix {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;
    use rustix::process::{Signal, getpgrp, getpid, kill_current_process_group, kill_process};
    use tokio::signal::unix::{Signal as Stream, SignalKind, signal};
    use tokio::sync::oneshot;

    use super::{Wish, io};

    /// The signals the desk listens to. From here on none of them ends it by itself.
    pub(in crate::tui::runtime) struct Signals {
        terminate: Stream,
        hangup: Stream,
        interrupt: Stream,
        stop: Stream,
        resume: Stream,
        resized: Stream,
    }

    impl Signals {
        pub(in crate::tui::runtime) fn listen() -> io::Result<Self> {
            let stream = |of: Signal| signal(SignalKind::from_raw(of.as_raw()));
            Ok(Self {
                terminate: stream(Signal::TERM)?,
                hangup: stream(Signal::HUP)?,
                interrupt: stream(Signal::INT)?,
                stop: stream(Signal::TSTP)?,
                resume: stream(Signal::CONT)?,
                resized: stream(Signal::WINCH)?,
            })
        }

        /// The next signal.
        pub(in crate::tui::runtime) async fn next(&mut self) -> Wish {
            tokio::select! {
                _ = self.terminate.recv() => Wish::End(15),
                _ = self.hangup.recv() => Wish::End(1),
                _ = self.interrupt.recv() => Wish::End(2),
                _ = self.stop.recv() => Wish::Stop,
                _ = self.resume.recv() => Wish::Continue,
                _ = self.resized.recv() => Wish::Resized,
            }
        }
    }

    /// Stops this process as the terminal's own Ctrl-Z would; returns when it is continued. Started by another program in
    /// one process group on this terminal (`cargo run`), the group stops, or the shell would go on waiting for that one.
    pub(in crate::tui::runtime) fn stop_self() -> io::Result<()> {
        let of_terminal = rustix::termios::tcgetpgrp(rustix::stdio::stdin()).ok();
        if getpgrp() != getpid() && of_terminal == Some(getpgrp()) {
            kill_current_process_group(Signal::STOP)?;
        } else {
            kill_process(getpid(), Signal::STOP)?;
        }
        Ok(())
    }

    /// Tells when the terminal has gone away without a signal (SIGHUP ignored, no controlling terminal). Reading from a
    /// terminal that is gone fails at once, for ever: crossterm's reader would turn in circles.
    pub(in crate::tui::runtime) struct Hangup(Option<oneshot::Receiver<()>>);

    impl Hangup {
        /// Watches in a thread of its own, which sleeps until it happens.
        pub(in crate::tui::runtime) fn watch() -> Self {
            let (gone, told) = oneshot::channel();
            let watch = move || {
                if wait_for_hangup() {
                    gone.send(()).ok();
                }
            };
            // Without the thread there is still SIGHUP.
            std::thread::Builder::new().name("hangup".into()).spawn(watch).ok();
            Self(Some(told))
        }

        /// Returns when the terminal is gone.
        pub(in crate::tui::runtime) async fn gone(&mut self) {
            if let Some(told) = &mut self.0 {
                let gone = told.await.is_ok();
                self.0 = None;
                if gone {
                    return;
                }
            }
            std::future::pending::<()>().await;
        }
    }

    /// Asked for no events, `poll` tells of hang-ups and errors alone. False: it cannot tell here.
    fn wait_for_hangup() -> bool {
        let input = rustix::stdio::stdin();
        loop {
            match poll(&mut [PollFd::new(&input, PollFlags::empty())], None) {
                Err(Errno::INTR) | Ok(0) => {}
                Ok(_) => return rustix::termios::tcgetattr(input).is_err(),
                Err(_) => return false,
            }
        }
    }
}

#[cfg(not(unix))]
pub(super) use other::{Hangup, Signals, stop_self};

#[cfg(not(unix))]
mod other {
    use super::{Wish, io};

    /// The signals the desk listens to.
    pub(in crate::tui::runtime) struct Signals(());

    impl Signals {
        pub(in crate::tui::runtime) fn listen() -> io::Result<Self> {
            Ok(Self(()))
        }

        /// The next signal.
        pub(in crate::tui::runtime) async fn next(&mut self) -> Wish {
            match tokio::signal::ctrl_c().await {
                Ok(()) => Wish::End(2),
                Err(_) => std::future::pending().await,
            }
        }
    }

    /// There is no job control here.
    pub(in crate::tui::runtime) fn stop_self() -> io::Result<()> {
        Err(io::Error::new(io::ErrorKind::Unsupported, "there is no job control on this system"))
    }

    /// Tells when the terminal has gone away.
    pub(in crate::tui::runtime) struct Hangup(());

    impl Hangup {
        pub(in crate::tui::runtime) fn watch() -> Self {
            Self(())
        }

        /// Never: the reader of the console tells by itself.
        pub(in crate::tui::runtime) async fn gone(&mut self) {
            std::future::pending::<()>().await;
        }
    }
}
