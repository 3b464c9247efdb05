//! The lines of a calculation: each figure with what it is about, where it comes from and why it is so.

use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::explanation::Explanation;
use super::input::{AssetKind, RowRef};
use crate::authority::Agency;
use crate::id::{PersonId, StaffId};
use crate::kind::{ExpenseKind, IncomeKind};
use crate::source::Source;
use crate::wire::{wire_enum, wire_struct};
use crate::{Money, NormMonth};

/// One line of a calculation: what it is about, what counts of it and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What the line is about: how it is found again after a refresh and in another month's calculation.
    pub subject: Subject,
    /// What is claimed or received, and what counts of it.
    pub amounts: Amounts,
    /// Whether it counts, does not count or waits for a human.
    pub standing: Standing,
    /// Where the value comes from.
    pub source: Source,
    /// The authority, where one is the source and is known by name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<Agency>,
    /// The rule in words.
    pub because: Explanation,
    /// What else there is to say, in the order that it applies.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Explanation>,
    /// The provision, as one cites it: `12 kap. 7 § SoL`.
    pub paragraph: Arc<str>,
    /// The table or set of rules that the figure or the rule comes from.
    pub table: TableRef,
    /// How sure the figure and the rule are.
    pub certainty: Certainty,
    /// The caseworker's value, where it stands in place of the computed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<Overridden>,
}

impl Line {
    /// What the line adds to the balance: income and other means above zero, need below.
    pub fn effect(&self) -> Money {
        match self.amounts {
            Amounts::Norm { counted, .. } => -counted,
            Amounts::Expense { approved, .. } => -approved,
            Amounts::Income { counted, .. } | Amounts::Means { counted, .. } => counted,
        }
    }

    /// Whether the line is there only because its row was reported: it belongs to another month, and nobody has to judge it for this one.
    pub fn is_of_another_month(&self) -> bool {
        self.because.is_of_another_month() && self.standing == Standing::NotCounted && self.overridden.is_none()
    }

    /// What of the household's claim the line leaves out. What the household says of an authority's row claims nothing beside that row.
    pub(super) fn left_out(&self) -> Money {
        if self.because.is_dispute() && matches!(self.amounts, Amounts::Expense { .. }) {
            return Money::ZERO;
        }
        let less = match (self.amounts, &self.overridden) {
            (Amounts::Expense { claimed, approved, .. }, overridden) => {
                let of_another = overridden.is_none()
                    && (self.because.is_of_another_month()
                        || matches!(self.because, Explanation::ExpenseApprovedBefore { .. }));
                if of_another { Money::ZERO } else { claimed - approved }
            }
            (Amounts::Norm { counted, .. }, Some(overridden)) => overridden.computed.counted() - counted,
            (Amounts::Income { counted, .. } | Amounts::Means { counted, .. }, Some(overridden)) => {
                counted - overridden.due()
            }
            (Amounts::Norm { .. } | Amounts::Income { .. } | Amounts::Means { .. }, None) => Money::ZERO,
        };
        less.max(Money::ZERO)
    }

    /// The part of the calculation that the line stands in.
    pub fn section(&self) -> LineSection {
        self.subject.section()
    }
}

/// What the lines come to, in words and with the rule: the foot of the letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultLine {
    /// Kronor and öre; below zero where the balance is a deficit.
    pub amount: Money,
    /// The rule in words.
    pub because: Explanation,
    /// The provision, as one cites it.
    pub paragraph: Arc<str>,
    /// The set of rules.
    pub table: TableRef,
    /// How sure the rule is.
    pub certainty: Certainty,
}

/// The parts of a calculation, in the order that they are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineSection {
    /// Riksnorm: personal and shared costs.
    Norm,
    /// Costs beside the norm.
    Expenses,
    /// Incomes of the reference month.
    Incomes,
    /// Assets and surpluses from earlier months.
    Means,
}

impl LineSection {
    /// Every section, in order.
    pub const ALL: &[Self] = &[Self::Norm, Self::Expenses, Self::Incomes, Self::Means];

    /// The key of its heading.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Norm => "calculation-norm",
            Self::Expenses => "calculation-expenses",
            Self::Incomes => "calculation-incomes",
            Self::Means => "calculation-means",
        }
    }
}

/// What a line is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "kebab-case")]
pub enum Subject {
    /// Personal costs of a member.
    Personal {
        /// The member whose costs they are.
        person: PersonId,
    },
    /// Household costs that all in the home share.
    Shared,
    /// An expense beside the norm.
    Expense {
        /// The row that claims it.
        row: RowRef,
        /// By which it was placed.
        kind: ExpenseKind,
        /// Whose it is; `None` for the household's.
        person: Option<PersonId>,
        /// The due date, where known.
        date: Option<Date>,
    },
    /// An income of one person or of the household.
    Income {
        /// The row that tells of it.
        row: RowRef,
        /// By which it was treated.
        kind: IncomeKind,
        /// Whose it is; `None` for the household's.
        person: Option<PersonId>,
        /// The pay date, where known.
        date: Option<Date>,
    },
    /// Something that is worth money.
    Asset {
        /// The row that tells of it.
        row: RowRef,
        /// What sort of thing it is.
        kind: AssetKind,
        /// Whose it is; `None` for the household's.
        person: Option<PersonId>,
    },
    /// A surplus from an earlier norm month.
    Surplus {
        /// The norm month that left it.
        from: NormMonth,
    },
}

impl Subject {
    /// The key of the text that names it. The one of a surplus takes the month as `from`.
    pub const fn text_key(&self) -> &'static str {
        match self {
            Self::Personal { .. } => "calculation-personal",
            Self::Shared => "calculation-shared",
            Self::Expense { kind, .. } => kind.key(),
            Self::Income { kind, .. } => kind.key(),
            Self::Asset { kind, .. } => kind.key(),
            Self::Surplus { .. } => "calculation-surplus",
        }
    }

    /// The part of the calculation that lines about this stand in.
    pub const fn section(&self) -> LineSection {
        match self {
            Self::Personal { .. } | Self::Shared => LineSection::Norm,
            Self::Expense { .. } => LineSection::Expenses,
            Self::Income { .. } => LineSection::Incomes,
            Self::Asset { .. } | Self::Surplus { .. } => LineSection::Means,
        }
    }
}

/// The figures of a line, with the columns that its section has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "columns", rename_all = "kebab-case")]
pub enum Amounts {
    /// Riksnorm: personal or shared costs.
    Norm {
        /// The amount for the whole month and home.
        full: Money,
        /// The amount that counts.
        counted: Money,
    },
    /// An expense, from what is claimed to what is approved.
    Expense {
        /// What is claimed: the whole bill.
        claimed: Money,
        /// What is reasonable by the guidelines.
        reasonable: Money,
        /// By how much the need grows.
        approved: Money,
    },
    /// An income, from what was received to what counts.
    Income {
        /// After tax and deductions.
        received: Money,
        /// What is left out by a rule or a decision. Zero while a human has yet to judge the row.
        disregarded: Money,
        /// By how much the need is met.
        counted: Money,
    },
    /// An asset or an earlier surplus.
    Means {
        /// What it is worth.
        value: Money,
        /// By how much the need is met.
        counted: Money,
    },
}

impl Amounts {
    /// The figure in the last column: what counts.
    pub const fn counted(self) -> Money {
        match self {
            Self::Norm { counted, .. } | Self::Income { counted, .. } | Self::Means { counted, .. } => counted,
            Self::Expense { approved, .. } => approved,
        }
    }

    /// The figure in the first column: what was stated, reported or tabled.
    pub const fn stated(self) -> Money {
        match self {
            Self::Norm { full, .. } => full,
            Self::Expense { claimed, .. } => claimed,
            Self::Income { received, .. } => received,
            Self::Means { value, .. } => value,
        }
    }

    /// The same line with another figure in the last column.
    #[must_use]
    pub fn with_counted(self, value: Money) -> Self {
        match self {
            Self::Norm { full, .. } => Self::Norm { full, counted: value },
            Self::Expense { claimed, reasonable, .. } => Self::Expense { claimed, reasonable, approved: value },
            Self::Income { received, .. } => {
                Self::Income { received, disregarded: (received - value).max(Money::ZERO), counted: value }
            }
            Self::Means { value: worth, .. } => Self::Means { value: worth, counted: value },
        }
    }
}

/// Whether a line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It counts, in whole or in part.
    Counted,
    /// It does not count; the line says why.
    NotCounted,
    /// The rules cannot judge it: it does not count until a human has decided.
    AsksHuman,
}

impl Standing {
    /// The key of its text.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Counted => "calculation-standing-counted",
            Self::NotCounted => "calculation-standing-not-counted",
            Self::AsksHuman => "calculation-standing-asks-human",
        }
    }
}

/// Which table or set of rules, and which version of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableRef {
    /// Its name, such as `riksnorm-2026`.
    pub id: Arc<str>,
    /// Its version, from 1.
    pub version: u32,
}

/// How sure a figure or rule is. The later one outweighs the earlier one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// As the source has it.
    #[default]
    Official,
    /// Worked out from a published change, not read from the source.
    Derived,
    /// No source found that settles it: this service's reading.
    Unverified,
}

impl Certainty {
    /// The key of its text.
    pub const fn text_key(self) -> &'static str {
        match self {
            Self::Official => "calculation-certainty-official",
            Self::Derived => "calculation-certainty-derived",
            Self::Unverified => "calculation-certainty-unverified",
        }
    }
}

/// A caseworker's value, and what it covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overridden {
    /// What the rules give now.
    pub computed: Amounts,
    /// What they gave when the caseworker decided.
    pub computed_then: Amounts,
    /// Whether they left the line to a human.
    pub asked: bool,
    /// Why the caseworker decided otherwise.
    pub reason: Arc<str>,
    /// The caseworker who set it.
    pub by: StaffId,
    /// The day that it was set.
    pub on: Date,
}

impl Overridden {
    /// The income or means that count without disadvantage to the household: what the rules give, or all of it where they give nothing
    /// and ask.
    fn due(&self) -> Money {
        if self.asked { self.computed.stated() } else { self.computed.counted() }
    }
}

wire_enum!(Subject { Personal { person }, Shared, Expense { row, kind, person, date }, Income { row, kind, person, date }, Asset { row, kind, person }, Surplus { from } });
wire_enum!(Amounts { Norm { full, counted }, Expense { claimed, reasonable, approved }, Income { received, disregarded, counted }, Means { value, counted } });
wire_struct!(TableRef { id, version });
wire_enum!(Certainty { Official, Derived, Unverified });
