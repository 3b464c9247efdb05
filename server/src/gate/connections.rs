//! The accept loop: how many connections there are, in all and of one client, and how long each may take over what.
//!
//! When there is no more room, the connection that has waited the longest without a request being done on it makes place; a request is done
//! from when all of it has come. So slow clients lose theirs, and who asks at once is answered.

mod held;
mod room;
#[cfg(test)]
mod tests;

use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::client::Network;
use super::lines::{Lines, Telling};
use crate::chain::chain;
use held::hold;
use room::Room;

/// The most that the head of a request may take, in bytes: ours, with all cookies and a code from an identity provider, take four thousand.
const HEAD: usize = 32 * 1024;

/// The most headers of a request.
const HEADERS: usize = 64;

/// How long to wait when the system gives no descriptor, so that the loop does not spin.
const NO_DESCRIPTOR: Duration = Duration::from_millis(20);

/// How many connections there may be, and what each may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ConnectionRules {
    pub in_all: usize,
    /// Of one network; none where all come from a proxy of our own.
    pub of_one: Option<usize>,
    /// From the first byte of a head, or from the connection's own beginning, to the whole head.
    pub head: Duration,
    /// Without a request. Longer than a proxy in front keeps a connection, so that it is never closed just as a request is sent on it.
    pub idle: Duration,
    /// While an answer is written: without the client taking any of it.
    pub stall: Duration,
    /// After this the next answer is the connection's last.
    pub life: Duration,
    /// After the door is closed: what is not answered by then is cut off.
    pub drain: Duration,
}

/// How far a service has come on its way to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Door {
    Open,
    /// New connections are still taken, and each answer is the last of its connection.
    Leaving,
    /// No more connections are taken, and those that are there end after their request.
    Closed,
}

impl Door {
    /// Done when it is closed, or nobody is left who could close it: that is an end too.
    pub(crate) async fn closed(mut stage: watch::Receiver<Self>) {
        let _ = stage.wait_for(|stage| *stage == Self::Closed).await;
    }
}

/// Serves until the stage is [`Door::Closed`] and every connection has ended. None is left then.
pub(crate) async fn serve(listener: TcpListener, app: Router, rules: ConnectionRules, stage: watch::Receiver<Door>) {
    let room = Arc::new(Room::new(rules.in_all, rules.of_one));
    let lines = Lines::new();
    let mut connections = JoinSet::new();
    let mut closed = pin!(Door::closed(stage.clone()));
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = &mut closed => break,
        };
        while connections.try_join_next().is_some() {}
        match accepted {
            Ok((stream, peer)) => take(&mut connections, &room, stream, peer, &app, rules, &stage),
            Err(error) if is_of_the_client(&error) => {}
            Err(error) => {
                note_not_accepted(&error, &lines);
                room.make_place();
                sleep(NO_DESCRIPTOR).await;
            }
        }
    }
    drop(listener);
    let all = async { while connections.join_next().await.is_some() {} };
    if timeout(rules.drain, all).await.is_err() {
        tracing::warn!(connections = connections.len(), "Some requests took too long and were cut off");
        connections.shutdown().await;
    }
}

fn take(
    connections: &mut JoinSet<()>,
    room: &Arc<Room>,
    stream: TcpStream,
    peer: SocketAddr,
    app: &Router,
    rules: ConnectionRules,
    stage: &watch::Receiver<Door>,
) {
    if let Some(seat) = Room::seat(room, Network::of(peer.ip())) {
        connections.spawn(hold(stream, peer, app.clone(), rules, seat, stage.clone()));
    } else {
        metrics::counter!("fornya_connections_refused_total").increment(1);
        // As much as the socket takes at once; one that takes nothing is closed like the others.
        let refusal =
            b"HTTP/1.1 503 Service Unavailable\r\nretry-after: 2\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
        let _ = stream.try_write(refusal);
    }
}

/// The system gave no connection: most often it has no descriptor left.
fn note_not_accepted(error: &io::Error, lines: &Lines) {
    metrics::counter!("fornya_accept_failures_total").increment(1);
    if lines.take(Telling::Failure) {
        tracing::error!(error = %chain(error), "No connection can be accepted");
    }
}

/// Whether it went wrong for one client alone.
fn is_of_the_client(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
