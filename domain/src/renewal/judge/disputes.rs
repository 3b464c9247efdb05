//! Judges what is said to be wrong with rows that authorities have given.

use super::{AMOUNT_LIMIT, Context, DraftError, error, errors, keep};
use crate::form::{FormProblem, read};
use crate::renewal::dispute::{DISPUTE_WHY_MAX, DISPUTES_MAX, Dispute, DisputeDraft, DisputeReason, DisputeStatement};
use crate::renewal::draft::Section;

/// Judges all that is said to be wrong with what authorities answered.
pub fn judge_disputes(disputes: &[DisputeDraft], context: &Context) -> Result<Vec<Dispute>, Vec<DraftError>> {
    let mut errors = Vec::new();
    let judged = disputes.iter().filter_map(|dispute| keep(&mut errors, judge_dispute(dispute, context))).collect();
    if disputes.len() > DISPUTES_MAX {
        errors.push(error(Section::Authorities, "authorities", FormProblem::ListTooLong { max: DISPUTES_MAX }));
    }
    if errors.is_empty() { Ok(judged) } else { Err(errors) }
}

/// Judges one dispute: the fields `reason`, `amount`, `date`, `why`. What is different is an amount or a day; what is not the person's has
/// neither.
pub fn judge_dispute(dispute: &DisputeDraft, context: &Context) -> Result<Dispute, Vec<DraftError>> {
    let is_blank = dispute.amount.is_blank() && dispute.date.is_blank();
    let reason = match dispute.reason.as_str().trim() {
        "" => Err(FormProblem::DisputeReasonMissing),
        code => DisputeReason::from_code(code).ok_or(FormProblem::DisputeReasonMissing),
    };
    let reason = match reason {
        Ok(DisputeReason::NotMine) if !is_blank => Err(FormProblem::DisputeBoth),
        reason => reason,
    };
    let amount = match reason {
        Ok(DisputeReason::Different) if is_blank => Err(FormProblem::DisputeDifferenceMissing),
        _ if dispute.amount.is_blank() => Ok(None),
        _ => read::amount(&dispute.amount, AMOUNT_LIMIT).map(Some),
    };
    let (first, last) = (context.first_day(), context.last_day());
    let date = if dispute.date.is_blank() { Ok(None) } else { read::date(&dispute.date, first, last, last).map(Some) };
    let why = read::text(&dispute.why, DISPUTE_WHY_MAX).and_then(|why| why.ok_or(FormProblem::DisputeWhyMissing));
    match (reason, amount, date, why) {
        (Ok(reason), Ok(amount), Ok(date), Ok(why)) => {
            let (id, row, original) = (dispute.id, dispute.row, dispute.original.clone());
            Ok(Dispute { original, said: DisputeStatement { id, row, reason, amount, date, why } })
        }
        (reason, amount, date, why) => {
            let found = [("reason", reason.err()), ("amount", amount.err()), ("date", date.err()), ("why", why.err())];
            Err(errors(Section::Authorities, Some(dispute.id), found))
        }
    }
}
