//! TLS on the loopback, and the program that is asked to trust it or not.
//!
//! The certificates of `tests/fixtures/tls` were made with OpenSSL: `ca.pem` signed `good.pem` (for localhost,
//! feed.invalid and 127.0.0.1, until 2120), `expired.pem` (until 2021), `not-yet.pem` (from 2119) and `other-name.pem`
//! (for other.invalid only); `self-signed.pem` signed itself. All have the key of `server-key.pem`, which is good for
//! nothing but these tests. An authority is trusted by the environment of a process, so a process is asked.

#![allow(dead_code, reason = "not every test binary uses all of it")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::Value;
use tempfile::TempDir;
use tokio::net::TcpStream as AsyncStream;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::support::library::config_for;

/// A file of the certificates.
pub(crate) fn certificate(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tls").join(name)
}

/// A server's side of TLS with this certificate, which offers these protocols.
pub(crate) fn server_config(certificate_file: &str, protocols: &[&str]) -> ServerConfig {
    let chain = vec![CertificateDer::from_pem_file(certificate(certificate_file)).unwrap()];
    let key = PrivateKeyDer::from_pem_file(certificate("server-key.pem")).unwrap();
    let mut config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    config
}

/// Puts TLS with this certificate in front of what listens at `behind`; gives where.
pub(crate) fn tls_before(behind: SocketAddr, certificate_file: &str) -> SocketAddr {
    let acceptor = TlsAcceptor::from(Arc::new(server_config(certificate_file, &[])));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    listener.set_nonblocking(true).unwrap();
    thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    // A client that does not like the certificate leaves here.
                    let mut front = acceptor.accept(stream).await?;
                    let mut back = AsyncStream::connect(behind).await?;
                    tokio::io::copy_bidirectional(&mut front, &mut back).await
                });
            }
        });
    });
    address
}

/// The request heads that a proxy read.
pub(crate) type Heads = Arc<Mutex<Vec<String>>>;

/// A proxy that answers every CONNECT by leading to `target`, whatever was asked for; where, and what it was asked.
pub(crate) fn tunnel_to(target: SocketAddr) -> (SocketAddr, Heads) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heads = Heads::default();
    let noted = Arc::clone(&heads);
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let noted = Arc::clone(&noted);
            thread::spawn(move || lead(client, target, &noted));
        }
    });
    (address, heads)
}

fn lead(mut client: TcpStream, target: SocketAddr, heads: &Heads) -> std::io::Result<u64> {
    let mut head = Vec::new();
    let mut byte = [0];
    // Byte by byte: what follows the head is for the target.
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let connects = head.starts_with("CONNECT ");
    heads.lock().unwrap_or_else(PoisonError::into_inner).push(head);
    if !connects {
        client.write_all(b"HTTP/1.1 405 Only CONNECT\r\nContent-Length: 0\r\n\r\n")?;
        return Ok(0);
    }
    client.write_all(b"HTTP/1.1 200 Connected\r\n\r\n")?;
    let mut server = TcpStream::connect(target)?;
    let (mut from_client, mut to_server) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || std::io::copy(&mut from_client, &mut to_server));
    std::io::copy(&mut server, &mut client)
}

/// The program with a library of its own, and whom it trusts.
pub(crate) struct Program {
    home: TempDir,
    trusts: &'static str,
}

/// How polling ended: a record for each address, and all that was printed or written to files, to look for secrets in.
pub(crate) struct Polled {
    records: Vec<Value>,
    pub(crate) said: String,
}

impl Program {
    /// Subscribed to `feeds`, with `network` lines in the config; trusts the authority of the fixtures.
    pub(crate) fn new(feeds: &[String], network: &str) -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("config.toml"), config_for(feeds, network)).unwrap();
        Self { home, trusts: "ca.pem" }
    }

    /// Trusts this certificate and no other.
    pub(crate) fn trusting(self, trusts: &'static str) -> Self {
        Self { trusts, ..self }
    }

    /// Runs the program; gives its standard output and its errors.
    pub(crate) fn run(&self, arguments: &[&str]) -> (String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tidings"));
        command.env_clear().env("HOME", self.home.path()).env("PATH", "/usr/bin:/bin").env("LANG", "C.UTF-8");
        command.env("TIDINGS_DIR", self.home.path()).env("TIDINGS_LOG", "trace").env("TZ", "UTC");
        command.env("SSL_CERT_FILE", certificate(self.trusts)).args(arguments).stdin(Stdio::null());
        let ended = command.output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (text(ended.stdout), text(ended.stderr))
    }

    /// Polls all feeds, and asks afterwards how they are.
    pub(crate) fn poll(&self) -> Polled {
        let (out, err) = self.run(&["poll", "--now", "--json"]);
        let lines = out.lines().map(|line| serde_json::from_str(line).unwrap());
        let records = lines.filter(|record: &Value| record.get("feed").is_some()).collect();
        let (list, list_err) = self.run(&["feed", "list", "--json"]);
        let mut said = format!("{out}\n{err}\n{list}\n{list_err}\n");
        for file in std::fs::read_dir(self.home.path()).unwrap().map(|entry| entry.unwrap().path()) {
            // The config is where the password was written by the user.
            if file.is_file() && file.file_name().is_some_and(|name| name != "config.toml") {
                said.push_str(&String::from_utf8_lossy(&std::fs::read(file).unwrap()));
            }
        }
        Polled { records, said }
    }

    /// How many articles there are.
    pub(crate) fn articles(&self) -> usize {
        self.run(&["list", "--limit", "all", "--json"]).0.lines().count()
    }
}

impl Polled {
    /// The outcome of an address.
    pub(crate) fn outcome(&self, url: &str) -> &str {
        self.record(url)["outcome"].as_str().unwrap()
    }

    /// The words for the failure of an address; they have to hold no control character.
    pub(crate) fn error(&self, url: &str) -> &str {
        let words = self.record(url)["error"].as_str().unwrap_or_else(|| panic!("{url} did not fail: {}", self.said));
        assert!(!words.chars().any(char::is_control), "{words:?}");
        words
    }

    fn record(&self, url: &str) -> &Value {
        // Records name feeds without user and password.
        let shown = url.replace("me:pw@", "");
        let found = self.records.iter().find(|record| record["feed"] == shown.as_str());
        found.unwrap_or_else(|| panic!("no record of {shown}: {}", self.said))
    }
}
