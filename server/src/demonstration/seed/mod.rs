//! What the municipalities of the demo already have when the service meets them: their register, cases, staff and sources, and a year of
//! history. Written once, into an empty database.

mod history;
mod officials;
mod register;

use domain::id::MunicipalityId;
use domain::norm::seed as rules;

use super::world::World;
use demo::people::DemoMunicipality;
use history::HistoryError;

use crate::authority::WordingError;
use crate::case::municipal_settings::{self, AddError};
use crate::db::{Actor, DbError, MunicipalityRow, NewMunicipality, SystemTx, TenantTx, through_db};
use crate::service::Service;

/// The demo's data could not be written.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error("the demo's data cannot be written")]
    Db(#[from] DbError),
    /// A name that an authority cannot be told.
    #[error(transparent)]
    Wording(#[from] WordingError),
    /// The example settings of a municipality are not settings.
    #[error("the settings of {municipality} cannot be read")]
    SettingsForm { municipality: String, source: toml::de::Error },
    /// The example settings could not be put in.
    #[error(transparent)]
    Settings(#[from] AddError),
    /// The year of history could not be told.
    #[error("the demo's year of history cannot be written")]
    History(#[from] HistoryError),
}

through_db!(SeedError);

/// Writes what is not there yet.
pub(super) async fn fill(service: &Service, world: &World) -> Result<(), SeedError> {
    let people = &world.people;
    for municipality in &people.municipalities {
        let id = municipality_id(municipality);
        let mut system = SystemTx::begin(&service.db).await?;
        system.add_municipality(&new(id, municipality)).await?;
        system.commit().await?;
        let mut tx = TenantTx::begin(&service.db, id, Actor::System, service.clock.business()).await?;
        if register::is_empty(&mut tx).await? {
            tracing::info!(municipality = municipality.key, "Writing the register of {}", municipality.name);
            register::fill(&mut tx, people, municipality, &world.authorities).await?;
        }
        officials::fill(&mut tx, people, municipality).await?;
        add_settings(&mut tx, municipality).await?;
        tx.commit().await?;
        history::fill(service, world, municipality, id).await?;
    }
    Ok(())
}

/// Puts the example settings in, unless the municipality has some. Without any it gets no figures.
async fn add_settings(tx: &mut TenantTx, municipality: &DemoMunicipality) -> Result<(), SeedError> {
    let Some(text) = rules::example_settings(&municipality.key) else { return Ok(()) };
    if municipal_settings::latest(tx).await?.is_some() {
        return Ok(());
    }
    let settings = toml::from_str(text)
        .map_err(|source| SeedError::SettingsForm { municipality: municipality.key.clone(), source })?;
    Ok(municipal_settings::add(tx, &settings).await?)
}

/// The same at every start, so that a second start finds what the first wrote.
fn municipality_id(municipality: &DemoMunicipality) -> MunicipalityId {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(municipality.organisation_number.bytes()).for_each(|(byte, digit)| *byte = digit);
    MunicipalityId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

fn new(id: MunicipalityId, municipality: &DemoMunicipality) -> NewMunicipality {
    NewMunicipality {
        slug: municipality.key.clone(),
        host: municipality.host.clone(),
        organisation_number: municipality.organisation_number.clone(),
        row: MunicipalityRow {
            id: id.0,
            name: municipality.name.clone(),
            window_opens_day: 16,
            window_closes_day: 10,
            window_late_days: 10,
            pay_day: 27,
            decide_within_days: 10,
            phone: "0123-45 67 89".to_owned(),
            phone_hours: "Vardagar 9–11 och 13–15".to_owned(),
            visiting_address: municipality.visiting_address.clone(),
            postal_address: municipality.postal_address.clone(),
        },
    }
}
