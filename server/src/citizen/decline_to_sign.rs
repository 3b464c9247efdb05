//! `POST /renewal/cosign/decline`: the co-applicant will not sign.

use domain::renewal::state::{Act, SignatureState};

use super::sign_too::lock;
use crate::case::notices::{self, Cause};
use crate::case::signers;
use crate::db::{Action, Object};
use crate::http::{Reply, Visit};
use crate::session::policy::Citizen;

/// Noted, and told to the caseworker. They may still change their mind.
pub(crate) async fn act(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewal = lock(tx, here, actor, Act::Decline { role: actor.signs_as() }).await?.id();
    signers::set(tx, renewal, actor.person(), SignatureState::Declined).await?;
    notices::insert(tx, actor.case(), Cause::CoSignatureDeclined(renewal)).await?;
    tx.audit(Action::DeclinedCoSignature, Object::Renewal(renewal)).await?;
    visit.see_other("/home").await
}
