//! The form of a decision, or the decision once there is one.

use app::caseworker::port::{Decide, LineForm, PlannedPayout};
use app::port::{CalculationOutcome, Choice, Conflict, Form, Payee, Phrase};
use domain::decision::{Outcome, Reason};
use domain::id::RenewalId;
use domain::norm::Standing;
use domain::norm::set_lines::{LineKey, Worksheet, settable};
use domain::renewal::state::SignerRole;

use super::opened::find_arrived;
use super::{CaseworkerReader, ReadError};
use crate::case::calculation::{self, Names, Reckoned};
use crate::case::decision_draft::{self, DecisionDraft};
use crate::case::decisions::{self, Decided};
use crate::case::household::HouseholdMember;
use crate::case::renewal::Renewal;
use crate::case::{payout_way, payouts, rules, signers};
use crate::caseworker::decide::{errors, official, pay_rule, seen};
use crate::db::{Action, DbError, Object, TenantTx};

impl CaseworkerReader {
    pub(super) async fn read_decide(&self, id: RenewalId) -> Result<Decide, ReadError> {
        let mut tx = self.tx().await?;
        let renewal = find_arrived(&mut tx, id).await?;
        let reckoned = calculation::of_submitted(&mut tx, &renewal).await?;
        let decide = match decisions::of_renewal(&mut tx, id).await? {
            Some(decided) => self.decided_page(&mut tx, &renewal, &reckoned, decided).await?,
            None => self.form(&mut tx, &renewal, &reckoned).await?,
        };
        tx.audit(Action::OpenedRenewal, Object::Renewal(id.0)).await?;
        tx.commit().await?;
        Ok(decide)
    }

    async fn form(&self, tx: &mut TenantTx, renewal: &Renewal, reckoned: &Reckoned) -> Result<Decide, ReadError> {
        let made = reckoned.outcome.as_ref().ok();
        let method = payout_way::of_case(tx, renewal.case).await?;
        let rule = pay_rule(&self.site.municipality)?;
        let payout = made.filter(|made| !made.result.sums.payable.is_zero()).map(|made| PlannedPayout {
            amount: made.result.sums.payable,
            pay_date: rule.pay_date(renewal.month, signers::day(tx.at())),
            method: payouts::method(&method),
            payee: applicant(&reckoned.members),
        });
        let (draft, revision) = decision_draft::load(tx, renewal.id).await?;
        let errors = errors(&draft, official(&self.actor), renewal, reckoned, method, self.today());
        let conflict = |one: &decision_draft::Conflict| Conflict {
            field: one.field.clone(),
            other: one.other.as_str().to_owned(),
        };
        Ok(Decide {
            head: self.head(tx, renewal, &reckoned.members).await?,
            form: Form {
                revision: u32::try_from(revision).unwrap_or_default(),
                errors,
                conflicts: draft.conflicts.iter().map(conflict).collect(),
            },
            seen: seen(reckoned),
            not_kept: None,
            worksheet: made.and_then(|made| {
                let (by, today) = (self.actor.staff(), signers::day(tx.at()));
                Worksheet::new(rules::book().ok()?, made.input.clone(), draft.lines.clone(), by, today).ok()
            }),
            amount: match &reckoned.outcome {
                Err(why) if why.is_decided_by_hand() => Some(draft.amount.as_str().to_owned()),
                Ok(_) | Err(_) => None,
            },
            lines: lines(reckoned, &draft),
            outcome: draft.outcome.into(),
            reason: draft.reason.into(),
            note: draft.note.into(),
            outcomes: Outcome::ALL.to_vec(),
            reasons: reasons(),
            calculation: reckoned.shown(),
            payout,
        })
    }

    async fn decided_page(
        &self,
        tx: &mut TenantTx,
        renewal: &Renewal,
        reckoned: &Reckoned,
        decided: Decided,
    ) -> Result<Decide, ReadError> {
        let calculation = match decided.calculation {
            Some(id) => {
                let stored = calculation::find(tx, id).await?;
                let stored = stored.ok_or(DbError::Inconsistent { column: "decision.calculation_id" })?;
                let names = Names::of(&reckoned.members, &reckoned.asked);
                CalculationOutcome::Figure(names.calculation(&stored.result))
            }
            None => CalculationOutcome::NoFigure(Phrase::new("decide-without-calculation")),
        };
        let payout = payouts::of_decision(tx, decided.id).await?.into_iter().next();
        Ok(Decide {
            head: self.head(tx, renewal, &reckoned.members).await?,
            form: Form::default(),
            outcome: decided.outcome.code().to_owned(),
            reason: decided.grounds.reasons.first().map_or_else(String::new, |reason| reason.code().to_owned()),
            note: decided.note.unwrap_or_default(),
            seen: String::new(),
            not_kept: None,
            worksheet: None,
            amount: None,
            lines: Vec::new(),
            outcomes: Outcome::ALL.to_vec(),
            reasons: reasons(),
            calculation,
            payout: payout.map(|payout| PlannedPayout {
                amount: payout.amount,
                pay_date: payout.pay_date,
                method: payout.method,
                payee: match payout.payee {
                    Payee::Household(name) | Payee::ThirdParty(name) => name,
                },
            }),
        })
    }
}

/// The lines that a caseworker may set: all but those that only belong to another month.
fn lines(reckoned: &Reckoned, draft: &DecisionDraft) -> Vec<LineForm> {
    let names = Names::of(&reckoned.members, &reckoned.asked);
    let made = reckoned.outcome.as_ref().ok();
    made.into_iter()
        .flat_map(|made| settable(&made.result))
        .map(|line| {
            let key = LineKey::of(&line.subject);
            let typed = draft.lines.get(&key);
            let (value_field, why_field) = (key.value_field(), key.why_field());
            let differs = draft.conflicts.iter().any(|one| [&value_field, &why_field].contains(&&one.field));
            LineForm {
                line: names.draft_line(line),
                open: typed.is_some() || differs || line.standing == Standing::AsksHuman,
                value_field,
                value: typed.map_or_else(String::new, |typed| typed.value.as_str().to_owned()),
                why_field,
                why: typed.map_or_else(String::new, |typed| typed.why.as_str().to_owned()),
            }
        })
        .collect()
}

/// The applicant's full name, to whom grants are paid.
pub(in crate::caseworker) fn applicant(members: &[HouseholdMember]) -> String {
    let applicant = members.iter().find(|member| member.signs_as == Some(SignerRole::Applicant));
    applicant.map(|member| member.name.full()).unwrap_or_default()
}

/// Every reason under each outcome that it can lead to.
fn reasons() -> Vec<(Outcome, Choice)> {
    let choice = |reason: &Reason| Choice { value: reason.code().to_owned(), label: Phrase::new(reason.key()) };
    Outcome::ALL
        .iter()
        .flat_map(|&outcome| {
            let fitting = Reason::ALL.iter().filter(move |reason| reason.fits(outcome));
            fitting.map(move |reason| (outcome, choice(reason)))
        })
        .collect()
}
