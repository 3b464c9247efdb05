//! `GET /staff/inbox`: what has arrived, the oldest first, filtered by the state of the work alone.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use app::caseworker::inbox;
use app::caseworker::model::{Inbox, InboxQuery, InboxRow, InboxTab};
use app::model::{CaseNumber, Finding};
use domain::NormMonth;
use domain::decision::Outcome;
use domain::id::{CaseId, RenewalId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::Timestamp as SqlTimestamp;
use serde::Deserialize;

use super::comparison::{self, Now, Previous};
use super::findings::Facts;
use super::head::{self, age};
use crate::case::answers::{self, Asked};
use crate::case::decisions::{Receipts, receipts};
use crate::case::household::{self, HouseholdMember};
use crate::case::renewal::month;
use crate::case::signed;
use crate::case::signed::SignedFacts;
use crate::case::signers::{self, Signer, day};
use crate::db::{Action, DbError, Object, TenantTx, Vault, query};
use crate::http::{Here, Problem, Query, Reply, Visit};
use crate::session::policy::Caseworker;

/// How many renewals a page shows.
const PAGE: u32 = 20;

/// How long a decided renewal stays in its tab.
const DECIDED_FOR: SignedDuration = SignedDuration::from_hours(60 * 24);

/// What the inbox's address says: state of work alone.
#[derive(Deserialize)]
pub(crate) struct InboxAddress {
    #[serde(default)]
    tab: String,
    #[serde(default)]
    page: u32,
}

/// One page of one tab.
pub(crate) async fn page(mut visit: Visit<Caseworker>, Query(address): Query<InboxAddress>) -> Reply {
    let tab = InboxTab::from_code(&address.tab).unwrap_or_default();
    let inbox = read(&mut visit, InboxQuery { tab, page: address.page.max(1) }).await?;
    let seen: Vec<_> = inbox.rows.iter().map(|row| row.renewal).collect();
    visit.tx.audit_list(Action::SawInbox, Object::Renewal, &seen).await?;
    visit.page(inbox::page(inbox)).await
}

async fn read(visit: &mut Visit<Caseworker>, query: InboxQuery) -> Result<Inbox, Problem> {
    let Visit { here, actor, tx, .. } = visit;
    let since = tx.at() - DECIDED_FOR;
    let counts = counts(tx, actor, since).await?;
    let place = InboxTab::ALL.iter().position(|tab| *tab == query.tab).unwrap_or_default();
    let pages = counts[place].div_ceil(PAGE).max(1);
    let query = InboxQuery { page: query.page.clamp(1, pages), ..query };
    let listed = listed(tx, actor, query, since).await?;
    Ok(Inbox { query, counts, pages, rows: rows(tx, here, listed).await? })
}

async fn counts(tx: &mut TenantTx, caseworker: &Caseworker, since: Timestamp) -> Result<[u32; 5], DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select w.mine as "mine!", w.unassigned as "unassigned!", w.proposed as "proposed!", w.waiting as "all!",
               d.late as "decided!"
          from (select count(*) filter (where c.responsible_id = $2) as mine,
                       count(*) filter (where c.responsible_id is null) as unassigned,
                       count(*) filter (where p.proposed_by <> $2 and p.returned_at is null) as proposed,
                       count(*) as waiting
                  from renewal r
                  join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
                  left join decision_proposal p
                    on (p.municipality_id, p.renewal_id) = (r.municipality_id, r.id) and may_answer_for(p.proposed_by, r.case_id)
                 where r.municipality_id = $1
                   and r.state in ('submitted', 'under-review', 'completion-requested')) w
         cross join (select count(*) as late from decision where municipality_id = $1 and decided_at >= $3) d
        "#,
        municipality,
        caseworker.staff(),
        since,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok([row.mine, row.unassigned, row.proposed, row.all, row.decided]
        .map(|count| u32::try_from(count).unwrap_or(u32::MAX)))
}

/// A renewal of one page, with what is said of it without opening anything.
struct Listed {
    renewal: RenewalId,
    case: CaseId,
    case_number: CaseNumber,
    caseworker: Option<String>,
    /// Who has proposed a decision.
    proposer: Option<String>,
    month: NormMonth,
    arrived: Timestamp,
    /// What was decided, when, and whom it has reached.
    decision: Option<(Outcome, Date, Receipts)>,
    /// What was submitted last in the case for a month before.
    previous: Option<(RenewalId, NormMonth)>,
}

/// The renewals of one page. What waits is in the order of arrival; what is decided, the latest decision first. The page is cut before anything
/// else is looked up.
async fn listed(
    tx: &mut TenantTx,
    caseworker: &Caseworker,
    query: InboxQuery,
    since: Timestamp,
) -> Result<Vec<Listed>, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        with page as (
            (select r.id, r.submitted_at, null::timestamptz as decided_at
               from renewal r
               join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
               left join decision_proposal p
                 on (p.municipality_id, p.renewal_id) = (r.municipality_id, r.id) and may_answer_for(p.proposed_by, r.case_id)
              where $3 <> 'decided' and r.municipality_id = $1
                and r.state in ('submitted', 'under-review', 'completion-requested')
                and ($3 <> 'mine' or c.responsible_id = $2)
                and ($3 <> 'unassigned' or c.responsible_id is null)
                and ($3 <> 'proposed' or p.proposed_by <> $2 and p.returned_at is null)
              order by r.submitted_at, r.id
              limit $5 offset $6)
            union all
            (select r.id, r.submitted_at, d.decided_at
               from decision d
               join renewal r on (r.municipality_id, r.id) = (d.municipality_id, d.renewal_id)
              where $3 = 'decided' and d.municipality_id = $1 and d.decided_at >= $4
              order by d.decided_at desc, r.submitted_at, r.id
              limit $5 offset $6)
        )
        select r.id, r.case_id, c.number, s.name as "caseworker?", b.name as "proposer?", r.norm_month, r.submitted_at as "submitted_at!",
               d.outcome as "outcome?", d.decided_at as "decided_at?",
               w.received_by as "received_by!", w.received_at as "received_at!: Vec<SqlTimestamp>",
               e.id as "earlier_id?", e.norm_month as "earlier_month?"
          from page p
          join renewal r on (r.municipality_id, r.id) = ($1, p.id)
          join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
          left join staff s on (s.municipality_id, s.id) = (c.municipality_id, c.responsible_id)
          left join decision d on (d.municipality_id, d.renewal_id) = (r.municipality_id, r.id)
          left join decision_proposal o
            on (o.municipality_id, o.renewal_id) = (r.municipality_id, r.id) and o.returned_at is null
           and may_answer_for(o.proposed_by, r.case_id)
          left join staff b on (b.municipality_id, b.id) = (o.municipality_id, o.proposed_by)
         cross join lateral (
                   select coalesce(array_agg(w.person_id), '{}') as received_by,
                          coalesce(array_agg(w.received_at), '{}') as received_at
                     from decision_receipt w
                    where (w.municipality_id, w.decision_id) = (d.municipality_id, d.id)) w
          left join lateral submitted_before(r.municipality_id, r.case_id, r.norm_month) e on true
         order by p.decided_at desc, p.submitted_at, p.id
        "#,
        municipality,
        caseworker.staff(),
        query.tab.code(),
        since,
        i64::from(PAGE),
        i64::from(query.page - 1) * i64::from(PAGE),
    )
    .fetch_all(tx.connection())
    .await?;
    let inconsistent = |column| DbError::Inconsistent { column };
    rows.into_iter()
        .map(|row| {
            let decision = match (row.outcome, row.decided_at) {
                (Some(outcome), Some(at)) => {
                    let outcome = Outcome::from_code(&outcome).ok_or(inconsistent("decision.outcome"))?;
                    Some((outcome, day(at.to_jiff()), receipts(row.received_by, row.received_at)))
                }
                _ => None,
            };
            let previous = match (row.earlier_id, row.earlier_month) {
                (Some(earlier), Some(of)) => Some((RenewalId(earlier), month(of.to_jiff())?)),
                _ => None,
            };
            Ok(Listed {
                renewal: RenewalId(row.id),
                case: CaseId(row.case_id),
                case_number: CaseNumber(row.number),
                caseworker: row.caseworker,
                proposer: row.proposer,
                month: month(row.norm_month.to_jiff())?,
                arrived: row.submitted_at.to_jiff(),
                decision,
                previous,
            })
        })
        .collect()
}

/// The rows of these renewals, in their order: as many statements for a page of them as for one.
async fn rows(tx: &mut TenantTx, here: &Here, listed: Vec<Listed>) -> Result<Vec<InboxRow>, Problem> {
    let ids: Vec<_> = listed.iter().map(|one| one.renewal).collect();
    let mut signers = signers::of_renewals(tx, &ids).await?;
    let mut undecided = Undecided::read(tx, listed.iter().filter(|one| one.decision.is_none()).collect()).await?;
    let vault = tx.vault();
    listed
        .into_iter()
        .map(|one| {
            let signers = signers.remove(&one.renewal).unwrap_or_default();
            let arrived = here.local(one.arrived);
            let findings =
                if one.decision.is_none() { undecided.findings(&vault, &one, &signers)? } else { Vec::new() };
            Ok(InboxRow {
                renewal: one.renewal,
                case_number: one.case_number,
                month: one.month,
                decision: one.decision.map(|(outcome, at, received)| head::decision(outcome, at, &received, &signers)),
                signatures: signers.iter().map(|signer| signer.shown(None)).collect(),
                caseworker: one.caseworker,
                proposer: one.proposer,
                arrived,
                age_days: age(here, arrived.date()),
                due: here.site.municipality.due(arrived.date()),
                findings,
            })
        })
        .collect()
}

/// What sticks out is told from this, for the renewals of a page that await a decision. No figure is needed for it.
#[derive(Default)]
struct Undecided {
    members: HashMap<CaseId, Vec<HouseholdMember>>,
    /// Of the renewals and of those before them.
    asked: HashMap<RenewalId, Vec<Asked>>,
    signed: HashMap<RenewalId, SignedFacts>,
}

impl Undecided {
    async fn read(tx: &mut TenantTx, waiting: Vec<&Listed>) -> Result<Self, Problem> {
        if waiting.is_empty() {
            return Ok(Self::default());
        }
        let cases: Vec<_> = waiting.iter().map(|one| one.case).collect();
        let before = waiting.iter().filter_map(|one| one.previous.map(|(id, _)| id));
        let ids: Vec<_> = waiting.iter().map(|one| one.renewal).chain(before).collect();
        Ok(Self {
            members: household::members_of(tx, &cases).await?,
            asked: answers::newest_of(tx, &ids).await?,
            signed: signed::facts_of(tx, &ids).await?,
        })
    }

    fn findings(&mut self, vault: &Vault, one: &Listed, signers: &[Signer]) -> Result<Vec<Finding>, Problem> {
        let mut has_message = false;
        for signer in signers {
            has_message |= signer.has_message(vault, one.renewal)?;
        }
        let previous = one
            .previous
            .map(|(id, month)| Previous::new(month, self.signed.get(&id), self.asked.remove(&id).unwrap_or_default()));
        let members = self.members.get(&one.case).map_or(&[][..], Vec::as_slice);
        let asked = self.asked.get(&one.renewal).map_or(&[][..], Vec::as_slice);
        let signed = self.signed.get(&one.renewal).ok_or(DbError::Inconsistent { column: "signed_document.core" })?;
        let now = Now { month: one.month, members, asked, stated: &signed.stated(), result: None };
        let facts = Facts {
            members,
            asked,
            compared: &comparison::compare(&now, previous.as_ref()),
            has_previous: previous.is_some(),
            signatures: &signers.iter().map(|signer| signer.shown(None)).collect::<Vec<_>>(),
            signed,
            has_message,
            result: None,
            // No account is unsealed for a list: whoever opens the renewal is told.
            payee_is_signed: true,
        };
        Ok(facts.brief())
    }
}
