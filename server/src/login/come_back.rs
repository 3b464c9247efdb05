//! `GET /login/callback`, `GET /staff/login/callback`: the way back from the identity provider. The one write by GET, held to a state that
//! works once and in one browser.

use app::document::{CITIZEN_HOME, staff_home};
use axum::extract::MatchedPath;
use axum::response::Response;
use axum_extra::extract::CookieJar;
use domain::id::StaffId;
use domain::staff::StaffRole;

use crate::citizen::sign_renewal;
use crate::db::{Action, Actor, DbError, Object, TenantTx, query};
use crate::fault;
use crate::http::{Here, Problem, Query, see_other};
use crate::identity::oidc::{Callback, LoginError, PendingLogin, Verified, VerifiedIdentity, VerifiedStaff};
use crate::session::attempt::{self, Attempt, AttemptError, Purpose, Remembered};
use crate::session::outcome::{self, Ending};
use crate::session::own_renewal::citizen_of;
use crate::session::{self, Kind, LoginProblem, NOT_SERVED, Owner};

/// Somebody has logged in, or signed: what it was is found by the state.
pub(crate) async fn act(
    here: Here,
    path: MatchedPath,
    jar: CookieJar,
    Query(callback): Query<Callback>,
) -> Result<(CookieJar, Response), Problem> {
    let attempt = match take(&here, &jar, callback.state.as_deref()).await {
        Ok(attempt) => attempt,
        Err(error) => return Err(leads_nowhere(&here, &path, &jar, error).await?),
    };
    fault::point("attempt-used");
    let Attempt { purpose, pending } = attempt;
    if purpose == Purpose::Signing {
        let signing = pending.read().inspect_err(|_| outcome::ended(Some(purpose), Ending::Failed))?;
        return Ok((jar, sign_renewal::finish(&here, signing, callback).await?));
    }
    let ended = log_in(&here, &jar, purpose, &pending, callback).await;
    outcome::ended(Some(purpose), ended.as_ref().map_or_else(LoginProblem::outcome, LoggedIn::outcome));
    Ok(match ended? {
        LoggedIn::As(kind, token, page) => (jar.add(kind.cookie(token)), see_other(page)),
        LoggedIn::NotAdmitted => (jar, see_other(NOT_SERVED)),
    })
}

/// What a login at the provider opens here.
enum LoggedIn {
    /// A session of this kind and token, and the page that it begins with.
    As(Kind, String, &'static str),
    /// Nothing, and nobody is told why.
    NotAdmitted,
}

impl LoggedIn {
    const fn outcome(&self) -> Ending {
        match self {
            Self::As(..) => Ending::Succeeded,
            Self::NotAdmitted => Ending::NotAdmitted,
        }
    }
}

/// Uses the attempt that the browser comes back from.
async fn take(here: &Here, jar: &CookieJar, state: Option<&str>) -> Result<Attempt, AttemptError> {
    let (Some(state), Some(browser)) = (state, jar.get(attempt::COOKIE)) else {
        return Err(AttemptError::Unknown);
    };
    let mut tx = here.begin(Actor::Visitor).await?;
    let attempt = attempt::take(&mut tx, state, browser.value(), here.service.clock.real()).await?;
    tx.commit().await?;
    Ok(attempt)
}

async fn log_in(
    here: &Here,
    jar: &CookieJar,
    purpose: Purpose,
    pending: &Remembered,
    callback: Callback,
) -> Result<LoggedIn, LoginProblem> {
    let (providers, municipality) = (&here.service.providers, &here.site.municipality);
    let pending: PendingLogin = pending.read()?;
    let client = match purpose {
        Purpose::StaffLogin => providers.of_staff(municipality)?,
        Purpose::CitizenLogin | Purpose::Signing => providers.of_citizens(municipality)?,
    };
    match client.finish(&pending, callback, here.service.clock.real()).await? {
        Verified::Citizen(identity) => log_in_citizen(here, jar, &identity).await,
        Verified::Staff(staff) => log_in_staff(here, jar, &staff).await,
        Verified::Signature(_) => Err(LoginError::UnknownState.into()),
    }
}

/// Where somebody is to be whose way back leads nowhere. Who is logged in meanwhile, in this tab or in another, has nothing to begin again.
async fn leads_nowhere(
    here: &Here,
    path: &MatchedPath,
    jar: &CookieJar,
    error: AttemptError,
) -> Result<Problem, Problem> {
    let by_path = if path.as_str().starts_with("/staff/") { Kind::Staff } else { Kind::Citizen };
    let (is_signing, kind) = match &error {
        AttemptError::Used(purpose) => {
            (*purpose == Purpose::Signing, if *purpose == Purpose::StaffLogin { Kind::Staff } else { Kind::Citizen })
        }
        AttemptError::Unknown | AttemptError::Db(_) => (false, by_path),
    };
    // The page of a signature that was received was loaded again: the renewal tells how it went.
    if is_signing && jar.get(Kind::Citizen.cookie_name()).is_some() {
        return Ok(Problem::see_other("/renewal"));
    }
    let (is_away, is_again) = (matches!(error, AttemptError::Db(_)), matches!(error, AttemptError::Used(_)));
    let problem = LoginProblem::from(error);
    // How an attempt ended was counted when it was used.
    if !is_again {
        outcome::ended(None, problem.outcome());
    }
    let home = if is_away { None } else { session::home(here, jar, kind).await? };
    Ok(match home {
        Some(home) => Problem::see_other(home),
        // Loaded again after they have logged out: nothing is wrong.
        None if is_again => Problem::LoggedOut,
        None => problem.into(),
    })
}

/// A person with an ongoing case gets a session; everybody else the same page, which tells nobody why.
async fn log_in_citizen(here: &Here, jar: &CookieJar, identity: &VerifiedIdentity) -> Result<LoggedIn, LoginProblem> {
    let mut tx = here.begin(Actor::Visitor).await?;
    let Some((person, true)) = citizen_of(&mut tx, identity.number()).await? else {
        end_earlier(&mut tx, jar, Kind::Citizen).await?;
        tx.audit(Action::LoginRefused, Object::None).await?;
        tx.commit().await?;
        return Ok(LoggedIn::NotAdmitted);
    };
    tx.stand_for(Actor::Citizen(person)).await?;
    end_earlier(&mut tx, jar, Kind::Citizen).await?;
    let token = session::begin(&mut tx, Owner::Person(person), here.service.clock.real()).await?;
    tx.audit(Action::LoggedIn, Object::Person(person)).await?;
    tx.commit().await?;
    Ok(LoggedIn::As(Kind::Citizen, token, CITIZEN_HOME))
}

async fn log_in_staff(here: &Here, jar: &CookieJar, verified: &VerifiedStaff) -> Result<LoggedIn, LoginProblem> {
    let mut tx = here.begin(Actor::Visitor).await?;
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select id, role, ended_at is not null as "has_ended!"
          from staff
         where municipality_id = $1 and subject = $2
           for share
        "#,
        municipality,
        verified.subject(),
    )
    .fetch_optional(tx.connection())
    .await?;
    let who = row.as_ref().map_or(Object::None, |row| Object::Staff(StaffId(row.id)));
    let Some(row) = row.filter(|row| !row.has_ended) else {
        end_earlier(&mut tx, jar, Kind::Staff).await?;
        tx.audit(Action::LoginRefused, who).await?;
        tx.commit().await?;
        return Err(LoginProblem::NotStaff);
    };
    let (staff, role) = (StaffId(row.id), StaffRole::from_code(&row.role));
    let home = staff_home(role.ok_or(DbError::Inconsistent { column: "staff.role" })?);
    end_earlier(&mut tx, jar, Kind::Staff).await?;
    let token = session::begin(&mut tx, Owner::Staff(staff), here.service.clock.real()).await?;
    tx.audit(Action::LoggedIn, Object::Staff(staff)).await?;
    tx.commit().await?;
    Ok(LoggedIn::As(Kind::Staff, token, home))
}

/// The session that this browser had is over, whoever has come and whether they are let in: who comes after somebody else at the same screen
/// is not them.
async fn end_earlier(tx: &mut TenantTx, jar: &CookieJar, kind: Kind) -> Result<(), DbError> {
    if let Some(cookie) = jar.get(kind.cookie_name()) {
        session::end(tx, cookie.value()).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::authority::Agency;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::eid::{SIV, TestEid};
    use crate::test_support::{Statement, Towns, add_source, add_staff, as_owner, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_is_asked_about_for_logging_in(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let (couple, _) = stage.couple().await;
        let mut tx = stage.tx(&stage.home).await;
        add_source(&mut tx, Agency::Fk).await;
        tx.commit().await.unwrap();
        stage.signed(couple.case, "2026-12", &Statement::default()).await;
        let sent = stage.send("", "/login", &[]).await;
        let back = eid.log_in(sent.led_to(), Some("johan")).await;
        assert_eq!(stage.look(&sent.browser(""), &back).await.led_to(), "/home");
        assert_eq!(stage.count("select count(*) from authority_query").await, 0);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn who_has_an_ongoing_case_gets_a_session_and_everybody_else_the_same_page(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let home = &stage.home;
        let log_in = async |person: &str| {
            let sent = stage.send("", "/login", &[]).await;
            let back = eid.log_in(sent.led_to(), Some(person)).await;
            stage.look(&sent.browser(""), &back).await
        };
        let refused = async |who: &str| {
            let back = log_in(who).await;
            assert_eq!(back.led_to(), "/not-available", "{who}");
            assert_eq!(back.cookie(Kind::Citizen.cookie_name()), None, "{who}");
        };
        let back = log_in("petra").await;
        let session = back.cookie(Kind::Citizen.cookie_name()).unwrap();
        assert_eq!(back.led_to(), "/home");
        assert_eq!(stage.look(&session, "/home").await.status, StatusCode::OK);
        refused("nora").await;
        refused("johan").await;
        for (change, undo) in [
            ("update person set protection = 'protected'", "update person set protection = 'none'"),
            ("update person set protection = 'unknown'", "update person set protection = 'none'"),
            ("update household_member set signs_as = null", "update household_member set signs_as = 'applicant'"),
        ] {
            let session = stage.cookie_of(home.person).await;
            for (statement, is_refused) in [(change, true), (undo, false)] {
                let mut tx = stage.tx(home).await;
                as_owner(&mut tx).await;
                sqlx::query(statement).execute(tx.connection()).await.unwrap();
                tx.commit().await.unwrap();
                if is_refused {
                    refused("petra").await;
                    assert_eq!(stage.look(&session, "/home").await.led_to(), "/not-available", "{change}");
                }
            }
            assert_eq!(stage.look(&session, "/home").await.status, StatusCode::UNAUTHORIZED, "it has ended: {undo}");
        }
        let mut tx = stage.tx(home).await;
        assert_eq!((audited(&mut tx, "logged-in").await, audited(&mut tx, "login-refused").await), (1, 5));
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn whose_case_is_closed_comes_in_to_read_unless_somebody_in_it_is_protected(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        stage.couple().await;
        for (change, arrives) in [
            ("update assistance_case set closed_on = '2026-11-20'", "/home"),
            ("update household_member set left_on = '2026-11-20' where signs_as = 'co-applicant'", "/home"),
            (
                "update person set protection = 'protected' where id = (select max(id::text)::uuid from person)",
                "/not-available",
            ),
        ] {
            let mut tx = stage.tx(&stage.home).await;
            as_owner(&mut tx).await;
            sqlx::query(change).execute(tx.connection()).await.unwrap();
            tx.commit().await.unwrap();
            let sent = stage.send("", "/login", &[]).await;
            let back = eid.log_in(sent.led_to(), Some("johan")).await;
            assert_eq!(stage.look(&sent.browser(""), &back).await.led_to(), arrives, "{change}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn who_is_not_let_in_is_not_whoever_sat_there_before(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let home = &stage.home;
        for (earlier, login, who, page) in
            [(&home.citizen, "/login", "nora", "/home"), (&home.caseworker, "/staff/login", "siv", "/staff/inbox")]
        {
            assert_eq!(stage.look(earlier, page).await.status, StatusCode::OK);
            let sent = stage.send(earlier, login, &[]).await;
            let back = eid.log_in(sent.led_to(), Some(who)).await;
            stage.look(&sent.browser(earlier), &back).await;
            assert_eq!(stage.look(earlier, page).await.status, StatusCode::UNAUTHORIZED, "{who}");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn staff_come_to_their_own_pages_once_they_are_on_the_list(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let log_in = async || {
            let sent = stage.send("", "/staff/login", &[]).await;
            let back = eid.log_in(sent.led_to(), Some("siv")).await;
            stage.look(&sent.browser(""), &back).await
        };
        let unknown = log_in().await;
        assert_eq!(unknown.status, StatusCode::FORBIDDEN);
        assert!(unknown.body.contains("Du finns inte med bland våra handläggare"), "{}", unknown.body);
        let mut tx = stage.tx(&stage.home).await;
        add_staff(&mut tx, SIV, StaffRole::Caseworker).await;
        tx.commit().await.unwrap();
        let known = log_in().await;
        assert_eq!(known.led_to(), "/staff/inbox");
        let session = known.cookie(Kind::Staff.cookie_name()).unwrap();
        assert_eq!(stage.look(&session, "/staff/inbox").await.status, StatusCode::OK);
        assert_eq!(stage.look(&session, "/admin/sources").await.status, StatusCode::FORBIDDEN);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_role_that_nobody_knows_opens_nothing(pool: PgPool) {
        let mut stage = Towns::new(pool.clone()).await;
        let eid = TestEid::start(&mut stage).await;
        let mut tx = stage.tx(&stage.home).await;
        add_staff(&mut tx, SIV, StaffRole::Caseworker).await;
        tx.commit().await.unwrap();
        let change = "alter table staff drop constraint staff_role_check; update staff set role = 'director'";
        sqlx::raw_sql(change).execute(&pool).await.unwrap();
        let before = stage.count("select count(*) from session").await;
        let sent = stage.send("", "/staff/login", &[]).await;
        let back = eid.log_in(sent.led_to(), Some("siv")).await;
        let refused = stage.look(&sent.browser(""), &back).await;
        assert_eq!(refused.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(refused.cookie(Kind::Staff.cookie_name()), None);
        assert_eq!(stage.count("select count(*) from session").await, before);
    }

    /// Both tabs of a browser have begun a login: each ends at home, whichever is first, and a page loaded again does too.
    #[sqlx::test(migrations = "../migrations")]
    async fn two_tabs_that_both_began_a_login_both_end_well(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let mut tx = stage.tx(&stage.home).await;
        add_staff(&mut tx, SIV, StaffRole::Caseworker).await;
        tx.commit().await.unwrap();
        for (login, person, kind, home, start) in [
            ("/login", "petra", Kind::Citizen, "/home", "/"),
            ("/staff/login", "siv", Kind::Staff, "/staff/inbox", "/staff"),
        ] {
            let first = stage.send("", login, &[]).await;
            let second = stage.send(&first.browser(""), login, &[]).await;
            let browser = second.browser("");
            assert_eq!(browser, first.browser(""), "the browser keeps what it has");
            let way = eid.log_in(first.led_to(), Some(person)).await;
            let other_way = eid.log_in(second.led_to(), Some(person)).await;
            let one = stage.look(&browser, &way).await;
            assert_eq!(one.led_to(), home);
            let session = format!("{browser}; {}", one.cookie(kind.cookie_name()).unwrap());
            for again in [way.as_str(), start] {
                assert_eq!(stage.look(&session, again).await.led_to(), home, "{again}, by somebody who is logged in");
            }
            let planted = format!("{login}/callback?state=planted&code=1");
            assert_eq!(stage.look(&session, &planted).await.led_to(), home, "nothing is begun by it");
            assert_eq!(stage.look(&browser, &planted).await.status, StatusCode::BAD_REQUEST);
            let two = stage.look(&session, &other_way).await;
            assert_eq!(two.led_to(), home);
            let session = two.cookie(kind.cookie_name()).unwrap();
            assert_eq!(stage.look(&session, home).await.status, StatusCode::OK);
            let start = stage.look(&browser, start).await;
            assert_eq!(start.status, StatusCode::OK, "who is not logged in comes to the start page");
        }
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn the_way_back_works_once_and_in_the_browser_that_began(pool: PgPool) {
        let mut stage = Towns::new(pool).await;
        let eid = TestEid::start(&mut stage).await;
        let (sent, other) = (stage.send("", "/login", &[]).await, stage.send("", "/login", &[]).await);
        let back = eid.log_in(sent.led_to(), Some("petra")).await;
        for browser in [String::new(), other.browser("")] {
            let planted = stage.look(&browser, &back).await;
            assert_eq!(planted.status, StatusCode::BAD_REQUEST);
            assert_eq!(planted.cookie(Kind::Citizen.cookie_name()), None);
        }
        assert_eq!(stage.look(&sent.browser(""), &back).await.led_to(), "/home");
        let again = stage.look(&sent.browser(""), &back).await;
        assert!(again.body.contains("Du har loggats ut"), "{}", again.body);
        assert_eq!(again.cookie(Kind::Citizen.cookie_name()), None);
        let cancelled = eid.log_in(other.led_to(), None).await;
        let cancelled = stage.look(&other.browser(""), &cancelled).await;
        assert!(cancelled.body.contains("Du avbröt"), "{}", cancelled.body);
    }
}
