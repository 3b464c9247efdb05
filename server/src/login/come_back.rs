//! `GET /login/callback`, `GET /staff/login/callback`: the way back from the identity provider. The one write by GET, held to a state that
//! works once and in one browser.

use axum::response::Response;
use axum_extra::extract::CookieJar;
use domain::id::{PersonId, RenewalId, StaffId};
use domain::staff::StaffRole;

use crate::case::asking;
use crate::citizen::sign_renewal;
use crate::db::{Action, Actor, Column, DbError, Object, TenantTx, query, query_scalar};
use crate::fault;
use crate::http::cookie::removal;
use crate::http::{Here, Problem, Query, see_other};
use crate::identity::oidc::{Callback, LoginError, PendingLogin, Verified, VerifiedIdentity, VerifiedStaff};
use crate::session::attempt::{self, AttemptError, Purpose};
use crate::session::{self, Kind, LoginProblem, Owner};

/// Somebody has logged in, or signed: what it was is found by the state.
pub(crate) async fn act(
    here: Here,
    jar: CookieJar,
    Query(callback): Query<Callback>,
) -> Result<(CookieJar, Response), Problem> {
    let (service, now) = (&here.service, here.service.clock.real());
    let (Some(state), Some(browser)) = (&callback.state, jar.get(attempt::COOKIE)) else {
        return Err(AttemptError::Unknown.into());
    };
    let mut tx = here.begin(Actor::Visitor).await?;
    let taken = attempt::take::<serde_json::Value>(&mut tx, state, browser.value(), now).await;
    let attempt = match taken {
        // The page of a signature that was received was loaded again: the renewal tells how it went.
        Err(AttemptError::Used) if jar.get(Kind::Citizen.cookie_name()).is_some() => {
            return Err(Problem::see_other("/renewal"));
        }
        other => other?,
    };
    tx.commit().await?;
    let jar = jar.remove(removal(attempt::COOKIE));
    fault::point("attempt-used");

    let (providers, municipality) = (&service.providers, &here.site.municipality);
    let malformed = |_| Problem::from(DbError::Inconsistent { column: "identity_attempt.pending" });
    match attempt.purpose {
        Purpose::Signing => {
            let signing = serde_json::from_value(attempt.pending).map_err(malformed)?;
            let response =
                sign_renewal::finish(&here, &providers.of_citizens(municipality)?, signing, callback).await?;
            Ok((jar, response))
        }
        Purpose::CitizenLogin => {
            let pending: PendingLogin = serde_json::from_value(attempt.pending).map_err(malformed)?;
            match providers.of_citizens(municipality)?.finish(&pending, callback, now).await? {
                Verified::Citizen(identity) => log_in_citizen(&here, jar, &identity).await,
                Verified::Staff(_) | Verified::Signature(_) => Err(unexpected()),
            }
        }
        Purpose::StaffLogin => {
            let pending: PendingLogin = serde_json::from_value(attempt.pending).map_err(malformed)?;
            match providers.of_staff(municipality)?.finish(&pending, callback, now).await? {
                Verified::Staff(staff) => log_in_staff(&here, jar, &staff).await,
                Verified::Citizen(_) | Verified::Signature(_) => Err(unexpected()),
            }
        }
    }
}

fn unexpected() -> Problem {
    LoginError::UnknownState.into()
}

/// A person with an ongoing case gets a session; everybody else the same page, which tells nobody why.
async fn log_in_citizen(
    here: &Here,
    jar: CookieJar,
    identity: &VerifiedIdentity,
) -> Result<(CookieJar, Response), Problem> {
    let mut tx = here.begin(Actor::Visitor).await?;
    let Some(person) = person_with_case(&mut tx, identity).await? else {
        tx.audit(Action::LoginRefused, Object::None).await?;
        tx.commit().await?;
        return Ok((jar, see_other("/not-available")));
    };
    tx.act_as(Actor::Citizen(person));
    ask_for_co_applicant(&mut tx, person).await?;
    end_earlier(&mut tx, &jar, Kind::Citizen).await?;
    let token = session::begin(&mut tx, Owner::Person(person), here.service.clock.real()).await?;
    tx.audit(Action::LoggedIn, Object::Person(person)).await?;
    tx.commit().await?;
    Ok((jar.add(Kind::Citizen.cookie(token)), see_other("/home")))
}

async fn log_in_staff(here: &Here, jar: CookieJar, verified: &VerifiedStaff) -> Result<(CookieJar, Response), Problem> {
    let mut tx = here.begin(Actor::Visitor).await?;
    let municipality = tx.municipality();
    let row = query!(
        "select id, role from staff where municipality_id = $1 and subject = $2",
        municipality,
        verified.subject(),
    )
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else {
        tx.audit(Action::LoginRefused, Object::None).await?;
        tx.commit().await?;
        return Err(LoginProblem::NotStaff.into());
    };
    let staff = StaffId(row.id);
    end_earlier(&mut tx, &jar, Kind::Staff).await?;
    let token = session::begin(&mut tx, Owner::Staff(staff), here.service.clock.real()).await?;
    tx.audit(Action::LoggedIn, Object::Staff(staff)).await?;
    tx.commit().await?;
    let page = match StaffRole::from_code(&row.role) {
        Some(StaffRole::Admin) => "/admin/sources",
        Some(StaffRole::Caseworker) | None => "/staff/inbox",
    };
    Ok((jar.add(Kind::Staff.cookie(token)), see_other(page)))
}

/// A renewal that the other adult has begun or signed waits for this person: now that they have logged in, their authorities are asked. One
/// that they have declined to sign does not wait, and nothing may be asked for a case that is closed.
async fn ask_for_co_applicant(tx: &mut TenantTx, person: PersonId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    let waiting = query_scalar!(
        r#"
        select r.id
          from renewal r
          join signer s on (s.municipality_id, s.renewal_id) = (r.municipality_id, r.id)
          join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
         where r.municipality_id = $1 and s.person_id = $2 and r.begun_by <> $2
           and s.state = 'awaited' and c.closed_on is null
           and r.state in ('draft', 'submitted', 'under-review', 'completion-requested')
        "#,
        municipality,
        person,
    )
    .fetch_all(tx.connection())
    .await?;
    for renewal in waiting {
        asking::ask_all(tx, RenewalId(renewal), person).await?;
    }
    Ok(())
}

/// The session that this browser had is over: the new login has a token of its own.
async fn end_earlier(tx: &mut TenantTx, jar: &CookieJar, kind: Kind) -> Result<(), DbError> {
    if let Some(cookie) = jar.get(kind.cookie_name()) {
        session::end(tx, cookie.value()).await?;
    }
    Ok(())
}

async fn person_with_case(tx: &mut TenantTx, identity: &VerifiedIdentity) -> Result<Option<PersonId>, DbError> {
    let municipality = tx.municipality();
    let index = tx.vault().index(Column::PersonNumber, identity.number().digits().as_bytes());
    let id = query_scalar!(
        r#"
        select p.id
          from person p
          join household_member m on (m.municipality_id, m.person_id) = (p.municipality_id, p.id)
          join assistance_case c on (c.municipality_id, c.id) = (m.municipality_id, m.case_id)
         where p.municipality_id = $1 and p.number_index = $2
           and not p.protected and m.signs_as is not null and c.closed_on is null
         limit 1
        "#,
        municipality,
        index,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(id.map(PersonId))
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use domain::authority::Agency;
    use domain::renewal::state::SignatureState;
    use sqlx::PgPool;

    use super::*;
    use crate::case::signers;
    use crate::test_support::eid::{SIV, TestEid};
    use crate::test_support::{
        Couple, Statement, Towns, add_couple, add_signed, add_source, add_staff, as_owner, audited, day, month,
    };

    async fn asked(tx: &mut TenantTx, person: PersonId) -> i64 {
        ask_for_co_applicant(tx, person).await.unwrap();
        sqlx::query_scalar("select count(*) from authority_query where person_id = $1")
            .bind(person.0)
            .fetch_one(tx.connection())
            .await
            .unwrap()
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn authorities_are_asked_about_a_co_applicant_whose_signature_is_awaited_in_an_ongoing_case(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let mut tx = stage.tx(&stage.home).await;
        add_source(&mut tx, Agency::Fk).await;
        let Couple { case, mira, johan } = add_couple(&mut tx, None).await;
        let month = month("2026-12");
        let renewal = add_signed(&stage.service, &mut tx, case, month, day(11, 18), &Statement::default()).await;

        signers::set(&mut tx, renewal, johan, SignatureState::Declined).await.unwrap();
        assert_eq!(asked(&mut tx, johan).await, 0, "who has declined to sign is not asked about");
        signers::set(&mut tx, renewal, johan, SignatureState::Awaited).await.unwrap();
        for (closed_on, count) in [(Some("2026-11-20"), 0), (None, 1)] {
            sqlx::query("update assistance_case set closed_on = $2::text::date where id = $1")
                .bind(case.0)
                .bind(closed_on)
                .execute(tx.connection())
                .await
                .unwrap();
            assert_eq!(asked(&mut tx, johan).await, count, "closed: {closed_on:?}");
        }
        assert_eq!(asked(&mut tx, mira).await, 0, "who began the renewal has been asked about");
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
            ("update assistance_case set closed_on = '2026-11-20'", "update assistance_case set closed_on = null"),
            ("update person set protected = true", "update person set protected = false"),
            ("update household_member set signs_as = null", "update household_member set signs_as = 'applicant'"),
        ] {
            for (statement, is_refused) in [(change, true), (undo, false)] {
                let mut tx = stage.tx(home).await;
                as_owner(&mut tx).await;
                sqlx::query(statement).execute(tx.connection()).await.unwrap();
                tx.commit().await.unwrap();
                if is_refused {
                    refused("petra").await;
                    assert_eq!(stage.look(&session, "/home").await.status, StatusCode::UNAUTHORIZED, "{change}");
                }
            }
        }
        let mut tx = stage.tx(home).await;
        assert_eq!((audited(&mut tx, "logged-in").await, audited(&mut tx, "login-refused").await), (1, 5));
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
        assert!(again.body.contains("Det tog för lång tid"), "{}", again.body);
        assert_eq!(again.cookie(Kind::Citizen.cookie_name()), None);
        let cancelled = eid.log_in(other.led_to(), None).await;
        let cancelled = stage.look(&other.browser(""), &cancelled).await;
        assert!(cancelled.body.contains("Du avbröt"), "{}", cancelled.body);
    }
}
