use std::collections::HashSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Canonical, Digest, DocumentError};
use crate::account::{Account, Giro, PayoutMethod};
use crate::authority::{self, Answer, FailureKind, NotAsked, RowKind, RowState};
use crate::form::PlainText;
use crate::id::{PersonId, RenewalId};
use crate::renewal::activity::ActivityStatement;
use crate::renewal::dispute::{Dispute, DisputeStatement};
use crate::renewal::judge::{ExpenseStatement, HouseholdStatement, IncomeStatement, OwnRows};
use crate::renewal::state::SignerRole;
use crate::{Money, NormMonth, PersonNumber};

/// The form of a core.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CoreSchema {
    /// Written `renewal-core/1`.
    #[serde(rename = "renewal-core/1")]
    V1,
    /// Written `renewal-core/2`: an account is bound by its digest.
    #[serde(rename = "renewal-core/2")]
    V2,
    /// Written `renewal-core/3`: what authorities answered about a person stands in that person's annex.
    #[serde(rename = "renewal-core/3")]
    V3,
    /// Written `renewal-core/4`: an expense is for a month, and what was carried over says from which.
    #[serde(rename = "renewal-core/4")]
    V4,
}

impl CoreSchema {
    /// The form of the annexes that stand beside such a core.
    pub const fn annex(self) -> AnnexSchema {
        match self {
            Self::V1 | Self::V2 => AnnexSchema::V1,
            Self::V3 => AnnexSchema::V2,
            Self::V4 => AnnexSchema::V3,
        }
    }
}

/// The shared facts of a renewal, without a language. Both signers sign the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Core {
    /// By which a reader knows what fields there are.
    pub schema: CoreSchema,
    /// The same in all documents of one renewal.
    pub renewal: RenewalId,
    /// The month applied for.
    pub norm_month: NormMonth,
    /// Everyone in the household, the applicant and co-applicant among them.
    pub household: Vec<SignedMember>,
    /// Whether the household is as registered.
    pub household_statement: HouseholdStatement,
    /// What each source answered about each person, as it was shown; absent since the third schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorities: Option<Vec<AuthorityFact>>,
    /// Incomes that the household states.
    pub incomes: Vec<IncomeStatement>,
    /// Expenses that the household states.
    pub expenses: Vec<ExpenseStatement>,
    /// Where the money goes, as it was shown.
    pub payout: PayoutFact,
    /// What the signer declares.
    pub declarations: Vec<Declaration>,
}

/// A member of the household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedMember {
    /// Whom the rows of the document mean.
    pub person: PersonId,
    /// Twelve digits, as the register has it.
    pub person_number: PersonNumber,
    /// Given and family name.
    pub name: PlainText,
    /// What they are in the household.
    pub role: SignedRole,
}

/// What a member is in the household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignedRole {
    /// Sökande.
    Applicant,
    /// Medsökande.
    CoApplicant,
    /// A child that the adults maintain.
    Child,
    /// An adult who does not sign.
    Other,
}

/// What one source answered about one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityFact {
    /// The source's name, such as "Försäkringskassan".
    pub source: PlainText,
    /// Whom it was asked about.
    pub person: PersonId,
    /// When the answer came, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Timestamp>,
    /// What it said, or why there is nothing.
    pub answer: AnswerFact,
}

/// An answer, or which of the five kinds of absence it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", deny_unknown_fields, rename_all = "kebab-case")]
pub enum AnswerFact {
    /// Answered, and nothing is known to be missing.
    Answered {
        /// In the order of the answer.
        rows: Vec<RowFact>,
        /// What is known beside amounts.
        notes: Vec<NoteFact>,
    },
    /// Answered and gave nothing.
    NothingFound,
    /// Answered, and something is known to be missing.
    Partly {
        /// What came, in the order of the answer.
        rows: Vec<RowFact>,
        /// What is known beside amounts.
        notes: Vec<NoteFact>,
        /// What is known to be missing.
        missing: Vec<FailureKind>,
    },
    /// Did not answer, or not so that it could be understood.
    Failed {
        /// Where on the way it went wrong.
        failure: FailureKind,
    },
    /// Was not asked, so that nothing is known.
    NotAsked {
        /// Why the question was not put.
        reason: NotAsked,
    },
}

/// A fetched amount, as the signer saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RowFact {
    /// The benefit in the authority's own words.
    pub label: PlainText,
    /// What it is to the calculation.
    pub kind: RowKind,
    /// After tax and deductions; below zero when money was taken back.
    pub amount: Money,
    /// The day of payment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_date: Option<Date>,
    /// The days that the amount is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<SignedPeriod>,
    /// Whether it was paid when the authority answered.
    pub state: RowState,
    /// What the signer says is wrong with it; absent in the schemas of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disputed: Option<DisputeStatement>,
}

/// From the first to the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedPeriod {
    /// The first day that it is for.
    pub from: Date,
    /// The last day that it is for.
    pub to: Date,
}

/// Something an authority knows that is no amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "note", deny_unknown_fields, rename_all = "kebab-case")]
pub enum NoteFact {
    /// Registered as a job seeker.
    RegisteredJobSeeker {
        /// The day of registration.
        since: Date,
    },
    /// A matter is under way.
    UnderWay {
        /// The matter, in the authority's own words.
        label: PlainText,
    },
}

/// Where the money goes, as it is shown: an account is masked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", deny_unknown_fields, rename_all = "kebab-case")]
pub enum PayoutFact {
    /// To the registered account.
    Account {
        /// The bank, where it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bank: Option<PlainText>,
        /// The account as its owner knows it.
        account: PlainText,
        /// What binds the whole account ([`account_digest`]); absent in the first schema.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        digest: Option<Digest>,
    },
    /// By payment slip to the registered address.
    PaymentSlip,
    /// To somebody else, such as a landlord.
    ThirdParty {
        /// The payee as the payment names them.
        name: PlainText,
        /// The payee's bankgiro or plusgiro number.
        giro: Giro,
    },
}

/// What a signer declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Declaration {
    /// På heder och samvete: what is stated is complete and true.
    HonourAndConscience,
    /// The board may check what is stated with authorities and suppliers.
    ConsentToCheck,
}

impl Declaration {
    /// What every signer declares, in the order that it is shown.
    pub const ALL: &[Self] = &[Self::HonourAndConscience, Self::ConsentToCheck];
}

impl Core {
    /// Whether money that is paid so goes where this core says. An account of the first schema is known by its end alone, and so by nothing.
    pub fn pays_to(&self, method: &PayoutMethod) -> bool {
        self.payout == PayoutFact::of(method, self.renewal)
    }

    /// Who signs in this role.
    pub fn signer(&self, role: SignerRole) -> Option<&SignedMember> {
        let role = match role {
            SignerRole::Applicant => SignedRole::Applicant,
            SignerRole::CoApplicant => SignedRole::CoApplicant,
        };
        self.household.iter().find(|member| member.role == role)
    }
}

impl Canonical for Core {
    fn check(&self) -> Result<(), DocumentError> {
        let count = |role| self.household.iter().filter(|member| member.role == role).count();
        let people: HashSet<_> = self.household.iter().map(|member| member.person).collect();
        let numbers: HashSet<_> = self.household.iter().map(|member| member.person_number).collect();
        let everyone_once = people.len() == self.household.len() && numbers.len() == self.household.len();
        if count(SignedRole::Applicant) != 1 || count(SignedRole::CoApplicant) > 1 || !everyone_once {
            return Err(DocumentError::Household);
        }
        if self.authorities.is_some() == self.schema.annex().has_own() {
            return Err(DocumentError::Authorities);
        }
        if self.authorities.iter().flatten().any(AuthorityFact::is_disputed) {
            return Err(DocumentError::Disputes);
        }
        let owners = self.authorities.iter().flatten().map(|fact| fact.person);
        let owners = owners.chain(self.incomes.iter().map(|income| income.person));
        if !owners.chain(self.expenses.iter().filter_map(|expense| expense.person)).all(|owner| people.contains(&owner))
        {
            return Err(DocumentError::UnknownPerson);
        }
        if !are_of(self.schema.annex(), self.norm_month, &self.incomes, &self.expenses) {
            return Err(DocumentError::Statements);
        }
        if self.declarations != Declaration::ALL {
            return Err(DocumentError::Declarations);
        }
        match (self.schema, &self.payout) {
            (CoreSchema::V1, PayoutFact::Account { digest: Some(_), .. })
            | (CoreSchema::V2 | CoreSchema::V3 | CoreSchema::V4, PayoutFact::Account { digest: None, .. }) => {
                Err(DocumentError::Account)
            }
            _ => Ok(()),
        }
    }
}

/// Whether rows are of the form that goes with a schema: an expense is for a month, or on a day; nothing is carried over from a later month, nor
/// in the schemas of before.
fn are_of(
    schema: AnnexSchema,
    norm_month: NormMonth,
    incomes: &[IncomeStatement],
    expenses: &[ExpenseStatement],
) -> bool {
    let mut carried = incomes.iter().map(|row| row.carried).chain(expenses.iter().map(|row| row.carried));
    match schema {
        AnnexSchema::V1 | AnnexSchema::V2 => {
            carried.all(|month| month.is_none()) && expenses.iter().all(|row| row.month.is_none() && row.date.is_some())
        }
        AnnexSchema::V3 => {
            carried.all(|month| month.is_none_or(|month| month < norm_month))
                && expenses.iter().all(|row| row.month.is_some())
        }
    }
}

/// The form of an annex.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnnexSchema {
    /// Written `renewal-annex/1`.
    #[serde(rename = "renewal-annex/1")]
    V1,
    /// Written `renewal-annex/2`: it holds what authorities answered about the signer, and what they say of themselves.
    #[serde(rename = "renewal-annex/2")]
    V2,
    /// Written `renewal-annex/3`: its rows are as those of a fourth core, and it says what the signer has done to get work, and what is wrong
    /// with what authorities answered.
    #[serde(rename = "renewal-annex/3")]
    V3,
}

impl AnnexSchema {
    /// Whether it holds what authorities answered about the signer, and what they say of themselves.
    pub const fn has_own(self) -> bool {
        match self {
            Self::V1 => false,
            Self::V2 | Self::V3 => true,
        }
    }

    /// Whether it says what is wrong with what authorities answered.
    pub const fn has_disputes(self) -> bool {
        match self {
            Self::V1 | Self::V2 => false,
            Self::V3 => true,
        }
    }

    /// Whether it holds what the signer has done to get work.
    pub const fn has_activity(self) -> bool {
        match self {
            Self::V1 | Self::V2 => false,
            Self::V3 => true,
        }
    }
}

/// What is one signer's own. The other signer neither sees nor signs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annex {
    /// By which a reader knows what fields there are.
    pub schema: AnnexSchema,
    /// The renewal of the core that it stands beside.
    pub renewal: RenewalId,
    /// The signer whose annex it is.
    pub role: SignerRole,
    /// What each source answered about the signer, as it was shown; absent in the first schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorities: Option<Vec<AuthorityFact>>,
    /// What the signer says of their own incomes and expenses, in place of what the core says of them; absent where they say nothing, and
    /// in the first schema.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<OwnRows>,
    /// What the signer has done to get work; absent where they do not say, and in the schemas of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub activity: Option<ActivityStatement>,
    /// As the signer spells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<PlainText>,
    /// The signer's address, as typed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<PlainText>,
    /// A message to the caseworker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<PlainText>,
}

impl Annex {
    /// Whether it stands beside this core: of the same renewal, of one who signs it, of the form that goes with it, and with what
    /// authorities answered, and what is stated, about nobody else.
    pub fn is_beside(&self, core: &Core) -> bool {
        let signer = core.signer(self.role).map(|signer| signer.person);
        let answered = self.authorities.iter().flatten().map(|fact| Some(fact.person));
        let incomes = self.rows.iter().flat_map(|rows| &rows.incomes).map(|income| Some(income.person));
        let expenses = self.rows.iter().flat_map(|rows| &rows.expenses).map(|expense| expense.person);
        self.renewal == core.renewal
            && self.schema == core.schema.annex()
            && signer.is_some()
            && self.rows.iter().all(|rows| are_of(self.schema, core.norm_month, &rows.incomes, &rows.expenses))
            && answered.chain(incomes).chain(expenses).all(|person| person == signer)
    }

    /// What authorities answered about the signer, wherever the schemas have it.
    pub fn own_authorities<'a>(&'a self, core: &'a Core) -> impl Iterator<Item = &'a AuthorityFact> {
        let signer = core.signer(self.role).map(|signer| signer.person);
        core.authorities.iter().chain(&self.authorities).flatten().filter(move |fact| Some(fact.person) == signer)
    }
}

impl AuthorityFact {
    fn is_disputed(&self) -> bool {
        self.answer.rows().iter().any(|row| row.disputed.is_some())
    }

    /// What its signer says is wrong, each with its row.
    pub fn disputes(&self) -> impl Iterator<Item = Dispute> + '_ {
        self.answer.rows().iter().filter_map(|row| {
            let said = row.disputed.clone()?;
            Some(Dispute { original: RowFact { disputed: None, ..row.clone() }, said })
        })
    }
}

impl AnswerFact {
    /// What came, in the order of the answer.
    pub fn rows(&self) -> &[RowFact] {
        match self {
            Self::Answered { rows, .. } | Self::Partly { rows, .. } => rows,
            Self::NothingFound | Self::Failed { .. } | Self::NotAsked { .. } => &[],
        }
    }

    /// The same, to say of a row what is wrong with it.
    pub fn rows_mut(&mut self) -> &mut [RowFact] {
        match self {
            Self::Answered { rows, .. } | Self::Partly { rows, .. } => rows,
            Self::NothingFound | Self::Failed { .. } | Self::NotAsked { .. } => &mut [],
        }
    }
}

impl Canonical for Annex {
    fn check(&self) -> Result<(), DocumentError> {
        if self.authorities.is_some() != self.schema.has_own() {
            return Err(DocumentError::Authorities);
        }
        if self.authorities.iter().flatten().any(AuthorityFact::is_disputed) && !self.schema.has_disputes() {
            return Err(DocumentError::Disputes);
        }
        if (self.rows.is_some() && !self.schema.has_own()) || (self.activity.is_some() && !self.schema.has_activity()) {
            return Err(DocumentError::OwnRows);
        }
        Ok(())
    }
}

impl From<&Answer> for AnswerFact {
    fn from(answer: &Answer) -> Self {
        let rows = |content: &authority::Content| content.rows.iter().map(RowFact::from).collect();
        let notes = |content: &authority::Content| content.facts.iter().map(NoteFact::from).collect();
        match answer {
            Answer::Answered(content) => Self::Answered { rows: rows(content), notes: notes(content) },
            Answer::NothingFound => Self::NothingFound,
            Answer::Partly { content, missing } => Self::Partly {
                rows: rows(content),
                notes: notes(content),
                missing: missing.iter().map(|failure| failure.kind).collect(),
            },
            Answer::Failed(failure) => Self::Failed { failure: failure.kind },
            Answer::NotAsked(reason) => Self::NotAsked { reason: *reason },
        }
    }
}

impl From<&authority::AuthorityRow> for RowFact {
    fn from(row: &authority::AuthorityRow) -> Self {
        Self {
            label: PlainText::new(&row.label),
            kind: row.kind,
            amount: row.amount,
            pay_date: row.pay_date,
            period: row.period.map(|(from, to)| SignedPeriod { from, to }),
            state: row.state,
            disputed: None,
        }
    }
}

impl From<&RowFact> for authority::AuthorityRow {
    fn from(fact: &RowFact) -> Self {
        Self {
            label: fact.label.as_str().to_owned(),
            kind: fact.kind,
            amount: fact.amount,
            pay_date: fact.pay_date,
            period: fact.period.map(|period| (period.from, period.to)),
            state: fact.state,
        }
    }
}

impl From<&authority::Fact> for NoteFact {
    fn from(fact: &authority::Fact) -> Self {
        match fact {
            authority::Fact::RegisteredJobSeeker { since } => Self::RegisteredJobSeeker { since: *since },
            authority::Fact::UnderWay { label } => Self::UnderWay { label: PlainText::new(label) },
        }
    }
}

impl PayoutFact {
    /// How a renewal's money is paid, as its schemas after the first say it.
    pub fn of(method: &PayoutMethod, renewal: RenewalId) -> Self {
        match method {
            PayoutMethod::Account { account } => Self::Account {
                bank: account.bank().map(PlainText::new),
                account: PlainText::new(&account.masked()),
                digest: Some(account_digest(account, renewal)),
            },
            PayoutMethod::PaymentSlip => Self::PaymentSlip,
            PayoutMethod::ThirdParty { name, giro } => Self::ThirdParty { name: name.clone(), giro: giro.clone() },
        }
    }
}

/// The digest that binds a renewal to a whole account: SHA-256 of three lines, each ended by a line feed: the renewal's identifier, the
/// clearing number and the account number in digits. Whoever knows the account can take it again; the renewal makes that of the same
/// account another each month.
pub fn account_digest(account: &Account, renewal: RenewalId) -> Digest {
    Digest::of(format!("{renewal}\n{}\n{}\n", account.clearing(), account.number()).as_bytes())
}
