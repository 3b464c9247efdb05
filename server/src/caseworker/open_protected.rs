//! `POST /staff/protected/{id}`: somebody with clearance opens the case of people with protected identity, and says why.

use app::caseworker::give_reason as shown;
use app::model::{FieldError, Phrase};
use axum::http::StatusCode;
use domain::form::{PlainText, Typed, read};
use domain::id::ReadingId;
use jiff::SignedDuration;
use serde::Deserialize;
use uuid::Uuid;

use super::give_reason;
use crate::db::{Action, Column, Object, query_scalar};
use crate::http::{Fields, Path, Problem, Reply, Visit};
use crate::session::policy::Cleared;

/// How long a case stays open to who has given a reason.
const READING: SignedDuration = SignedDuration::from_hours(1);

/// The most letters of a reason.
const REASON_MAX: usize = 1_000;

/// The form of a reason.
#[derive(Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    reason: String,
}

/// The reading is written, which its supervisors are told of, and the case is open for a while.
pub(crate) async fn act(mut visit: Visit<Cleared>, Path(about): Path<Uuid>, Fields(posted): Fields<Posted>) -> Reply {
    let reason = match reason(&Typed::new(posted.reason.clone())?) {
        Ok(reason) => reason,
        Err(error) => {
            let asked = give_reason::read(&mut visit, about, posted.reason, vec![error]).await?;
            return visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, shown::page(asked)).await;
        }
    };
    let (now, reading) = (visit.here.service.clock.real(), ReadingId(Uuid::now_v7()));
    let Visit { actor, tx, .. } = &mut visit;
    let (at, sealed) = (tx.at(), tx.vault().seal(Column::ReadingReason, reading, reason.as_str().as_bytes())?);
    let is_message = query_scalar!(
        "select open_protected($1, $2, $3, $4, $5, $6)",
        actor.staff(),
        about,
        reading,
        sealed,
        at,
        now + READING,
    )
    .fetch_one(tx.connection())
    .await?
    .ok_or(Problem::NotFound)?;
    tx.audit(Action::OpenedProtected, Object::Reading(reading)).await?;
    let page = if is_message { format!("/staff/messages/{about}") } else { format!("/staff/renewals/{about}") };
    visit.see_other(&page).await
}

fn reason(typed: &Typed) -> Result<PlainText, FieldError> {
    match read::text(typed, REASON_MAX) {
        Ok(Some(reason)) if reason.as_str().contains(char::is_alphanumeric) => Ok(reason),
        Ok(_) => Err(FieldError::new("reason", Phrase::new("give-reason-missing"))),
        Err(wrong) => Err(FieldError::new("reason", &wrong)),
    }
}

#[cfg(test)]
mod tests {
    use domain::id::RenewalId;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::{Statement, Towns, audited};

    fn form(about: impl std::fmt::Display) -> String {
        format!("/staff/protected/{about}")
    }

    fn page(renewal: RenewalId) -> String {
        format!("/staff/renewals/{renewal}")
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_closed_case_is_read_with_a_reason_by_who_has_clearance_for_an_hour(pool: PgPool) {
        let (stage, time) = Towns::at_rest(pool).await;
        let [cleared, other, _] = stage.cleared().await;
        let hidden = stage.hidden_case().await;
        let renewal = stage.signed(hidden, "2026-12", &Statement::ordinary()).await;
        for cookie in [&cleared, &other] {
            assert_eq!(stage.look(cookie, &page(renewal)).await.led_to(), form(renewal));
            assert_eq!(stage.send(cookie, &format!("{}/hand-back", page(renewal)), &[]).await.led_to(), form(renewal));
        }
        for nothing in [" ", ".", "\u{200b}"] {
            let refused = stage.send(&cleared, &form(renewal), &[("reason", nothing)]).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{nothing:?}");
            assert!(refused.body.contains("Skriv varför du behöver läsa ärendet."), "{}", refused.body);
        }
        assert_eq!(stage.look(&cleared, &page(renewal)).await.led_to(), form(renewal));

        let opened = stage.send(&cleared, &form(renewal), &[("reason", "Vera har ringt om december.")]).await;
        assert_eq!(opened.led_to(), page(renewal));
        assert!(stage.page(&cleared, &page(renewal)).await.contains("Vera Nilsson"));
        assert_eq!(stage.look(&other, &page(renewal)).await.led_to(), form(renewal), "a colleague gives a reason too");
        let inbox = stage.page(&cleared, "/staff/inbox").await;
        assert!(!inbox.contains("Vera") && inbox.contains("Alla 0"), "the ordinary inbox is as before: {inbox}");

        time.pass(29);
        stage.page(&cleared, &page(renewal)).await;
        time.pass(29);
        assert!(stage.page(&cleared, &format!("{}/decide", page(renewal))).await.contains("Vera Nilsson"));
        time.pass(3);
        assert_eq!(stage.look(&cleared, &page(renewal)).await.led_to(), form(renewal), "an hour has passed");
        let typed = [("revision", "0"), ("seen", ""), ("note", "Det jag hade skrivit.")];
        let decide = format!("{}/decide", page(renewal));
        assert_ne!(
            stage.send(&cleared, &decide, &typed).await.location,
            Some(form(renewal)),
            "what was typed is taken"
        );
        time.pass(29);
        assert_eq!(stage.send(&cleared, &decide, &typed).await.led_to(), form(renewal), "an hour and a half has");
        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(audited(&mut tx, "opened-protected").await, 1);
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_closed_case_is_decided_like_another(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let [cleared, ..] = stage.cleared().await;
        let hidden = stage.hidden_case().await;
        let renewal = stage.signed(hidden, "2026-12", &Statement::ordinary()).await;
        stage.send(&cleared, &form(renewal), &[("reason", "Ska besluta.")]).await;
        let decide = format!("{}/decide", page(renewal));
        let fields = [("outcome", "rejected"), ("reason", "need-not-shown")];
        stage.fill(&stage.home.host, &cleared, &decide, &fields).await;
        let inbox = stage.page(&cleared, "/staff/protected").await;
        assert!(inbox.contains("Beslutad ansökan för december 2026"), "{inbox}");
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn nobody_else_opens_one_and_nothing_else_is_opened(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        let [cleared, ..] = stage.cleared().await;
        let hidden = stage.hidden_case().await;
        let renewal = stage.signed(hidden, "2026-12", &Statement::ordinary()).await;
        let open = stage.signed(home.case, "2026-12", &Statement::ordinary()).await;
        let reason = [("reason", "Jag är nyfiken.")];
        for cookie in [&home.caseworker, &home.admin] {
            assert_eq!(stage.send(cookie, &form(renewal), &reason).await.status, StatusCode::FORBIDDEN);
        }
        assert_eq!(stage.look(&home.caseworker, &page(renewal)).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.send(&cleared, &form(open), &reason).await.status, StatusCode::NOT_FOUND, "it is not closed");
        let elsewhere = stage.post(&away.host, &cleared, &form(renewal), &reason).await;
        assert_eq!(elsewhere.status, StatusCode::UNAUTHORIZED);
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "opened-protected").await, 0);
    }
}
