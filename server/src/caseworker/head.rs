//! What stands at the top of every page about one renewal.

use app::caseworker::model::{DecisionReceipt, MadeDecision, RenewalHead};
use app::model::Party;
use domain::decision::Outcome;
use domain::household::Role;
use domain::renewal::state::SignerRole;
use jiff::civil::Date;

use crate::case::decisions::{Decided, Receipts, appeal_until};
use crate::case::household::HouseholdMember;
use crate::case::renewal::CaseRenewal;
use crate::case::signers::{Signer, day};
use crate::db::DbError;
use crate::http::Here;

/// Who, what and when.
pub(super) fn of_renewal(
    here: &Here,
    renewal: &CaseRenewal,
    members: &[HouseholdMember],
    signers: &[Signer],
    decided: Option<&Decided>,
) -> Result<RenewalHead, DbError> {
    let arrived = here.local(renewal.arrived);
    let party = |role| members.iter().find(|member| member.signs_as == Some(role)).map(party);
    let is_child =
        |member: &&HouseholdMember| matches!(member.particulars.role, Role::Child { .. } | Role::SchoolYouth { .. });
    Ok(RenewalHead {
        renewal: renewal.id,
        stage: renewal.stage,
        case_number: renewal.case_number.clone(),
        month: renewal.month,
        applicant: party(SignerRole::Applicant).ok_or(DbError::Inconsistent { column: "household_member.signs_as" })?,
        co_applicant: party(SignerRole::CoApplicant),
        children: u32::try_from(members.iter().filter(is_child).count()).unwrap_or(u32::MAX),
        arrived,
        age_days: age(here, arrived.date()),
        due: here.site.municipality.due(arrived.date()),
        caseworker: renewal.responsible.as_ref().map(|(_, name)| name.clone()),
        signatures: signers.iter().map(|signer| signer.shown(None)).collect(),
        decision: decided.map(|made| decision(made.outcome, day(made.at), &made.received, signers)),
    })
}

/// A decision, with how it stands between it and each who signs.
pub(super) fn decision(outcome: Outcome, decided: Date, received: &Receipts, signers: &[Signer]) -> MadeDecision {
    let receipt = |signer: &Signer| {
        let received = received.get(&signer.person).copied();
        let person = signer.name.called().to_owned();
        DecisionReceipt { person, received, appeal_until: appeal_until(outcome, received) }
    };
    MadeDecision { outcome, decided, receipts: signers.iter().map(receipt).collect() }
}

/// Whole days since the arrival.
pub(super) fn age(here: &Here, arrived: Date) -> u32 {
    u32::try_from((here.today() - arrived).get_days()).unwrap_or(0)
}

fn party(member: &HouseholdMember) -> Party {
    Party { name: member.name.clone(), number: member.number }
}
