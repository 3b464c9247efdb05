//! The one way from what is known of a renewal to a norm calculation: the citizen's preliminary figure, the caseworker's draft and the
//! decision's record are made here, by the same rules from the same facts.

mod facts;
mod shown;
mod stored;
#[cfg(test)]
mod tests;

use app::port::{CalculationOutcome, Phrase};
use domain::id::StatementId;
use domain::norm::item_preview::{ItemPreview, List};
use domain::norm::{self, CalculationError, Input, NormCalculation};
use domain::renewal::document::Core;
use domain::renewal::{Context, Draft};

pub use facts::Facts;
pub use shown::Names;
pub use stored::{Stored, before, find, insert};

use super::answers::{self, Asked};
use super::decision_draft;
use super::household::{self, HouseholdMember};
use super::municipal_settings;
use super::renewal::Renewal;
use super::rules::{self, RulesError};
use super::signers::day;
use super::statements;
use crate::db::{DbError, TenantTx};
use crate::login::policy::OwnRenewal;
use crate::signing::{self, SigningError};
use domain::id::CaseId;

/// A calculation and all that it was made from.
#[derive(Debug, Clone)]
pub struct Made {
    /// What went in.
    pub input: Input,
    /// What came out.
    pub result: NormCalculation,
}

/// Why there is no calculation.
#[derive(Debug, thiserror::Error)]
pub enum NoFigure {
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
    /// What people read.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Calculation(CalculationError::NoRules(none)) => {
                Phrase::new("calculation-no-rules").with("month", none.month)
            }
            Self::NoSettings => Phrase::new("calculation-no-settings"),
            Self::Rules(_) | Self::Calculation(_) => Phrase::new("calculation-not-possible"),
        }
    }

    /// Whether a caseworker may decide by an amount of their own: the figures to reckon with are not there yet. Where something is
    /// wrong with what is known, it is to be mended first.
    pub fn is_decided_by_hand(&self) -> bool {
        matches!(self, Self::NoSettings | Self::Calculation(CalculationError::NoRules(_)))
    }

    /// Whether somebody must look into it: a month whose rules are not decided yet is nobody's mistake.
    fn is_fault(&self) -> bool {
        !matches!(self, Self::Calculation(CalculationError::NoRules(_)))
    }
}

/// Whether there is a calculation.
pub type Outcome = Result<Made, NoFigure>;

/// Reckons. The outer error is the database's.
pub async fn make(tx: &mut TenantTx, facts: &Facts<'_>) -> Result<Outcome, DbError> {
    let book = match rules::book() {
        Ok(book) => book,
        Err(error) => return Ok(no_figure(NoFigure::Rules(error))),
    };
    let settings = municipal_settings::dated(tx).await?;
    let Some(settings) = settings.for_month(facts.month) else {
        return Ok(no_figure(NoFigure::NoSettings));
    };
    let input = facts.input(tx, settings.clone()).await?;
    Ok(match norm::calculate(book, &input) {
        Ok(result) => Ok(Made { input, result }),
        Err(error) => no_figure(error.into()),
    })
}

fn no_figure(why: NoFigure) -> Outcome {
    if why.is_fault() {
        tracing::warn!(error = %why, "A renewal gives no figure");
    }
    Err(why)
}

/// The figure that the check page shows while the renewal is being written.
pub async fn preliminary(
    tx: &mut TenantTx,
    case: CaseId,
    renewal: &OwnRenewal,
    members: &[HouseholdMember],
    asked: &[Asked],
    draft: &Draft,
) -> Result<CalculationOutcome, DbError> {
    let made = of_draft(tx, case, renewal, members, asked, draft).await?.1;
    Ok(Names::of(members, asked).outcome(made.as_ref()))
}

/// What that figure is made from while its writer types an item of a list, where it can be shown: nothing that they may not see.
pub async fn item_preview(
    tx: &mut TenantTx,
    case: CaseId,
    renewal: &OwnRenewal,
    members: &[HouseholdMember],
    asked: &[Asked],
    draft: &Draft,
    (list, item): (List, StatementId),
) -> Result<Option<ItemPreview>, DbError> {
    let (context, made) = of_draft(tx, case, renewal, members, asked, draft).await?;
    let (Ok(made), Ok(book)) = (made, rules::book()) else { return Ok(None) };
    let writer = renewal.begun_by();
    Ok(ItemPreview::new(book, &made.input, writer, facts::source_of(members, writer), list, item, context))
}

async fn of_draft(
    tx: &mut TenantTx,
    case: CaseId,
    renewal: &OwnRenewal,
    members: &[HouseholdMember],
    asked: &[Asked],
    draft: &Draft,
) -> Result<(Context, Outcome), DbError> {
    let today = day(tx.at());
    let context = Context { norm_month: renewal.month(), today, owners: signing::owners(members) };
    let facts = Facts {
        case,
        month: renewal.month(),
        judged_on: today,
        members,
        asked,
        stated: &statements::of_draft(draft, &context),
        stated_on: today,
        writer: renewal.begun_by(),
        overrides: Vec::new(),
    };
    let made = make(tx, &facts).await?;
    Ok((context, made))
}

/// All that a submitted renewal's calculation was made from, and whether there is one.
pub struct Reckoned {
    /// The household.
    pub members: Vec<HouseholdMember>,
    /// The answers of authorities.
    pub asked: Vec<Asked>,
    /// What was signed.
    pub core: Core,
    /// What the household states in it.
    pub stated: statements::Stated,
    /// The calculation, or why there is none.
    pub outcome: Outcome,
}

impl Reckoned {
    /// The calculation as pages show it.
    pub fn shown(&self) -> CalculationOutcome {
        Names::of(&self.members, &self.asked).outcome(self.outcome.as_ref())
    }
}

/// The calculation of a submitted renewal, as it would be today, with what caseworkers have set in it: their draft, and what a decision
/// made now would rest on.
pub async fn of_submitted(tx: &mut TenantTx, renewal: &Renewal) -> Result<Reckoned, SigningError> {
    let today = day(tx.at());
    let members = household::members(tx, renewal.case).await?;
    let asked = answers::newest(tx, renewal.id).await?;
    let core = signing::signed_core(tx, renewal.id).await?;
    let core = core.ok_or(DbError::Inconsistent { column: "signed_document.core" })?;
    let stated = statements::Stated::from(&core);
    let (draft, _) = decision_draft::load(tx, renewal.id).await?;
    let facts = Facts {
        case: renewal.case,
        month: renewal.month,
        judged_on: today,
        members: &members,
        asked: &asked,
        stated: &stated,
        stated_on: renewal.arrived.map_or(today, day),
        writer: renewal.begun_by,
        overrides: draft.overrides(),
    };
    let outcome = make(tx, &facts).await?;
    Ok(Reckoned { members, asked, core, stated, outcome })
}
