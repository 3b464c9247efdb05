//! `POST /staff/open/{id}`: a case that is not one's own is opened for a purpose, which its people can read.

use app::caseworker::open_case as shown;
use app::model::{FieldError, Phrase};
use axum::http::StatusCode;
use domain::form::{PlainText, Typed, read};
use domain::id::PurposeId;
use domain::opening::OpeningPurpose;
use jiff::SignedDuration;
use serde::Deserialize;
use uuid::Uuid;

use super::open_case::{self, Found};
use crate::db::{Action, Column, Object, query};
use crate::http::{Fields, Path, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// How long it stays open.
const OPEN: SignedDuration = SignedDuration::from_hours(24);

/// The most letters of what is written.
const WORDS_MAX: usize = 300;

/// The form of a purpose.
#[derive(Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    purpose: String,
    #[serde(default)]
    words: String,
}

/// The purpose is written, and the case is open for a day.
pub(crate) async fn act(
    mut visit: Visit<Caseworker>,
    Path(about): Path<Uuid>,
    Fields(posted): Fields<Posted>,
) -> Reply {
    let (purpose, words) = match stated(&posted.purpose, &Typed::new(posted.words.clone())?) {
        Ok(stated) => stated,
        Err(error) => {
            let asked = open_case::read(&mut visit, about, posted.purpose, posted.words, vec![error]).await?;
            return visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, shown::page(asked)).await;
        }
    };
    let (now, id) = (visit.here.service.clock.real(), PurposeId(Uuid::now_v7()));
    let Visit { actor, tx, .. } = &mut visit;
    let found = Found::by(tx, about).await?.ok_or(Problem::NotFound)?;
    let (municipality, at, vault) = (tx.municipality(), tx.at(), tx.vault());
    let sealed = words.map(|words| vault.seal(Column::PurposeWords, id, words.as_str().as_bytes())).transpose()?;
    query!(
        r#"
        insert into case_purpose (municipality_id, id, case_id, staff_id, purpose, words_sealed, stated_at, closes_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        "#,
        municipality,
        id,
        found.case,
        actor.staff(),
        purpose.code(),
        sealed,
        at,
        now + OPEN,
    )
    .execute(tx.connection())
    .await?;
    tx.audit(Action::StatedPurpose, Object::Purpose(id)).await?;
    visit.see_other(&found.page(about)).await
}

fn stated(purpose: &str, words: &Typed) -> Result<(OpeningPurpose, Option<PlainText>), FieldError> {
    let missing = || FieldError::new("purpose", Phrase::new("error-purpose-missing"));
    let purpose = OpeningPurpose::from_code(purpose).ok_or_else(missing)?;
    match read::text(words, WORDS_MAX) {
        Ok(None) if purpose == OpeningPurpose::Other => {
            Err(FieldError::new("words", Phrase::new("error-purpose-words-missing")))
        }
        Ok(words) => Ok((purpose, words)),
        Err(wrong) => Err(FieldError::new("words", &wrong)),
    }
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    #[sqlx::test(migrations = "../migrations")]
    async fn it_is_open_for_a_day(pool: PgPool) {
        let (stage, time) = Towns::at_rest(pool).await;
        let (couple, _) = stage.couple().await;
        let renewal = stage.signed(couple.case, "2026-12", &Statement::ordinary()).await;
        let (page, ask) = (format!("/staff/renewals/{renewal}"), format!("/staff/open/{renewal}"));
        let (staff, david) = stage.colleague("david").await;
        stage.send(&david, &ask, &[("purpose", "review")]).await;
        stage.page(&david, &page).await;
        time.pass(23 * 60);
        let mut tx = stage.tx(&stage.home).await;
        let david = stage.log_in(&mut tx, crate::session::Owner::Staff(staff)).await;
        tx.commit().await.unwrap();
        stage.page(&david, &page).await;
        time.pass(29);
        stage.page(&david, &page).await;
        time.pass(29);
        stage.page(&david, "/staff/inbox").await;
        time.pass(5);
        assert_eq!(stage.look(&david, &page).await.led_to(), ask);
        let typed = stage.send(&david, &format!("{page}/decide"), &[("revision", "0"), ("seen", "")]).await;
        assert_ne!(typed.location, Some(ask), "what was typed meanwhile is taken");
    }
}
