//! What a household says itself: from its draft while it is one, from what was signed afterwards.

use app::model::SourceChip;
use domain::id::PersonId;
use domain::renewal::dispute::Dispute;
use domain::renewal::document::Core;
use domain::renewal::judge::{ExpenseStatement, IncomeStatement, judge_dispute, judge_expense, judge_income};
use domain::renewal::state::SignerRole;
use domain::renewal::{Context, Draft, OwnRows};

use super::household::HouseholdMember;

/// Incomes and expenses, by those who state them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    pub incomes: Vec<IncomeStatement>,
    pub expenses: Vec<ExpenseStatement>,
    /// Who beside the writer of the renewal states what is their own: all that is theirs here comes from them.
    pub own: Vec<PersonId>,
    /// What is said to be wrong with what authorities answered about the one who says so.
    pub disputes: Vec<(PersonId, Dispute)>,
}

impl Stated {
    /// What a core says, and those who say of themselves what is theirs: they are taken at their own word.
    pub(crate) fn new(core: &Core, own: &[(PersonId, OwnRows)], disputes: Vec<(PersonId, Dispute)>) -> Self {
        let speaks = |person| own.iter().any(|(speaker, _)| *speaker == person);
        let incomes = core.incomes.iter().filter(|row| !speaks(row.person));
        let expenses = core.expenses.iter().filter(|row| !row.person.is_some_and(speaks));
        Self {
            incomes: incomes.chain(own.iter().flat_map(|(_, rows)| &rows.incomes)).cloned().collect(),
            expenses: expenses.chain(own.iter().flat_map(|(_, rows)| &rows.expenses)).cloned().collect(),
            own: own.iter().map(|(speaker, _)| *speaker).collect(),
            disputes,
        }
    }

    /// Who states what is this person's, or the household's, in a renewal of this writer.
    pub(crate) fn by(&self, person: Option<PersonId>, writer: PersonId) -> PersonId {
        person.filter(|person| self.own.contains(person)).unwrap_or(writer)
    }
}

/// The rows of a draft that can be taken as typed. The others have errors, which its pages show.
pub(crate) fn of_draft(draft: &Draft, context: &Context, writer: PersonId) -> Stated {
    let disputes = draft.disputes.iter().filter_map(|dispute| judge_dispute(dispute, context).ok());
    Stated {
        incomes: draft.incomes.items.iter().filter_map(|item| judge_income(item, context).ok()).collect(),
        expenses: draft.expenses.items.iter().filter_map(|item| judge_expense(item, context).ok()).collect(),
        own: Vec::new(),
        disputes: disputes.map(|dispute| (writer, dispute)).collect(),
    }
}

/// As whom an adult states what they state of a renewal.
pub(super) fn role_of(members: &[HouseholdMember], adult: PersonId) -> SignerRole {
    let member = members.iter().find(|member| member.person == adult);
    member.and_then(|member| member.signs_as).unwrap_or(SignerRole::Applicant)
}

/// Who states something in a renewal, as pages name them.
pub(crate) fn source(members: &[HouseholdMember], adult: PersonId) -> SourceChip {
    let member = members.iter().find(|member| member.person == adult);
    SourceChip::Stated(member.map(|member| member.name.called().to_owned()).unwrap_or_default())
}
