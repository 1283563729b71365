//! F1 and F2: kill -9 at any moment of a poll, a mark, a save, a note and an edit of the config, by key and by shell: what the
//! screen or the shell said was done is done, nothing is there twice or in half, and the next start asks nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use rustix::process::Signal;

use crate::newsroom::title;
use crate::place::{Place, USUAL};
use crate::replay::Dice;
use crate::support::server::{Reply, TestServer};
use crate::terminal::Terminal;
use crate::times;

/// Kills of each of the two tests; `TIDINGS_TEST_KILLS` sets another number.
const KILLS: usize = 20;
/// Items in each document: a feed's articles are stored all or none.
const ITEMS: u32 = 12;
const FEEDS: u32 = 3;

/// What is promised of an article. None: nothing, because a key was pressed whose outcome was not awaited.
#[derive(Debug, Clone, Default)]
struct Promise {
    saved: Option<bool>,
    read: Option<bool>,
    notes: Vec<String>,
}

struct Library {
    place: Place,
    _server: TestServer,
    /// How much news is out.
    editions: Arc<AtomicU32>,
    promises: BTreeMap<String, Promise>,
    /// The name of the first feed; two while it is being renamed.
    names: Vec<String>,
    dice: Dice,
    /// How long a poll takes, and how long another command, so that kills fall into their middle.
    poll: Duration,
    command: Duration,
    marks: usize,
}

fn document(feed: u32, edition: u32) -> String {
    let first = feed * 100_000 + edition * ITEMS;
    let items = (first..first + ITEMS).fold(String::new(), |mut items, n| {
        let (day, hour) = (1 + n / 24 % 28, n % 24);
        write!(
            items,
            "<item><title>{}</title><link>https://ledger.example/{n}</link><guid isPermaLink=\"false\">ledger-{n}</guid>\
             <pubDate>{day:02} May 2026 {hour:02}:00:00 GMT</pubDate><description>Entry {n}.</description></item>",
            title(n)
        )
        .unwrap();
        items
    });
    format!("<rss version=\"2.0\"><channel><title>Ledger {feed}</title>{items}</channel></rss>")
}

impl Library {
    fn open(seed: u64) -> Self {
        let editions = Arc::new(AtomicU32::new(0));
        let now = Arc::clone(&editions);
        let server = TestServer::start(move |seen| {
            let feed: u32 = seen.path().trim_start_matches("/feed-").parse().unwrap();
            // Slow enough that a poll is mostly under way when it is killed, however fast the machine is just then.
            Reply::ok(document(feed, now.load(Ordering::SeqCst))).after(Duration::from_millis(40))
        });
        let feeds: Vec<String> = (0..FEEDS).map(|n| server.url(&format!("/feed-{n}"))).collect();
        let place = Place::with_feeds(&feeds);
        place.run(&["poll", "--now"]).well();
        editions.store(1, Ordering::SeqCst);
        let began = Instant::now();
        place.run(&["poll", "--now"]).well();
        Self {
            place,
            _server: server,
            editions,
            promises: BTreeMap::new(),
            names: vec!["Feed 0".to_owned()],
            dice: Dice(seed),
            poll: began.elapsed(),
            command: began.elapsed(),
            marks: 0,
        }
    }

    fn start_poll(&self) -> Child {
        self.editions.fetch_add(1, Ordering::SeqCst);
        self.place.start(&["poll", "--now", "--json"])
    }

    /// Waits for some part of `at_most`.
    fn wait(&mut self, at_most: Duration) {
        std::thread::sleep(at_most.mul_f64(self.dice.below(1000) as f64 / 1000.0));
    }

    /// Kills a process; true when it had not ended by itself.
    fn kill(child: &mut Child) -> bool {
        let running = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        running
    }

    /// A command other than a poll, killed likewise.
    fn command_is_killed(&mut self, arguments: &[&str]) -> bool {
        let mut command = self.place.start(arguments);
        self.wait(self.command);
        let running = Self::kill(&mut command);
        self.command = self.command.mul_f64(if running { 1.1 } else { 0.8 });
        running
    }

    /// A poll, killed anywhere from its start to a little after its end.
    fn poll_is_killed(&mut self) -> bool {
        let mut poll = self.start_poll();
        self.wait(self.poll);
        let running = Self::kill(&mut poll);
        self.poll = self.poll.mul_f64(if running { 1.1 } else { 0.8 });
        running
    }

    fn promise(&mut self, title: &str) -> &mut Promise {
        self.promises.entry(title.to_owned()).or_default()
    }

    /// Some keys whose outcome is seen, one whose outcome is not, and the kill.
    fn desk_is_killed(&mut self) {
        let mut desk = self.place.desk(USUAL);
        desk.wait("the desk", |screen| screen.contains("? help") && screen.contains("●"));
        let down = self.dice.below(8);
        desk.press(&"j".repeat(down));
        let place = format!(" {}/", down + 1);
        desk.wait("the row", |screen| screen.lines().any(|line| line.starts_with(&place)));
        // A frame comes in pieces: the cursor may rest elsewhere for a moment.
        let mut row = String::new();
        desk.wait_until("an article to be selected", |desk| {
            row = desk.resting().1;
            ["Item ", "Walkout "].iter().any(|title| row.contains(title))
        });
        let (title, mut saved, mut read) = self.state(&row);
        let start: String = title.chars().take(18).collect();
        let mut noted = false;
        for _ in 0..=self.dice.below(2) {
            // One note at most: the words for a second one are those that the screen still has for the first.
            match self.dice.below(if noted { 2 } else { 3 }) {
                0 => {
                    saved = !saved;
                    desk.press("s");
                    desk.wait_for(&format!("✓ {}: {start}", if saved { "saved" } else { "no longer saved" }));
                    self.promise(&title).saved = Some(saved);
                }
                1 => {
                    read = !read;
                    desk.press("m");
                    desk.wait_for(&format!("✓ marked {}: {start}", if read { "read" } else { "unread" }));
                    self.promise(&title).read = Some(read);
                }
                _ => {
                    noted = true;
                    let words = format!("note{}", self.marks);
                    write_note(&mut desk, &words);
                    desk.wait_for(&format!("✓ noted: {start}"));
                    self.promise(&title).notes.push(words);
                }
            }
            self.marks += 1;
        }
        match self.dice.below(4) {
            0 => {
                desk.press("s");
                self.promise(&title).saved = None;
            }
            1 => {
                desk.press("m");
                self.promise(&title).read = None;
            }
            // Neither the old note nor the new one may be cut.
            2 => write_note(&mut desk, "unawaited"),
            _ => {}
        }
        self.wait(Duration::from_millis(25));
        desk.signal(Signal::KILL);
        desk.wait_exit();
    }

    /// The title of the article on a row, and whether it is saved and read.
    fn state(&self, row: &str) -> (String, bool, bool) {
        let connection = self.place.connection();
        let mut all = connection.prepare("SELECT title, saved, read FROM article").unwrap();
        let rows = all.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
        let found = rows.map(Result::unwrap).find(|(title, ..): &(String, bool, bool)| row.contains(title.as_str()));
        found.unwrap_or_else(|| panic!("no article is on {row:?}"))
    }

    /// A mark by shell: killed at any moment, or acknowledged by its exit.
    fn shell_is_killed(&mut self) -> bool {
        let all = self.place.list(&["--unread"]);
        let article = &all[self.dice.below(all.len())];
        let title = article["title"].as_str().unwrap().to_owned();
        let running = self.command_is_killed(&["mark", "save", &article["id"].to_string()]);
        // What was there before stays as it was; what was under way may be there or not.
        if !running {
            self.promise(&title).saved = Some(true);
            self.marks += 1;
        } else if self.promise(&title).saved == Some(false) {
            self.promise(&title).saved = None;
        }
        running
    }

    /// An edit of the config: likewise.
    fn edit_is_killed(&mut self, round: usize) -> bool {
        let name = format!("Ledger {round}");
        let before = self.names[0].clone();
        let running = self.command_is_killed(&["feed", "rename", &before, &name]);
        if running {
            self.names.push(name);
        } else {
            self.names = vec![name];
        }
        running
    }

    fn check(&mut self, round: usize) {
        let what = format!("after kill {round}");
        let config = self.place.config_text();
        let named: Vec<String> =
            self.names.iter().filter(|name| config.contains(&format!("\"{name}\""))).cloned().collect();
        assert_eq!(named.len(), 1, "{what}: the config is old or new: {config}");
        self.names = named;
        assert_eq!(config.matches("[[feeds]]").count(), FEEDS as usize, "{what}: {config}");

        // The next start works at once.
        let articles = self.place.list(&["is:saved OR has:note OR is:unread"]);
        assert_eq!(self.place.integrity(), "ok", "{what}");
        let found: BTreeMap<&str, &serde_json::Value> =
            articles.iter().map(|article| (article["title"].as_str().unwrap(), article)).collect();
        for (title, promise) in &self.promises {
            let article = found.get(title.as_str());
            let is = |field: &str| article.map(|article| article[field] == true);
            assert!(
                promise.saved.is_none_or(|saved| is("saved").unwrap_or(false) == saved),
                "{what}: {title}, {promise:?}"
            );
            assert!(promise.read.is_none_or(|read| is("read").unwrap_or(true) == read), "{what}: {title}, {promise:?}");
            let note = article.and_then(|article| article["note"].as_str()).unwrap_or_default();
            for words in &promise.notes {
                assert!(note.contains(words), "{what}: {title}, {promise:?}, the note is {note:?}");
            }
        }
        self.check_rows(&what);
    }

    fn check_rows(&self, what: &str) {
        let connection = self.place.connection();
        let number = |sql: &str| -> i64 { connection.query_row(sql, [], |row| row.get(0)).unwrap() };
        assert_eq!(number("SELECT count(*) - count(DISTINCT title) FROM article"), 0, "{what}: nothing is there twice");
        let partly =
            format!("SELECT count(*) FROM (SELECT 1 FROM article GROUP BY feed HAVING count(*) % {ITEMS} <> 0)");
        assert_eq!(number(&partly), 0, "{what}: a feed's articles are stored all or none");
        let without_text = "SELECT count(*) FROM article WHERE id NOT IN (SELECT article FROM article_text)";
        assert_eq!(number(without_text), 0, "{what}: half articles");
        let counted =
            "SELECT c.articles - count(a.id) + 1000 * (c.unread - sum(1 - a.read)) + 1000000 * (c.saved - sum(a.saved))
                       FROM counter c, article a WHERE c.kind = 0";
        assert_eq!(number(counted), 0, "{what}: counters agree with their rows");
    }
}

fn write_note(desk: &mut Terminal, words: &str) {
    desk.press("c");
    desk.wait_for("─ Note ·");
    desk.paste(&format!(" {words}"));
    desk.wait_for(words);
    desk.press("\x13");
}

#[test]
fn f01_kill_during_a_poll() {
    let mut library = Library::open(7);
    let (mut kills, mut polls, mut inside) = (0, 0, 0);
    let wanted = times("TIDINGS_TEST_KILLS", KILLS);
    while kills < wanted {
        // Every third time a desk is open and is killed too.
        let beside = kills % 3 == 2;
        let mut poll = beside.then(|| library.start_poll());
        if let Some(poll) = &mut poll {
            library.desk_is_killed();
            inside += usize::from(Library::kill(poll));
            kills += 2;
        } else {
            inside += usize::from(library.poll_is_killed());
            kills += 1;
        }
        polls += 1;
        library.check(kills);
    }
    assert!(inside * 3 >= polls, "only {inside} of {polls} polls were killed before they had ended by themselves");
    finish(&library, kills, inside);
}

#[test]
fn f02_kill_during_a_mark_a_note_or_an_edit_of_the_config() {
    let mut library = Library::open(11);
    let (wanted, mut inside) = (times("TIDINGS_TEST_KILLS", KILLS), 0);
    for kill in 1..=wanted {
        match kill % 4 {
            0 => inside += usize::from(library.edit_is_killed(kill)),
            1 => inside += usize::from(library.shell_is_killed()),
            _ => library.desk_is_killed(),
        }
        library.check(kill);
    }
    finish(&library, wanted, inside);
}

/// The library is as good as ever: the last news comes, all of it can be found, nothing that is kept is wrong.
fn finish(library: &Library, kills: usize, inside: usize) {
    library.place.run(&["poll", "--now"]).well();
    library.check_rows("at the end");
    let checked = library.place.run(&["doctor", "--json"]);
    assert!(checked.out.contains("the database is sound"), "{checked:?}");
    let all = library.place.list(&[]).len();
    assert_eq!(library.place.list(&["item OR walkout"]).len(), all, "the text index has everything");
    println!(
        "{kills} kills, {inside} of the commands in the middle: 0 of {} acknowledged marks lost, 0 corrupt databases, 0 of \
         {all} articles twice",
        library.marks
    );
}
