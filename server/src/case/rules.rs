//! The rules and tables that calculations rest on, and each municipality's own settings: read once, from inside the binary.

use std::collections::HashMap;
use std::sync::LazyLock;

use domain::NormMonth;
use domain::norm::settings::SettingsError;
use domain::norm::{BookError, DatedSettings, MunicipalSettings, RuleBook, seed};

use crate::db::{DbError, TenantTx};

/// Why the rules inside the binary cannot be used. A test proves that they can.
#[derive(Debug, thiserror::Error)]
pub enum RulesError {
    /// A file is not of its form.
    #[error("a file of rules cannot be read: {0}")]
    Form(#[from] toml::de::Error),
    /// The files do not fit together.
    #[error(transparent)]
    Book(#[from] BookError),
    /// A municipality's settings do not fit together.
    #[error(transparent)]
    Settings(#[from] SettingsError),
}

/// Every rule, and the settings of the municipalities that have some.
pub struct Rules {
    /// Rules and tables.
    pub book: RuleBook,
    settings: HashMap<&'static str, DatedSettings>,
}

static RULES: LazyLock<Result<Rules, RulesError>> = LazyLock::new(Rules::read);

impl Rules {
    /// The rules inside the binary.
    pub fn get() -> Result<&'static Self, &'static RulesError> {
        RULES.as_ref()
    }

    /// The settings of the transaction's municipality for a month, where it has any.
    pub async fn settings(&self, tx: &mut TenantTx, month: NormMonth) -> Result<Option<&MunicipalSettings>, DbError> {
        let municipality = tx.municipality().0;
        let slug = sqlx::query_scalar!("select slug from municipality where id = $1", municipality)
            .fetch_one(tx.connection())
            .await?;
        Ok(self.settings.get(slug.as_str()).and_then(|dated| dated.for_month(month)))
    }

    fn read() -> Result<Self, RulesError> {
        let book = RuleBook::new(seed::read(toml::from_str)?)?;
        let settings = seed::EXAMPLE_SETTINGS
            .iter()
            .map(|(slug, text)| Ok((*slug, DatedSettings::new(vec![toml::from_str(text)?])?)))
            .collect::<Result<_, RulesError>>()?;
        Ok(Self { book, settings })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_inside_the_binary_can_be_used() {
        let rules = Rules::get().unwrap();
        let december: NormMonth = "2026-12".parse().unwrap();
        assert!(rules.book.for_month(december).is_ok());
        for (slug, _) in seed::EXAMPLE_SETTINGS {
            assert!(rules.settings[slug].for_month(december).is_some(), "{slug}");
        }
    }
}
