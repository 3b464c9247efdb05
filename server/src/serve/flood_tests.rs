//! A flood, bounded: what it may cost, and that somebody who signs gets through it.

use std::net::SocketAddr;
use std::sync::Arc;

use futures::future::join_all;
use sqlx::PgPool;
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use super::{Listeners, serve};
use crate::db::Db;
use crate::gate::limits::Limits;
use crate::test_support::eid::TestEid;
use crate::test_support::sockets::{ask, get, open};
use crate::test_support::{Log, Towns};

/// How much memory the process has, in MiB.
fn memory() -> usize {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap();
    let resident: usize = pages.split_whitespace().nth(1).unwrap().parse().unwrap();
    (resident * rustix::param::page_size()) >> 20
}

/// Who attacks, and what.
struct Flood<'a> {
    public: SocketAddr,
    host: &'a str,
}

impl Flood<'_> {
    /// So many whose heads have no end, and as many whose bodies lack a letter, where no budget ends them.
    async fn half_requests(&self, count: usize) -> Vec<TcpStream> {
        let head = format!("GET / HTTP/1.1\r\nhost: {}\r\nx: ", self.host);
        let mut body = self.post("/logout", "", "session=1");
        body.pop();
        let halves = [head, body];
        join_all(halves.iter().cycle().take(2 * count).map(|half| open(self.public, half.as_bytes()))).await
    }

    /// Each of its own method, address, host and session, and each as long as fits.
    async fn invented(&self, round: usize) {
        let word = format!("INVENTED{round}{}", "X".repeat(6_000));
        for request in [
            format!("{word} / HTTP/1.1\r\nhost: {}\r\n\r\n", self.host),
            format!("GET /{word} HTTP/1.1\r\nhost: {}\r\n\r\n", self.host),
            format!("GET / HTTP/1.1\r\nhost: {word}\r\n\r\n"),
            format!("GET /home HTTP/1.1\r\nhost: {}\r\ncookie: __Host-fornya={word}\r\n\r\n", self.host),
            self.post("/language", "", &format!("language={word}&return=/")),
            format!("{} / HTTP/1.1\r\nhost: {}\r\n\r\n", word.repeat(50), self.host),
        ] {
            ask(self.public, &request).await;
        }
    }

    fn post(&self, path: &str, cookie: &str, form: &str) -> String {
        format!(
            "POST {path} HTTP/1.1\r\nhost: {}\r\nsec-fetch-site: same-origin\r\ncookie: {cookie}\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{form}",
            self.host,
            form.len()
        )
    }
}

fn header<'a>(answer: &'a str, name: &str) -> &'a str {
    let line = answer.lines().find(|line| line.to_lowercase().starts_with(&format!("{name}: ")));
    line.and_then(|line| line.split_once(": ")).map_or_else(|| panic!("no {name}: {answer}"), |(_, value)| value)
}

#[sqlx::test(migrations = "../migrations")]
async fn somebody_signs_through_a_flood_that_costs_little(pool: PgPool) {
    let mut stage = Towns::new(pool.clone()).await;
    let eid = TestEid::start(&mut stage).await;
    stage.written(&stage.home.citizen).await;
    let revision = stage.look(&stage.home.citizen, "/renewal/revision").await.number("revision");
    let service = Arc::get_mut(&mut stage.service).unwrap();
    // The citizen sits behind the same address as the flood, and is known to live.
    service.gate.limits = Limits::at_rest();
    let log = Log::kept();
    Db::migrated(&pool).await;
    let listeners = Listeners::bind(&stage.service.settings).await.unwrap();
    let (public, ops) = (listeners.public.local_addr().unwrap(), listeners.ops.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve(Arc::clone(&stage.service), listeners, async {
        let _ = stopped.await;
    }));
    let citizen = &stage.home.citizen;
    let flood = Flood { public, host: &stage.home.host };
    let page = format!("GET /renewal/check HTTP/1.1\r\nhost: {}\r\ncookie: {citizen}\r\n\r\n", stage.home.host);
    assert!(ask(public, &page).await.contains(" 200 "));
    let before = memory();
    let connections = stage.service.settings.http.connections.get() as usize;

    let mut slow = flood.half_requests(connections).await;
    for round in 0..100 {
        flood.invented(round).await;
    }
    slow.extend(flood.half_requests(connections).await);

    let sent = ask(public, &flood.post("/renewal/sign", citizen, &format!("revision={revision}"))).await;
    let browser = header(&sent, "set-cookie").split(';').next().unwrap().to_owned();
    let back = eid.sign(header(&sent, "refresh").trim_start_matches("0;url="));
    let cookies = format!("{citizen}; {browser}");
    slow.extend(flood.half_requests(connections).await);
    let arrived =
        ask(public, &format!("GET {back} HTTP/1.1\r\nhost: {}\r\ncookie: {cookies}\r\n\r\n", stage.home.host)).await;
    assert_eq!(header(&arrived, "location"), "/renewal/receipt", "{arrived}");

    assert!(get(ops, "ops", "/ready").await.ends_with("ready\n"));
    let metrics = get(ops, "ops", "/metrics").await;
    let series = metrics.lines().filter(|line| line.starts_with("fornya_")).count();
    assert!((10..400).contains(&series), "{series}: {metrics}");
    assert!(!metrics.contains("INVENTED"));
    let (grown, written) = (memory().saturating_sub(before), log.text().len());
    assert!(grown < 48, "{grown} MiB");
    assert!((1..400_000).contains(&written), "{written} bytes of log");
    drop(slow);
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
}
