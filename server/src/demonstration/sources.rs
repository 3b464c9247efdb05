//! The settings with which the demo's authorities are asked, as an administrator would have set them.

use demo::authorities::Handle;
use demo::people::DemoMunicipality;
use domain::authority::{Agency, RowKind};
use domain::kind::ExpenseKind;
use url::Url;

use crate::authority::{
    Board, JsonMapping, LEGAL_BASIS, NetworkRules, SourceKind, SourceSettings, TlsFiles, Wording, WordingError,
};

/// What the installation must allow to reach the authorities.
pub(crate) fn network_rules(authorities: &Handle) -> NetworkRules {
    let host = |url: &Url| format!("{}:{}", url.host_str().unwrap_or_default(), url.port().unwrap_or_default());
    let allowed = [&authorities.ssbtek_url, &authorities.json_url].map(host).into();
    NetworkRules { allowed, loopback: true, private: false }
}

/// How a municipality asks an agency.
pub(crate) fn ssbtek(
    authorities: &Handle,
    agency: Agency,
    municipality: &DemoMunicipality,
) -> Result<SourceSettings, WordingError> {
    let board = Board {
        organisation_number: municipality.organisation_number.clone(),
        name: Wording::new(&municipality.name)?,
        fk_actor: Some(Wording::new(&municipality.fk_actor)?),
        legal_basis: Wording::new(LEGAL_BASIS)?,
    };
    Ok(SourceSettings {
        kind: SourceKind::Ssbtek { agency, board },
        endpoint: authorities.ssbtek_url.clone(),
        connect_timeout_ms: 2_000,
        answer_timeout_ms: 5_000,
        tls: Some(TlsFiles {
            identity: Some(authorities.client_identity_pem_path.clone()),
            trust: authorities.ca_pem_path.clone(),
        }),
        bearer_file: None,
    })
}

/// How the energy company is asked for invoices.
pub(crate) fn energy(authorities: &Handle) -> SourceSettings {
    let field = str::to_owned;
    let mapping = JsonMapping {
        person_field: field("customer"),
        first_day_field: field("from"),
        last_day_field: field("to"),
        rows: field("/invoices"),
        label_field: field("label"),
        amount_field: field("amount"),
        date_field: field("due"),
        month_field: Some(field("month")),
        complete_field: Some(field("complete")),
        row_kind: RowKind::Expense(ExpenseKind::Electricity),
        health: Some(authorities.json_health_url.clone()),
    };
    SourceSettings {
        kind: SourceKind::Json(Box::new(mapping)),
        endpoint: authorities.json_url.clone(),
        connect_timeout_ms: 2_000,
        answer_timeout_ms: 5_000,
        tls: None,
        bearer_file: Some(authorities.json_token_path.clone()),
    }
}
