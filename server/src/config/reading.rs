//! Reading the settings: the file, and the environment over it. What is wrong with them is told by name, and without any value.

use std::path::Path;

use config::{Config, Environment, File, FileFormat};

use super::{Settings, SettingsError};
use crate::chain::{chain, without_values};

impl Settings {
    /// Reads the file and the environment.
    pub fn load(file: &Path) -> Result<Self, SettingsError> {
        let text =
            std::fs::read_to_string(file).map_err(|source| SettingsError::File { file: file.to_owned(), source })?;
        Self::read(&text, environment())
    }

    pub(super) fn read(text: &str, environment: Environment) -> Result<Self, SettingsError> {
        toml::from_str::<toml::Table>(text).map_err(|error| not_toml(text, &error))?;
        let file = File::from_str(text, FileFormat::Toml);
        let read = Config::builder().add_source(file).add_source(environment).build();
        let settings: Self = read
            .and_then(Config::try_deserialize)
            .map_err(|error| SettingsError::Form(without_values(&chain(&error).to_string())))?;
        settings.check()?;
        Ok(settings)
    }
}

/// The variables that override. Each is a text, and read as what its setting is: guessed at, a name of digits would lose its first nought.
pub(super) fn environment() -> Environment {
    Environment::with_prefix("FORNYA").separator("__").prefix_separator("__")
}

/// What a parser of TOML says, without the line that it would quote.
fn not_toml(text: &str, error: &toml::de::Error) -> SettingsError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    SettingsError::Toml { line: before.lines().count().max(1), said: without_values(error.message()) }
}
