//! What the caseworker's pages show: a struct for each.

use domain::id::{MessageId, RenewalId, StaffId};
use domain::message::MessageSubject;
use domain::norm::set_lines::Worksheet;
use domain::opening::UnusualKind;
use domain::renewal::Stage;
use domain::staff::RelationKind;
use domain::{Money, NormMonth, PersonNumber};
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
    /// Those where a colleague has proposed a decision.
    Proposed,
    /// All that are not decided.
    #[default]
    All,
    Decided,
}

impl InboxTab {
    /// Every tab in order.
    pub const ALL: [Self; 5] = [Self::Mine, Self::Unassigned, Self::Proposed, Self::All, Self::Decided];

    /// The code in the address (`?tab=`) and in text keys.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Unassigned => "unassigned",
            Self::Proposed => "proposed",
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
    pub counts: [u32; 5],
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
    /// Who has proposed a decision, by name.
    pub proposer: Option<String>,
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
    /// A colleague has handed a case over.
    Assigned {
        renewal: RenewalId,
        /// The applicant's full name.
        applicant: String,
        /// The month applied for.
        month: NormMonth,
    },
    /// A colleague has proposed a decision, or has handed back what one proposed.
    Proposal {
        renewal: RenewalId,
        /// The applicant's full name.
        applicant: String,
        /// The month applied for.
        month: NormMonth,
        returned: bool,
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
    /// Who decides, while it is not decided.
    pub who: Option<WhoDecides>,
    /// Who presented the case, where another has decided.
    pub presenter: Option<String>,
}

/// What the one who looks may decide alone, and how it stands where it takes two.
#[derive(Clone, PartialEq)]
pub struct WhoDecides {
    /// The most that they grant alone; `None` when they may grant nothing.
    pub grants_up_to: Option<Money>,
    pub proposal: Option<ShownProposal>,
}

/// A decision that an official has proposed, and another is to make.
#[derive(Clone, PartialEq)]
pub struct ShownProposal {
    /// Who has proposed it, by name; `None` when it is the one who looks.
    pub by: Option<String>,
    pub at: DateTime,
    /// Why it takes two.
    pub why: Vec<Phrase>,
    pub state: ProposalState,
    /// Field `words`: what is to be changed, as typed.
    pub words: String,
}

/// How it stands with what was proposed.
#[derive(Clone, PartialEq)]
pub enum ProposalState {
    /// The one who looks may decide it.
    Yours,
    /// Another is to decide it.
    Another,
    /// What it would be decided from has changed since.
    Changed,
    /// It has been handed back.
    Returned {
        /// Who did it, by name.
        by: String,
        /// What they say is to be changed.
        words: String,
    },
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

/// A case that is not one's own, before it is opened.
#[derive(Clone, PartialEq)]
pub struct OpenCase {
    /// The renewal or message.
    pub about: Uuid,
    pub case_number: CaseNumber,
    pub what: OpenedWhat,
    /// Who answers for it, by name.
    pub responsible: Option<String>,
    pub form: Form,
    /// Field `purpose`: a code of [`OpeningPurpose`](domain::opening::OpeningPurpose), or not chosen.
    pub purpose: String,
    /// Field `words`, as typed.
    pub words: String,
}

/// A case that is handed over.
#[derive(Clone, PartialEq)]
pub struct AssignCase {
    pub renewal: RenewalId,
    pub case_number: CaseNumber,
    /// Who may have it, by name.
    pub others: Vec<(StaffId, String)>,
    pub form: Form,
}

/// Who stands in for whom.
#[derive(Clone, PartialEq)]
pub struct Substitutes {
    pub rows: Vec<SubstituteRow>,
    /// Who may stand in for the one who looks, by name.
    pub others: Vec<(StaffId, String)>,
    /// The examples of a first and a last day.
    pub examples: [Date; 2],
    pub form: Form,
    /// The fields, as typed.
    pub substitute: String,
    pub from: String,
    pub until: String,
}

/// One time in which somebody stands in for another.
#[derive(Clone, PartialEq)]
pub struct SubstituteRow {
    pub id: Uuid,
    /// Whether it is the one who looks that is away.
    pub is_own: bool,
    pub absent: String,
    pub substitute: String,
    pub from: Date,
    pub until: Date,
}

/// Whom the one who looks is close to.
#[derive(Clone, PartialEq)]
pub struct Relations {
    pub rows: Vec<RelationRow>,
    pub form: Form,
    /// The fields, as typed.
    pub number: String,
    pub kind: String,
}

/// Somebody whom they are close to.
#[derive(Clone, PartialEq)]
pub struct RelationRow {
    pub id: Uuid,
    pub kind: RelationKind,
    pub number: PersonNumber,
    pub since: Date,
}

/// What is opened in a case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OpenedWhat {
    /// The renewal for this month.
    Renewal(NormMonth),
    Message,
}

/// Who has opened the cases of people with protected identity, and what is unusual in how cases are opened.
#[derive(Clone, PartialEq)]
pub struct Readings {
    pub rows: Vec<ReadingRow>,
    /// Those that no supervisor has seen, but for one's own.
    pub unseen: Vec<Uuid>,
    pub unusual: Vec<UnusualRow>,
    /// Those that no supervisor has seen, but for one's own.
    pub unseen_unusual: Vec<Uuid>,
}

/// Something unusual in how cases are opened.
#[derive(Clone, PartialEq)]
pub struct UnusualRow {
    /// Who it was, by name.
    pub opener: String,
    pub kind: UnusualKind,
    /// The case, where it is about one.
    pub case_number: Option<CaseNumber>,
    pub at: DateTime,
    pub seen: bool,
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
