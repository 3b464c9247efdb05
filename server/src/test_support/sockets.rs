//! Requests over real sockets, byte for byte.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Sends these bytes, and says nothing more.
pub(crate) async fn open(address: SocketAddr, bytes: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    // One that is closed at once cannot be written to, which is an answer too.
    let _ = stream.write_all(bytes).await;
    stream
}

/// What comes until the other side closes.
pub(crate) async fn until_closed(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

/// The head of the next answer. The connection stays open.
pub(crate) async fn head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await.unwrap() == 0 {
            break;
        }
        head.extend(byte);
    }
    String::from_utf8_lossy(&head).to_lowercase()
}

/// The whole answer to a request that is the last of its connection.
pub(crate) async fn ask(address: SocketAddr, request: &str) -> String {
    let request = request.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    until_closed(open(address, request.as_bytes()).await).await
}

/// The same for a page.
pub(crate) async fn get(address: SocketAddr, host: &str, path: &str) -> String {
    ask(address, &format!("GET {path} HTTP/1.1\r\nhost: {host}\r\n\r\n")).await
}
