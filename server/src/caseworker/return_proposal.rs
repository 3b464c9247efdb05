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
        proposal: who.proposal.map(|proposal| app::caseworker::model::Proposal { words, ..proposal }),
        ..who
    });
    Decide { form, who, ..shown }
}
