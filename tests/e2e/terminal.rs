//! A terminal for the real binary: a pty, a screen made of what it writes, and keys typed into it.

use std::io::{Read, Write};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::LocalModes;

/// How long a condition may take; slow machines set `TIDINGS_TEST_SECONDS`.
fn patience() -> Duration {
    let seconds = std::env::var("TIDINGS_TEST_SECONDS").ok().and_then(|text| text.parse().ok()).unwrap_or(30);
    Duration::from_secs(seconds)
}

/// The program in its terminal.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    master: Option<Box<dyn MasterPty + Send>>,
    tty: std::path::PathBuf,
    seen: Arc<Mutex<Seen>>,
}

struct Seen {
    screen: vt100::Parser,
    bytes: Vec<u8>,
}

impl Terminal {
    /// Starts `tidings --dir DIR ARGS` in a terminal of `rows` by `columns`.
    pub fn start(dir: &Path, args: &[&str], (columns, rows): (u16, u16), env: &[(&str, &str)]) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_tidings"));
        command.env_clear();
        command.cwd(dir);
        command.args(["--dir".as_ref(), dir.as_os_str()]);
        command.args(args);
        let home = dir.to_string_lossy();
        let fixed = [
            ("HOME", home.as_ref()),
            ("PATH", "/usr/bin:/bin"),
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("TZ", "UTC"),
        ];
        for (name, value) in fixed.iter().chain(env) {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let tty = pair.master.tty_name().unwrap();
        let keyboard = pair.master.take_writer().unwrap();
        let seen = Arc::new(Mutex::new(Seen { screen: vt100::Parser::new(rows, columns, 0), bytes: Vec::new() }));
        let mut reader = pair.master.try_clone_reader().unwrap();
        let sink = Arc::clone(&seen);
        std::thread::spawn(move || {
            let mut buffer = [0; 16384];
            while let Ok(n @ 1..) = reader.read(&mut buffer) {
                let mut seen = sink.lock().unwrap_or_else(PoisonError::into_inner);
                seen.screen.process(&buffer[..n]);
                seen.bytes.extend_from_slice(&buffer[..n]);
            }
        });
        Self { child, keyboard, master: Some(pair.master), tty, seen }
    }

    /// Types text as it stands.
    pub fn type_keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
        self.keyboard.flush().unwrap();
    }

    /// What the screen shows, a line a row.
    pub fn screen(&self) -> String {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).screen.screen().contents()
    }

    /// Everything that was written so far.
    pub fn bytes(&self) -> Vec<u8> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).bytes.clone()
    }

    /// True while the alternate screen is in use.
    pub fn on_alternate_screen(&self) -> bool {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).screen.screen().alternate_screen()
    }

    /// Waits until the screen is as wanted.
    pub fn wait(&self, what: &str, wanted: impl Fn(&str) -> bool) {
        let until = Instant::now() + patience();
        while !wanted(&self.screen()) {
            assert!(Instant::now() < until, "waited in vain for {what}; the screen shows:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until the screen shows `text`.
    pub fn wait_for(&self, text: &str) {
        self.wait(text, |screen| screen.contains(text));
    }

    /// Changes the size of the terminal.
    pub fn resize(&self, columns: u16, rows: u16) {
        self.seen
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .screen
            .screen_mut()
            .set_size(rows.max(1), columns.max(1));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    /// Sends a signal to the program.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    /// The program's process.
    pub fn pid(&self) -> Pid {
        Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap()
    }

    /// Takes the terminal away, as closing its window does.
    pub fn close(&mut self) {
        self.keyboard = Box::new(std::io::sink());
        self.master = None;
    }

    /// Waits for the end of the program.
    pub fn wait_exit(&mut self) -> ExitStatus {
        let until = Instant::now() + patience();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                // What it wrote last is still on its way through the pty.
                std::thread::sleep(Duration::from_millis(50));
                return status;
            }
            assert!(Instant::now() < until, "the program did not end; the screen shows:\n{}", self.screen());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// True when the terminal echoes and reads lines, as a shell wants it.
    pub fn is_cooked(&self) -> bool {
        let tty = std::fs::File::open(&self.tty).unwrap();
        let modes = rustix::termios::tcgetattr(&tty).unwrap().local_modes;
        modes.contains(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG)
    }

    /// Fails unless the terminal is as it was before the program: cooked, main screen, cursor shown, mouse and paste off.
    pub fn assert_restored(&self) {
        assert!(self.is_cooked(), "the terminal is still raw");
        assert!(!self.on_alternate_screen(), "the alternate screen is still on");
        let bytes = self.bytes();
        let last = |on: &str, off: &str| {
            let find = |text: &str| bytes.windows(text.len()).rposition(|w| w == text.as_bytes());
            (find(on), find(off))
        };
        for (on, off) in [("\x1b[?25l", "\x1b[?25h"), ("\x1b[?1000h", "\x1b[?1000l"), ("\x1b[?2004h", "\x1b[?2004l")] {
            let (on_at, off_at) = last(on, off);
            assert!(on_at.is_none() || off_at > on_at, "{on:?} was not taken back");
        }
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
