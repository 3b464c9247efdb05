//! What a municipality decides for itself: guideline amounts and how part-time children are calculated, dated like the norm.

use serde::{Deserialize, Serialize};

use super::line::TableRef;
use crate::kind::ExpenseKind;
use crate::wire::{wire_enum, wire_struct};
use crate::{Money, NormMonth};

/// One municipality's settings from a month on. Made by reading, which checks them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "SettingsFile", rename_all = "kebab-case")]
pub struct MunicipalSettings {
    #[serde(flatten)]
    reference: TableRef,
    from: NormMonth,
    part_time_children: PartTimeChildren,
    guidelines: Vec<Guideline>,
}

/// The settings as they are written.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct SettingsFile {
    id: std::sync::Arc<str>,
    version: u32,
    from: NormMonth,
    part_time_children: PartTimeChildren,
    #[serde(default)]
    guidelines: Vec<Guideline>,
}

/// How a child who lives here for some days of the month is calculated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PartTimeChildren {
    /// What the days are divided by.
    pub divisor: Divisor,
    /// Whether such a child counts in the number of people that the shared costs are for.
    pub count_in_household: bool,
}

/// What days in the home are divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Divisor {
    /// 30, whichever month it is.
    Thirty,
    /// The days that the month has.
    ActualDays,
}

/// The most that is reasonable for one kind of expense in a household of a certain size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Guideline {
    /// Of the expenses that it limits.
    pub kind: ExpenseKind,
    /// The smallest household that it is for.
    pub persons_from: u8,
    /// The largest household that it is for; none means every larger one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub persons_through: Option<u8>,
    /// The most for the household and month, all rows of the kind together.
    pub limit: Money,
}

/// Why settings cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MunicipalSettingsError {
    /// Two guidelines answer for the same household.
    #[error("two guidelines for {} cover a household of {persons}", kind.code())]
    GuidelineTwice {
        /// Of the expenses that both limit.
        kind: ExpenseKind,
        /// A size of household that both are for.
        persons: u8,
    },
    /// A guideline for nobody, or below zero.
    #[error("a guideline for {} has no household or a limit below zero", kind.code())]
    GuidelineEmpty {
        /// Of the expenses that it limits.
        kind: ExpenseKind,
    },
    /// A version of zero: they are counted from 1.
    #[error("the version is counted from 1")]
    VersionZero,
    /// Two settings begin in the same month.
    #[error("two settings begin in {from}")]
    SameMonth {
        /// The first month of both.
        from: NormMonth,
    },
}

impl TryFrom<SettingsFile> for MunicipalSettings {
    type Error = MunicipalSettingsError;

    fn try_from(file: SettingsFile) -> Result<Self, MunicipalSettingsError> {
        if file.version == 0 {
            return Err(MunicipalSettingsError::VersionZero);
        }
        for (place, guideline) in file.guidelines.iter().enumerate() {
            let kind = guideline.kind;
            if guideline.limit < Money::ZERO
                || guideline.limit > Money::LIMIT
                || guideline.persons_through.is_some_and(|through| through < guideline.persons_from)
            {
                return Err(MunicipalSettingsError::GuidelineEmpty { kind });
            }
            let earlier = file.guidelines[..place].iter().filter(|other| other.kind == kind);
            for other in earlier {
                let persons = guideline.persons_from.max(other.persons_from);
                if guideline.covers(persons) && other.covers(persons) {
                    return Err(MunicipalSettingsError::GuidelineTwice { kind, persons });
                }
            }
        }
        Ok(Self {
            reference: TableRef { id: file.id, version: file.version },
            from: file.from,
            part_time_children: file.part_time_children,
            guidelines: file.guidelines,
        })
    }
}

impl Guideline {
    fn covers(&self, persons: u8) -> bool {
        persons >= self.persons_from && self.persons_through.is_none_or(|through| persons <= through)
    }
}

impl MunicipalSettings {
    /// Their name and version.
    pub const fn reference(&self) -> &TableRef {
        &self.reference
    }

    /// The first norm month that they are for.
    pub const fn from(&self) -> NormMonth {
        self.from
    }

    /// How part-time children are calculated.
    pub const fn part_time_children(&self) -> PartTimeChildren {
        self.part_time_children
    }

    /// The most that is reasonable for a kind of expense in a household of this many, where the municipality has said.
    pub fn guideline(&self, kind: ExpenseKind, persons: u8) -> Option<Money> {
        self.guidelines
            .iter()
            .find(|guideline| guideline.kind == kind && guideline.covers(persons))
            .map(|found| found.limit)
    }
}

/// All settings of one municipality, each from its month until the next begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedSettings(Vec<MunicipalSettings>);

impl DatedSettings {
    /// Puts settings in order. Refuses two that begin in the same month.
    pub fn new(mut settings: Vec<MunicipalSettings>) -> Result<Self, MunicipalSettingsError> {
        settings.sort_by_key(MunicipalSettings::from);
        match settings.windows(2).find(|pair| pair[0].from == pair[1].from) {
            Some(pair) => Err(MunicipalSettingsError::SameMonth { from: pair[0].from }),
            None => Ok(Self(settings)),
        }
    }

    /// The settings of a norm month: the latest that have begun; `None` before the first.
    pub fn for_month(&self, month: NormMonth) -> Option<&MunicipalSettings> {
        self.0.iter().rev().find(|settings| settings.from <= month)
    }
}

wire_struct!(MunicipalSettings { reference, from, part_time_children, guidelines });
wire_struct!(PartTimeChildren { divisor, count_in_household });
wire_enum!(Divisor { Thirty, ActualDays });
wire_struct!(Guideline { kind, persons_from, persons_through, limit });
