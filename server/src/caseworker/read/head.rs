//! What stands at the top of every page about one renewal.

use app::caseworker::port::RenewalHead;
use app::port::Party;
use domain::household::Role;
use domain::renewal::state::SignerRole;
use jiff::ToSpan;
use jiff::civil::Date;

use super::{CaseworkerReader, ReadError};
use crate::case::household::HouseholdMember;
use crate::case::renewal::Renewal;
use crate::case::{decisions, signatures};
use crate::db::{DbError, TenantTx};

impl CaseworkerReader {
    pub(super) async fn head(
        &self,
        tx: &mut TenantTx,
        renewal: &Renewal,
        members: &[HouseholdMember],
    ) -> Result<RenewalHead, ReadError> {
        let arrived = self.local(renewal.arrived.ok_or(ReadError::NotFound)?);
        let party = |role| members.iter().find(|member| member.signs_as == Some(role)).map(party);
        let signatures = signatures::of_renewal(tx, renewal.id, None).await?;
        let is_child = |member: &&HouseholdMember| {
            matches!(member.particulars.role, Role::Child { .. } | Role::SchoolYouth { .. })
        };
        Ok(RenewalHead {
            renewal: renewal.id,
            case_number: renewal.case_number.clone(),
            month: renewal.month,
            applicant: party(SignerRole::Applicant)
                .ok_or(DbError::Inconsistent { column: "household_member.signs_as" })?,
            co_applicant: party(SignerRole::CoApplicant),
            children: u32::try_from(members.iter().filter(is_child).count()).unwrap_or(u32::MAX),
            arrived,
            age_days: self.age(arrived.date()),
            due: self.due(arrived.date()),
            caseworker: renewal.responsible.as_ref().map(|(_, name)| name.clone()),
            signatures: signatures.into_iter().map(|signer| signer.signature).collect(),
            decision: decisions::of_renewal(tx, renewal.id).await?.map(|decided| decided.brief()),
        })
    }

    /// Whole days since the arrival.
    pub(super) fn age(&self, arrived: Date) -> u32 {
        let days = (self.today() - arrived).get_days();
        u32::try_from(days).unwrap_or(0)
    }

    /// The day by which it is to be decided.
    pub(super) fn due(&self, arrived: Date) -> Option<Date> {
        arrived.checked_add(self.site.municipality.row.decide_within_days.days()).ok()
    }
}

fn party(member: &HouseholdMember) -> Party {
    Party { name: member.name.clone(), number: member.number }
}
