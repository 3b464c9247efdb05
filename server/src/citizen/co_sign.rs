//! The co-applicant signs what the applicant signed, or declines to.

use axum::response::Response;
use axum_extra::extract::CookieJar;
use domain::id::RenewalId;
use domain::renewal::Stage;
use domain::renewal::document::{Annex, AnnexSchema};
use domain::renewal::state::{Act, Refusal, SignatureState};

use super::draft;
use super::sign_renewal::{notify, send, signer};
use crate::case::signers;
use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::problem::Problem;
use crate::http::visit::{Visit, see_other};
use crate::login::policy::{Citizen, OwnRenewal};
use crate::signing::{self, Proposal, SigningError};

/// Why there is nothing for this person to co-sign.
#[derive(Debug, thiserror::Error)]
enum CoSignError {
    /// Nothing has been signed that this person could sign too.
    #[error("there is nothing to co-sign")]
    Nothing,
    /// They have signed.
    #[error("this person has signed already")]
    AlreadySigned,
    /// What was signed cannot be read, or the document for the co-applicant not be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl CoSignError {
    fn response(self) -> Result<Response, Problem> {
        match self {
            Self::Nothing => Ok(see_other("/renewal")),
            Self::AlreadySigned => Ok(see_other("/renewal/receipt")),
            Self::Signing(error) => Err(Problem::broken(error)),
            Self::Db(error) => Err(error.into()),
        }
    }
}

/// `POST /renewal/cosign/sign`
pub async fn begin(visit: Visit<Citizen>, jar: CookieJar) -> Result<(CookieJar, Response), Problem> {
    let mut tx = visit.tx().await?;
    let (renewal, proposal) = match make_ready(&mut tx, &visit).await {
        Ok(ready) => ready,
        Err(error) => return Ok((jar, error.response()?)),
    };
    tx.commit().await?;
    send(&visit, jar, renewal, None, proposal).await
}

async fn make_ready(tx: &mut TenantTx, visit: &Visit<Citizen>) -> Result<(RenewalId, Proposal), CoSignError> {
    let renewal = to_co_sign(tx, visit).await?.ok_or(CoSignError::Nothing)?;
    may(tx, visit, renewal.id(), |role| Act::Sign { role, on: visit.today() }).await?;
    let core = signing::signed_core(tx, renewal.id()).await?.ok_or(CoSignError::Nothing)?;
    let annex = Annex {
        schema: AnnexSchema::V1,
        renewal: renewal.id(),
        role: visit.actor.signs_as(),
        phone: None,
        email: None,
        message: None,
    };
    let swedish = visit.service.swedish();
    let proposal = signing::propose(&core, &annex, &signer(visit, &swedish))?;
    signers::note_sent(tx, renewal.id(), visit.actor.person()).await?;
    tx.audit(Action::BeganSigning, Object::Renewal(renewal.id().0)).await?;
    Ok((renewal.id(), proposal))
}

/// `POST /renewal/cosign/decline`
pub async fn decline(visit: Visit<Citizen>) -> Result<Response, Problem> {
    let mut tx = visit.tx().await?;
    match declined(&mut tx, &visit).await {
        Ok(()) => tx.commit().await?,
        Err(error) => return error.response(),
    }
    Ok(see_other("/home"))
}

async fn declined(tx: &mut TenantTx, visit: &Visit<Citizen>) -> Result<(), CoSignError> {
    let renewal = to_co_sign(tx, visit).await?.ok_or(CoSignError::Nothing)?;
    may(tx, visit, renewal.id(), |role| Act::Decline { role }).await?;
    signers::set(tx, renewal.id(), visit.actor.person(), SignatureState::Declined).await?;
    notify(tx, visit.actor.case(), renewal.id(), "co-signature-declined").await?;
    tx.audit(Action::DeclinedCoSignature, Object::Renewal(renewal.id().0)).await?;
    Ok(())
}

/// The submitted renewal of the month that the case is working with.
async fn to_co_sign(tx: &mut TenantTx, visit: &Visit<Citizen>) -> Result<Option<OwnRenewal>, DbError> {
    let (citizen, municipality) = (&visit.actor, &visit.site.municipality);
    let submitted = draft::renewed_months(tx, citizen).await?;
    let newest = submitted.into_iter().find(|(_, stage)| *stage != Stage::Draft);
    let current = draft::current_month(tx, citizen, municipality, visit.today()).await?;
    let Some((month, _)) = newest.filter(|(month, _)| current.is_none_or(|current| *month >= current.previous()))
    else {
        return Ok(None);
    };
    OwnRenewal::for_month(tx, citizen, month).await
}

async fn may(
    tx: &mut TenantTx,
    visit: &Visit<Citizen>,
    renewal: RenewalId,
    act: impl FnOnce(domain::renewal::state::SignerRole) -> Act,
) -> Result<(), CoSignError> {
    let progress = signers::progress(tx, renewal).await?;
    if progress.arrived.is_none() {
        return Err(CoSignError::Nothing);
    }
    match progress.after(act(visit.actor.signs_as())) {
        Ok(_) => Ok(()),
        Err(Refusal::AlreadySigned) => Err(CoSignError::AlreadySigned),
        Err(_) => Err(CoSignError::Nothing),
    }
}
