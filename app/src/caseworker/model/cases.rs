//! Who works in a case: what for it is opened, who has it, who stands in, who is close to whom.

use domain::id::{RenewalId, StaffId};
use domain::staff::RelationKind;
use domain::{NormMonth, PersonNumber};
use jiff::civil::Date;
use uuid::Uuid;

use crate::model::{CaseNumber, Form};

/// A case that is not one's own, before it is opened.
#[derive(Clone, PartialEq)]
pub struct OpenCase {
    /// The renewal or message.
    pub about: Uuid,
    pub case_number: CaseNumber,
    pub what: OpenedWhat,
    /// Who answers for it, by name.
    pub responsible: Option<String>,
    pub form: Form,
    /// Field `purpose`: a code of [`OpeningPurpose`](domain::opening::OpeningPurpose), or not chosen.
    pub purpose: String,
    /// Field `words`, as typed.
    pub words: String,
}

/// What is opened in a case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OpenedWhat {
    /// The renewal for this month.
    Renewal(NormMonth),
    Message,
}

/// A case that is handed over.
#[derive(Clone, PartialEq)]
pub struct AssignCase {
    pub renewal: RenewalId,
    pub case_number: CaseNumber,
    /// Who may have it, by name.
    pub others: Vec<(StaffId, String)>,
    pub form: Form,
}

/// Who stands in for whom.
#[derive(Clone, PartialEq)]
pub struct Substitutes {
    pub rows: Vec<SubstituteRow>,
    /// Who may stand in for the one who looks, by name.
    pub others: Vec<(StaffId, String)>,
    /// The examples of a first and a last day.
    pub examples: [Date; 2],
    pub form: Form,
    /// The fields, as typed.
    pub substitute: String,
    pub from: String,
    pub until: String,
}

/// One time in which somebody stands in for another.
#[derive(Clone, PartialEq)]
pub struct SubstituteRow {
    pub id: Uuid,
    /// Whether it is the one who looks that is away.
    pub is_own: bool,
    pub absent: String,
    pub substitute: String,
    pub from: Date,
    pub until: Date,
}

/// Whom the one who looks is close to.
#[derive(Clone, PartialEq)]
pub struct Relations {
    pub rows: Vec<RelationRow>,
    pub form: Form,
    /// The fields, as typed.
    pub number: String,
    pub kind: String,
}

/// Somebody whom they are close to.
#[derive(Clone, PartialEq)]
pub struct RelationRow {
    pub id: Uuid,
    pub kind: RelationKind,
    pub number: PersonNumber,
    pub since: Date,
}
