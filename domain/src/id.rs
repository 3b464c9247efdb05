//! Identifiers that say nothing about what they name, one type for each thing so that they cannot be mixed up.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

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
    /// An authority source that an administrator has connected (källa).
    SourceId
    /// One question to one source about one person.
    QueryId
    /// One fetched row (hämtad uppgift).
    RowId
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
