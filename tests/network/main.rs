//! The fetcher against a loopback server that remembers every byte it was asked with.

#[path = "../support/mod.rs"]
mod support;

#[test]
fn smoke() {
    use std::io::{Read, Write};
    let server = support::server::TestServer::start(|seen| support::server::Reply::ok(seen.target.clone()));
    let mut stream = std::net::TcpStream::connect(server.address()).unwrap();
    stream.write_all(b"GET /a?b HTTP/1.1\r\nHost: x\r\nOdd: \xff\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = [0; 128];
    let mut text = Vec::new();
    while !text.ends_with(b"/a?b") {
        let read = stream.read(&mut answer).unwrap();
        assert!(read > 0);
        text.extend_from_slice(&answer[..read]);
    }
    assert_eq!(server.seen()[0].header("odd"), Some(b"\xff".as_slice()));
}
