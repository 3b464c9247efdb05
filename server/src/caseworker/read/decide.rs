//! The form of a decision, or the decision once there is one.

use app::caseworker::port::{Decide, PlannedPayout};
use app::port::{self, CalculationOutcome, Choice, FieldError, Form, Payee, Phrase};
use domain::decision::{Outcome, Reason};
use domain::id::RenewalId;
use domain::renewal::state::SignerRole;

use super::opened::find_arrived;
use super::{CaseworkerReader, ReadError};
use crate::case::calculation::{self, Names, Reckoned};
use crate::case::decisions::{self, Decided};
use crate::case::household::HouseholdMember;
use crate::case::renewal::Renewal;
use crate::case::{payout_way, payouts, signers};
use crate::caseworker::decide::pay_rule;
use crate::db::{Action, DbError, Object, TenantTx};

/// A decision that could not be made so: what was typed, and what is wrong with it.
pub(in crate::caseworker) struct Typed {
    /// Field `outcome`.
    pub outcome: String,
    /// Field `reason`.
    pub reason: String,
    /// Field `note`.
    pub note: String,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl CaseworkerReader {
    /// The form, with what was typed in it if it has been posted.
    pub(in crate::caseworker) async fn read_decide(
        &self,
        id: RenewalId,
        typed: Option<Typed>,
    ) -> Result<Decide, ReadError> {
        let mut tx = self.tx().await?;
        let renewal = find_arrived(&mut tx, id).await?;
        let reckoned = calculation::of_submitted(&mut tx, &renewal).await?;
        let decide = match decisions::of_renewal(&mut tx, id).await? {
            Some(decided) => self.decided_page(&mut tx, &renewal, &reckoned, decided).await?,
            None => self.form(&mut tx, &renewal, &reckoned, typed).await?,
        };
        tx.audit(Action::OpenedRenewal, Object::Renewal(id.0)).await?;
        tx.commit().await?;
        Ok(decide)
    }

    async fn form(
        &self,
        tx: &mut TenantTx,
        renewal: &Renewal,
        reckoned: &Reckoned,
        typed: Option<Typed>,
    ) -> Result<Decide, ReadError> {
        let made = reckoned.outcome.as_ref().ok();
        let method = payout_way::of_case(tx, renewal.case).await?;
        let rule = pay_rule(&self.site.municipality)?;
        let payout = made.filter(|made| !made.result.sums.payable.is_zero()).map(|made| PlannedPayout {
            amount: made.result.sums.payable,
            pay_date: rule.pay_date(renewal.month, signers::day(tx.at())),
            method: payouts::method(&method),
            payee: applicant(&reckoned.members),
        });
        let typed = typed.unwrap_or_else(|| Typed {
            outcome: String::new(),
            reason: String::new(),
            note: String::new(),
            errors: Vec::new(),
        });
        Ok(Decide {
            head: self.head(tx, renewal, &reckoned.members).await?,
            form: Form { errors: typed.errors, ..Form::default() },
            outcome: typed.outcome,
            reason: typed.reason,
            note: typed.note,
            outcomes: port::Outcome::ALL.to_vec(),
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
        let stored = calculation::find(tx, decided.calculation).await?;
        let stored = stored.ok_or(DbError::Inconsistent { column: "decision.calculation_id" })?;
        let names = Names::of(&reckoned.members, &reckoned.asked);
        let payout = payouts::of_decision(tx, decided.id).await?.into_iter().next();
        Ok(Decide {
            head: self.head(tx, renewal, &reckoned.members).await?,
            form: Form::default(),
            outcome: decided.outcome.code().to_owned(),
            reason: decided.grounds.reasons.first().map_or_else(String::new, |reason| reason.code().to_owned()),
            note: decided.note.unwrap_or_default(),
            outcomes: port::Outcome::ALL.to_vec(),
            reasons: reasons(),
            calculation: CalculationOutcome::Figure(names.calculation(&stored.result)),
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

/// The applicant's full name, to whom grants are paid.
pub(in crate::caseworker) fn applicant(members: &[HouseholdMember]) -> String {
    let applicant = members.iter().find(|member| member.signs_as == Some(SignerRole::Applicant));
    applicant.map(|member| member.name.full()).unwrap_or_default()
}

/// Every reason under each outcome that it can lead to.
fn reasons() -> Vec<(port::Outcome, Choice)> {
    let choice = |reason: &Reason| Choice { value: reason.code().to_owned(), label: Phrase::new(reason.key()) };
    Outcome::ALL
        .iter()
        .flat_map(|&outcome| {
            let fitting = Reason::ALL.iter().filter(move |reason| reason.fits(outcome));
            fitting.map(move |reason| (decisions::shown(outcome), choice(reason)))
        })
        .collect()
}
