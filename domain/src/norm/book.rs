//! All rules and tables that are known, from which the norm month picks its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::error::NoRules;
use super::line::Certainty;
use super::rule_set::{RuleSet, RuleSetError, RuleSetFile};
use super::table::{Figure, NormTable, NormTableFile, TableError};
use crate::wire::wire_struct;
use crate::{Money, NormMonth};

/// A file of rules, of one of three sorts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "file", rename_all = "kebab-case")]
pub enum RuleFile {
    /// The amounts of riksnormen for some months.
    NormTable(NormTableFile),
    /// A set of rules.
    RuleSet(Box<RuleSetFile>),
    /// The prisbasbelopp of some years.
    PriceBaseAmounts(PriceBaseAmountsFile),
}

/// The prisbasbelopp of some years as they are written in their file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PriceBaseAmountsFile {
    /// Each year once, in any order.
    pub years: Vec<PriceBaseAmount>,
}

/// The prisbasbelopp of a calendar year (socialförsäkringsbalken 2 kap. 6 och 7 §§).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PriceBaseAmount {
    /// In four digits.
    pub year: i16,
    /// Kronor for the year, as the government has set it.
    pub amount: Money,
    /// Where it was read.
    pub source: Arc<str>,
    /// How sure the amount is.
    #[serde(default)]
    pub certainty: Certainty,
}

/// Why files make no book of rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookError {
    /// A table cannot be used.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A set of rules cannot be used.
    #[error(transparent)]
    RuleSet(#[from] RuleSetError),
    /// A table that is known in fragments only.
    #[error("{table} is known in fragments only, which is for tests")]
    Partial {
        /// The table's identifier.
        table: Arc<str>,
    },
    /// Two tables, or two sets of rules, for the same month.
    #[error("{earlier} and {later} are both for {month}")]
    Overlap {
        /// The one that begins first.
        earlier: Arc<str>,
        /// The one that begins last.
        later: Arc<str>,
        /// The first month that both are for.
        month: NormMonth,
    },
    /// A month between two tables, or two sets of rules, that neither is for.
    #[error("neither {earlier} nor {later} is for {month}")]
    Gap {
        /// The one that ends before the gap.
        earlier: Arc<str>,
        /// The one that begins after the gap.
        later: Arc<str>,
        /// The first month without.
        month: NormMonth,
    },
    /// A month with a norm table and no rules.
    #[error("{table} is for {month}, which has no rules")]
    NoRuleSet {
        /// The table's identifier.
        table: Arc<str>,
        /// The first month without rules.
        month: NormMonth,
    },
    /// The table ends before the age at which school youths stop being one.
    #[error("{table} has no amount at {age} years, when the rules still count school youths")]
    AgeMissing {
        /// The table's identifier.
        table: Arc<str>,
        /// The first age without.
        age: u8,
    },
    /// A year has no prisbasbelopp, two of them, or an impossible one.
    #[error("no single possible prisbasbelopp for {year}")]
    PriceBaseAmount {
        /// The calendar year, in four digits.
        year: i16,
    },
}

/// Every known rule and table, checked together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleBook {
    tables: Vec<NormTable>,
    rule_sets: Vec<RuleSet>,
    price_base_amounts: BTreeMap<i16, Figure>,
}

impl RuleBook {
    /// Checks files one by one and together: no month without or with two of anything between the first and the last.
    pub fn new(files: Vec<RuleFile>) -> Result<Self, BookError> {
        let book = Self::read(files)?;
        if let Some(partial) = book.tables.iter().find(|table| table.partial) {
            return Err(BookError::Partial { table: partial.reference.id.clone() });
        }
        contiguous(book.tables.iter().map(|table| (&table.reference.id, table.from, table.through)))?;
        contiguous(book.rule_sets.iter().map(|set| (&set.reference.id, set.file.from, set.file.through)))?;
        for table in &book.tables {
            book.check_beside_rules(table)?;
        }
        Ok(book)
    }

    /// For tests alone: also takes tables that are known in fragments, with years missing between them.
    pub fn with_fragments(files: Vec<RuleFile>) -> Result<Self, BookError> {
        Self::read(files)
    }

    /// The rules of a norm month. No table or no rules is an answer of its own, never a guess.
    pub fn for_month(&self, month: NormMonth) -> Result<Rules<'_>, NoRules> {
        let covers = |from, through| from <= month && month <= through;
        let table = self.tables.iter().rev().find(|table| covers(table.from, table.through));
        let set = self.rule_sets.iter().rev().find(|set| covers(set.file.from, set.file.through));
        match (table, set) {
            (Some(table), Some(set)) => Ok(Rules { month, table, set, book: self }),
            _ => Err(NoRules { month }),
        }
    }

    /// What a norm month's calculation looks into, and nothing else.
    pub fn excerpt(&self, month: NormMonth) -> Result<Self, NoRules> {
        let Rules { table, set, book, .. } = self.for_month(month)?;
        let price_base_amounts = book.price_base_amounts.clone();
        Ok(Self { tables: vec![table.clone()], rule_sets: vec![set.clone()], price_base_amounts })
    }

    fn read(files: Vec<RuleFile>) -> Result<Self, BookError> {
        let mut book = Self { tables: Vec::new(), rule_sets: Vec::new(), price_base_amounts: BTreeMap::new() };
        for file in files {
            match file {
                RuleFile::NormTable(table) => book.tables.push(NormTable::check(&table)?),
                RuleFile::RuleSet(set) => book.rule_sets.push(RuleSet::check(*set)?),
                RuleFile::PriceBaseAmounts(amounts) => book.add_price_base_amounts(amounts)?,
            }
        }
        book.tables.sort_by_key(|table| table.from);
        book.rule_sets.sort_by_key(|set| set.file.from);
        Ok(book)
    }

    fn add_price_base_amounts(&mut self, file: PriceBaseAmountsFile) -> Result<(), BookError> {
        for PriceBaseAmount { year, amount, certainty, .. } in file.years {
            let figure = Figure { amount, certainty };
            if amount <= Money::ZERO || amount > Money::LIMIT || self.price_base_amounts.insert(year, figure).is_some()
            {
                return Err(BookError::PriceBaseAmount { year });
            }
        }
        Ok(())
    }

    fn check_beside_rules(&self, table: &NormTable) -> Result<(), BookError> {
        for month in [table.from, table.through] {
            let rules = self
                .for_month(month)
                .map_err(|NoRules { month }| BookError::NoRuleSet { table: table.reference.id.clone(), month })?;
            let year = rules.reference_month().year();
            if rules.price_base_amount(year).is_none() {
                return Err(BookError::PriceBaseAmount { year });
            }
            let age = rules.set.file.ages.school_youth_under - 1;
            if table.child(u16::from(age)).is_none() {
                return Err(BookError::AgeMissing { table: table.reference.id.clone(), age });
            }
        }
        Ok(())
    }
}

/// Looks for gaps and overlaps between neighbours that stand in order.
fn contiguous<'a>(spans: impl Iterator<Item = (&'a Arc<str>, NormMonth, NormMonth)>) -> Result<(), BookError> {
    let mut before: Option<(&Arc<str>, NormMonth)> = None;
    for (id, from, through) in spans {
        if let Some((earlier, ended)) = before {
            let (earlier, later) = (earlier.clone(), id.clone());
            if from <= ended {
                return Err(BookError::Overlap { earlier, later, month: from });
            }
            if from != ended.next() {
                return Err(BookError::Gap { earlier, later, month: ended.next() });
            }
        }
        before = Some((id, through));
    }
    Ok(())
}

/// The rules of one norm month.
#[derive(Debug, Clone, Copy)]
pub struct Rules<'a> {
    month: NormMonth,
    pub(super) table: &'a NormTable,
    pub(super) set: &'a RuleSet,
    book: &'a RuleBook,
}

impl Rules<'_> {
    /// The month whose incomes count.
    pub fn reference_month(&self) -> NormMonth {
        self.months_before(self.set.file.reference_month.months_before)
    }

    /// The month whose benefits are proposed when they are missing in the reference month.
    pub fn proposal_month(&self) -> NormMonth {
        self.months_before(self.set.file.reference_month.proposal_months_before)
    }

    pub(super) fn price_base_amount(&self, year: i16) -> Option<Figure> {
        self.book.price_base_amounts.get(&year).copied()
    }

    fn months_before(&self, months: u8) -> NormMonth {
        self.month.checked_add(-i32::from(months)).unwrap_or(self.month)
    }
}

wire_struct!(RuleBook { tables, rule_sets, price_base_amounts });
