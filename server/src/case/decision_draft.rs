//! What caseworkers have typed towards a decision, kept until it is made: its words, and the lines of the calculation that they set.

use std::collections::BTreeMap;

use domain::Money;
use domain::form::{Problem, Typed, read};
use domain::id::{RenewalId, StaffId};
use domain::norm::{Amounts, Line, Override, Section, Subject};
use domain::renewal::judge::AMOUNT_LIMIT;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::db::{Action, Column, DbError, Object, TenantTx, query};

/// The longest reason for a line, in characters.
pub const WHY_MAX: usize = 500;

/// A decision in the making.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionDraft {
    /// The outcome's code.
    pub outcome: Typed,
    /// The reason's code.
    pub reason: Typed,
    /// The words to the person.
    pub note: Typed,
    /// The amount, where the month has no calculation.
    pub amount: Typed,
    /// The lines that somebody has set, by their keys.
    pub lines: BTreeMap<LineKey, TypedLine>,
    /// Whether deciding has been tried with it: then all that is missing is shown.
    pub pressed: bool,
    /// What another window had typed into fields that were then posted from a stale one.
    pub conflicts: Vec<Conflict>,
    /// Whether it was last posted to decide. When nothing is wrong with a draft that is still there, the page had shown something
    /// else than what the decision would have rested on.
    pub deciding: bool,
}

/// One field that two windows filled differently.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// The form's field.
    pub field: String,
    /// The text that stood there before.
    pub other: Typed,
}

/// How a line of a calculation is called in forms. It is the same as long as its row is not fetched anew, which is not done once the
/// renewal is signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineKey(String);

impl LineKey {
    /// The key of the line about this.
    pub fn of(subject: &Subject) -> Self {
        use domain::norm::RowRef::{Fetched, Stated};
        Self(match subject {
            Subject::Personal { person } => format!("norm-{person}"),
            Subject::Shared => "norm-shared".to_owned(),
            Subject::Surplus { from } => format!("surplus-{from}"),
            Subject::Expense { row, .. } | Subject::Income { row, .. } | Subject::Asset { row, .. } => match row {
                Fetched(row) => format!("row-{row}"),
                Stated(row) => format!("row-{row}"),
            },
        })
    }

    /// The name of the field with the amount.
    pub fn value_field(&self) -> String {
        format!("line-{}", self.0)
    }

    /// The name of the field with the reason.
    pub fn why_field(&self) -> String {
        format!("why-{}", self.0)
    }
}

/// A line that a caseworker has set.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedLine {
    /// What is to count.
    pub value: Typed,
    /// Why.
    pub why: Typed,
    subject: Subject,
    beneath: Amounts,
    by: StaffId,
    on: Date,
}

/// What is wrong with a line that somebody has set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineProblem {
    /// The amount.
    Value(Problem),
    /// The reason.
    Why(Problem),
    /// The line goes against the household (förvaltningslagen 32 §) or beyond what it claims, and no reason is given.
    WhyMissing,
}

impl TypedLine {
    /// A line with nothing typed yet.
    pub fn new(line: &Line, by: StaffId, on: Date) -> Self {
        let beneath = line.overridden.as_ref().map_or(line.amounts, |overridden| overridden.computed);
        Self { value: Typed::default(), why: Typed::default(), subject: line.subject, beneath, by, on }
    }

    /// The same words, for the line as the rules give it now: about to be set anew, by this caseworker.
    #[must_use]
    pub fn over(self, line: &Line, by: StaffId, on: Date) -> Self {
        Self { value: self.value, why: self.why, ..Self::new(line, by, on) }
    }

    /// Whether nothing is typed: the rules decide.
    pub fn is_blank(&self) -> bool {
        self.value.is_blank() && self.why.is_blank()
    }

    /// The caseworker's value, as the calculation takes it.
    fn read(&self) -> Result<Override, LineProblem> {
        let value = read::amount_or_zero(&self.value, AMOUNT_LIMIT).map_err(LineProblem::Value)?;
        let why = read::text(&self.why, WHY_MAX).map_err(LineProblem::Why)?;
        if why.is_none() && self.needs_a_reason(value) {
            return Err(LineProblem::WhyMissing);
        }
        let reason = why.map_or_else(String::new, |why| why.as_str().to_owned()).into();
        Ok(Override { subject: self.subject, beneath: self.beneath, value, reason, by: self.by, on: self.on })
    }

    fn needs_a_reason(&self, value: Money) -> bool {
        match self.subject.section() {
            Section::Norm => value < self.beneath.counted(),
            Section::Expenses => value != self.beneath.stated(),
            Section::Incomes | Section::Means => value > self.beneath.counted(),
        }
    }
}

impl DecisionDraft {
    /// What the calculation is to take in place of its own lines. What cannot be read stays out of it; [`Self::problems`] tells.
    pub fn overrides(&self) -> Vec<Override> {
        self.lines.values().filter_map(|line| line.read().ok()).collect()
    }

    /// What is wrong with the lines that are set.
    pub fn problems(&self) -> impl Iterator<Item = (&LineKey, LineProblem)> {
        self.lines.iter().filter_map(|(key, line)| Some((key, line.read().err()?)))
    }
}

/// The draft of a renewal's decision as it is stored, with its revision: empty and zero before the first save.
pub(super) fn open(
    tx: &TenantTx,
    renewal: RenewalId,
    stored: Option<(i32, Vec<u8>)>,
) -> Result<(DecisionDraft, i32), DbError> {
    let Some((revision, sealed)) = stored else { return Ok((DecisionDraft::default(), 0)) };
    Ok((tx.vault().open_json(Column::DecisionDraftContent, renewal, &sealed)?, revision))
}

/// Saves what was typed, as a new revision. Nothing is judged here.
pub async fn save(
    tx: &mut TenantTx,
    renewal: RenewalId,
    draft: &DecisionDraft,
    revision: i32,
    by: StaffId,
) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let sealed = tx.vault().seal_json(Column::DecisionDraftContent, renewal, draft)?;
    query!(
        r#"
        insert into decision_draft (municipality_id, renewal_id, revision, content_sealed, saved_by, saved_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (municipality_id, renewal_id)
        do update set revision = excluded.revision, content_sealed = excluded.content_sealed,
                      saved_by = excluded.saved_by, saved_at = excluded.saved_at
        "#,
        municipality,
        renewal,
        revision,
        sealed,
        by,
        at,
    )
    .execute(tx.connection())
    .await?;
    tx.audit(Action::SavedDecisionDraft, Object::Renewal(renewal.0)).await
}

/// Forgets the draft: the decision is made.
pub async fn forget(tx: &mut TenantTx, renewal: RenewalId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    query!("delete from decision_draft where municipality_id = $1 and renewal_id = $2", municipality, renewal)
        .execute(tx.connection())
        .await?;
    Ok(())
}
