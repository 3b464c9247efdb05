//! What open pages ask now and then: one statement each, which unseals nothing and does not keep the session alive. Nothing comes back without
//! a living session of the right kind.

use domain::id::{MunicipalityId, RenewalId};
use domain::staff::StaffRole;

use super::{Db, DbError, Presented, SessionTimes, query, query_scalar};

/// How a session stands that nobody has used.
#[derive(Debug, Clone)]
pub struct SessionStanding {
    pub times: SessionTimes,
    /// The role of its member of staff, where it is one's.
    pub role: Option<StaffRole>,
}

impl Db {
    /// How a session stands, of staff or of a citizen.
    pub async fn session_standing(
        &self,
        municipality: MunicipalityId,
        presented: &Presented,
        of_staff: bool,
    ) -> Result<Option<SessionStanding>, DbError> {
        let row = query!(
            r#"select seen_at as "seen_at!", begun_at as "begun_at!", role from session_times($1, $2, $3, $4, $5)"#,
            municipality,
            &presented.token_hash,
            of_staff,
            presented.seen_after,
            presented.begun_after,
        )
        .fetch_optional(&mut *self.connection().await?)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let role =
            row.role.map(|role| StaffRole::from_code(&role).ok_or(DbError::Inconsistent { column: "staff.role" }));
        let times = SessionTimes { seen: row.seen_at.to_jiff(), begun: row.begun_at.to_jiff() };
        Ok(Some(SessionStanding { times, role: role.transpose()? }))
    }

    /// How many sources have not answered yet about the citizen of a session.
    pub async fn awaited_answers(
        &self,
        municipality: MunicipalityId,
        presented: &Presented,
    ) -> Result<Option<i64>, DbError> {
        Ok(query_scalar!(
            "select awaited_answers($1, $2, $3, $4)",
            municipality,
            &presented.token_hash,
            presented.seen_after,
            presented.begun_after,
        )
        .fetch_one(&mut *self.connection().await?)
        .await?)
    }

    /// The revision of the draft that the citizen of a session has begun; -1 when there is none any more.
    pub async fn own_draft_revision(
        &self,
        municipality: MunicipalityId,
        presented: &Presented,
    ) -> Result<Option<i32>, DbError> {
        Ok(query_scalar!(
            "select own_draft_revision($1, $2, $3, $4)",
            municipality,
            &presented.token_hash,
            presented.seen_after,
            presented.begun_after,
        )
        .fetch_one(&mut *self.connection().await?)
        .await?)
    }

    /// The revision of what is typed towards the decision on a renewal, to a caseworker; -1 when there is nothing to decide any more.
    pub async fn decision_draft_revision(
        &self,
        municipality: MunicipalityId,
        presented: &Presented,
        renewal: RenewalId,
    ) -> Result<Option<i32>, DbError> {
        Ok(query_scalar!(
            "select decision_draft_revision($1, $2, $3, $4, $5, $6)",
            municipality,
            &presented.token_hash,
            presented.now,
            presented.seen_after,
            presented.begun_after,
            renewal,
        )
        .fetch_one(&mut *self.connection().await?)
        .await?)
    }
}
