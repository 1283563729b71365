//! A small HTTP/1.1 server on the loopback for tests: a closure answers, a log remembers byte for byte what was asked.
//!
//! ```ignore
//! let server = TestServer::start(|seen| match seen.path() {
//!     "/feed" => Reply::ok("<rss/>").header("ETag", "\"1\""),
//!     _ => Reply::status(404),
//! });
//! let url = server.url("/feed");          // http://127.0.0.1:40213/feed
//! server.seen()[0].header("User-Agent");  // Some(b"tidings/...")
//! ```

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// No connection waits longer for a peer that says nothing.
const IDLE: Duration = Duration::from_mins(1);
/// The longest request head or body that is read.
const MAX_REQUEST: usize = 1 << 20;

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Number of the request on this server, from 0.
    pub number: usize,
    /// `GET`.
    pub method: String,
    /// Request target: path and query, or the absolute form when the server plays a proxy.
    pub target: String,
    /// Headers in order; values byte for byte.
    pub headers: Vec<(String, Vec<u8>)>,
    /// Request body.
    pub body: Vec<u8>,
    /// When the head was complete.
    pub started: Instant,
    /// Just before the last bytes of the answer were sent (so that a client that waits its turn never overlaps).
    pub ended: Option<Instant>,
}

impl Seen {
    /// The first header of this name (any case).
    pub fn header(&self, name: &str) -> Option<&[u8]> {
        self.headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_slice())
    }

    /// As [`Self::header`], as text; empty when it is not there.
    pub fn text(&self, name: &str) -> String {
        String::from_utf8_lossy(self.header(name).unwrap_or_default()).into_owned()
    }

    /// The target without its query.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Framing {
    /// `Content-Length`; the connection is kept.
    Length,
    /// `Transfer-Encoding: chunked`; the connection is kept.
    Chunked,
    /// `Content-Length` claims this much, then the connection closes.
    Claimed(u64),
    /// Chunked, but closed before the last chunk.
    ChunkedCut,
    /// The body is everything, status line included; then the connection closes.
    Raw,
}

/// What to answer. Made by [`Reply::ok`] and its sisters, changed by the methods.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(String, Vec<u8>)>,
    body: Vec<u8>,
    framing: Framing,
    before: Duration,
    drip: Option<(usize, Duration)>,
    hang_after: bool,
}

impl Reply {
    /// 200 with a body.
    pub fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body: body.into(),
            framing: Framing::Length,
            before: Duration::ZERO,
            drip: None,
            hang_after: false,
        }
    }

    /// A status without a body.
    pub fn status(status: u16) -> Self {
        Self { status, ..Self::ok(Vec::new()) }
    }

    /// A redirect.
    pub fn redirect(status: u16, location: impl Into<Vec<u8>>) -> Self {
        Self::status(status).header("Location", location)
    }

    /// Everything on the wire, status line included; then the connection closes. Empty: closed without an answer.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { framing: Framing::Raw, ..Self::ok(bytes) }
    }

    /// The request is read and never answered.
    pub fn hang() -> Self {
        Self::raw(Vec::new()).then_hang()
    }

    /// Adds a header; the value goes out byte for byte.
    pub fn header(mut self, name: &str, value: impl Into<Vec<u8>>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The same answer with `name` replaced by `by` in its headers and in a body that is short and text.
    pub fn with(mut self, name: &str, by: &str) -> Self {
        let replaced = |bytes: Vec<u8>| match String::from_utf8(bytes) {
            Ok(text) if text.len() < 1 << 16 => text.replace(name, by).into_bytes(),
            Ok(text) => text.into_bytes(),
            Err(error) => error.into_bytes(),
        };
        self.body = replaced(self.body);
        self.headers = self.headers.into_iter().map(|(header, value)| (header, replaced(value))).collect();
        self
    }

    /// The same answer under another status.
    pub fn answered(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Waits before the status line.
    pub fn after(mut self, wait: Duration) -> Self {
        self.before = wait;
        self
    }

    /// Sends the body `bytes` at a time with a pause after each piece.
    pub fn drip(mut self, bytes: usize, pause: Duration) -> Self {
        self.drip = Some((bytes.max(1), pause));
        self
    }

    /// Sends the body chunked.
    pub fn chunked(mut self) -> Self {
        self.framing = Framing::Chunked;
        self
    }

    /// Announces `length` bytes, sends the body, closes.
    pub fn claims(mut self, length: u64) -> Self {
        self.framing = Framing::Claimed(length);
        self
    }

    /// Sends the body chunked and closes without the last chunk.
    pub fn chunked_cut(mut self) -> Self {
        self.framing = Framing::ChunkedCut;
        self
    }

    /// Keeps the connection open and silent after the body, until the client leaves or the server is dropped.
    pub fn then_hang(mut self) -> Self {
        self.hang_after = true;
        self
    }
}

type Routes = dyn Fn(&Seen) -> Reply + Send + Sync;

#[derive(Default)]
struct Log {
    seen: Vec<Seen>,
    active: HashMap<String, usize>,
    most: HashMap<String, usize>,
    open: Vec<TcpStream>,
}

struct Shared {
    routes: Box<Routes>,
    log: Mutex<Log>,
    changed: Condvar,
    stop: AtomicBool,
}

impl Shared {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The server; it stops when dropped.
pub struct TestServer {
    address: SocketAddr,
    shared: Arc<Shared>,
}

impl TestServer {
    /// Listens on a free port of 127.0.0.1. `routes` runs on the connection's thread.
    pub fn start(routes: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_on("127.0.0.1:0", routes)
    }

    /// As [`Self::start`] on an address of its own, such as `127.0.1.7:0` for another host.
    pub fn start_on(address: &str, routes: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(address).expect("a loopback port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let shared = Arc::new(Shared {
            routes: Box::new(routes),
            log: Mutex::default(),
            changed: Condvar::new(),
            stop: AtomicBool::new(false),
        });
        let accepting = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming() {
                if accepting.stop.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let shared = Arc::clone(&accepting);
                thread::spawn(move || {
                    let _ = serve(&shared, stream);
                });
            }
        });
        Self { address, shared }
    }

    /// `http://127.0.0.1:<port>` and the path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Every request so far, in order of arrival.
    pub fn seen(&self) -> Vec<Seen> {
        self.shared.log().seen.clone()
    }

    /// Requests so far for this path.
    pub fn count(&self, path: &str) -> usize {
        self.shared.log().seen.iter().filter(|seen| seen.path() == path).count()
    }

    /// The most requests that were being answered at once, over all `Host` headers.
    pub fn most_at_once(&self) -> usize {
        self.shared.log().most.get("").copied().unwrap_or_default()
    }

    /// The same for one `Host` header, port included.
    pub fn most_at_once_for(&self, host: &str) -> usize {
        self.shared.log().most.get(host).copied().unwrap_or_default()
    }

    /// Waits until `condition` holds of the log, at most 30 seconds; gives whether it does.
    pub fn wait_until(&self, mut condition: impl FnMut(&[Seen]) -> bool) -> bool {
        let log = self.shared.log();
        let waiting = self.shared.changed.wait_timeout_while(log, Duration::from_secs(30), |log| !condition(&log.seen));
        !waiting.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        for stream in &self.shared.log().open {
            let _ = stream.shutdown(Shutdown::Both);
        }
        // Wakes the accepting thread, which then sees that it should stop.
        let _ = TcpStream::connect(self.address);
    }
}

fn serve(shared: &Shared, mut stream: TcpStream) -> std::io::Result<()> {
    stream.set_read_timeout(Some(IDLE))?;
    stream.set_write_timeout(Some(IDLE))?;
    stream.set_nodelay(true)?;
    shared.log().open.push(stream.try_clone()?);
    let mut left = Vec::new();
    while let Some((seen, host)) = receive(shared, &mut stream, &mut left)? {
        let reply = (shared.routes)(&seen);
        let answered = answer(shared, &mut stream, &reply, seen.number, &host);
        // An answer that broke off has ended too; the second call for one request does nothing.
        end(shared, seen.number, &host);
        if !answered? {
            break;
        }
    }
    stream.shutdown(Shutdown::Both)
}

/// Reads one request and logs it; none when the peer has left.
fn receive(shared: &Shared, stream: &mut TcpStream, left: &mut Vec<u8>) -> std::io::Result<Option<(Seen, String)>> {
    let head_end = loop {
        if let Some(at) = left.windows(4).position(|four| four == b"\r\n\r\n") {
            break at;
        }
        if !read_more(stream, left)? {
            return Ok(None);
        }
    };
    let head: Vec<u8> = left.drain(..head_end + 4).collect();
    let mut lines = head.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let first = String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let mut words = first.split(' ').map(str::to_owned);
    let headers: Vec<(String, Vec<u8>)> = lines
        .filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            Some((String::from_utf8_lossy(&line[..colon]).into_owned(), line[colon + 1..].trim_ascii().to_vec()))
        })
        .collect();
    let mut seen = Seen {
        number: 0,
        method: words.next().unwrap_or_default(),
        target: words.next().unwrap_or_default(),
        headers,
        body: Vec::new(),
        started: Instant::now(),
        ended: None,
    };
    let length: usize = seen.text("Content-Length").parse().unwrap_or(0);
    while left.len() < length {
        if !read_more(stream, left)? {
            return Ok(None);
        }
    }
    seen.body = left.drain(..length).collect();
    let host = seen.text("Host");
    let mut log = shared.log();
    seen.number = log.seen.len();
    log.seen.push(seen.clone());
    for key in [host.as_str(), ""] {
        let active = log.active.entry(key.to_owned()).or_default();
        *active += 1;
        let active = *active;
        let most = log.most.entry(key.to_owned()).or_default();
        *most = active.max(*most);
    }
    drop(log);
    shared.changed.notify_all();
    Ok(Some((seen, host)))
}

fn read_more(stream: &mut TcpStream, into: &mut Vec<u8>) -> std::io::Result<bool> {
    let mut piece = [0; 4096];
    let read = stream.read(&mut piece)?;
    into.extend_from_slice(&piece[..read]);
    Ok(read > 0 && into.len() <= MAX_REQUEST)
}

fn end(shared: &Shared, number: usize, host: &str) {
    let mut log = shared.log();
    if log.seen[number].ended.is_some() {
        return;
    }
    log.seen[number].ended = Some(Instant::now());
    for key in [host, ""] {
        if let Some(active) = log.active.get_mut(key) {
            *active = active.saturating_sub(1);
        }
    }
    drop(log);
    shared.changed.notify_all();
}

/// Gives whether the connection may be used again.
fn answer(shared: &Shared, stream: &mut TcpStream, reply: &Reply, number: usize, host: &str) -> std::io::Result<bool> {
    thread::sleep(reply.before);
    let mut head = Vec::new();
    if reply.framing != Framing::Raw {
        head.extend_from_slice(format!("HTTP/1.1 {} Answer\r\n", reply.status).as_bytes());
        for (name, value) in &reply.headers {
            head.extend_from_slice(name.as_bytes());
            head.extend_from_slice(b": ");
            head.extend_from_slice(value);
            head.extend_from_slice(b"\r\n");
        }
        match reply.framing {
            Framing::Length if reply.status == 304 => {}
            Framing::Length => head.extend_from_slice(format!("Content-Length: {}\r\n", reply.body.len()).as_bytes()),
            Framing::Claimed(length) => head.extend_from_slice(format!("Content-Length: {length}\r\n").as_bytes()),
            Framing::Chunked | Framing::ChunkedCut => head.extend_from_slice(b"Transfer-Encoding: chunked\r\n"),
            Framing::Raw => {}
        }
        head.extend_from_slice(b"\r\n");
    }
    let (size, pause) = reply.drip.unwrap_or((reply.body.len().max(1), Duration::ZERO));
    let chunked = matches!(reply.framing, Framing::Chunked | Framing::ChunkedCut);
    let mut pieces: Vec<Vec<u8>> = vec![head];
    for piece in reply.body.chunks(size) {
        let mut out = Vec::new();
        if chunked {
            out.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        }
        out.extend_from_slice(piece);
        if chunked {
            out.extend_from_slice(b"\r\n");
        }
        pieces.push(out);
    }
    if reply.framing == Framing::Chunked {
        pieces.push(b"0\r\n\r\n".to_vec());
    }
    let last = pieces.len() - 1;
    for (index, piece) in pieces.iter().enumerate() {
        if index == last && !reply.hang_after {
            end(shared, number, host);
        }
        stream.write_all(piece)?;
        if index > 0 && index < last {
            thread::sleep(pause);
        }
    }
    if reply.hang_after {
        let mut piece = [0; 512];
        while stream.read(&mut piece)? > 0 {}
    }
    Ok(matches!(reply.framing, Framing::Length | Framing::Chunked))
}
