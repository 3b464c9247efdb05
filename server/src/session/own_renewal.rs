//! The renewals that are a person's own: proofs that the database said so. Reading takes no lock; what changes a renewal asks for a
//! [`LockedRenewal`].

use std::ops::Deref;

use domain::decision::Outcome;
use domain::id::{CaseId, DecisionId, PersonId, RenewalId};
use domain::renewal::Stage;
use domain::renewal::state::{SignatureState, SignerRole};
use domain::{NormMonth, PersonNumber};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::{Date as SqlDate, Timestamp as SqlTimestamp};
use uuid::Uuid;

use super::policy::{Citizen, Reader};
use crate::db::{Actor, Column, DbError, TenantTx, Vault, VaultError, Version, names, query, query_as, query_scalar};
use crate::identity::oidc::VerifiedSignature;

/// A renewal that is the citizen's own, as it stood when it was read.
#[derive(Clone)]
pub(crate) struct OwnRenewal {
    id: RenewalId,
    month: NormMonth,
    stage: Stage,
    begun_by: PersonId,
    begun_by_name: Option<Vec<u8>>,
    /// Whether this person applies by an act of their own.
    applies: bool,
    /// How it stands with this person's signature, where they are to sign it.
    signature: Option<SignatureState>,
    /// When a signature of this person was last not used.
    unused: Option<Timestamp>,
    withdrawn: Option<Withdrawn>,
    arrived: Option<Timestamp>,
    reference: Option<String>,
    draft: Option<SealedDraft>,
    own_part: Option<SealedDraft>,
    decision: Option<OwnDecision>,
    /// The nearest day of what this person is to show still.
    proof_due: Option<Date>,
}

/// Who took a renewal back, and when.
#[derive(Clone)]
pub(crate) struct Withdrawn {
    pub by: PersonId,
    name: Option<Vec<u8>>,
    pub at: Timestamp,
}

impl Withdrawn {
    /// What they are called; empty where that is not this person's to know.
    pub(crate) fn called(&self, vault: &Vault) -> Result<String, VaultError> {
        called(vault, self.by, self.name.as_deref())
    }
}

/// What somebody has typed, as it is stored: the draft of a renewal that is still one, or their own part of another's.
#[derive(Clone)]
pub(crate) struct SealedDraft {
    /// How many times it has been saved.
    pub revision: i32,
    pub content: Vec<u8>,
    pub version: Version,
    /// When it was last saved.
    pub saved: Timestamp,
}

/// The decision on a renewal, in short.
#[derive(Clone)]
pub(crate) struct OwnDecision {
    pub id: DecisionId,
    pub outcome: Outcome,
    pub at: Timestamp,
    /// When this person received it.
    pub received: Option<Timestamp>,
}

/// The columns of a renewal with its draft and its decision.
struct Row {
    id: Uuid,
    norm_month: SqlDate,
    state: String,
    begun_by: Uuid,
    begun_by_name: Option<Vec<u8>>,
    applies: bool,
    signature: Option<String>,
    unused_at: Option<SqlTimestamp>,
    withdrawn_by: Option<Uuid>,
    withdrawn_by_name: Option<Vec<u8>>,
    withdrawn_at: Option<SqlTimestamp>,
    submitted_at: Option<SqlTimestamp>,
    reference: Option<String>,
    revision: Option<i32>,
    content_sealed: Option<Vec<u8>>,
    content_version: Option<i64>,
    saved_at: Option<SqlTimestamp>,
    own_revision: Option<i32>,
    own_content_sealed: Option<Vec<u8>>,
    own_content_version: Option<i64>,
    own_saved_at: Option<SqlTimestamp>,
    decision_id: Option<Uuid>,
    outcome: Option<String>,
    decided_at: Option<SqlTimestamp>,
    received_at: Option<SqlTimestamp>,
    proof_due: Option<SqlDate>,
}

impl TryFrom<Row> for OwnRenewal {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        let inconsistent = |column| DbError::Inconsistent { column };
        let stored = row.revision.zip(row.content_sealed).zip(row.content_version).zip(row.saved_at);
        let own = row.own_revision.zip(row.own_content_sealed).zip(row.own_content_version).zip(row.own_saved_at);
        let [draft, own_part] = [stored, own].map(|stored| {
            let (((revision, content), version), saved) = stored?;
            Some(SealedDraft { revision, content, version: Version(version), saved: saved.to_jiff() })
        });
        let signature = row.signature.map(|code| SignatureState::from_code(&code).ok_or(inconsistent("signer.state")));
        let name = row.withdrawn_by_name;
        let withdrawn = row.withdrawn_by.map(PersonId).zip(row.withdrawn_at);
        let withdrawn = withdrawn.map(|(by, at)| Withdrawn { by, name, at: at.to_jiff() });
        let decision = match (row.decision_id, row.outcome, row.decided_at) {
            (Some(id), Some(outcome), Some(at)) => Some(OwnDecision {
                id: DecisionId(id),
                outcome: Outcome::from_code(&outcome).ok_or(inconsistent("decision.outcome"))?,
                at: at.to_jiff(),
                received: row.received_at.map(SqlTimestamp::to_jiff),
            }),
            _ => None,
        };
        Ok(Self {
            id: RenewalId(row.id),
            month: NormMonth::of(row.norm_month.to_jiff()).map_err(|_| inconsistent("renewal.norm_month"))?,
            stage: Stage::from_code(&row.state).ok_or(inconsistent("renewal.state"))?,
            begun_by: PersonId(row.begun_by),
            begun_by_name: row.begun_by_name,
            applies: row.applies,
            signature: signature.transpose()?,
            unused: row.unused_at.map(SqlTimestamp::to_jiff),
            withdrawn,
            arrived: row.submitted_at.map(SqlTimestamp::to_jiff),
            reference: row.reference,
            draft,
            own_part,
            decision,
            proof_due: row.proof_due.map(SqlDate::to_jiff),
        })
    }
}

fn called(vault: &Vault, person: PersonId, sealed: Option<&[u8]>) -> Result<String, VaultError> {
    let Some(sealed) = sealed else { return Ok(String::new()) };
    Ok(names::open(vault, person, sealed)?.called().to_owned())
}

/// Selects the renewals of a case for one of its people, with the condition that is left to say.
macro_rules! own_renewals_where {
    ($condition:literal, $($value:expr),*) => {
        query_as!(
            Row,
            r#"
            select r.id, r.norm_month, r.state, r.begun_by, b.name_sealed as begun_by_name,
                   coalesce(s.applies_since is not null, false) as "applies!", s.state as "signature?", s.unused_at as "unused_at?", r.withdrawn_by, x.name_sealed as withdrawn_by_name,
                   r.withdrawn_at, r.submitted_at, r.reference,
                   t.revision as "revision?", t.content_sealed as "content_sealed?", t.content_version as "content_version?", t.saved_at as "saved_at?",
                   o.revision as "own_revision?", o.content_sealed as "own_content_sealed?", o.content_version as "own_content_version?", o.saved_at as "own_saved_at?",
                   d.id as "decision_id?", d.outcome as "outcome?", d.decided_at as "decided_at?",
                   w.received_at as "received_at?",
                   (select min(a.due_on) from awaited_proof a
                     where (a.municipality_id, a.renewal_id, a.person_id) = (r.municipality_id, r.id, $2) and a.came_at is null) as proof_due
              from renewal r
              left join person b on (b.municipality_id, b.id) = (r.municipality_id, r.begun_by)
              left join person x on (x.municipality_id, x.id) = (r.municipality_id, r.withdrawn_by)
              left join signer s on (s.municipality_id, s.renewal_id) = (r.municipality_id, r.id) and s.person_id = $2
              left join renewal_draft t on (t.municipality_id, t.renewal_id) = (r.municipality_id, r.id) and r.state = 'draft'
              left join own_part o on (o.municipality_id, o.renewal_id) = (r.municipality_id, r.id) and o.person_id = $2
              left join decision d on (d.municipality_id, d.renewal_id) = (r.municipality_id, r.id)
              left join decision_receipt w on (w.municipality_id, w.decision_id) = (d.municipality_id, d.id) and w.person_id = $2
             where r.municipality_id = $1
            "# + $condition,
            $($value),*
        )
    };
}

impl OwnRenewal {
    /// The living renewals of the citizen's case, the newest month first.
    pub(crate) async fn all(tx: &mut TenantTx, citizen: &Citizen) -> Result<Vec<Self>, DbError> {
        let municipality = tx.municipality();
        let rows = own_renewals_where!(
            "and r.case_id = $3 and r.state <> 'withdrawn' order by r.norm_month desc",
            municipality,
            citizen.person,
            citizen.case
        );
        rows.fetch_all(tx.connection()).await?.into_iter().map(Self::try_from).collect()
    }

    /// The same, and apart those that were taken back, the newest month and the last one first.
    pub(crate) async fn all_and_withdrawn(
        tx: &mut TenantTx,
        citizen: &Citizen,
    ) -> Result<(Vec<Self>, Vec<Self>), DbError> {
        let municipality = tx.municipality();
        let rows = own_renewals_where!(
            "and r.case_id = $3 order by r.norm_month desc, r.withdrawn_at desc",
            municipality,
            citizen.person,
            citizen.case
        );
        let rows = rows.fetch_all(tx.connection()).await?.into_iter().map(Self::try_from);
        let all: Vec<_> = rows.collect::<Result<_, _>>()?;
        Ok(all.into_iter().partition(|renewal| renewal.stage != Stage::Withdrawn))
    }

    /// What the reader was to sign and was sent, in whatever case, the newest month first.
    pub(crate) async fn sent(tx: &mut TenantTx, reader: &Reader) -> Result<Vec<Self>, DbError> {
        let municipality = tx.municipality();
        let rows = own_renewals_where!(
            "and r.id = any ((select own_renewals())::uuid[]) and r.submitted_at is not null and r.state <> 'withdrawn'
             order by r.norm_month desc, r.submitted_at desc",
            municipality,
            reader.person
        );
        rows.fetch_all(tx.connection()).await?.into_iter().map(Self::try_from).collect()
    }

    /// One of them by its identifier, or one that is being written; another's is not found.
    pub(crate) async fn find(tx: &mut TenantTx, reader: &Reader, id: RenewalId) -> Result<Option<Self>, DbError> {
        Self::of_person(tx, reader.person, id).await
    }

    async fn of_person(tx: &mut TenantTx, person: PersonId, id: RenewalId) -> Result<Option<Self>, DbError> {
        let municipality = tx.municipality();
        let row = own_renewals_where!("and r.id = $3", municipality, person, id);
        row.fetch_optional(tx.connection()).await?.map(Self::try_from).transpose()
    }

    /// Locks its row until the transaction ends, so that two posts at once take turns, and reads anew what may have changed since.
    pub(crate) async fn lock(self, tx: &mut TenantTx, citizen: &Citizen) -> Result<LockedRenewal, DbError> {
        let municipality = tx.municipality();
        query_scalar!(
            "select id from renewal where municipality_id = $1 and id = $2 for update",
            municipality,
            self.id
        )
        .fetch_one(tx.connection())
        .await?;
        let now = Self::of_person(tx, citizen.person, self.id).await?;
        Ok(LockedRenewal(now.unwrap_or(self)))
    }

    pub(crate) fn id(&self) -> RenewalId {
        self.id
    }

    /// The month applied for.
    pub(crate) fn month(&self) -> NormMonth {
        self.month
    }

    /// Where it stood when it was read.
    pub(crate) fn stage(&self) -> Stage {
        self.stage
    }

    /// Who began it: the draft is theirs.
    pub(crate) fn begun_by(&self) -> PersonId {
        self.begun_by
    }

    /// What who began it is called; empty where that is not this person's to know.
    pub(crate) fn begun_by_name(&self, vault: &Vault) -> Result<String, VaultError> {
        called(vault, self.begun_by, self.begun_by_name.as_deref())
    }

    /// Whether this person applies by an act of their own: they began it, said so, or have signed.
    pub(crate) fn applies(&self) -> bool {
        self.applies
    }

    /// Whether this person may say what is their own in it: another adult began it, they are to sign it and have not, and it is not decided.
    pub(crate) fn takes_own_part(&self, person: PersonId) -> bool {
        let is_open = match self.stage {
            Stage::Draft | Stage::Submitted | Stage::UnderReview | Stage::CompletionRequested => true,
            Stage::Decided | Stage::Withdrawn => false,
        };
        let is_unsigned = matches!(self.signature, Some(SignatureState::Awaited | SignatureState::Declined));
        is_open && is_unsigned && self.begun_by != person
    }

    /// When a signature of this person was last not used.
    pub(crate) fn unused(&self) -> Option<Timestamp> {
        self.unused
    }

    /// Who took it back, if somebody has.
    pub(crate) fn withdrawn(&self) -> Option<&Withdrawn> {
        self.withdrawn.as_ref()
    }

    /// When the first signature came.
    pub(crate) fn arrived(&self) -> Option<Timestamp> {
        self.arrived
    }

    /// The reference number of the receipt, once it has arrived.
    pub(crate) fn reference(&self) -> Option<&str> {
        self.reference.as_deref()
    }

    /// What has been typed, while it is a draft.
    pub(crate) fn draft(&self) -> Option<&SealedDraft> {
        self.draft.as_ref()
    }

    /// What this person has typed of their own, where another adult began it.
    pub(crate) fn own_part(&self) -> Option<&SealedDraft> {
        self.own_part.as_ref()
    }

    /// The nearest day of what this person is to show still, where they have said that it comes later.
    pub(crate) fn proof_due(&self) -> Option<Date> {
        self.proof_due
    }

    /// The decision, once there is one.
    pub(crate) fn decision(&self) -> Option<&OwnDecision> {
        self.decision.as_ref()
    }
}

/// A renewal in the citizen's own case, its row locked until the transaction ends.
pub(crate) struct LockedRenewal(OwnRenewal);

impl Deref for LockedRenewal {
    type Target = OwnRenewal;

    fn deref(&self) -> &OwnRenewal {
        &self.0
    }
}

/// Whose number this is, and whether there is something for them here: asked by somebody who has shown an eID.
pub(crate) async fn citizen_of(tx: &mut TenantTx, number: PersonNumber) -> Result<Option<(PersonId, bool)>, DbError> {
    let index = tx.vault().index(Column::PersonNumber, number.digits().as_bytes());
    let row = query!(r#"select person_id as "person_id!", may_enter as "may_enter!" from citizen_of($1)"#, index)
        .fetch_optional(tx.connection())
        .await?;
    Ok(row.map(|row| (PersonId(row.person_id), row.may_enter)))
}

/// A renewal that a verified signature is for: its signer is to sign it, and its row is locked until the transaction ends.
pub(crate) struct SignersRenewal {
    id: RenewalId,
    case: CaseId,
    person: PersonId,
    role: SignerRole,
}

impl SignersRenewal {
    /// The renewal, if the one who signed is to sign it; from here on the transaction stands for them. No session is asked for: the
    /// signature itself says who it is, and it was begun in one. What was signed while the household came to be protected is not lost.
    pub(crate) async fn lock(
        tx: &mut TenantTx,
        signature: &VerifiedSignature,
        renewal: RenewalId,
    ) -> Result<Option<Self>, DbError> {
        let municipality = tx.municipality();
        let Some((person, _)) = citizen_of(tx, signature.signer().number()).await? else { return Ok(None) };
        tx.stand_for(Actor::Citizen(person)).await?;
        let row = query!(
            r#"
            select r.id, r.case_id, s.role
              from renewal r
              join signer s on (s.municipality_id, s.renewal_id) = (r.municipality_id, r.id)
              join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
             where r.municipality_id = $1 and r.id = $2 and s.person_id = $3 and c.closed_on is null
               for update of r
            "#,
            municipality,
            renewal,
            person,
        )
        .fetch_optional(tx.connection())
        .await?;
        row.map(|row| {
            Ok(Self {
                id: RenewalId(row.id),
                case: CaseId(row.case_id),
                person,
                role: SignerRole::from_code(&row.role).ok_or(DbError::Inconsistent { column: "signer.role" })?,
            })
        })
        .transpose()
    }

    pub(crate) fn id(&self) -> RenewalId {
        self.id
    }

    pub(crate) fn case(&self) -> CaseId {
        self.case
    }

    pub(crate) fn person(&self) -> PersonId {
        self.person
    }

    pub(crate) fn role(&self) -> SignerRole {
        self.role
    }
}
