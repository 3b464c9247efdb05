//! What is asked for: the pages and acts that people wait for, with those who are logged in.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use domain::PersonNumber;
use domain::id::{MunicipalityId, PersonId};
use server::bench::{Column, Kind, MasterKey};
use sqlx::{AssertSqlSafe, PgConnection};
use url::Url;
use uuid::Uuid;

use crate::country::MONTH_OPEN;
use crate::eid::{self, Eid};
use crate::load::{Answer, Connection, Request, Requests};
use crate::service::Service;

/// How many drafts are saved and signed.
const DRAFTS: i64 = 2_000;

/// A page or an act that is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum What {
    Home,
    Payouts,
    Inbox,
    Opened,
    /// A part of a draft.
    Save,
    /// The way back from the eID: verified, and stored for good.
    Sign,
}

impl What {
    /// Whether it changes what is there, so that it must be undone to be done again.
    pub(crate) const fn changes(self) -> bool {
        match self {
            Self::Home | Self::Payouts | Self::Inbox | Self::Opened => false,
            Self::Save | Self::Sign => true,
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Payouts => "payouts",
            Self::Inbox => "inbox",
            Self::Opened => "opened",
            Self::Save => "save",
            Self::Sign => "sign",
        }
    }
}

/// Pages that anybody of many asks for, in an order that is the same each time.
struct Pages(Vec<Request>);

impl Requests for Pages {
    fn request(&self, turn: u64) -> Option<Request> {
        // A step that shares no factor with the length comes by everybody.
        let place = usize::try_from(turn.wrapping_mul(2_654_435_761)).ok()? % self.0.len();
        self.0.get(place).cloned()
    }

    fn is_done(&self, answer: &Answer) -> bool {
        answer.status == 200
    }
}

/// A part of each draft, saved in turn: each time the revision that the last one made.
struct Saves(Vec<Draft>);

impl Requests for Saves {
    fn request(&self, turn: u64) -> Option<Request> {
        let count = u64::try_from(self.0.len()).ok()?;
        let draft = self.0.get(usize::try_from(turn % count).ok()?)?;
        let revision = u64::try_from(draft.revision).ok()? + turn / count;
        Some(Request {
            host: draft.host.clone(),
            path: "/renewal/message".to_owned(),
            cookie: draft.cookie.clone(),
            form: Some(format!("revision={revision}&message=Jag+b%C3%B6rjar+ett+nytt+jobb+i+januari.")),
        })
    }

    fn is_done(&self, answer: &Answer) -> bool {
        answer.status == 303 && answer.location.as_deref() == Some("/renewal")
    }
}

/// Ways back from the eID, each of which can be gone once.
struct Signatures(Vec<Request>);

impl Requests for Signatures {
    fn request(&self, turn: u64) -> Option<Request> {
        self.0.get(usize::try_from(turn).ok()?).cloned()
    }

    fn is_done(&self, answer: &Answer) -> bool {
        answer.status == 303 && answer.location.as_deref() == Some("/renewal/receipt")
    }
}

impl Signatures {
    /// Sends every draft to the eID, where it is signed.
    async fn ready(db: &mut PgConnection, service: &Service, eid: &Eid) -> Result<Self> {
        let mut connection = Connection::open(service.address).await?;
        let mut ways_back = Vec::new();
        for draft in drafts(db).await? {
            let answer = connection
                .send(Request {
                    host: draft.host.clone(),
                    path: "/renewal/sign".to_owned(),
                    cookie: draft.cookie.clone(),
                    form: Some(format!("revision={}", draft.revision)),
                })
                .await?;
            let location = answer.location.context("the way to the eID")?;
            let at_eid = Url::parse(&location).with_context(|| format!("{location} is not the eID"))?;
            let back = eid.provider.sign_unseen(&at_eid).context("the eID signs")?;
            let attempt = answer.cookie.context("the cookie of an attempt")?;
            let attempt = attempt.split(';').next().unwrap_or_default().to_owned();
            ways_back.push(Request {
                host: draft.host,
                path: format!("{}?{}", back.path(), back.query().unwrap_or_default()),
                cookie: format!("{}; {attempt}", draft.cookie),
                form: None,
            });
        }
        Ok(Self(ways_back))
    }
}

/// A draft that can be saved and signed.
struct Draft {
    host: String,
    cookie: String,
    municipality: Uuid,
    renewal: Uuid,
    person: Uuid,
    revision: i32,
}

/// Everybody who is logged in.
pub(crate) struct LoggedIn {
    home: Arc<dyn Requests>,
    payouts: Arc<dyn Requests>,
    inbox: Arc<dyn Requests>,
    opened: Arc<dyn Requests>,
    drafts: Vec<Draft>,
}

#[derive(sqlx::FromRow)]
struct Session {
    municipality: Uuid,
    host: String,
    owner: Uuid,
}

impl LoggedIn {
    /// Logs people in, those first who have a draft. Sessions of an earlier run are gone.
    pub(crate) async fn new(db: &mut PgConnection, sessions: u32) -> Result<Self> {
        sqlx::query("truncate session").execute(&mut *db).await?;
        let drafts = drafts(db).await?;
        ensure!(!drafts.is_empty(), "nobody has a draft");
        let staff: Vec<Session> = sqlx::query_as(
            "select m.id as municipality, m.host, s.id as owner from municipality m join staff s on s.municipality_id = m.id
              where s.role = 'caseworker' and m.host like '%.country.localhost' order by m.host, s.id",
        )
        .fetch_all(&mut *db)
        .await?;
        let citizens: Vec<Session> = sqlx::query_as(
            "select m.id as municipality, m.host, h.person_id as owner
               from household_member h
               join assistance_case c on (c.municipality_id, c.id) = (h.municipality_id, h.case_id)
               join municipality m on m.id = h.municipality_id
              where h.signs_as = 'applicant' and c.closed_on is null and m.host like '%.country.localhost'
                and not exists (
                    select from household_member o
                      join person p on (p.municipality_id, p.id) = (o.municipality_id, o.person_id)
                     where (o.municipality_id, o.case_id) = (c.municipality_id, c.id) and p.protection <> 'none')
              order by not exists (select from renewal_draft d where (d.municipality_id, d.person_id) = (h.municipality_id, h.person_id)
                                      and exists (select from renewal r where (r.municipality_id, r.id) = (d.municipality_id, d.renewal_id)
                                                     and r.state = 'draft')),
                       md5(h.person_id::text)
              limit $1",
        )
        .bind(i64::from(sessions))
        .fetch_all(&mut *db)
        .await?;
        ensure!(citizens.len() >= drafts.len(), "{sessions} sessions are fewer than the drafts, {}", drafts.len());
        log_in(db, Kind::Citizen, &citizens).await?;
        log_in(db, Kind::Staff, &staff).await?;
        let pages = |kind: Kind, sessions: &[Session], path: &str| -> Arc<dyn Requests> {
            let page = |session: &Session| Request {
                host: session.host.clone(),
                path: path.to_owned(),
                cookie: cookie(kind, session.owner),
                form: None,
            };
            Arc::new(Pages(sessions.iter().map(page).collect()))
        };
        Ok(Self {
            home: pages(Kind::Citizen, &citizens, "/home"),
            payouts: pages(Kind::Citizen, &citizens, "/payouts"),
            inbox: pages(Kind::Staff, &staff, "/staff/inbox"),
            opened: Arc::new(opened(db, &staff).await?),
            drafts,
        })
    }

    /// What is asked of the service for a figure. Acts are made ready first.
    pub(crate) async fn requests(
        &self,
        what: What,
        db: &mut PgConnection,
        service: &Service,
        eid: &Eid,
    ) -> Result<Arc<dyn Requests>> {
        Ok(match what {
            What::Home => Arc::clone(&self.home),
            What::Payouts => Arc::clone(&self.payouts),
            What::Inbox => Arc::clone(&self.inbox),
            What::Opened => Arc::clone(&self.opened),
            What::Save => Arc::new(Saves(drafts(db).await?)),
            What::Sign => Arc::new(Signatures::ready(db, service, eid).await?),
        })
    }

    /// The renewals that the drafts belong to, each with its municipality.
    pub(crate) fn renewals(&self) -> Vec<(Uuid, Uuid)> {
        self.drafts.iter().map(|draft| (draft.municipality, draft.renewal)).collect()
    }

    /// The revision that each draft had at first.
    pub(crate) fn revisions(&self) -> Vec<i32> {
        self.drafts.iter().map(|draft| draft.revision).collect()
    }

    /// The personal numbers of those who have a draft.
    pub(crate) async fn signers(&self, db: &mut PgConnection, master: &Path) -> Result<Vec<PersonNumber>> {
        let master = MasterKey::from_base64(&std::fs::read_to_string(master)?)?;
        let mut numbers = Vec::new();
        for draft in &self.drafts {
            let (wrapped, sealed): (Vec<u8>, Vec<u8>) = sqlx::query_as(
                "select k.wrapped, p.number_sealed from municipality_key k join person p on p.municipality_id = k.municipality_id
                  where k.municipality_id = $1 and p.id = $2",
            )
            .bind(draft.municipality)
            .bind(draft.person)
            .fetch_one(&mut *db)
            .await?;
            let vault = master.unwrap(MunicipalityId(draft.municipality), &wrapped).await?;
            numbers.push(PersonNumber::parse(&vault.open_text(
                Column::PersonNumber,
                PersonId(draft.person),
                &sealed,
            )?)?);
        }
        Ok(numbers)
    }
}

/// The drafts at the revision that they have now.
async fn drafts(db: &mut PgConnection) -> Result<Vec<Draft>> {
    let rows: Vec<(String, Uuid, Uuid, Uuid, i32)> = sqlx::query_as(
        "select m.host, m.id, r.id, d.person_id, d.revision
           from renewal r
           join renewal_draft d on (d.municipality_id, d.renewal_id) = (r.municipality_id, r.id)
           join municipality m on m.id = r.municipality_id
          where r.state = 'draft' and r.norm_month = $1::text::date and m.host like '%.country.localhost'
            and not exists (
                select from household_member o
                  join person p on (p.municipality_id, p.id) = (o.municipality_id, o.person_id)
                 where (o.municipality_id, o.case_id) = (r.municipality_id, r.case_id) and p.protection <> 'none')
          order by md5(r.id::text)
          limit $2",
    )
    .bind(MONTH_OPEN)
    .bind(DRAFTS)
    .fetch_all(db)
    .await?;
    let draft = |(host, municipality, renewal, person, revision)| Draft {
        host,
        cookie: cookie(Kind::Citizen, person),
        municipality,
        renewal,
        person,
        revision,
    };
    Ok(rows.into_iter().map(draft).collect())
}

/// Every renewal that waits, opened by a caseworker of its municipality.
async fn opened(db: &mut PgConnection, staff: &[Session]) -> Result<Pages> {
    // Each by who answers for it: nobody else opens it without a word.
    let waiting: Vec<(Uuid, Uuid)> = sqlx::query_as(
        "select c.responsible_id, r.id
           from renewal r
           join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
          where r.state = 'submitted' and r.norm_month = $1::text::date and c.responsible_id is not null
          order by md5(r.id::text)",
    )
    .bind(MONTH_OPEN)
    .fetch_all(db)
    .await?;
    let page = |(responsible, renewal): &(Uuid, Uuid)| {
        let one = staff.iter().find(|one| one.owner == *responsible)?;
        Some(Request {
            host: one.host.clone(),
            path: format!("/staff/renewals/{renewal}"),
            cookie: cookie(Kind::Staff, one.owner),
            form: None,
        })
    };
    Ok(Pages(waiting.iter().filter_map(page).collect()))
}

/// The token is the owner's identifier: nobody else reaches this service.
fn cookie(kind: Kind, owner: Uuid) -> String {
    format!("{}={}", kind.cookie_name(), owner.simple())
}

async fn log_in(db: &mut PgConnection, kind: Kind, sessions: &[Session]) -> Result<()> {
    let now = eid::now();
    let column = match kind {
        Kind::Citizen => "person_id",
        Kind::Staff => "staff_id",
    };
    let insert = format!(
        "insert into session (municipality_id, token_hash, {column}, begun_at, seen_at)
         select municipality, hash, owner, now(), now() from unnest($1::uuid[], $2::bytea[], $3::uuid[]) as it (municipality, hash, owner)"
    );
    let hash = |session: &Session| kind.presented(&session.owner.simple().to_string(), now).token_hash;
    sqlx::query(AssertSqlSafe(insert))
        .bind(sessions.iter().map(|session| session.municipality).collect::<Vec<_>>())
        .bind(sessions.iter().map(hash).collect::<Vec<_>>())
        .bind(sessions.iter().map(|session| session.owner).collect::<Vec<_>>())
        .execute(db)
        .await?;
    Ok(())
}
