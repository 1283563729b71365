//! Serves the made-up feeds on loopback addresses, each feed on a host of its own as in life; answers what did not change by
//! 304, and as late as wanted.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// The port in the addresses of the generated feeds.
pub(crate) const PORT: u16 = 8765;

/// The loopback host of a number, counted from 0: 127.0.1.1 and following.
pub(crate) fn host(number: usize) -> Ipv4Addr {
    let [.., high, low] = (number + 1).to_be_bytes();
    Ipv4Addr::new(127, 0, 1_u8.saturating_add(high), low)
}

/// A running server, until it is dropped.
pub(crate) struct Server {
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
    latency_ms: Arc<AtomicU64>,
    counts: Arc<Counts>,
}

/// What was asked and answered since the last look.
#[derive(Default)]
pub(crate) struct Counts {
    whole: AtomicU64,
    unchanged: AtomicU64,
}

/// Path to validator and file. The bodies stay on the disk: hundreds of megabytes in this process would make each start of a
/// program slower, whose clock begins before the fork.
type Files = HashMap<String, (String, PathBuf)>;

impl Server {
    /// Serves the feeds of a directory on so many hosts, and 127.0.0.1.
    pub(crate) fn start(directory: &Path, hosts: usize) -> Result<Self> {
        let mut files = Files::new();
        for entry in std::fs::read_dir(directory)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "xml") {
                let name = path.file_name().context("a feed has a name")?.to_string_lossy().into_owned();
                let length = path.metadata()?.len();
                files.insert(format!("/{name}"), (format!("\"{name}-{length}\""), path));
            }
        }
        let (files, latency_ms, counts) = (Arc::new(files), Arc::new(AtomicU64::new(0)), Arc::new(Counts::default()));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let mut listeners = vec![runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, PORT)))?];
        for address in (0..hosts).map(host) {
            listeners.push(
                runtime.block_on(TcpListener::bind((address, PORT))).with_context(|| format!("{address}:{PORT}"))?,
            );
        }
        let (late, counted) = (Arc::clone(&latency_ms), Arc::clone(&counts));
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            runtime.block_on(async move {
                for listener in listeners {
                    let (files, late, counted) = (Arc::clone(&files), Arc::clone(&late), Arc::clone(&counted));
                    tokio::spawn(async move {
                        while let Ok((stream, _)) = listener.accept().await {
                            tokio::spawn(converse(stream, Arc::clone(&files), Arc::clone(&late), Arc::clone(&counted)));
                        }
                    });
                }
                // Asked to stop, or the server is gone: both are the end.
                drop(stopped.await);
            });
        });
        Ok(Self { stop: Some(stop), thread: Some(thread), latency_ms, counts })
    }

    /// Every answer comes so much later from now on.
    pub(crate) fn set_latency(&self, milliseconds: u64) {
        self.latency_ms.store(milliseconds, Ordering::Relaxed);
    }

    /// How many whole feeds and how many 304 were answered since the last time that this was asked.
    pub(crate) fn take_counts(&self) -> (u64, u64) {
        (self.counts.whole.swap(0, Ordering::Relaxed), self.counts.unchanged.swap(0, Ordering::Relaxed))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// Answers the requests of one connection in turn.
async fn converse(mut stream: TcpStream, files: Arc<Files>, latency_ms: Arc<AtomicU64>, counts: Arc<Counts>) {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        while !head.windows(4).any(|four| four == b"\r\n\r\n") {
            match stream.read(&mut buffer).await {
                Ok(count @ 1..) => head.extend_from_slice(buffer.get(..count).unwrap_or_default()),
                _ => return,
            }
        }
        let text = String::from_utf8_lossy(&head).into_owned();
        head.clear();
        tokio::time::sleep(Duration::from_millis(latency_ms.load(Ordering::Relaxed))).await;
        if stream.write_all(&answer(&text, &files, &counts)).await.is_err() {
            return;
        }
    }
}

fn answer(request: &str, files: &Files, counts: &Counts) -> Vec<u8> {
    let path = request.split(' ').nth(1).unwrap_or_default();
    let none = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    let Some((tag, file)) = files.get(path) else { return none.to_vec() };
    let seen = request
        .lines()
        .any(|line| line.to_ascii_lowercase().starts_with("if-none-match:") && line.contains(tag.as_str()));
    if seen {
        counts.unchanged.fetch_add(1, Ordering::Relaxed);
        return format!("HTTP/1.1 304 Not Modified\r\nETag: {tag}\r\n\r\n").into_bytes();
    }
    let Ok(body) = std::fs::read(file) else { return none.to_vec() };
    counts.whole.fetch_add(1, Ordering::Relaxed);
    let length = body.len();
    let mut whole = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nETag: {tag}\r\nLast-Modified: Mon, 23 Nov 2026 00:00:00 GMT\r\n\
         Content-Length: {length}\r\n\r\n"
    )
    .into_bytes();
    whole.extend_from_slice(&body);
    whole
}
