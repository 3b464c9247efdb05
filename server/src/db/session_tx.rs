//! Transactions that begin with a session: municipality and who it is, in one statement.

use app::model::PersonName;
use domain::id::{CaseId, MunicipalityId, PersonId, StaffId};
use domain::renewal::state::SignerRole;
use domain::staff::StaffRole;
use jiff::Timestamp;
use uuid::Uuid;

use super::namesakes::Opened;
use super::{Actor, Db, DbError, TenantTx, names, query};

/// What a browser presents, and how old a session may be. All times are real time.
#[derive(Debug, Clone)]
pub struct Presented {
    /// The digest of the token.
    pub token_hash: Vec<u8>,
    pub now: Timestamp,
    /// The session must have been seen since then.
    pub seen_after: Timestamp,
    /// It must have been begun since then.
    pub begun_after: Timestamp,
    /// It is noted as seen when it was last noted before this.
    pub note_before: Timestamp,
}

/// The renewal or message that staff ask about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    pub id: Uuid,
    /// If it is in a closed case, or one that is not theirs: a reading or purpose counts that is open after this, in real time.
    pub open_after: Timestamp,
}

/// When a session was last seen and begun, in real time.
#[derive(Debug, Clone, Copy)]
pub struct SessionTimes {
    /// When it was last noted as seen.
    pub seen: Timestamp,
    /// When it was begun.
    pub begun: Timestamp,
}

/// A citizen's session that lives.
#[derive(Clone)]
pub(crate) struct CitizenSession {
    pub person: PersonId,
    pub name: PersonName,
    /// The ongoing case in which they are served, and as whom they sign in it.
    pub served: Option<(CaseId, SignerRole)>,
    /// Whether there is nothing for them here any more: they have nothing to read either, or somebody in their household has protected
    /// identity.
    pub is_barred: bool,
    /// Its times, this request among them.
    pub times: SessionTimes,
}

/// What somebody says before they open a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ToSay {
    /// Why they read a closed case.
    Reason,
    /// What for they open a case that is not theirs.
    Purpose,
}

/// A session of staff that lives.
#[derive(Clone)]
pub(crate) struct StaffSession {
    pub staff: StaffId,
    pub name: String,
    pub role: StaffRole,
    /// May read closed cases, with a reason.
    pub has_clearance: bool,
    /// Is told of readings of closed cases.
    pub supervises: bool,
    /// What they must say before they open what they ask about.
    pub to_say: Option<ToSay>,
    /// How many notices are unread.
    pub unread: i64,
    /// How many readings no supervisor has seen; 0 for who does not supervise.
    pub unseen_readings: i64,
    /// Its times, this request among them.
    pub times: SessionTimes,
}

impl TenantTx {
    /// Begins as the citizen of a session; nothing when there is no such session.
    pub(crate) async fn begin_for_citizen(
        db: &Db,
        municipality: MunicipalityId,
        presented: &Presented,
        at: Timestamp,
    ) -> Result<Option<(CitizenSession, Self)>, DbError> {
        let (row, tx, vault) = loop {
            let mut tx = db.begin(&db.tenant).await?;
            let row = query!(
                r#"
                select keys_of($1) as "keys!", s.person_id as "person_id!",
                       s.name_sealed as "name_sealed!", s.case_id, s.signs_as, s.is_barred as "is_barred!",
                       s.seen_at as "seen_at!", s.begun_at as "begun_at!"
                  from open_citizen_session($1, $2, $3, $4, $5, $6) s
                "#,
                municipality,
                &presented.token_hash,
                presented.now,
                presented.seen_after,
                presented.begun_after,
                presented.note_before,
            )
            .fetch_optional(&mut *tx)
            .await?;
            let Some(row) = row else { return Ok(None) };
            if let Some(vault) = db.vault_of(municipality, &row.keys).await? {
                break (row, tx, vault);
            }
        };
        let signs_as = row.signs_as.map(|code| {
            SignerRole::from_code(&code).ok_or(DbError::Inconsistent { column: "household_member.signs_as" })
        });
        let person = PersonId(row.person_id);
        let session = CitizenSession {
            person,
            name: names::open(&vault, person, &row.name_sealed)?,
            served: row.case_id.map(CaseId).zip(signs_as.transpose()?),
            is_barred: row.is_barred,
            times: SessionTimes { seen: row.seen_at.to_jiff(), begun: row.begun_at.to_jiff() },
        };
        let actor = Actor::Citizen(session.person);
        Ok(Some((session, Self::over(tx, municipality, actor, at, vault))))
    }

    /// Begins as the member of staff of a session, who asks about something; nothing when there is no such session.
    pub(crate) async fn begin_for_staff(
        db: &Db,
        municipality: MunicipalityId,
        presented: &Presented,
        about: Option<About>,
        at: Timestamp,
    ) -> Result<Option<(StaffSession, Self)>, DbError> {
        let (row, tx, vault) = loop {
            let mut tx = db.begin(&db.tenant).await?;
            let row = query!(
                r#"
                select keys_of($1) as "keys!", s.staff_id as "staff_id!", s.name as "name!",
                       s.role as "staff_role!", s.has_clearance as "has_clearance!", s.supervises as "supervises!",
                       s.needs_reason as "needs_reason!", s.needs_purpose as "needs_purpose!", s.unread as "unread!", s.unseen_readings as "unseen_readings!",
                       s.seen_at as "seen_at!", s.begun_at as "begun_at!", s.newly_opened, s.household as "household!",
                       s.household_names as "household_names!"
                  from open_staff_session($1, $2, $3, $4, $5, $6, $7, $8, $9) s
                "#,
                municipality,
                &presented.token_hash,
                presented.now,
                presented.seen_after,
                presented.begun_after,
                presented.note_before,
                about.map(|about| about.id),
                about.map_or(presented.now, |about| about.open_after),
                at,
            )
            .fetch_optional(&mut *tx)
            .await?;
            let Some(row) = row else { return Ok(None) };
            if let Some(vault) = db.vault_of(municipality, &row.keys).await? {
                break (row, tx, vault);
            }
        };
        let session = StaffSession {
            staff: StaffId(row.staff_id),
            name: row.name,
            role: StaffRole::from_code(&row.staff_role).ok_or(DbError::Inconsistent { column: "staff.role" })?,
            has_clearance: row.has_clearance,
            supervises: row.supervises,
            to_say: match (row.needs_reason, row.needs_purpose) {
                (true, _) => Some(ToSay::Reason),
                (false, true) => Some(ToSay::Purpose),
                (false, false) => None,
            },
            unread: row.unread,
            unseen_readings: row.unseen_readings,
            times: SessionTimes { seen: row.seen_at.to_jiff(), begun: row.begun_at.to_jiff() },
        };
        let actor = match session.role {
            StaffRole::Caseworker => Actor::Caseworker(session.staff),
            StaffRole::Admin => Actor::Admin(session.staff),
        };
        let mut tx = Self::over(tx, municipality, actor, at, vault);
        let opened = Opened { case: row.newly_opened, household: row.household, names: row.household_names };
        opened.note_namesakes(&mut tx, &session).await?;
        Ok(Some((session, tx)))
    }
}
