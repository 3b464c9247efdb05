use domain::NormMonth;
use domain::authority::{AuthorityRow, RowKind};
use domain::id::{CaseId, PersonId, StatementId};
use domain::norm::item_preview::ItemPreview;
use domain::norm::{self, ExpenseRow, IncomeRow, Input, MunicipalSettings, Override, RowRef};
use domain::renewal::Context;
use domain::renewal::dispute;
use domain::renewal::draft::ItemList;
use domain::source::Source;
use jiff::civil::Date;

use super::super::answers::{self, Asked, Reported, rows_about};
use super::super::household::{self, HouseholdMember};
use super::super::signers::day;
use super::super::statements::{Stated, role_of};
use super::super::{municipal_settings, rules};
use super::{Before, CalculationResult, Made, Names, NoFigure, stored};
use crate::chain::chain;
use crate::db::{DbError, TenantTx};

/// What is known of a renewal itself.
pub(crate) struct Facts {
    pub case: CaseId,
    /// The month applied for.
    pub month: NormMonth,
    /// The day of judgment.
    pub judged_on: Date,
    pub members: Vec<HouseholdMember>,
    pub asked: Vec<Asked>,
    /// What the household states.
    pub stated: Stated,
    /// The day that the household stated it.
    pub stated_on: Date,
    /// The adult who wrote the renewal.
    pub writer: PersonId,
}

/// All that a calculation is made of.
pub(crate) struct Known {
    /// Of the renewal itself.
    pub facts: Facts,
    settings: Option<MunicipalSettings>,
    before: Option<Before>,
    reported: Vec<Reported>,
}

impl Known {
    /// Reads what earlier months left and what the municipality has decided. `before` are answers for an earlier month, where they have been
    /// opened already.
    pub(crate) async fn read(tx: &mut TenantTx, facts: Facts, before: &[Asked]) -> Result<Self, DbError> {
        let settings = municipal_settings::dated(tx).await?;
        Ok(Self {
            settings: settings.for_month(facts.month).cloned(),
            before: stored::before(tx, facts.case, facts.month).await?,
            reported: answers::reported(tx, facts.case, facts.month, &[&facts.asked, before]).await?,
            facts,
        })
    }

    /// Calculates, with these lines in place of its own.
    pub(crate) fn calculate(&self, overrides: Vec<Override>) -> CalculationResult {
        let made = self.made(overrides);
        if let Err(why) = &made
            && why.is_fault()
        {
            tracing::warn!(error = %chain(why), "A renewal gives no figure");
        }
        made
    }

    fn made(&self, overrides: Vec<Override>) -> CalculationResult {
        let book = rules::book().map_err(NoFigure::Rules)?;
        let input = self.input(overrides).ok_or(NoFigure::NoSettings)?;
        let result = norm::calculate(book, &input)?;
        Ok(Made { input, result })
    }

    /// What the preliminary figure is made from while its writer types an item of a list, where it can be shown: nothing that they may not
    /// see.
    pub(crate) fn item_preview(&self, list: ItemList, item: StatementId, context: Context) -> Option<ItemPreview> {
        let made = self.calculate(Vec::new()).ok()?;
        let (facts, book) = (&self.facts, rules::book().ok()?);
        let source = role_of(&facts.members, facts.writer).into();
        ItemPreview::new(book, &made.input, facts.writer, source, list, item, context)
    }

    /// The names that the lines are shown with.
    pub(crate) fn names(&self) -> Names {
        Names::of(&self.facts.members, &self.facts.asked)
    }

    /// The input of the norm function, with what earlier calculations left; none when the municipality has no settings for the month.
    pub(crate) fn input(&self, overrides: Vec<Override>) -> Option<Input> {
        let (facts, before) = (&self.facts, self.before.as_ref());
        let previous_judged_on =
            before.filter(|before| before.result.month == facts.month.previous()).map(|before| before.result.judged_on);
        let mut input = Input {
            month: facts.month,
            judged_on: facts.judged_on,
            previous_judged_on,
            part: None,
            household: household::to_norm(&facts.members),
            incomes: Vec::new(),
            expenses: Vec::new(),
            assets: Vec::new(),
            approved_before: before.map(Before::approved_expenses).unwrap_or_default(),
            surpluses: before.map(|before| before.result.surplus_to_carry.clone()).unwrap_or_default(),
            settings: self.settings.clone()?,
            overrides,
        };
        facts.add_stated(&mut input);
        for asked in facts.asked.iter().filter(|asked| facts.is_in_it(asked.person)) {
            add_fetched(&mut input, asked, &self.reported);
        }
        facts.add_disputes(&mut input);
        Some(input)
    }
}

impl Facts {
    fn add_stated(&self, input: &mut Input) {
        let source = |person| Source::from(role_of(&self.members, self.stated.by(person, self.writer)));
        let incomes = self.stated.incomes.iter().filter(|row| self.is_in_it(row.person));
        let expenses = self.stated.expenses.iter().filter(|row| row.person.is_none_or(|person| self.is_in_it(person)));
        input.incomes.extend(incomes.map(|row| IncomeRow::stated(row, source(Some(row.person)), self.stated_on)));
        input.expenses.extend(expenses.map(|row| ExpenseRow::stated(row, source(row.person))));
    }

    /// Beside each fetched row that is said to be wrong what is said of it. One that no source tells any more is only read.
    fn add_disputes(&self, input: &mut Input) {
        for member in &self.members {
            let of_member = self.stated.disputes.iter().filter(|(person, _)| *person == member.person);
            let disputes: Vec<_> = of_member.map(|(_, dispute)| dispute.clone()).collect();
            let rows = rows_about(&self.asked, member.person);
            let source = Source::from(role_of(&self.members, member.person));
            let placed = rows.iter().zip(dispute::place(&disputes, &rows));
            for (row, dispute) in placed.filter_map(|((row, _), dispute)| Some((RowRef::Fetched(*row), dispute?))) {
                let incomes = input.incomes.iter().filter(|income| income.row == row);
                let incomes: Vec<_> =
                    incomes.map(|income| income.disputed(&dispute.said, source, self.stated_on)).collect();
                let expenses = input.expenses.iter().filter(|expense| expense.row == row);
                let expenses: Vec<_> = expenses.map(|expense| expense.disputed(&dispute.said, source)).collect();
                input.incomes.extend(incomes);
                input.expenses.extend(expenses);
            }
        }
    }

    /// What is known of who has left the household since it was said counts for nothing in it.
    fn is_in_it(&self, person: PersonId) -> bool {
        self.members.iter().any(|member| member.person == person)
    }
}

fn add_fetched(input: &mut Input, asked: &Asked, reported: &[Reported]) {
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
                known_on: known_on(reported, asked, row).unwrap_or_else(|| day(*answered)),
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

/// The day on which the row was first reported. A planned row that has been paid since is the same row.
fn known_on(reported: &[Reported], asked: &Asked, row: &AuthorityRow) -> Option<Date> {
    let same = |other: &AuthorityRow| AuthorityRow { state: row.state, ..other.clone() } == *row;
    reported
        .iter()
        .filter(|one| (one.source, one.person) == (asked.source, asked.person))
        .find(|one| one.rows.iter().any(same))
        .map(|one| day(one.at))
}
