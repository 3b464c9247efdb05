//! The calculation (normberäkning): norm, income and assistance, explained line by line.
//!
//! One pure function serves the citizen's preliminary figure, the caseworker's draft, the decision's record and its explanation.
//! `docs/norm.md` tells each rule with its source.

pub mod calculation;
pub mod error;
pub mod explanation;
pub mod input;
pub mod line;
pub mod settings;

pub use calculation::{NormCalculation, Sums};
pub use error::{CalculationError, NoRules};
pub use explanation::{Ages, Argument, Explanation};
pub use input::{Asset, AssetKind, ExpenseRow, IncomeRow, Input, Override, PartOfMonth, RowRef, Surplus};
pub use line::{Amounts, Certainty, Line, Overridden, Section, Standing, Subject, TableRef};
pub use settings::{DatedSettings, MunicipalSettings};
