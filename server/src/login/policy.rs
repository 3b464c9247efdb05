//! Who may do what: the only maker of actors and of proofs.
//!
//! A [`Citizen`], [`Caseworker`] or [`Admin`] exists only when a session said so in this request, and an [`OwnRenewal`] only when the
//! database said that the renewal is in the citizen's own case. Functions that touch such things take them as arguments, so that
//! a check cannot be forgotten.

use app::document::Viewer;
use app::port::PersonName;
use domain::NormMonth;
use domain::id::{CaseId, PersonId, RenewalId, StaffId};
use domain::renewal::Stage;
use domain::renewal::state::SignerRole;
use jiff::civil::Date;
use jiff_sqlx::{Date as SqlDate, ToSqlx as _};

use super::oidc::VerifiedSignature;
use crate::db::{Actor, Column, DbError, TenantTx};

/// A citizen with an ongoing case, logged in.
#[derive(Clone)]
pub struct Citizen {
    pub(super) person: PersonId,
    pub(super) case: CaseId,
    pub(super) signs_as: SignerRole,
    pub(super) name: PersonName,
}

impl Citizen {
    /// Who it is.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The ongoing case.
    pub fn case(&self) -> CaseId {
        self.case
    }

    /// As whom they sign.
    pub fn signs_as(&self) -> SignerRole {
        self.signs_as
    }

    /// The name.
    pub fn name(&self) -> PersonName {
        self.name.clone()
    }
}

/// A caseworker, logged in.
#[derive(Clone)]
pub struct Caseworker {
    pub(super) staff: StaffId,
    pub(super) name: String,
    pub(super) unread: u32,
}

impl Caseworker {
    /// Who it is.
    pub fn staff(&self) -> StaffId {
        self.staff
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// An administrator, logged in.
#[derive(Clone)]
pub struct Admin {
    pub(super) staff: StaffId,
    pub(super) name: String,
}

impl Admin {
    /// Who it is.
    pub fn staff(&self) -> StaffId {
        self.staff
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Whoever stands behind a request. The guard of an address makes it; there is no other way to one.
pub trait Behind: Clone + Send + Sync + 'static {
    /// The actor of the transactions and the audit trail.
    fn actor(&self) -> Actor;

    /// How the page's header names them.
    fn viewer(&self) -> Viewer;
}

impl Behind for Citizen {
    fn actor(&self) -> Actor {
        Actor::Citizen(self.person)
    }

    fn viewer(&self) -> Viewer {
        Viewer::Citizen { name: self.name() }
    }
}

impl Behind for Caseworker {
    fn actor(&self) -> Actor {
        Actor::Caseworker(self.staff)
    }

    fn viewer(&self) -> Viewer {
        Viewer::Caseworker { name: self.name.clone(), unread: self.unread }
    }
}

impl Behind for Admin {
    fn actor(&self) -> Actor {
        Actor::Admin(self.staff)
    }

    fn viewer(&self) -> Viewer {
        Viewer::Administrator { name: self.name.clone() }
    }
}

/// Somebody who has not logged in, or whose login does not matter here.
#[derive(Clone)]
pub struct Visitor;

impl Behind for Visitor {
    fn actor(&self) -> Actor {
        Actor::Visitor
    }

    fn viewer(&self) -> Viewer {
        Viewer::Anonymous
    }
}

/// A renewal in the citizen's own case, its row locked until the transaction ends.
pub struct OwnRenewal {
    id: RenewalId,
    month: NormMonth,
    stage: Stage,
    begun_by: PersonId,
}

impl OwnRenewal {
    /// The citizen's living renewal for a month, locked so that two posts at once take turns.
    pub async fn for_month(tx: &mut TenantTx, citizen: &Citizen, month: NormMonth) -> Result<Option<Self>, DbError> {
        let municipality = tx.municipality().0;
        let row = sqlx::query!(
            r#"
            select id, norm_month as "norm_month: SqlDate", state, begun_by
              from renewal
             where municipality_id = $1 and case_id = $2 and norm_month = $3 and state <> 'withdrawn'
               for update
            "#,
            municipality,
            citizen.case.0,
            month.first_day().to_sqlx() as _,
        )
        .fetch_optional(tx.connection())
        .await?;
        row.map(|row| Self::read(row.id, row.norm_month.to_jiff(), &row.state, row.begun_by)).transpose()
    }

    /// One of the citizen's renewals by its identifier; another's is not found.
    pub async fn by_id(tx: &mut TenantTx, citizen: &Citizen, id: RenewalId) -> Result<Option<Self>, DbError> {
        let municipality = tx.municipality().0;
        let row = sqlx::query!(
            r#"
            select id, norm_month as "norm_month: SqlDate", state, begun_by
              from renewal
             where municipality_id = $1 and case_id = $2 and id = $3
               for update
            "#,
            municipality,
            citizen.case.0,
            id.0,
        )
        .fetch_optional(tx.connection())
        .await?;
        row.map(|row| Self::read(row.id, row.norm_month.to_jiff(), &row.state, row.begun_by)).transpose()
    }

    fn read(id: uuid::Uuid, month: Date, state: &str, begun_by: uuid::Uuid) -> Result<Self, DbError> {
        Ok(Self {
            id: RenewalId(id),
            month: NormMonth::of(month).map_err(|_| DbError::Inconsistent { column: "renewal.norm_month" })?,
            stage: Stage::from_code(state).ok_or(DbError::Inconsistent { column: "renewal.state" })?,
            begun_by: PersonId(begun_by),
        })
    }

    /// Which.
    pub fn id(&self) -> RenewalId {
        self.id
    }

    /// The month applied for.
    pub fn month(&self) -> NormMonth {
        self.month
    }

    /// Where it stood when it was locked.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// Who began it: the draft is theirs.
    pub fn begun_by(&self) -> PersonId {
        self.begun_by
    }
}

/// A renewal that a verified signature is for: its signer is to sign it, and its row is locked until the transaction ends.
pub struct SignersRenewal {
    id: RenewalId,
    case: CaseId,
    person: PersonId,
    role: SignerRole,
}

impl SignersRenewal {
    /// The renewal, if the one who signed is to sign it. No session is asked for: the signature itself says who it is, and it was begun
    /// in one.
    pub async fn lock(
        tx: &mut TenantTx,
        signature: &VerifiedSignature,
        renewal: RenewalId,
    ) -> Result<Option<Self>, DbError> {
        let municipality = tx.municipality().0;
        let number = signature.signer().number();
        let index = tx.vault().index(Column::PersonNumber, number.digits().as_bytes());
        let row = sqlx::query!(
            r#"
            select r.id, r.case_id, p.id as person_id, s.role
              from renewal r
              join signer s on (s.municipality_id, s.renewal_id) = (r.municipality_id, r.id)
              join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
              join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
             where r.municipality_id = $1 and r.id = $2 and p.number_index = $3
               and not p.protected and c.closed_on is null
               for update of r
            "#,
            municipality,
            renewal.0,
            index,
        )
        .fetch_optional(tx.connection())
        .await?;
        row.map(|row| {
            Ok(Self {
                id: RenewalId(row.id),
                case: CaseId(row.case_id),
                person: PersonId(row.person_id),
                role: SignerRole::from_code(&row.role).ok_or(DbError::Inconsistent { column: "signer.role" })?,
            })
        })
        .transpose()
    }

    /// Which.
    pub fn id(&self) -> RenewalId {
        self.id
    }

    /// The case.
    pub fn case(&self) -> CaseId {
        self.case
    }

    /// Who signs.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// In which role.
    pub fn role(&self) -> SignerRole {
        self.role
    }
}
