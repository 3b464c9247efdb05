//! The lines that a caseworker sets in the form of a decision: what is typed in them, and the calculation with it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::book::RuleBook;
use super::calculation::NormCalculation;
use super::error::{CalculationError, NoRules};
use super::input::{Input, Override, RowRef};
use super::line::{Amounts, Line, LineSection, Subject};
use crate::Money;
use crate::form::{FormProblem, TooLongToKeep, Typed, read};
use crate::id::StaffId;
use crate::renewal::judge::AMOUNT_LIMIT;
use crate::wire::{wire_newtype, wire_struct};

/// The longest reason for a line, in characters.
pub const WHY_MAX: usize = 500;

/// The lines that somebody has set, by their keys.
pub type SetLines = BTreeMap<LineKey, TypedLine>;

/// What the calculation is to take in place of its own lines. What cannot be read stays out of it.
pub fn overrides(set: &SetLines) -> Vec<Override> {
    set.values().filter_map(|line| line.read().ok()).collect()
}

/// The lines that a caseworker may set: all but those that only belong to another month.
pub fn settable(calculation: &NormCalculation) -> impl Iterator<Item = &Line> {
    calculation.lines.iter().filter(|line| !line.is_of_another_month())
}

/// How a line of a calculation is called in forms. It is the same as long as its row is not fetched anew, which is not done once the
/// renewal is signed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LineKey(String);

impl LineKey {
    /// The key of the line about this.
    pub fn of(subject: &Subject) -> Self {
        Self(match subject {
            Subject::Personal { person } => format!("norm-{person}"),
            Subject::Shared => "norm-shared".to_owned(),
            Subject::Surplus { from } => format!("surplus-{from}"),
            Subject::Expense { row, .. } | Subject::Income { row, .. } | Subject::Asset { row, .. } => match row {
                RowRef::Fetched(row) => format!("row-{row}"),
                RowRef::Stated(row) => format!("row-{row}"),
            },
        })
    }

    /// The name of the field with the amount.
    pub fn value_field(&self) -> String {
        format!("line-{}", self.0)
    }

    /// The name of the field with the reason.
    pub fn why_field(&self) -> String {
        format!("why-{}", self.0)
    }
}

/// A line that a caseworker has set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypedLine {
    /// What is to count.
    pub value: Typed,
    /// The reason, which the household reads; may be blank where none is needed.
    pub why: Typed,
    subject: Subject,
    beneath: Amounts,
    by: StaffId,
    on: Date,
}

/// What is wrong with a line that somebody has set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineProblem {
    /// What was typed as the amount cannot be taken.
    Value(FormProblem),
    /// What was typed as the reason cannot be taken.
    Why(FormProblem),
    /// The line goes against the household (förvaltningslagen 32 §) or beyond what it claims, and no reason is given.
    WhyMissing,
}

impl TypedLine {
    /// The line with what is typed in its fields: as it was set, while nothing is typed anew, and else set now by this caseworker.
    pub fn typed(before: Option<Self>, line: &Line, fields: (&str, &str), by: StaffId, on: Date) -> Self {
        match before {
            Some(typed) if (typed.value.as_str(), typed.why.as_str()) == fields => typed,
            Some(typed) => typed.over(line, by, on),
            None => Self::new(line, by, on),
        }
    }

    /// A line with nothing typed yet.
    pub fn new(line: &Line, by: StaffId, on: Date) -> Self {
        let beneath = line.overridden.as_ref().map_or(line.amounts, |overridden| overridden.computed);
        Self { value: Typed::default(), why: Typed::default(), subject: line.subject, beneath, by, on }
    }

    /// The same words, for the line as the rules give it now: about to be set anew, by this caseworker.
    fn over(self, line: &Line, by: StaffId, on: Date) -> Self {
        Self { value: self.value, why: self.why, ..Self::new(line, by, on) }
    }

    /// Whether nothing is typed: the rules decide.
    pub fn is_blank(&self) -> bool {
        self.value.is_blank() && self.why.is_blank()
    }

    /// Whether the line is taken as it is typed, or what is wrong with it.
    pub fn problem(&self) -> Option<LineProblem> {
        self.read().err()
    }

    /// The caseworker's value, as the calculation takes it.
    fn read(&self) -> Result<Override, LineProblem> {
        let value = read::amount_or_zero(&self.value, AMOUNT_LIMIT).map_err(LineProblem::Value)?;
        let why = read::text(&self.why, WHY_MAX).map_err(LineProblem::Why)?;
        if why.is_none() && self.needs_a_reason(value) {
            return Err(LineProblem::WhyMissing);
        }
        let reason = why.map_or_else(String::new, |why| why.as_str().to_owned()).into();
        Ok(Override { subject: self.subject, beneath: self.beneath, value, reason, by: self.by, on: self.on })
    }

    fn needs_a_reason(&self, value: Money) -> bool {
        match self.subject.section() {
            LineSection::Norm => value < self.beneath.counted(),
            LineSection::Expenses => value != self.beneath.stated(),
            LineSection::Incomes | LineSection::Means => value > self.beneath.counted(),
        }
    }
}

/// All that is needed to calculate anew while somebody types in the lines of a form, without asking anyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worksheet {
    /// The rules of the month.
    pub rules: RuleBook,
    /// What the shown calculation was made from, with the lines that were set.
    pub input: Input,
    /// The lines that were set.
    pub set: SetLines,
    /// The caseworker who types.
    pub by: StaffId,
    /// The business date, which a set line bears.
    pub on: Date,
}

/// Why a worksheet gives no calculation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WorksheetError {
    /// What is known makes no calculation.
    #[error(transparent)]
    Calculation(#[from] CalculationError),
    /// A text is too long to be kept.
    #[error(transparent)]
    TooLong(#[from] TooLongToKeep),
}

impl Worksheet {
    /// The worksheet of a calculation that was made by this book.
    pub fn new(book: &RuleBook, input: Input, set: SetLines, by: StaffId, on: Date) -> Result<Self, NoRules> {
        Ok(Self { rules: book.excerpt(input.month)?, input, set, by, on })
    }

    /// The calculation as it comes out when what is typed is saved. `typed` gives the text of a field by its name.
    pub fn calculate(&self, typed: impl Fn(&str) -> Option<String>) -> Result<NormCalculation, WorksheetError> {
        let shown = super::calculate(&self.rules, &self.input)?;
        let mut before = self.set.clone();
        let mut set = SetLines::new();
        for line in settable(&shown) {
            let key = LineKey::of(&line.subject);
            let field = |name: &str| typed(name).unwrap_or_default();
            let (value, why) = (field(&key.value_field()), field(&key.why_field()));
            let mut line = TypedLine::typed(before.remove(&key), line, (&value, &why), self.by, self.on);
            line.value = Typed::new(value)?;
            line.why = Typed::new(why)?;
            if !line.is_blank() {
                set.insert(key, line);
            }
        }
        // A line that is set and has no place in the form stays as it was, as it does when the form is posted.
        set.append(&mut before);
        let input = Input { overrides: overrides(&set), ..self.input.clone() };
        Ok(super::calculate(&self.rules, &input)?)
    }
}

wire_newtype!(LineKey);
wire_struct!(TypedLine { value, why, subject, beneath, by, on });
wire_struct!(Worksheet { rules, input, set, by, on });
