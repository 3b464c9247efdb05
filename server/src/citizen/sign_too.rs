//! `POST /renewal/cosign/sign`: the co-applicant signs what the applicant signed.

use axum::response::Response;
use axum_extra::extract::CookieJar;
use domain::renewal::Stage;
use domain::renewal::document::{Annex, AnnexSchema};
use domain::renewal::state::{Act, Refusal};

use super::sign_renewal::{Ready, number_of, send, signer};
use super::work::{current_month, newest_submitted};
use crate::case::signed::{self, SignedError};
use crate::case::{household, signers};
use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::{Here, Problem, Visit};
use crate::session::policy::{Citizen, LockedRenewal, OwnRenewal};
use crate::signing::{self, SigningError};

/// Why there is nothing for this person to co-sign.
#[derive(Debug, thiserror::Error)]
pub(super) enum CoSignError {
    /// Nothing has been signed that this person could sign too.
    #[error("there is nothing to co-sign")]
    Nothing,
    #[error("this person has signed already")]
    AlreadySigned,
    /// What was signed cannot be read.
    #[error(transparent)]
    Signed(#[from] SignedError),
    /// The document for the co-applicant cannot be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<CoSignError> for Problem {
    fn from(error: CoSignError) -> Self {
        match error {
            CoSignError::Nothing => Self::see_other("/renewal"),
            CoSignError::AlreadySigned => Self::see_other("/renewal/receipt"),
            CoSignError::Signed(error) => error.into(),
            CoSignError::Signing(error) => error.into(),
            CoSignError::Db(error) => error.into(),
        }
    }
}

/// The browser is sent to the eID with what is to be signed.
pub(crate) async fn act(mut visit: Visit<Citizen>, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    let ready = make_ready(&mut visit).await?;
    let Visit { here, actor, tx, .. } = visit;
    tx.commit().await?;
    send(&here, &actor, jar, ready).await
}

async fn make_ready(visit: &mut Visit<Citizen>) -> Result<Ready, CoSignError> {
    let Visit { here, actor, tx, .. } = visit;
    let sign = Act::Sign { role: actor.signs_as(), on: here.today() };
    let renewal = lock(tx, here, actor, sign).await?.id();
    let core = signed::core(tx, renewal).await?.ok_or(CoSignError::Nothing)?;
    let role = actor.signs_as();
    let annex = Annex { schema: AnnexSchema::V1, renewal, role, phone: None, email: None, message: None };
    let swedish = here.service.swedish();
    let proposal = signing::propose(&core, &annex, &signer(here, actor, &swedish))?;
    let signer = number_of(&household::members(tx, actor.case()).await?, actor)?;
    signers::note_sent(tx, renewal, actor.person()).await?;
    tx.audit(Action::BeganSigning, Object::Renewal(renewal)).await?;
    Ok(Ready { renewal, revision: None, signer, proposal })
}

/// The submitted renewal of the month that the case is working with, locked, if this person may do this to it now.
pub(super) async fn lock(
    tx: &mut TenantTx,
    here: &Here,
    citizen: &Citizen,
    act: Act,
) -> Result<LockedRenewal, CoSignError> {
    let renewals = OwnRenewal::all(tx, citizen).await?;
    let current = current_month(&renewals, here);
    let is_current = |one: &&OwnRenewal| current.is_none_or(|current| one.month() >= current.previous());
    let newest = newest_submitted(&renewals).filter(is_current).ok_or(CoSignError::Nothing)?.clone();
    let renewal = newest.lock(tx, citizen).await?;
    let progress = signers::progress_of(tx, renewal.id()).await?;
    if progress.stage == Stage::Draft {
        return Err(CoSignError::Nothing);
    }
    match progress.after(act) {
        Ok(_) => Ok(renewal),
        Err(Refusal::AlreadySigned) => Err(CoSignError::AlreadySigned),
        Err(_) => Err(CoSignError::Nothing),
    }
}
