//! Slow, silent and greedy clients, over real sockets; no time passes but what everybody waits for.

use std::net::SocketAddr;

use axum::body::{Body, Bytes};
use axum::routing::{get, post};
use tokio::io::AsyncWriteExt as _;
use tokio::sync::Notify;
use tokio::time::{Instant, advance};

use super::*;
use crate::test_support::Log;
use crate::test_support::sockets::{ask, head, open, until_closed};

const RULES: ConnectionRules = ConnectionRules {
    in_all: 16,
    of_one: None,
    head: Duration::from_secs(10),
    idle: Duration::from_secs(75),
    stall: Duration::from_secs(20),
    life: Duration::from_mins(10),
    drain: Duration::from_secs(10),
};

/// Longer than anything may take.
const FOR_EVER: Duration = Duration::from_hours(6);

const WHOLE: &str = "GET / HTTP/1.1\r\nhost: here\r\n\r\n";
const HALF: &[u8] = b"GET / HTTP/1.1\r\nhost: he";

/// A request whose body has not come.
const BODILESS: &[u8] = b"POST /told HTTP/1.1\r\nhost: here\r\ncontent-length: 4\r\n\r\n";

struct Served {
    address: SocketAddr,
    stage: watch::Sender<Door>,
    /// Lets `/held` and `/told` answer.
    release: Arc<Notify>,
    serving: tokio::task::JoinHandle<()>,
}

async fn served(rules: ConnectionRules) -> Served {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let release = Arc::new(Notify::new());
    let (to_hold, to_tell) = (Arc::clone(&release), Arc::clone(&release));
    let held = async move || {
        to_hold.notified().await;
        "held"
    };
    let told = async move |told: String| {
        to_tell.notified().await;
        told
    };
    let large = async || Body::from(Bytes::from(vec![b'x'; 32 << 20]));
    let app = Router::new().route("/", get(async || "here")).route("/held", get(held)).route("/told", post(told));
    let app = app.route("/large", get(large));
    let (stage, staged) = watch::channel(Door::Open);
    let serving = tokio::spawn(serve(listener, app, rules, staged));
    Served { address, stage, release, serving }
}

/// What the server does in the end, which must come, and how long it took.
async fn in_the_end<T>(what: impl Future<Output = T>) -> (T, Duration) {
    let began = Instant::now();
    let done = timeout(FOR_EVER, what).await.expect("it is held for ever");
    (done, began.elapsed())
}

#[tokio::test(start_paused = true)]
async fn half_a_head_and_a_silent_connection_are_closed() {
    let served = served(RULES).await;
    for bytes in [HALF, b""] {
        let (said, took) = in_the_end(until_closed(open(served.address, bytes).await)).await;
        assert_eq!((said.as_str(), took.as_secs()), ("", 10), "{bytes:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_head_that_drips_takes_no_longer() {
    let served = served(RULES).await;
    let mut stream = open(served.address, b"G").await;
    let ((), took) = in_the_end(async {
        while stream.write_all(b"E").await.is_ok() {
            sleep(Duration::from_secs(1)).await;
        }
    })
    .await;
    assert!(took < Duration::from_secs(15), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_connection_is_kept_for_the_next_request_and_not_for_ever() {
    let served = served(RULES).await;
    let mut stream = open(served.address, WHOLE.as_bytes()).await;
    assert!(head(&mut stream).await.starts_with("http/1.1 200"));
    let (_, took) = in_the_end(until_closed(stream)).await;
    assert_eq!(took.as_secs(), 75);
    let mut stream = open(served.address, WHOLE.as_bytes()).await;
    head(&mut stream).await;
    stream.write_all(HALF).await.unwrap();
    let (_, took) = in_the_end(until_closed(stream)).await;
    assert_eq!(took.as_secs(), 10, "the next head has as long as the first");
}

#[tokio::test(start_paused = true)]
async fn who_takes_nothing_of_an_answer_does_not_get_the_rest() {
    let served = served(RULES).await;
    let stream = open(served.address, WHOLE.replace("GET /", "GET /large").as_bytes()).await;
    sleep(RULES.stall * 2).await;
    let (taken, _) = in_the_end(until_closed(stream)).await;
    assert!(taken.len() < 32 << 20, "{}", taken.len());
}

#[tokio::test(start_paused = true)]
async fn a_head_as_large_as_nobody_needs_is_refused() {
    let served = served(RULES).await;
    for request in [
        format!("{} / HTTP/1.1\r\nhost: here\r\n\r\n", "M".repeat(300_000)),
        WHOLE.replacen("\r\n", &format!("\r\nx: {}\r\n", "y".repeat(300_000)), 1),
        WHOLE.replacen("\r\n", &format!("\r\n{}", "x: y\r\n".repeat(200)), 1),
    ] {
        let (said, _) = in_the_end(ask(served.address, &request)).await;
        assert!(!said.contains(" 200 "), "{said}");
    }
    let (said, _) = in_the_end(ask(served.address, WHOLE)).await;
    assert!(said.contains(" 200 "), "{said}");
}

#[tokio::test(start_paused = true)]
async fn slow_clients_make_place_for_who_asks_at_once() {
    let served = served(ConnectionRules { in_all: 3, ..RULES }).await;
    let held = open(served.address, WHOLE.replace("GET /", "GET /held").as_bytes()).await;
    let mut slow = Vec::new();
    for _ in 0..50 {
        slow.push(open(served.address, HALF).await);
        let (said, took) = in_the_end(ask(served.address, WHOLE)).await;
        assert!(said.contains(" 200 "), "{said}");
        assert_eq!(took, Duration::ZERO);
    }
    served.release.notify_one();
    let answered = timeout(FOR_EVER, async { head(&mut { held }).await }).await.unwrap();
    assert!(answered.starts_with("http/1.1 200"), "who is being answered keeps the place: {answered}");
}

#[tokio::test(start_paused = true)]
async fn who_is_slow_to_send_a_body_makes_place_too() {
    let served = served(ConnectionRules { in_all: 3, ..RULES }).await;
    let told = open(served.address, &[BODILESS, b"told"].concat()).await;
    let mut slow = Vec::new();
    for _ in 0..50 {
        slow.push(open(served.address, &[BODILESS, b"t"].concat()).await);
        let (said, took) = in_the_end(ask(served.address, WHOLE)).await;
        assert!(said.contains(" 200 "), "{said}");
        assert_eq!(took, Duration::ZERO);
    }
    served.release.notify_one();
    let answered = timeout(FOR_EVER, async { head(&mut { told }).await }).await.unwrap();
    assert!(answered.starts_with("http/1.1 200"), "who has sent all of it keeps the place: {answered}");
}

#[tokio::test(start_paused = true)]
async fn an_old_connection_ends_with_an_answer() {
    let served = served(RULES).await;
    let mut stream = open(served.address, WHOLE.as_bytes()).await;
    let mut last = String::new();
    for _ in 0..40 {
        last = head(&mut stream).await;
        if last.contains("connection: close") {
            break;
        }
        // The body of four bytes is read with the next head.
        advance(Duration::from_mins(1)).await;
        stream.write_all(WHOLE.as_bytes()).await.unwrap();
    }
    assert!(last.contains("connection: close"), "{last}");
    let (_, took) = in_the_end(until_closed(stream)).await;
    assert_eq!(took, Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn at_the_end_a_request_is_answered_and_half_of_one_is_not_waited_for() {
    let served = served(RULES).await;
    let held = open(served.address, WHOLE.replace("GET /", "GET /held").as_bytes()).await;
    let _half = open(served.address, HALF).await;
    served.stage.send_replace(Door::Leaving);
    let (said, _) = in_the_end(ask(served.address, WHOLE)).await;
    assert!(said.contains(" 200 "), "new connections are still taken: {said}");
    served.stage.send_replace(Door::Closed);
    served.release.notify_one();
    let (said, _) = in_the_end(until_closed(held)).await;
    assert!(said.contains(" 200 ") && said.contains("connection: close"), "{said}");
    let (ended, took) = in_the_end(served.serving).await;
    assert!(ended.is_ok());
    assert_eq!(took, Duration::ZERO);
    assert!(TcpStream::connect(served.address).await.is_err());
}

#[tokio::test(start_paused = true)]
async fn what_is_not_answered_at_the_end_is_cut_off_and_nothing_is_left() {
    let served = served(RULES).await;
    let held = open(served.address, WHOLE.replace("GET /", "GET /held").as_bytes()).await;
    in_the_end(ask(served.address, WHOLE)).await;
    served.stage.send_replace(Door::Closed);
    let (ended, took) = in_the_end(served.serving).await;
    assert!(ended.is_ok());
    assert_eq!(took, RULES.drain);
    assert_eq!(Arc::strong_count(&served.release), 1, "nobody waits for it any more");
    assert_eq!(in_the_end(until_closed(held)).await.0, "");
}

#[test]
fn why_no_connection_can_be_accepted_is_in_the_log() {
    let log = Log::kept();
    note_not_accepted(&io::Error::from_raw_os_error(24), &Lines::new());
    let said = log.text();
    assert!(said.contains("No connection can be accepted") && said.contains("Too many open files"), "{said}");
}
