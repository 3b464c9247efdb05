//! What a household says itself: from its draft while it is one, from what was signed afterwards.

use app::model::SourceChip;
use domain::id::PersonId;
use domain::renewal::document::Core;
use domain::renewal::judge::{ExpenseStatement, IncomeStatement, judge_expense, judge_income};
use domain::renewal::state::SignerRole;
use domain::renewal::{Context, Draft};

use super::household::HouseholdMember;

/// Own incomes and expenses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    pub incomes: Vec<IncomeStatement>,
    pub expenses: Vec<ExpenseStatement>,
}

impl From<&Core> for Stated {
    fn from(core: &Core) -> Self {
        Self { incomes: core.incomes.clone(), expenses: core.expenses.clone() }
    }
}

/// The rows of a draft that can be taken as typed. The others have errors, which its pages show.
pub(crate) fn of_draft(draft: &Draft, context: &Context) -> Stated {
    Stated {
        incomes: draft.incomes.items.iter().filter_map(|item| judge_income(item, context).ok()).collect(),
        expenses: draft.expenses.items.iter().filter_map(|item| judge_expense(item, context).ok()).collect(),
    }
}

/// As whom the adult who wrote a renewal states what stands in it.
pub(super) fn writer_role(members: &[HouseholdMember], writer: PersonId) -> SignerRole {
    let member = members.iter().find(|member| member.person == writer);
    member.and_then(|member| member.signs_as).unwrap_or(SignerRole::Applicant)
}

/// Who states what stands in a renewal: the adult who wrote it, as pages name them.
pub(crate) fn source(members: &[HouseholdMember], writer: PersonId) -> SourceChip {
    let member = members.iter().find(|member| member.person == writer);
    SourceChip::Stated(member.map(|member| member.name.called().to_owned()).unwrap_or_default())
}
