//! How a source is reached and what it is: the settings that an administrator edits and the installation's owner bounds.

use std::path::PathBuf;
use std::time::Duration;

use domain::authority::{Agency, RowKind};
use serde::{Deserialize, Serialize};
use url::Url;

use super::question::Wording;

/// The rule that lets a social welfare board ask, named to the authority in each SSBTEK question.
pub(crate) const LEGAL_BASIS: &str = "15 kap. 10-12 §§ socialtjänstlagen (2025:400)";

/// One source of one municipality.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceSettings {
    /// What speaks at the other end.
    pub kind: SourceKind,
    /// Where it listens. No user name, query or fragment.
    pub endpoint: Url,
    /// The longest wait for a connection, 100 ms to 60 s.
    pub connect_timeout_ms: u32,
    /// The longest wait for the whole answer once connected, 100 ms to 120 s.
    pub answer_timeout_ms: u32,
    /// Certificates; needed for https.
    pub tls: Option<TlsFiles>,
    /// A file that holds a token sent as `Authorization: Bearer`.
    pub bearer_file: Option<PathBuf>,
}

impl SourceSettings {
    /// The connect timeout as a duration.
    pub fn connect_timeout(&self) -> Duration {
        Duration::from_millis(self.connect_timeout_ms.into())
    }

    /// The answer timeout as a duration.
    pub fn answer_timeout(&self) -> Duration {
        Duration::from_millis(self.answer_timeout_ms.into())
    }
}

/// PEM files on the server. Their paths belong to the installation's owner, never to a form in a browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsFiles {
    /// Certificate chain and private key of the asking board, where the source wants a client certificate.
    pub identity: Option<PathBuf>,
    /// The certificates that the source's certificate must lead to. Nothing else is trusted.
    pub trust: PathBuf,
}

/// What speaks at the other end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "speaks", rename_all = "snake_case", deny_unknown_fields)]
pub enum SourceKind {
    /// One agency through SSBTEK (sammansatt bastjänst ekonomiskt bistånd), contract 10.
    Ssbtek {
        agency: Agency,
        /// The board that asks.
        board: Board,
    },
    /// A JSON service such as a municipality's energy company.
    Json(Box<JsonMapping>),
}

/// The social welfare board (nämnd) that asks (ingivare).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Board {
    /// Twelve digits, `16` before the ten.
    pub organisation_number: String,
    /// The municipality's or the board's name.
    pub name: Wording,
    /// The identifier that Försäkringskassan knows the board by (aktörsid); needed for the agencies that answer through LEFI.
    pub fk_actor: Option<Wording>,
    /// The rule named in the question (lagtext); [`LEGAL_BASIS`] where nothing else has been agreed.
    pub legal_basis: Wording,
}

/// How questions and answers of a JSON source are spelled. The question is a POST, so that no address holds a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JsonMapping {
    /// The field of the question that holds the person's twelve digits.
    pub person_field: String,
    /// The field of the question that holds the first day.
    pub first_day_field: String,
    /// The field of the question that holds the last day.
    pub last_day_field: String,
    /// Where the list of rows is in the answer, as a JSON Pointer (RFC 6901).
    pub rows: String,
    /// The field of a row that holds its words.
    pub label_field: String,
    /// The field of a row that holds kronor, as text or number.
    pub amount_field: String,
    /// The field of a row that holds the day of payment or the due day, `2026-11-28`.
    pub date_field: String,
    /// The field of a row that holds the month it is for, `2026-11`, if there is one.
    pub month_field: Option<String>,
    /// A field at the top of the answer that is false when something is missing, if there is one.
    pub complete_field: Option<String>,
    /// What each row is to the calculation.
    pub row_kind: RowKind,
    /// An address on the same host that answers a GET with success when the service is well; for the connection test.
    pub health: Option<Url>,
}
