//! The inbox: what has arrived, the oldest first, filtered by the state of the work alone.

use std::collections::{HashMap, HashSet};

use app::caseworker::port::{Inbox, InboxQuery, InboxRow, InboxTab};
use app::port::{Finding, Signature};
use domain::id::{CaseId, RenewalId};
use domain::renewal::document::Core;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;

use super::comparison::{self, Now, Previous};
use super::findings::Facts;
use super::{CaseworkerReader, ReadError};
use crate::case::answers::{self, Asked};
use crate::case::household::{self, HouseholdMember};
use crate::case::renewal::{self, Renewal};
use crate::case::{decisions, signatures};
use crate::db::{Action, DbError, Object, TenantTx};
use crate::signing::{self, SigningError};

/// How many renewals a page shows.
const PAGE: u32 = 20;

/// How long a decided renewal stays in its tab.
const DECIDED_FOR: SignedDuration = SignedDuration::from_hours(60 * 24);

impl CaseworkerReader {
    pub(super) async fn read_inbox(&self, query: InboxQuery) -> Result<Inbox, ReadError> {
        let mut tx = self.tx().await?;
        let since = tx.at() - DECIDED_FOR;
        let counts = self.counts(&mut tx, since).await?;
        let place = InboxTab::ALL.iter().position(|tab| *tab == query.tab).unwrap_or_default();
        let pages = counts[place].div_ceil(PAGE).max(1);
        let query = InboxQuery { page: query.page.clamp(1, pages), ..query };
        let page = self.page(&mut tx, query, since).await?;
        let rows = self.inbox_rows(&mut tx, &page).await?;
        tx.audit(Action::SawInbox, Object::None).await?;
        tx.commit().await?;
        Ok(Inbox { query, counts, pages, rows })
    }

    async fn counts(&self, tx: &mut TenantTx, since: Timestamp) -> Result<[u32; 4], DbError> {
        let municipality = tx.municipality().0;
        let row = sqlx::query!(
            r#"
            select count(*) filter (where r.state <> 'decided' and c.responsible_id = $2) as "mine!",
                   count(*) filter (where r.state <> 'decided' and c.responsible_id is null) as "unassigned!",
                   count(*) filter (where r.state <> 'decided') as "all!",
                   count(*) filter (where d.decided_at >= $3) as "decided!"
              from renewal r
              join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
              left join decision d on (d.municipality_id, d.renewal_id) = (r.municipality_id, r.id)
             where r.municipality_id = $1
               and r.state in ('submitted', 'under-review', 'completion-requested', 'decided')
               and not is_hidden_case(r.municipality_id, r.case_id)
            "#,
            municipality,
            self.actor.staff().0,
            since.to_sqlx() as _,
        )
        .fetch_one(tx.connection())
        .await?;
        Ok([row.mine, row.unassigned, row.all, row.decided].map(|count| u32::try_from(count).unwrap_or(u32::MAX)))
    }

    /// The renewals of one page. What waits is in the order of arrival; what is decided, the latest decision first.
    async fn page(&self, tx: &mut TenantTx, query: InboxQuery, since: Timestamp) -> Result<Vec<RenewalId>, DbError> {
        let municipality = tx.municipality().0;
        let ids = sqlx::query_scalar!(
            r#"
            select r.id
              from renewal r
              join assistance_case c on (c.municipality_id, c.id) = (r.municipality_id, r.case_id)
              left join decision d on (d.municipality_id, d.renewal_id) = (r.municipality_id, r.id)
             where r.municipality_id = $1
               and case $3
                       when 'decided' then r.state = 'decided' and d.decided_at >= $4
                       else r.state in ('submitted', 'under-review', 'completion-requested')
                   end
               and ($3 <> 'mine' or c.responsible_id = $2)
               and ($3 <> 'unassigned' or c.responsible_id is null)
               and not is_hidden_case(r.municipality_id, r.case_id)
             order by case when $3 = 'decided' then d.decided_at end desc, r.submitted_at, r.id
             limit $5 offset $6
            "#,
            municipality,
            self.actor.staff().0,
            query.tab.code(),
            since.to_sqlx() as _,
            i64::from(PAGE),
            i64::from(query.page - 1) * i64::from(PAGE),
        )
        .fetch_all(tx.connection())
        .await?;
        Ok(ids.into_iter().map(RenewalId).collect())
    }

    /// The rows of these renewals, in their order: as many queries for a page of them as for one.
    async fn inbox_rows(&self, tx: &mut TenantTx, ids: &[RenewalId]) -> Result<Vec<InboxRow>, ReadError> {
        let renewals = renewal::find_all(tx, ids).await?;
        let mut signers = signatures::of_renewals(tx, ids, None).await?;
        let decided = decisions::of_renewals(tx, ids).await?;
        let mut decided: HashMap<_, _> = decided.iter().map(|decided| (decided.renewal, decided.brief())).collect();
        let undecided = renewals.iter().filter(|renewal| !decided.contains_key(&renewal.id)).collect::<Vec<_>>();
        let undecided = Undecided::read(tx, &undecided).await?;
        let mut rows = Vec::with_capacity(renewals.len());
        for renewal in renewals {
            let Some(arrived) = renewal.arrived.map(|at| self.local(at)) else { continue };
            let signers = signers.remove(&renewal.id).unwrap_or_default();
            let signatures: Vec<_> = signers.into_iter().map(|signer| signer.signature).collect();
            let decision = decided.remove(&renewal.id);
            let findings = if decision.is_none() { undecided.findings(&renewal, &signatures)? } else { Vec::new() };
            rows.push(InboxRow {
                renewal: renewal.id,
                case_number: renewal.case_number,
                month: renewal.month,
                signatures,
                caseworker: renewal.responsible.map(|(_, name)| name),
                arrived,
                age_days: self.age(arrived.date()),
                due: self.due(arrived.date()),
                findings,
                decision,
            });
        }
        rows.sort_by_key(|row| ids.iter().position(|id| *id == row.renewal));
        Ok(rows)
    }
}

/// What sticks out is told from this, for the renewals of a page that await a decision. No figure is needed for it.
struct Undecided {
    members: HashMap<CaseId, Vec<HouseholdMember>>,
    asked: HashMap<RenewalId, Vec<Asked>>,
    cores: HashMap<RenewalId, Core>,
    previous: HashMap<RenewalId, Previous>,
    with_message: HashSet<RenewalId>,
}

impl Undecided {
    async fn read(tx: &mut TenantTx, renewals: &[&Renewal]) -> Result<Self, SigningError> {
        let ids: Vec<RenewalId> = renewals.iter().map(|renewal| renewal.id).collect();
        let cases: Vec<CaseId> = renewals.iter().map(|renewal| renewal.case).collect();
        Ok(Self {
            members: household::members_of(tx, &cases).await?,
            asked: answers::newest_of(tx, &ids).await?,
            cores: signing::signed_cores(tx, &ids).await?,
            previous: Previous::read_each(tx, &ids).await?,
            with_message: signatures::with_message(tx, &ids).await?,
        })
    }

    fn findings(&self, renewal: &Renewal, signatures: &[Signature]) -> Result<Vec<Finding>, DbError> {
        let id = &renewal.id;
        let members = self.members.get(&renewal.case).map_or(&[][..], Vec::as_slice);
        let asked = self.asked.get(id).map_or(&[][..], Vec::as_slice);
        let core = self.cores.get(id).ok_or(DbError::Inconsistent { column: "signed_document.core" })?;
        let previous = self.previous.get(id);
        let now = Now { month: renewal.month, members, asked, stated: &core.into(), result: None };
        let facts = Facts {
            members,
            asked,
            compared: &comparison::compare(&now, previous),
            has_previous: previous.is_some(),
            signatures,
            household: &core.household_statement,
            has_message: self.with_message.contains(id),
            result: None,
        };
        Ok(facts.brief())
    }
}
