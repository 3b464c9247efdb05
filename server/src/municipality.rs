//! The municipality of a request: known from the Host header alone.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use domain::id::MunicipalityId;

use crate::config::Http;
use crate::db::{Db, DbError, MunicipalityRow, SystemTx};

/// A municipality and its settings.
#[derive(Debug, Clone)]
pub struct Municipality {
    /// Its identifier.
    pub id: MunicipalityId,
    /// Its settings, as the host table has them.
    pub row: MunicipalityRow,
    /// Its public address without a slash at the end, such as `https://bistand.exempelby.se`.
    pub origin: String,
}

/// Finds municipalities by host, and remembers those it has found. A municipality is never removed while the service runs.
#[derive(Debug)]
pub struct Municipalities {
    scheme: &'static str,
    port: Option<u16>,
    known: RwLock<HashMap<String, Arc<Municipality>>>,
}

impl Municipalities {
    /// Knows none yet.
    pub fn new(settings: &Http) -> Self {
        Self { scheme: settings.public_scheme.as_str(), port: settings.public_port, known: RwLock::default() }
    }

    /// The municipality that a Host header names, or none. The header is compared whole: case and port included in the address that
    /// the municipality is known by.
    pub async fn at(&self, db: &Db, host_header: &str) -> Result<Option<Arc<Municipality>>, DbError> {
        let host = host_header.to_ascii_lowercase();
        if let Some(found) = self.known.read().ok().and_then(|known| known.get(&host).cloned()) {
            return Ok(Some(found));
        }
        let Some(name) = self.host_name(&host) else { return Ok(None) };
        let mut tx = SystemTx::begin(db).await?;
        let row = tx.municipality_at(name).await?;
        tx.commit().await?;
        Ok(row.map(|row| {
            let found =
                Arc::new(Municipality { id: MunicipalityId(row.id), row, origin: format!("{}://{host}", self.scheme) });
            if let Ok(mut known) = self.known.write() {
                known.insert(host, Arc::clone(&found));
            }
            found
        }))
    }

    fn host_name<'h>(&self, host: &'h str) -> Option<&'h str> {
        match self.port {
            None => Some(host),
            Some(port) => host.strip_suffix(&port.to_string())?.strip_suffix(':'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn municipalities(port: Option<u16>) -> Municipalities {
        Municipalities { scheme: "https", port, known: RwLock::default() }
    }

    #[test]
    fn the_port_must_be_the_public_one() {
        let with_port = municipalities(Some(8080));
        assert_eq!(with_port.host_name("exempelby.localhost:8080"), Some("exempelby.localhost"));
        assert_eq!(with_port.host_name("exempelby.localhost:8081"), None);
        assert_eq!(with_port.host_name("exempelby.localhost"), None);
        assert_eq!(municipalities(None).host_name("exempelby.localhost"), Some("exempelby.localhost"));
    }
}
