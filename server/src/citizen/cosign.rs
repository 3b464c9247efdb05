//! `GET /renewal/cosign`: what the other adult has signed, to be signed too.

use app::citizen::cosign;
use app::citizen::model::CoSign;
use app::model::{ShownSignatureState as Shown, SigningState};
use domain::renewal::state::SignatureState;

use super::signed::document;
use super::work::newest_submitted;
use crate::case::signers;
use crate::http::{Problem, Reply, Visit};
use crate::session::policy::{Citizen, OwnRenewal};

/// The document of the newest renewal, while this person has not signed it.
pub(crate) async fn page(mut visit: Visit<Citizen>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewals = OwnRenewal::all(tx, actor).await?;
    let renewal = newest_submitted(&renewals).ok_or_else(|| Problem::see_other("/home"))?;
    let signers = signers::of_renewal(tx, renewal.id()).await?;
    let own = signers.iter().find(|signer| signer.person == actor.person());
    if own.is_some_and(|signer| signer.state == SignatureState::Signed) {
        return Err(Problem::see_other("/renewal/receipt"));
    }
    let interrupted = own.is_some_and(signers::Signer::was_interrupted);
    let document = document(tx, here, actor, renewal, &signers).await?;
    let applicant = document.signatures.iter().find(|signature| matches!(signature.state, Shown::Signed { .. }));
    let page = CoSign {
        applicant: applicant.map_or_else(String::new, |signature| signature.name.given.clone()),
        document,
        signing: if interrupted { SigningState::Interrupted } else { SigningState::Ready },
    };
    visit.page(cosign::page(page)).await
}
