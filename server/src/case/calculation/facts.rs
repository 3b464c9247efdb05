use domain::NormMonth;
use domain::authority::{AuthorityRow, RowKind};
use domain::id::{CaseId, PersonId};
use domain::norm::{ExpenseRow, IncomeRow, Input, MunicipalSettings, Override, RowRef};
use domain::renewal::state::SignerRole;
use domain::source::Source;
use jiff::civil::Date;

use super::super::answers::{self, Asked, Told};
use super::super::household::{self, HouseholdMember};
use super::super::signers::day;
use super::super::statements::Stated;
use super::stored;
use crate::db::{DbError, TenantTx};

/// What is known of a renewal, from which it is reckoned.
pub struct Facts<'a> {
    /// The case.
    pub case: CaseId,
    /// The month applied for.
    pub month: NormMonth,
    /// The day of judgment.
    pub judged_on: Date,
    /// The household.
    pub members: &'a [HouseholdMember],
    /// What authorities answered.
    pub asked: &'a [Asked],
    /// What the household states.
    pub stated: &'a Stated,
    /// The day that the household stated it.
    pub stated_on: Date,
    /// The adult who wrote the renewal.
    pub writer: PersonId,
    /// What caseworkers have set in place of computed lines.
    pub overrides: Vec<Override>,
}

impl Facts<'_> {
    /// The input of the norm function, with what earlier calculations left.
    pub(super) async fn input(&self, tx: &mut TenantTx, settings: MunicipalSettings) -> Result<Input, DbError> {
        let before = stored::before(tx, self.case, self.month).await?;
        let told = answers::first_told(tx, self.case, self.month).await?;
        let previous_judged_on = before
            .as_ref()
            .filter(|before| before.result.month == self.month.previous())
            .map(|before| before.result.judged_on);
        let mut input = Input {
            month: self.month,
            judged_on: self.judged_on,
            previous_judged_on,
            part: None,
            household: household::to_norm(self.members),
            incomes: Vec::new(),
            expenses: Vec::new(),
            assets: Vec::new(),
            approved_before: before.as_ref().map(stored::Before::approved_expenses).unwrap_or_default(),
            surpluses: before.map(|before| before.result.surplus_to_carry).unwrap_or_default(),
            settings,
            overrides: self.overrides.clone(),
        };
        self.add_stated(&mut input);
        for asked in self.asked {
            add_fetched(&mut input, asked, &told);
        }
        Ok(input)
    }

    fn add_stated(&self, input: &mut Input) {
        let source = source_of(self.members, self.writer);
        let (incomes, expenses) = (&self.stated.incomes, &self.stated.expenses);
        input.incomes.extend(incomes.iter().map(|row| IncomeRow::stated(row, source, self.stated_on)));
        input.expenses.extend(expenses.iter().map(|row| ExpenseRow::stated(row, source)));
    }
}

/// Who states what stands in a renewal: the adult who wrote it.
pub(super) fn source_of(members: &[HouseholdMember], writer: PersonId) -> Source {
    let writer = members.iter().find(|member| member.person == writer);
    match writer.and_then(|member| member.signs_as) {
        Some(SignerRole::CoApplicant) => Source::CoApplicant,
        Some(SignerRole::Applicant) | None => Source::Applicant,
    }
}

fn add_fetched(input: &mut Input, asked: &Asked, told: &[Told]) {
    let Some((answered, answer)) = &asked.answer else { return };
    let Some(content) = answer.content() else { return };
    for (index, row) in content.rows.iter().enumerate() {
        let id = asked.row_id(index);
        match row.kind {
            RowKind::Income(kind) => input.incomes.push(IncomeRow {
                row: RowRef::Fetched(id),
                person: Some(asked.person),
                kind,
                amount: row.amount,
                pay_date: row.pay_date,
                period: row.period,
                state: row.state,
                known_on: known_on(told, asked, row).unwrap_or_else(|| day(*answered)),
                source: Source::Authority,
                agency: asked.agency(),
                disputes: None,
            }),
            RowKind::Expense(kind) => input.expenses.push(ExpenseRow {
                row: RowRef::Fetched(id),
                person: Some(asked.person),
                kind,
                amount: row.amount,
                pay_date: row.pay_date,
                period: row.period,
                source: Source::Authority,
                agency: asked.agency(),
                disputes: None,
            }),
        }
    }
}

/// The day on which the row was first told. A planned row that has been paid since is the same row.
fn known_on(told: &[Told], asked: &Asked, row: &AuthorityRow) -> Option<Date> {
    let same = |other: &AuthorityRow| AuthorityRow { state: row.state, ..other.clone() } == *row;
    told.iter()
        .filter(|one| (one.source, one.person) == (asked.source, asked.person))
        .find(|one| one.rows.iter().any(same))
        .map(|one| day(one.at))
}
