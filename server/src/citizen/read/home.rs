//! The home page, payouts, and decisions with their calculation.

use app::citizen::port::{BeforeRenewal, Decision, DecisionCalculation, Home, NextStep, Payouts, Progress, Window};
use app::port::{CaseNumber, Payout, PayoutState};
use domain::NormMonth;
use domain::id::DecisionId;
use domain::renewal::window::Offer;
use domain::renewal::{Stage, state};

use super::parts::caseworker;
use super::{CitizenReader, ReadError};
use crate::case::{answers, calculation, decisions, household, payouts, renewal, signers};
use crate::citizen::{draft, start};
use crate::db::{Action, DbError, Object, TenantTx};
use crate::login::policy::OwnRenewal;

/// How many payouts that were made the home page shows.
const MADE_SHOWN: usize = 3;

impl CitizenReader {
    pub(super) async fn read_home(&self) -> Result<Home, ReadError> {
        let mut tx = self.tx().await?;
        let months = draft::renewed_months(&mut tx, &self.actor).await?;
        let submitted = months.iter().find(|(_, stage)| *stage != Stage::Draft).map(|(month, _)| *month);
        let newest = match submitted {
            Some(month) => OwnRenewal::for_month(&mut tx, &self.actor, month).await?,
            None => None,
        };
        let progress = match &newest {
            Some(renewal) => Some(self.progress(&mut tx, renewal).await?),
            None => None,
        };
        let next = self.next_step(&mut tx, &months, newest.as_ref()).await?;
        let (planned, past) = split(payouts::of_case(&mut tx, self.actor.case()).await?);
        let home = Home {
            person: self.actor.name(),
            case_number: case_number(&mut tx, self).await?,
            caseworker: caseworker(&mut tx, self.actor.case()).await?,
            next,
            progress,
            planned,
            made: past.into_iter().take(MADE_SHOWN).collect(),
            unread_messages: 0,
        };
        tx.audit(Action::SawHome, Object::Case(self.actor.case().0)).await?;
        tx.commit().await?;
        Ok(home)
    }

    /// The one thing to do: finish a draft, sign what the other has signed, apply for the open month, or wait.
    async fn next_step(
        &self,
        tx: &mut TenantTx,
        months: &[(NormMonth, Stage)],
        newest: Option<&OwnRenewal>,
    ) -> Result<NextStep, ReadError> {
        let window = draft::window(&self.site.municipality)?;
        if let Some((month, _)) = months.iter().find(|(_, stage)| *stage == Stage::Draft)
            && let Some(renewal) = OwnRenewal::for_month(tx, &self.actor, *month).await?
            && renewal.begun_by() == self.actor.person()
        {
            let saved = super::parts::saved(tx, renewal.id()).await?;
            let until = draft::until(&self.site.municipality, *month, self.today())?;
            let window = Window { month: *month, until };
            return Ok(NextStep::Continue { window, saved: self.local(saved) });
        }
        if let Some(renewal) = newest
            && let Some(step) = self.co_signature(tx, renewal).await?
        {
            return Ok(step);
        }
        let renewed = |month: NormMonth| months.iter().any(|(one, _)| *one == month);
        Ok(match window.offer(self.today(), renewed) {
            Some(Offer::Renew { month, until, .. }) => {
                NextStep::Begin { window: Window { month, until }, previous: months.first().map(|(month, _)| *month) }
            }
            Some(Offer::Wait { month, opens }) => NextStep::Wait { month, opens },
            None => {
                let month = NormMonth::of(self.today()).unwrap_or_else(|_| months[0].0).next().next();
                NextStep::Wait { month, opens: window.opens(month) }
            }
        })
    }

    /// Whether the other has signed and this person's signature is awaited.
    async fn co_signature(&self, tx: &mut TenantTx, renewal: &OwnRenewal) -> Result<Option<NextStep>, ReadError> {
        if renewal.stage() == Stage::Decided {
            return Ok(None);
        }
        let progress = signers::progress(tx, renewal.id()).await?;
        if progress.signature(self.actor.signs_as()) != Some(state::SignatureState::Awaited) {
            return Ok(None);
        }
        let members = household::members(tx, self.actor.case()).await?;
        let applicant = members
            .into_iter()
            .find(|member| member.signs_as.is_some() && member.person != self.actor.person())
            .map_or_else(String::new, |member| member.name.given);
        Ok(Some(NextStep::CoSign { month: renewal.month(), applicant, until: None }))
    }

    pub(super) async fn read_before_renewal(&self) -> Result<BeforeRenewal, ReadError> {
        let mut tx = self.tx().await?;
        let months = draft::renewed_months(&mut tx, &self.actor).await?;
        let renewed = |month: NormMonth| months.iter().any(|(one, _)| *one == month);
        match draft::window(&self.site.municipality)?.offer(self.today(), renewed) {
            Some(Offer::Renew { month, until, .. }) => {
                Ok(BeforeRenewal { window: Window { month, until }, previous: months.first().map(|(month, _)| *month) })
            }
            Some(Offer::Wait { .. }) | None => Err(ReadError::Elsewhere("/home")),
        }
    }

    async fn progress(&self, tx: &mut TenantTx, renewal: &OwnRenewal) -> Result<Progress, ReadError> {
        let received = arrived(tx, renewal).await?;
        let decision = decisions::of_renewal(tx, renewal.id()).await?;
        let payout = match &decision {
            Some(decision) => payouts::of_decision(tx, decision.id).await?.first().map(|one| (one.state, one.pay_date)),
            None => None,
        };
        Ok(Progress {
            renewal: renewal.id(),
            month: renewal.month(),
            received: self.local(received),
            signatures: self.signatures(tx, renewal.id()).await?,
            decision: decision.map(|decision| decision.brief()),
            payout,
        })
    }

    pub(super) async fn read_payouts(&self) -> Result<Payouts, ReadError> {
        let mut tx = self.tx().await?;
        let (planned, past) = split(payouts::of_case(&mut tx, self.actor.case()).await?);
        tx.audit(Action::SawPayouts, Object::Case(self.actor.case().0)).await?;
        tx.commit().await?;
        Ok(Payouts { planned, past })
    }

    /// Opening a decision is receiving it: from that day the time to appeal runs (FL 44 §).
    pub(super) async fn read_decision(&self, id: DecisionId) -> Result<Decision, ReadError> {
        let mut tx = self.tx().await?;
        decisions::in_case(&mut tx, self.actor.case(), id).await?.ok_or(ReadError::NotFound)?;
        decisions::mark_read(&mut tx, id).await?;
        let decided = decisions::in_case(&mut tx, self.actor.case(), id).await?.ok_or(ReadError::NotFound)?;
        let renewal = OwnRenewal::by_id(&mut tx, &self.actor, decided.renewal).await?.ok_or(ReadError::NotFound)?;
        let arrived = arrived(&mut tx, &renewal).await?;
        let decision = Decision {
            brief: decided.brief(),
            month: decided.month,
            case_number: case_number(&mut tx, self).await?,
            arrived: self.local(arrived).date(),
            decided_by: decided.decider.clone(),
            granted: decided.outcome.grants().then_some(decided.granted),
            reason: decided.reason(),
            note: decided.note.clone(),
            provisions: decided.grounds.provisions.iter().map(|one| self.site.texts.get(one.key())).collect(),
            has_calculation: decided.calculation.is_some(),
            payouts: payouts::of_decision(&mut tx, id).await?,
            contact: start::contact(&self.site.municipality),
        };
        tx.audit(Action::SawDecision, Object::Decision(id.0)).await?;
        tx.commit().await?;
        Ok(decision)
    }

    pub(super) async fn read_calculation(&self, id: DecisionId) -> Result<DecisionCalculation, ReadError> {
        let mut tx = self.tx().await?;
        let decided = decisions::in_case(&mut tx, self.actor.case(), id).await?.ok_or(ReadError::NotFound)?;
        let calculation = decided.calculation.ok_or(ReadError::NotFound)?;
        let stored = calculation::find(&mut tx, calculation).await?.ok_or(ReadError::NotFound)?;
        let members = household::members(&mut tx, self.actor.case()).await?;
        let asked = answers::newest(&mut tx, decided.renewal).await?;
        tx.audit(Action::SawCalculation, Object::Decision(id.0)).await?;
        tx.commit().await?;
        Ok(DecisionCalculation {
            decision: id,
            outcome: decided.outcome,
            calculation: calculation::Names::of(&members, &asked).calculation(&stored.result),
        })
    }
}

/// Planned, the nearest first; and the others, the newest first.
fn split(payouts: Vec<Payout>) -> (Vec<Payout>, Vec<Payout>) {
    let (mut planned, past): (Vec<_>, Vec<_>) =
        payouts.into_iter().partition(|payout| payout.state == PayoutState::Planned);
    planned.reverse();
    (planned, past)
}

async fn arrived(tx: &mut TenantTx, own: &OwnRenewal) -> Result<jiff::Timestamp, ReadError> {
    let found = renewal::find(tx, own.id()).await?;
    Ok(found.and_then(|renewal| renewal.arrived).ok_or(DbError::Inconsistent { column: "renewal.submitted_at" })?)
}

async fn case_number(tx: &mut TenantTx, reader: &CitizenReader) -> Result<CaseNumber, DbError> {
    let municipality = tx.municipality().0;
    let number = sqlx::query_scalar!(
        "select number from assistance_case where municipality_id = $1 and id = $2",
        municipality,
        reader.actor.case().0,
    )
    .fetch_one(tx.connection())
    .await?;
    Ok(CaseNumber(number))
}
