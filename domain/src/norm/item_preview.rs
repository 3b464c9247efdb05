//! The preliminary figure while a citizen types an income or expense: made where they type, from nothing that they may not see.

use super::book::RuleBook;
use super::input::{ExpenseRow, IncomeRow, Input, RowRef};
use super::line::Subject;
use super::outcome::payable;
use crate::Money;
use crate::form::Typed;
use crate::id::{PersonId, StatementId};
use crate::renewal::draft::{ItemDraft, ItemList};
use crate::renewal::judge::{Context, judge_expense, judge_income};
use crate::source::Source;
use crate::wire::wire_struct;

/// All that is needed to tell what a renewal comes to with an item as it is being typed.
///
/// What authorities reported about the other adult is not in it: those incomes are there as a sum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemPreview {
    rules: RuleBook,
    /// The rows that the reader may see.
    input: Input,
    /// What the rows that are kept back add to the balance.
    beside: Money,
    /// Adults whose rows are kept back.
    kept_back: Vec<PersonId>,
    list: ItemList,
    item: StatementId,
    context: Context,
    source: Source,
}

/// What stands in the fields of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemFields {
    /// A code of [`ItemList::kinds`], or empty.
    pub kind: String,
    /// Kronor, as typed.
    pub amount: String,
    /// As typed, such as `2026-11-25`.
    pub date: String,
    /// The month of an expense, written `2026-12`, or empty.
    pub month: String,
    /// The owner's identifier, or empty.
    pub person: String,
    /// Free text, as typed.
    pub note: String,
}

impl ItemPreview {
    /// The preview for the adult who writes the renewal, of whose draft `input` was made.
    ///
    /// `None` where the figure would rest on more than the sum of what is kept back: then none is shown.
    pub fn new(
        book: &RuleBook,
        input: &Input,
        writer: PersonId,
        source: Source,
        list: ItemList,
        item: StatementId,
        context: Context,
    ) -> Option<Self> {
        let others = input.household.members.iter().filter(|member| member.role.is_adult() && member.person != writer);
        let others: Vec<PersonId> = others.map(|other| other.person).collect();
        let of_other = |person: Option<PersonId>| person.is_some_and(|person| others.contains(&person));
        let fetched = |row: RowRef| matches!(row, RowRef::Fetched(_));
        // Bills share a guideline, and a bill of last month may be this one: no sum can stand for them.
        if input.expenses.iter().any(|row| fetched(row.row) && of_other(row.person))
            || input.approved_before.iter().any(|bill| of_other(bill.person))
        {
            return None;
        }
        let incomes = input.incomes.iter().map(|row| (row.row, row.person));
        let reported = incomes.chain(input.assets.iter().map(|asset| (asset.row, asset.person)));
        let reported = reported.filter(|(row, person)| fetched(*row) && of_other(*person));
        let kept_back: Vec<PersonId> = reported.filter_map(|(_, person)| person).collect();
        let kept_back: Vec<_> = others.iter().copied().filter(|other| kept_back.contains(other)).collect();
        let is_kept_back = |person: Option<PersonId>| person.is_some_and(|person| kept_back.contains(&person));

        let whole = super::calculate(book, input).ok()?;
        let mut seen = input.clone();
        seen.incomes.retain(|row| !is_kept_back(row.person));
        seen.assets.retain(|asset| !is_kept_back(asset.person));
        for member in seen.household.members.iter_mut().filter(|member| others.contains(&member.person)) {
            member.job_stimulus_since = None;
        }
        let beside = whole.lines.iter().filter(|line| match line.subject {
            Subject::Income { person, .. } | Subject::Asset { person, .. } => is_kept_back(person),
            Subject::Personal { .. } | Subject::Shared | Subject::Expense { .. } | Subject::Surplus { .. } => false,
        });
        let beside = beside.map(super::Line::effect).sum();
        let seen_alone = super::calculate(book, &seen).ok()?;
        if seen_alone.sums.balance + beside != whole.sums.balance {
            return None;
        }
        let rules = book.excerpt(input.month).ok()?;
        Some(Self { rules, input: seen, beside, kept_back, list, item, context, source })
    }

    /// The assistance that the renewal comes to with the item as it is typed. `None` while something is missing or wrong in it, and
    /// where it stands beside rows that are kept back.
    pub fn payable(&self, fields: ItemFields) -> Option<Money> {
        let typed = |text| Typed::new(text).ok();
        let item = ItemDraft {
            id: self.item,
            kind: typed(fields.kind)?,
            amount: typed(fields.amount)?,
            date: typed(fields.date)?,
            month: typed(fields.month)?,
            carried: None,
            person: typed(fields.person)?,
            // Who pays changes no figure.
            payer: Typed::default(),
            note: typed(fields.note)?,
        };
        let mut input = self.input.clone();
        match self.list {
            ItemList::Incomes => {
                let income = judge_income(&item, &self.context).ok()?;
                if self.kept_back.contains(&income.person) {
                    return None;
                }
                let row = IncomeRow::stated(&income, self.source, self.context.today);
                put(&mut input.incomes, row, |row| row.row, self.item);
            }
            ItemList::Expenses => {
                let expense = judge_expense(&item, &self.context).ok()?;
                put(&mut input.expenses, ExpenseRow::stated(&expense, self.source), |row| row.row, self.item);
            }
        }
        let calculation = super::calculate(&self.rules, &input).ok()?;
        Some(payable(calculation.sums.balance + self.beside))
    }
}

/// Puts a row in the place of the one that the item was before, or last.
fn put<R>(rows: &mut Vec<R>, row: R, reference: impl Fn(&R) -> RowRef, item: StatementId) {
    rows.retain(|other| reference(other) != RowRef::Stated(item));
    rows.push(row);
}

wire_struct!(ItemPreview { rules, input, beside, kept_back, list, item, context, source });
