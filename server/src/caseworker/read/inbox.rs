//! The inbox: what has arrived, the oldest first, filtered by the state of the work alone.

use app::caseworker::port::{Inbox, InboxQuery, InboxRow, InboxTab};
use domain::id::RenewalId;
use jiff::{SignedDuration, Timestamp};
use jiff_sqlx::ToSqlx as _;

use super::comparison::{self, Previous};
use super::findings::Facts;
use super::head::signatures;
use super::{CaseworkerReader, ReadError};
use crate::case::{calculation, decisions, renewal, signatures};
use crate::db::{Action, DbError, Object, TenantTx};

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
        let mut rows = Vec::new();
        for id in self.page(&mut tx, query, since).await? {
            rows.extend(self.row(&mut tx, id).await?);
        }
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
               and not exists (
                       select from household_member m
                         join person p on (p.municipality_id, p.id) = (m.municipality_id, m.person_id)
                        where (m.municipality_id, m.case_id) = (r.municipality_id, r.case_id) and p.protected)
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
               and not exists (
                       select from household_member m
                         join person p on (p.municipality_id, p.id) = (m.municipality_id, m.person_id)
                        where (m.municipality_id, m.case_id) = (r.municipality_id, r.case_id) and p.protected)
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

    async fn row(&self, tx: &mut TenantTx, id: RenewalId) -> Result<Option<InboxRow>, ReadError> {
        let Some(renewal) = renewal::find(tx, id).await? else { return Ok(None) };
        let Some(arrived) = renewal.arrived.map(|at| self.local(at)) else { return Ok(None) };
        let signatures = signatures(tx, &renewal).await?;
        let decision = decisions::of_renewal(tx, id).await?.map(|decided| decided.brief());
        let findings = if decision.is_none() {
            let reckoned = calculation::of_submitted(tx, &renewal).await?;
            let previous = Previous::read(tx, &renewal).await?;
            Facts {
                members: &reckoned.members,
                asked: &reckoned.asked,
                compared: &comparison::compare(&renewal, &reckoned, previous.as_ref()),
                has_previous: previous.is_some(),
                signatures: &signatures,
                household: &reckoned.core.household_statement,
                has_message: signatures::signed(tx, id).await?.iter().any(|signed| signed.annex.message.is_some()),
                result: reckoned.outcome.as_ref().ok().map(|made| &made.result),
            }
            .brief()
        } else {
            Vec::new()
        };
        Ok(Some(InboxRow {
            renewal: id,
            case_number: renewal.case_number,
            month: renewal.month,
            signatures,
            caseworker: renewal.responsible.map(|(_, name)| name),
            arrived,
            age_days: self.age(arrived.date()),
            due: self.due(arrived.date()),
            findings,
            decision,
        }))
    }
}
