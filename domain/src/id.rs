//! Identifiers that say nothing about what they name, one type for each thing so that they cannot be mixed up.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

identifiers! {
    /// A municipality (kommun): the controller of its data.
    MunicipalityId
    /// A person in a municipality's register (sökande, medsökande, barn).
    PersonId
    /// A member of a municipality's staff (handläggare, administratör).
    StaffId
    /// A case (ärende).
    CaseId
    /// A renewal (förnyad ansökan).
    RenewalId
    /// Something the applicant stated (lämnad uppgift).
    StatementId
    /// An authority source that an administrator has connected (källa).
    SourceId
    /// One question to one source about one person.
    QueryId
    /// A calculation (normberäkning).
    CalculationId
    /// A decision (beslut).
    DecisionId
    /// A payout (utbetalning).
    PayoutId
    /// A message (meddelande).
    MessageId
    /// A notice to a caseworker (advis).
    NoticeId
    /// A pending signature.
    SigningId
}

/// One fetched row (hämtad uppgift): where it stands in the answer to a question. Written `question/index`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RowId {
    /// The question.
    pub query: QueryId,
    /// Which row of its answer, from 0.
    pub index: usize,
}

/// The text names no fetched row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a fetched row: a question and an index are told as question/index")]
pub struct NoRowId;

impl std::fmt::Display for RowId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.query, self.index)
    }
}

impl std::str::FromStr for RowId {
    type Err = NoRowId;

    /// A text without an index names the first row.
    fn from_str(text: &str) -> Result<Self, NoRowId> {
        let (query, index) = text.split_once('/').unwrap_or((text, "0"));
        match (query.parse(), index.parse()) {
            (Ok(query), Ok(index)) => Ok(Self { query, index }),
            _ => Err(NoRowId),
        }
    }
}

impl TryFrom<String> for RowId {
    type Error = NoRowId;

    fn try_from(text: String) -> Result<Self, NoRowId> {
        text.parse()
    }
}

impl From<RowId> for String {
    fn from(row: RowId) -> Self {
        row.to_string()
    }
}
