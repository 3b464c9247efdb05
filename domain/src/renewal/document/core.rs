use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::annex::AnnexSchema;
use super::answer::AuthorityFact;
use super::{Canonical, Digest, DocumentError};
use crate::account::{Account, Giro, PayoutMethod};
use crate::form::PlainText;
use crate::id::{PersonId, RenewalId};
use crate::renewal::household_change::{HouseholdChange, HouseholdStatement};
use crate::renewal::judge::{ExpenseStatement, IncomeStatement};
use crate::renewal::state::SignerRole;
use crate::{NormMonth, PersonNumber};

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
    /// Written `renewal-core/5`: what has changed in the household is told change by change.
    #[serde(rename = "renewal-core/5")]
    V5,
    /// Written `renewal-core/6`: an income says who pays it.
    #[serde(rename = "renewal-core/6")]
    V6,
}

impl CoreSchema {
    /// The form of the annexes that stand beside such a core.
    pub const fn annex(self) -> AnnexSchema {
        match self {
            Self::V1 | Self::V2 => AnnexSchema::V1,
            Self::V3 => AnnexSchema::V2,
            Self::V4 => AnnexSchema::V3,
            Self::V5 => AnnexSchema::V4,
            Self::V6 => AnnexSchema::V5,
        }
    }

    /// Whether it tells what has changed in the household change by change.
    const fn has_changes(self) -> bool {
        match self {
            Self::V1 | Self::V2 | Self::V3 | Self::V4 => false,
            Self::V5 | Self::V6 => true,
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

    /// Whether a changed household says how it has changed, in the way that the schema has.
    fn tells_how_it_changed(&self) -> bool {
        match (&self.household_statement, self.schema.has_changes()) {
            (HouseholdStatement::Same, _) => true,
            (HouseholdStatement::Changed { changes, change }, false) => changes.is_empty() && change.is_some(),
            (HouseholdStatement::Changed { changes, change }, true) => !changes.is_empty() || change.is_some(),
        }
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
        let owners = owners.chain(self.household_statement.changes().iter().filter_map(HouseholdChange::person));
        if !owners.chain(self.expenses.iter().filter_map(|expense| expense.person)).all(|owner| people.contains(&owner))
        {
            return Err(DocumentError::UnknownPerson);
        }
        if !are_of(self.schema.annex(), self.norm_month, &self.incomes, &self.expenses) {
            return Err(DocumentError::Statements);
        }
        if !self.tells_how_it_changed() {
            return Err(DocumentError::HouseholdChanges);
        }
        if self.declarations != Declaration::ALL {
            return Err(DocumentError::Declarations);
        }
        match (self.schema, &self.payout) {
            (CoreSchema::V1, PayoutFact::Account { digest: Some(_), .. })
            | (
                CoreSchema::V2 | CoreSchema::V3 | CoreSchema::V4 | CoreSchema::V5 | CoreSchema::V6,
                PayoutFact::Account { digest: None, .. },
            ) => Err(DocumentError::Account),
            _ => Ok(()),
        }
    }
}

/// Whether rows are of the form that goes with a schema: an expense is for a month, or on a day; nothing is carried over from a later month, nor
/// in the schemas of before; who pays is said in the newest alone.
pub(super) fn are_of(
    schema: AnnexSchema,
    norm_month: NormMonth,
    incomes: &[IncomeStatement],
    expenses: &[ExpenseStatement],
) -> bool {
    let mut carried = incomes.iter().map(|row| row.carried).chain(expenses.iter().map(|row| row.carried));
    if !schema.has_proofs() && incomes.iter().any(|row| row.payer.is_some()) {
        return false;
    }
    if schema.has_months() {
        carried.all(|month| month.is_none_or(|month| month < norm_month))
            && expenses.iter().all(|row| row.month.is_some())
    } else {
        carried.all(|month| month.is_none()) && expenses.iter().all(|row| row.month.is_none() && row.date.is_some())
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
