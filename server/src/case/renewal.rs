//! A renewal in its case, as staff find it: which month, how far it has come, who answers for it, what is typed towards its decision.

use app::model::CaseNumber;
use domain::NormMonth;
use domain::account::PayoutMethod;
use domain::decision::Official;
use domain::form::PlainText;
use domain::id::{CaseId, PersonId, RenewalId, StaffId};
use domain::renewal::Stage;
use jiff::Timestamp;
use jiff::civil::Date;

use super::decision_draft::{self, DecisionDraft};
use super::head;
use super::proposals::{Returned, StoredProposal};
use crate::db::{Column, DbError, TenantTx, Version, query};

/// A renewal in its case.
#[derive(Debug, Clone)]
pub(crate) struct CaseRenewal {
    pub id: RenewalId,
    pub case: CaseId,
    pub case_number: CaseNumber,
    /// The responsible caseworker and their name.
    pub responsible: Option<(StaffId, String)>,
    /// The month applied for.
    pub month: NormMonth,
    pub stage: Stage,
    pub begun_by: PersonId,
    /// When the first signature came.
    pub arrived: Timestamp,
    /// The reference number of the receipt.
    pub reference: String,
    /// How the case is paid.
    pub payout: PayoutMethod,
    /// What was submitted last in the case for a month before this one.
    pub previous: Option<(RenewalId, NormMonth)>,
    /// What caseworkers have typed towards its decision.
    pub draft: DecisionDraft,
    /// How many times that has been saved.
    pub draft_revision: i32,
    /// What an official has proposed that another decides.
    pub proposal: Option<StoredProposal>,
}

/// A renewal that somebody has signed. A draft is its writer's own, and is not found.
pub(crate) async fn find(tx: &mut TenantTx, id: RenewalId) -> Result<Option<CaseRenewal>, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select r.case_id, c.number, c.account_sealed, c.responsible_id, s.name as "responsible?", r.norm_month, r.state, r.begun_by,
               r.submitted_at as "submitted_at!", r.reference as "reference!", t.revision as "revision?",
               t.content_sealed as "content_sealed?", t.content_version as "content_version?", e.id as "earlier_id?", e.norm_month as "earlier_month?",
               p.proposed_by as "proposed_by?", b.name as "proposer?", p.proposed_at as "proposed_at?", p.content_index as "content_index?",
               p.takes_two as "takes_two?", o.name as "returner?", p.returned_sealed, p.returned_version as "returned_version?"
          from renewal r
          join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
          left join staff s on (s.municipality_id, s.id) = (c.municipality_id, c.responsible_id)
          left join decision_draft t on (t.municipality_id, t.renewal_id) = (r.municipality_id, r.id)
          left join lateral submitted_before(r.municipality_id, r.case_id, r.norm_month) e on true
          left join decision_proposal p
            on (p.municipality_id, p.renewal_id) = (r.municipality_id, r.id) and may_answer_for(p.proposed_by, r.case_id)
          left join staff b on (b.municipality_id, b.id) = (p.municipality_id, p.proposed_by)
          left join staff o on (o.municipality_id, o.id) = (p.municipality_id, p.returned_by)
         where r.municipality_id = $1 and r.id = $2 and r.submitted_at is not null
        "#,
        municipality,
        id,
    )
    .fetch_optional(tx.connection())
    .await?;
    let Some(row) = row else { return Ok(None) };
    let case = CaseId(row.case_id);
    let stored = row.revision.zip(row.content_sealed).zip(row.content_version);
    let stored = stored.map(|((revision, sealed), version)| (revision, sealed, Version(version)));
    let (draft, draft_revision) = decision_draft::open(tx, id, stored)?;
    let previous = match (row.earlier_id, row.earlier_month) {
        (Some(earlier), Some(of)) => Some((RenewalId(earlier), month(of.to_jiff())?)),
        _ => None,
    };
    let proposal = match (row.proposed_by, row.proposer, row.proposed_at, row.content_index, row.takes_two) {
        (Some(by), Some(name), Some(at), Some(content), Some(takes_two)) => {
            let words = row.returned_sealed.zip(row.returned_version).map(|(sealed, version)| {
                tx.vault().open_text(Column::ProposalReturned, (id, Version(version)), &sealed)
            });
            Some(StoredProposal {
                by: Official { staff: StaffId(by), name: PlainText::new(&name), title: PlainText::default() },
                at: at.to_jiff(),
                content,
                takes_two,
                returned: row
                    .returner
                    .zip(words.transpose()?)
                    .map(|(by, words)| Returned { by, words: PlainText::new(&words) }),
            })
        }
        _ => None,
    };
    Ok(Some(CaseRenewal {
        id,
        case,
        case_number: CaseNumber(row.number),
        responsible: row.responsible_id.map(StaffId).zip(row.responsible),
        month: month(row.norm_month.to_jiff())?,
        stage: Stage::from_code(&row.state).ok_or(DbError::Inconsistent { column: "renewal.state" })?,
        begun_by: PersonId(row.begun_by),
        arrived: row.submitted_at.to_jiff(),
        reference: row.reference,
        payout: head::payout_method(tx, case, row.account_sealed.as_deref())?,
        previous,
        draft,
        draft_revision,
        proposal,
    }))
}

/// Notes the new stage of a renewal.
pub(crate) async fn set_stage(tx: &mut TenantTx, id: RenewalId, stage: Stage) -> Result<(), DbError> {
    let municipality = tx.municipality();
    query!("update renewal set state = $3 where municipality_id = $1 and id = $2", municipality, id, stage)
        .execute(tx.connection())
        .await?;
    Ok(())
}

/// Holds a renewal's row until the transaction ends, so that two acts on it take turns.
pub(crate) async fn lock(tx: &mut TenantTx, id: RenewalId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    query!("select id from renewal where municipality_id = $1 and id = $2 for update", municipality, id)
        .fetch_optional(tx.connection())
        .await?;
    Ok(())
}

/// The same, and holds the row of its case, so that the months of a case are decided one after the other.
pub(crate) async fn lock_with_case(tx: &mut TenantTx, id: RenewalId) -> Result<(), DbError> {
    let municipality = tx.municipality();
    query!(
        r#"
        select r.id
          from renewal r
          join assistance_case c on c.municipality_id = r.municipality_id and c.id = r.case_id
         where r.municipality_id = $1 and r.id = $2
           for update of r for no key update of c
        "#,
        municipality,
        id,
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(())
}

/// The norm month that a column's first day stands for.
pub(crate) fn month(first_day: Date) -> Result<NormMonth, DbError> {
    NormMonth::of(first_day).map_err(|_| DbError::Inconsistent { column: "renewal.norm_month" })
}
