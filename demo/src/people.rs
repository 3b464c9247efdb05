//! The people of the demo, read from `people.toml`: municipalities, staff, households, and what each authority knows.
//!
//! One file is the source for the identity provider (who can log in), for the register and the year of history, and for the
//! demo's authorities, so that they all speak of the same people.

use std::collections::BTreeMap;

use clap::ValueEnum;
use domain::account::PayoutMethod;
use domain::authority::Agency;
use domain::protection::Protection;
use domain::renewal::state::SignerRole;
use domain::staff::StaffRole;
use domain::{Money, PersonNumber};
use jiff::civil::Date;
use serde::Deserialize;

pub use months::{AmountRule, BenefitRule, ExpenseRule, LAST_MONTH, MonthlyRow};

mod check;
mod months;

/// The file as it is shipped.
const PEOPLE: &str = include_str!("people.toml");

/// Why the file of people is not one that the demo can run on.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// Not TOML, or a field that is missing, unknown or of the wrong form.
    #[error("the demo's people cannot be read")]
    Form(#[from] toml::de::Error),
    /// Two things of one kind share a key, a subject, a host or an identity number.
    #[error("the demo's people: {what} “{key}” stands twice")]
    Twice {
        /// What kind of thing.
        what: &'static str,
        /// The key; for an identity number the key of the second person.
        key: String,
    },
    /// A name that nothing in the file bears.
    #[error("the demo's people: “{owner}” names the {what} “{key}”, which is not in the file")]
    Unknown {
        owner: String,
        /// What kind of thing is named.
        what: &'static str,
        key: String,
    },
    /// A household without exactly one applicant, or with two co-applicants.
    #[error("the demo's people: the household “{household}” must have one applicant and at most one co-applicant")]
    Applicants { household: String },
    /// A household has a case and no payout method, or the other way round.
    #[error("the demo's people: the household “{household}” must have both a case and a payout, or neither")]
    Payout { household: String },
    /// A rule whose day, months or source cannot be.
    #[error("the demo's people: a rule of “{owner}” is wrong: {reason}")]
    Rule {
        /// The key of the person or household.
        owner: String,
        reason: &'static str,
    },
}

/// Everyone in the demo.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// The municipalities, the first being the one that the demo's start page names.
    #[serde(rename = "municipality")]
    pub municipalities: Vec<DemoMunicipality>,
    pub staff: Vec<DemoStaff>,
    /// The households with address, case, payout and expenses.
    #[serde(rename = "household")]
    pub households: Vec<DemoHousehold>,
    #[serde(rename = "person")]
    pub persons: Vec<DemoPerson>,
}

impl People {
    /// The people that the demo is shipped with.
    pub fn shipped() -> Result<Self, PeopleError> {
        Self::parse(PEOPLE)
    }

    /// Reads and checks a file of people.
    pub fn parse(text: &str) -> Result<Self, PeopleError> {
        let people: Self = toml::from_str(text)?;
        check::check(&people)?;
        Ok(people)
    }

    /// The person with this key.
    pub fn person(&self, key: &str) -> Option<&DemoPerson> {
        self.persons.iter().find(|person| person.key == key)
    }

    /// The person with this identity number.
    pub fn by_number(&self, number: PersonNumber) -> Option<&DemoPerson> {
        self.persons.iter().find(|person| person.number == number)
    }

    /// The household with this key.
    pub fn household(&self, key: &str) -> Option<&DemoHousehold> {
        self.households.iter().find(|household| household.key == key)
    }

    /// The municipality with this key.
    pub fn municipality(&self, key: &str) -> Option<&DemoMunicipality> {
        self.municipalities.iter().find(|municipality| municipality.key == key)
    }

    /// The members of a household in the order of the file: applicant, co-applicant, children.
    pub fn members<'a>(&'a self, household: &'a str) -> impl Iterator<Item = &'a DemoPerson> {
        self.persons.iter().filter(move |person| person.household == household)
    }

    /// Who can log in as a citizen of this municipality.
    pub fn adults<'a>(&'a self, municipality: &'a str) -> impl Iterator<Item = &'a DemoPerson> {
        self.persons.iter().filter(move |person| {
            person.role != DemoRole::Child
                && self.household(&person.household).is_some_and(|household| household.municipality == municipality)
        })
    }
}

/// A made-up municipality (kommun).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoMunicipality {
    /// The name that the rest of the file uses.
    pub key: String,
    /// `Exempelby kommun`.
    pub name: String,
    /// The host name without port.
    pub host: String,
    /// Twelve digits, as SSBTEK wants them.
    pub organisation_number: String,
    /// The identifier that Försäkringskassan knows the board by (aktörsid).
    pub fk_actor: String,
    /// Where people go, in one line.
    pub visiting_address: String,
    /// Where letters go, in one line.
    pub postal_address: String,
    /// Up to what is granted one official decides alone.
    pub alone_up_to: Money,
    /// The same of what lines set by hand change.
    pub alone_by_hand_up_to: Money,
}

/// Someone who works at a municipality.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoStaff {
    pub municipality: String,
    /// The `sub` of the staff's identity provider.
    pub subject: String,
    /// First and last name.
    pub name: String,
    /// What they may do.
    pub role: StaffRole,
    /// May read the cases of people with protected identity.
    #[serde(default)]
    pub has_clearance: bool,
    /// Is told of what colleagues do that somebody else must know of.
    #[serde(default)]
    pub supervises: bool,
    /// Up to what the board has delegated to them to grant; then they reject and dismiss too.
    pub grants_up_to: Option<Money>,
}

/// People who apply together, and what belongs to the home.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoHousehold {
    /// The name that the rest of the file uses.
    pub key: String,
    pub municipality: String,
    pub address: Address,
    /// The case, unless they never had one.
    pub case: Option<Case>,
    /// How assistance is paid, for those who have or had a case.
    pub payout: Option<PayoutMethod>,
    /// How many persons share the home when an adult lives in it without being a partner (gemensamt hushåll utan att vara sambo).
    pub shared_home_of: Option<u8>,
    /// The co-applicant has not signed the renewal of the open month.
    #[serde(default)]
    pub second_signature_missing: bool,
    /// What the household pays each month.
    #[serde(default)]
    pub expenses: Vec<ExpenseRule>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    pub street: String,
    /// `123 45`.
    pub postcode: String,
    pub city: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    pub number: String,
    /// The responsible caseworker's subject.
    pub caseworker: String,
    /// The day it began.
    pub opened: Date,
    /// The day it was closed, if it was.
    pub closed: Option<Date>,
}

/// One person, adult or child.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoPerson {
    /// The name that tests and pages use.
    pub key: String,
    pub household: String,
    /// The place in the household.
    pub role: DemoRole,
    pub number: PersonNumber,
    /// Built by the rule instead of taken from the published test numbers.
    #[serde(default)]
    pub invented: bool,
    pub given_name: String,
    pub family_name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    /// Protected identity (skyddade personuppgifter): the service must refuse and reveal nothing.
    #[serde(default = "no_protection")]
    pub protection: Protection,
    /// Who this is in the story, for the demo's login page. Adults have one.
    pub description: Option<Description>,
    /// What the norm must know about a child beside the age.
    #[serde(default)]
    pub child: ChildFacts,
    /// Registered with Arbetsförmedlingen since this day.
    pub job_seeker_since: Option<Date>,
    /// What the authorities pay each month.
    #[serde(default)]
    pub rows: Vec<BenefitRule>,
    /// What the energy company invoices each month.
    #[serde(default)]
    pub invoices: Vec<AmountRule>,
    /// Wages, which no authority reports here: the person states them.
    #[serde(default)]
    pub wages: Vec<AmountRule>,
    /// How sources behave that do something else than answer in full.
    #[serde(default)]
    pub behaviour: BTreeMap<DemoSource, Behaviour>,
}

impl DemoPerson {
    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name).trim().to_owned()
    }

    /// What a source does when asked about this person.
    pub fn behaviour(&self, source: DemoSource) -> Behaviour {
        self.behaviour.get(&source).copied().unwrap_or(Behaviour::Answer)
    }
}

/// The people of the demo are not protected, but for those who are.
const fn no_protection() -> Protection {
    Protection::None
}

/// The place of a person in the household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DemoRole {
    /// Sökande.
    Applicant,
    /// Medsökande: the cohabiting partner.
    CoApplicant,
    /// A child or youth.
    Child,
}

impl DemoRole {
    /// As whom the person signs, where they do.
    pub const fn signs_as(self) -> Option<SignerRole> {
        match self {
            Self::Applicant => Some(SignerRole::Applicant),
            Self::CoApplicant => Some(SignerRole::CoApplicant),
            Self::Child => None,
        }
    }
}

/// What the norm must know about a child beside the age.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChildFacts {
    /// Has lunch in preschool five days a week.
    pub lunch_in_preschool: bool,
    /// A youth in upper secondary school.
    pub in_school: bool,
    /// Days of a month of thirty in the home, for a part-time child.
    pub days_in_home: Option<u8>,
}

/// A situation in one line, in both languages of the demo.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    pub sv: String,
    pub en: String,
}

/// Where a fetched row comes from in the demo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DemoSource {
    /// Försäkringskassan.
    Fk,
    Csn,
    /// Arbetsförmedlingen.
    Af,
    So,
    Pm,
    Skv,
    /// Exempelby Energi, the plain JSON source.
    Energy,
}

impl From<Agency> for DemoSource {
    fn from(agency: Agency) -> Self {
        match agency {
            Agency::Fk => Self::Fk,
            Agency::Csn => Self::Csn,
            Agency::Af => Self::Af,
            Agency::So => Self::So,
            Agency::Pm => Self::Pm,
            Agency::Skv => Self::Skv,
        }
    }
}

/// What a source of the demo does when asked about a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Behaviour {
    /// Answers with what it has.
    Answer,
    /// Answers with a part and says that something is missing.
    Partly,
    /// Answers that it has nothing.
    Nothing,
    /// Answers that it failed.
    Fail,
    /// Takes the question and never answers.
    Hang,
}

#[cfg(test)]
mod tests;
