//! `GET /renewals/{id}/signed`: what was signed.

use app::model::SignedDocument;
use axum::extract::Path;
use domain::id::RenewalId;
use domain::renewal::Stage;
use domain::renewal::document::Canonical as _;

use crate::case::signed;
use crate::case::signers;
use crate::case::signers::Signer;
use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::{Here, Problem, Reply, Visit};
use crate::session::policy::{Citizen, OwnRenewal};
use crate::signing;

/// The document as this person may see it.
pub(crate) async fn page(mut visit: Visit<Citizen>, Path(id): Path<RenewalId>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewal = OwnRenewal::find(tx, actor, id).await?.ok_or(Problem::NotFound)?;
    if renewal.stage() == Stage::Draft {
        return Err(Problem::NotFound);
    }
    let signers = signers::of_renewal(tx, id).await?;
    let document = document(tx, here, actor, &renewal, &signers).await?;
    tx.audit(Action::SawSignedDocument, Object::Renewal(id)).await?;
    visit.page(app::citizen::signed::page(document)).await
}

/// What was signed: the person's own text, or, before they have signed, the shared facts alone.
pub(super) async fn document(
    tx: &mut TenantTx,
    here: &Here,
    citizen: &Citizen,
    renewal: &OwnRenewal,
    signers: &[Signer],
) -> Result<SignedDocument, Problem> {
    let reference = renewal.reference().ok_or_else(|| Problem::see_other("/renewal"))?;
    let (text, language, digest) = if let Some((evidence, digest)) =
        signed::of_person(tx, renewal.id(), citizen.person()).await?
    {
        (evidence.shown_text, evidence.locale, digest)
    } else {
        let core =
            signed::core(tx, renewal.id()).await?.ok_or(DbError::Inconsistent { column: "signed_document.core" })?;
        let digest = core.digest()?.to_string();
        let texts = &here.site.texts;
        let text = signing::shared_text(&core, &here.site.municipality.name, texts);
        (text, texts.language().code().to_owned(), digest)
    };
    Ok(SignedDocument {
        month: renewal.month(),
        reference: reference.to_owned(),
        signatures: signers.iter().map(|signer| signer.shown(true, Some(citizen.person()))).collect(),
        text,
        language,
        digest,
    })
}
