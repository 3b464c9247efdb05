//! What the authorities have answered for a renewal: the newest answer of each source about each person.

use std::borrow::Cow;
use std::collections::HashMap;

use app::model::{AnswerState, AuthorityName, PersonAnswers, RowDispute, RowMark, SourceAnswer};
use domain::NormMonth;
use domain::authority::{Agency, Answer, AuthorityRow};
use domain::id::{CaseId, PersonId, QueryId, RenewalId, RowId, SourceId};
use domain::renewal::dispute::{self, AboutRow, Dispute};
use domain::renewal::document::RowFact;
use domain::renewal::state::SignerRole;
use jiff::Timestamp;

use super::household::{self, HouseholdMember};
use super::signed::SignedFacts;
use crate::db::{Column, DbError, TenantTx, query, query_scalar};
use crate::http::Here;

/// One question and how it stands.
#[derive(Clone)]
pub(crate) struct Asked {
    pub query: QueryId,
    pub source: SourceId,
    pub authority: AuthorityName,
    /// Whom it was about.
    pub person: PersonId,
    /// When it was asked.
    pub at: Timestamp,
    /// The answer and when it came; `None` while it is awaited.
    pub answer: Option<(Timestamp, Answer)>,
}

/// Puts down questions of this moment about one person, whose answers are awaited.
pub(crate) async fn ask(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    questions: &[(QueryId, SourceId)],
) -> Result<(), DbError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    let (ids, sources): (Vec<_>, Vec<_>) = questions.iter().copied().unzip();
    query!(
        r#"
        insert into authority_query (municipality_id, id, renewal_id, person_id, source_id, asked_at)
        select $1, q.id, $3, $4, q.source, $6
          from unnest($2::uuid[], $5::uuid[]) as q (id, source)
        "#,
        municipality,
        ids.as_slice(),
        renewal,
        person,
        sources.as_slice(),
        at,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

/// What some sources have answered about one person, all at one time.
pub(crate) struct Answered<'a> {
    /// The renewal that it was asked for.
    pub renewal: RenewalId,
    /// Whom it is about.
    pub person: PersonId,
    /// When the answers came.
    pub came: Timestamp,
    pub answers: &'a [(QueryId, SourceId, &'a Answer)],
}

/// Puts down questions of this moment whose answers are known.
pub(crate) async fn insert(tx: &mut TenantTx, answered: &Answered<'_>) -> Result<(), DbError> {
    let (municipality, at, vault) = (tx.municipality(), tx.at(), tx.vault());
    let (mut ids, mut sources, mut sealed) = (Vec::new(), Vec::new(), Vec::new());
    for (query, source, answer) in answered.answers {
        ids.push(*query);
        sources.push(*source);
        sealed.push(vault.seal_json(Column::QueryAnswer, *query, answer)?);
    }
    query!(
        r#"
        insert into authority_query (municipality_id, id, renewal_id, person_id, source_id, asked_at, answered_at, answer_sealed)
        select $1, q.id, $3, $4, q.source, $6, $7, q.answer
          from unnest($2::uuid[], $5::uuid[], $8::bytea[]) as q (id, source, answer)
        "#,
        municipality,
        ids.as_slice(),
        answered.renewal,
        answered.person,
        sources.as_slice(),
        at,
        answered.came,
        sealed.as_slice(),
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

impl Asked {
    /// The national authority, where it is one.
    pub(crate) fn agency(&self) -> Option<Agency> {
        match self.authority {
            AuthorityName::Agency(agency) => Some(agency),
            AuthorityName::Named(_) => None,
        }
    }

    /// The rows that came, in the order of the answer.
    pub(crate) fn rows(&self) -> &[AuthorityRow] {
        let content = self.answer.as_ref().and_then(|(_, answer)| answer.content());
        content.map_or(&[], |content| content.rows.as_slice())
    }

    /// The identifier of a row of the answer: the same whenever it is read.
    pub(crate) fn row_id(&self, index: usize) -> RowId {
        RowId { query: self.query, index }
    }
}

/// The rows that sources have told about one person, by which a dispute finds its own.
pub(crate) fn rows_about(asked: &[Asked], person: PersonId) -> Vec<(RowId, RowFact)> {
    let about = asked.iter().filter(|one| one.person == person);
    about.flat_map(|one| one.rows().iter().enumerate().map(|(index, row)| (one.row_id(index), row.into()))).collect()
}

/// What each source said about one person, as pages show it.
pub(crate) fn of_person<D: AboutRow>(
    here: &Here,
    person: PersonId,
    asked: &[Asked],
    disputes: &[D],
    say: impl Fn(&D) -> RowDispute,
) -> Vec<SourceAnswer> {
    let rows = rows_about(asked, person);
    let placed = dispute::place(disputes, &rows);
    let mut marks = rows.iter().zip(placed).map(|((row, _), one)| RowMark { row: *row, dispute: one.map(&say) });
    let answer = |asked: &Asked| SourceAnswer {
        authority: asked.authority.clone(),
        state: match &asked.answer {
            None => AnswerState::Waiting,
            Some((at, answer)) => AnswerState::Done { answer: answer.clone(), at: here.local(*at) },
        },
        marks: marks.by_ref().take(asked.rows().len()).collect(),
    };
    asked.iter().filter(|one| one.person == person).map(answer).collect()
}

/// What each source said about each who was to sign this core, as caseworkers see it: also about who has left the household since.
pub(crate) fn of_signers(
    here: &Here,
    members: &[HouseholdMember],
    signed: &SignedFacts,
    asked: &[Asked],
) -> Vec<PersonAnswers> {
    let (core, say) = (&signed.core, |dispute: &Dispute| RowDispute::Said(dispute.said.clone()));
    [SignerRole::Applicant, SignerRole::CoApplicant]
        .into_iter()
        .filter_map(|role| core.signer(role))
        .map(|signer| PersonAnswers {
            person: household::called(members, core, signer.person).unwrap_or_default(),
            answers: of_person(here, signer.person, asked, &signed.disputes_of(signer.person), say),
        })
        .filter(|person| !person.answers.is_empty())
        .collect()
}

/// The newest question to each source about each person, by person and in the order of the sources.
pub(crate) async fn newest(tx: &mut TenantTx, renewal: RenewalId) -> Result<Vec<Asked>, DbError> {
    Ok(newest_of(tx, &[renewal]).await?.remove(&renewal).unwrap_or_default())
}

/// The same for each of these renewals; one that nothing was asked for is not among them.
pub(crate) async fn newest_of(
    tx: &mut TenantTx,
    renewals: &[RenewalId],
) -> Result<HashMap<RenewalId, Vec<Asked>>, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select * from (
            select distinct on (q.renewal_id, q.person_id, q.source_id)
                   q.id, q.renewal_id, q.person_id, q.source_id, s.agency, s.name, s.position,
                   q.asked_at, q.answered_at, q.answer_sealed
              from authority_query q
              join authority_source s on (s.municipality_id, s.id) = (q.municipality_id, q.source_id)
             where q.municipality_id = $1 and q.renewal_id = any ($2)
             order by q.renewal_id, q.person_id, q.source_id, q.asked_at desc, q.id desc) newest
         order by newest.person_id, newest.position
        "#,
        municipality,
        renewals,
    )
    .fetch_all(tx.connection())
    .await?;
    let vault = tx.vault();
    let mut newest: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let answer = match (row.answered_at, row.answer_sealed) {
            (Some(at), Some(sealed)) => {
                Some((at.to_jiff(), vault.open_json(Column::QueryAnswer, QueryId(row.id), &sealed)?))
            }
            _ => None,
        };
        let unknown = DbError::Inconsistent { column: "authority_source.agency" };
        let agency = row.agency.map(|code| Agency::from_code(&code).ok_or(unknown)).transpose()?;
        newest.entry(RenewalId(row.renewal_id)).or_default().push(Asked {
            query: QueryId(row.id),
            source: SourceId(row.source_id),
            authority: agency.map_or(AuthorityName::Named(row.name), AuthorityName::Agency),
            person: PersonId(row.person_id),
            at: row.asked_at.to_jiff(),
            answer,
        });
    }
    Ok(newest)
}

/// The rows that an earlier question about one person was answered with, where the source may have been asked anew since.
pub(crate) async fn rows_of_query(
    tx: &mut TenantTx,
    renewal: RenewalId,
    person: PersonId,
    query: QueryId,
) -> Result<Vec<AuthorityRow>, DbError> {
    let municipality = tx.municipality();
    let sealed = query_scalar!(
        r#"
        select answer_sealed as "sealed!" from authority_query
         where municipality_id = $1 and renewal_id = $2 and person_id = $3 and id = $4 and answer_sealed is not null
        "#,
        municipality,
        renewal,
        person,
        query,
    )
    .fetch_optional(tx.connection())
    .await?;
    let Some(sealed) = sealed else { return Ok(Vec::new()) };
    let answer: Answer = tx.vault().open_json(Column::QueryAnswer, query, &sealed)?;
    Ok(answer.content().map(|content| content.rows.clone()).unwrap_or_default())
}

/// Whether a source has not answered yet about one person.
pub(crate) async fn is_awaited(tx: &mut TenantTx, renewal: RenewalId, person: PersonId) -> Result<bool, DbError> {
    let municipality = tx.municipality();
    let awaited = query_scalar!(
        r#"
        select exists (
            select from (
                select distinct on (q.source_id) q.answered_at
                  from authority_query q
                 where q.municipality_id = $1 and q.renewal_id = $2 and q.person_id = $3
                 order by q.source_id, q.asked_at desc, q.id desc) newest
             where newest.answered_at is null) as "awaited!"
        "#,
        municipality,
        renewal,
        person,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(awaited)
}

/// How many sources have not answered yet about one person.
pub(crate) fn awaited(asked: &[Asked], person: PersonId) -> u32 {
    let waiting = asked.iter().filter(|one| one.person == person && one.answer.is_none()).count();
    u32::try_from(waiting).unwrap_or(u32::MAX)
}

/// How many months back a row is looked for when it is asked whether it was known before.
const MONTHS_BACK: i32 = 3;

/// What one source reported about one person at one time.
pub(crate) struct Reported {
    pub source: SourceId,
    /// Whom it was about.
    pub person: PersonId,
    pub at: Timestamp,
    pub rows: Vec<AuthorityRow>,
}

/// All that has been reported in a case for this norm month and the three before it, the first reported first. What has been opened already
/// is taken from there.
pub(crate) async fn reported(
    tx: &mut TenantTx,
    case: CaseId,
    month: NormMonth,
    opened: &[&[Asked]],
) -> Result<Vec<Reported>, DbError> {
    let municipality = tx.municipality();
    let opened: HashMap<QueryId, &Asked> = opened.iter().copied().flatten().map(|one| (one.query, one)).collect();
    let ids: Vec<_> = opened.keys().copied().collect();
    let since = month.checked_add(-MONTHS_BACK).unwrap_or(month);
    let rows = query!(
        r#"
        select q.id, q.source_id, q.person_id, q.answered_at as "answered_at!",
               case when q.id <> all ($5) then q.answer_sealed end as answer_sealed
          from authority_query q
          join renewal r on (r.municipality_id, r.id) = (q.municipality_id, q.renewal_id)
         where q.municipality_id = $1 and r.case_id = $2 and r.norm_month between $3 and $4
           and q.answered_at is not null
         order by q.answered_at, q.id
        "#,
        municipality,
        case,
        since,
        month,
        ids.as_slice(),
    )
    .fetch_all(tx.connection())
    .await?;
    let vault = tx.vault();
    let mut reported = Vec::new();
    for row in rows {
        let id = QueryId(row.id);
        let answer = match row.answer_sealed {
            Some(sealed) => Some(Cow::Owned(vault.open_json(Column::QueryAnswer, id, &sealed)?)),
            None => opened.get(&id).and_then(|asked| asked.answer.as_ref()).map(|(_, answer)| Cow::Borrowed(answer)),
        };
        let Some(content) = answer.as_deref().and_then(Answer::content) else { continue };
        reported.push(Reported {
            source: SourceId(row.source_id),
            person: PersonId(row.person_id),
            at: row.answered_at.to_jiff(),
            rows: content.rows.clone(),
        });
    }
    Ok(reported)
}
