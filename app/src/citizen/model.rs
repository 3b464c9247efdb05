//! What the citizen's pages show: a struct for each.

mod authorities;
mod renewal;

use domain::NormMonth;
use domain::id::{DecisionId, MessageId, RenewalId, SeparationId, StatementId};
use domain::message::MessageSubject;
use domain::opening::{OpeningGround, OpeningPurpose};
use domain::renewal::Part;
use jiff::civil::{Date, DateTime};

use crate::model::{
    Calculation, CaseNumber, ContactWays, DecisionBrief, Form, Outcome, Payout, PayoutState, PersonName, Phrase,
    ProofFiles, ShownProof, Signature, SignedDocument,
};

pub use authorities::{Authorities, DisputeForm, GoneRow, History, HistoryRow, OtherAdult, OtherSum};
pub use renewal::{
    ActivityFields, ActivitySection, BeforeRenewal, Changed, Check, CoSign, ComparedRow, Episodes, FetchedRow,
    HouseholdChanges, HouseholdSection, Item, ItemForm, Items, ListedSection, MessageSection, Month, MonthField,
    OnceRow, OwnPart, PayoutWay, Receipt, RemoveItem, Renewal, SectionError, SumChange, TaskState, Written,
};

#[derive(Clone, PartialEq)]
pub struct Start {
    /// The month that can be applied for and the last day, while the window is open.
    pub open: Option<OpenMonth>,
    /// Other ways to apply.
    pub contact: ContactWays,
}

/// The days in which a month can be applied for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenMonth {
    /// The month applied for.
    pub month: NormMonth,
    pub until: Date,
}

/// The page that says what to do instead.
#[derive(Clone, PartialEq)]
pub struct NotAvailable {
    /// Ways to reach the municipality.
    pub contact: ContactWays,
}

/// What somebody without an ongoing case comes to: where they read what they had.
#[derive(Clone, PartialEq)]
pub struct Past {
    /// The cases that they were in, the latest first.
    pub cases: Vec<EndedCase>,
    /// Ways to reach the municipality.
    pub contact: ContactWays,
}

#[derive(Clone, PartialEq)]
pub struct EndedCase {
    pub number: CaseNumber,
    pub ended: Ended,
}

/// How somebody's part in a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The case was closed.
    Closed(Date),
    /// They are in its household no more.
    Left {
        on: Date,
        /// That the two adults have moved apart, where that is why.
        apart: Option<SaidApart>,
    },
}

/// By whose word two adults have moved apart, as the one who is in the case no more reads it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SaidApart {
    pub separation: SeparationId,
    /// Whether they said it themselves, or else the other.
    pub is_own_word: bool,
    /// Whether they have said that it is wrong.
    pub is_disputed: bool,
}

/// What is asked before somebody says that two adults have moved apart.
#[derive(Clone, PartialEq)]
pub struct MoveApart {
    /// The other adult's given name.
    pub other: String,
    /// Whether the one who is asked stays in the case, which is the applicant's.
    pub stays: bool,
    pub contact: ContactWays,
}

/// Every decision that somebody may read, the newest month first.
#[derive(Clone, PartialEq)]
pub struct Decisions {
    pub decisions: Vec<ListedDecision>,
}

#[derive(Clone, PartialEq)]
pub struct ListedDecision {
    /// What was applied for.
    pub month: NormMonth,
    /// The renewal that was signed.
    pub renewal: RenewalId,
    pub brief: DecisionBrief,
}

#[derive(Clone, PartialEq)]
pub struct Home {
    pub person: PersonName,
    pub case_number: CaseNumber,
    /// The responsible caseworker's name, when one is set.
    pub caseworker: Option<String>,
    /// Whether another adult is in the case.
    pub is_shared: bool,
    /// Since when the two adults have moved apart, while it is news.
    pub apart: Option<Date>,
    /// What the other adult has done with what was begun.
    pub told: Option<Told>,
    /// The proof that the person is to send still.
    pub awaited: Option<AwaitedBrief>,
    /// The one thing to do.
    pub next: NextStep,
    /// The latest renewal that was sent, and how far it has come.
    pub progress: Option<RenewalProgress>,
    /// Planned payouts, the nearest first.
    pub planned: Vec<Payout>,
    /// The latest payouts that were made, the newest first; `/payouts` has all.
    pub made: Vec<Payout>,
}

/// What was signed, and the files that the reader has shown with it.
#[derive(Clone, PartialEq)]
pub struct SignedPage {
    pub document: SignedDocument,
    pub files: Vec<ShownProof>,
    /// Where they are opened.
    pub files_at: String,
}

/// The proof that somebody is to send still, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AwaitedBrief {
    pub renewal: RenewalId,
    pub month: NormMonth,
    /// The nearest day.
    pub due: Date,
}

/// The same, each with its files.
#[derive(Clone, PartialEq)]
pub struct AwaitedProofs {
    pub renewal: RenewalId,
    pub month: NormMonth,
    pub proofs: Vec<AwaitedProof>,
    pub form: Form,
}

/// One thing that proof is to come of.
#[derive(Clone, PartialEq)]
pub struct AwaitedProof {
    pub of: StatementId,
    pub what: Phrase,
    pub due: Date,
    pub has_come: bool,
    pub files: ProofFiles,
}

/// What the other adult has done with what was begun for the current month.
#[derive(Clone, PartialEq)]
pub struct Told {
    /// Their given name.
    pub name: String,
    pub month: NormMonth,
    pub at: DateTime,
    /// Whether they took this person's over, or else their own back.
    pub took_over: bool,
}

/// Whether what the other adult has begun may be taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakingOver {
    Now,
    /// When they have not written in it for a while.
    Later,
    /// The month cannot be begun any more.
    Never,
}

/// What is asked before a begun renewal is taken back.
#[derive(Clone, PartialEq)]
pub struct Withdraw {
    pub month: NormMonth,
    /// What would be taken back.
    pub part: Part,
    /// Which draft that is; goes back with the answer.
    pub of: String,
    /// The other adult's given name, when there is one.
    pub other: Option<String>,
}

/// What is asked before the other adult's begun renewal is taken over.
#[derive(Clone, PartialEq)]
pub struct TakeOver {
    pub month: NormMonth,
    /// The other adult's given name.
    pub other: String,
}

/// The one thing to do on the home page.
#[derive(Clone, PartialEq)]
pub enum NextStep {
    /// The window is open and nothing is begun.
    Begin {
        /// What can be applied for.
        window: OpenMonth,
        /// The month of the latest renewal, which the new one begins from.
        previous: Option<NormMonth>,
    },
    Continue {
        /// What is being applied for.
        window: OpenMonth,
        /// When it was last saved.
        saved: DateTime,
    },
    /// The other has begun, and has not signed.
    OtherBegan {
        /// What is being applied for.
        window: OpenMonth,
        /// The other's given name.
        other: String,
        /// How far this person has come with applying too.
        applying: Applying,
        /// Whether the other sees a sum of what authorities answer about this person.
        shows_sum: bool,
        taking_over: TakingOver,
    },
    /// The other has signed and this person has not.
    CoSign {
        /// The month applied for.
        month: NormMonth,
        /// The applicant's given name.
        applicant: String,
    },
    /// Nothing to do until the next window opens.
    Wait {
        /// The month that can be applied for then.
        month: NormMonth,
        opens: Date,
    },
}

/// How far somebody has come with applying too, in what the other has begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applying {
    /// They have not said that they do.
    NotSaid,
    /// They have, and have begun nothing of their own.
    Said,
    /// They have begun with what is their own.
    Writing,
}

/// How far a sent renewal has come.
#[derive(Clone, PartialEq)]
pub struct RenewalProgress {
    pub renewal: RenewalId,
    /// The month applied for.
    pub month: NormMonth,
    /// The arrival (FL 2017:900 22 §).
    pub received: DateTime,
    pub signatures: Vec<Signature>,
    /// The decision, when there is one.
    pub decision: Option<DecisionBrief>,
    /// The state and day of its first payout, when there is one.
    pub payout: Option<(PayoutState, Date)>,
}

#[derive(Clone, PartialEq)]
pub struct Payouts {
    /// Planned, the nearest first.
    pub planned: Vec<Payout>,
    /// Made, stopped or cancelled, the newest first.
    pub past: Vec<Payout>,
}

/// One decision in full.
#[derive(Clone, PartialEq)]
pub struct DecisionPage {
    /// What, when, how to appeal by when.
    pub brief: DecisionBrief,
    /// The month it is for.
    pub month: NormMonth,
    pub case_number: CaseNumber,
    /// When the application arrived.
    pub arrived: Date,
    pub decided_by: String,
    /// Who presented the case (FL 2017:900 31 §), where another decided.
    pub presented_by: Option<String>,
    /// What is granted, in kronor for the month.
    pub granted: Option<domain::Money>,
    /// The reason in words, from the structured reason.
    pub reason: Phrase,
    /// What the caseworker added.
    pub note: Option<String>,
    /// The paragraphs it rests on, as citations.
    pub provisions: Vec<String>,
    /// Whether there is a calculation to show.
    pub has_calculation: bool,
    /// What is paid because of it.
    pub payouts: Vec<Payout>,
    /// Where an appeal is handed in.
    pub contact: ContactWays,
}

/// The calculation behind a decision.
#[derive(Clone, PartialEq)]
pub struct DecisionCalculation {
    pub decision: DecisionId,
    pub outcome: Outcome,
    pub calculation: Calculation,
}

/// The person's messages to the case's staff, and the form for a new one.
#[derive(Clone, PartialEq)]
pub struct Messages {
    /// The form of a new message; none for who has no ongoing case.
    pub new: Option<NewMessage>,
    /// What was written, the newest first.
    pub thread: Vec<Message>,
}

#[derive(Clone, PartialEq)]
pub struct NewMessage {
    /// What is wrong with it.
    pub form: Form,
    /// The code of a [`MessageSubject`], or not chosen.
    pub subject: String,
    /// The new message, as typed.
    pub body: String,
    /// Who will read it.
    pub caseworker: Option<String>,
    /// What the new message will be called: the same form sent twice is one message. Field `key`.
    pub key: MessageId,
}

/// A message that the person who looks has written.
#[derive(Clone, PartialEq)]
pub struct Message {
    pub sent: DateTime,
    /// What it is about.
    pub subject: MessageSubject,
    /// The text, as typed.
    pub body: String,
}

/// Somebody who has opened the case, on one day.
#[derive(Clone, PartialEq)]
pub struct Opening {
    /// The official's name.
    pub who: String,
    pub day: Date,
    pub ground: OpeningGround,
    /// What for, where the case is not theirs, and what they have written about it.
    pub purpose: Option<(OpeningPurpose, Option<String>)>,
}
