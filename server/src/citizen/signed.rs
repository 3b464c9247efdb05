//! `GET /renewals/{id}/signed`: what was signed.

use app::citizen::model::SignedPage;
use app::model::SignedDocument;
use domain::id::{PersonId, RenewalId};
use domain::renewal::Stage;
use domain::renewal::document::Canonical as _;

use crate::case::proofs::{self, Kept};
use crate::case::signed;
use crate::case::signers;
use crate::case::signers::Signer;
use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::{Here, Path, Problem, Reply, Visit};
use crate::session::own_renewal::OwnRenewal;
use crate::session::policy::Reader;
use crate::signing;

/// The document as this person may see it.
pub(crate) async fn page(mut visit: Visit<Reader>, Path(id): Path<RenewalId>) -> Reply {
    let Visit { here, actor, tx, .. } = &mut visit;
    let renewal = OwnRenewal::find(tx, actor, id).await?.ok_or(Problem::NotFound)?;
    if renewal.stage() == Stage::Draft {
        return Err(Problem::NotFound);
    }
    let signers = signers::of_renewal(tx, id).await?;
    let document = document(tx, here, actor.person(), &renewal, &signers).await?;
    let files = proofs::of_signer(tx, id, actor.person()).await?.iter().map(Kept::shown).collect();
    let signed = SignedPage { document, files, files_at: format!("/renewals/{id}/proofs") };
    tx.audit(Action::SawSignedDocument, Object::Renewal(id)).await?;
    visit.page(app::citizen::signed::page(signed)).await
}

/// A text, its language, and the digest of what it says.
pub(super) struct Wording {
    pub(super) text: String,
    pub(super) language: String,
    pub(super) digest: String,
}

/// What was signed: the person's own text, or, before they have signed, the shared facts alone.
async fn document(
    tx: &mut TenantTx,
    here: &Here,
    person: PersonId,
    renewal: &OwnRenewal,
    signers: &[Signer],
) -> Result<SignedDocument, Problem> {
    let text = if let Some((evidence, digest)) = signed::of_person(tx, renewal.id(), person).await? {
        Wording { text: evidence.shown_text, language: evidence.locale, digest }
    } else {
        let core =
            signed::core(tx, renewal.id()).await?.ok_or(DbError::Inconsistent { column: "signed_document.core" })?;
        let texts = &here.site.texts;
        let text = signing::shared_text(&core, person, &here.site.municipality.name, texts);
        Wording { text, language: texts.language().code().to_owned(), digest: core.digest()?.to_string() }
    };
    shown(renewal, person, signers, text)
}

/// The document with this text.
pub(super) fn shown(
    renewal: &OwnRenewal,
    person: PersonId,
    signers: &[Signer],
    Wording { text, language, digest }: Wording,
) -> Result<SignedDocument, Problem> {
    let reference = renewal.reference().ok_or_else(|| Problem::see_other("/renewal"))?;
    Ok(SignedDocument {
        month: renewal.month(),
        reference: reference.to_owned(),
        signatures: signers.iter().map(|signer| signer.shown(Some(person))).collect(),
        text,
        language,
        digest,
    })
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn each_adult_reads_their_own_text_and_no_other_household_reads_any(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let (home, away) = (&stage.home, &stage.away);
        let (couple, [mira, johan]) = stage.couple().await;
        let statement = Statement { message: Some("Bara till handläggaren."), ..Statement::ordinary() };
        let renewal = stage.signed(couple.case, "2026-12", &statement).await;
        let path = format!("/renewals/{renewal}/signed");
        let (hers, his) = (stage.page(&mira, &path).await, stage.page(&johan, &path).await);
        for (page, whose) in [(&hers, "hers"), (&his, "his")] {
            assert!(page.contains("3 000 kr") && page.contains("6 000 kr"), "{whose}: {page}");
        }
        for text in ["Bara till handläggaren.", "070-174 06 05"] {
            assert!(hers.contains(text) && !his.contains(text), "{text}: {his}");
        }
        assert_eq!(stage.look(&home.citizen, &path).await.status, StatusCode::NOT_FOUND);
        assert_eq!(stage.get(&away.host, &away.citizen, &path).await.status, StatusCode::NOT_FOUND);
        let draft = stage.begun(&home.citizen).await;
        let unsigned = stage.look(&home.citizen, &format!("/renewals/{draft}/signed")).await;
        assert_eq!(unsigned.status, StatusCode::NOT_FOUND, "a draft has not been signed");
        let mut tx = stage.tx(home).await;
        assert_eq!(audited(&mut tx, "saw-signed-document").await, 2);
    }
}
