//! A calculation line by line, in the same words to the citizen and to the caseworker.

use domain::norm::LineSection;
use domain::{Money, NormMonth};
use jiff::civil::Date;

use super::{Phrase, SourceChip};

/// What the norm function gave.
#[derive(Clone, PartialEq)]
pub enum CalculationOutcome {
    /// A figure with its lines.
    Figure(Calculation),
    /// No figure, and why: the month has no norm table or no rules yet, or a row must be judged by a human first.
    NoFigure(Phrase),
}

/// An explained calculation (normberäkning).
#[derive(Clone, PartialEq)]
pub struct Calculation {
    /// The month it is for.
    pub month: NormMonth,
    /// The table and version that it rests on, for the reader who wants to check.
    pub table: Phrase,
    /// Every line, in the order that it is explained; the page groups them by section.
    pub lines: Vec<CalculationLine>,
    /// The norm: personal and shared costs.
    pub norm: Money,
    /// Approved expenses outside the norm.
    pub expenses: Money,
    pub incomes: Money,
    /// Income less need: a deficit is negative.
    pub balance: Money,
    /// What can be paid, in whole kronor; zero when there is no deficit.
    pub payable: Money,
    /// Whether it may still become another.
    pub finality: Finality,
}

/// Whether a calculation may still become another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finality {
    /// It is calculated anew each time that it is shown, until somebody decides.
    Draft {
        /// How many lines ask a human; the figure is preliminary while any does.
        open_lines: u32,
    },
    /// A decision rests on it, and nothing in it changes any more.
    Decided,
}

impl Finality {
    /// How many lines still wait for a human.
    pub const fn open_lines(self) -> u32 {
        match self {
            Self::Draft { open_lines } => open_lines,
            Self::Decided => 0,
        }
    }
}

impl Calculation {
    /// The lines of one section, in order.
    pub fn section(&self, section: LineSection) -> impl Iterator<Item = &CalculationLine> {
        self.lines.iter().filter(move |line| line.section == section)
    }
}

/// One line of a calculation.
#[derive(Clone, PartialEq)]
pub struct CalculationLine {
    pub section: LineSection,
    pub label: Phrase,
    /// Whose it is, by given name, where it is one person's.
    pub person: Option<String>,
    /// The day that it is paid or received, where it has one.
    pub date: Option<Date>,
    /// What was claimed or received, when that differs from what counts.
    pub from: Option<Money>,
    pub amount: Money,
    pub state: LineState,
    pub source: Option<SourceChip>,
    /// The rules in words: the one that decides first, then what else there is to say, in the order that it applies.
    pub rules: Vec<Phrase>,
    /// What the caseworker wrote who set the line, in the language that they wrote in.
    pub why: Option<String>,
    /// The paragraph it rests on, such as `SoL 12 kap. 7 §`; a citation and the same in every language.
    pub paragraph: Option<String>,
}

impl CalculationLine {
    /// What was claimed, received or tabled.
    pub fn stated(&self) -> Money {
        self.from.unwrap_or(self.amount)
    }
}

/// Whether a line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineState {
    Counted,
    /// It does not count, or counts in part; the rule says why.
    Reduced,
    /// It only belongs to another month, which the rule names.
    OtherMonth,
    /// It cannot be judged by rule: a human decides.
    AsksHuman,
    /// It could not be judged by rule, and the decision was made without it.
    LeftOut,
    /// A caseworker has set it; the rule tells the reason.
    Overridden,
}
