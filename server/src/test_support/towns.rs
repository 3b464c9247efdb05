//! Two towns that know nothing of each other, over a test's own database.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use domain::id::{CaseId, MunicipalityId, PersonId, StaffId};
use domain::norm::seed;
use domain::protection::Protection;
use domain::renewal::state::SignerRole;
use domain::staff::StaffRole;
use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use sqlx::PgPool;
use tempfile::TempDir;
use uuid::Uuid;

use super::{
    ADULT, add_case, add_member, add_person, add_staff, decide_alone_up_to, delegate, municipality, noon, open_to,
    settings,
};
use crate::case::municipal_settings;
use crate::clock::Clock;
use crate::db::{Actor, Db, SystemTx, TenantTx};
use crate::serve;
use crate::service::Service;
use crate::session::{self, Kind, Owner};

/// A service over a test's database.
pub(crate) struct Towns {
    /// Everything that a request needs to be answered.
    pub service: Arc<Service>,
    /// The same database, as who fills its register.
    pub register: Db,
    /// The town that a test is about.
    pub home: Town,
    pub away: Town,
    _folder: TempDir,
}

/// One municipality with a caseworker, who may decide more than any test is about, and an administrator; and a citizen who lives alone and is
/// paid by payment slip.
pub(crate) struct Town {
    pub id: MunicipalityId,
    pub host: String,
    pub staff: StaffId,
    /// The caseworker's session, as a `Cookie` header.
    pub caseworker: String,
    pub administrator: StaffId,
    /// The administrator's session.
    pub admin: String,
    pub person: PersonId,
    pub citizen: String,
    pub case: CaseId,
}

/// A published test number: the home town's citizen.
pub(super) const PETRA: &str = "199006022397";

/// So many kronor one official may decide on alone.
const WIDE: i64 = 1_000_000;

/// The day that it is in both towns.
const TODAY: Date = date(2026, 11, 24);

/// The time of towns where it stands still.
pub(crate) struct Rest(Arc<Mutex<Timestamp>>);

impl Rest {
    pub(crate) fn pass(&self, minutes: i64) {
        *self.0.lock().unwrap() += SignedDuration::from_mins(minutes);
    }
}

impl Towns {
    /// Sets up both towns. Their citizens have begun nothing. It is noon there, whenever the test is run: what is done at night is told to
    /// supervisors.
    pub(crate) async fn new(pool: PgPool) -> Self {
        let began = Instant::now();
        let since_noon = move |_| noon(TODAY) + SignedDuration::try_from(began.elapsed()).unwrap();
        Self::by(Clock::new(Some(TODAY)).unwrap().with_business(since_noon), pool).await
    }

    /// The same, where no time passes but what the test lets pass.
    pub(crate) async fn at_rest(pool: PgPool) -> (Self, Rest) {
        let rest = Rest(Arc::new(Mutex::new(noon(TODAY))));
        let now = Arc::clone(&rest.0);
        let clock = Clock::over(move || *now.lock().unwrap(), Some(TODAY)).unwrap();
        (Self::by(clock, pool).await, rest)
    }

    async fn by(clock: Clock, pool: PgPool) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let settings = settings::in_folder(&folder, TODAY);
        let db = Db::over(pool.clone(), serve::master_key(&settings).unwrap()).await;
        let register = db.register(&pool);
        let service = Service { clock, ..serve::service_over(settings, db).unwrap() };
        let home = Town::add(&service, &register, "exempelby", PETRA).await;
        let away = Town::add(&service, &register, "grannby", "199107172380").await;
        Self { service: Arc::new(service), register, home, away, _folder: folder }
    }

    /// Another process of the same installation: it shares nothing with this one but the database and the keys.
    pub(crate) async fn another_node(&self, pool: PgPool) -> Arc<Service> {
        let settings = self.service.settings.clone();
        let db = Db::over(pool, serve::master_key(&settings).unwrap()).await;
        let clock = self.service.clock.clone();
        Arc::new(Service { clock, ..serve::service_over(settings, db).unwrap() })
    }

    /// A transaction of nobody in particular, today, which may write into the register.
    pub(crate) async fn tx(&self, town: &Town) -> TenantTx {
        let at = self.service.clock.business();
        TenantTx::begin(&self.register, town.id, Actor::System, at).await.unwrap()
    }

    /// A session that begins now, as a `Cookie` header.
    pub(crate) async fn log_in(&self, tx: &mut TenantTx, owner: Owner) -> String {
        log_in(&self.service, tx, owner).await
    }
}

impl Town {
    /// Writes a municipality of this name, where the person of this number lives.
    async fn add(service: &Service, register: &Db, slug: &str, number: &str) -> Self {
        let id = MunicipalityId(Uuid::now_v7());
        let mut tx = SystemTx::begin(register).await.unwrap();
        tx.add_municipality(&municipality(id, slug)).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = TenantTx::begin(register, id, Actor::System, service.clock.business()).await.unwrap();
        let staff = add_staff(&mut tx, "sara", StaffRole::Caseworker).await;
        let administrator = add_staff(&mut tx, "ali", StaffRole::Admin).await;
        delegate(&mut tx, staff, administrator, WIDE).await;
        decide_alone_up_to(&mut tx, administrator, WIDE, WIDE).await;
        let person = add_person(&mut tx, number, "Petra", Protection::None).await;
        let case = add_case(&mut tx, "2026-Petra", None).await;
        add_member(&mut tx, case, person, ADULT, Some(SignerRole::Applicant)).await;
        open_to(&mut tx, case, staff).await;
        let settings = toml::from_str(seed::example_settings(slug).unwrap()).unwrap();
        municipal_settings::add(&mut tx, &settings).await.unwrap();
        let town = Self {
            id,
            host: format!("{slug}.localhost:{}", settings::PORT),
            staff,
            caseworker: log_in(service, &mut tx, Owner::Staff(staff)).await,
            administrator,
            admin: log_in(service, &mut tx, Owner::Staff(administrator)).await,
            person,
            citizen: log_in(service, &mut tx, Owner::Person(person)).await,
            case,
        };
        tx.commit().await.unwrap();
        town
    }
}

async fn log_in(service: &Service, tx: &mut TenantTx, owner: Owner) -> String {
    let kind = match owner {
        Owner::Person(_) => Kind::Citizen,
        Owner::Staff(_) => Kind::Staff,
    };
    let token = session::begin(tx, owner, service.clock.real()).await.unwrap();
    format!("{}={token}", kind.cookie_name())
}
