//! Two calculations line by line: what is new, changed and gone. Last month beside this, or before and after a refresh.

use serde::{Deserialize, Serialize};

use super::calculation::NormCalculation;
use super::input::AssetKind;
use super::line::{Line, LineSection, Subject};
use crate::id::PersonId;
use crate::kind::{ExpenseKind, IncomeKind};
use crate::source::Source;

/// A line of one calculation beside that of another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "kebab-case")]
pub enum LineChange {
    /// Only the later one has it.
    New {
        /// The line.
        after: Line,
    },
    /// Both have it, with other figures, another standing or another rule.
    Changed {
        /// As it was.
        before: Line,
        /// As it is.
        after: Line,
    },
    /// Both have it, alike. Days and rows may differ.
    Same {
        /// As it was.
        before: Line,
        /// As it is.
        after: Line,
    },
    /// Only the earlier one has it.
    Gone {
        /// The line.
        before: Line,
    },
}

impl LineChange {
    /// The section that the line stands in.
    pub fn section(&self) -> LineSection {
        match self {
            Self::New { after } | Self::Changed { after, .. } | Self::Same { after, .. } => after.section(),
            Self::Gone { before } => before.section(),
        }
    }
}

/// What makes lines of two calculations the same thing: the same person's benefit has a new row and a new day each month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Personal(PersonId),
    Shared,
    Expense(ExpenseKind, Option<PersonId>, bool),
    Income(IncomeKind, Option<PersonId>, bool),
    Asset(AssetKind, Option<PersonId>),
    Surplus(crate::NormMonth),
}

/// Puts the lines of two calculations beside each other: in the order of the later one, what is gone at the end of its section.
pub fn compare(before: &NormCalculation, after: &NormCalculation) -> Vec<LineChange> {
    let mut left: Vec<&Line> = before.lines.iter().collect();
    let mut pairs: Vec<Option<&Line>> =
        after.lines.iter().map(|line| take(&mut left, |old| old.subject == line.subject)).collect();
    for same_figures in [true, false] {
        for (line, pair) in after.lines.iter().zip(&mut pairs).filter(|(_, pair)| pair.is_none()) {
            *pair = take(&mut left, |old| thing(old) == thing(line) && (!same_figures || old.amounts == line.amounts));
        }
    }
    let mut changes = Vec::with_capacity(after.lines.len() + left.len());
    for section in LineSection::ALL {
        let lines = after.lines.iter().zip(&pairs).filter(|(line, _)| line.section() == *section);
        changes.extend(lines.map(|(line, pair)| change(*pair, line)));
        let gone = left.iter().filter(|old| old.section() == *section);
        changes.extend(gone.map(|old| LineChange::Gone { before: (*old).clone() }));
    }
    changes
}

fn take<'a>(lines: &mut Vec<&'a Line>, which: impl Fn(&Line) -> bool) -> Option<&'a Line> {
    let place = lines.iter().position(|line| which(line))?;
    Some(lines.remove(place))
}

fn change(before: Option<&Line>, after: &Line) -> LineChange {
    let after = after.clone();
    let Some(before) = before.cloned() else { return LineChange::New { after } };
    let alike = before.amounts == after.amounts
        && before.standing == after.standing
        && before.because.key() == after.because.key()
        && before.overridden.is_some() == after.overridden.is_some();
    if alike { LineChange::Same { before, after } } else { LineChange::Changed { before, after } }
}

/// What the household said is another thing than what an authority said, even of the same kind.
fn thing(line: &Line) -> Thing {
    let fetched = line.source == Source::Authority;
    match line.subject {
        Subject::Personal { person } => Thing::Personal(person),
        Subject::Shared => Thing::Shared,
        Subject::Expense { kind, person, .. } => Thing::Expense(kind, person, fetched),
        Subject::Income { kind, person, .. } => Thing::Income(kind, person, fetched),
        Subject::Asset { kind, person, .. } => Thing::Asset(kind, person),
        Subject::Surplus { from } => Thing::Surplus(from),
    }
}
