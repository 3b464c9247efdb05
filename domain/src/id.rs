//! Identifiers that say nothing about what they name, one type for each thing so that they cannot be mixed up.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::wire::wire_struct;

macro_rules! identifiers {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        crate::wire::wire_newtype!($name);

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
    /// A file that is kept as proof of something stated (underlag).
    ProofId
    /// An authority source that an administrator has connected (källa).
    SourceId
    /// One question to one source about one person.
    QueryId
    /// One reading of the case of people with protected identity, with its reason.
    ReadingId
    /// One purpose for which an official has opened a case that is not theirs.
    PurposeId
    /// Something unusual in how cases are opened, as a supervisor is told of it.
    UnusualId
    /// Somebody whom an official is close to.
    RelationId
    /// A time in which one official stands in for another.
    SubstitutionId
    /// A calculation (normberäkning).
    CalculationId
    /// A decision (beslut).
    DecisionId
    /// What has been delegated to one official (delegation).
    DelegationId
    /// A payout (utbetalning).
    PayoutId
    /// That two adults of a case have moved apart (har flyttat isär).
    SeparationId
    /// A message (meddelande).
    MessageId
    /// A notice to a caseworker (advis).
    NoticeId
    /// Work to be done after a transaction (bakgrundsjobb).
    JobId
    /// A session, as its owner sees it in a list; it opens nothing.
    SessionId
}

/// One fetched row (hämtad uppgift): where it stands in the answer to a question. Written `question/index`, the
/// first as `question` alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RowId {
    /// The question that it answers.
    pub query: QueryId,
    /// Which row of its answer, from 0.
    pub index: usize,
}

wire_struct!(RowId { query, index });

/// The text names no fetched row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a fetched row: a question and an index are told as question/index")]
pub struct NoRowId;

impl std::fmt::Display for RowId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.index {
            0 => self.query.fmt(f),
            index => write!(f, "{}/{index}", self.query),
        }
    }
}

impl std::str::FromStr for RowId {
    type Err = NoRowId;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fetched_row_is_written_and_read() {
        let query = QueryId(Uuid::from_u128(7));
        for (index, written) in [(0, query.to_string()), (1, format!("{query}/1")), (300, format!("{query}/300"))] {
            let row = RowId { query, index };
            assert_eq!(serde_json::to_value(row).unwrap(), written.as_str());
            assert_eq!(written.parse(), Ok(row));
        }
        for none in ["", "/1", "7/1", &format!("{query}/"), &format!("{query}/-1"), &format!("{query}/1/1")] {
            assert_eq!(none.parse::<RowId>(), Err(NoRowId), "{none}");
        }
    }
}
