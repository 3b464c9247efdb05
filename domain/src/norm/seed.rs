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

/// The settings of two invented municipalities, by name: for the demo, the tests and the example.
pub const EXAMPLE_SETTINGS: &[(&str, &str)] = &[
    ("exempelby", include_str!("../../tables/settings-exempelby.toml")),
    ("grannby", include_str!("../../tables/settings-grannby.toml")),
];

/// Reads every file with the given reader.
pub fn read<E>(reader: impl Fn(&'static str) -> Result<RuleFile, E>) -> Result<Vec<RuleFile>, E> {
    FILES.iter().map(|(_, text)| reader(text)).collect()
}
