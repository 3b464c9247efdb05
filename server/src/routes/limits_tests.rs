//! Who is let in through the whole router, who is not, and what they are told.

use std::net::{Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{CONTENT_TYPE, COOKIE, HOST, RETRY_AFTER};
use axum::http::{Request, StatusCode};
use axum::response::Response;
use sqlx::PgPool;
use tower::ServiceExt as _;

use super::{router, table};
use crate::config::{AtLeast, Http};
use crate::gate::limits::Limits;
use crate::gate::{Class, Clients};
use crate::test_support::{Answered, Towns};

/// The addresses with their classes, but pages and saved forms.
const CLASSES: &str = include_str!("classes.txt");

#[sqlx::test(migrations = "../migrations")]
async fn every_dear_address_is_listed(pool: PgPool) {
    let towns = Towns::new(pool).await;
    let classes = table(Arc::clone(&towns.service)).classes();
    assert_eq!(classes, CLASSES, "an address or its class has changed: is classes.txt to change too?");
}

/// Towns where nobody gets a new request with time.
async fn at_rest(pool: PgPool) -> Towns {
    let mut towns = Towns::new(pool).await;
    Arc::get_mut(&mut towns.service).unwrap().gate.limits = Limits::at_rest();
    towns
}

/// A request from a host of one household's network.
async fn from(towns: &Towns, host: u16, method: &str, path: &str, cookie: &str) -> Response {
    let request = Request::builder().method(method).uri(path).header(HOST, &towns.home.host).header(COOKIE, cookie);
    let request = request.header("sec-fetch-site", "same-origin");
    let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    let mut request = request.body(Body::from("language=sv&return=/")).unwrap();
    let address = Ipv6Addr::new(0x2001, 0xdb8, 1, 2, host, host, host, host);
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from((address, 443))));
    router(&towns.service).oneshot(request).await.unwrap()
}

fn again(answer: &Response) -> u32 {
    answer.headers()[RETRY_AFTER].to_str().unwrap().parse().unwrap()
}

/// Posts from ever new addresses of the network until one is refused.
async fn used_up(towns: &Towns, cookie: &str) -> (u16, Response) {
    for host in 0..1_000 {
        let answer = from(towns, host, "POST", "/language", cookie).await;
        if answer.status() == StatusCode::TOO_MANY_REQUESTS {
            return (host, answer);
        }
    }
    panic!("nobody is refused");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_household_has_one_limit_and_is_told_when_it_may_go_on(pool: PgPool) {
    let towns = at_rest(pool).await;
    let (let_in, refused) = used_up(&towns, "").await;
    assert_eq!((let_in, again(&refused)), (120, 1));
    let body = axum::body::to_bytes(refused.into_body(), 1 << 20).await.unwrap();
    assert!(String::from_utf8_lossy(&body).contains("Försök igen om en sekund"));
    assert_eq!(from(&towns, 1, "GET", "/", "").await.status(), StatusCode::OK, "another class");
}

#[sqlx::test(migrations = "../migrations")]
async fn who_is_limited_can_log_out_and_who_is_logged_in_is_not_limited_by_others(pool: PgPool) {
    let towns = at_rest(pool).await;
    let (citizen, caseworker) = (&towns.home.citizen, &towns.home.caseworker);
    used_up(&towns, "").await;
    let stay = async |cookie: &str| from(&towns, 1, "POST", "/session", cookie).await.status();
    assert_eq!(stay("__Host-fornya=invented").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(stay(citizen).await, StatusCode::TOO_MANY_REQUESTS, "it is not known yet that the session lives");
    assert_eq!(from(&towns, 1, "GET", "/home", citizen).await.status(), StatusCode::OK);
    assert_eq!(stay(citizen).await, StatusCode::OK, "now it is");
    assert_eq!(from(&towns, 1, "GET", "/staff/inbox", caseworker).await.status(), StatusCode::OK);
    for _ in 0..200 {
        let out = from(&towns, 1, "POST", "/logout", "__Host-fornya=invented").await;
        assert_eq!(out.status(), StatusCode::SEE_OTHER, "logging out is never refused");
    }
    assert_eq!(from(&towns, 1, "POST", "/logout", citizen).await.status(), StatusCode::SEE_OTHER);
    assert_eq!(towns.look(citizen, "/home").await.status, StatusCode::UNAUTHORIZED);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_session_that_has_ended_is_counted_with_its_network_again(pool: PgPool) {
    let towns = at_rest(pool).await;
    let citizen = &towns.home.citizen;
    assert_eq!(from(&towns, 1, "GET", "/home", citizen).await.status(), StatusCode::OK);
    used_up(&towns, "").await;
    let stay = async || from(&towns, 1, "POST", "/session", citizen).await.status();
    assert_eq!(stay().await, StatusCode::OK);
    from(&towns, 1, "POST", "/logout", citizen).await;
    assert_eq!(stay().await, StatusCode::UNAUTHORIZED, "only who asks learns that it has ended");
    assert_eq!(stay().await, StatusCode::TOO_MANY_REQUESTS);
}

#[sqlx::test(migrations = "../migrations")]
async fn a_person_writes_no_more_for_having_two_sessions(pool: PgPool) {
    let towns = at_rest(pool).await;
    let mut tx = towns.tx(&towns.home).await;
    let second = towns.log_in(&mut tx, crate::session::Owner::Person(towns.home.person)).await;
    tx.commit().await.unwrap();
    let fields = [("subject", "question"), ("body", "Hej!")];
    let write = async |cookie: &str| towns.send(cookie, "/messages", &fields).await.status;
    for _ in 0..5 {
        for cookie in [&towns.home.citizen, &second] {
            assert_ne!(write(cookie).await, StatusCode::TOO_MANY_REQUESTS);
        }
    }
    for cookie in [&towns.home.citizen, &second] {
        let refused = towns.send(cookie, "/messages", &fields).await;
        assert_eq!((refused.status, wait_of(&refused)), (StatusCode::TOO_MANY_REQUESTS, 60));
    }
    assert_eq!(towns.look(&second, "/home").await.status, StatusCode::OK, "who has written much may still read");
    assert_ne!(
        towns.send(&second, "/renewal/sign", &[("revision", "1")]).await.status,
        StatusCode::TOO_MANY_REQUESTS,
        "and sign"
    );
}

fn wait_of(answer: &Answered) -> u32 {
    answer.headers[RETRY_AFTER].to_str().unwrap().parse().unwrap()
}

#[sqlx::test(migrations = "../migrations")]
async fn behind_a_proxy_that_says_nothing_nobody_is_let_in_as_somebody_else(pool: PgPool) {
    let mut towns = Towns::new(pool).await;
    let service = Arc::get_mut(&mut towns.service).unwrap();
    let settings = Http { client_address_header: Some("x-real-ip".parse().unwrap()), ..service.settings.http.clone() };
    service.gate.clients = Clients::new(&settings);
    assert_eq!(from(&towns, 1, "GET", "/", "").await.status(), StatusCode::BAD_REQUEST);
}

#[sqlx::test(migrations = "../migrations")]
async fn under_load_signing_gets_in_before_viewing_and_viewing_before_fetching(pool: PgPool) {
    let towns = Towns::new(pool).await;
    let (admission, citizen) = (&towns.service.gate.admission, &towns.home.citizen);
    let fill = |class: Class| std::iter::from_fn(|| admission.enter(class).ok()).take(1_000).collect::<Vec<_>>();
    let is_busy = async |method: &str, path: &str| {
        let answer = from(&towns, 1, method, path, citizen).await;
        let busy = answer.status() == StatusCode::SERVICE_UNAVAILABLE && again(&answer) >= 1;
        if busy {
            let body = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
            assert!(String::from_utf8_lossy(&body).contains("Det är mycket just nu"));
        }
        busy
    };
    let _fetching = fill(Class::Fetch);
    assert!(is_busy("GET", "/session").await && !is_busy("GET", "/home").await);
    let _viewing = fill(Class::View);
    assert!(is_busy("GET", "/home").await && !is_busy("POST", "/session").await);
    let _saving = fill(Class::Save);
    assert!(is_busy("POST", "/session").await && !is_busy("POST", "/renewal/sign").await);
    assert!(!is_busy("POST", "/logout").await);
}

#[sqlx::test(migrations = "../migrations")]
async fn the_settings_alone_say_how_large_a_body_may_be(pool: PgPool) {
    let mut towns = Towns::new(pool).await;
    Arc::get_mut(&mut towns.service).unwrap().settings.http.body_limit_bytes = AtLeast::or_more(4 << 20);
    for (length, status) in [(3 << 20, StatusCode::SEE_OTHER), (5 << 20, StatusCode::PAYLOAD_TOO_LARGE)] {
        let fields = [("language", "sv"), ("return", "/"), ("more", &*"x".repeat(length))];
        assert_eq!(towns.send("", "/language", &fields).await.status, status, "{length}");
    }
}
