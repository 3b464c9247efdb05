//! Every address × every kind of visitor × both municipalities. An address that is not in the list fails here, and so does one whose guard
//! lets in somebody whom the list does not name.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::{COOKIE, HOST, LOCATION};
use axum::http::{Method, Request, StatusCode};
use axum::response::Response;
use sqlx::PgPool;
use tower::ServiceExt as _;
use uuid::Uuid;

use super::listed::{LISTED, Listed, listed};
use super::{router, table};
use crate::service::Service;
use crate::test_support::{Town, Towns};

#[sqlx::test(migrations = "../migrations")]
async fn every_address_is_listed(pool: PgPool) {
    let towns = Towns::new(pool).await;
    let listing = table(Arc::clone(&towns.service)).listing();
    assert_eq!(listing, LISTED, "an address or its guard has changed: is addresses.txt to change too?");
}

/// Those that are open come last: one of them logs out.
fn in_order() -> Vec<Listed> {
    let (open, guarded): (Vec<_>, Vec<_>) = listed().partition(|address| address.guard == "open");
    guarded.into_iter().chain(open).collect()
}

async fn send(service: &Arc<Service>, method: &Method, path: &str, host: &str, cookie: Option<&str>) -> Response {
    let mut request = Request::builder().method(method.clone()).uri(path).header(HOST, host);
    request = request.header("sec-fetch-site", "same-origin");
    request = request.header("content-type", "application/x-www-form-urlencoded");
    if let Some(cookie) = cookie {
        request = request.header(COOKIE, cookie);
    }
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
    router(service).oneshot(request).await.unwrap()
}

struct Visitor<'a> {
    /// The guards that let them in at home; none for somebody who has not logged in.
    roles: &'static [&'static str],
    host: &'a str,
    cookie: Option<&'a str>,
}

/// Nobody, and one of each kind who is logged in.
fn visitors_of(town: &Town) -> [Visitor<'_>; 4] {
    let logged_in = |roles, cookie| Visitor { roles, host: &town.host, cookie: Some(cookie) };
    [
        Visitor { roles: &[], host: &town.host, cookie: None },
        logged_in(&["citizen", "reader"], &town.citizen),
        logged_in(&["caseworker"], &town.caseworker),
        logged_in(&["admin"], &town.admin),
    ]
}

/// Caseworkers of the home town with something more, by what the sessions of [`Towns::cleared`] are.
fn cleared<'a>(town: &'a Town, sessions: &'a [String; 3]) -> impl Iterator<Item = Visitor<'a>> {
    let roles: [&[_]; 3] =
        [&["caseworker", "cleared"], &["caseworker", "cleared", "supervisor"], &["caseworker", "supervisor"]];
    roles.into_iter().zip(sessions).map(|(roles, cookie)| Visitor { roles, host: &town.host, cookie: Some(cookie) })
}

/// A path with identifiers that belong to nobody.
fn concrete(path: &str) -> String {
    path.replace("{id}", &Uuid::now_v7().to_string())
        .replace("{name}", "none.css")
        .replace("{list}", "incomes")
        .replace("{index}", "0")
}

#[sqlx::test(migrations = "../migrations")]
async fn nobody_comes_where_they_may_not(pool: PgPool) {
    let towns = Towns::new(pool).await;
    let sessions = towns.cleared().await;
    let past = towns.whose_case_is_closed().await;
    let reader = Visitor { roles: &["reader"], host: &towns.home.host, cookie: Some(&past) };
    let of_towns = [&towns.home, &towns.away].into_iter().flat_map(visitors_of);
    let visitors: Vec<_> = of_towns.chain(cleared(&towns.home, &sessions)).chain([reader]).collect();
    for address in in_order() {
        for visitor in &visitors {
            for host in [&towns.home.host, &towns.away.host] {
                let at_home = visitor.host == host;
                let may = address.guard == "open" || at_home && visitor.roles.contains(&address.guard);
                let path = concrete(address.path);
                let answer = send(&towns.service, &address.method, &path, host, visitor.cookie).await;
                // Who reads what they had is led back to it from where they have nothing to do.
                let led_home = visitor.roles == ["reader"]
                    && address.guard == "citizen"
                    && answer.headers().get(LOCATION).is_some_and(|to| to == "/home");
                let refused = matches!(answer.status(), StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) || led_home;
                let (roles, of) = (visitor.roles, visitor.host);
                let who =
                    format!("{} {} by {roles:?} of {of} at {host}: {}", address.method, address.path, answer.status());
                assert_eq!(!refused, may, "{who}");
                assert!(answer.status() != StatusCode::INTERNAL_SERVER_ERROR, "{who}");
            }
        }
    }
}

/// Every address that names a thing, by everybody who is logged in: a refusal is a row that says who asked for what.
#[sqlx::test(migrations = "../migrations")]
async fn who_is_refused_a_thing_is_in_the_audit_trail(pool: PgPool) {
    let towns = Towns::new(pool.clone()).await;
    let home = &towns.home;
    let (mut refusals, mut refused_addresses) = (0, 0);
    for address in listed().filter(|address| address.path.contains("{id}") && address.guard != "open") {
        let mut refused_here = false;
        for visitor in visitors_of(home) {
            let id = Uuid::now_v7();
            let path =
                address.path.replace("{id}", &id.to_string()).replace("{list}", "incomes").replace("{index}", "0");
            let answer = send(&towns.service, &address.method, &path, visitor.host, visitor.cookie).await;
            let rows: Vec<(String, String)> = sqlx::query_as(
                "select actor_kind, object_kind from audit_entry where action = 'refused' and object_id = $1",
            )
            .bind(id)
            .fetch_all(&pool)
            .await
            .unwrap();
            let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND].contains(&answer.status());
            let who = format!("{} {} by {:?}: {}", address.method, address.path, visitor.roles, answer.status());
            assert_eq!(rows.len(), usize::from(refused), "{who}");
            for (actor, _) in &rows {
                assert!(visitor.roles.contains(&actor.as_str()), "{who}");
            }
            refusals += rows.len();
            refused_here |= refused;
        }
        refused_addresses += usize::from(refused_here);
    }
    assert!(refusals >= 20 && refused_addresses >= 10, "{refusals} refusals at {refused_addresses} addresses");
}

#[sqlx::test(migrations = "../migrations")]
async fn a_look_at_what_is_anothers_is_in_the_audit_trail_with_the_thing(pool: PgPool) {
    let towns = Towns::new(pool.clone()).await;
    let (_, [mira, _]) = towns.couple().await;
    let renewal = towns.begun(&mira).await;
    let refused = towns.look(&towns.home.citizen, &format!("/renewals/{renewal}/signed")).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let row: (Uuid, String, Uuid) =
        sqlx::query_as("select actor_id, object_kind, object_id from audit_entry where action = 'refused'")
            .fetch_one(&pool)
            .await
            .unwrap();
    assert_eq!(row, (towns.home.person.0, "renewal".to_owned(), renewal.0));
}

#[sqlx::test(migrations = "../migrations")]
async fn an_unknown_host_learns_nothing(pool: PgPool) {
    let towns = Towns::new(pool).await;
    for host in ["localhost", "evil.example", "exempelby.localhost", "exempelby.localhost:1"] {
        let answer = send(&towns.service, &Method::GET, "/", host, None).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{host}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn a_post_from_elsewhere_is_refused(pool: PgPool) {
    let towns = Towns::new(pool).await;
    let host = &towns.home.host;
    let origin = format!("http://{host}");
    for (headers, accepted) in [
        (vec![("sec-fetch-site", "same-origin")], true),
        (vec![("origin", origin.as_str())], true),
        (vec![], false),
        (vec![("sec-fetch-site", "cross-site")], false),
        (vec![("sec-fetch-site", "same-site")], false),
        (vec![("origin", "https://evil.example")], false),
        (vec![("origin", "null")], false),
    ] {
        let mut request = Request::builder().method(Method::POST).uri("/logout").header(HOST, host);
        for (name, value) in &headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 1))));
        let answer = router(&towns.service).oneshot(request).await.unwrap();
        let expected = if accepted { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN };
        assert_eq!(answer.status(), expected, "{headers:?}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn every_answer_carries_the_headers(pool: PgPool) {
    let towns = Towns::new(pool).await;
    let host = &towns.home.host;
    for path in ["/", "/nowhere", "/home", "/assets/none.css"] {
        let answer = send(&towns.service, &Method::GET, path, host, None).await;
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        let policy = header("content-security-policy").unwrap();
        assert!(policy.contains("'strict-dynamic'") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        assert!(policy.contains("form-action 'self';"), "{path}: forms go nowhere else: {policy}");
        assert_eq!(header("referrer-policy").as_deref(), Some("strict-origin"), "{path}");
        assert_eq!(header("x-content-type-options").as_deref(), Some("nosniff"), "{path}");
        assert_eq!(header("cache-control").as_deref(), Some("no-store"), "{path}");
        assert!(answer.headers().get(LOCATION).is_none(), "{path}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn what_is_refused_before_there_is_a_page_carries_them_too(pool: PgPool) {
    let towns = Towns::new(pool).await;
    let (host, post) = (&*towns.home.host, Method::POST);
    let asked = ["DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "CONNECT", "INVENTED"];
    let refused = asked.map(|method| (method.parse().unwrap(), host, StatusCode::METHOD_NOT_ALLOWED));
    let elsewhere = [Method::GET, post].map(|method| (method, "evil.example", StatusCode::NOT_FOUND));
    for (method, host, status) in refused.into_iter().chain(elsewhere) {
        let answer = send(&towns.service, &method, "/", host, None).await;
        assert_eq!(answer.status(), status, "{method}");
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
        for (name, value) in [
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "strict-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(header(name), Some(value), "{name} of {method} at {host}");
        }
    }
}
