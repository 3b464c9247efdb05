//! Load over HTTP: so many clients, each with a connection that it keeps, each sending its next request when the last was answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{ACCEPT_ENCODING, CONTENT_TYPE, COOKIE, HOST, LOCATION, REFRESH};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// As many as pgbench gets.
pub(crate) const CLIENTS: u64 = 16;

/// A request as a browser sends it.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) host: String,
    pub(crate) path: String,
    pub(crate) cookie: String,
    /// A form that is posted.
    pub(crate) form: Option<String>,
}

/// What came back, without the page.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) cookie: Option<String>,
}

/// Something that is asked for again and again.
pub(crate) trait Requests: Send + Sync + 'static {
    /// The request of a turn; none when there are no more.
    fn request(&self, turn: u64) -> Option<Request>;
    /// Whether the service did what it was asked.
    fn is_done(&self, answer: &Answer) -> bool;
}

/// When a run ends, unless the requests do first.
#[derive(Clone, Copy)]
pub(crate) enum Until {
    Elapsed(Duration),
    Turn(u64),
}

/// What a run came to.
pub(crate) struct Run {
    pub(crate) took: Duration,
    /// How long each answer took, the shortest first.
    pub(crate) times: Vec<Duration>,
}

impl Run {
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    pub(crate) fn per_second(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    /// The time within which so many of a thousand were answered.
    pub(crate) fn within(&self, of_thousand: usize) -> Duration {
        let place = (self.times.len() * of_thousand / 1000).min(self.times.len().saturating_sub(1));
        self.times.get(place).copied().unwrap_or_default()
    }
}

/// Sends requests from a turn on.
pub(crate) async fn run(
    address: SocketAddr,
    requests: &Arc<dyn Requests>,
    clients: u64,
    from: u64,
    until: Until,
) -> Result<Run> {
    let next = Arc::new(AtomicU64::new(from));
    let began = Instant::now();
    let mut running = JoinSet::new();
    for _ in 0..clients {
        let (requests, next) = (Arc::clone(requests), Arc::clone(&next));
        running.spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut times = Vec::new();
            loop {
                let turn = next.fetch_add(1, Ordering::Relaxed);
                let over = match until {
                    Until::Elapsed(time) => began.elapsed() >= time,
                    Until::Turn(last) => turn >= last,
                };
                let Some(request) = requests.request(turn).filter(|_| !over) else { return anyhow::Ok(times) };
                let path = request.path.clone();
                let sent = Instant::now();
                let answer = connection.send(request).await?;
                times.push(sent.elapsed());
                if !requests.is_done(&answer) {
                    bail!("{path} answered {} to {:?}", answer.status, answer.location);
                }
            }
        });
    }
    let mut times = Vec::new();
    while let Some(client) = running.join_next().await {
        times.extend(client??);
    }
    let took = began.elapsed();
    times.sort_unstable();
    Ok(Run { took, times })
}

/// The status of a page that anybody may ask for.
pub(crate) async fn get(address: SocketAddr, host: &str, path: &str) -> Result<u16> {
    let request = Request { host: host.to_owned(), path: path.to_owned(), cookie: String::new(), form: None };
    Ok(Connection::open(address).await?.send(request).await?.status)
}

pub(crate) struct Connection(SendRequest<Full<Bytes>>);

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (send, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // It ends with the last request; what fails, fails there.
        tokio::spawn(connection);
        Ok(Self(send))
    }

    pub(crate) async fn send(&mut self, request: Request) -> Result<Answer> {
        let Request { host, path, cookie, form } = request;
        let method = if form.is_some() { "POST" } else { "GET" };
        let mut built = hyper::Request::builder().method(method).uri(path).header(HOST, host);
        built =
            built.header(COOKIE, cookie).header(ACCEPT_ENCODING, "gzip, br").header("sec-fetch-site", "same-origin");
        if form.is_some() {
            built = built.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let body = Full::new(Bytes::from(form.unwrap_or_default()));
        self.0.ready().await?;
        let mut answer = self.0.send_request(built.body(body)?).await.context("the service closed the connection")?;
        while let Some(frame) = answer.body_mut().frame().await {
            frame?;
        }
        let header = |name| Some(answer.headers().get(name)?.to_str().ok()?.to_owned());
        Ok(Answer {
            status: answer.status().as_u16(),
            location: header(LOCATION).or_else(|| Some(header(REFRESH)?.strip_prefix("0;url=")?.to_owned())),
            cookie: header(hyper::header::SET_COOKIE),
        })
    }
}
