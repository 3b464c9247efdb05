//! The one way from what is known of a renewal to a norm calculation: the citizen's preliminary figure, the caseworker's draft and the
//! decision's record are made here, by the same rules from the same facts.

mod known;
mod shown;
mod stored;
#[cfg(test)]
mod tests;

use app::model::{CalculationOutcome, Phrase};
use domain::norm::{CalculationError, Input, NormCalculation, Override};

pub(crate) use known::{Facts, Known};
pub(crate) use shown::Names;
pub(crate) use stored::{Before, find, insert};

use super::answers::Asked;
use super::household;
use super::renewal::CaseRenewal;
use super::rules::RulesError;
use super::signed::SignedFacts;
use super::signers::day;
use crate::db::{DbError, TenantTx};

/// A calculation and all that it was made from.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub input: Input,
    pub result: NormCalculation,
}

/// Why there is no calculation.
#[derive(Debug, thiserror::Error)]
pub(crate) enum NoFigure {
    /// The rules inside the binary are broken.
    #[error(transparent)]
    Rules(&'static RulesError),
    /// The municipality has no settings for the month.
    #[error("the municipality has no settings for the month")]
    NoSettings,
    /// The rules of the month are not known, or what is known makes no calculation.
    #[error(transparent)]
    Calculation(#[from] CalculationError),
}

impl NoFigure {
    pub(crate) fn phrase(&self) -> Phrase {
        match self {
            Self::Calculation(CalculationError::NoRules(none)) => {
                Phrase::new("calculation-no-rules").with("month", none.month)
            }
            Self::NoSettings => Phrase::new("calculation-no-settings"),
            Self::Rules(_) | Self::Calculation(_) => Phrase::new("calculation-not-possible"),
        }
    }

    /// Whether a caseworker may decide by an amount of their own: the figures to calculate with are not there yet. Where something is
    /// wrong with what is known, it is to be mended first.
    pub(crate) fn is_decided_by_hand(&self) -> bool {
        matches!(self, Self::NoSettings | Self::Calculation(CalculationError::NoRules(_)))
    }

    /// Whether somebody must look into it: a month whose rules are not decided yet is nobody's mistake.
    fn is_fault(&self) -> bool {
        !matches!(self, Self::Calculation(CalculationError::NoRules(_)))
    }
}

/// Whether there is a calculation.
pub(crate) type CalculationResult = Result<Made, NoFigure>;

/// A submitted renewal with all that a decision made now would rest on: read once, calculated as often as lines are set.
pub(crate) struct Review {
    /// What is known of it.
    pub known: Known,
    pub signed: SignedFacts,
    /// The calculation with the lines that caseworkers have set, or why there is none.
    pub outcome: CalculationResult,
}

impl Review {
    /// Reads what the calculation of a renewal needs beside its answers, those for the month before where they have been opened already,
    /// and what was signed.
    pub(crate) async fn read(
        tx: &mut TenantTx,
        renewal: &CaseRenewal,
        asked: Vec<Asked>,
        before: &[Asked],
        signed: SignedFacts,
    ) -> Result<Self, DbError> {
        let facts = Facts {
            case: renewal.case,
            month: renewal.month,
            judged_on: day(tx.at()),
            members: household::members(tx, renewal.case).await?,
            asked,
            stated: signed.stated(),
            stated_on: day(renewal.arrived),
            writer: renewal.begun_by,
        };
        let known = Known::read(tx, facts, before).await?;
        let outcome = known.calculate(renewal.draft.overrides());
        Ok(Self { known, signed, outcome })
    }

    /// Calculates anew: lines have been set.
    pub(crate) fn calculate(&mut self, overrides: Vec<Override>) {
        self.outcome = self.known.calculate(overrides);
    }

    /// The calculation as pages show it.
    pub(crate) fn shown(&self) -> CalculationOutcome {
        self.known.names().outcome(self.outcome.as_ref())
    }
}
