//! The decision on a renewal, as it was made.

use std::collections::HashMap;

use app::model::{DecisionBrief, Phrase};
use domain::decision::{Outcome, Provision, Reason, appeal_deadline};
use domain::id::{CalculationId, CaseId, DecisionId, PersonId, RenewalId, StaffId};
use domain::{Money, NormMonth};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff_sqlx::{Date as SqlDate, Timestamp as SqlTimestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::renewal::month;
use super::signers::day;
use crate::db::{Column, DbError, TenantTx, Vault, VaultError, query, query_as};
use crate::session::own_renewal::OwnDecision;

#[derive(Debug, Clone)]
pub(crate) struct Decided {
    pub id: DecisionId,
    /// The renewal that it is on.
    pub renewal: RenewalId,
    /// The case of the renewal.
    pub case: CaseId,
    /// Who wrote the renewal.
    pub writer: PersonId,
    /// The month applied for.
    pub month: NormMonth,
    pub outcome: Outcome,
    /// What is granted; zero when nothing is.
    pub granted: Money,
    /// The circumstances and provisions that it rests on.
    pub grounds: Grounds,
    /// What the caseworker added.
    pub note: Option<String>,
    /// The calculation that it rests on; none when the month had no rules to calculate by.
    pub calculation: Option<CalculationId>,
    /// When it was made.
    pub at: Timestamp,
    pub by: StaffId,
    pub decider: String,
    /// Who presented the case, where another decided.
    pub presenter: Option<String>,
    /// Whom it has reached. A person sees their own receipt alone.
    pub received: Receipts,
}

/// The day on which a decision reached each person whom it has reached.
pub(crate) type Receipts = HashMap<PersonId, Date>;

/// The same from two columns: who, and when.
pub(crate) fn receipts(persons: Vec<Uuid>, at: Vec<SqlTimestamp>) -> Receipts {
    persons.into_iter().map(PersonId).zip(at.into_iter().map(|at| day(at.to_jiff()))).collect()
}

/// What a decision rests on, by code, as it is sealed in `decision.reasons`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Grounds {
    /// The circumstances that decided.
    pub reasons: Vec<Reason>,
    pub provisions: Vec<Provision>,
}

impl Grounds {
    /// Seals them for a decision.
    pub(crate) fn seal(&self, vault: &Vault, decision: DecisionId) -> Result<Vec<u8>, VaultError> {
        vault.seal_list(Column::DecisionReasons, decision, self)
    }
}

impl Decided {
    /// The decision in one line, to this person.
    pub(crate) fn brief(&self, person: PersonId) -> DecisionBrief {
        brief(self.id, self.outcome, day(self.at), self.received.get(&person).copied())
    }

    /// The reason in words. A grant in full may have none: then what it means is said.
    pub(crate) fn reason(&self) -> Phrase {
        Phrase::new(self.grounds.reasons.first().map_or("decision-outcome-granted-meaning", |reason| reason.key()))
    }
}

fn brief(id: DecisionId, outcome: Outcome, decided: Date, received: Option<Date>) -> DecisionBrief {
    DecisionBrief { id, outcome, decided, read: received, appeal_until: appeal_until(outcome, received) }
}

/// The last day to appeal of a person, which the day of their receipt decides, when something went against the applicant.
pub(crate) fn appeal_until(outcome: Outcome, received: Option<Date>) -> Option<Date> {
    received.filter(|_| outcome != Outcome::Granted).map(appeal_deadline)
}

/// The same of a decision on one's own renewal.
pub(crate) fn own_brief(decision: &OwnDecision) -> DecisionBrief {
    brief(decision.id, decision.outcome, day(decision.at), decision.received.map(day))
}

/// The columns of a decision.
struct Row {
    id: Uuid,
    renewal_id: Uuid,
    case_id: Uuid,
    begun_by: Uuid,
    norm_month: SqlDate,
    outcome: String,
    granted_ore: i64,
    reasons_sealed: Vec<u8>,
    note_sealed: Option<Vec<u8>>,
    calculation_id: Option<Uuid>,
    decided_at: SqlTimestamp,
    decided_by: Uuid,
    decider: String,
    presenter: Option<String>,
    received_by: Vec<Uuid>,
    received_at: Vec<SqlTimestamp>,
}

impl Row {
    fn open(self, tx: &TenantTx) -> Result<Decided, DbError> {
        let inconsistent = |column| DbError::Inconsistent { column };
        let (vault, id) = (tx.vault(), DecisionId(self.id));
        let note = self.note_sealed.map(|sealed| vault.open_text(Column::DecisionNote, id, &sealed));
        Ok(Decided {
            id,
            renewal: RenewalId(self.renewal_id),
            case: CaseId(self.case_id),
            writer: PersonId(self.begun_by),
            month: month(self.norm_month.to_jiff())?,
            outcome: Outcome::from_code(&self.outcome).ok_or(inconsistent("decision.outcome"))?,
            granted: Money::from_ore(self.granted_ore),
            grounds: vault.open_json(Column::DecisionReasons, id, &self.reasons_sealed)?,
            note: note.transpose()?,
            calculation: self.calculation_id.map(CalculationId),
            at: self.decided_at.to_jiff(),
            by: StaffId(self.decided_by),
            decider: self.decider,
            presenter: self.presenter,
            received: receipts(self.received_by, self.received_at),
        })
    }
}

/// Selects decisions as one person or, without one, as staff see them, with the condition that is left to say.
macro_rules! decisions_where {
    ($condition:literal, $($value:expr),*) => {
        query_as!(
            Row,
            r#"
            select d.id, d.renewal_id, r.case_id, r.begun_by, r.norm_month, d.outcome, d.granted_ore, d.reasons_sealed as "reasons_sealed!", d.note_sealed, d.calculation_id,
                   d.decided_at, d.decided_by, s.name as decider, b.name as "presenter?",
                   w.received_by as "received_by!", w.received_at as "received_at!: Vec<SqlTimestamp>"
              from decision d
              join renewal r on (r.municipality_id, r.id) = (d.municipality_id, d.renewal_id)
              join staff s on (s.municipality_id, s.id) = (d.municipality_id, d.decided_by)
              left join staff b on (b.municipality_id, b.id) = (d.municipality_id, d.presented_by)
             cross join lateral (
                       select coalesce(array_agg(w.person_id), '{}') as received_by,
                              coalesce(array_agg(w.received_at), '{}') as received_at
                         from decision_receipt w
                        where (w.municipality_id, w.decision_id) = (d.municipality_id, d.id)
                          and ($2::uuid is null or w.person_id = $2)) w
             where d.municipality_id = $1
            "# + $condition,
            $($value),*
        )
    };
}

/// The decision on a renewal, as staff see it.
pub(crate) async fn of_renewal(tx: &mut TenantTx, renewal: RenewalId) -> Result<Option<Decided>, DbError> {
    let municipality = tx.municipality();
    let row = decisions_where!("and d.renewal_id = $3", municipality, None::<PersonId>, renewal);
    row.fetch_optional(tx.connection()).await?.map(|row| row.open(tx)).transpose()
}

/// A decision on a renewal that this person was to sign, as they see it; another is not found.
pub(crate) async fn own(tx: &mut TenantTx, person: PersonId, id: DecisionId) -> Result<Option<Decided>, DbError> {
    let municipality = tx.municipality();
    let row = decisions_where!(
        "and d.id = $3 and r.id = any ((select own_renewals())::uuid[])",
        municipality,
        Some(person),
        id
    );
    row.fetch_optional(tx.connection()).await?.map(|row| row.open(tx)).transpose()
}

/// Notes that a decision has been shown to a person: from the first time on, they are held to have received it.
pub(crate) async fn note_shown(tx: &mut TenantTx, id: DecisionId, person: PersonId) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        r#"
        insert into decision_receipt (municipality_id, decision_id, person_id, received_at, how)
        values ($1, $2, $3, $4, 'shown')
            on conflict do nothing
        "#,
        municipality,
        id,
        person,
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What is kept of a decision when it is made.
pub(crate) struct NewDecision<'a> {
    pub id: DecisionId,
    /// The renewal that it is on.
    pub renewal: RenewalId,
    pub decision: &'a domain::decision::Decision,
    /// The calculation that it rests on, where there is one.
    pub calculation: Option<CalculationId>,
    /// Why it took the one who presented it and the one who decides, by code; nothing where one decided alone.
    pub takes_two: &'a [String],
}

/// Keeps a decision. A renewal has one: a second is a conflict. The database refuses what the one who decides may not.
pub(crate) async fn insert(tx: &mut TenantTx, new: &NewDecision<'_>) -> Result<(), DbError> {
    let (municipality, at, vault) = (tx.municipality(), tx.at(), tx.vault());
    let content = new.decision.content();
    let grounds = Grounds { reasons: content.reasons.clone(), provisions: content.provisions.clone() };
    let note = content.note.as_ref();
    let note = note.map(|note| vault.seal(Column::DecisionNote, new.id, note.as_str().as_bytes())).transpose()?;
    let grounds = grounds.seal(&vault, new.id)?;
    query!(
        r#"
        insert into decision (municipality_id, id, renewal_id, outcome, granted_ore, reasons_sealed, note_sealed, calculation_id,
                              decided_at, decided_by, presented_by, takes_two)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        "#,
        municipality,
        new.id,
        new.renewal,
        content.outcome,
        new.decision.amount(),
        grounds,
        note,
        new.calculation,
        at,
        content.decider.staff,
        content.rapporteur.as_ref().map(|rapporteur| rapporteur.staff) as Option<StaffId>,
        new.takes_two,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}
