//! What is stored of what a citizen has typed, sealed.

use std::collections::BTreeSet;

use domain::form::PlainText;
use domain::id::{PersonId, RenewalId, StatementId};
use domain::renewal::proof::FileProblem;
use domain::renewal::{Draft, Part};
use serde::{Deserialize, Serialize};

use crate::db::{Column, DbError, TenantTx, Vault, Version, query};

/// What is stored of a draft.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoredDraft {
    pub draft: Draft,
    /// The sections that have been posted: their errors are shown.
    #[serde(default)]
    pub posted: BTreeSet<String>,
    /// The sections in which something has changed, by the person, and which they have not gone through yet.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub opened: BTreeSet<String>,
    /// What other windows had typed into fields that were then posted from a stale one.
    #[serde(default)]
    pub conflicts: Vec<DraftConflict>,
    /// The files that were not taken, until something is posted of the same statement again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<RefusedFile>,
    /// The revision with which the person was last sent to the eID. While it is the newest and nothing is signed, signing was
    /// interrupted.
    #[serde(default)]
    pub signing_begun: Option<i32>,
}

/// One field that two windows filled differently. Both texts are kept until the person has chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DraftConflict {
    pub section: String,
    pub field: String,
    /// The text that stood there before.
    pub other: String,
}

/// A file that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefusedFile {
    /// What it was to be proof of.
    pub of: StatementId,
    pub name: PlainText,
    pub problem: FileProblem,
}

impl StoredDraft {
    /// Opens what this person has typed of this renewal.
    pub(super) fn open(
        vault: &Vault,
        part: Part,
        (renewal, writer): (RenewalId, PersonId),
        content: &[u8],
        version: Version,
    ) -> Result<Self, DbError> {
        Ok(match part {
            Part::Whole => vault.open_json(Column::DraftContent, (renewal, version), content)?,
            Part::Own => vault.open_json(Column::OwnPartContent, (renewal, writer, version), content)?,
        })
    }

    /// The content to be stored, and which of the place's it is.
    fn seal(
        &self,
        vault: &Vault,
        part: Part,
        (renewal, writer): (RenewalId, PersonId),
    ) -> Result<(Vec<u8>, Version), DbError> {
        let version = Version::new()?;
        let sealed = match part {
            Part::Whole => vault.seal_json(Column::DraftContent, (renewal, version), self)?,
            Part::Own => vault.seal_json(Column::OwnPartContent, (renewal, writer, version), self)?,
        };
        Ok((sealed, version))
    }

    /// Stores it as the first that there is of this part.
    pub(super) async fn insert(
        &self,
        tx: &mut TenantTx,
        part: Part,
        (renewal, writer): (RenewalId, PersonId),
    ) -> Result<(), DbError> {
        let (municipality, at) = (tx.municipality(), tx.at());
        let (sealed, version) = self.seal(&tx.vault(), part, (renewal, writer))?;
        let inserted = match part {
            Part::Whole => query!(
                r#"
                insert into renewal_draft (municipality_id, renewal_id, person_id, revision, content_sealed, content_version, saved_at)
                values ($1, $2, $3, 1, $4, $5, $6)
                "#,
                municipality,
                renewal,
                writer,
                sealed,
                version,
                at,
            ),
            Part::Own => query!(
                r#"
                insert into own_part (municipality_id, renewal_id, person_id, revision, content_sealed, content_version, saved_at)
                values ($1, $2, $3, 1, $4, $5, $6)
                "#,
                municipality,
                renewal,
                writer,
                sealed,
                version,
                at,
            ),
        };
        inserted.execute(tx.connection()).await?;
        Ok(())
    }

    /// Writes it over what stood there.
    pub(crate) async fn write(
        &self,
        tx: &mut TenantTx,
        part: Part,
        (renewal, writer): (RenewalId, PersonId),
        revision: i32,
    ) -> Result<(), DbError> {
        let (municipality, at) = (tx.municipality(), tx.at());
        let (sealed, version) = self.seal(&tx.vault(), part, (renewal, writer))?;
        let written = match part {
            Part::Whole => query!(
                r#"
                update renewal_draft
                   set revision = $3, content_sealed = $4, saved_at = $5, content_version = $6
                 where municipality_id = $1 and renewal_id = $2
                "#,
                municipality,
                renewal,
                revision,
                sealed,
                at,
                version,
            ),
            Part::Own => query!(
                r#"
                update own_part
                   set revision = $4, content_sealed = $5, saved_at = $6, content_version = $7
                 where municipality_id = $1 and renewal_id = $2 and person_id = $3
                "#,
                municipality,
                renewal,
                writer,
                revision,
                sealed,
                at,
                version,
            ),
        };
        written.execute(tx.connection()).await?;
        Ok(())
    }
}
