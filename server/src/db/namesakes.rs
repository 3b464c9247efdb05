//! Somebody of an official's own name in a case that they open: their supervisors are told.

use domain::id::{CaseId, PersonId};
use uuid::Uuid;

use super::session_tx::StaffSession;
use super::{DbError, TenantTx, names, query};

/// A case that is opened to an official for the first time this day, with what its household is called, sealed.
pub(super) struct Opened {
    pub case: Option<Uuid>,
    pub household: Vec<Uuid>,
    pub names: Vec<Vec<u8>>,
}

impl Opened {
    /// Writes it where somebody in the household has the official's family name. Nothing is asked of the database otherwise.
    pub(super) async fn note_namesakes(&self, tx: &mut TenantTx, session: &StaffSession) -> Result<(), DbError> {
        let Some(case) = self.case.map(CaseId) else { return Ok(()) };
        let vault = tx.vault();
        let mut is_namesakes = false;
        for (person, sealed) in self.household.iter().zip(&self.names) {
            is_namesakes |= names::is_namesake(&session.name, &names::open(&vault, PersonId(*person), sealed)?);
        }
        if !is_namesakes {
            return Ok(());
        }
        let (municipality, at) = (tx.municipality(), tx.at());
        query!(
            r#"
            insert into unusual_opening (municipality_id, staff_id, kind, case_id, day, noted_at)
            values ($1, $2, 'own-name', $3, ($4::timestamptz at time zone 'Europe/Stockholm')::date, $4)
                on conflict do nothing
            "#,
            municipality,
            session.staff,
            case,
            at,
        )
        .execute(tx.connection())
        .await?;
        Ok(())
    }
}
