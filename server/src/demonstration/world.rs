//! The parties around the service, started together: Postgres, two identity providers, the authorities.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::num::{NonZeroU16, NonZeroU32};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::staff::StaffRole;
use embedded_postgres::{Durability, EmbeddedPostgres};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use url::Url;

use super::logins::OWNER;
use super::ports::Ports;
use super::{DemoOptions, sources};
use crate::chain::chain;
use crate::clock::{Clock, ClockError};
use crate::config::{self, AtLeast, DatabaseUrl, KeyFile, NoDatabaseUrl, NoHostPort, Settings, Words};
use crate::db::{MasterKey, SERVICE, SERVICE_REGISTER, SERVICE_SYSTEM, VaultError};
use crate::identity::oidc::{KeyError, SigningKey};
use crate::random::NoRandom;
use demo::authorities::{self, Listen};
use demo::identity_provider::{self, DemoProvider, Holder, Identity, RegisteredClient, Serves};
use demo::people::{DemoMunicipality, Description, People, PeopleError};

/// What the service is called at the demo's identity providers.
const CLIENT: &str = "fornya";

/// The levels of assurance that the demo's service accepts.
const LEVELS: [&str; 2] = ["http://id.elegnamnden.se/loa/1.0/loa3", "http://id.elegnamnden.se/loa/1.0/loa4"];

/// The demo's world could not be started.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    /// The people cannot be read.
    #[error(transparent)]
    People(#[from] PeopleError),
    #[error(transparent)]
    Postgres(#[from] embedded_postgres::Error),
    /// The runtime stopped while Postgres was starting or stopping.
    #[error("interrupted")]
    Interrupted(#[from] tokio::task::JoinError),
    #[error(transparent)]
    Authorities(#[from] authorities::StartError),
    #[error("an identity provider of the demo cannot start")]
    IdentityProvider(#[from] identity_provider::ProviderError),
    /// A file or folder.
    #[error("{path} cannot be read or written")]
    File { path: PathBuf, source: io::Error },
    /// The service's key for the database.
    #[error(transparent)]
    MasterKey(#[from] VaultError),
    /// The service's key for the identity providers.
    #[error(transparent)]
    ClientKey(#[from] KeyError),
    /// An address is taken.
    #[error("cannot listen on {address}")]
    Listen { address: SocketAddr, source: io::Error },
    /// An address makes no URL.
    #[error("an address of the demo is no URL")]
    Url(#[from] url::ParseError),
    /// The address of a database of one's own.
    #[error("the demo's database cannot be used")]
    Database(#[from] NoDatabaseUrl),
    /// What the world tells the service is none of its settings.
    #[error("{0} cannot be a setting of the service")]
    Setting(&'static str),
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// The kept ports cannot be read.
    #[error("the demo's file of ports cannot be read")]
    Ports(#[from] toml::de::Error),
    #[error("no free ports between {0} and {1}")]
    NoPort(u16, u16),
    #[error(transparent)]
    Random(#[from] NoRandom),
}

pub(super) struct World {
    /// The people in it.
    pub people: Arc<People>,
    pub authorities: authorities::Handle,
    pub eid: DemoProvider,
    /// The settings with which the service lives in it.
    pub settings: Settings,
    /// The login that the database was given with.
    pub creator: DatabaseUrl,
    postgres: Option<EmbeddedPostgres>,
    _providers: JoinSet<()>,
}

impl World {
    /// Starts everything around the service.
    pub(super) async fn start(options: &DemoOptions, ports: Ports) -> Result<Self, WorldError> {
        let folder = &options.data;
        let people = Arc::new(People::shipped()?);
        let postgres = if options.database_url.is_some() {
            None
        } else {
            let purpose = if options.throwaway { Durability::Throwaway } else { Durability::Keep };
            let folder = folder.join("postgres");
            Some(tokio::task::spawn_blocking(move || EmbeddedPostgres::start(&folder, purpose)).await??)
        };
        let creator: DatabaseUrl = match (&options.database_url, &postgres) {
            (Some(url), _) => url.parse()?,
            (None, Some(postgres)) => postgres.url().parse()?,
            (None, None) => return Err(WorldError::Url(url::ParseError::EmptyHost)),
        };
        let listen = Listen { ssbtek: local(ports.ssbtek), energy: local(ports.energy) };
        let authorities =
            authorities::start(&folder.join("authorities"), listen, Arc::clone(&people), options.business_date).await?;
        let mut providers = JoinSet::new();
        let identity = folder.join("identity");
        let key = SigningKey::from_pem(&identity_provider::keep_client_key(&identity.join("client"), "client")?)?;
        let (eid, trust) = start_providers(&mut providers, &identity, &people, ports, &key).await?;
        let settings = settings(options, ports, &creator, &identity, &trust, &authorities)?;
        Ok(Self { people, authorities, eid, settings, creator, postgres, _providers: providers })
    }

    /// Stops Postgres; the others stop with the process.
    pub(super) async fn stop(self) -> Result<(), WorldError> {
        match self.postgres {
            Some(postgres) => Ok(tokio::task::spawn_blocking(move || postgres.stop()).await??),
            None => Ok(()),
        }
    }

    /// Where a municipality is visited.
    pub(super) fn address_of(&self, municipality: &DemoMunicipality) -> String {
        format!("http://{}:{}", municipality.host, self.settings.http.listen.port())
    }

    /// Every address that a visitor or a test needs, by name.
    pub(super) fn addresses(&self) -> BTreeMap<String, String> {
        let mut addresses: BTreeMap<_, _> = self
            .people
            .municipalities
            .iter()
            .map(|municipality| (municipality.key.clone(), self.address_of(municipality)))
            .collect();
        addresses.insert("ops".to_owned(), format!("http://{}", self.settings.ops.listen));
        addresses
    }
}

pub(super) fn local(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

pub(super) fn file_error(path: &Path) -> impl FnOnce(io::Error) -> WorldError {
    let path = path.to_owned();
    |source| WorldError::File { path, source }
}

pub(super) async fn bind(address: SocketAddr) -> Result<TcpListener, WorldError> {
    TcpListener::bind(address).await.map_err(|source| WorldError::Listen { address, source })
}

/// Starts both providers, and gives the citizens' one with the file of certificates that its signatures lead to.
async fn start_providers(
    providers: &mut JoinSet<()>,
    folder: &Path,
    people: &People,
    ports: Ports,
    key: &SigningKey,
) -> Result<(DemoProvider, PathBuf), WorldError> {
    let eid = start_provider(providers, Serves::Citizens, &folder.join("citizens"), people, ports, key).await?;
    start_provider(providers, Serves::Staff, &folder.join("staff"), people, ports, key).await?;
    let file = folder.join("signers.pem");
    std::fs::write(&file, eid.trust_anchor_pem()).map_err(file_error(&file))?;
    Ok((eid, file))
}

async fn start_provider(
    providers: &mut JoinSet<()>,
    serves: Serves,
    folder: &Path,
    people: &People,
    ports: Ports,
    key: &SigningKey,
) -> Result<DemoProvider, WorldError> {
    let (port, way_back, who) = match serves {
        Serves::Citizens => (ports.citizens, "/login/callback", citizens(people)),
        Serves::Staff => (ports.staff, "/staff/login/callback", staff(people)),
    };
    let clock = Clock::new(None)?;
    let client = RegisteredClient {
        id: CLIENT.to_owned(),
        name: "Förnya".to_owned(),
        redirect_uris: people
            .municipalities
            .iter()
            .map(|municipality| format!("http://{}:{}{way_back}", municipality.host, ports.service))
            .collect(),
        keys: vec![key.public().clone()],
    };
    let settings = identity_provider::Settings {
        issuer: issuer(port)?,
        serves,
        clients: vec![client],
        clock: Arc::new(move || clock.real()),
        fault: None,
    };
    let provider = DemoProvider::start(settings, folder, who)?;
    let listener = bind(local(port)).await?;
    // The same listener under another name is another origin.
    let router = provider.router_with_pages_at(&Url::parse(&format!("http://localhost:{port}"))?);
    providers.spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!(error = %chain(&error), "An identity provider of the demo stopped");
        }
    });
    Ok(provider)
}

/// Writes a file that only its owner can read.
fn write_secret(path: &Path, text: &str) -> io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}

fn issuer(port: u16) -> Result<Url, url::ParseError> {
    Url::parse(&format!("http://{}", local(port)))
}

fn citizens(people: &People) -> Vec<Holder> {
    people
        .municipalities
        .iter()
        .flat_map(|municipality| {
            people.adults(&municipality.key).map(|person| Holder {
                key: person.key.clone(),
                given_name: person.given_name.clone(),
                family_name: person.family_name.clone(),
                group: municipality.name.clone(),
                description: person.description.clone().unwrap_or_default(),
                identity: Identity::Citizen { number: person.number },
            })
        })
        .collect()
}

fn staff(people: &People) -> Vec<Holder> {
    people
        .staff
        .iter()
        .filter_map(|staff| {
            let municipality = people.municipality(&staff.municipality)?;
            let (given, family) = staff.name.split_once(' ').unwrap_or((&staff.name, ""));
            let (sv, en) = match staff.role {
                StaffRole::Caseworker => ("Handläggare", "Caseworker"),
                StaffRole::Admin => ("Administratör", "Administrator"),
            };
            Some(Holder {
                key: staff.subject.clone(),
                given_name: given.to_owned(),
                family_name: family.to_owned(),
                group: municipality.name.clone(),
                description: Description { sv: sv.to_owned(), en: en.to_owned() },
                identity: Identity::Staff {
                    employee: staff.subject.clone(),
                    organisation_number: short_number(&municipality.organisation_number).to_owned(),
                    roles: vec![staff.role.code().to_owned()],
                },
            })
        })
        .collect()
}

/// The ten digits of an organisation number of twelve.
pub(super) fn short_number(organisation_number: &str) -> &str {
    organisation_number.get(2..).unwrap_or(organisation_number)
}

/// The service's settings in this world.
fn settings(
    options: &DemoOptions,
    ports: Ports,
    creator: &DatabaseUrl,
    identity: &Path,
    trust: &Path,
    authorities: &authorities::Handle,
) -> Result<Settings, WorldError> {
    let folder = &options.data;
    let master_key_file = folder.join("master.key");
    if !master_key_file.exists() {
        write_secret(&master_key_file, &MasterKey::generate_base64()?).map_err(file_error(&master_key_file))?;
    }
    let provider = |port: u16, trust: Option<PathBuf>| -> Result<config::Provider, WorldError> {
        let word =
            |text: &str| text.parse().map_err(|_| WorldError::Setting("a name or level of the identity providers"));
        let levels = LEVELS.map(word).into_iter().collect::<Result<_, _>>()?;
        let issuer = issuer(port)?.as_str().trim_end_matches('/').parse();
        Ok(config::Provider {
            issuer: issuer.map_err(|_| WorldError::Setting("an issuer"))?,
            client_id: word(CLIENT)?,
            client_key_file: KeyFile::new(identity.join("client").join("client.key.pem")),
            allow_loopback_http: true,
            accepted_levels: Words::new(levels).ok_or(WorldError::Setting("the levels of assurance"))?,
            signature_trust_file: trust,
        })
    };
    let allowed = sources::network_rules(authorities).allowed;
    let allowed_hosts = allowed.iter().map(|host| host.parse()).collect::<Result<_, NoHostPort>>();
    let filter = "warn,server=info".parse().map_err(|_| WorldError::Setting("the filter of log lines"))?;
    Ok(Settings {
        http: config::Http {
            listen: ports.public(options.listen),
            public_scheme: config::Scheme::Http,
            public_port: NonZeroU16::new(ports.service),
            body_limit_bytes: AtLeast::or_more(256 * 1024),
            request_timeout_seconds: NonZeroU32::MIN.saturating_add(29),
            client_address_header: None,
            no_proxy: true,
            // Everybody in the demo sits behind one address, and a browser is driven faster than anybody presses.
            allowance: NonZeroU32::MIN.saturating_add(199),
            connections: AtLeast::or_more(512),
            connections_per_client: AtLeast::or_more(512),
            keep_alive_seconds: NonZeroU32::MIN.saturating_add(74),
            linger_seconds: 0,
        },
        ops: config::Ops { listen: ports.operators() },
        database: config::Database {
            url: creator.with_login(SERVICE),
            system_url: creator.with_login(SERVICE_SYSTEM),
            register_url: Some(creator.with_login(SERVICE_REGISTER)),
            migration_url: Some(if options.database_url.is_some() {
                creator.clone()
            } else {
                creator.with_login(OWNER)
            }),
            backup_url: Some(creator.clone()),
            max_connections: AtLeast::or_more(16),
        },
        keys: config::Keys::in_file(KeyFile::new(master_key_file)),
        identity: config::Identity {
            citizen: provider(ports.citizens, Some(trust.to_owned()))?,
            staff: provider(ports.staff, None)?,
        },
        authorities: config::Authorities {
            allowed_hosts: allowed_hosts.map_err(|_| WorldError::Setting("the authorities' addresses"))?,
            allow_loopback: true,
            allow_private: false,
        },
        files: config::Files::default(),
        log: config::Log { format: config::LogFormat::Text, filter },
        demo: Some(config::Demo { business_date: options.business_date }),
    })
}
