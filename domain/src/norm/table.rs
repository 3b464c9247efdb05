//! The norm table of a year (riksnorm), read from a file and checked before any calculation uses it.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::explanation::Ages;
use super::line::{Certainty, TableRef};
use crate::wire::wire_struct;
use crate::{Money, NormMonth};

/// A norm table as it is written in its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NormTableFile {
    /// Its name, such as `riksnorm-2026`.
    pub id: Arc<str>,
    /// Its version, from 1.
    pub version: u32,
    /// The first norm month that it is for.
    pub from: NormMonth,
    /// The last norm month that it is for.
    pub through: NormMonth,
    /// Where the figures were read.
    pub source: Arc<str>,
    /// Whether only some of the figures are known. Such a table is for tests alone.
    #[serde(default)]
    pub partial: bool,
    /// The names of the figures that were worked out, not read: `single`, `couple`, `child-7`, `child-1-preschool-lunch`, `shared-3`.
    /// A child's figure goes by the youngest age of its row.
    #[serde(default)]
    pub derived: Vec<String>,
    /// Personal costs of adults.
    pub adults: AdultsFile,
    /// Personal costs of children and school youths.
    #[serde(default)]
    pub children: Vec<ChildrenFile>,
    /// Shared household costs, by the number of people.
    pub shared: Vec<SharedFile>,
}

/// Personal costs of adults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AdultsFile {
    /// One without a partner.
    pub single: Option<Money>,
    /// A couple, both together.
    pub couple: Option<Money>,
}

/// Personal costs of a child or school youth of certain ages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ChildrenFile {
    /// The youngest and the eldest age, in whole years.
    pub ages: (u8, u8),
    /// Kronor a month.
    pub personal: Money,
    /// The amount for a child who eats lunch five days a week in preschool, where there is one.
    pub preschool_lunch: Option<Money>,
}

/// Shared household costs for so many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SharedFile {
    /// The number of people who share them.
    pub persons: u8,
    /// Kronor a month for all of them together.
    pub amount: Money,
}

/// Why a table cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    /// It ends before it begins.
    #[error("{table} ends before it begins")]
    Backwards {
        /// The table's identifier.
        table: Arc<str>,
    },
    /// An age has no amount.
    #[error("{table} has no amount at {age} years")]
    AgeMissing {
        /// The table's identifier.
        table: Arc<str>,
        /// The first age without, in whole years.
        age: u8,
    },
    /// An age has two amounts, or the ages of a row stand the wrong way round.
    #[error("{table} has more than one row at {age} years")]
    AgeTwice {
        /// The table's identifier.
        table: Arc<str>,
        /// The first age of the row, in whole years.
        age: u8,
    },
    /// An amount is missing.
    #[error("{table} has no figure for {figure}")]
    FigureMissing {
        /// The table's identifier.
        table: Arc<str>,
        /// The name of the figure.
        figure: String,
    },
    /// An amount is not what a household can live on for a month, or does not go with the others.
    #[error("{table} has an impossible figure for {figure}")]
    OutOfBounds {
        /// The table's identifier.
        table: Arc<str>,
        /// The name of the figure.
        figure: String,
    },
    /// A figure that is marked as derived does not exist.
    #[error("{table} marks {figure} as derived, which it does not have")]
    UnknownFigure {
        /// The table's identifier.
        table: Arc<str>,
        /// The name that was given.
        figure: String,
    },
}

/// No figure of any year is outside these; one that is has a digit too many or too few.
const LEAST: Money = Money::from_kronor(300);
const MOST: Money = Money::from_kronor(30_000);

/// One figure of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) amount: Money,
    pub(super) certainty: Certainty,
}

/// A row of children's figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ChildRow {
    pub(super) ages: Ages,
    pub(super) personal: Figure,
    pub(super) preschool_lunch: Option<Figure>,
}

/// Shared costs for a number of people: a figure of the table, or the last one and a step for each person more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct SharedCosts {
    pub(super) figure: Figure,
    pub(super) beyond: Option<Beyond>,
}

/// How the figure beyond the end of the table was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Beyond {
    pub(super) listed: u8,
    pub(super) step: Money,
}

/// A checked norm table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormTable {
    pub(super) reference: TableRef,
    pub(super) from: NormMonth,
    pub(super) through: NormMonth,
    pub(super) partial: bool,
    pub(super) single: Option<Figure>,
    pub(super) couple: Option<Figure>,
    pub(super) children: Vec<ChildRow>,
    shared: Vec<(u8, Figure)>,
}

impl NormTable {
    /// Checks a table: every age once, every number of people once, amounts within bounds. A partial one may lack figures.
    pub fn check(file: &NormTableFile) -> Result<Self, TableError> {
        let table = &file.id;
        if file.through < file.from {
            return Err(TableError::Backwards { table: table.clone() });
        }
        let mut figures = Figures { table, derived: &file.derived, named: Vec::new() };
        let single = figures.optional("single", file.adults.single, LEAST)?;
        let couple = figures.optional("couple", file.adults.couple, file.adults.single.unwrap_or(LEAST))?;
        let children = figures.children(&file.children)?;
        let shared = figures.shared(&file.shared)?;
        figures.all_known()?;
        let checked = Self {
            reference: TableRef { id: file.id.clone(), version: file.version },
            from: file.from,
            through: file.through,
            partial: file.partial,
            single,
            couple,
            children,
            shared,
        };
        if !checked.partial {
            checked.check_whole()?;
        }
        Ok(checked)
    }

    pub(super) fn child(&self, age: u16) -> Option<&ChildRow> {
        self.children.iter().find(|row| (u16::from(row.ages.from)..=u16::from(row.ages.through)).contains(&age))
    }

    pub(super) fn shared(&self, persons: u8) -> Option<SharedCosts> {
        if let Some((_, figure)) = self.shared.iter().find(|(listed, _)| *listed == persons) {
            return Some(SharedCosts { figure: *figure, beyond: None });
        }
        let [.., (before, last_but_one), (listed, last)] = self.shared.as_slice() else { return None };
        if persons < *listed || before + 1 != *listed {
            return None;
        }
        let step = last.amount - last_but_one.amount;
        let more = i64::from(persons - listed);
        let amount = Money::from_ore(last.amount.ore() + step.ore() * more);
        let certainty = last.certainty.max(last_but_one.certainty);
        Some(SharedCosts { figure: Figure { amount, certainty }, beyond: Some(Beyond { listed: *listed, step }) })
    }

    fn check_whole(&self) -> Result<(), TableError> {
        let table = || self.reference.id.clone();
        let missing = |figure: &str| TableError::FigureMissing { table: table(), figure: figure.to_owned() };
        self.single.ok_or_else(|| missing("single"))?;
        self.couple.ok_or_else(|| missing("couple"))?;
        let mut next = 0;
        for row in &self.children {
            if row.ages.from != next {
                return Err(TableError::AgeMissing { table: table(), age: next });
            }
            next = row.ages.through.saturating_add(1);
        }
        let numbers = self.shared.iter().map(|(persons, _)| *persons);
        if let Some((expected, _)) = (1..).zip(numbers).find(|(expected, persons)| expected != persons) {
            return Err(missing(&format!("shared-{expected}")));
        }
        if self.shared.len() < 2 {
            return Err(missing("shared-2"));
        }
        Ok(())
    }
}

/// Turns amounts into figures, each under its name.
struct Figures<'a> {
    table: &'a Arc<str>,
    derived: &'a [String],
    named: Vec<String>,
}

impl Figures<'_> {
    fn figure(&mut self, name: &str, amount: Money, least: Money, most: Money) -> Result<Figure, TableError> {
        if amount < least || amount > most {
            return Err(TableError::OutOfBounds { table: self.table.clone(), figure: name.to_owned() });
        }
        let derived = self.derived.iter().any(|derived| derived == name);
        self.named.push(name.to_owned());
        Ok(Figure { amount, certainty: if derived { Certainty::Derived } else { Certainty::Official } })
    }

    fn optional(&mut self, name: &str, amount: Option<Money>, least: Money) -> Result<Option<Figure>, TableError> {
        amount.map(|amount| self.figure(name, amount, least, MOST)).transpose()
    }

    fn children(&mut self, rows: &[ChildrenFile]) -> Result<Vec<ChildRow>, TableError> {
        let mut rows: Vec<_> = rows.iter().collect();
        rows.sort_by_key(|row| row.ages);
        let mut checked: Vec<ChildRow> = Vec::with_capacity(rows.len());
        for row in rows {
            let (from, through) = row.ages;
            if through < from || checked.last().is_some_and(|before| before.ages.through >= from) {
                return Err(TableError::AgeTwice { table: self.table.clone(), age: from });
            }
            let personal = self.figure(&format!("child-{from}"), row.personal, LEAST, MOST)?;
            let preschool_lunch = row
                .preschool_lunch
                .map(|amount| self.figure(&format!("child-{from}-preschool-lunch"), amount, LEAST, row.personal))
                .transpose()?;
            checked.push(ChildRow { ages: Ages { from, through }, personal, preschool_lunch });
        }
        Ok(checked)
    }

    fn shared(&mut self, rows: &[SharedFile]) -> Result<Vec<(u8, Figure)>, TableError> {
        let mut rows: Vec<_> = rows.iter().collect();
        rows.sort_by_key(|row| row.persons);
        let mut checked: Vec<(u8, Figure)> = Vec::with_capacity(rows.len());
        for row in rows {
            let name = format!("shared-{}", row.persons);
            let before = checked.last().filter(|(persons, _)| *persons < row.persons).map(|(_, figure)| figure.amount);
            if row.persons == 0 || (before.is_none() && !checked.is_empty()) {
                return Err(TableError::OutOfBounds { table: self.table.clone(), figure: name });
            }
            checked.push((row.persons, self.figure(&name, row.amount, before.unwrap_or(LEAST), MOST)?));
        }
        Ok(checked)
    }

    fn all_known(&self) -> Result<(), TableError> {
        match self.derived.iter().find(|name| !self.named.contains(name)) {
            Some(name) => Err(TableError::UnknownFigure { table: self.table.clone(), figure: name.clone() }),
            None => Ok(()),
        }
    }
}

wire_struct!(NormTable { reference, from, through, partial, single, couple, children, shared });
wire_struct!(Figure { amount, certainty });
wire_struct!(ChildRow { ages, personal, preschool_lunch });
