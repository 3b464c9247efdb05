//! Two towns that know nothing of each other, over a test's own database.

use domain::id::{CaseId, MunicipalityId, PersonId, StaffId};
use sqlx::PgPool;
use uuid::Uuid;

use super::world::TestWorld;
use crate::db::{Actor, TenantTx};
use crate::service::Service;
use crate::session::{self, Kind, Owner};

/// A service over a test's database.
pub(crate) struct Towns {
    /// Everything that a request needs.
    pub world: TestWorld,
    /// The town that a test is about.
    pub home: Town,
    pub away: Town,
}

/// One municipality with a caseworker and an administrator, and a citizen who lives alone and is paid by payment slip.
pub(crate) struct Town {
    pub id: MunicipalityId,
    pub host: String,
    pub staff: StaffId,
    /// The caseworker's session, as a `Cookie` header.
    pub caseworker: String,
    pub admin: String,
    pub person: PersonId,
    pub citizen: String,
    pub case: CaseId,
}

impl Towns {
    /// Sets up both towns. Their citizens have begun nothing.
    pub(crate) async fn new(pool: PgPool) -> Self {
        let world = TestWorld::new(pool).await;
        let (home, away) = {
            let mut visitors = world.visitors().await;
            let mut hosts = world.hosts().into_iter();
            let mut cookie = |host: &str, role| {
                let of = visitors.iter_mut().find(|one| one.host == host && one.role == Some(role)).unwrap();
                of.cookie.take().unwrap()
            };
            let mut town = |host: String| (["caseworker", "admin", "citizen"].map(|role| cookie(&host, role)), host);
            (town(hosts.next().unwrap()), town(hosts.next().unwrap()))
        };
        let (home, away) = (Town::read(&world, home).await, Town::read(&world, away).await);
        Self { world, home, away }
    }

    pub(crate) fn service(&self) -> &Service {
        &self.world.service
    }

    /// A transaction of nobody in particular, today.
    pub(crate) async fn tx(&self, town: &Town) -> TenantTx {
        let at = self.service().clock.business();
        TenantTx::begin(&self.service().db, town.id, Actor::System, at).await.unwrap()
    }

    /// A session that a citizen begins now, as a `Cookie` header.
    pub(crate) async fn log_in(&self, tx: &mut TenantTx, person: PersonId) -> String {
        let token = session::begin(tx, Owner::Person(person), self.service().clock.real()).await.unwrap();
        format!("{}={token}", Kind::Citizen.cookie_name())
    }
}

impl Town {
    async fn read(world: &TestWorld, ([caseworker, admin, citizen], host): ([String; 3], String)) -> Self {
        let service = &world.service;
        let id = service.municipalities.at(&service.db, &host).await.unwrap().unwrap().id;
        let mut tx = TenantTx::begin(&service.db, id, Actor::System, service.clock.business()).await.unwrap();
        let staff: Uuid = sqlx::query_scalar("select id from staff where role = 'caseworker'")
            .fetch_one(tx.connection())
            .await
            .unwrap();
        let (case, person): (Uuid, Uuid) =
            sqlx::query_as("select case_id, person_id from household_member").fetch_one(tx.connection()).await.unwrap();
        let (staff, person, case) = (StaffId(staff), PersonId(person), CaseId(case));
        Self { id, host, staff, caseworker, admin, person, citizen, case }
    }
}
