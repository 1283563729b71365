//! A host that drops every attempt to connect, as one behind a network that is not there.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::timeout;

/// A connection on the loopback that is not there by now is not coming.
const NOT_COMING: Duration = Duration::from_millis(300);

/// A listening socket that accepts nobody and whose queue is full.
pub struct SilentHost {
    address: SocketAddr,
    _listener: TcpListener,
    _queued: Vec<TcpStream>,
}

impl SilentHost {
    /// On a free port of 127.0.0.1.
    pub async fn start() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind("127.0.0.1:0".parse().expect("an address")).expect("a loopback port");
        let listener = socket.listen(1).expect("a socket that is bound");
        let address = listener.local_addr().expect("a bound socket has an address");
        let mut queued = Vec::new();
        while let Ok(connected) = timeout(NOT_COMING, TcpStream::connect(address)).await {
            queued.push(connected.expect("the queue has room"));
            assert!(queued.len() < 64, "the queue is never full");
        }
        Self { address, _listener: listener, _queued: queued }
    }

    /// `http://127.0.0.1:<port>` and the path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }
}
