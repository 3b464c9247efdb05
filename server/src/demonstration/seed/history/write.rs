//! A household's year, written: each step by the one who took it, when they took it, through the service's own acts.

use domain::decision::{Decision, DecisionContent, Official, Outcome, Reason};
use domain::form::{PlainText, Typed};
use domain::id::{MessageId, PersonId, RenewalId, StaffId};
use domain::money::Money;
use domain::norm::set_lines::{LineKey, TypedLine};
use domain::norm::{Explanation, Line, NormCalculation};
use domain::payout::{PayoutAct, PayoutState};
use domain::renewal::{Part, Stage};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::ready::{REVISION, Ready};
use super::story::Note;
use super::{HistoryError, Home, Teller, signers};
use crate::authority::store;
use crate::case::answers::{self, Answered, Asked};
use crate::case::calculation::Review;
use crate::case::decision_draft::{self, DecisionDraft};
use crate::case::{decisions, proposals, renewal};
use crate::caseworker::make_decision::{Undecided, Verdict, Way};
use crate::citizen::stored_draft::StoredDraft;
use crate::citizen::{begin_renewal, send_message, sign_renewal};
use crate::db::{Action, Actor, DbError, HistoryTx, Object, TenantTx, query};

/// Why a line does not count that nothing shows.
const NOTHING_SHOWN: &str = "Vi har inte fått något underlag.";

impl Teller<'_> {
    /// Writes one renewal with all that followed from it.
    pub(super) async fn write_renewal(
        &self,
        tx: &mut HistoryTx,
        home: &Home<'_>,
        ready: &Ready,
    ) -> Result<(), HistoryError> {
        let Some(applicant) = home.adults.first() else { return Ok(()) };
        let (times, renewal) = (&ready.times, ready.renewal);
        let citizen = Actor::Citizen(applicant.id);
        log_in(tx.step(citizen, before(times.begun, 2)), home, applicant.id).await?;
        let (case, blank) = (home.case, StoredDraft::default());
        begin_renewal::insert(tx.step(citizen, times.begun), renewal, case, applicant.id, ready.month, &blank).await?;
        ask(tx, citizen, renewal, ready.asked.first()).await?;
        for minutes in (1..).take(usize::try_from(REVISION - 1).unwrap_or_default()) {
            let tx = tx.step(citizen, after(times.begun, minutes));
            tx.audit(Action::SavedDraft, Object::Renewal(renewal)).await?;
        }
        let saved = tx.step(citizen, before(times.signed, 1));
        ready.draft.write(saved, Part::Whole, (renewal, applicant.id), REVISION).await?;
        let logs_in = [None, Some(times.co_begun)];
        let signs = [times.signed, times.co_signed];
        for (((adult, (signing, signature)), logs_in), signs) in
            home.adults.iter().zip(&ready.signatures).zip(logs_in).zip(signs)
        {
            let actor = Actor::Citizen(adult.id);
            if let Some(at) = logs_in {
                log_in(tx.step(actor, before(at, 1)), home, adult.id).await?;
                ask(tx, actor, renewal, ready.asked.get(1)).await?;
            }
            let began = tx.step(actor, before(signs, 1));
            began.audit(Action::BeganSigning, Object::Renewal(renewal)).await?;
            sign_renewal::store(tx.step(actor, signs), signing, signature).await?;
            tx.see_all().await?;
        }
        if self.is_decided(home, ready) { self.write_decision(tx, home, ready).await } else { Ok(()) }
    }

    /// The caseworker opens the renewal and decides; the applicant reads it.
    async fn write_decision(&self, tx: &mut HistoryTx, home: &Home<'_>, ready: &Ready) -> Result<(), HistoryError> {
        let (times, id) = (&ready.times, ready.renewal);
        let caseworker = Actor::Caseworker(home.decider.staff);
        let opened = tx.step(caseworker, times.opened);
        opened.audit(Action::LoggedIn, Object::Staff(home.decider.staff)).await?;
        opened.audit(Action::SawInbox, Object::None).await?;
        mark_read(opened, home, times.opened).await?;
        opened.audit(Action::OpenedRenewal, Object::Renewal(id)).await?;
        renewal::set_stage(opened, id, Stage::UnderReview).await?;
        let note = self.story.note(&home.household.key, ready.month);
        let refused = |source| {
            let household = home.household.key.clone();
            HistoryError::Decision { household, month: ready.month, source }
        };
        let at_desk = tx.at_desk(home.decider.staff, times.decided).await?;
        let mut waiting = Undecided::lock(at_desk, id).await.map_err(refused)?;
        let draft = lines(at_desk, home, &waiting.review)?;
        if let Some(draft) = &draft {
            decision_draft::save(at_desk, id, draft, 1, home.decider.staff).await?;
            waiting.set_lines(draft.clone());
        }
        // A month whose rules are not known is still under review.
        let Ok(made) = &waiting.review.outcome else { return Ok(()) };
        let said = verdict(home, &made.result, note);
        let decision = waiting.decision(said, signers::day(at_desk.at())).map_err(|why| refused(why.into()))?;
        let pay_rule = self.municipality.pay_rule;
        match waiting.way(at_desk, home.decider.staff, &decision).await? {
            (Way::Propose(takes_two), content) => {
                if draft.is_none() {
                    decision_draft::save(at_desk, id, &DecisionDraft::default(), 1, home.decider.staff).await?;
                }
                proposals::put(at_desk, id, home.decider.staff, &content, &takes_two).await?;
                let second = second(at_desk, home.decider.staff, &decision).await?;
                // Nobody may decide it: it is still proposed.
                let Some(second) = second else { return tx.see_all().await.map_err(HistoryError::from) };
                let at_desk = tx.at_desk(second.staff, times.decided).await?;
                let waiting = Undecided::lock(at_desk, id).await.map_err(refused)?;
                let proposal = waiting.proposal();
                let decision = Decision::new(DecisionContent { decider: second, ..decision.into() });
                let decision = decision.map_err(|why| refused(why.into()))?;
                waiting.decide(at_desk, pay_rule, decision, proposal).await.map_err(refused)?;
            }
            _ => waiting.decide(at_desk, pay_rule, decision, None).await.map_err(refused)?,
        }
        tx.see_all().await?;
        let Some(applicant) = home.adults.first() else { return Ok(()) };
        let read = tx.step(Actor::Citizen(applicant.id), times.read);
        log_in(read, home, applicant.id).await?;
        let decided = decisions::of_renewal(read, id).await?;
        if let Some(decision) = decided.map(|decided| decided.id) {
            decisions::note_shown(read, decision, applicant.id).await?;
            read.audit(Action::SawDecision, Object::Decision(decision)).await?;
        }
        Ok(())
    }

    /// What lies beside a household's renewals: messages, what the bank has paid, and the end of the case.
    pub(super) async fn write_rest(&self, tx: &mut HistoryTx, home: &Home<'_>) -> Result<(), HistoryError> {
        self.write_messages(tx, home).await?;
        let tx = tx.step(Actor::System, self.now);
        pay(tx, home).await?;
        match home.story.closed {
            Some(day) => close(tx, home, day).await,
            None => Ok(()),
        }
    }

    /// The messages between the renewals. Those of the last days are still unread.
    async fn write_messages(&self, tx: &mut HistoryTx, home: &Home<'_>) -> Result<(), HistoryError> {
        for adult in &home.adults {
            for message in self.story.message.iter().filter(|message| message.person == adult.person.key) {
                let sent = message.day.at(12, 40, 0, 0).to_zoned(self.zone.clone()).map(|at| at.timestamp());
                let Ok(sent) = sent.map(|at| after(at, i64::try_from(home.place).unwrap_or_default())) else {
                    continue;
                };
                let read = after(sent, 20 * 60);
                if sent >= self.now {
                    continue;
                }
                let (id, writer) = (MessageId(Uuid::now_v7()), Actor::Citizen(adult.id));
                log_in(tx.step(writer, before(sent, 3)), home, adult.id).await?;
                send_message::send(tx.step(writer, sent), home.case, adult.id, id, message.subject, &message.text)
                    .await?;
                if after(read, 4 * 24 * 60) < self.now {
                    let reader = tx.step(Actor::Caseworker(home.decider.staff), read);
                    reader.audit(Action::SawMessage, Object::Message(id)).await?;
                    mark_read(reader, home, sent).await?;
                }
            }
        }
        Ok(())
    }
}

/// The caseworker takes a stand on every line that waits for one. A bill of the month before, which no earlier calculation approved,
/// is approved; anything else lacks what would show it.
fn lines(tx: &TenantTx, home: &Home<'_>, review: &Review) -> Result<Option<DecisionDraft>, HistoryError> {
    let Ok(made) = &review.outcome else { return Ok(None) };
    let (by, today) = (home.decider.staff, signers::day(tx.at()));
    let mut draft = DecisionDraft::default();
    for line in made.result.questions() {
        let mut set = TypedLine::new(line, by, today);
        if matches!(line.because, Explanation::ExpenseReferenceMonth { .. }) {
            set.value = Typed::new(line.amounts.stated().to_string())?;
        } else {
            set.value = Typed::new("0")?;
            set.why = Typed::new(NOTHING_SHOWN)?;
        }
        draft.lines.insert(LineKey::of(&line.subject), set);
    }
    Ok((!draft.lines.is_empty()).then_some(draft))
}

/// Another official who may make a decision.
async fn second(tx: &mut TenantTx, first: StaffId, decision: &Decision) -> Result<Option<Official>, DbError> {
    let municipality = tx.municipality();
    let row = query!(
        r#"
        select s.id, s.name
          from delegation g
          join staff s on (s.municipality_id, s.id) = (g.municipality_id, g.staff_id)
         where g.municipality_id = $1 and g.staff_id <> $2 and g.outcome = $3 and g.up_to_ore >= $4 and g.ended_at is null
         order by g.up_to_ore desc, s.name
         limit 1
        "#,
        municipality,
        first,
        decision.content().outcome,
        decision.amount(),
    )
    .fetch_optional(tx.connection())
    .await?;
    Ok(row.map(|row| Official { staff: StaffId(row.id), name: PlainText::new(&row.name), title: PlainText::default() }))
}

/// What a caseworker makes of the calculation: nothing when the incomes suffice, a part when something was left out.
fn verdict(home: &Home<'_>, result: &NormCalculation, note: Option<&Note>) -> Verdict {
    let not_shown =
        |line: &Line| line.overridden.as_ref().is_some_and(|overridden| &*overridden.reason == NOTHING_SHOWN);
    let (outcome, reasons) = if result.sums.payable == Money::ZERO {
        (Outcome::Rejected, vec![Reason::IncomeCoversNeed])
    } else if result.left_out().is_zero() {
        (Outcome::Granted, vec![Reason::NeedByNorm])
    } else if result.lines.iter().any(not_shown) {
        (Outcome::PartlyGranted, vec![Reason::ExpenseNotShown])
    } else {
        (Outcome::PartlyGranted, vec![Reason::ExpenseTooHigh])
    };
    let written = note.and_then(|note| note.reason).filter(|reason| reason.fits(outcome));
    Verdict {
        decider: home.decider.clone(),
        outcome,
        reasons: written.map_or(reasons, |reason| vec![reason]),
        note: PlainText::new(note.map_or("", |note| note.text.as_str())),
        amount: None,
    }
}

async fn log_in(tx: &mut TenantTx, home: &Home<'_>, person: PersonId) -> Result<(), DbError> {
    tx.audit(Action::LoggedIn, Object::Person(person)).await?;
    tx.audit(Action::SawHome, Object::Case(home.case)).await
}

/// Questions to the authorities about one adult, with their answers.
async fn ask(
    tx: &mut HistoryTx,
    actor: Actor,
    renewal: RenewalId,
    asked: Option<&Vec<Asked>>,
) -> Result<(), HistoryError> {
    for asked in asked.into_iter().flatten() {
        let Some((answered, answer)) = &asked.answer else { continue };
        let step = tx.step(actor, asked.at);
        let Asked { query, person, source, .. } = *asked;
        signers::apply(step, renewal, person).await?;
        answers::insert(step, &Answered { renewal, person, came: *answered, answers: &[(query, source, answer)] })
            .await?;
        step.audit(Action::AskedAuthority, Object::Source(asked.source)).await?;
        store::note(tx.step(Actor::System, *answered), asked.source, answer).await?;
    }
    Ok(())
}

/// The caseworker has read the case's notices that came until then.
async fn mark_read(tx: &mut TenantTx, home: &Home<'_>, until: Timestamp) -> Result<(), HistoryError> {
    let (municipality, at) = (tx.municipality(), tx.at());
    query!(
        r#"
        update notice set read_at = $3
         where municipality_id = $1 and case_id = $2 and made_at <= $4 and read_at is null
        "#,
        municipality,
        home.case,
        at,
        until,
    )
    .execute(tx.connection())
    .await?;
    Ok(tx.audit(Action::ReadNotice, Object::None).await?)
}

/// The bank has paid what was to be paid until today.
async fn pay(tx: &mut TenantTx, home: &Home<'_>) -> Result<(), HistoryError> {
    let (municipality, today) = (tx.municipality(), signers::day(tx.at()));
    let Ok(paid) = PayoutState::Planned.after(PayoutAct::Pay) else { return Ok(()) };
    query!(
        "update payout set state = $4 where municipality_id = $1 and case_id = $2 and state = $5 and pay_date <= $3",
        municipality,
        home.case,
        today,
        paid,
        PayoutState::Planned,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

async fn close(tx: &mut TenantTx, home: &Home<'_>, day: Date) -> Result<(), HistoryError> {
    let municipality = tx.municipality();
    query!(
        "update assistance_case set closed_on = $3 where municipality_id = $1 and id = $2",
        municipality,
        home.case,
        day,
    )
    .execute(tx.connection())
    .await?;
    Ok(())
}

fn after(at: Timestamp, minutes: i64) -> Timestamp {
    at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(at)
}

fn before(at: Timestamp, minutes: i64) -> Timestamp {
    after(at, -minutes)
}
