//! What caseworkers have typed towards a decision, kept until it is made: its words, and the lines of the calculation that they set.

use domain::form::Typed;
use domain::id::{RenewalId, StaffId};
use domain::norm::Override;
use domain::norm::set_lines::{LineKey, LineProblem, SetLines, overrides};
use serde::{Deserialize, Serialize};

use crate::db::{Action, Column, DbError, Object, TenantTx, Version, query};

/// A decision in the making.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionDraft {
    pub outcome: Typed,
    pub reason: Typed,
    /// The words to the person.
    pub note: Typed,
    /// The amount, where the month has no calculation.
    pub amount: Typed,
    /// The lines that somebody has set, by their keys.
    pub lines: SetLines,
    /// Whether deciding has been tried with it: then all that is missing is shown.
    pub pressed: bool,
    /// What another window had typed into fields that were then posted from a stale one.
    pub conflicts: Vec<LineConflict>,
    /// Whether it was last posted to decide. When nothing is wrong with a draft that is still there, the page had shown something
    /// else than what the decision would have rested on.
    pub deciding: bool,
}

/// One field that two windows filled differently.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineConflict {
    pub field: String,
    /// The text that stood there before.
    pub other: Typed,
}

impl DecisionDraft {
    /// What the calculation is to take in place of its own lines. What cannot be read stays out of it; [`Self::problems`] tells.
    pub(crate) fn overrides(&self) -> Vec<Override> {
        overrides(&self.lines)
    }

    /// What is wrong with the lines that are set.
    pub(crate) fn problems(&self) -> impl Iterator<Item = (&LineKey, LineProblem)> {
        self.lines.iter().filter_map(|(key, line)| Some((key, line.problem()?)))
    }
}

/// The draft of a renewal's decision as it is stored, with its revision: empty and zero before the first save.
pub(super) fn open(
    tx: &TenantTx,
    renewal: RenewalId,
    stored: Option<(i32, Vec<u8>, Version)>,
) -> Result<(DecisionDraft, i32), DbError> {
    let Some((revision, sealed, version)) = stored else { return Ok((DecisionDraft::default(), 0)) };
    Ok((tx.vault().open_json(Column::DecisionDraftContent, (renewal, version), &sealed)?, revision))
}

/// Saves what was typed, as a new revision. Nothing is judged here.
pub(crate) async fn save(
    tx: &mut TenantTx,
    renewal: RenewalId,
    draft: &DecisionDraft,
    revision: i32,
    by: StaffId,
) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let version = Version::new()?;
    let sealed = tx.vault().seal_json(Column::DecisionDraftContent, (renewal, version), draft)?;
    query!(
        r#"
        insert into decision_draft (municipality_id, renewal_id, revision, content_sealed, content_version, saved_by, saved_at)
        values ($1, $2, $3, $4, $7, $5, $6)
        on conflict (municipality_id, renewal_id)
        do update set revision = excluded.revision, content_sealed = excluded.content_sealed,
                      content_version = excluded.content_version, saved_by = excluded.saved_by, saved_at = excluded.saved_at
        "#,
        municipality,
        renewal,
        revision,
        sealed,
        by,
        at,
        version,
    )
    .execute(tx.connection())
    .await?;
    tx.audit(Action::SavedDecisionDraft, Object::Renewal(renewal)).await
}

/// Forgets the draft, and what was proposed with it: the decision is made.
pub(crate) async fn forget(tx: &mut TenantTx, renewal: RenewalId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    query!("delete from decision_draft where municipality_id = $1 and renewal_id = $2", municipality, renewal)
        .execute(tx.connection())
        .await?;
    Ok(())
}
