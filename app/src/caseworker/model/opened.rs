//! A renewal that is opened: every value beside its sources.

use domain::id::{MessageId, RenewalId};
use domain::message::MessageSubject;
use domain::renewal::Stage;
use domain::renewal::activity::ActivityStatement;
use domain::{Money, NormMonth};
use jiff::civil::{Date, DateTime};

use crate::model::{
    CalculationOutcome, CaseNumber, Finding, HouseholdPerson, Outcome, Party, PersonAnswers, Phrase, ProofGroup,
    ShownPayoutMethod, Signature, SignedDocument,
};

/// A message from a citizen.
#[derive(Clone, PartialEq)]
pub struct ReceivedMessage {
    pub from: Party,
    pub case_number: CaseNumber,
    pub sent: DateTime,
    /// What it is about.
    pub subject: MessageSubject,
    /// The text, as typed.
    pub body: String,
    /// The telephone number that the writer has given.
    pub phone: Option<String>,
    /// The case's latest renewal.
    pub renewal: Option<RenewalId>,
    /// How it stands with what it tells, when it tells that two adults have moved apart or that this is wrong.
    pub moved_apart: Option<MovedApart>,
}

/// That somebody is in a case no more, since it was said that its two adults have moved apart.
#[derive(Clone, PartialEq)]
pub struct MovedApart {
    /// The message beside which it is put right.
    pub message: MessageId,
    /// The given name of the one who is in it no more.
    pub name: String,
    pub said: Date,
    /// When they said that it is wrong.
    pub disputed: Option<Date>,
    /// When they were put back.
    pub put_back: Option<Date>,
}

/// What stands at the top of every page about one renewal.
#[derive(Clone, PartialEq)]
pub struct RenewalHead {
    pub renewal: RenewalId,
    pub stage: Stage,
    pub case_number: CaseNumber,
    /// The month applied for.
    pub month: NormMonth,
    pub applicant: Party,
    pub co_applicant: Option<Party>,
    /// How many children the household has.
    pub children: u32,
    pub arrived: DateTime,
    /// Whole days since the arrival.
    pub age_days: u32,
    /// The day by which it is to be decided.
    pub due: Option<Date>,
    /// The responsible caseworker's name.
    pub caseworker: Option<String>,
    pub signatures: Vec<Signature>,
    /// The decision, when there is one.
    pub decision: Option<MadeDecision>,
}

/// A decision that has been made.
#[derive(Clone, PartialEq)]
pub struct MadeDecision {
    pub outcome: Outcome,
    pub decided: Date,
    /// One for each adult who signs, the applicant first.
    pub receipts: Vec<DecisionReceipt>,
}

/// How it stands between a decision and one adult: each has a time to appeal of their own.
#[derive(Clone, PartialEq)]
pub struct DecisionReceipt {
    /// The given name.
    pub person: String,
    /// The day that it reached them; `None` until then.
    pub received: Option<Date>,
    /// Their last day to appeal (FL 2017:900 44 §: three weeks from receipt); none before that, or when nothing went against the applicant.
    pub appeal_until: Option<Date>,
}

#[derive(Clone, PartialEq)]
pub struct OpenedRenewal {
    /// Who, what and when.
    pub head: RenewalHead,
    /// The revision of what is typed towards its decision.
    pub revision: u32,
    /// What a human must take a stand on.
    pub questions: Vec<Finding>,
    /// Every value from every source, side by side.
    pub comparison: Vec<ComparisonRow>,
    /// The month that the comparison's last column is from.
    pub previous: NormMonth,
    /// What each source said about each adult.
    pub people: Vec<PersonAnswers>,
    /// The household according to the case and the register.
    pub members: Vec<HouseholdPerson>,
    /// What the applicant says has changed in the household.
    pub household_changes: Vec<Phrase>,
    /// The same in the applicant's own words.
    pub household_change: Option<String>,
    /// How each who has signed is reached, and what they wrote with it, in the order that they signed.
    pub signers: Vec<SignersWord>,
    /// What the rules give.
    /// What signers have shown.
    pub proofs: Vec<ProofGroup>,
    pub calculation: CalculationOutcome,
    /// Where the money would go.
    pub payout: ShownPayoutMethod,
    /// What has happened, the newest first.
    pub history: Vec<Event>,
    /// Messages in the case, the newest first.
    pub messages: Vec<ReceivedMessage>,
    pub document: SignedDocument,
    /// The same of whoever signed second: the core is one, and what is their own is another's.
    pub second_text: Option<SecondText>,
}

/// One value as each source has it.
#[derive(Clone, PartialEq)]
pub struct ComparisonRow {
    pub label: Phrase,
    /// Whose it is, by given name.
    pub person: Option<String>,
    /// The applicant's own words about it.
    pub note: Option<String>,
    /// What the applicant or co-applicant states.
    pub stated: Cell,
    /// What an authority says.
    pub authority: Cell,
    /// What it was the month before.
    pub previous: Cell,
    /// What the calculation counts.
    pub counted: Cell,
    /// What differs, in a few words.
    pub difference: Option<Finding>,
}

/// One cell of the comparison. Absence is never zero.
#[derive(Clone, PartialEq)]
pub enum Cell {
    /// Nothing is said, and nothing was expected.
    Nothing,
    Amount(Money),
    /// Something is missing, and why: not answered, not asked, answered in part.
    Missing(Finding),
    /// Cannot be known until a human has judged it.
    Open,
}

/// Something that happened to a renewal.
#[derive(Clone, PartialEq)]
pub struct Event {
    pub at: DateTime,
    /// Who did it, by name; none when it was the service.
    pub actor: Option<String>,
    pub what: Phrase,
}

/// What the second signer signed.
#[derive(Clone, PartialEq)]
pub struct SecondText {
    /// Their given name.
    pub name: String,
    /// The text exactly as it was signed.
    pub text: String,
    /// The language of the text, such as `sv`.
    pub language: String,
    /// SHA-256 of the signed manifest, 64 hexadecimal digits.
    pub digest: String,
}

/// What somebody who has signed says to the caseworker alone.
#[derive(Clone, PartialEq)]
pub struct SignersWord {
    /// Their given name.
    pub name: String,
    pub phone: String,
    pub email: String,
    /// What they have done to get work, where they say so.
    pub activity: Option<ActivityStatement>,
    pub message: Option<String>,
}
