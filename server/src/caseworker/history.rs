//! What has happened to a renewal, made from the records themselves and from the audit trail.

use app::caseworker::model::Event;
use app::model::{Payout, PayoutState, Phrase, Value};
use domain::id::{PersonId, RenewalId};
use domain::renewal::state::SignatureState;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff_sqlx::Timestamp as SqlTimestamp;

use crate::case::answers::Asked;
use crate::case::decisions::Decided;
use crate::case::household::HouseholdMember;
use crate::case::messages::Received;
use crate::case::renewal::CaseRenewal;
use crate::case::signers::Signer;
use crate::db::{Action, DbError, TenantTx, query};
use crate::http::Here;

/// The facts that a renewal's history is made from.
pub(super) struct HistoryFacts<'a> {
    pub(super) members: &'a [HouseholdMember],
    pub(super) asked: &'a [Asked],
    pub(super) signers: &'a [Signer],
    pub(super) messages: &'a [Received],
    pub(super) decided: Option<(&'a Decided, &'a [Payout])>,
}

pub(super) fn of_renewal(
    here: &Here,
    renewal: &CaseRenewal,
    facts: &HistoryFacts<'_>,
    openings: Vec<Event>,
) -> Vec<Event> {
    let mut events = vec![by_itself(here.local(renewal.arrived), Phrase::new("event-received"))];
    let since = facts.messages.iter().filter(|message| message.sent >= renewal.arrived);
    events.extend(since.map(|message| {
        let what = Phrase::new("event-message").with("name", message.from.name.full());
        by_itself(here.local(message.sent), what)
    }));
    for signer in facts.signers {
        let key = match signer.state {
            SignatureState::Signed => "event-signed",
            SignatureState::Declined => "event-declined",
            SignatureState::Left => "event-left",
            SignatureState::Awaited => continue,
        };
        events.push(by_itself(here.local(signer.changed), Phrase::new(key).with("name", signer.name.full())));
    }
    events.extend(questions(here, facts));
    events.extend(openings);
    if let Some((decided, payouts)) = facts.decided {
        events.extend(decision(here, decided, payouts));
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    events
}

/// Which authorities were asked about whom. Those that were asked at the same time are told together; each stands with its answer
/// elsewhere on the page.
fn questions(here: &Here, facts: &HistoryFacts<'_>) -> Vec<Event> {
    let mut rounds: Vec<(PersonId, Timestamp, Vec<&Asked>)> = Vec::new();
    for asked in facts.asked {
        match rounds.iter_mut().find(|(person, at, _)| (*person, *at) == (asked.person, asked.at)) {
            Some((_, _, of_round)) => of_round.push(asked),
            None => rounds.push((asked.person, asked.at, vec![asked])),
        }
    }
    let event = |(person, at, of_round): (PersonId, Timestamp, Vec<&Asked>)| {
        let who = facts.members.iter().find(|member| member.person == person);
        let what = match of_round[..] {
            [one] => Phrase::new("event-asked").with("authority", &one.authority),
            _ => Phrase::new("event-asked-several").with("count", u32::try_from(of_round.len()).unwrap_or(u32::MAX)),
        };
        let what = what.with("name", who.map_or("", |member| member.name.called()));
        by_itself(here.local(at), what)
    };
    rounds.into_iter().map(event).collect()
}

/// Who of the staff has looked, taken it up or let go of it: each once a day.
pub(super) async fn openings(here: &Here, tx: &mut TenantTx, renewal: RenewalId) -> Result<Vec<Event>, DbError> {
    let municipality = tx.municipality();
    let rows = query!(
        r#"
        select s.name, a.action, min(a.at) as "at!"
          from audit_entry a
          join staff s on (s.municipality_id, s.id) = (a.municipality_id, a.actor_id)
         where a.municipality_id = $1 and a.object_kind = 'renewal' and a.object_id = $2 and a.action in ($3, $4, $5, $6, $7)
         group by s.id, s.name, a.action, (a.at at time zone 'Europe/Stockholm')::date
        "#,
        municipality,
        renewal,
        Action::OpenedRenewal.name(),
        Action::BeganReview.name(),
        Action::HandedBack.name(),
        Action::ProposedDecision.name(),
        Action::ReturnedProposal.name(),
    )
    .fetch_all(tx.connection())
    .await?;
    let event = |at: SqlTimestamp, who, action: &str| {
        let key = match action {
            "began-review" => "event-began-review",
            "handed-back" => "event-handed-back",
            "proposed-decision" => "event-proposed-decision",
            "returned-proposal" => "event-returned-proposal",
            _ => "event-opened",
        };
        Event { at: here.local(at.to_jiff()), actor: Some(who), what: Phrase::new(key) }
    };
    Ok(rows.into_iter().map(|row| event(row.at, row.name, &row.action)).collect())
}

/// The decision, and the payouts that it planned.
fn decision(here: &Here, decided: &Decided, payouts: &[Payout]) -> Vec<Event> {
    let at = here.local(decided.at);
    let outcome = Value::Key(decided.outcome.inline_key().into());
    let mut events = vec![Event {
        at,
        actor: Some(decided.decider.clone()),
        what: Phrase::new("event-decided").with("outcome", outcome),
    }];
    let planned = payouts.iter().filter(|payout| payout.state != PayoutState::Cancelled);
    events.extend(planned.map(|payout| {
        let what = Phrase::new("event-payout-planned").with("amount", payout.amount).with("day", payout.pay_date);
        by_itself(at, what)
    }));
    events
}

fn by_itself(at: DateTime, what: Phrase) -> Event {
    Event { at, actor: None, what }
}

#[cfg(test)]
mod tests {
    use sqlx::PgPool;

    use crate::test_support::{Statement, Towns, open_to};

    /// What has happened, as the page of a renewal tells it.
    fn happened(page: &str) -> &str {
        page.split_once("<ol class=\"log\">").unwrap().1.split_once("</ol>").unwrap().0
    }

    #[sqlx::test(migrations = "../migrations")]
    async fn what_has_happened_to_this_renewal_stands_in_order_each_looker_once_a_day(pool: PgPool) {
        let stage = Towns::new(pool).await;
        let home = &stage.home;
        let (couple, [mira, johan]) = stage.couple().await;
        let november = stage.signed(couple.case, "2026-11", &Statement::default()).await;
        let december = stage.signed(couple.case, "2026-12", &Statement::default()).await;
        let (siv, colleague) = stage.colleague("siv").await;
        let mut tx = stage.tx(home).await;
        open_to(&mut tx, couple.case, siv).await;
        tx.commit().await.unwrap();
        stage.page(&colleague, &format!("/staff/renewals/{november}")).await;
        stage.send(&mira, "/messages", &[("subject", "question"), ("body", "När?")]).await;
        stage.send(&johan, "/renewal/cosign/decline", &[]).await;
        let path = format!("/staff/renewals/{december}");
        stage.page(&home.caseworker, &path).await;
        stage.page(&home.caseworker, &path).await;
        stage.decided(december, "granted", "need-by-norm").await;

        let page = stage.page(&home.caseworker, &path).await;
        let log = happened(&page);
        let mut before = log.len();
        for text in [
            "Ansökan kom in",
            "Mira Nilsson skickade ett meddelande",
            "Johan Nilsson valde att inte skriva under",
            "Beslutade: bifall",
        ] {
            let at = log.find(text).unwrap_or_else(|| panic!("{text}: {log}"));
            assert!(at < before, "the newest stands first, and {text} is newer: {log}");
            before = at;
        }
        assert!(log.contains("Mira Nilsson skrev under") && log.contains("Utbetalning av"), "{log}");
        assert_eq!(log.matches("Öppnade ansökan").count(), 1, "once a day: {log}");
        assert!(!log.contains("siv"), "who has opened another month has not opened this one: {log}");
    }
}
