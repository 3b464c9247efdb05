//! `/admin/officials/{id}/end`: somebody's access is ended, after a question.

use app::admin::end_official;
use domain::id::StaffId;
use domain::staff::StaffRole;

use super::official::read;
use crate::case::{delegations, head, notices, proposals};
use crate::db::{Action, Actor, DbError, Object, TenantTx, query};
use crate::http::{Path, Problem, Reply, Visit};
use crate::session::policy::Admin;
use crate::session::{Owner, list};

/// `GET`: the question before it. Oneself, and who has been ended, is no question: their page says so.
pub(crate) async fn page(mut visit: Visit<Admin>, Path(id): Path<StaffId>) -> Reply {
    let official = read(&mut visit, id).await?;
    if id == visit.actor.staff() || official.ended.is_some() {
        return visit.see_other(&format!("/admin/officials/{id}")).await;
    }
    visit.tx.audit(Action::SawOfficials, Object::Staff(id)).await?;
    visit.page(end_official::page(official)).await
}

/// `POST`: no session of theirs lives, nothing is delegated to them, and nothing waits for them alone. Pressed twice, it is done once.
pub(crate) async fn act(mut visit: Visit<Admin>, Path(id): Path<StaffId>) -> Reply {
    let (admin, tx) = (visit.actor.staff(), &mut visit.tx);
    let by = Actor::Admin(admin);
    match lock(tx, admin, id).await? {
        Ends::Unknown => return Err(Problem::NotFound),
        Ends::Nobody => {}
        Ends::Them(role) => {
            if role == StaffRole::Caseworker {
                // An administrator knows of no case: the service takes the cases from them.
                tx.stand_for(Actor::System).await?;
                let cases = head::leave_all(tx, id).await?;
                notices::hand_to_all(tx, id).await?;
                let proposals = proposals::forget_all(tx, id).await?;
                tx.stand_for(by).await?;
                tx.audit_each(Action::LeftCase, Object::Case, &cases).await?;
                tx.audit_each(Action::EndedProposal, Object::Renewal, &proposals).await?;
                delegations::delegate(tx, id, admin, &[]).await?;
            }
            end(tx, id, admin).await?;
            if list::end_all(tx, Owner::Staff(id)).await? > 0 {
                tx.audit(Action::EndedSessions, Object::Staff(id)).await?;
            }
            tx.audit(Action::EndedOfficial, Object::Staff(id)).await?;
        }
    }
    visit.see_other(&format!("/admin/officials/{id}")).await
}

/// Whose access ends.
enum Ends {
    /// There is nobody of this name here.
    Unknown,
    /// It has been ended already, or it is one's own.
    Nobody,
    Them(StaffRole),
}

/// Holds the one who ends and the one who is ended: of two who end each other, one stays.
async fn lock(tx: &mut TenantTx, admin: StaffId, id: StaffId) -> Result<Ends, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select id, role, ended_at is not null as "has_ended!"
          from staff
         where municipality_id = $1 and id in ($2, $3)
         order by id
           for no key update
        "#,
        municipality,
        admin,
        id,
    )
    .fetch_all(tx.connection())
    .await?;
    let Some(them) = rows.iter().find(|row| row.id == id.0) else { return Ok(Ends::Unknown) };
    if id == admin || rows.iter().any(|row| row.has_ended) {
        return Ok(Ends::Nobody);
    }
    Ok(Ends::Them(StaffRole::from_code(&them.role).ok_or(DbError::Inconsistent { column: "staff.role" })?))
}

async fn end(tx: &mut TenantTx, id: StaffId, by: StaffId) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        "update staff set ended_by = $3, ended_at = $4 where municipality_id = $1 and id = $2",
        municipality,
        id,
        by,
        at
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests;
