//! The pages of a renewal, from the task list to the receipt. Fields that can be edited hold text as it was typed.

use domain::authority::AuthorityRow;
use domain::id::{RenewalId, StatementId};
use domain::norm::item_preview::ItemPreview;
use domain::renewal::draft::ItemList;
use domain::renewal::episode::EpisodeDraft;
use domain::renewal::household_change::ChangeDraft;
use domain::renewal::{Part, Section};
use domain::{Money, NormMonth};
use jiff::civil::{Date, DateTime};

use super::OpenMonth;
use super::authorities::{GoneRow, History, HistoryRow, OtherAdult};
use crate::model::{
    CalculationOutcome, Choice, DecisionBrief, FieldError, Form, HouseholdPerson, Phrase, ProofFiles,
    ShownPayoutMethod, Signature, SignedDocument, SigningState, SourceAnswer, SourceChip,
};

/// What is shown where a renewal can be begun and none has been.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BeforeRenewal {
    /// What can be applied for, until when.
    pub window: OpenMonth,
    /// The month of the latest renewal, which the new one begins from.
    pub previous: Option<NormMonth>,
}

#[derive(Clone, PartialEq)]
pub struct Renewal {
    /// What is applied for, until when.
    pub window: OpenMonth,
    /// When it was last saved.
    pub saved: DateTime,
    /// Whose part of it is written.
    pub written: Written,
    /// Every section of that part in order.
    pub sections: Vec<ListedSection>,
    /// Whether nothing is missing, so that it can be checked and signed.
    pub ready: bool,
}

/// Whose part of a renewal somebody writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Written {
    /// The renewal that they began.
    Whole {
        /// The co-applicant's given name, when there is one.
        co_applicant: Option<String>,
    },
    /// What is their own, in the other adult's.
    Own {
        /// The other's given name.
        other: String,
        /// Whether the other has signed, so that it can be signed too.
        is_signed: bool,
    },
}

impl Written {
    pub const fn part(&self) -> Part {
        match self {
            Self::Whole { .. } => Part::Whole,
            Self::Own { .. } => Part::Own,
        }
    }
}

/// One section of the renewal and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListedSection {
    pub section: Section,
    pub state: TaskState,
}

/// Where a section stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TaskState {
    NotBegun,
    /// Something is missing or wrong.
    Incomplete,
    /// Authorities are still answering.
    Fetching,
    /// Nothing is needed, but one may add something.
    Optional,
    Done,
}

/// The month that a renewal begins from beside the one that is applied for.
#[derive(Clone, PartialEq)]
pub struct Month {
    /// What is applied for, until when.
    pub window: OpenMonth,
    /// The month that is carried over.
    pub previous: NormMonth,
    /// The month that incomes are from.
    pub about: NormMonth,
    pub form: Form,
    /// The others in the household, by given name.
    pub household: Vec<String>,
    /// Where the money goes.
    pub payout: PayoutWay,
    /// What stands as it was.
    pub stated: Vec<ComparedRow>,
    /// What was only then.
    pub once: Vec<OnceRow>,
    /// Amounts that may well be others now.
    pub asked: Vec<MonthField>,
    pub activity: ActivityFields,
    /// What the authorities say about the reader, kind by kind.
    pub fetched: Vec<FetchedRow>,
    /// Their answers about the reader.
    pub answers: Vec<SourceAnswer>,
    /// How many have not answered yet.
    pub pending: u32,
    /// Whether asking again can give more.
    pub may_ask_again: bool,
    /// What is said of the other adult of the household.
    pub other: Option<OtherAdult>,
    /// What the rules give, before a human has decided.
    pub preliminary: CalculationOutcome,
    /// Whether an amount is missing or wrong.
    pub is_unfinished: bool,
    /// Whether the household is said to be another than the registered one.
    pub is_household_changed: bool,
}

/// What somebody stated, then and now.
#[derive(Clone, PartialEq)]
pub struct ComparedRow {
    pub label: Phrase,
    /// Whose it is, where several could own it.
    pub whose: Option<String>,
    /// The amount in the month before; none where it was not there.
    pub before: Option<Money>,
    /// The amount now, when it can be read.
    pub now: Option<Money>,
    pub source: SourceChip,
    /// The month that it was typed for, while it stands as it was.
    pub since: Option<NormMonth>,
}

/// Something that was stated for the month before, and is not carried over.
#[derive(Clone, PartialEq)]
pub struct OnceRow {
    pub label: Phrase,
    pub amount: Money,
}

/// An amount that is asked on the page of the month.
#[derive(Clone, PartialEq)]
pub struct MonthField {
    pub list: ItemList,
    pub id: StatementId,
    pub label: Phrase,
    /// Whose it is, where several could own it.
    pub whose: Option<String>,
    /// The amount in the month before.
    pub before: Option<Money>,
    /// The amount as typed.
    pub amount: String,
}

impl MonthField {
    /// What the field of an item's amount is called in the form.
    pub fn name_of(item: StatementId) -> String {
        format!("amount-{item}")
    }
}

/// What one authority reports of a kind, then and now.
#[derive(Clone, PartialEq)]
pub struct FetchedRow {
    pub label: Phrase,
    /// The sum that it had reported then.
    pub before: Option<Money>,
    /// The sum that it reports now.
    pub now: Option<Money>,
    pub source: SourceChip,
    /// The row, where it is one alone now.
    pub only: Option<AuthorityRow>,
}

/// What the person has done to get work, as typed.
#[derive(Clone, PartialEq, Default)]
pub struct ActivityFields {
    /// Field `activity`: a code, or not answered.
    pub answer: String,
    /// Field `activity-note`.
    pub note: String,
    /// What the month has been, in sentences, as far as it can be taken.
    pub told: Vec<Phrase>,
}

/// What the month has been, as far as it has been said, with room for what has not.
#[derive(Clone, PartialEq)]
pub struct Episodes {
    /// The month that it is about.
    pub about: NormMonth,
    /// What has been said, and a blank one of each kind.
    pub drafts: Vec<EpisodeDraft>,
    /// The files of those that have any.
    pub proofs: Vec<(StatementId, ProofFiles)>,
    /// Where files are opened.
    pub proofs_at: String,
}

/// The same as a section of its own.
#[derive(Clone, PartialEq)]
pub struct ActivitySection {
    /// The month applied for.
    pub month: NormMonth,
    pub form: Form,
    pub fields: ActivityFields,
    pub episodes: Episodes,
}

/// The question what has changed.
#[derive(Clone, PartialEq)]
pub struct Changed {
    /// The month that is carried over.
    pub previous: NormMonth,
    pub form: Form,
}

/// What has changed in the household, as far as it has been said, with room for what has not.
#[derive(Clone, PartialEq)]
pub struct HouseholdChanges {
    /// The month applied for.
    pub month: NormMonth,
    /// What has been said, and a blank one of each kind that more can be said of.
    pub drafts: Vec<ChangeDraft>,
    /// Everyone else of the household, by given name.
    pub people: Vec<Choice>,
    /// What has been said and can be taken, in sentences.
    pub told: Vec<Phrase>,
    /// The other adult, who reads it too, by given name.
    pub other: Option<String>,
}

impl HouseholdChanges {
    /// What a person of the household is called.
    pub(crate) fn called(&self, person: &str) -> String {
        let choice = self.people.iter().find(|one| one.value == person);
        choice.map_or_else(String::new, |one| crate::i18n::texts().phrase(&one.label))
    }
}

/// Contact details and household.
#[derive(Clone, PartialEq)]
pub struct HouseholdSection {
    /// The month applied for.
    pub month: NormMonth,
    /// In one's own part the household is not asked about.
    pub part: Part,
    pub form: Form,
    pub phone: String,
    pub email: String,
    /// Field `household`: `same`, `changed` or not answered.
    pub answer: String,
    /// What has changed, each by itself.
    pub changes: HouseholdChanges,
    /// Field `household-change`.
    pub change: String,
    /// The registered address, a line each.
    pub address: Vec<String>,
    /// Everyone in the household according to the case and the register.
    pub members: Vec<HouseholdPerson>,
}

/// The list of own incomes or expenses.
#[derive(Clone, PartialEq)]
pub struct Items {
    pub which: ItemList,
    pub part: Part,
    /// The month applied for.
    pub month: NormMonth,
    /// The month that the items are to be from: the reference month for incomes, the month applied for for expenses.
    pub about: NormMonth,
    /// Errors of the question and of the items; an item's error has its id as field.
    pub form: Form,
    pub items: Vec<Item>,
    /// The sum of the items whose amount can be read.
    pub sum: Money,
    /// Field `more`: `yes`, `no` or not answered.
    pub more: String,
    /// What authorities have already reported for the same month, and so need not be stated.
    pub fetched: Vec<HistoryRow>,
    /// Own and fetched rows of the last three months.
    pub history: Vec<History>,
}

/// One own income or expense in a list.
#[derive(Clone, PartialEq)]
pub struct Item {
    pub id: StatementId,
    /// Its kind's text, or the text for "not chosen".
    pub label: Phrase,
    /// How much, when it can be read.
    pub amount: Option<Money>,
    /// The amount as typed.
    pub typed_amount: String,
    /// The day, when it can be read.
    pub date: Option<Date>,
    /// The month that an expense is for, or that an income came in, when it can be read.
    pub month: Option<NormMonth>,
    pub source: SourceChip,
    /// The month that it was typed for, while it stands as it was carried over.
    pub since: Option<NormMonth>,
    /// Who pays an income, as typed.
    pub payer: String,
    /// The person's own words.
    pub note: String,
    /// The names of the files that are shown of it.
    pub proofs: Vec<String>,
    /// Whether proof of it is to come later.
    pub is_proof_later: bool,
}

/// The form of one income or expense.
#[derive(Clone, PartialEq)]
pub struct ItemForm {
    pub which: ItemList,
    pub part: Part,
    /// The item. That of a new one is made with the page: the same form sent twice is one item.
    pub id: StatementId,
    /// Whether there is no such item yet.
    pub is_new: bool,
    /// The month that it is to be from.
    pub about: NormMonth,
    pub form: Form,
    /// Field `kind`: a code of [`ItemList::kinds`], or not chosen.
    pub kind: String,
    pub amount: String,
    /// Field `date`, written `2026-11-25`.
    pub date: String,
    /// Field `month` of an expense: one of `months`, or not chosen.
    pub month: String,
    /// The months that an expense can be for, the one applied for first.
    pub months: Vec<NormMonth>,
    /// Field `person`: the value of one of `people`, or not chosen.
    pub person: String,
    /// Field `payer` of an income.
    pub payer: String,
    pub note: String,
    pub proofs: ProofFiles,
    /// Where its files are opened.
    pub proofs_at: String,
    /// Whose it can be. One alone is not asked about.
    pub people: Vec<Choice>,
    /// What the preliminary figure is made from while the item is typed, where it can be.
    pub preview: Option<ItemPreview>,
    /// The other adult, without whose authorities the figure is made, by given name.
    pub figure_without: Option<String>,
}

/// The question before an item is removed.
#[derive(Clone, PartialEq)]
pub struct RemoveItem {
    pub which: ItemList,
    /// What would be removed.
    pub item: Item,
    /// The revision to send back.
    pub form: Form,
}

/// Where the money goes. It is shown, and changed by the caseworker alone, so that nobody can lead it elsewhere from a found phone.
#[derive(Clone, PartialEq)]
pub struct PayoutWay {
    /// How it is paid.
    pub method: ShownPayoutMethod,
    /// The payee's full name.
    pub payee: String,
    /// The telephone number to call when it is wrong.
    pub phone: String,
}

/// A message to the caseworker with the renewal.
#[derive(Clone, PartialEq)]
pub struct MessageSection {
    /// The month applied for.
    pub month: NormMonth,
    pub part: Part,
    pub form: Form,
    pub message: String,
    /// Who will read it.
    pub caseworker: Option<String>,
}

/// Check answers, and sign.
#[derive(Clone, PartialEq)]
pub struct Check {
    /// What is applied for, until when.
    pub window: OpenMonth,
    /// The revision that is signed.
    pub revision: u32,
    /// Which draft it is of.
    pub of: String,
    /// What the reader says is wrong with rows that no authority gives now, and that is not signed.
    pub gone: Vec<GoneRow>,
    /// What is missing or wrong, with the section where it is mended. While there is any, there is no button to sign.
    pub errors: Vec<SectionError>,
    /// What differs from the month before; empty when nothing does.
    pub changes: Vec<SumChange>,
    /// The month that the changes are against.
    pub previous: Option<NormMonth>,
    /// Contact details and household.
    pub household: HouseholdSection,
    pub activity: ActivityFields,
    /// The answers of authorities about the reader.
    pub answers: Vec<SourceAnswer>,
    /// What is said of the other adult of the household. Where that is no sum, the figure is made without what authorities say about them.
    pub other: Option<OtherAdult>,
    pub incomes: Vec<Item>,
    pub expenses: Vec<Item>,
    /// Where the money goes.
    pub payout: PayoutWay,
    /// The message to the caseworker.
    pub message: String,
    /// What the rules give, before a human has decided.
    pub preliminary: CalculationOutcome,
    pub signatures: Vec<Signature>,
    /// Whether signing was tried before.
    pub signing: SigningState,
}

/// An error on the check page.
#[derive(Clone, PartialEq)]
pub struct SectionError {
    /// The section where it is mended.
    pub section: Section,
    /// The item, when it is in one.
    pub item: Option<StatementId>,
    pub error: FieldError,
}

/// One difference from the month before.
#[derive(Clone, PartialEq)]
pub struct SumChange {
    pub label: Phrase,
    /// The amount the month before; `None` when it was not there.
    pub before: Option<Money>,
    /// The amount now; `None` when it is gone.
    pub now: Option<Money>,
    /// Who says so now.
    pub source: SourceChip,
    /// The section where it can be changed.
    pub section: Section,
}

#[derive(Clone, PartialEq)]
pub struct Receipt {
    pub renewal: RenewalId,
    /// The month applied for.
    pub month: NormMonth,
    /// The reference number, to be read aloud and copied.
    pub reference: String,
    pub received: DateTime,
    pub signatures: Vec<Signature>,
    pub caseworker: Option<String>,
    /// The day by which the municipality has said that it will decide.
    pub decided_by: Option<Date>,
    /// The decision, once there is one.
    pub decision: Option<DecisionBrief>,
}

/// What the co-applicant sees before signing or declining.
#[derive(Clone, PartialEq)]
pub struct CoSign {
    /// The applicant's given name.
    pub applicant: String,
    /// What there is to sign, and who has signed.
    pub document: SignedDocument,
    /// What is said of the one who signed first.
    pub other: Option<OtherAdult>,
    pub own: OwnPart,
    /// Whether signing was tried before.
    pub signing: SigningState,
}

/// What the co-applicant says of themselves.
#[derive(Clone, PartialEq)]
pub struct OwnPart {
    /// Whether they have begun to say something.
    pub is_begun: bool,
    /// What is missing or wrong in it. While there is any, there is no button to sign.
    pub errors: Vec<SectionError>,
}
