//! The sources that have been made, kept so that their connections are reused.

use std::collections::HashMap;
use std::sync::RwLock;

use domain::id::{MunicipalityId, SourceId};
use serde_json::Value;

use super::{AuthoritySource, NetworkRules, SourceError, SourceSettings};
use crate::config;

/// A source cannot be made of its settings.
#[derive(Debug, thiserror::Error)]
pub enum SourcesError {
    /// The settings are not of the form that this version reads.
    #[error("the settings of the source cannot be read")]
    Form(#[from] serde_json::Error),
    /// The settings cannot work.
    #[error(transparent)]
    Source(#[from] SourceError),
}

/// Makes and keeps the sources of each municipality.
pub struct Sources {
    rules: NetworkRules,
    /// Each with the stored settings that it was made of: other settings make another source.
    made: RwLock<HashMap<(MunicipalityId, SourceId), (Value, AuthoritySource)>>,
}

impl Sources {
    /// None yet. The installation's settings say which hosts may be called.
    pub fn new(settings: &config::Authorities) -> Self {
        let rules = NetworkRules {
            allowed: settings.allowed_hosts.iter().map(ToString::to_string).collect(),
            loopback: settings.allow_loopback,
            private: settings.allow_private,
        };
        Self { rules, made: RwLock::default() }
    }

    /// The source with these stored settings (`authority_source.settings`).
    pub fn get(
        &self,
        municipality: MunicipalityId,
        id: SourceId,
        settings: Value,
    ) -> Result<AuthoritySource, SourcesError> {
        let kept = self.made.read().ok().and_then(|made| made.get(&(municipality, id)).cloned());
        match kept {
            Some((of, source)) if of == settings => Ok(source),
            _ => self.make(municipality, id, settings),
        }
    }

    /// The same, made anew and kept: its certificates and token are read from their files again.
    pub fn make(
        &self,
        municipality: MunicipalityId,
        id: SourceId,
        settings: Value,
    ) -> Result<AuthoritySource, SourcesError> {
        let parsed: SourceSettings = serde_json::from_value(settings.clone())?;
        let source = AuthoritySource::new(parsed, &self.rules)?;
        if let Ok(mut made) = self.made.write() {
            made.insert((municipality, id), (settings, source.clone()));
        }
        Ok(source)
    }
}
