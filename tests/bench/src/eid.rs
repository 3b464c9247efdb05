//! The eID of the country: the demo's, in this process, with everybody in it who is to sign.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use demo::identity_provider::{self, DemoProvider, Holder, Identity, RegisteredClient, Serves};
use demo::people::Description;
use domain::PersonNumber;
use tokio::net::TcpListener;
use url::Url;

use crate::country;

pub(crate) struct Eid {
    pub(crate) provider: DemoProvider,
    issuer: String,
}

impl Eid {
    /// Starts the eID with these people, under the keys of the demo's.
    pub(crate) async fn start(demo: &Path, signers: &[PersonNumber]) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let issuer = format!("http://{}", listener.local_addr()?);
        let identity = demo.join("identity");
        let key = identity_provider::keep_client_key(&identity.join("client"), "client")?;
        let client = RegisteredClient {
            id: "fornya".to_owned(),
            name: "Förnya".to_owned(),
            redirect_uris: country::hosts().map(|host| format!("http://{host}/login/callback")).collect(),
            keys: vec![identity_provider::client_public_key(&key)?],
        };
        let settings = identity_provider::Settings {
            issuer: Url::parse(&issuer)?,
            serves: Serves::Citizens,
            clients: vec![client],
            clock: Arc::new(now),
            fault: None,
        };
        // Two municipalities may each have somebody of one number: copies of one person.
        let signers: BTreeSet<_> = signers.iter().collect();
        let people = signers.into_iter().map(|number| person(*number)).collect();
        let provider = DemoProvider::start(settings, &identity.join("citizens"), people)?;
        tokio::spawn(axum::serve(listener, provider.router()).into_future());
        Ok(Self { provider, issuer })
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.issuer
    }
}

/// Real time: codes and tokens of the eID live by it.
#[expect(clippy::disallowed_methods, reason = "a process beside the service, with the machine's own clock")]
pub(crate) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

fn person(number: PersonNumber) -> Holder {
    Holder {
        key: number.digits(),
        given_name: "Kim".to_owned(),
        family_name: "Påhittad".to_owned(),
        group: "Landet".to_owned(),
        description: Description { sv: String::new(), en: String::new() },
        identity: Identity::Citizen { number },
    }
}
