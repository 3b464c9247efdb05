//! What was signed: the receipt, the co-applicant's page, and the document itself.

use app::citizen::port::{CoSign, Receipt};
use app::port::{Signature, SignatureState, SignedDocument, SigningState};
use domain::id::RenewalId;
use domain::renewal::Stage;
use domain::renewal::document::Canonical as _;
use domain::renewal::state;
use jiff::Span;
use jiff_sqlx::Timestamp as SqlTimestamp;

use super::parts::caseworker;
use super::{CitizenReader, ReadError};
use crate::case::{decisions, signatures, signers};
use crate::citizen::draft;
use crate::db::{Action, Column, DbError, Object, TenantTx};
use crate::login::policy::OwnRenewal;
use crate::signing::{self, Evidence, SigningError};

impl CitizenReader {
    /// The newest renewal that has been submitted.
    async fn newest_submitted(&self, tx: &mut TenantTx) -> Result<OwnRenewal, ReadError> {
        let months = draft::renewed_months(tx, &self.actor).await?;
        let month = months.into_iter().find(|(_, stage)| *stage != Stage::Draft).map(|(month, _)| month);
        let month = month.ok_or(ReadError::Elsewhere("/home"))?;
        OwnRenewal::for_month(tx, &self.actor, month).await?.ok_or(ReadError::Elsewhere("/home"))
    }

    pub(super) async fn read_receipt(&self) -> Result<Receipt, ReadError> {
        let mut tx = self.tx().await?;
        let renewal = self.newest_submitted(&mut tx).await?;
        let (reference, arrived) = reference(&mut tx, renewal.id()).await?;
        let days = Span::new().days(i64::from(self.site.municipality.row.decide_within_days));
        Ok(Receipt {
            renewal: renewal.id(),
            month: renewal.month(),
            reference,
            received: self.local(arrived),
            signatures: self.signatures(&mut tx, renewal.id()).await?,
            caseworker: caseworker(&mut tx, self.actor.case()).await?,
            decided_by: self.local(arrived).date().checked_add(days).ok(),
            decision: decisions::of_renewal(&mut tx, renewal.id()).await?.map(|decided| decided.brief()),
        })
    }

    pub(super) async fn read_cosign(&self) -> Result<CoSign, ReadError> {
        let mut tx = self.tx().await?;
        let renewal = self.newest_submitted(&mut tx).await?;
        let progress = signers::progress(&mut tx, renewal.id()).await?;
        if progress.signature(self.actor.signs_as()) == Some(state::SignatureState::Signed) {
            return Err(ReadError::Elsewhere("/renewal/receipt"));
        }
        let document = self.document(&mut tx, &renewal).await?;
        let applicant = document
            .signatures
            .iter()
            .find(|signature| matches!(signature.state, SignatureState::Signed { .. }))
            .map_or_else(String::new, |signature| signature.name.given.clone());
        let interrupted = signers::was_interrupted(&mut tx, renewal.id(), self.actor.person()).await?;
        let signing = if interrupted { SigningState::Interrupted } else { SigningState::Ready };
        Ok(CoSign { applicant, document, until: None, signing })
    }

    pub(super) async fn read_signed(&self, id: RenewalId) -> Result<SignedDocument, ReadError> {
        let mut tx = self.tx().await?;
        let renewal = OwnRenewal::by_id(&mut tx, &self.actor, id).await?.ok_or(ReadError::NotFound)?;
        if renewal.stage() == Stage::Draft {
            return Err(ReadError::NotFound);
        }
        let document = self.document(&mut tx, &renewal).await?;
        tx.audit(Action::SawSignedDocument, Object::Renewal(id.0)).await?;
        tx.commit().await?;
        Ok(document)
    }

    /// What was signed, as this person may see it: their own text, or, before they have signed, the shared facts alone.
    async fn document(&self, tx: &mut TenantTx, renewal: &OwnRenewal) -> Result<SignedDocument, ReadError> {
        let municipality = tx.municipality().0;
        let (reference, _) = reference(tx, renewal.id()).await?;
        let signatures = self.signatures(tx, renewal.id()).await?;
        let own = sqlx::query!(
            r#"
            select evidence_sealed, encode(manifest_hash, 'hex') as "digest!"
              from signature
             where municipality_id = $1 and renewal_id = $2 and person_id = $3
            "#,
            municipality,
            renewal.id().0,
            self.actor.person().0,
        )
        .fetch_optional(tx.connection())
        .await
        .map_err(DbError::from)?;
        let (text, language, digest) = if let Some(row) = own {
            let sealed_row = signers::signature_row(renewal.id(), self.actor.person());
            let evidence: Evidence = tx
                .vault()
                .open_json(Column::SignatureEvidence, sealed_row, &row.evidence_sealed)
                .map_err(DbError::from)?;
            (evidence.shown_text, evidence.locale, row.digest)
        } else {
            let core = signing::signed_core(tx, renewal.id()).await?.ok_or(ReadError::NotFound)?;
            let digest = core.digest().map_err(SigningError::from)?.to_string();
            let texts = &self.site.texts;
            let text = signing::shared_text(&core, &self.site.municipality.row.name, texts);
            (text, texts.language().code().to_owned(), digest)
        };
        Ok(SignedDocument {
            renewal: renewal.id(),
            month: renewal.month(),
            reference,
            signatures,
            text,
            language,
            digest,
        })
    }

    /// Everyone who signs, the applicant first.
    pub(super) async fn signatures(&self, tx: &mut TenantTx, renewal: RenewalId) -> Result<Vec<Signature>, DbError> {
        let signers = signatures::of_renewal(tx, renewal, Some(self.actor.person())).await?;
        Ok(signers.into_iter().map(|signer| signer.signature).collect())
    }
}

/// The reference and the arrival of a renewal that has been submitted.
async fn reference(tx: &mut TenantTx, renewal: RenewalId) -> Result<(String, jiff::Timestamp), ReadError> {
    let municipality = tx.municipality().0;
    let row = sqlx::query!(
        r#"
        select reference, submitted_at as "submitted_at: SqlTimestamp"
          from renewal
         where municipality_id = $1 and id = $2
        "#,
        municipality,
        renewal.0,
    )
    .fetch_one(tx.connection())
    .await
    .map_err(DbError::from)?;
    match (row.reference, row.submitted_at) {
        (Some(reference), Some(at)) => Ok((reference, at.to_jiff())),
        _ => Err(ReadError::Elsewhere("/renewal")),
    }
}
