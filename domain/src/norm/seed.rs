//! The project's own files of rules, as text: what an installation starts from before its database keeps approved versions.
//!
//! Nothing in the calculation reads them. Whoever does chooses the reader, `toml::from_str` as a rule.

use super::book::RuleFile;

/// Every file of rules, by name.
pub const FILES: &[(&str, &str)] = &[
    ("price-base-amounts.toml", include_str!("../../tables/price-base-amounts.toml")),
    ("riksnorm-2025.toml", include_str!("../../tables/riksnorm-2025.toml")),
    ("riksnorm-2026.toml", include_str!("../../tables/riksnorm-2026.toml")),
    ("rules-2025-01.toml", include_str!("../../tables/rules-2025-01.toml")),
    ("rules-2025-07.toml", include_str!("../../tables/rules-2025-07.toml")),
];

/// The settings of two invented municipalities, by name: what the demo puts into its database, and what tests and the example use.
pub const EXAMPLE_SETTINGS: &[(&str, &str)] = &[
    ("exempelby", include_str!("../../tables/settings-exempelby.toml")),
    ("grannby", include_str!("../../tables/settings-grannby.toml")),
];

/// The settings of one of them.
pub fn example_settings(name: &str) -> Option<&'static str> {
    EXAMPLE_SETTINGS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Reads every file with the given reader.
pub fn read<E>(reader: impl Fn(&'static str) -> Result<RuleFile, E>) -> Result<Vec<RuleFile>, E> {
    FILES.iter().map(|(_, text)| reader(text)).collect()
}
