//! What the caseworker's pages show: a struct for each.

use domain::id::{MessageId, RenewalId};
use domain::message::MessageSubject;
use domain::norm::set_lines::Worksheet;
use domain::renewal::Stage;
use domain::{Money, NormMonth};
use jiff::civil::{Date, DateTime};
use uuid::Uuid;

use crate::model::{
    CalculationLine, CalculationOutcome, CaseNumber, Choice, Finding, Form, HouseholdPerson, Outcome, Party,
    PersonAnswers, Phrase, ShownPayoutMethod, Signature, SignedDocument,
};

/// Which renewals the inbox shows. It filters by the state of the work alone (SFS 2001:637 15 §).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InboxQuery {
    pub tab: InboxTab,
    /// Which page, from 1.
    pub page: u32,
}

/// The tabs of the inbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InboxTab {
    /// Those that the caseworker is responsible for.
    Mine,
    /// Those without a responsible caseworker.
    Unassigned,
    /// All that are not decided.
    #[default]
    All,
    Decided,
}

impl InboxTab {
    /// Every tab in order.
    pub const ALL: [Self; 4] = [Self::Mine, Self::Unassigned, Self::All, Self::Decided];

    /// The code in the address (`?tab=`) and in text keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::All => "all",
            Self::Decided => "decided",
        }
    }

    /// The tab with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tab| tab.code() == code)
    }
}

/// The inbox: the oldest first.
#[derive(Clone, PartialEq)]
pub struct Inbox {
    /// What was asked for.
    pub query: InboxQuery,
    /// How many there are in each tab, in the order of [`InboxTab::ALL`].
    pub counts: [u32; 4],
    /// How many pages the tab has, at least 1.
    pub pages: u32,
    /// The renewals of this page.
    pub rows: Vec<InboxRow>,
}

/// One renewal in the inbox.
#[derive(Clone, PartialEq)]
pub struct InboxRow {
    pub renewal: RenewalId,
    pub case_number: CaseNumber,
    /// The month applied for.
    pub month: NormMonth,
    /// Everyone who signs, the applicant first, with number and name.
    pub signatures: Vec<Signature>,
    /// The responsible caseworker's name.
    pub caseworker: Option<String>,
    pub arrived: DateTime,
    /// Whole days since the arrival.
    pub age_days: u32,
    /// The day by which it is to be decided.
    pub due: Option<Date>,
    /// What is worth seeing before it is opened.
    pub findings: Vec<Finding>,
    /// The decision, when there is one.
    pub decision: Option<MadeDecision>,
}

/// Something that a caseworker is told (advis).
#[derive(Clone, PartialEq)]
pub struct Notice {
    pub what: NoticeKind,
    pub at: DateTime,
    /// Whether it was there the last time that the list was opened.
    pub seen: bool,
}

/// What a notice tells.
#[derive(Clone, PartialEq)]
pub enum NoticeKind {
    RenewalArrived {
        renewal: RenewalId,
        /// The applicant's full name.
        applicant: String,
        /// The month applied for.
        month: NormMonth,
    },
    /// The co-applicant signed or declined.
    CoApplicantAnswered {
        renewal: RenewalId,
        /// The co-applicant's full name.
        co_applicant: String,
        /// The month applied for.
        month: NormMonth,
        signed: bool,
    },
    MessageArrived {
        message: MessageId,
        /// The writer's full name.
        from: String,
        /// What it is about.
        subject: MessageSubject,
    },
}

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
    /// What the applicant says about the household: `None` when nothing has changed.
    pub household_change: Option<String>,
    /// The applicant's telephone number.
    pub phone: String,
    /// The applicant's e-mail address.
    pub email: String,
    /// The message that came with the renewal.
    pub message: Option<String>,
    /// What the rules give.
    pub calculation: CalculationOutcome,
    /// Where the money would go.
    pub payout: ShownPayoutMethod,
    /// What has happened, the newest first.
    pub history: Vec<Event>,
    /// Messages in the case, the newest first.
    pub messages: Vec<ReceivedMessage>,
    pub document: SignedDocument,
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

/// The form of a decision.
#[derive(Clone, PartialEq)]
pub struct Decide {
    /// Who, what and when.
    pub head: RenewalHead,
    pub form: Form,
    /// Field `outcome`: a code of [`Outcome`], or not chosen.
    pub outcome: String,
    /// Field `reason`: the value of one of `reasons`, or not chosen.
    pub reason: String,
    pub note: String,
    /// Field `seen`: the sum that the page shows. A decision on another is not made before the caseworker has seen it.
    pub seen: String,
    /// Field `amount`, where the month has no calculation that says what is granted.
    pub amount: Option<String>,
    /// The lines of the calculation that the caseworker may set.
    pub lines: Vec<LineForm>,
    /// What the lines are calculated anew from while they are typed in, where there is a calculation.
    pub worksheet: Option<Worksheet>,
    /// What the caseworker had written when a colleague decided first: nothing keeps it.
    pub not_kept: Option<String>,
    /// The outcomes that can be chosen.
    pub outcomes: Vec<Outcome>,
    /// The reasons that can be chosen, with the outcome that each is for.
    pub reasons: Vec<(Outcome, Choice)>,
    /// What the rules give.
    pub calculation: CalculationOutcome,
    /// What a grant would plan.
    pub payout: Option<PayoutPlan>,
}

/// A line of the calculation, with the caseworker's own value for it.
#[derive(Clone, PartialEq)]
pub struct LineForm {
    /// The line as it counts now.
    pub line: CalculationLine,
    /// Whether the rules leave it to a human, or a caseworker has set it: it stands open. Others are folded away.
    pub open: bool,
    /// The name of the field with the amount.
    pub value_field: String,
    /// What is to count, as typed; blank when the rules decide.
    pub value: String,
    /// The name of the field with the reason.
    pub why_field: String,
    pub why: String,
}

/// The payout that a grant would plan.
#[derive(Clone, PartialEq)]
pub struct PayoutPlan {
    pub amount: Money,
    pub pay_date: Date,
    pub method: ShownPayoutMethod,
    /// To whom, by full name.
    pub payee: String,
}

/// What waits in the cases of people with protected identity: what is needed to choose one, and no name.
#[derive(Clone, PartialEq)]
pub struct ProtectedRow {
    /// The renewal or message.
    pub about: Uuid,
    pub case_number: CaseNumber,
    pub what: ProtectedWhat,
    pub arrived: DateTime,
}

/// What has come in such a case.
#[derive(Clone, Copy, PartialEq)]
pub enum ProtectedWhat {
    /// A renewal for this month, which awaits a decision.
    Waiting(NormMonth),
    /// A renewal for this month, which is decided.
    Decided(NormMonth),
    /// A message that nobody has read.
    Message,
}

/// The form in which a reason is given before such a case is opened.
#[derive(Clone, PartialEq)]
pub struct GiveReason {
    pub row: ProtectedRow,
    pub form: Form,
    /// As typed.
    pub reason: String,
}

/// Who has opened such cases.
#[derive(Clone, PartialEq)]
pub struct Readings {
    pub rows: Vec<ReadingRow>,
    /// Those that no supervisor has seen, but for one's own.
    pub unseen: Vec<Uuid>,
}

/// One reading.
#[derive(Clone, PartialEq)]
pub struct ReadingRow {
    /// The reader's name.
    pub reader: String,
    pub at: DateTime,
    /// Which case and why, to a supervisor with clearance.
    pub why: Option<(CaseNumber, String)>,
    pub seen: bool,
}
