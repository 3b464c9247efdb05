//! What has happened to a renewal, told from the facts themselves and from the audit trail.

use app::caseworker::port::Event;
use app::port::{PayoutState, Phrase, SignatureState, Value};
use domain::id::{PersonId, RenewalId};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff_sqlx::Timestamp as SqlTimestamp;

use super::findings::name;
use super::{CaseworkerReader, ReadError};
use crate::case::answers::Asked;
use crate::case::calculation::Reckoned;
use crate::case::messages::Received;
use crate::case::renewal::Renewal;
use crate::case::{decisions, payouts, signatures};
use crate::db::{Action, DbError, TenantTx};

impl CaseworkerReader {
    /// The newest first.
    pub(super) async fn history(
        &self,
        tx: &mut TenantTx,
        renewal: &Renewal,
        reckoned: &Reckoned,
        messages: &[Received],
    ) -> Result<Vec<Event>, ReadError> {
        let mut events = Vec::new();
        if let Some(arrived) = renewal.arrived {
            events.push(by_itself(self.local(arrived), Phrase::new("event-received")));
            let since = messages.iter().filter(|message| message.sent >= arrived);
            events.extend(since.map(|message| {
                let what = Phrase::new("event-message").with("name", message.from.name.full());
                by_itself(self.local(message.sent), what)
            }));
        }
        for signer in signatures::of_renewal(tx, renewal.id, None).await? {
            let (key, at) = match signer.signature.state {
                SignatureState::Signed { at } => ("event-signed", at),
                SignatureState::Declined { at } => ("event-declined", at),
                SignatureState::Waiting { .. } | SignatureState::NotYet => continue,
            };
            events.push(by_itself(at, Phrase::new(key).with("name", signer.signature.name.full())));
        }
        events.extend(self.questions(reckoned));
        events.extend(self.openings(tx, renewal.id).await?);
        events.extend(self.decided(tx, renewal.id).await?);
        events.sort_by_key(|event| std::cmp::Reverse(event.at));
        Ok(events)
    }

    /// Which authorities were asked about whom. Those that were asked at the same time are told together; each stands with its answer
    /// elsewhere on the page.
    fn questions(&self, reckoned: &Reckoned) -> Vec<Event> {
        let mut rounds: Vec<(PersonId, Timestamp, Vec<&Asked>)> = Vec::new();
        for asked in &reckoned.asked {
            match rounds.iter_mut().find(|(person, at, _)| (*person, *at) == (asked.person, asked.asked)) {
                Some((_, _, of_round)) => of_round.push(asked),
                None => rounds.push((asked.person, asked.asked, vec![asked])),
            }
        }
        let event = |(person, at, of_round): (PersonId, Timestamp, Vec<&Asked>)| {
            let who = reckoned.members.iter().find(|member| member.person == person);
            let what = match of_round[..] {
                [one] => Phrase::new("event-asked").with("authority", name(&one.authority)),
                _ => {
                    Phrase::new("event-asked-several").with("count", u32::try_from(of_round.len()).unwrap_or(u32::MAX))
                }
            };
            let what = what.with("name", who.map_or("", |member| member.name.given.as_str()));
            by_itself(self.local(at), what)
        };
        rounds.into_iter().map(event).collect()
    }

    /// Who of the staff has looked: each once a day.
    async fn openings(&self, tx: &mut TenantTx, renewal: RenewalId) -> Result<Vec<Event>, DbError> {
        let municipality = tx.municipality().0;
        let rows = sqlx::query!(
            r#"
            select s.name, min(a.at) as "at!: SqlTimestamp"
              from audit_entry a
              join staff s on (s.municipality_id, s.id) = (a.municipality_id, a.actor_id)
             where a.municipality_id = $1 and a.object_kind = 'renewal' and a.object_id = $2 and a.action = $3
             group by s.id, s.name, (a.at at time zone 'Europe/Stockholm')::date
            "#,
            municipality,
            renewal.0,
            Action::OpenedRenewal.name(),
        )
        .fetch_all(tx.connection())
        .await?;
        let opened = |at: SqlTimestamp, who| Event {
            at: self.local(at.to_jiff()),
            actor: Some(who),
            what: Phrase::new("event-opened"),
        };
        Ok(rows.into_iter().map(|row| opened(row.at, row.name)).collect())
    }

    async fn decided(&self, tx: &mut TenantTx, renewal: RenewalId) -> Result<Vec<Event>, DbError> {
        let Some(decided) = decisions::of_renewal(tx, renewal).await? else { return Ok(Vec::new()) };
        let at = self.local(decided.at);
        let outcome = Value::Key(format!("outcome-{}", decided.outcome.code()).into());
        let mut events = vec![Event {
            at,
            actor: Some(decided.decider.clone()),
            what: Phrase::new("event-decided").with("outcome", outcome),
        }];
        let payouts = payouts::of_decision(tx, decided.id).await?;
        let planned = payouts.iter().filter(|payout| payout.state != PayoutState::Cancelled);
        events.extend(planned.map(|payout| {
            let what = Phrase::new("event-payout-planned").with("amount", payout.amount).with("day", payout.pay_date);
            by_itself(at, what)
        }));
        Ok(events)
    }
}

fn by_itself(at: DateTime, what: Phrase) -> Event {
    Event { at, actor: None, what }
}
