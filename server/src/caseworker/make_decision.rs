//! `POST /staff/renewals/{id}/decide`: a renewal is decided. What the caseworker types is saved, then judged; a decision is kept with the
//! calculation that it rests on, and its payout planned, all at once.

mod posted;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod two_tests;
mod way;

use app::caseworker::model::Decide;
use app::model::{FieldError, Phrase, Value};
use axum::http::StatusCode;
use domain::Money;
use domain::decision::{
    Basis, Decision, DecisionContent, DecisionError, Grant, Official, Outcome, Reason, TakesTwo, provisions_for,
};
use domain::form::{PlainText, TooLongToKeep, read as typed};
use domain::id::{DecisionId, RenewalId, StaffId};
use domain::norm::set_lines::{LineKey, LineProblem};
use domain::payout::{self, PayRule};
use domain::renewal::judge::AMOUNT_LIMIT;
use domain::renewal::state::{Act, Refusal, SignatureProgress};
use jiff::civil::Date;
use uuid::Uuid;

use self::posted::Posted;
pub(super) use self::way::Asked;
pub(crate) use self::way::Way;
use super::decide;
use crate::case::calculation::{self, Review};
use crate::case::decision_draft::{self, DecisionDraft};
use crate::case::decisions::{self, NewDecision};
use crate::case::notices::{self, Cause, To};
use crate::case::proposals::{self, StoredProposal};
use crate::case::renewal::{self, CaseRenewal};
use crate::case::signed::SignedError;
use crate::case::{answers, authority, household, payouts, signed, signers};
use crate::db::{Action, DbError, Object, TenantTx};
use crate::http::{Fields, Path, Problem, Reply, Visit};
use crate::session::policy::Caseworker;

/// What a caseworker decides.
pub(crate) struct Verdict {
    /// Who says so: the one who decides, or who proposes.
    pub decider: Official,
    pub outcome: Outcome,
    /// The circumstances that decided.
    pub reasons: Vec<Reason>,
    /// What the caseworker adds.
    pub note: PlainText,
    /// What is granted when there is no calculation to say it.
    pub amount: Option<Money>,
}

/// Why nothing was decided.
#[derive(Debug, thiserror::Error)]
pub enum DecisionRefused {
    /// There is no such renewal for this caseworker, or it is not one that can be decided.
    #[error("there is no renewal to decide")]
    NotFound,
    /// It has been decided: a second press, or a colleague.
    #[error("the renewal has been decided")]
    Decided,
    /// A field holds more than is kept at all.
    #[error(transparent)]
    TooLong(#[from] TooLongToKeep),
    /// The decision may not be made so.
    #[error(transparent)]
    Decision(#[from] DecisionError),
    /// What was signed cannot be read.
    #[error(transparent)]
    Signed(#[from] SignedError),
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<DecisionRefused> for Problem {
    fn from(refused: DecisionRefused) -> Self {
        match refused {
            DecisionRefused::NotFound => Self::NotFound,
            DecisionRefused::TooLong(error) => error.into(),
            DecisionRefused::Signed(error) => error.into(),
            DecisionRefused::Db(error) => error.into(),
            // The page shows both: the act has no other answer to them.
            error @ (DecisionRefused::Decided | DecisionRefused::Decision(_)) => Self::broken(error),
        }
    }
}

/// Saved, and decided when that is what the caseworker pressed. A second press finds the first decision.
pub(crate) async fn act(
    mut visit: Visit<Caseworker>,
    Path(id): Path<RenewalId>,
    Fields(posted): Fields<Posted>,
) -> Reply {
    let note = posted.note.clone();
    match save_and_decide(&mut visit, id, posted).await {
        // What may not be decided so is saved all the same, and the page says why.
        Ok(()) | Err(DecisionRefused::Decision(_)) => {}
        Err(DecisionRefused::Decided) => {
            // What a colleague has decided stands, and what was written meanwhile is given back.
            let decided = decisions::of_renewal(&mut visit.tx, id).await?;
            if decided.is_some_and(|decided| decided.by != visit.actor.staff()) && !note.trim().is_empty() {
                let shown = decide::read(&mut visit, id).await?;
                let shown = Decide { not_kept: Some(note), ..shown };
                return visit.page_with(StatusCode::CONFLICT, app::caseworker::decide::page(shown)).await;
            }
        }
        Err(refused) => return Err(refused.into()),
    }
    visit.see_other(&format!("/staff/renewals/{id}/decide")).await
}

async fn save_and_decide(
    visit: &mut Visit<Caseworker>,
    id: RenewalId,
    mut posted: Posted,
) -> Result<(), DecisionRefused> {
    let Visit { here, actor, tx, .. } = visit;
    let mut waiting = Undecided::lock(tx, id).await?;
    let mut draft = waiting.renewal.draft.clone();
    let stale = posted.put(&mut draft, waiting.renewal.draft_revision, &waiting.review, actor.staff(), here.today())?;
    // Who calculates again what nobody has touched has changed nothing.
    let is_changed = draft != waiting.renewal.draft;
    waiting.set_lines(draft);
    // Nothing is decided that the one who decides has not seen: neither a colleague's words nor a sum that the lines have changed.
    let may_decide = posted.decides() && !stale && posted.seen == seen(&waiting.review);
    let verdict = may_decide.then(|| verdict(&waiting.renewal.draft, official(actor), &waiting.review));
    let decision = verdict.and_then(Result::ok).map(|verdict| waiting.decision(verdict, signers::day(tx.at())));
    let decision = match decision {
        Some(Ok(decision)) => decision,
        none => {
            if is_changed {
                waiting.save(tx, actor.staff()).await?;
            }
            return none.transpose().map(|_| ()).map_err(DecisionRefused::from);
        }
    };
    let (way, content) = waiting.way(tx, actor.staff(), &decision).await?;
    match way {
        Way::Alone => waiting.decide(tx, here.site.municipality.pay_rule, decision, None).await,
        Way::After(proposal) => waiting.decide(tx, here.site.municipality.pay_rule, decision, Some(proposal)).await,
        Way::Propose(takes_two) => Ok(waiting.propose(tx, actor.staff(), &content, &takes_two).await?),
        Way::Awaits => Ok(()),
    }
}

/// A renewal that waits for its decision, held until the transaction ends. All that its decision rests on has been read once.
pub(crate) struct Undecided {
    renewal: CaseRenewal,
    progress: SignatureProgress,
    /// What is known of it, and the calculation with the lines that caseworkers have set.
    pub review: Review,
}

impl Undecided {
    /// Takes hold of it.
    pub(crate) async fn lock(tx: &mut TenantTx, id: RenewalId) -> Result<Self, DecisionRefused> {
        // What one month leaves to the next must not change while it is decided.
        renewal::lock_with_case(tx, id).await?;
        let renewal = renewal::find(tx, id).await?.ok_or(DecisionRefused::NotFound)?;
        let progress = signers::progress_of(tx, id).await?;
        match progress.after(Act::Decide) {
            Ok(_) => {}
            Err(Refusal::Decided) => return Err(DecisionRefused::Decided),
            Err(_) => return Err(DecisionRefused::NotFound),
        }
        let asked = answers::newest(tx, id).await?;
        let signed = signed::facts(tx, id).await?.ok_or(DbError::Inconsistent { column: "signed_document.core" })?;
        let review = Review::read(tx, &renewal, asked, &[], signed).await?;
        Ok(Self { renewal, progress, review })
    }

    /// Saves what has been typed towards the decision. The first save takes the renewal up, and what was proposed before is not what
    /// stands here.
    async fn save(self, tx: &mut TenantTx, by: StaffId) -> Result<(), DbError> {
        let Self { renewal, progress, .. } = self;
        decision_draft::save(tx, renewal.id, &renewal.draft, renewal.draft_revision + 1, by).await?;
        if renewal.proposal.is_some_and(|proposal| proposal.returned.is_none()) {
            proposals::forget(tx, renewal.id).await?;
        }
        if let Ok(next) = progress.after(Act::BeginReview) {
            renewal::set_stage(tx, renewal.id, next.stage).await?;
            tx.audit(Action::BeganReview, Object::Renewal(renewal.id)).await?;
        }
        Ok(())
    }

    /// Calculates anew with the lines of a draft.
    pub(crate) fn set_lines(&mut self, draft: DecisionDraft) {
        self.review.calculate(draft.overrides());
        self.renewal.draft = draft;
    }

    /// The decision that a verdict makes of it.
    pub(crate) fn decision(&self, verdict: Verdict, on: Date) -> Result<Decision, DecisionError> {
        Decision::new(content(on, &self.renewal, &self.review, verdict))
    }

    /// How a decision gets made when this official presses, and the digest of what would be decided.
    pub(crate) async fn way(
        &self,
        tx: &mut TenantTx,
        by: StaffId,
        decision: &Decision,
    ) -> Result<(Way, Vec<u8>), DbError> {
        let asked = Asked::new(&self.renewal, &self.review, decision, &tx.vault())?;
        let authority = authority::of(tx, by, self.renewal.case).await?;
        Ok((asked.way(&authority, by), asked.content))
    }

    /// What has been proposed, where something has.
    pub(crate) fn proposal(&self) -> Option<StoredProposal> {
        self.renewal.proposal.clone()
    }

    /// Saves what has been typed, and leaves it to another to decide.
    async fn propose(
        self,
        tx: &mut TenantTx,
        by: StaffId,
        content: &[u8],
        takes_two: &[TakesTwo],
    ) -> Result<(), DbError> {
        let (renewal, case) = (self.renewal.id, self.renewal.case);
        self.save(tx, by).await?;
        proposals::put(tx, renewal, by, content, takes_two).await?;
        notices::insert(tx, case, Cause::Proposed(renewal), To::OtherThan(by)).await
    }

    /// Decides, keeps the calculation with the decision, and plans what follows from it.
    pub(crate) async fn decide(
        self,
        tx: &mut TenantTx,
        pay_rule: PayRule,
        decision: Decision,
        proposal: Option<StoredProposal>,
    ) -> Result<(), DecisionRefused> {
        let Self { renewal, progress, review } = self;
        let next = progress.after(Act::Decide).map_err(|_| DecisionRefused::Decided)?;
        let (presenter, takes_two) = proposal.map(|proposal| (proposal.by, proposal.takes_two)).unzip();
        let decision = Decision::new(DecisionContent { rapporteur: presenter, ..decision.into() })?;
        keep(tx, pay_rule, &renewal, &review, &decision, &takes_two.unwrap_or_default()).await?;
        decision_draft::forget(tx, renewal.id).await?;
        renewal::set_stage(tx, renewal.id, next.stage).await?;
        Ok(())
    }
}

async fn keep(
    tx: &mut TenantTx,
    pay_rule: PayRule,
    renewal: &CaseRenewal,
    review: &Review,
    decision: &Decision,
    takes_two: &[String],
) -> Result<(), DecisionRefused> {
    let decider = decision.content().decider.staff;
    let calculation = match &review.outcome {
        Ok(made) => Some(calculation::insert(tx, renewal.id, made, decider).await?),
        Err(_) => None,
    };
    let id = DecisionId(Uuid::now_v7());
    decisions::insert(tx, &NewDecision { id, renewal: renewal.id, decision, calculation, takes_two }).await?;
    tx.audit(Action::Decided, Object::Decision(id)).await?;
    let payee = PlainText::new(&household::applicant(&review.known.facts.members));
    for planned in payout::plan(id, decision, pay_rule) {
        payouts::insert_planned(tx, renewal.case, id, &planned, &payee).await?;
    }
    Ok(())
}

fn content(date: Date, renewal: &CaseRenewal, review: &Review, verdict: Verdict) -> DecisionContent {
    let Verdict { decider, outcome, reasons, note, amount } = verdict;
    let basis = review.outcome.as_ref().ok().map(|made| Basis::from(&made.result));
    let amount = basis.map_or(amount, |basis| Some(basis.payable));
    let granted = amount.filter(|amount| outcome.grants() && *amount > Money::ZERO);
    DecisionContent {
        outcome,
        date,
        norm_month: renewal.month,
        decider,
        rapporteur: None,
        participants: Vec::new(),
        basis,
        grants: granted.map(|amount| Grant { amount, method: renewal.payout.clone() }).into_iter().collect(),
        provisions: provisions_for(outcome, &reasons),
        reasons,
        note: (!note.is_empty()).then_some(note),
    }
}

/// The caseworker as the decision names them.
pub(super) fn official(caseworker: &Caseworker) -> Official {
    Official { staff: caseworker.staff(), name: PlainText::new(caseworker.name()), title: PlainText::default() }
}

/// What the form says of the sum that it shows: [`Posted::seen`] sends it back.
pub(super) fn seen(review: &Review) -> String {
    review.outcome.as_ref().map_or_else(|_| String::new(), |made| made.result.sums.payable.to_string())
}

/// What was typed, read; or what is wrong with it.
fn verdict(draft: &DecisionDraft, decider: Official, review: &Review) -> Result<Verdict, Vec<FieldError>> {
    let mut errors = line_errors(draft);
    let outcome = Outcome::from_code(draft.outcome.as_str());
    if outcome.is_none() {
        errors.push(FieldError::new("outcome", Phrase::new("decision-error-outcome-missing")));
    }
    let by_hand = match &review.outcome {
        Ok(_) => false,
        Err(why) => why.is_decided_by_hand(),
    };
    let grants = outcome.is_some_and(Outcome::grants);
    if grants && review.outcome.is_err() && !by_hand {
        errors.push(FieldError::new("outcome", Phrase::new("decide-calculation-broken")));
    }
    let amount = if grants && by_hand && !draft.amount.is_blank() {
        typed::amount(&draft.amount, AMOUNT_LIMIT).map(Some)
    } else {
        Ok(None)
    };
    if let Err(problem) = amount {
        errors.push(FieldError::new("amount", &problem));
    }
    match (outcome, amount) {
        (Some(outcome), Ok(amount)) if errors.is_empty() => Ok(Verdict {
            decider,
            outcome,
            reasons: Reason::from_code(draft.reason.as_str()).into_iter().collect(),
            note: PlainText::new(draft.note.as_str()),
            amount,
        }),
        _ => Err(errors),
    }
}

/// The decision that a draft would be, where it could be made.
pub(super) fn decision(
    draft: &DecisionDraft,
    decider: Official,
    renewal: &CaseRenewal,
    review: &Review,
    today: Date,
) -> Option<Decision> {
    let verdict = verdict(draft, decider, review).ok()?;
    Decision::new(content(today, renewal, review, verdict)).ok()
}

/// What is wrong with a draft: with its lines at once, with the rest when deciding has been tried.
pub(super) fn errors(
    draft: &DecisionDraft,
    decider: Official,
    renewal: &CaseRenewal,
    review: &Review,
    today: Date,
) -> Vec<FieldError> {
    if !draft.pressed {
        return line_errors(draft);
    }
    let verdict = match verdict(draft, decider, review) {
        Ok(verdict) => verdict,
        Err(errors) => return errors,
    };
    match Decision::new(content(today, renewal, review, verdict)) {
        // How it stands with what was proposed is said apart.
        Ok(_) if draft.deciding && renewal.proposal.is_none() => {
            vec![FieldError::new("outcome", Phrase::new("decide-unseen"))]
        }
        Ok(_) => Vec::new(),
        Err(DecisionError::QuestionsOpen { .. }) => questions(review),
        Err(error) => vec![FieldError::new(field(error), Phrase::new(error.key()).with_all(error.args()))],
    }
}

fn line_errors(draft: &DecisionDraft) -> Vec<FieldError> {
    let error = |(key, problem): (&LineKey, LineProblem)| match problem {
        LineProblem::Value(problem) => FieldError::new(key.value_field(), &problem),
        LineProblem::Why(problem) => FieldError::new(key.why_field(), &problem),
        LineProblem::WhyMissing => FieldError::new(key.why_field(), Phrase::new("decide-why-missing")),
    };
    draft.problems().map(error).collect()
}

/// One error for each line that still waits for a human.
fn questions(review: &Review) -> Vec<FieldError> {
    let made = review.outcome.as_ref().ok();
    let lines = made.into_iter().flat_map(|made| made.result.questions());
    lines
        .map(|line| {
            let what = Value::Key(line.subject.text_key().into());
            FieldError::new(
                LineKey::of(&line.subject).value_field(),
                Phrase::new("decide-line-missing").with("what", what),
            )
        })
        .collect()
}

/// The field that an error is mended in.
fn field(error: DecisionError) -> &'static str {
    match error {
        DecisionError::NoteMissing | DecisionError::NoteMissingForAmount | DecisionError::NoteTooLong => "note",
        DecisionError::ReasonMissing | DecisionError::ReasonUnfit(_) | DecisionError::ReasonContradicted(_) => "reason",
        DecisionError::AmountMissing | DecisionError::GrantAmount => "amount",
        DecisionError::NegativeBasis
        | DecisionError::QuestionsOpen { .. }
        | DecisionError::NothingNeeded
        | DecisionError::NotThePayable { .. }
        | DecisionError::LeavesOut { .. }
        | DecisionError::LeavesOutNothing
        | DecisionError::GrantWithoutGranting
        | DecisionError::TooManyGrants
        | DecisionError::ProvisionMissing
        | DecisionError::NameMissing
        | DecisionError::DeciderTwice => "outcome",
    }
}
