//! Random keys, pastes, mouse events and sizes, typed into the real binary while a hundred feeds are polled: it never
//! panics, always finds back, and its memory stays flat. `TIDINGS_KEYS_SECONDS` makes it longer than the few seconds of a
//! usual run, `TIDINGS_KEYS_SEED` types something else.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::newsroom::title;
use crate::place::Place;
use crate::support::server::{Reply, TestServer};
use crate::terminal::{Terminal, eventually};

const FEEDS: u32 = 100;
/// Articles that a feed has in all, and in one document: each poll brings another part of them.
const ARTICLES: u32 = 48;
const AT_ONCE: u32 = 12;
/// Memory is measured against what it was after so long.
const WARM_UP: Duration = Duration::from_mins(1);

/// A hundred feeds; anything else is a page of some text, or nothing.
fn newsroom() -> TestServer {
    let polls: Mutex<HashMap<u32, u32>> = Mutex::default();
    TestServer::start(move |seen| {
        let Some(feed) = seen.path().strip_prefix("/feed-").and_then(|n| n.parse::<u32>().ok()) else {
            return if seen.path() == "/" { Reply::ok("<p>A page of the harbour.</p>") } else { Reply::status(404) };
        };
        let mut polls = polls.lock().unwrap_or_else(PoisonError::into_inner);
        let poll = polls.entry(feed).or_default();
        *poll += 1;
        match (feed + *poll) % 17 {
            0 => Reply::status(503),
            1 => Reply::ok("<rss><channel><item><title>cut o"),
            _ => Reply::ok(document(feed, *poll)),
        }
    })
}

fn document(feed: u32, poll: u32) -> String {
    let mut text = format!("<rss version=\"2.0\"><channel><title>Wire {feed}</title>");
    for n in 0..AT_ONCE {
        let number = feed * 1_000 + (poll * 3 + n) % ARTICLES;
        write!(
            text,
            "<item><title>{}</title><link>https://wire.example/{number}</link><guid>{number}</guid>\
             <category>{}</category><description><![CDATA[<h2>港口 {number}</h2><p>{} <a href=\"https://a.example/{number}\">\
             of it</a>.</p><table><tr><td>TEU<td>{number}</table><img src=\"/p.png\" alt=\"A quay\"><pre>a\tb</pre>]]>\
             </description><enclosure url=\"https://wire.example/{number}.mp3\" type=\"audio/mpeg\" length=\"9\"/></item>",
            title(number),
            if n % 2 == 0 { "Ports" } else { "Air cargo" },
            "All of it is told at length here. ".repeat(number as usize % 40),
        )
        .unwrap();
    }
    text + "</channel></rss>"
}

/// What is not on this machine leads to a closed door: random keys type random addresses too.
fn config(server: &TestServer) -> String {
    let mut text =
        "keep_days = 0\n[network]\nhost_spacing_ms = 0\nper_host = 8\nproxy = \"http://127.0.0.1:9\"\n[programs]\n\
        browser = [\"/bin/true\"]\neditor = [\"/bin/true\"]\nplayer = [\"/bin/true\"]\n"
            .to_owned();
    for n in 0..FEEDS {
        let url = server.url(&format!("/feed-{n}"));
        write!(text, "[[feeds]]\nname = \"Wire {n}\"\nurl = \"{url}\"\nproxy = \"none\"\npoll_minutes = 5\n").unwrap();
    }
    text
}

/// A small generator with a fixed start (xorshift64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    /// Any key. Those that end the desk come now and then only, or none would be open long enough to tell its memory.
    fn key(&mut self) -> String {
        loop {
            let key = self.any();
            if !matches!(key.as_str(), "q" | "\x03") || self.below(400) == 0 {
                return key;
            }
        }
    }

    /// A key as a terminal sends it, or a mouse event, a paste, or bytes that mean nothing.
    fn any(&mut self) -> String {
        const SPECIAL: [&str; 24] = [
            "\r",
            "\r",
            "\x1b",
            "\t",
            "\x7f",
            "\x1b[A",
            "\x1b[B",
            "\x1b[C",
            "\x1b[D",
            "\x1b[H",
            "\x1b[F",
            "\x1b[5~",
            "\x1b[6~",
            "\x1b[3~",
            "\x1b[2~",
            "\x1b[Z",
            "\x1bOP",
            "\x1b[15~",
            "\x1b[1;5C",
            "\x1b[200~",
            "\x1b[201~",
            "\x1b[I",
            "\x1b[O",
            "é港👩\u{200d}🔧",
        ];
        match self.below(100) {
            0..60 => char::from(b' ' + u8::try_from(self.below(95)).unwrap()).to_string(),
            60..66 => char::from(b'1' + u8::try_from(self.below(9)).unwrap()).to_string(),
            66..69 => "R".to_owned(),
            69..88 => SPECIAL[usize::try_from(self.below(24)).unwrap()].to_owned(),
            88..94 => char::from(1 + u8::try_from(self.below(26)).unwrap()).to_string(),
            94..97 => {
                let (kind, x, y) =
                    ([0, 64, 65, 2, 35][usize::try_from(self.below(5)).unwrap()], self.below(200), self.below(60));
                format!("\x1b[<{kind};{x};{y}{}", if self.below(2) == 0 { 'M' } else { 'm' })
            }
            97 => format!("\x1b{}", char::from(b'a' + u8::try_from(self.below(26)).unwrap())),
            98 => "\x1b[200~pasted\ttext\x1b[31m of\r\ntwo lines\x1b[201~".to_owned(),
            _ => format!("\x1b[{}u\x1b]11;rgb:0/0/0\x07\x1b[?62;c", self.below(300)),
        }
    }
}

/// Resident memory in KiB, where the system tells it.
fn resident(desk: &Terminal) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", desk.pid().as_raw_nonzero())).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().split(' ').next()?.parse().ok()
}

struct Typist {
    place: Place,
    config: String,
    desk: Terminal,
    opened: Instant,
    keys: u64,
    quits: u64,
    stops: u64,
    /// Seconds that the present desk is open, and its memory then, in KiB.
    measured: Vec<(u64, u64)>,
    /// The growth after the warm-up of each desk that was open long enough, in KiB.
    grown: Vec<i64>,
}

impl Typist {
    fn open(&mut self) {
        self.end_measuring();
        std::fs::write(self.place.config(), &self.config).unwrap();
        self.desk = self.place.desk((100, 30));
        self.opened = Instant::now();
        self.desk.wait_for("? help");
    }

    fn end_measuring(&mut self) {
        let warm = self.measured.iter().filter(|(second, _)| *second >= WARM_UP.as_secs());
        let memory: Vec<i64> = warm.map(|(_, memory)| i64::try_from(*memory).unwrap()).collect();
        if memory.len() >= 6 {
            // The middle of the first and of the last third: a poll under way weighs something.
            let middle = |part: &[i64]| {
                let mut part = part.to_vec();
                part.sort_unstable();
                part[part.len() / 2]
            };
            let third = memory.len() / 3;
            self.grown.push(middle(&memory[memory.len() - third..]) - middle(&memory[..third]));
        }
        self.measured.clear();
    }

    /// Types a few keys; whatever they lead to is attended to as a user or a shell would.
    fn burst(&mut self, dice: &mut Dice) {
        if dice.below(25) == 0 {
            let sides = [1, 2, 10, 20, 40, 80, 81, 120, 200];
            let mut side = || sides[usize::try_from(dice.below(9)).unwrap()];
            self.desk.resize(side(), side() / 2);
        }
        let count = 1 + dice.below(16);
        let keys: String = (0..count).map(|_| dice.key()).collect();
        let before = self.desk.written();
        if self.desk.try_press(&keys) {
            self.keys += count;
        }
        // It answers, or there was nothing to answer; no more is typed than it keeps up with.
        let began = Instant::now();
        while self.desk.written() == before && began.elapsed() < Duration::from_millis(20) {
            std::thread::sleep(Duration::from_millis(1));
        }
        self.attend();
    }

    fn attend(&mut self) {
        if self.desk.is_stopped() {
            self.stops += 1;
            self.desk.signal(Signal::CONT);
        }
        if self.desk.has_ended() {
            // A Ctrl-c that was typed while it was stopped, or an editor was open, is an interrupt.
            let status = self.desk.wait_exit();
            assert!(matches!(status, 0 | 130), "it ended with {status}:\n{}", self.desk.screen());
            self.desk.assert_restored();
            self.quits += 1;
            self.open();
        }
        self.desk.forget();
    }

    /// What the system tells of the program, to find out what it waits for.
    fn told_of_it(&self) -> String {
        let process = format!("/proc/{}", self.desk.pid().as_raw_nonzero());
        let mut told = format!("{} bytes unread, stopped {} times", self.desk.unread(), self.stops);
        for entry in std::fs::read_dir(format!("{process}/task")).into_iter().flatten().flatten() {
            let file = |name: &str| std::fs::read_to_string(entry.path().join(name)).unwrap_or_default();
            write!(told, "\n{} {}", file("stat").trim(), file("wchan")).unwrap();
        }
        told
    }

    /// An Esc with something behind it is another key: nothing is typed before it was read.
    fn press_alone(&mut self, key: &str) {
        self.desk.try_press(key);
        eventually(|| {
            self.attend();
            self.desk.unread() == 0
        });
        std::thread::sleep(Duration::from_millis(40));
    }

    /// From wherever it is: some Esc lead to the desk, and `?` shows the help.
    fn finds_back(&mut self) {
        self.desk.resize(100, 30);
        let help = |screen: &str| screen.contains("Keys") && screen.contains("Esc close");
        let came = eventually(|| {
            self.attend();
            if help(&self.desk.screen()) {
                return true;
            }
            // Ctrl-q first: a Ctrl-s that was typed while the terminal was given back holds all output until then.
            for key in ["\x11", "\x1b[201~", "\x1b", "\x1b", "\x1b", "?"] {
                self.press_alone(key);
            }
            help(&self.desk.screen())
        });
        assert!(came, "? shows no help after {} keys; {}\n{}", self.keys, self.told_of_it(), self.desk.screen());
        self.desk.press("\x1b");
        if let Some(memory) = resident(&self.desk) {
            self.measured.push((self.opened.elapsed().as_secs(), memory));
        }
    }
}

#[test]
fn random_keys_while_a_hundred_feeds_are_polled() {
    let number = |name: &str, usual| std::env::var(name).map_or(usual, |text| text.parse::<u64>().unwrap());
    let seconds = Duration::from_secs(number("TIDINGS_KEYS_SECONDS", 8));
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(number("TIDINGS_KEYS_SEED", 1)));
    let server = newsroom();
    let place = Place::empty();
    let config = config(&server);
    std::fs::write(place.config(), &config).unwrap();
    place.run(&["poll", "--now"]);
    let desk = place.desk((100, 30));
    desk.wait_for("? help");
    let (began, measured, grown) = (Instant::now(), Vec::new(), Vec::new());
    let mut typist = Typist { place, config, desk, opened: began, keys: 0, quits: 0, stops: 0, measured, grown };
    let mut told = Instant::now();
    while began.elapsed() < seconds {
        for _ in 0..30 {
            typist.burst(&mut dice);
        }
        typist.finds_back();
        if told.elapsed() > Duration::from_mins(1) {
            told = Instant::now();
            println!("{:>4} s: {} keys, {:?} KiB", began.elapsed().as_secs(), typist.keys, typist.measured.last());
        }
    }
    typist.finds_back();
    let quits = typist.quits;
    let ended = eventually(|| {
        typist.press_alone("\x11");
        typist.press_alone("\x1b");
        typist.press_alone("q");
        typist.quits > quits
    });
    assert!(ended, "q does not end it:\n{}", typist.desk.screen());
    let Typist { place, keys, quits, stops, grown, .. } = typist;
    let polls = server.seen().len();
    println!(
        "{keys} keys, {quits} times ended and opened again, {stops} times stopped, {polls} requests; grown by {grown:?} KiB"
    );
    assert_eq!(place.integrity(), "ok");
    for entry in std::fs::read_dir(place.dir()).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
        assert!(
            path.extension().is_some_and(|ext| ext == "db") || !text.contains("panicked"),
            "{}: {text}",
            path.display()
        );
    }
    assert!(keys > 100 && polls >= 100, "{keys} keys and {polls} requests are no test");
    let most = grown.iter().copied().max().unwrap_or(0);
    assert!(most < 16 * 1024, "memory grew by {most} KiB after the warm-up");
}
