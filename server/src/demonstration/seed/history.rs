//! A year of history: for every household with a case, each month's renewal as it would have come about through the service.
//!
//! The demo's eID really signs: each signature goes through the service's own relying party. A municipality's history is one transaction,
//! whole or not there, so that a start that was cut short begins it anew.

mod answers;
mod ready;
mod story;
#[cfg(test)]
mod tests;
mod times;
mod write;

use std::sync::Arc;

use app::i18n::Texts;
use app::model::AuthorityName;
use domain::NormMonth;
use domain::account::PayoutMethod;
use domain::authority::Agency;
use domain::decision::Official;
use domain::form::{PlainText, TooLongToKeep};
use domain::id::{CaseId, MunicipalityId, PersonId, SourceId, StaffId};
use domain::renewal::state::SignerRole;
use domain::renewal::window::Offer;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use self::ready::Ready;
use self::story::Story;
use self::times::Times;
use crate::authority::PeriodError;
use crate::case::household::{self, HouseholdMember};
use crate::case::{head, signers};
use crate::caseworker::make_decision;
use crate::citizen::sign_renewal;
use crate::db::{Actor, DbError, HistoryTx, TenantTx, query, through_db};
use crate::demonstration::world::World;
use crate::identity::oidc::{Client, LoginError, SignRequestError};
use crate::identity::providers::ProvidersError;
use crate::municipality::Municipality;
use crate::service::Service;
use crate::signing::SigningError;
use demo::identity_provider;
use demo::people::{Case, DemoHousehold, DemoMunicipality, DemoPerson, DemoSource, People};

/// The year of history could not be told.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The story is not of its form.
    #[error("the story cannot be read")]
    Story(#[from] toml::de::Error),
    /// The municipality, a case or a caseworker that was just written is not there.
    #[error("{0} is not in the register")]
    Missing(String),
    /// What the story lets somebody type cannot be kept.
    #[error(transparent)]
    Typed(#[from] TooLongToKeep),
    /// What the story lets a household state cannot be taken.
    #[error("what {household} states for {month} cannot be taken")]
    Statements { household: String, month: NormMonth },
    /// There are no days to ask an authority about.
    #[error(transparent)]
    Period(#[from] PeriodError),
    /// The relying party could not be set up.
    #[error(transparent)]
    Providers(#[from] ProvidersError),
    /// There is nothing to sign.
    #[error(transparent)]
    SignRequest(#[from] SignRequestError),
    /// The eID did not sign, or not as it should.
    #[error("the eID did not sign")]
    Eid(#[from] LoginError),
    /// The eID knows of nothing that is to be signed.
    #[error("the eID was not asked to sign")]
    NotAsked,
    /// A document could not be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// A signature was not taken.
    #[error(transparent)]
    NotTaken(#[from] sign_renewal::SignatureRefused),
    /// A decision could not be made.
    #[error("the renewal of {household} for {month} cannot be decided")]
    Decision { household: String, month: NormMonth, source: make_decision::DecisionRefused },
    #[error(transparent)]
    Db(#[from] DbError),
}

through_db!(HistoryError);

/// How many months there are before the open one.
const MONTHS: i32 = 12;

/// Everything that the history of one municipality is told from.
struct Teller<'a> {
    people: &'a People,
    story: Story,
    municipality: Arc<Municipality>,
    relying_party: Client,
    eid: &'a identity_provider::DemoProvider,
    service: &'a Service,
    swedish: Texts,
    sources: Vec<Source>,
    zone: TimeZone,
    /// The month that can be renewed now.
    open: NormMonth,
    now: Timestamp,
}

/// A source that the municipality has connected.
struct Source {
    id: SourceId,
    authority: AuthorityName,
    known_as: DemoSource,
}

/// A household with a case.
struct Home<'a> {
    household: &'a DemoHousehold,
    story: &'a Case,
    /// Its place in the file of people.
    place: usize,
    case: CaseId,
    decider: Official,
    members: Vec<HouseholdMember>,
    /// Those who sign, the applicant first.
    adults: Vec<Adult<'a>>,
    payout: PayoutMethod,
}

/// An adult who signs.
struct Adult<'a> {
    person: &'a DemoPerson,
    id: PersonId,
    role: SignerRole,
}

/// Writes the history of every household of a municipality that has none yet.
pub(super) async fn fill(
    service: &Service,
    world: &World,
    municipality: &DemoMunicipality,
    id: MunicipalityId,
) -> Result<(), HistoryError> {
    let teller = Teller::new(service, world, municipality, id).await?;
    let mut homes = Vec::new();
    for (place, household) in world.people.households.iter().enumerate() {
        let Some(case) = household.case.as_ref().filter(|_| household.municipality == municipality.key) else {
            continue;
        };
        homes.extend(teller.home(place, household, case).await?);
    }
    if homes.is_empty() {
        return Ok(());
    }
    tracing::info!(municipality = municipality.key, "Writing a year of history of {}", municipality.name);
    let mut year = Vec::new();
    for home in &homes {
        for (month, times) in teller.months(home) {
            year.push((home, teller.ready(home, month, times).await?));
        }
    }
    year.sort_by_key(|(_, ready)| ready.times.begun);
    let mut tx = HistoryTx::begin(&service.db, id).await?;
    for (home, ready) in &year {
        teller.write_renewal(&mut tx, home, ready).await?;
    }
    for home in &homes {
        teller.write_rest(&mut tx, home).await?;
    }
    Ok(tx.commit().await?)
}

impl<'a> Teller<'a> {
    async fn new(
        service: &'a Service,
        world: &'a World,
        municipality: &DemoMunicipality,
        id: MunicipalityId,
    ) -> Result<Self, HistoryError> {
        let address = world.address_of(municipality);
        let host = address.strip_prefix("http://").unwrap_or(&address);
        let found = service.municipalities.added(&service.db, host).await?;
        let municipality = found.ok_or_else(|| HistoryError::Missing(host.to_owned()))?;
        let now = service.clock.business();
        let mut tx = TenantTx::begin(&service.db, id, Actor::System, now).await?;
        let sources = sources(&mut tx).await?;
        let today = service.clock.today();
        let (Offer::Renew { month: open, .. } | Offer::Wait { month: open, .. }) = municipality
            .window
            .offer(today, |_| false)
            .ok_or_else(|| HistoryError::Missing(format!("a month to renew on {today}")))?;
        Ok(Self {
            people: &world.people,
            story: Story::shipped()?,
            relying_party: service.providers.of_citizens(&municipality)?,
            eid: &world.eid,
            swedish: service.swedish(),
            sources,
            zone: service.clock.local(now).time_zone().clone(),
            municipality,
            service,
            open,
            now,
        })
    }

    /// What is known of a household whose history is not written yet.
    async fn home(
        &self,
        place: usize,
        household: &'a DemoHousehold,
        story: &'a Case,
    ) -> Result<Option<Home<'a>>, HistoryError> {
        let id = self.municipality.id;
        let mut tx = TenantTx::begin(&self.service.db, id, Actor::System, self.now).await?;
        let row = query!(
            r#"
            select c.id, s.id as staff_id, s.name,
                   exists (select from renewal r
                            where (r.municipality_id, r.case_id) = (c.municipality_id, c.id)) as "written!"
              from assistance_case c
              join staff s on (s.municipality_id, s.id) = (c.municipality_id, c.responsible_id)
             where c.municipality_id = $1 and c.number = $2
            "#,
            id,
            &story.number,
        )
        .fetch_optional(tx.connection())
        .await?
        .ok_or_else(|| HistoryError::Missing(story.number.clone()))?;
        if row.written {
            return Ok(None);
        }
        let case = CaseId(row.id);
        let members = household::members(&mut tx, case).await?;
        let adults = self
            .people
            .members(&household.key)
            .filter_map(|person| {
                let member = members.iter().find(|member| member.number == person.number)?;
                Some(Adult { person, id: member.person, role: member.signs_as? })
            })
            .collect();
        Ok(Some(Home {
            household,
            story,
            place,
            case,
            decider: Official {
                staff: StaffId(row.staff_id),
                name: PlainText::new(&row.name),
                title: PlainText::default(),
            },
            adults,
            payout: head::payout(&mut tx, case).await?,
            members,
        }))
    }

    /// The months that the household has renewed for, the oldest first, and when.
    fn months(&self, home: &Home<'_>) -> Vec<(NormMonth, Times)> {
        let month_of = |day| NormMonth::of(day).unwrap_or(self.open);
        let opened = home.story.opened;
        // The month in which the case was opened was applied for otherwise.
        let first = month_of(opened).next().max(self.open.checked_add(-MONTHS).unwrap_or(self.open));
        let last = home.story.closed.map_or(self.open.previous(), |day| month_of(day).min(self.open.previous()));
        let mut months: Vec<_> = std::iter::successors(Some(first), |month| Some(month.next()))
            .take_while(|month| *month <= last)
            .map(|month| (month, Times::of(month, home.place, opened, &self.zone)))
            .collect();
        if let Some(open) = self.story.open(&home.household.key) {
            let day = self.open.previous().first_day().with().day(open.day).build();
            let variation = times::variation(self.open, home.place);
            months.extend(day.map(|day| (self.open, Times::begun_on(day, variation, &self.zone))));
        }
        months.retain(|(_, times)| times.co_signed < self.now);
        months
    }

    /// Whether a renewal of this month has been decided.
    fn is_decided(&self, home: &Home<'_>, ready: &Ready) -> bool {
        let in_open = self.story.open(&home.household.key).is_some_and(|open| open.decided);
        ready.times.read < self.now && (ready.month < self.open || in_open)
    }
}

async fn sources(tx: &mut TenantTx) -> Result<Vec<Source>, HistoryError> {
    let municipality = tx.municipality();
    let rows = query!(
        "select id, agency, name from authority_source where municipality_id = $1 order by position",
        municipality,
    )
    .fetch_all(tx.connection())
    .await?;
    let sources = rows.into_iter().map(|row| {
        let unknown = DbError::Inconsistent { column: "authority_source.agency" };
        let agency = row.agency.map(|code| Agency::from_code(&code).ok_or(unknown)).transpose()?;
        Ok(Source {
            id: SourceId(row.id),
            authority: agency.map_or(AuthorityName::Named(row.name), AuthorityName::Agency),
            known_as: agency.map_or(DemoSource::Energy, DemoSource::from),
        })
    });
    sources.collect()
}
