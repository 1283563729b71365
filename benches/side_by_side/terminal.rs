//! A stopwatch for full-screen programs: a terminal whose every piece of output bears the moment at which it came. What the
//! pieces look like is worked out afterwards, so that the emulator's work is in no figure.

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The size of the terminals, as in the figures that others have taken: rows and columns.
const ROWS: u16 = 40;
const COLUMNS: u16 = 120;

/// After a key, nothing for this long means that the program has drawn all of its answer.
const QUIET: Duration = Duration::from_millis(12);

/// What came from the program, and when.
type Piece = (Instant, Vec<u8>);

/// A program in a terminal.
pub(crate) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    pieces: Receiver<Piece>,
    waiting: VecDeque<Piece>,
    screen: vt100::Parser,
    /// Just before the program was started, or when the last keys were typed.
    clock: Instant,
    /// Open until the end: the program must not lose its terminal before.
    _master: Box<dyn MasterPty + Send>,
}

impl Terminal {
    /// Starts a command; the clock begins just before.
    pub(crate) fn start(argv: &[String], environment: &[(String, String)]) -> Result<Self> {
        let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(argv.first().context("a command has a name")?);
        command.args(argv.iter().skip(1));
        for (key, value) in
            [("TERM", "xterm-256color"), ("COLORTERM", "truecolor"), ("LANG", "C.UTF-8"), ("LC_ALL", "C.UTF-8")]
        {
            command.env(key, value);
        }
        for (key, value) in environment {
            command.env(key, value);
        }
        let clock = Instant::now();
        let child = pair.slave.spawn_command(command)?;
        drop(pair.slave);
        let mut output = pair.master.try_clone_reader()?;
        let (send, pieces) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 1 << 16];
            while let Ok(count @ 1..) = output.read(&mut buffer) {
                let piece = buffer.get(..count).unwrap_or_default().to_vec();
                if send.send((Instant::now(), piece)).is_err() {
                    break;
                }
            }
        });
        let keyboard = pair.master.take_writer()?;
        let screen = vt100::Parser::new(ROWS.try_into()?, COLUMNS.try_into()?, 0);
        Ok(Self { child, keyboard, pieces, waiting: VecDeque::new(), screen, clock, _master: pair.master })
    }

    /// Types keys; the clock begins anew.
    pub(crate) fn press(&mut self, keys: &str) -> Result<()> {
        self.clock = Instant::now();
        self.keyboard.write_all(keys.as_bytes())?;
        self.keyboard.flush()?;
        Ok(())
    }

    /// The screen, a line a row.
    pub(crate) fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Milliseconds on the clock when the screen first was as wanted.
    pub(crate) fn until(&mut self, what: &str, patience: Duration, wanted: impl Fn(&str) -> bool) -> Result<f64> {
        let came = self.watch(patience, |screen| wanted(&screen.contents()));
        match came {
            Some(at) => Ok(self.since_clock(at)),
            None => bail!("waited in vain for {what}; the screen shows:\n{}", self.text()),
        }
    }

    /// Milliseconds from a key to the first change of the list, and to the end of what it caused; none when nothing came.
    pub(crate) fn answer(&mut self, key: &str) -> Result<Option<(f64, f64)>> {
        self.settle(Duration::ZERO);
        let before = picture(self.screen.screen());
        self.press(key)?;
        let Some(changed) = self.watch(Duration::from_secs(5), |screen| picture(screen) != before) else {
            return Ok(None);
        };
        let last = self.settle(QUIET).unwrap_or(changed);
        Ok(Some((self.since_clock(changed), self.since_clock(last.max(changed)))))
    }

    /// Takes in all that comes until nothing came for so long; the moment of the last piece.
    pub(crate) fn settle(&mut self, quiet: Duration) -> Option<Instant> {
        let mut last = None;
        let until = Instant::now() + Duration::from_millis(300) + quiet;
        while Instant::now() < until
            && let Some((at, piece)) = self.next(quiet)
        {
            self.screen.process(&piece);
            last = Some(at);
        }
        last
    }

    /// Reads along for a while without looking.
    pub(crate) fn pass(&mut self, time: Duration) {
        let until = Instant::now() + time;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            if let Some((_, piece)) = self.next(left) {
                self.screen.process(&piece);
            }
        }
    }

    /// The program's process.
    pub(crate) fn process(&self) -> u32 {
        self.child.process_id().unwrap_or_default()
    }

    fn since_clock(&self, at: Instant) -> f64 {
        at.saturating_duration_since(self.clock).as_secs_f64() * 1_000.0
    }

    /// Looks at piece after piece until the screen is as wanted: the moment of that piece.
    fn watch(&mut self, patience: Duration, wanted: impl Fn(&vt100::Screen) -> bool) -> Option<Instant> {
        let until = Instant::now() + patience;
        if wanted(self.screen.screen()) {
            return Some(Instant::now());
        }
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            let (at, piece) = self.next(left)?;
            self.screen.process(&piece);
            if wanted(self.screen.screen()) {
                return Some(at);
            }
        }
        None
    }

    /// The next piece, if one comes in time.
    fn next(&mut self, patience: Duration) -> Option<Piece> {
        while let Ok(piece) = self.pieces.try_recv() {
            self.waiting.push_back(piece);
        }
        if let Some(piece) = self.waiting.pop_front() {
            return Some(piece);
        }
        self.pieces.recv_timeout(patience).ok()
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // A program that has ended already cannot be killed, and that is what is wanted.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Text and looks of the list: all but the first line and the last two, where clocks and counters run.
fn picture(screen: &vt100::Screen) -> Vec<String> {
    let rows: Vec<String> = screen.rows_formatted(0, COLUMNS).collect();
    rows.into_iter().skip(1).take(usize::from(ROWS) - 3).collect()
}
