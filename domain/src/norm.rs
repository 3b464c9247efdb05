//! The calculation (normberäkning): norm, income and assistance, explained line by line.
//!
//! One pure function serves the citizen's preliminary figure, the caseworker's draft, the decision's record and its explanation.
//! `docs/norm.md` tells each rule with its source.

pub mod book;
pub mod calculation;
mod case;
mod check;
mod children;
pub mod error;
mod expenses;
pub mod explanation;
mod incomes;
pub mod input;
pub mod item_preview;
pub mod line;
mod means;
mod need;
mod outcome;
mod overrides;
mod placement;
mod rounding;
pub mod rule_set;
pub mod seed;
pub mod set_lines;
pub mod settings;
mod stated;
pub mod table;

pub use book::{BookError, RuleBook, RuleFile, Rules};
pub use calculation::{NormCalculation, Sums};
pub use error::{CalculationError, NoRules};
pub use explanation::{Ages, Argument, Explanation};
pub use input::{
    ApprovedExpense, Asset, AssetKind, ExpenseRow, IncomeRow, Input, Override, PartOfMonth, RowRef, Surplus,
};
pub use line::{Amounts, Certainty, Line, LineSection, Overridden, ResultLine, Standing, Subject, TableRef};
pub use placement::{ExpensePlacement, place_expense};
pub use settings::{DatedSettings, MunicipalSettings};

/// Calculates norm, incomes and assistance for one household and norm month.
///
/// The same input and book always give the same calculation, in whatever order the input's lists stand; a later book that adds months
/// changes no earlier one. Balance is income and means less need: a deficit is negative.
pub fn calculate(book: &RuleBook, input: &Input) -> Result<NormCalculation, CalculationError> {
    let rules = book.for_month(input.month)?;
    let days = check::check(&rules, input)?;
    let case = case::Case::new(input, rules, days);
    let rows = input.incomes.len() + input.expenses.len() + input.assets.len() + input.surpluses.len();
    let mut lines = Vec::with_capacity(case.members.len() + 1 + rows);
    need::lines(&case, &mut lines)?;
    expenses::lines(&case, &mut lines);
    incomes::lines(&case, &mut lines)?;
    means::lines(&case, &mut lines);
    overrides::apply(&case, &mut lines)?;
    Ok(outcome::conclude(&case, lines))
}
