//! What an operator does to an installation beside running it.

mod archive;
mod backup;
mod destroy;
#[cfg(test)]
mod drill_tests;
mod programs;
mod restore;
mod rotate;
#[cfg(test)]
mod rotate_tests;

use std::path::{Path, PathBuf};

use domain::id::MunicipalityId;
use domain::norm::MunicipalSettings;

use crate::case::municipal_settings::{self, AddError};
use crate::clock::Clock;
use crate::db::{Actor, Db, DbError, SystemTx, TenantTx};

pub use archive::ArchiveError;
pub use backup::{BackupError, backup};
pub use destroy::destroy_keys;
pub use programs::ProgramError;
pub use restore::{RestoreError, restore};
pub use rotate::{rotate_data_keys, rotate_master_key};

/// What an operator asked for was not done. The text says what to mend.
#[derive(Debug, thiserror::Error)]
pub enum OperateError {
    /// The file is not of its form, or its guidelines do not fit together.
    #[error("the settings in {file} cannot be used")]
    Form {
        file: PathBuf,
        /// What is wrong and where.
        source: toml::de::Error,
    },
    /// The file cannot be read.
    #[error("{file} cannot be read")]
    File { file: PathBuf, source: std::io::Error },
    /// No municipality of the installation has this host.
    #[error("no municipality has the host {0}")]
    NoMunicipality(String),
    /// They are not newer than those that are there.
    #[error(transparent)]
    Add(#[from] AddError),
    #[error(transparent)]
    Db(#[from] DbError),
    /// They stay as they are, and so do the older keys.
    #[error("{0} sealed values do not open, as the log says: the keys before the newest are kept")]
    Unopened(usize),
}

/// Puts the settings of a TOML file in for the municipality at a host.
pub async fn add_municipal_settings(db: &Db, clock: &Clock, host: &str, file: &Path) -> Result<(), OperateError> {
    let named = || file.to_owned();
    let text = std::fs::read_to_string(file).map_err(|source| OperateError::File { file: named(), source })?;
    let settings: MunicipalSettings =
        toml::from_str(&text).map_err(|source| OperateError::Form { file: named(), source })?;
    let municipality = municipality_at(db, host).await?;
    let mut tx = TenantTx::begin(db, municipality, Actor::System, clock.business()).await?;
    municipal_settings::add(&mut tx, &settings).await?;
    tx.commit().await?;
    tracing::info!(version = settings.reference().version, "The settings of {host} count from {}", settings.from());
    Ok(())
}

/// The municipality at a host.
async fn municipality_at(db: &Db, host: &str) -> Result<MunicipalityId, OperateError> {
    let mut system = SystemTx::begin(db).await?;
    let found = system.municipality_at(host).await?;
    system.commit().await?;
    found.map(|row| MunicipalityId(row.id)).ok_or_else(|| OperateError::NoMunicipality(host.to_owned()))
}

#[cfg(test)]
mod tests {
    use domain::norm::seed;
    use sqlx::PgPool;

    use super::*;
    use crate::test_support::{Towns, audited};

    #[sqlx::test(migrations = "../migrations")]
    async fn a_file_is_checked_and_put_in_for_one_municipality(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let service = &stage.service;
        let host = stage.home.host.split(':').next().unwrap();
        let (_, example) = seed::EXAMPLE_SETTINGS[0];
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("settings.toml");
        let put_in = async |host: &str, text: &str| {
            std::fs::write(&file, text).unwrap();
            add_municipal_settings(&stage.register, &service.clock, host, &file).await
        };

        let again = put_in(host, example).await.unwrap_err();
        assert!(again.to_string().contains("need a higher one"), "{again}");
        let next = format!("{}\n", example.replacen("version = 2", "version = 3", 1));
        let elsewhere = put_in("nowhere.example.se", &next).await.unwrap_err();
        assert!(matches!(elsewhere, OperateError::NoMunicipality(_)), "{elsewhere}");
        for wrong in [next.replacen("persons-through", "persons-trough", 1), next.replacen("\"7000\"", "\"-7000\"", 1)]
        {
            let refused = put_in(host, &wrong).await.unwrap_err();
            assert!(matches!(refused, OperateError::Form { .. }), "{refused}");
        }
        put_in(host, &next).await.unwrap();

        let mut tx = stage.tx(&stage.home).await;
        assert_eq!(municipal_settings::latest(&mut tx).await.unwrap(), Some(3));
        assert_eq!(audited(&mut tx, "added-settings").await, 2);
        let mut tx = stage.tx(&stage.away).await;
        assert_eq!(audited(&mut tx, "added-settings").await, 1, "another municipality's are untouched");
    }
}
