//! A terminal for the real binary: a pty, a screen made of what it writes, and keys typed into it.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::fs::{Mode, OFlags};
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, WaitOptions, kill_process, waitid, waitpid};
use rustix::termios::LocalModes;
use vt100::MouseProtocolMode;

/// Held while a process is started: a pty that is opened at this moment must not be inherited by it.
pub(crate) static STARTING: Mutex<()> = Mutex::new(());

/// How long a condition may take; slow machines set `TIDINGS_TEST_SECONDS`.
pub(crate) fn patience() -> Duration {
    let seconds = std::env::var("TIDINGS_TEST_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(30);
    Duration::from_secs(seconds)
}

/// Waits until something holds; says whether it came to.
pub(crate) fn eventually(mut holds: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + patience();
    loop {
        if holds() {
            return true;
        }
        if Instant::now() > until {
            return false;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The program in its terminal.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    ended: Option<ExitStatus>,
    keyboard: Box<dyn Write + Send>,
    master: Option<Box<dyn MasterPty + Send>>,
    tty: PathBuf,
    seen: Arc<Mutex<Seen>>,
    /// Tells the reader to let go of the terminal.
    closing: Arc<AtomicBool>,
    reader: Option<JoinHandle<()>>,
}

struct Seen {
    screen: vt100::Parser,
    bytes: Vec<u8>,
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

fn at_least_one(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap_or(NonZeroU16::MIN)
}

impl Terminal {
    /// Starts a command in a terminal of so many columns and rows.
    pub(crate) fn start(command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
        let pair = native_pty_system().openpty(size(columns, rows)).unwrap();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let tty = pair.master.tty_name().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let screen = vt100::Parser::new(at_least_one(rows), at_least_one(columns), 0);
        let seen = Arc::new(Mutex::new(Seen { screen, bytes: Vec::new() }));
        let closing = Arc::new(AtomicBool::new(false));
        let mut from = pair.master.try_clone_reader().unwrap();
        drop(starting);
        let (sink, stop) = (Arc::clone(&seen), Arc::clone(&closing));
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 16384];
            while let Ok(n @ 1..) = from.read(&mut buffer)
                && !stop.load(Ordering::SeqCst)
            {
                let mut seen = sink.lock().unwrap_or_else(PoisonError::into_inner);
                seen.screen.process(&buffer[..n]);
                seen.bytes.extend_from_slice(&buffer[..n]);
            }
        });
        Self { child, ended: None, keyboard, master: Some(pair.master), tty, seen, closing, reader: Some(reader) }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Types text as it stands.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// Types text if the program still reads it.
    pub(crate) fn try_press(&mut self, keys: &str) -> bool {
        self.keyboard.write_all(keys.as_bytes()).and_then(|()| self.keyboard.flush()).is_ok()
    }

    /// Types bytes, as terminals do that answer or flood.
    pub(crate) fn press_bytes(&mut self, bytes: &[u8]) {
        self.keyboard.write_all(bytes).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// True while the program listens to the mouse.
    pub(crate) fn listens_to_mouse(&self) -> bool {
        self.seen().screen.screen().mouse_protocol_mode() != MouseProtocolMode::None
    }

    /// Pastes text, as a terminal with bracketed paste hands it over.
    pub(crate) fn paste(&mut self, text: &str) {
        assert!(self.seen().screen.screen().bracketed_paste(), "the program did not ask for pastes in brackets");
        self.press(&format!("\x1b[200~{text}\x1b[201~"));
    }

    /// What the screen shows, a line a row.
    pub(crate) fn screen(&self) -> String {
        self.seen().screen.screen().contents()
    }

    /// The row with this text, once there is one: a frame comes in pieces.
    pub(crate) fn row_with(&self, text: &str) -> String {
        let mut row = None;
        self.wait_until(&format!("a row with {text:?}"), |terminal| {
            row = terminal.screen().lines().find(|line| line.contains(text)).map(str::to_owned);
            row.is_some()
        });
        row.unwrap()
    }

    /// The row on which the cursor comes to rest: the selected one.
    pub(crate) fn resting(&self) -> (u16, String) {
        let mut before = None;
        self.wait_until("the cursor to rest", |terminal| {
            let now = terminal.selected();
            let rests = now.is_some() && now == before;
            before = now;
            if !rests {
                // A frame comes in pieces.
                std::thread::sleep(Duration::from_millis(30));
            }
            rests
        });
        before.unwrap()
    }

    /// The row on which the cursor sits at this moment. None while the cursor is hidden.
    pub(crate) fn selected(&self) -> Option<(u16, String)> {
        let seen = self.seen();
        let screen = seen.screen.screen();
        if screen.hide_cursor() {
            return None;
        }
        let (row, _) = screen.cursor_position();
        let text = screen.rows(0, screen.size().1.get()).nth(usize::from(row)).unwrap_or_default();
        Some((row, text))
    }

    /// Everything that was written so far.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.seen().bytes.clone()
    }

    /// Bytes that were typed and not yet read by the program.
    pub(crate) fn unread(&self) -> u64 {
        let tty = rustix::fs::open(&self.tty, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty());
        tty.and_then(rustix::io::ioctl_fionread).unwrap_or(0)
    }

    /// How much was written since it was forgotten last.
    pub(crate) fn written(&self) -> usize {
        self.seen().bytes.len()
    }

    /// Forgets what was written so far; the screen stays.
    pub(crate) fn forget(&self) {
        self.seen().bytes.clear();
    }

    /// True when the program has ended.
    pub(crate) fn has_ended(&mut self) -> bool {
        if self.ended.is_none() {
            self.ended = self.child.try_wait().unwrap();
        }
        self.ended.is_some()
    }

    /// True when the program has stopped since this was asked last.
    pub(crate) fn is_stopped(&self) -> bool {
        let options = WaitIdOptions::STOPPED | WaitIdOptions::NOHANG;
        waitid(WaitId::Pid(self.pid()), options).is_ok_and(|status| status.is_some_and(|status| status.stopped()))
    }

    /// True while the alternate screen is in use.
    pub(crate) fn on_alternate_screen(&self) -> bool {
        self.seen().screen.screen().alternate_screen()
    }

    /// Waits until the terminal is as wanted.
    pub(crate) fn wait_until(&self, what: &str, mut holds: impl FnMut(&Self) -> bool) {
        let came = eventually(|| holds(self));
        assert!(came, "waited in vain for {what}; {}; the screen shows:\n{}", self.fate(), self.screen());
    }

    /// Whether the program runs, for messages.
    fn fate(&self) -> String {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        match waitid(WaitId::Pid(self.pid()), options) {
            Ok(None) => "the program runs".to_owned(),
            Ok(Some(ended)) => {
                format!("the program ended (exit {:?}, signal {:?})", ended.exit_status(), ended.terminating_signal())
            }
            Err(error) => format!("the program has been waited for ({error})"),
        }
    }

    /// Waits until the screen is as wanted.
    pub(crate) fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        self.wait_until(what, |terminal| wanted(&terminal.screen()));
    }

    /// Waits until the screen shows `text`.
    pub(crate) fn wait_for(&self, text: &str) {
        self.wait(text, |screen| screen.contains(text));
    }

    /// Waits until the screen does not show `text` any more.
    pub(crate) fn wait_without(&self, text: &str) {
        self.wait(&format!("the end of {text:?}"), |screen| !screen.contains(text));
    }

    /// Waits until the selected row has `text`.
    pub(crate) fn wait_selected(&self, text: &str) {
        let has = |terminal: &Self| terminal.selected().is_some_and(|(_, row)| row.contains(text));
        self.wait_until(&format!("{text:?} to be selected"), has);
    }

    /// Changes the size of the terminal.
    pub(crate) fn resize(&self, columns: u16, rows: u16) {
        self.seen().screen.screen_mut().set_size(at_least_one(rows), at_least_one(columns));
        self.master.as_ref().unwrap().resize(size(columns, rows)).unwrap();
    }

    /// Sends a signal to the program.
    pub(crate) fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// The program's process.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap()
    }

    /// Waits until the program has stopped, as on Ctrl-Z.
    pub(crate) fn wait_stopped(&self) {
        let options = WaitOptions::UNTRACED | WaitOptions::NOHANG;
        self.wait_until("the program to stop", |terminal| {
            waitpid(Some(terminal.pid()), options).unwrap().is_some_and(|(_, status)| status.stopped())
        });
    }

    /// Takes the terminal away, as closing its window does.
    pub(crate) fn close(&mut self) {
        self.closing.store(true, Ordering::SeqCst);
        // The reader waits for something to read: Ctrl-l has everything drawn again.
        self.press("\x0c");
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        self.keyboard = Box::new(std::io::sink());
        self.master = None;
    }

    /// Waits for the end of the program and of everything on its terminal; gives its exit status.
    pub(crate) fn wait_exit(&mut self) -> u32 {
        let status = self.wait_end();
        // What it wrote last is still on its way through the pty, which ends when nobody has it open any more.
        let came = eventually(|| self.reader.as_ref().is_none_or(JoinHandle::is_finished));
        assert!(came, "the program ended, and something else still has its terminal open");
        status
    }

    /// Waits for the end of the program; gives its exit status. Others may be on its terminal still.
    pub(crate) fn wait_end(&mut self) -> u32 {
        let until = Instant::now() + patience();
        while self.ended.is_none() {
            self.ended = self.child.try_wait().unwrap();
            assert!(Instant::now() < until, "the program did not end; the screen shows:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(2));
        }
        self.ended.as_ref().unwrap().exit_code()
    }

    /// True when the terminal echoes, reads lines and makes signals of keys, as a shell wants it.
    pub(crate) fn is_cooked(&self) -> bool {
        // Without NOCTTY it could become the terminal of the test itself.
        let tty = rustix::fs::open(&self.tty, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty()).unwrap();
        let modes = rustix::termios::tcgetattr(&tty).unwrap().local_modes;
        modes.contains(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG)
    }

    /// What of the terminal is not as it was before the program: raw, alternate screen, cursor, mouse, paste.
    pub(crate) fn not_restored(&self) -> Vec<&'static str> {
        let mut left = Vec::new();
        if !self.is_cooked() {
            left.push("it is raw");
        }
        let seen = self.seen();
        let screen = seen.screen.screen();
        let modes = [
            ("the alternate screen is on", screen.alternate_screen()),
            ("the cursor is hidden", screen.hide_cursor()),
            ("pastes come in brackets", screen.bracketed_paste()),
            ("the mouse is listened to", screen.mouse_protocol_mode() != MouseProtocolMode::None),
        ];
        left.extend(modes.into_iter().filter_map(|(what, on)| on.then_some(what)));
        left
    }

    /// Fails unless the terminal is as it was before the program.
    pub(crate) fn assert_restored(&self) {
        assert_eq!(self.not_restored(), [""; 0], "the terminal was not given back; it shows:\n{}", self.screen());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.ended.is_none() {
            kill_process(self.pid(), Signal::KILL).ok();
            self.child.wait().ok();
        }
    }
}
