//! How a service ends, as those see it who send requests to it.

use std::sync::Arc;

use sqlx::PgPool;
use tokio::sync::oneshot;

use super::{Listeners, end_of, serve};
use crate::chain::chain;
use crate::db::Db;
use crate::test_support::Towns;
use crate::test_support::sockets::{get, head, open};

#[sqlx::test(migrations = "../migrations")]
async fn readiness_fails_before_new_connections_do(pool: PgPool) {
    let mut stage = Towns::new(pool.clone()).await;
    Arc::get_mut(&mut stage.service).unwrap().settings.http.linger_seconds = 3_600;
    Db::migrated(&pool).await;
    let listeners = Listeners::bind(&stage.service.settings).await.unwrap();
    let (public, ops) = (listeners.public.local_addr().unwrap(), listeners.ops.local_addr().unwrap());
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(serve(Arc::clone(&stage.service), listeners, async {
        let _ = stopped.await;
    }));
    let request = format!("GET / HTTP/1.1\r\nhost: {}\r\n\r\n", stage.home.host);
    let page = async || head(&mut open(public, request.as_bytes()).await).await;

    assert!(get(ops, "ops", "/ready").await.ends_with("ready\n"));
    let before = page().await;
    assert!(before.starts_with("http/1.1 200") && !before.contains("connection: close"), "{before}");
    stop.send(()).unwrap();
    let mut asked = 0;
    while !get(ops, "ops", "/ready").await.ends_with("the service stops\n") {
        asked += 1;
        assert!(asked < 1_000, "it goes on being ready");
    }
    let after = page().await;
    assert!(after.starts_with("http/1.1 200") && after.contains("connection: close"), "{after}");
    assert!(get(ops, "ops", "/health").await.ends_with("alive\n"), "it is not to be killed");
    assert!(get(ops, "ops", "/metrics").await.contains("fornya_requests_total"));
    serving.abort();
}

#[tokio::test]
async fn how_the_thread_for_operators_ended_is_told() {
    for (thread, why) in [
        (std::thread::spawn(|| panic!("lost its way")), "lost its way"),
        (std::thread::spawn(|| Err(std::io::Error::other("no listener"))), "no listener"),
    ] {
        let told = end_of(thread).await.unwrap_err();
        assert!(chain(&told).to_string().contains(why), "{}", chain(&told));
    }
    assert!(end_of(std::thread::spawn(|| Ok(()))).await.is_ok());
}
