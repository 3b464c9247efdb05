//! One renewal, opened: who looks is noted, and the first to look takes it up.

use app::caseworker::port::{OpenedRenewal, ReceivedMessage};
use app::port::{AnswerState, CalculationOutcome, PersonAnswers, Phrase, Signature, SignedDocument, SourceAnswer};
use domain::form::PlainText;
use domain::id::RenewalId;
use domain::norm::NormCalculation;
use domain::renewal::Stage;
use domain::renewal::judge::HouseholdStatement;
use domain::renewal::state::Act;

use super::comparison::{self, Now, Previous};
use super::findings::Facts;
use super::{CaseworkerReader, ReadError};
use crate::case::answers::Asked;
use crate::case::calculation::{self, Names, Reckoned};
use crate::case::household::HouseholdMember;
use crate::case::messages::{self, Received};
use crate::case::renewal::{self, Renewal};
use crate::case::signatures::{self, Signed};
use crate::case::{decisions, payout_way, payouts, signers};
use crate::db::{Action, DbError, Object, TenantTx};

/// How many messages of the case are shown.
const MESSAGES: i64 = 20;

impl CaseworkerReader {
    pub(super) async fn read_renewal(&self, id: RenewalId) -> Result<OpenedRenewal, ReadError> {
        let mut tx = self.tx().await?;
        let renewal = find_arrived(&mut tx, id).await?;
        begin_review(&mut tx, &renewal).await?;
        tx.audit(Action::OpenedRenewal, Object::Renewal(id.0)).await?;
        let reckoned = calculation::of_submitted(&mut tx, &renewal).await?;
        let previous = Previous::read(&mut tx, id).await?;
        let result = reckoned.outcome.as_ref().ok().map(|made| &made.result);
        let now = Now {
            month: renewal.month,
            members: &reckoned.members,
            asked: &reckoned.asked,
            stated: &reckoned.stated,
            result,
        };
        let standing = standing(&mut tx, id).await?;
        let compared = match &standing {
            Standing::Decided(Some(result)) => comparison::compare_decided(&now, previous.as_ref(), result),
            // What is known today is not what such a decision rests on.
            Standing::Decided(None) => comparison::compare(&Now { result: None, ..now }, previous.as_ref()),
            Standing::Open => comparison::compare(&now, previous.as_ref()),
        };
        let head = self.head(&mut tx, &renewal, &reckoned.members).await?;
        let signed = signatures::signed(&mut tx, id).await?;
        let writer = signed.iter().find(|one| one.person == renewal.begun_by);
        let own = |text: fn(&Signed) -> Option<&PlainText>| writer.and_then(text).map(|text| text.as_str().to_owned());
        let facts = Facts {
            members: &reckoned.members,
            asked: &reckoned.asked,
            compared: &compared,
            has_previous: previous.is_some(),
            signatures: &head.signatures,
            household: &reckoned.core.household_statement,
            has_message: signed.iter().any(|one| one.annex.message.is_some()),
            result,
        };
        let messages = messages::of_case(&mut tx, renewal.case, MESSAGES).await?;
        let opened = OpenedRenewal {
            questions: match standing {
                Standing::Open => facts.questions(),
                Standing::Decided(_) => Vec::new(),
            },
            comparison: compared.iter().map(|one| one.row(&reckoned.members, previous.is_some())).collect(),
            previous: previous.map_or_else(|| renewal.month.previous(), |previous| previous.month),
            people: self.people(&reckoned),
            members: reckoned.members.iter().map(HouseholdMember::shown).collect(),
            household_change: match &reckoned.core.household_statement {
                HouseholdStatement::Same => None,
                HouseholdStatement::Changed { change } => Some(change.as_str().to_owned()),
            },
            phone: own(|one| one.annex.phone.as_ref()).unwrap_or_default(),
            email: own(|one| one.annex.email.as_ref()).unwrap_or_default(),
            message: own(|one| one.annex.message.as_ref()),
            calculation: match standing {
                Standing::Decided(Some(result)) => {
                    let names = Names::of(&reckoned.members, &reckoned.asked);
                    CalculationOutcome::Figure(names.calculation(&result))
                }
                Standing::Decided(None) => CalculationOutcome::NoFigure(Phrase::new("decide-without-calculation")),
                Standing::Open => reckoned.shown(),
            },
            payout: payouts::method(&payout_way::of_case(&mut tx, renewal.case).await?),
            history: self.history(&mut tx, &renewal, &reckoned, &messages).await?,
            messages: messages.into_iter().map(|message| self.received(message, Some(id))).collect(),
            document: document(&renewal, head.signatures.clone(), &signed)?,
            head,
        };
        tx.commit().await?;
        Ok(opened)
    }

    fn people(&self, reckoned: &Reckoned) -> Vec<PersonAnswers> {
        let answer = |asked: &Asked| SourceAnswer {
            authority: asked.authority.clone(),
            state: match &asked.answer {
                None => AnswerState::Waiting,
                Some((at, answer)) => AnswerState::Done { answer: answer.clone(), at: self.local(*at) },
            },
        };
        let adults = reckoned.members.iter().filter(|member| member.signs_as.is_some());
        adults
            .map(|member| PersonAnswers {
                person: member.name.given.clone(),
                answers: reckoned.asked.iter().filter(|one| one.person == member.person).map(answer).collect(),
            })
            .filter(|person| !person.answers.is_empty())
            .collect()
    }

    /// A message as the page shows it.
    pub(super) fn received(&self, message: Received, renewal: Option<RenewalId>) -> ReceivedMessage {
        ReceivedMessage {
            id: message.id,
            from: message.from,
            case_number: message.case_number,
            sent: self.local(message.sent),
            subject: message.subject,
            body: message.body,
            phone: message.phone,
            renewal,
        }
    }
}

/// A renewal that somebody has signed. A draft is its writer's own, and is not found.
pub(super) async fn find_arrived(tx: &mut TenantTx, id: RenewalId) -> Result<Renewal, ReadError> {
    let renewal = renewal::find(tx, id).await?.ok_or(ReadError::NotFound)?;
    if renewal.arrived.is_some() { Ok(renewal) } else { Err(ReadError::NotFound) }
}

/// What a renewal's figures rest on.
enum Standing {
    /// It is not decided: what is known today.
    Open,
    /// The decision was made on this calculation, or without one.
    Decided(Option<Box<NormCalculation>>),
}

async fn standing(tx: &mut TenantTx, id: RenewalId) -> Result<Standing, DbError> {
    let Some(decided) = decisions::of_renewal(tx, id).await? else { return Ok(Standing::Open) };
    let Some(calculation) = decided.calculation else { return Ok(Standing::Decided(None)) };
    let stored = calculation::find(tx, calculation).await?;
    let stored = stored.ok_or(DbError::Inconsistent { column: "decision.calculation_id" })?;
    Ok(Standing::Decided(Some(Box::new(stored.result))))
}

/// The first caseworker to open a renewal takes it up.
async fn begin_review(tx: &mut TenantTx, renewal: &Renewal) -> Result<(), DbError> {
    if renewal.stage != Stage::Submitted {
        return Ok(());
    }
    renewal::lock(tx, renewal.id).await?;
    match signers::progress(tx, renewal.id).await?.after(Act::BeginReview) {
        Ok(next) => renewal::set_stage(tx, renewal.id, next.stage).await,
        // Another was first, between the reading and the lock.
        Err(_) => Ok(()),
    }
}

/// The text that the first of the signers signed, in the words and language that they read.
fn document(renewal: &Renewal, signatures: Vec<Signature>, signed: &[Signed]) -> Result<SignedDocument, DbError> {
    let first = signed.first().ok_or(DbError::Inconsistent { column: "signature.renewal_id" })?;
    Ok(SignedDocument {
        renewal: renewal.id,
        month: renewal.month,
        reference: renewal.reference.clone().unwrap_or_default(),
        signatures,
        text: first.evidence.shown_text.clone(),
        language: first.evidence.locale.clone(),
        digest: first.digest.clone(),
    })
}
