//! Queries that take the domain's own types as arguments.
//!
//! `query!`, `query_as!` and `query_scalar!` are sqlx's macros of the same names, checked against the database when compiling, with each
//! argument turned into the type of its column by [`Bind`].

use domain::authority::{Agency, FailureKind};
use domain::decision::Outcome;
use domain::id::{
    CalculationId, CaseId, DecisionId, DelegationId, JobId, MessageId, MunicipalityId, NoticeId, PayoutId, PersonId,
    ProofId, PurposeId, QueryId, ReadingId, RelationId, RenewalId, SeparationId, SessionId, SourceId, StaffId,
    StatementId, SubstitutionId, UnusualId,
};
use domain::job::{DropReason, JobCause};
use domain::message::MessageSubject;
use domain::payout::PayoutState;
use domain::protection::Protection;
use domain::renewal::Stage;
use domain::renewal::state::{SignatureState, SignerRole};
use domain::staff::StaffRole;
use domain::{Money, NormMonth};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::ToSqlx as _;
use uuid::Uuid;

use super::Version;

/// A type of ours as an argument of a query.
pub(crate) trait Bind {
    /// The type that sqlx sends.
    type Sql;

    /// The value to send.
    fn bind(self) -> Self::Sql;
}

macro_rules! query {
    ($sql:literal $(, $arg:expr)* $(,)?) => {
        sqlx::query!($sql $(, $crate::db::Bind::bind($arg))*)
    };
}

macro_rules! query_as {
    ($row:path, $sql:literal $(+ $more:literal)* $(, $arg:expr)* $(,)?) => {
        sqlx::query_as!($row, $sql $(+ $more)* $(, $crate::db::Bind::bind($arg))*)
    };
}

macro_rules! query_scalar {
    ($sql:literal $(, $arg:expr)* $(,)?) => {
        sqlx::query_scalar!($sql $(, $crate::db::Bind::bind($arg))*)
    };
}

pub(crate) use {query, query_as, query_scalar};

macro_rules! identifiers {
    ($($id:ident)*) => {$(
        impl Bind for $id {
            type Sql = Uuid;

            fn bind(self) -> Uuid {
                self.0
            }
        }

        impl Bind for &[$id] {
            type Sql = Vec<Uuid>;

            fn bind(self) -> Vec<Uuid> {
                self.iter().map(|id| id.0).collect()
            }
        }
    )*};
}

identifiers! {
    CalculationId CaseId DecisionId DelegationId JobId MessageId MunicipalityId NoticeId PayoutId PersonId ProofId PurposeId QueryId
    ReadingId RelationId SeparationId RenewalId SessionId SourceId StaffId StatementId SubstitutionId UnusualId
}

macro_rules! codes {
    ($($code:ty)*) => {$(
        impl Bind for $code {
            type Sql = &'static str;

            fn bind(self) -> &'static str {
                self.code()
            }
        }
    )*};
}

codes! { Agency DropReason FailureKind JobCause MessageSubject Outcome PayoutState Protection SignatureState SignerRole StaffRole Stage }

macro_rules! as_they_are {
    ($($own:ty)*) => {$(
        impl Bind for $own {
            type Sql = $own;

            fn bind(self) -> $own {
                self
            }
        }
    )*};
}

as_they_are! {
    bool i16 i32 i64 Uuid String Vec<u8> serde_json::Value
    Vec<Uuid>
}

impl<'a, T: ?Sized> Bind for &'a T
where
    T: BindBorrowed,
{
    type Sql = &'a T::Sql;

    fn bind(self) -> &'a T::Sql {
        self.borrowed()
    }
}

/// What is sent without a copy.
pub(crate) trait BindBorrowed {
    /// The type that sqlx sends a reference to.
    type Sql: ?Sized;

    /// The value to send.
    fn borrowed(&self) -> &Self::Sql;
}

macro_rules! borrowed {
    ($($own:ty => $sql:ty),* $(,)?) => {$(
        impl BindBorrowed for $own {
            type Sql = $sql;

            fn borrowed(&self) -> &$sql {
                self
            }
        }
    )*};
}

borrowed! {
    str => str,
    String => str,
    [String] => [String],
    [u8] => [u8],
    [i64] => [i64],
    Vec<u8> => [u8],
    [Vec<u8>] => [Vec<u8>],
    serde_json::Value => serde_json::Value,
    [serde_json::Value] => [serde_json::Value],
}

impl Bind for Timestamp {
    type Sql = jiff_sqlx::Timestamp;

    fn bind(self) -> Self::Sql {
        self.to_sqlx()
    }
}

impl Bind for Date {
    type Sql = jiff_sqlx::Date;

    fn bind(self) -> Self::Sql {
        self.to_sqlx()
    }
}

impl Bind for Version {
    type Sql = i64;

    fn bind(self) -> i64 {
        self.0
    }
}

/// The first day of the month.
impl Bind for NormMonth {
    type Sql = jiff_sqlx::Date;

    fn bind(self) -> Self::Sql {
        self.first_day().to_sqlx()
    }
}

/// The amount in öre.
impl Bind for Money {
    type Sql = i64;

    fn bind(self) -> i64 {
        self.ore()
    }
}

impl<T: Bind> Bind for Option<T> {
    type Sql = Option<T::Sql>;

    fn bind(self) -> Self::Sql {
        self.map(T::bind)
    }
}
