//! The rules and tables that calculations rest on: read once, from inside the binary.

use std::sync::LazyLock;

use domain::NormMonth;
use domain::norm::{BookError, RuleBook, seed};

/// Why the rules inside the binary cannot be used. A test proves that they can.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RulesError {
    /// A file is not of its form.
    #[error("a file of rules cannot be read")]
    Form(#[from] toml::de::Error),
    /// The files do not fit together.
    #[error(transparent)]
    Book(#[from] BookError),
}

static BOOK: LazyLock<Result<RuleBook, RulesError>> = LazyLock::new(|| Ok(RuleBook::new(seed::read(toml::from_str)?)?));

/// The rules inside the binary.
pub(crate) fn book() -> Result<&'static RuleBook, &'static RulesError> {
    BOOK.as_ref()
}

/// The month whose incomes count for a norm month. Without rules for it, the one before.
pub(crate) fn reference_month(month: NormMonth) -> NormMonth {
    let rules = book().ok().and_then(|book| book.for_month(month).ok());
    rules.map_or_else(|| month.previous(), |rules| rules.reference_month())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_inside_the_binary_can_be_used() {
        assert!(book().unwrap().for_month("2026-12".parse().unwrap()).is_ok());
    }
}
