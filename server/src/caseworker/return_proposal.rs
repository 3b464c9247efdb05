//! `POST /staff/renewals/{id}/return-proposal`: what a colleague has proposed is handed back to them, with what is to be changed.

use app::caseworker::model::{Decide, WhoDecides};
use app::model::{FieldError, Form, Phrase};
use axum::http::StatusCode;
use domain::decision::NOTE_MAX;
use domain::form::{PlainText, Typed, read};
use domain::id::RenewalId;
use serde::Deserialize;

use super::decide;
use crate::case::notices::{self, Cause, To};
use crate::case::{proposals, renewal};
use crate::http::{Fields, Path, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// The form below the proposal.
#[derive(Deserialize)]
pub(crate) struct Posted {
    #[serde(default)]
    words: String,
}

/// It is handed back, and whoever proposed it is told. From a stale page it changes nothing.
pub(crate) async fn act(
    mut visit: Visit<Caseworker>,
    Path(id): Path<RenewalId>,
    Fields(posted): Fields<Posted>,
) -> Reply {
    let words = match words(&Typed::new(posted.words.clone())?) {
        Ok(words) => words,
        Err(error) => {
            let shown = as_typed(decide::read(&mut visit, id).await?, posted.words, error);
            return visit.page_with(StatusCode::UNPROCESSABLE_ENTITY, app::caseworker::decide::page(shown)).await;
        }
    };
    let Visit { actor, tx, .. } = &mut visit;
    renewal::lock(tx, id).await?;
    let renewal = renewal::find(tx, id).await?.ok_or(Problem::NotFound)?;
    if let Some(proposal) = renewal.proposal
        && proposals::hand_back(tx, id, actor.staff(), &words).await?
    {
        notices::insert(tx, renewal.case, Cause::ProposalReturned(id), To::One(proposal.by.staff)).await?;
        // What was theirs to do with the case is done.
        return visit.see_other("/staff/inbox?tab=proposed").await;
    }
    visit.see_other(&format!("/staff/renewals/{id}/decide")).await
}

fn words(typed: &Typed) -> Result<PlainText, FieldError> {
    match read::text(typed, NOTE_MAX) {
        Ok(Some(words)) => Ok(words),
        Ok(None) => Err(FieldError::new("words", Phrase::new("error-return-words-missing"))),
        Err(wrong) => Err(FieldError::new("words", &wrong)),
    }
}

fn as_typed(shown: Decide, words: String, error: FieldError) -> Decide {
    let form = Form { errors: vec![error], ..shown.form };
    let who = shown.who.map(|who| WhoDecides {
        proposal: who.proposal.map(|proposal| app::caseworker::model::ShownProposal { words, ..proposal }),
        ..who
    });
    Decide { form, who, ..shown }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns};

    /// Grants what the page shows, and gives what it says then.
    async fn press(stage: &Towns, who: &str, decide: &str) -> String {
        let grant = [("outcome", "granted"), ("reason", "need-by-norm")];
        stage.fill(&stage.home.host, who, decide, &grant).await;
        stage.page(who, decide).await
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn a_proposal_is_handed_back_with_words_once(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (_, davids) = stage.colleague("david").await;
        stage.alone_up_to(1_000, 0).await;
        let renewal = stage.signed(home.case, "2026-12", &Statement::ordinary()).await;
        let decide = format!("/staff/renewals/{renewal}/decide");
        press(&stage, &home.caseworker, &decide).await;
        let back = format!("/staff/renewals/{renewal}/return-proposal");

        let empty = stage.send(&davids, &back, &[("words", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.body.contains("Skriv vad som behöver ändras."), "{}", empty.body);
        stage.send(&home.caseworker, &back, &[("words", "Till mig själv")]).await;
        assert!(stage.page(&davids, &decide).await.contains("fattar du beslutet"), "nobody hands back their own");
        for (words, then) in [("Hyresavin saknas.", "/staff/inbox?tab=proposed"), ("En gång till", decide.as_str())] {
            assert_eq!(stage.send(&davids, &back, &[("words", words)]).await.led_to(), then);
        }
        let told = stage.page(&home.caseworker, &decide).await;
        assert!(told.contains("david lämnade tillbaka förslaget") && told.contains("Hyresavin saknas."), "{told}");
        let notices = stage.page(&home.caseworker, "/staff/notices").await;
        assert_eq!(notices.matches("är tillbaka").count(), 1, "{notices}");
        let decided = press(&stage, &davids, &decide).await;
        assert!(!decided.contains("Beslutet är fattat"), "what is handed back is not proposed: {decided}");
        assert_eq!(stage.count("select count(*) from decision").await, 0);
        press(&stage, &home.caseworker, &decide).await;
        assert_eq!(
            stage.count("select count(*) from decision").await,
            1,
            "the colleague's own proposal is decided by the first"
        );
    }
}
