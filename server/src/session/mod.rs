//! Sessions: an opaque token in a `__Host-` cookie, its digest in the database; and who may do what ([`policy`]).
//!
//! A session is made at login and never before, so there is none to fix on a victim. It ends when it has been idle too long, when it is too old,
//! at logout, and at once when its person is no longer one whom this service may serve: each request asks the database anew.

pub(crate) mod asker;
pub(crate) mod attempt;
pub(crate) mod guard;
pub(crate) mod list;
mod login_problem;
pub(crate) mod outcome;
pub(crate) mod own_renewal;
pub(crate) mod policy;

use app::document::{CITIZEN_HOME, staff_home};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use domain::id::{MunicipalityId, PersonId, StaffId};
use domain::staff::StaffRole;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use self::policy::{Admin, Caseworker, Reader};
use crate::db::{About, Db, DbError, Object, Presented, SessionTimes, TenantTx, ToSay, query};
use crate::http::cookie::host_cookie;
use crate::http::visit::Admission;
use crate::http::{Here, Problem};
use crate::random;

pub(crate) use login_problem::LoginProblem;

/// Which of the two kinds of session. A person who is both citizen and staff has one of each, and neither opens the other's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Citizen,
    /// A caseworker's or an administrator's.
    Staff,
}

impl Kind {
    pub const fn cookie_name(self) -> &'static str {
        match self {
            Self::Citizen => "__Host-fornya",
            Self::Staff => "__Host-fornya-staff",
        }
    }

    /// How long it may be idle.
    pub const fn idle(self) -> SignedDuration {
        match self {
            Self::Citizen => SignedDuration::from_mins(20),
            Self::Staff => SignedDuration::from_mins(30),
        }
    }

    /// How old it may become.
    pub const fn lifetime(self) -> SignedDuration {
        match self {
            Self::Citizen => SignedDuration::from_hours(8),
            Self::Staff => SignedDuration::from_hours(10),
        }
    }

    /// What a browser presents with this token now, in real time.
    pub fn presented(self, token: &str, now: Timestamp) -> Presented {
        Presented {
            token_hash: random::token_hash(token),
            now,
            seen_after: now - self.idle(),
            begun_after: now - self.lifetime(),
            note_before: now - SEEN_EVERY,
        }
    }

    /// When a session with these times ends, if nothing more is asked in it. In real time.
    pub fn ends(self, times: SessionTimes) -> Timestamp {
        (times.seen + self.idle()).min(times.begun + self.lifetime())
    }

    /// The cookie that carries a token.
    pub fn cookie(self, token: String) -> Cookie<'static> {
        host_cookie(self.cookie_name(), token)
    }
}

/// How often a session's last use is written down: a write for each page would be waste.
const SEEN_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// A member of staff, by role.
pub(crate) enum Staff {
    Caseworker(Caseworker),
    Admin(Admin),
}

impl Staff {
    /// Who it is among all who are known.
    fn id(&self) -> Uuid {
        match self {
            Self::Caseworker(caseworker) => caseworker.staff.0,
            Self::Admin(admin) => admin.staff.0,
        }
    }

    const fn role(&self) -> StaffRole {
        match self {
            Self::Caseworker(_) => StaffRole::Caseworker,
            Self::Admin(_) => StaffRole::Admin,
        }
    }
}

/// Those who have sessions of one kind.
pub(crate) trait HasKind {
    const KIND: Kind;
}

impl HasKind for Reader {
    const KIND: Kind = Kind::Citizen;
}

impl HasKind for Staff {
    const KIND: Kind = Kind::Staff;
}

impl HasKind for Caseworker {
    const KIND: Kind = Kind::Staff;
}

impl HasKind for Admin {
    const KIND: Kind = Kind::Staff;
}

/// Whose session is begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Owner {
    Person(PersonId),
    /// A member of staff.
    Staff(StaffId),
}

impl Owner {
    const fn kind(self) -> Kind {
        match self {
            Self::Person(_) => Kind::Citizen,
            Self::Staff(_) => Kind::Staff,
        }
    }

    /// The two columns of a session, of which one is empty.
    const fn parts(self) -> (Option<PersonId>, Option<StaffId>) {
        match self {
            Self::Person(person) => (Some(person), None),
            Self::Staff(staff) => (None, Some(staff)),
        }
    }

    /// The owner in the audit trail.
    pub(crate) const fn object(self) -> Object {
        match self {
            Self::Person(person) => Object::Person(person),
            Self::Staff(staff) => Object::Staff(staff),
        }
    }
}

/// Begins a session and gives the token for the cookie. `now` is real time.
pub(crate) async fn begin(tx: &mut TenantTx, owner: Owner, now: Timestamp) -> Result<String, DbError> {
    let token = random::token()?;
    let (person, staff) = owner.parts();
    let token_hash = random::token_hash(&token);
    let municipality = tx.municipality();
    remove_ended(tx, now).await?;
    query!(
        r#"
        insert into session (municipality_id, token_hash, person_id, staff_id, begun_at, seen_at)
        values ($1, $2, $3, $4, $5, $5)
        "#,
        municipality,
        token_hash,
        person,
        staff,
        now,
    )
    .execute(tx.connection())
    .await?;
    Ok(token)
}

/// Where somebody comes whom this service does not serve. It tells nobody why.
pub(crate) const NOT_SERVED: &str = "/not-available";

/// The citizen of a token with the transaction of the request, when the session lives and there is something for them here. `now` is real
/// time, `at` the business time.
pub(crate) async fn open_citizen(
    db: &Db,
    municipality: MunicipalityId,
    token: &str,
    now: Timestamp,
    at: Timestamp,
) -> Result<Admission<Reader>, Problem> {
    let opened = TenantTx::begin_for_citizen(db, municipality, &Kind::Citizen.presented(token, now), at).await?;
    let (session, mut tx) = opened.ok_or(Problem::LoggedOut)?;
    if session.is_barred {
        end(&mut tx, token).await?;
        tx.commit().await?;
        return Err(Problem::see_other(NOT_SERVED));
    }
    let actor = Reader { person: session.person, name: session.name, served: session.served };
    Ok(Admission { actor, tx, begun: session.times.begun, ends: Kind::Citizen.ends(session.times) })
}

/// The member of staff of a token with the transaction of the request, when the session lives. What they ask about is opened with a
/// reason first where it is in a closed case, by who has clearance; and for a purpose where it is in a case that is not theirs.
pub(crate) async fn open_staff(
    db: &Db,
    municipality: MunicipalityId,
    token: &str,
    about: Option<About>,
    now: Timestamp,
    at: Timestamp,
) -> Result<Admission<Staff>, Problem> {
    let presented = Kind::Staff.presented(token, now);
    let opened = TenantTx::begin_for_staff(db, municipality, &presented, about, at).await?;
    let (session, tx) = opened.ok_or(Problem::LoggedOut)?;
    if let (Some(to_say), Some(about)) = (session.to_say, about) {
        let page = match to_say {
            ToSay::Reason => "protected",
            ToSay::Purpose => "open",
        };
        return Err(Problem::see_other(format!("/staff/{page}/{}", about.id)));
    }
    let count = |count| u32::try_from(count).unwrap_or(u32::MAX);
    let (staff, name) = (session.staff, session.name);
    let actor = match session.role {
        StaffRole::Caseworker => Staff::Caseworker(Caseworker {
            staff,
            name,
            unread: count(session.unread),
            has_clearance: session.has_clearance,
            supervises: session.supervises.then(|| count(session.unseen_readings)),
        }),
        StaffRole::Admin => Staff::Admin(Admin { staff, name }),
    };
    Ok(Admission { actor, tx, begun: session.times.begun, ends: Kind::Staff.ends(session.times) })
}

/// The page that somebody who is logged in is at home on; nothing when the browser presents no session that lives.
pub(crate) async fn home(here: &Here, jar: &CookieJar, kind: Kind) -> Result<Option<&'static str>, Problem> {
    let Some(cookie) = jar.get(kind.cookie_name()) else { return Ok(None) };
    let (service, municipality) = (&here.service, here.site.municipality.id);
    let (token, now, at) = (cookie.value(), service.clock.real(), service.clock.business());
    let home = match kind {
        Kind::Citizen => open_citizen(&service.db, municipality, token, now, at).await.map(|_| CITIZEN_HOME),
        Kind::Staff => {
            let opened = open_staff(&service.db, municipality, token, None, now, at).await;
            opened.map(|opened| staff_home(opened.actor.role()))
        }
    };
    match home {
        Ok(home) => Ok(Some(home)),
        Err(Problem::LoggedOut) => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Removes what nobody can use any more: a login is the moment at which sessions come and go.
async fn remove_ended(tx: &mut TenantTx, now: Timestamp) -> Result<(), DbError> {
    let municipality = tx.municipality();
    let (citizens, staff) = (now - Kind::Citizen.idle(), now - Kind::Staff.idle());
    query!(
        r#"
        delete from session
         where municipality_id = $1 and seen_at < case when staff_id is null then $2::timestamptz else $3 end
        "#,
        municipality,
        citizens,
        staff,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// Ends a session: its token opens nothing from now on. Gives whose it was.
pub(crate) async fn end(tx: &mut TenantTx, token: &str) -> Result<Option<Owner>, DbError> {
    let (municipality, token_hash) = (tx.municipality(), random::token_hash(token));
    let ended = query!(
        "delete from session where municipality_id = $1 and token_hash = $2 returning person_id, staff_id",
        municipality,
        token_hash,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(ended.and_then(|row| match (row.person_id, row.staff_id) {
        (Some(person), _) => Some(Owner::Person(PersonId(person))),
        (None, staff) => staff.map(|staff| Owner::Staff(StaffId(staff))),
    }))
}
