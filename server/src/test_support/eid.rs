//! The demo's identity providers for tests, and what a person does there.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::Request;
use axum::http::header::{CONTENT_TYPE, LOCATION};
use axum::response::Response;
use demo::identity_provider::{
    self, DemoProvider, Holder, Identity, LEVEL_HIGH, RegisteredClient, Serves, keep_client_key,
};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tower::ServiceExt as _;
use url::Url;

use super::register::{JOHAN, MIRA};
use super::towns::PETRA;
use super::{Answered, Towns};
use crate::clock::Clock;
use crate::config::{self, KeyFile, Words};
use crate::identity::oidc::SigningKey;
use crate::identity::providers::Providers;
use crate::session::attempt;

/// Both providers. Petra, Mira, Johan, Suharto and Nora, whom no register knows, are citizens; Siv is a caseworker of the home town.
pub(crate) struct TestEid {
    citizens: DemoProvider,
    staff: DemoProvider,
    _folder: TempDir,
}

/// Somebody with one name, whose month and day of birth nobody knows.
pub(crate) const SUHARTO: &str = "198500602399";

/// Siv, as the home town's register of staff would have her.
pub(crate) const SIV: &str = "siv@2120009010";

impl TestEid {
    /// Starts them on ports of their own, and lets these towns send people there.
    pub(crate) async fn start(towns: &mut Towns) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hosts = [&towns.home.host, &towns.away.host];
        let mut started = Vec::new();
        for (serves, way_back) in [(Serves::Citizens, "/login/callback"), (Serves::Staff, "/staff/login/callback")] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let issuer = format!("http://{}", listener.local_addr().unwrap());
            let back = hosts.map(|host| format!("http://{host}{way_back}")).to_vec();
            let (provider, settings) = provider(folder.path(), serves, &issuer, back);
            tokio::spawn(axum::serve(listener, provider.router()).into_future());
            started.push((provider, settings));
        }
        let (staff, citizens) = (started.pop().unwrap(), started.pop().unwrap());
        let service = Arc::get_mut(&mut towns.service).unwrap();
        let identity = config::Identity { citizen: citizens.1, staff: staff.1 };
        service.providers = Providers::new(&identity, service.clock.clone()).unwrap();
        Self { citizens: citizens.0, staff: staff.0, _folder: folder }
    }

    /// Logs in as this person where the service has sent a browser, or cancels; gives the way back to the service.
    pub(crate) async fn log_in(&self, sent_to: &str, person: Option<&str>) -> String {
        let provider = if sent_to.starts_with(self.staff.issuer()) { &self.staff } else { &self.citizens };
        let shown = ask(&provider.router(), Request::get(path_of(sent_to)).body(Body::empty()).unwrap()).await;
        let page = to_bytes(shown.into_body(), 1 << 20).await.unwrap();
        let page = String::from_utf8(page.to_vec()).unwrap();
        let login = page.split_once("name=\"login\" value=\"").unwrap().1.split_once('"').unwrap().0;
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("login", login).extend_pairs(person.map(|person| ("person", person)));
        let post = Request::post("/choose").header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let chosen = ask(&provider.router(), post.body(Body::from(form.finish())).unwrap()).await;
        path_of(chosen.headers()[LOCATION].to_str().unwrap())
    }

    /// Signs what the service has sent a browser with, as the person whom it names; gives the way back.
    pub(crate) fn sign(&self, sent_to: &str) -> String {
        path_of(self.citizens.sign_unseen(&sent_to.parse().unwrap()).unwrap().as_str())
    }
}

impl Answered {
    /// The browser that a login or signature was begun in, with this session: a `Cookie` header.
    pub(crate) fn browser(&self, session: &str) -> String {
        format!("{session}; {}", self.cookie(attempt::COOKIE).expect("an attempt was begun"))
    }
}

async fn ask(router: &Router, request: Request<Body>) -> Response {
    router.clone().oneshot(request).await.unwrap()
}

/// What stands after the host in an address.
fn path_of(address: &str) -> String {
    let url: Url = address.parse().unwrap();
    format!("{}?{}", url.path(), url.query().unwrap_or_default())
}

/// A provider, and what the service is told of it. Its keys, and the service's own, are kept in the folder.
pub(super) fn provider(
    folder: &Path,
    serves: Serves,
    issuer: &str,
    redirect_uris: Vec<String>,
) -> (DemoProvider, config::Provider) {
    let key = SigningKey::from_pem(&keep_client_key(folder, "client").unwrap()).unwrap();
    let clock = Clock::new(None).unwrap();
    let client = RegisteredClient {
        id: "fornya".to_owned(),
        name: "Förnya".to_owned(),
        redirect_uris,
        keys: vec![key.public().clone()],
    };
    let settings = identity_provider::Settings {
        issuer: issuer.parse().unwrap(),
        serves,
        clients: vec![client],
        clock: Arc::new(move || clock.real()),
        fault: None,
    };
    let provider = DemoProvider::start(settings, &folder.join("eid"), people(serves)).unwrap();
    let trust = folder.join("signers.pem");
    std::fs::write(&trust, provider.trust_anchor_pem()).unwrap();
    let settings = config::Provider {
        issuer: issuer.parse().unwrap(),
        client_id: "fornya".parse().unwrap(),
        client_key_file: KeyFile::new(folder.join("client.key.pem")),
        allow_loopback_http: true,
        accepted_levels: Words::new(vec![LEVEL_HIGH.parse().unwrap()]).unwrap(),
        signature_trust_file: (serves == Serves::Citizens).then_some(trust),
    };
    (provider, settings)
}

fn people(serves: Serves) -> Vec<Holder> {
    let person = |key: &str, identity| Holder {
        key: key.to_owned(),
        given_name: key.to_owned(),
        family_name: "Nilsson".to_owned(),
        group: "exempelby".to_owned(),
        description: demo::people::Description { sv: String::new(), en: String::new() },
        identity,
    };
    let citizen = |key, number: &str| person(key, Identity::Citizen { number: number.parse().unwrap() });
    match serves {
        Serves::Citizens => vec![
            citizen("petra", PETRA),
            citizen("mira", MIRA),
            citizen("johan", JOHAN),
            citizen("nora", "194408139089"),
            Holder { family_name: String::new(), ..citizen("suharto", SUHARTO) },
        ],
        Serves::Staff => {
            let (employee, organisation_number) = SIV.split_once('@').unwrap();
            let (employee, organisation_number) = (employee.to_owned(), organisation_number.to_owned());
            vec![person("siv", Identity::Staff { employee, organisation_number, roles: vec!["caseworker".to_owned()] })]
        }
    }
}
