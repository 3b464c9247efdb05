//! One connection, and how long it may take over what.

use std::future::poll_fn;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{ConnectInfo, Request};
use axum::http::HeaderValue;
use axum::http::header::CONNECTION;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use tower::ServiceExt as _;

use super::room::Seat;
use super::{ConnectionRules, Door, HEAD, HEADERS};

/// What a connection is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nothing has come yet, or the head of a request is coming, and must have come by then.
    Head(Instant),
    /// Between two requests, until then.
    Idle(Instant),
    /// The head of a request is there, and its body is awaited. The request's own limit holds for both.
    Body,
    /// A request is done.
    Work,
    /// Its answer is written; something of it must be taken by then.
    Answer(Instant),
    /// The same of the last of it.
    Rest(Instant),
}

/// What the pieces of one connection tell each other.
struct Watched {
    phase: Mutex<Phase>,
    rules: ConnectionRules,
    seat: Seat,
}

impl Watched {
    fn phase(&self) -> MutexGuard<'_, Phase> {
        self.phase.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self) {
        let mut phase = self.phase();
        if let Phase::Idle(_) = *phase {
            *phase = Phase::Head(Instant::now() + self.rules.head);
        }
    }

    fn wrote(&self) {
        let mut phase = self.phase();
        match *phase {
            Phase::Answer(_) => *phase = Phase::Answer(Instant::now() + self.rules.stall),
            Phase::Rest(_) => *phase = Phase::Rest(Instant::now() + self.rules.stall),
            Phase::Head(_) | Phase::Idle(_) | Phase::Body | Phase::Work => {}
        }
    }

    fn works(&self) {
        *self.phase() = Phase::Work;
        self.seat.works();
    }

    /// Somebody may be slow to send a body, so they keep waiting; behind whoever waits already.
    fn awaits_body(&self) {
        *self.phase() = Phase::Body;
        self.seat.waits();
    }

    /// The body has come, or nobody reads on.
    fn has_body(&self) {
        if *self.phase() == Phase::Body {
            self.works();
        }
    }

    /// From here on the client keeps the service waiting, not the other way round.
    fn answers(&self) {
        *self.phase() = Phase::Answer(Instant::now() + self.rules.stall);
        self.seat.waits();
    }

    fn has_all_of_the_answer(&self) {
        *self.phase() = Phase::Rest(Instant::now() + self.rules.stall);
    }

    fn flushed(&self) {
        let mut phase = self.phase();
        if let Phase::Rest(_) = *phase {
            *phase = Phase::Idle(Instant::now() + self.rules.idle);
        }
    }

    /// Until when it may go on as it is.
    fn until(&self) -> Option<Instant> {
        match *self.phase() {
            Phase::Head(until) | Phase::Idle(until) | Phase::Answer(until) | Phase::Rest(until) => Some(until),
            Phase::Body | Phase::Work => None,
        }
    }

    fn is_at_work(&self) -> bool {
        *self.phase() == Phase::Work
    }

    /// Whether the head of a request has begun to come, or nothing has come at all.
    fn is_at_head(&self) -> bool {
        matches!(*self.phase(), Phase::Head(_))
    }
}

/// Holds a connection until its end.
pub(super) async fn hold(
    stream: TcpStream,
    peer: SocketAddr,
    app: Router,
    rules: ConnectionRules,
    seat: Seat,
    stage: watch::Receiver<Door>,
) {
    // A page is one write: it need not wait for more.
    let _ = stream.set_nodelay(true);
    let begun = Instant::now();
    let watched = Arc::new(Watched { phase: Mutex::new(Phase::Head(begun + rules.head)), rules, seat });
    let io = TokioIo::new(Socket { stream, watched: Arc::clone(&watched) });
    let (of_service, stage_now) = (Arc::clone(&watched), stage.clone());
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (watched, app, stage) = (Arc::clone(&of_service), app.clone(), stage_now.clone());
        async move {
            let mut request: Request = if request.body().is_end_stream() {
                watched.works();
                request.map(Body::new)
            } else {
                watched.awaits_body();
                let watched = Arc::clone(&watched);
                request.map(|body| Body::new(Told { body, watched, end: Watched::has_body }))
            };
            request.extensions_mut().insert(ConnectInfo(peer));
            let mut response = app.oneshot(request).await?;
            if *stage.borrow() != Door::Open || begun.elapsed() > rules.life {
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            }
            watched.answers();
            Ok::<_, std::convert::Infallible>(response.map(|body| Told {
                body,
                watched,
                end: Watched::has_all_of_the_answer,
            }))
        }
    });
    let mut connection =
        pin!(http1::Builder::new().max_buf_size(HEAD).max_headers(HEADERS).serve_connection(io, service));
    let mut needed = pin!(watched.seat.is_needed());
    let mut closed = pin!(Door::closed(stage));
    let mut limit = pin!(sleep_until(begun));
    let mut closing = false;
    poll_fn(|task| {
        if !closing && closed.as_mut().poll(task).is_ready() {
            closing = true;
            if watched.is_at_head() {
                return Poll::Ready(());
            }
            connection.as_mut().graceful_shutdown();
        }
        // An error is the client's: it went away, or wrote what is no request.
        if connection.as_mut().poll(task).is_ready() {
            return Poll::Ready(());
        }
        if !closing && needed.as_mut().poll(task).is_ready() {
            closing = true;
            if !watched.is_at_work() {
                return Poll::Ready(());
            }
            connection.as_mut().graceful_shutdown();
        }
        let Some(until) = watched.until() else { return Poll::Pending };
        if limit.deadline() != until {
            limit.as_mut().reset(until);
        }
        limit.as_mut().poll(task)
    })
    .await;
}

/// The socket, which notes when something comes and when something is taken.
struct Socket {
    stream: TcpStream,
    watched: Arc<Watched>,
}

impl AsyncRead for Socket {
    fn poll_read(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(task, buffer);
        if buffer.filled().len() > before {
            self.watched.read();
        }
        read
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, task: &mut Context<'_>, bytes: &[u8]) -> Poll<std::io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(task, bytes);
        self.note(written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        pieces: &[std::io::IoSlice<'_>],
    ) -> Poll<std::io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(task, pieces);
        self.note(written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(task);
        if matches!(flushed, Poll::Ready(Ok(()))) {
            self.watched.flushed();
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(task)
    }
}

impl Socket {
    fn note(&self, written: Poll<std::io::Result<usize>>) -> Poll<std::io::Result<usize>> {
        if matches!(written, Poll::Ready(Ok(count)) if count > 0) {
            self.watched.wrote();
        }
        written
    }
}

/// A body that tells when nobody waits for more of it: all of it has passed, or it was let be.
struct Told<B> {
    body: B,
    watched: Arc<Watched>,
    end: fn(&Watched),
}

impl<B: HttpBody + Unpin> HttpBody for Told<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.body).poll_frame(task)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl<B> Drop for Told<B> {
    fn drop(&mut self) {
        (self.end)(&self.watched);
    }
}
