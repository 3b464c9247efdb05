//! What children and school youths have of their own: work within the year's allowance (SoL 12 kap. 9 §), and other money up to
//! their own norm.

use std::collections::BTreeMap;

use super::case::Case;
use super::error::CalculationError;
use super::explanation::Explanation;
use super::incomes::Judged;
use super::input::IncomeRow;
use super::line::Line;
use super::need::own_norm;
use crate::Money;
use crate::household::Member;
use crate::id::PersonId;

/// What each child has used of the year's allowance in the rows looked at so far.
#[derive(Default)]
pub(super) struct Allowances(BTreeMap<PersonId, Money>);

impl Allowances {
    /// Own work: free up to one prisbasbelopp a calendar year, the year of the reference month. The job stimulus is not for it.
    pub(super) fn judge<'a>(
        &mut self,
        case: &Case<'a>,
        row: &IncomeRow,
        member: &Member,
    ) -> Result<Judged<'a>, CalculationError> {
        let provision = &case.rules.set.file.provisions.own_work;
        let reference = case.rules.reference_month();
        let year = reference.year();
        let allowance = case.rules.price_base_amount(year).ok_or(CalculationError::NotInTable)?;
        let earlier = match member.own_work_earlier_this_year {
            Some(earlier) => earlier,
            None if reference.month() == 1 => Money::ZERO,
            None => return Ok(Judged::asks(Explanation::IncomeYouthYearUnknown { year }, provision)),
        };
        let used = self.0.entry(member.person).or_insert(earlier);
        let left = (allowance.amount - *used).max(Money::ZERO);
        *used += row.amount;
        let allowance_amount = allowance.amount;
        let because = if row.amount <= left {
            Explanation::IncomeYouthWork { year, allowance: allowance_amount, left }
        } else {
            Explanation::IncomeYouthWorkAbove { year, allowance: allowance_amount, left }
        };
        let mut judged = Judged::counted(row, row.amount.min(left), because, provision);
        judged.certainty = judged.certainty.max(allowance.certainty);
        Ok(judged)
    }
}

/// What has been counted of each child's own money in the rows looked at so far.
#[derive(Default)]
pub(super) struct OwnMoney(BTreeMap<PersonId, Money>);

impl OwnMoney {
    /// A child's own money pays for the child, not for the rest of the household.
    pub(super) fn judge<'a>(&mut self, case: &Case<'a>, row: &IncomeRow, member: &Member, norm: &[Line]) -> Judged<'a> {
        let provision = &case.rules.set.file.provisions.child_own_money;
        let Some(norm) = own_norm(norm, member.person) else {
            return Judged::asks(Explanation::IncomeToJudge { received: row.amount }, provision);
        };
        let used = self.0.entry(member.person).or_insert(Money::ZERO);
        let left = (norm - *used).max(Money::ZERO);
        let counted = row.amount.min(left);
        *used += counted;
        Judged::counted(row, row.amount - counted, Explanation::IncomeChildOwnNorm { norm, left }, provision)
    }
}
