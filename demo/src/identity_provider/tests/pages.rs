//! The pages are whole, without script, and end where they should.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt as _;

use super::World;
use crate::identity_provider::Serves;

#[tokio::test]
async fn a_page_that_is_too_old_says_so() {
    let world = World::start(Serves::Citizens);
    let page = world.open(&world.object()).await;
    world.wait(20 * 60);
    for answer in [
        world.post("/choose", &[("login", page.login()), ("person", "anna")]).await,
        world.post("/choose", &[("login", page.login())]).await,
        world.post("/sign", &[("login", page.login()), ("act", "sign")]).await,
        world.get("/authorize?client_id=fornya&request_uri=urn:ietf:params:oauth:request_uri:x").await,
    ] {
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        assert!(answer.body.contains("Här finns inget att göra"), "{}", answer.body);
    }
}

#[tokio::test]
async fn the_page_of_people_is_whole() {
    let world = World::start(Serves::Citizens);
    let page = world.open(&world.object()).await;
    assert_eq!(page.status, StatusCode::OK);
    let html = &page.body;
    assert!(html.starts_with("<!doctype html><html lang=\"sv\">"), "{html}");
    assert!(html.contains("Demo: påhittade personer"), "{html}");
    assert_eq!(html.matches("<h1>").count(), 1);
    assert!(html.contains("<h1>Välj person</h1>") && html.contains("Exempelby &amp; Co vill veta"), "{html}");
    assert!(html.contains("19900602-2397. Ensam &quot;utan&quot; &lt;barn&gt;."), "{html}");
    assert!(html.contains("action=\"/eid/choose\"") && html.contains("href=\"/eid/style.css\""), "{html}");
    assert!(!html.contains("<script") && !html.contains("style=\""), "{html}");
    let order: Vec<_> = ["<h2>Exempelby", "Anna Berg", "Cecilia Berg", "<h2>Grannby", "Bo Berg"]
        .iter()
        .map(|part| html.find(part).unwrap())
        .collect();
    assert!(order.is_sorted(), "{order:?}");
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("default-src 'none'; style-src 'self'"), "{policy}");
    let targets = "form-action 'self' http://exempelby.localhost:8080 http://grannby.localhost:8080;";
    assert!(policy.contains(targets), "{policy}");
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    let style = world.get("/style.css").await;
    assert_eq!(style.headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
}

#[tokio::test]
async fn the_page_speaks_english_when_asked() {
    let world = World::start(Serves::Citizens);
    let mut object = world.object();
    object["ui_locales"] = "en sv".into();
    let page = world.open(&object).await;
    assert!(
        page.body.contains("<html lang=\"en\">") && page.body.contains("<h1>Choose a person</h1>"),
        "{}",
        page.body
    );
    assert!(page.body.contains("Single."), "{}", page.body);
}

#[tokio::test]
async fn who_signs_may_be_open_and_what_is_signed_is_text() {
    let world = World::start(Serves::Citizens);
    let people = world.open(&world.signing()).await;
    assert!(people.body.contains("Välj först vem du är") && !people.body.contains("name=\"level\""), "{}", people.body);
    let page = world.post("/choose", &[("login", people.login()), ("person", "bo")]).await;
    assert!(
        page.body.contains("<h1>Skriv under</h1>") && page.body.contains("Bo Berg, 19910717-2380"),
        "{}",
        page.body
    );
    assert!(page.body.contains("<p class=\"text\" lang=\"sv\">&lt;b&gt;</p>"), "{}", page.body);
    let back = world.post("/sign", &[("login", page.login()), ("act", "sign")]).await;
    assert_eq!(world.exchange(&back.code(), ("", "")).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_pages_can_be_at_another_origin_than_the_address_that_people_are_sent_to() {
    let router =
        World::start(Serves::Citizens).provider.router_with_pages_at(&"http://localhost:8090".parse().unwrap());
    let ask = async |host: &str, path: &str| {
        let request = Request::get(path).header(header::HOST, host).body(Body::empty()).unwrap();
        router.clone().oneshot(request).await.unwrap()
    };
    let sent_on = ask("127.0.0.1:8090", "/authorize?client_id=fornya&request_uri=x").await;
    assert_eq!(sent_on.status(), StatusCode::SEE_OTHER);
    assert_eq!(sent_on.headers()[header::LOCATION], "http://localhost:8090/authorize?client_id=fornya&request_uri=x");
    assert_eq!(
        ask("localhost:8090", "/authorize?client_id=fornya&request_uri=x").await.status(),
        StatusCode::BAD_REQUEST
    );
    assert_eq!(ask("127.0.0.1:8090", "/jwks").await.status(), StatusCode::OK);
}
