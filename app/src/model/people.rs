//! People and the ways to reach the municipality.

use domain::PersonNumber;

/// A person's name from the register.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonName {
    /// The name that one is called by (tilltalsnamn).
    pub given: String,
    pub family: String,
}

impl PersonName {
    /// Given and family name.
    pub fn full(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// The given name and the first letter of the family name, for places with little room: `Petra N.`
    pub fn short(&self) -> String {
        match self.family.chars().next() {
            Some(initial) => format!("{} {initial}.", self.given),
            None => self.given.clone(),
        }
    }
}

/// A person as staff see them.
#[derive(Clone, PartialEq)]
pub struct Party {
    pub name: PersonName,
    pub number: PersonNumber,
}

/// The municipality's own number of a case (ärendenummer), such as `2024-0173`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseNumber(pub String);

/// A member of the household as the register has it.
#[derive(Clone, PartialEq)]
pub struct HouseholdPerson {
    pub name: PersonName,
    /// The identity number; shown in full to the household and to staff.
    pub number: PersonNumber,
    /// What the member is to the applicant.
    pub role: MemberRole,
}

/// What a member of the household is to the applicant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberRole {
    Applicant,
    /// Medsökande: spouse or cohabitee.
    CoApplicant,
    /// A child who lives at home.
    Child,
    /// A child who lives part of the time in this home.
    PartTimeChild {
        /// Days of the month in this home.
        days: u8,
    },
    /// A youth of 18 to 20 in school.
    YouthInSchool,
    /// An adult who shares the home without being a partner.
    SharesHome,
}

/// How to reach the municipality without this service.
#[derive(Clone, PartialEq)]
pub struct ContactWays {
    /// The telephone number, as it is written.
    pub phone: String,
    /// When somebody answers, in the municipality's own words.
    pub phone_hours: String,
    /// Where to go, in the municipality's own words.
    pub visit: String,
    /// Where to post a paper form.
    pub post: String,
}
