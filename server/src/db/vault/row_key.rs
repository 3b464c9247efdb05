//! The key of the row that a sealed value belongs to.

use domain::id::{
    CalculationId, CaseId, DecisionId, MessageId, PayoutId, PersonId, ProofId, PurposeId, QueryId, ReadingId,
    RelationId, RenewalId, StaffId,
};
use uuid::Uuid;

use super::sealed::Before;
use crate::random::{self, NoRandom};

/// Which of the values that a place has had: a number that stands beside the value, and is new with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version(pub i64);

impl Version {
    /// One that the place has not had. It is drawn, so that nobody need read the row first.
    pub fn new() -> Result<Self, NoRandom> {
        Ok(Self(i64::from_be_bytes(random::bytes()?)))
    }
}

/// The key of a row, without the municipality.
#[derive(Debug, Clone, Copy)]
pub enum RowKey<'a> {
    One(Uuid),
    /// Two identifiers, in the order of the primary key.
    Two(Uuid, Uuid),
    Digest(&'a [u8]),
    /// A row whose value is rewritten in place.
    Version(Uuid, Version),
    /// Such a row that two identifiers name.
    TwoVersion(Uuid, Uuid, Version),
}

macro_rules! row_keys {
    ($($id:ident)*) => {$(
        impl From<$id> for RowKey<'_> {
            fn from(id: $id) -> Self {
                Self::One(id.0)
            }
        }

        impl From<($id, Version)> for RowKey<'_> {
            fn from((id, version): ($id, Version)) -> Self {
                Self::Version(id.0, version)
            }
        }
    )*};
}

row_keys! { PersonId StaffId CaseId RenewalId QueryId CalculationId DecisionId PayoutId MessageId ProofId ReadingId PurposeId RelationId }

impl From<(RenewalId, PersonId)> for RowKey<'_> {
    fn from((renewal, person): (RenewalId, PersonId)) -> Self {
        Self::Two(renewal.0, person.0)
    }
}

impl From<(RenewalId, PersonId, Version)> for RowKey<'_> {
    fn from((renewal, person, version): (RenewalId, PersonId, Version)) -> Self {
        Self::TwoVersion(renewal.0, person.0, version)
    }
}

impl RowKey<'_> {
    pub(super) const fn has_version(self) -> bool {
        matches!(self, Self::Version(..) | Self::TwoVersion(..))
    }

    /// The bytes that are bound. No two keys have the same.
    pub(super) fn bytes(self) -> Vec<u8> {
        match self {
            Self::One(id) => [&[1], id.as_bytes().as_slice()].concat(),
            Self::Two(first, second) => [&[2], first.as_bytes().as_slice(), second.as_bytes()].concat(),
            Self::Digest(digest) => [&[3], digest].concat(),
            Self::Version(id, Version(version)) => [&[4], id.as_bytes().as_slice(), &version.to_be_bytes()].concat(),
            Self::TwoVersion(first, second, Version(version)) => {
                [&[5], first.as_bytes().as_slice(), second.as_bytes(), &version.to_be_bytes()].concat()
            }
        }
    }

    /// The bytes that were bound before values named their key. What was sealed under two identifiers before they were bound as they are is
    /// bound to their mixture, and nothing was bound to a version.
    pub(super) fn bytes_before(self, format: Before) -> Vec<u8> {
        match (self, format) {
            (Self::Two(first, second), Before::OneKey) => {
                Uuid::from_u128(first.as_u128() ^ second.as_u128().rotate_left(64)).as_bytes().to_vec()
            }
            (Self::One(id) | Self::Version(id, _), _) => id.as_bytes().to_vec(),
            (Self::Two(first, second), Before::OwnKeys) | (Self::TwoVersion(first, second, _), _) => {
                [first.as_bytes().as_slice(), second.as_bytes()].concat()
            }
            (Self::Digest(digest), _) => digest.to_vec(),
        }
    }
}
