//! Who is to sign a renewal, and how it stands with each.

use std::collections::HashMap;

use app::model::{PersonName, ShownSignatureState as Shown, Signature};
use domain::PersonNumber;
use domain::id::{PersonId, RenewalId};
use domain::renewal::Stage;
use domain::renewal::state::{SignatureProgress, SignatureState, SignerRole};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::Timestamp as SqlTimestamp;
use uuid::Uuid;

use super::signed::{SignedError, has_message};
use crate::clock;
use crate::db::{Column, DbError, TenantTx, Vault, names, query};

/// Somebody who is to sign.
#[derive(Clone)]
pub(crate) struct Signer {
    pub person: PersonId,
    /// How it stands with the signature.
    pub state: SignatureState,
    pub changed: Timestamp,
    /// When they were last sent to the eID.
    pub sent: Option<Timestamp>,
    pub name: PersonName,
    pub number: PersonNumber,
    /// Their part of what was signed, once they have signed.
    annex: Option<Vec<u8>>,
}

/// The columns of a signer.
pub(super) struct StoredSigner<'a> {
    pub(super) person: Uuid,
    pub(super) state: &'a str,
    pub(super) changed: SqlTimestamp,
    pub(super) sent: Option<SqlTimestamp>,
    pub(super) name: &'a [u8],
    pub(super) number: &'a [u8],
    pub(super) annex: Option<Vec<u8>>,
}

impl Signer {
    /// The signer of these columns.
    pub(super) fn open(tx: &TenantTx, stored: StoredSigner<'_>) -> Result<Self, DbError> {
        let (person, inconsistent) = (PersonId(stored.person), |column| DbError::Inconsistent { column });
        let vault = tx.vault();
        let number = vault.open_text(Column::PersonNumber, person, stored.number)?;
        Ok(Self {
            person,
            state: SignatureState::from_code(stored.state).ok_or(inconsistent("signer.state"))?,
            changed: stored.changed.to_jiff(),
            sent: stored.sent.map(SqlTimestamp::to_jiff),
            name: names::open(&vault, person, stored.name)?,
            number: PersonNumber::parse(&number).map_err(|_| inconsistent("person.number"))?,
            annex: stored.annex,
        })
    }

    /// Whether a message came with their signature of this renewal.
    pub(crate) fn has_message(&self, vault: &Vault, renewal: RenewalId) -> Result<bool, SignedError> {
        let Some(sealed) = &self.annex else { return Ok(false) };
        has_message(vault, (renewal, self.person), sealed)
    }

    /// Whether they were sent to the eID and have not signed.
    pub(crate) fn was_interrupted(&self) -> bool {
        self.sent.is_some() && self.state != SignatureState::Signed
    }

    /// The signature as pages show it, once somebody has signed.
    pub(crate) fn shown(&self, viewer: Option<PersonId>) -> Signature {
        let at = clock::stockholm(self.changed).datetime();
        Signature {
            name: self.name.clone(),
            number: self.number,
            is_viewer: viewer == Some(self.person),
            state: match self.state {
                SignatureState::Signed => Shown::Signed { at },
                SignatureState::Declined => Shown::Declined { at },
                SignatureState::Awaited => Shown::Waiting,
                SignatureState::Left => Shown::Left { at },
            },
        }
    }
}

/// A person says that they apply too. Tells whether they had not before.
pub(crate) async fn apply(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<bool, DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let applied = query!(
        r#"
        update signer set applies_since = $4
         where municipality_id = $1 and renewal_id = $2 and person_id = $3 and applies_since is null
        "#,
        municipality,
        renewal,
        person,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(applied.rows_affected() > 0)
}

/// Everyone who signs, the applicant first.
pub(crate) async fn of_renewal(tx: &mut TenantTx, renewal: RenewalId) -> Result<Vec<Signer>, DbError> {
    Ok(of_renewals(tx, &[renewal]).await?.remove(&renewal).unwrap_or_default())
}

/// The same for each of these renewals.
pub(crate) async fn of_renewals(
    tx: &mut TenantTx,
    renewals: &[RenewalId],
) -> Result<HashMap<RenewalId, Vec<Signer>>, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select s.renewal_id, s.person_id, s.state, s.changed_at, s.sent_at, p.name_sealed as "name_sealed!", p.number_sealed,
               g.annex_sealed as "annex_sealed?"
          from signer s
          join person p on (p.municipality_id, p.id) = (s.municipality_id, s.person_id)
          left join signature g
            on (g.municipality_id, g.renewal_id, g.person_id) = (s.municipality_id, s.renewal_id, s.person_id)
         where s.municipality_id = $1 and s.renewal_id = any ($2)
         order by s.role
        "#,
        municipality,
        renewals,
    )
    .fetch_all(tx.connection())
    .await?;
    let mut signers: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let stored = StoredSigner {
            person: row.person_id,
            state: &row.state,
            changed: row.changed_at,
            sent: row.sent_at,
            name: &row.name_sealed,
            number: &row.number_sealed,
            annex: row.annex_sealed,
        };
        signers.entry(RenewalId(row.renewal_id)).or_default().push(Signer::open(tx, stored)?);
    }
    Ok(signers)
}

/// How a renewal stands now. Whoever changes it holds its row.
pub(crate) async fn progress_of(tx: &mut TenantTx, renewal: RenewalId) -> Result<SignatureProgress, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select r.state, r.submitted_at, s.role as "role?", s.state as "signature?"
          from renewal r
          left join signer s on (s.municipality_id, s.renewal_id) = (r.municipality_id, r.id)
         where r.municipality_id = $1 and r.id = $2
        "#,
        municipality,
        renewal,
    )
    .fetch_all(tx.connection())
    .await?;
    let inconsistent = |column| DbError::Inconsistent { column };
    let mut progress = SignatureProgress::begin(false);
    let renewal = rows.first().ok_or(sqlx::Error::RowNotFound)?;
    progress.stage = Stage::from_code(&renewal.state).ok_or(inconsistent("renewal.state"))?;
    progress.arrived = renewal.submitted_at.map(|at| day(at.to_jiff()));
    for (role, signature) in rows.iter().filter_map(|row| row.role.as_deref().zip(row.signature.as_deref())) {
        let state = SignatureState::from_code(signature).ok_or(inconsistent("signer.state"))?;
        match SignerRole::from_code(role).ok_or(inconsistent("signer.role"))? {
            SignerRole::Applicant => progress.applicant = state,
            SignerRole::CoApplicant => progress.co_applicant = Some(state),
        }
    }
    Ok(progress)
}

/// Notes how it stands with one signer, and tells whether that is new.
pub(crate) async fn set(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    state: SignatureState,
) -> Result<bool, DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let set = query!(
        r#"
        update signer set state = $4, changed_at = $5
         where municipality_id = $1 and renewal_id = $2 and person_id = $3 and state <> $4
        "#,
        municipality,
        renewal,
        person,
        state,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(set.rows_affected() > 0)
}

/// Notes that a signer is sent to the eID.
pub(crate) async fn note_sent(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        "update signer set sent_at = $4 where municipality_id = $1 and renewal_id = $2 and person_id = $3",
        municipality,
        renewal,
        person,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// The day of an instant, where the municipalities are.
pub(crate) fn day(at: Timestamp) -> Date {
    clock::stockholm(at).date()
}
